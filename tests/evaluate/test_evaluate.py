"""Evaluation: what counts as right, and what the command says of it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from kg.cli import app
from kg.errors import InputError
from kg.evaluate.gold import Annotated, Fact, annotated
from kg.evaluate.score import Score, Tally, compare, interval
from kg.evaluate.shorthand import CORE
from kg.model import Article, Document, Entity, Event, Evidence, Money, Statement
from kg.vocabulary import Ontology

ONTOLOGY = Ontology.load()
FOO, BAR = Entity("Company", "Foo Group", ("Foo",)), Entity("Company", "Bar Inc.")
SAID = (Evidence(0, 10, "Foo buys Bar."),)
LINE = {
    "id": "deal",
    "text": "Foo Group has acquired Bar Inc. for $5 million, said Ann Lee, chief executive of Foo.",
    "entities": [
        {"name": "Foo Group", "type": "Company", "aliases": ["Foo"]},
        {"name": "Bar Inc.", "type": "Company", "aliases": []},
        {"name": "Ann Lee", "type": "Person", "aliases": []},
    ],
    "facts": [
        {
            "kind": "acquisition",
            "acquirer": "Foo Group",
            "target": "Bar Inc.",
            "price": {"value": 5000000, "currency": "USD"},
            "status": "asserted",
            "evidence": "Foo Group has acquired Bar Inc. for $5 million, said Ann Lee, chief executive of Foo.",
        },
        {
            "kind": "position",
            "person": "Ann Lee",
            "organization": "Foo Group",
            "title": "CEO",
            "status": "asserted",
            "evidence": "Foo Group has acquired Bar Inc. for $5 million, said Ann Lee, chief executive of Foo.",
        },
    ],
}


def deal(acquirer: Entity, acquiree: Entity, price: int | None = None) -> Event:
    """Make an acquisition as extraction leaves it."""
    roles = [("acquirer", acquirer), ("acquiree", acquiree)]
    statements = [Statement(r, f, "asserted", SAID) for r, f in roles]
    if price:
        statements.append(Statement("price", Money(Decimal(price), "USD"), "asserted", SAID))
    return Event("Acquisition", (Statement("", None, "asserted", SAID), *statements))


def score(*events: Event, price: int | None = None) -> Score:
    """Compare events with the annotation that Foo bought Bar."""
    roles = [("acquirer", FOO), ("acquiree", BAR)]
    if price:
        roles.append(("price", Money(Decimal(price), "USD")))
    fact = Fact("acquisition", "Acquisition", tuple(roles), "asserted", "Foo buys Bar.")
    gold = Annotated("x", {n: e for e in (FOO, BAR) for n in (e.name, *e.aliases)}, (fact,))
    return compare(Article(Document("x", "", ()), (), events), gold, ONTOLOGY)


def test_a_name_counts_in_every_form_that_the_article_uses() -> None:
    """An alias, another case or a legal form is the same name; another name is wrong."""
    assert score(deal(Entity("Company", "foo"), Entity("Company", "BAR"))).total().right == 1
    other = score(deal(Entity("Company", "Baz"), BAR)).total()
    assert (other.right, other.wrong, other.missed) == (0, 1, 1)


def test_who_bought_whom_is_not_symmetric() -> None:
    """The other way round is wrong."""
    assert score(deal(BAR, FOO)).total().right == 0


def test_each_piece_counts_once() -> None:
    """Two events that say the same are one right answer, and a price is a piece of its own."""
    both = score(deal(FOO, BAR), deal(FOO, BAR, 7), price=5)
    assert both.tallies["acquired"].right == 1
    assert both.tallies["price"].wrong == 1
    assert both.total(CORE).wrong == 0


@given(st.lists(st.tuples(*[st.integers(0, 9)] * 3), min_size=1, max_size=12))
def test_the_interval_is_a_seeded_draw_inside_zero_to_one(counts: list[tuple[int, int, int]]) -> None:
    """The bootstrap interval is the same every time, ordered, and within bounds."""
    scores = [Score({"acquired": Tally(*c)}) for c in counts]
    low, high = interval(scores)
    assert 0 <= low <= high <= 1
    assert interval(scores) == (low, high)


def test_the_command_prints_a_row_for_each_kind_and_the_errors(tmp_path: Path) -> None:
    """`kg evaluate` takes an annotated file that holds its texts."""
    gold = tmp_path / "gold.jsonl"
    wrong = LINE["facts"][0] | {"target": "Ann Lee"}
    gold.write_text(json.dumps(LINE | {"facts": [*LINE["facts"], wrong]}) + "\n")
    result = CliRunner().invoke(app, ["evaluate", str(gold), "--errors", "3"])
    assert result.exit_code == 0, result.output
    rows = {line.split()[0]: line.split() for line in result.stdout.splitlines() if line.strip()}
    assert rows["acquired"][1:4] == ["1", "0", "1"]
    assert rows["position"][1:4] == ["1", "0", "0"]
    assert "acquired, missed (1)" in result.stdout
    assert LINE["text"] in result.stdout


def test_a_broken_annotation_names_its_line(tmp_path: Path) -> None:
    """An unknown kind, a missing key or bad JSON is one line with file, line and reason."""
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(LINE) + '\n{"id": 1}\n')
    with pytest.raises(InputError, match=r"gold.jsonl:2: not an annotated article: no 'entities'"):
        list(annotated(gold))


def test_an_annotation_without_its_text_says_how_to_give_it(tmp_path: Path) -> None:
    """Where GOLD holds only ids, the texts come with --articles."""
    gold, texts = tmp_path / "gold.jsonl", tmp_path / "texts.jsonl"
    gold.write_text(json.dumps({k: v for k, v in LINE.items() if k != "text"}) + "\n")
    texts.write_text(json.dumps({"id": "other", "text": "Nothing."}) + "\n")
    missing = CliRunner().invoke(app, ["evaluate", str(gold), "--articles", str(texts)])
    assert missing.exit_code == InputError.exit_code
    texts.write_text(json.dumps({"id": "deal", "text": LINE["text"]}) + "\n")
    assert CliRunner().invoke(app, ["evaluate", str(gold), "-a", str(texts)]).exit_code == 0
