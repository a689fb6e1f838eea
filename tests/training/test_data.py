"""Training examples: what the annotation says becomes labels, what it leaves open is left open."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "training"))

from data import Example, examples  # noqa: E402 - the folder of scripts is no package

from kg.evaluate.gold import annotated  # noqa: E402
from kg.extract import Extractor  # noqa: E402
from kg.extract.learned.network import network  # noqa: E402
from kg.extract.learned.schema import Schema  # noqa: E402
from kg.model import Document  # noqa: E402
from kg.vocabulary import Lexicon, Ontology  # noqa: E402

TEXT = (
    "Brightwater Systems has raised $40 million, led by Cedar Capital. "
    "Cedar Capital likes Brightwater Systems. It is based in Oslo."
)
GOLD = {
    "id": "round",
    "entities": [
        {"name": "Brightwater Systems", "type": "Company", "aliases": []},
        {"name": "Cedar Capital", "type": "Investor", "aliases": []},
        {"name": "Oslo", "type": "City", "aliases": []},
    ],
    "facts": [
        {
            "kind": "funding_round",
            "company": "Brightwater Systems",
            "amount": {"value": 40000000, "currency": "USD"},
            "lead_investors": ["Cedar Capital"],
            "status": "asserted",
            "evidence": "Brightwater Systems has raised $40 million, led by Cedar Capital.",
        },
    ],
}

LABELS, TAGS = Schema.load().labels, Schema.load().tags


@pytest.fixture
def example(tmp_path: Path) -> Example:
    """Make the one example of a short article."""
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(GOLD) + "\n")
    ontology = Ontology.load()
    document = Document("round", TEXT, ((0, len(TEXT)),))
    extractor = Extractor(ontology, Lexicon.load())
    (found,) = examples(document, next(annotated(path)), extractor, ontology, network().tokenizer)
    return found


def said(example: Example, marks: list[tuple[int, int]]) -> set[tuple[str, str, str]]:
    """Write marked pairs as the label's second role and the words of both mentions."""
    pieces = example.window.pieces
    rows = ((LABELS[k].second, example.pairs.rows[n]) for n, k in marks)
    return {(r, TEXT[pieces[a0].start : pieces[a1 - 1].end], TEXT[pieces[b0].start : pieces[b1 - 1].end])
            for r, (_, a0, a1, b0, b1, *_) in rows}  # fmt: skip


def test_a_fact_marks_the_pairs_of_its_sentence(example: Example) -> None:
    """The pairs of the sentence that states it are positive, and nothing else is."""
    assert said(example, example.positive) == {
        ("leadInvestor", "Brightwater Systems", "Cedar Capital"),
        ("amount", "Brightwater Systems", "$40 million"),
    }


def test_the_same_things_elsewhere_are_left_open(example: Example) -> None:
    """A pair that names the same things in another sentence is neither right nor wrong."""
    assert ("leadInvestor", "Brightwater Systems", "Cedar Capital") in said(example, example.ignored)
    assert not set(example.ignored) & set(example.positive)


def test_every_mention_of_a_name_is_tagged(example: Example) -> None:
    """Names are tagged wherever they stand, by B for the first piece and I for the others."""
    starts = [
        example.window.pieces[i].start for i, tag in enumerate(example.tags) if TAGS[tag].startswith("B-")
    ]
    assert starts == [TEXT.index("Brightwater"), TEXT.index("Cedar"), TEXT.rindex("Cedar"), TEXT.rindex("Brightwater"),
                      TEXT.index("Oslo")]  # fmt: skip
