"""The model card: what weights were made of, by what settings, and how far they hold."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bases import Base
from calibrate import RELIABILITY, TOLD
from data import CORPUS, HELD, LONG
from fit import Settings

__all__ = ["card"]

#: Words an article, entities and facts in 1,000 words, and facts of each kind, of the real articles.
REAL = {
    "words an article": 418, "entities": 36.1, "facts": 38.3, "acquisition": 1.7, "founded": 1.0, "founder": 1.8,
    "funding_round": 1.7, "headquarters": 1.4, "investment": 2.4, "listing": 1.0, "metric": 13.8, "partnership": 0.8,
    "position": 3.5, "product": 2.6, "quote": 4.6, "subsidiary": 2.0,
}  # fmt: skip


def card(base: Base, settings: Settings, scores: str, diagram: str, seconds: float) -> str:
    """Return the card of weights."""
    data = "\n".join(
        f"| {p.name} | {sum(1 for _ in p.open())} | `{hashlib.sha256(p.read_bytes()).hexdigest()[:16]}` |"
        for p in sorted(CORPUS.glob("*.jsonl"))
    )
    before = chr(ord(LONG) - 1)
    return f"""# Model card: the learned reader

An encoder of {base.parameters} parameters that tags names and scores pairs of mentions by the roles of kg's ontology.
Written by `training/train.py`; do not edit.

- **Starts from** {base.name} (Apache-2.0), as packaged in `{"`, `".join(base.packages)}`, `model.safetensors`
  sha256 `{base.sha256}`.
- **Trained on** the invented articles of `training/corpus/`, written with their annotations for this project.
  No real article was trained on. One article in {HELD}, by the hash of its name, was held out.
- **Files**: `encoder.onnx` (weights in int8, of which seven bits are used), `pairs.onnx` (float32), `tokenizer.json`, `calibration.json`.
- **Licence**: Apache-2.0, as kg.
- **Not for**: other languages, other kinds of text than news, decisions that nobody checks.

Settings: `{json.dumps(asdict(settings))}`; {seconds / 60:.0f} minutes on two cores.

| corpus file | articles | sha256 begins |
| --- | --- | --- |
{data}

## What the corpus is like

Files a to {before} are short and dense, {LONG} and later ones are long and loose, as news is. Real: 50 articles from 15 outlets
(2004 to 2025), annotated by the same rules, on which nothing was trained or fitted.

{_likeness()}

## Scores on the held-out articles

Pairs of annotated mentions in one window, at even odds:

```text
{scores}
```

{RELIABILITY}

{TOLD}

{diagram}
"""


def _likeness() -> str:
    """Write what is in 1,000 words of the corpus, beside real articles."""
    files = sorted(CORPUS.glob("*.jsonl"))
    short, long = _counts([f for f in files if f.name < LONG]), _counts([f for f in files if f.name >= LONG])
    lines = ["| in 1,000 words | short | long | real |", "| --- | --- | --- | --- |"]
    lines += [f"| {name} | {short[name]:.1f} | {long[name]:.1f} | {real} |" for name, real in REAL.items()]
    return "\n".join(lines)


def _counts(files: Sequence[Path]) -> dict[str, float]:
    articles = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    words = sum(len(f"{a['title']} {a['text']}".split()) for a in articles)
    kinds = Counter(fact["kind"] for a in articles for fact in a["facts"])
    entities = sum(len(a["entities"]) for a in articles)
    counts = {"entities": entities, "facts": kinds.total(), **kinds}
    return {"words an article": words / len(articles)} | {k: 1000 * n / words for k, n in counts.items()}
