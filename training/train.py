"""Train the learned reader: one command, seeded, from the corpus in this folder to the files that kg ships.

    python training/train.py

A tenth of the articles is held out; on it the reader is scored and its confidence calibrated.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import torch
from bases import BASES
from calibrate import fitted
from card import card
from data import CORPUS, Example, articles, examples, held
from export import export
from fit import Fitting, Settings, Teacher, fit, report, steps
from safetensors.torch import load
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

BUILD = Path(__file__).parents[1] / "build"
SETTINGS = {"small": Settings(), "large": Settings(epochs=6, rate=5e-5)}


def main() -> None:
    """Train, export, calibrate, and write the model card."""
    chosen = _arguments()
    started = time.monotonic()
    torch.set_num_threads(2)
    base = BASES[chosen.reader]
    out = chosen.out or (WEIGHTS if chosen.reader == "small" else BUILD / chosen.reader)
    settings = replace(SETTINGS[chosen.reader], seed=chosen.seed)
    settings = replace(settings, epochs=chosen.epochs or settings.epochs)
    checkpoint = BUILD / f"{chosen.reader}-{settings.seed}.ckpt"
    checkpoint.parent.mkdir(exist_ok=True)
    if not chosen.resume:
        checkpoint.unlink(missing_ok=True)
    weights, stored = base.read()
    tokenizer = Tokenizer.from_str(stored.decode())
    tokenizer.no_padding()
    tokenizer.no_truncation()
    ontology = Ontology.load()
    extractor = Extractor(ontology, Lexicon.load())
    corpus = list(articles())

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
    fitting = Fitting((base.shape, load(weights)), settings, steps(turns, settings))
    if checkpoint.exists():
        fitting.load(checkpoint)
    teacher = _teacher(chosen.teacher, tokenizer) if chosen.teacher else None
    for line in fit(turns, fitting, table, checkpoint, teacher):
        print(line, flush=True)
    encoder, head = fitting.done()
    scores = report(encoder, head, rest, table)
    print(scores)
    with tempfile.TemporaryDirectory() as scratch:
        tokenizer.save(str(Path(scratch, "tokenizer.json")))
        export(encoder, head, Path(scratch, "tokenizer.json"), out)
    lexicon = Lexicon.load()
    reading = Extractor(ontology, lexicon, Reader(Network(out), ontology, lexicon))
    calibration, diagram = fitted(reading, [(d, a) for d, a in corpus if held(a.id)])
    (out / "calibration.json").write_text(json.dumps(calibration, indent=1) + "\n")
    told = card(base, settings, scores, diagram, time.monotonic() - started)
    (out / "README.md").write_text(told)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reader", choices=sorted(BASES), default="small")
    parser.add_argument(
        "--out", type=Path, help="where the weights go; without it, those of the small reader to kg"
    )
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--seed", type=int, default=Settings.seed)
    parser.add_argument("--teacher", type=Path, help="the checkpoint of a large reader, to learn from it too")
    parser.add_argument("--resume", action="store_true", help="go on after the last whole epoch")
    return parser.parse_args()


def _teacher(checkpoint: Path, tokenizer: Tokenizer) -> Teacher:
    """Load the large reader, and how its vocabulary numbers the pieces of the small one's."""
    base = BASES["large"]
    weights, stored = base.read()
    fitting = Fitting((base.shape, load(weights)), SETTINGS["large"], 1)
    fitting.load(checkpoint)
    theirs = Tokenizer.from_str(stored.decode())
    known = theirs.get_vocab()
    ids = torch.zeros(tokenizer.get_vocab_size(), dtype=torch.long)
    for piece, number in tokenizer.get_vocab().items():
        ids[number] = known.get(piece, known["[UNK]"])
    for mine, other in zip(tokenizer.encode("").ids, theirs.encode("").ids, strict=True):
        ids[mine] = other
    return Teacher(*fitting.done(), ids)


def _swap(corpus: Path, folder: Path, seed: int) -> None:
    """Write the corpus with other names."""
    files = {p.name: p.read_text("utf-8").strip().split("\n") for p in sorted(corpus.glob("*.jsonl"))}
    stories = {name: list(map(json.loads, lines)) for name, lines in files.items()}
    swapper = Swapper([a for some in stories.values() for a in some])
    for name, some in stories.items():
        lines = (json.dumps(swapper.swapped(a, seed), ensure_ascii=False) + "\n" for a in some)
        (folder / name).write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
