"""Sentences written by people who had not seen the rules or the corpus: F1 by kind, for each extractor.

    python bench/sentences.py

Each file of `sentences/` has a hundred: some eighty state the kind, the others only look like it.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from kg.evaluate.score import Tally
from kg.pipeline import evaluate
from kg.settings import CONFIDENCES, EXTRACTORS, Settings

SENTENCES = Path(__file__).parent / "sentences"
#: The kinds of atoms that each file is about.
KINDS = {
    "acquisition": ["acquired"],
    "founded": ["founding date", "founding place"],
    "founder": ["founder"],
    "funding_round": ["round", "lead", "invested", "amount", "series"],
    "headquarters": ["headquarters"],
    "investment": ["invested"],
    "listing": ["listing"],
    "metric": ["metric"],
    "partnership": ["partner"],
    "position": ["position", "title"],
    "product": ["product"],
    "quote": ["quote"],
    "subsidiary": ["subsidiary"],
}


def main() -> None:
    """Print a table."""
    columns = [(name, CONFIDENCES["balanced"]) for name in EXTRACTORS] + [("both", CONFIDENCES["strict"])]
    heads = [*EXTRACTORS, "both, strict"]
    print("| sentences on | " + " | ".join(f"{h}: P R F1" for h in heads) + " |")
    print("| --- |" + " --- |" * len(heads))
    totals = [Tally() for _ in columns]
    for name, kinds in KINDS.items():
        cells = []
        for number, (extractor, least) in enumerate(columns):
            settings = Settings(extractor=extractor, confidence=least)
            total = Tally()
            for _, score in evaluate(SENTENCES / f"{name}.jsonl", settings=settings):
                total += score.total(kinds)
            totals[number] += total
            cells.append(cell(total))
        print(f"| {name.replace('_', ' ')} | " + " | ".join(cells) + " |", flush=True)
    print("| all | " + " | ".join(map(cell, totals)) + " |")


def cell(tally: Tally) -> str:
    """Write precision, recall and F1."""
    return f"{tally.precision:.2f} {tally.recall:.2f} **{tally.f1:.2f}**"


if __name__ == "__main__":
    main()
