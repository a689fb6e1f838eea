"""What each part of the extraction brings and costs, on an annotated file.

python bench/ablation.py GOLD.jsonl [ARTICLES.json]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parents[1]))

from kg.evaluate.score import Tally
from kg.evaluate.shorthand import CORE
from kg.extract.discourse.coreference import Discourse
from kg.extract.learned import reader
from kg.pipeline import evaluate
from kg.settings import CONFIDENCES, Settings


@contextmanager
def nothing() -> Iterator[None]:
    """Leave everything in place."""
    yield


@contextmanager
def no_document_layer() -> Iterator[None]:
    """Resolve no pronoun and no "the company", and know no topic."""
    with (
        patch.object(Discourse, "referent", lambda *_: None),
        patch.object(Discourse, "focus", None),
        patch.object(Discourse, "topic", lambda *_: None),
    ):
        yield


@contextmanager
def no_hints() -> Iterator[None]:
    """Tell the encoder nothing of what the grammars and word lists found."""
    with patch.object(reader, "hints", lambda parsed, *_: [["none"] * len(row) for row in parsed.rows]):
        yield


@contextmanager
def no_tagger() -> Iterator[None]:
    """Let the names be found and typed without the learned tagger."""
    with patch.object(reader.Reader, "names", lambda *_: []):
        yield


VARIANTS = (
    ("frames alone", Settings(extractor="frames"), nothing),
    ("learned reader alone", Settings(extractor="learned"), nothing),
    ("both, balanced", Settings(), nothing),
    ("both, strict", Settings(confidence=CONFIDENCES["strict"]), nothing),
    ("both without the document layer", Settings(), no_document_layer),
    ("both without hints to the encoder", Settings(), no_hints),
    ("both without the learned tagger's names", Settings(), no_tagger),
)


def main() -> None:
    """Print a table."""
    gold, articles = Path(sys.argv[1]), sys.argv[2:]
    print("| | core P | core R | core F1 | all F1 | CPU s |\n| --- | --- | --- | --- | --- | --- |")
    for name, settings, without in VARIANTS:
        list(evaluate(gold, articles, settings))
        with without():
            started = time.process_time()
            core, every = Tally(), Tally()
            for _, score in evaluate(gold, articles, settings):
                core += score.total(CORE)
                every += score.total()
            spent = time.process_time() - started
        print(
            f"| {name} | {core.precision:.2f} | {core.recall:.2f} | {core.f1:.2f} | {every.f1:.2f} | {spent:.1f} |"
        )


if __name__ == "__main__":
    main()
