"""Annotations of one's own kinds: what an ontology calls its events and roles is what an annotation may say."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kg.cli import app
from kg.errors import InputError
from kg.evaluate.gold import annotated
from kg.evaluate.shorthand import CORE, KINDS, core, kinds, pieces
from kg.model import Entity, Money, PartialDate, Quantity
from kg.vocabulary import Ontology, folder

NEWS = """
:Lawsuit a owl:Class ; rdfs:label "lawsuit"@en ; rdfs:comment "One takes another to court."@en ;
    rdfs:subClassOf :Event ; owl:hasKey ( :plaintiff :defendant ) .
:plaintiff a owl:ObjectProperty ; rdfs:label "plaintiff"@en ; rdfs:comment "Who sues."@en ;
    rdfs:domain :Lawsuit ; rdfs:range :Organization .
:defendant a owl:ObjectProperty ; rdfs:label "defendant"@en ; rdfs:comment "Who is sued."@en ;
    rdfs:domain :Lawsuit ; rdfs:range :Organization .
:soughtDamages a owl:ObjectProperty ; rdfs:label "damages"@en ; rdfs:comment "What is sought."@en ;
    rdfs:domain :Lawsuit ; rdfs:range :MonetaryAmount .
:DrugTrial a owl:Class ; rdfs:label "drug trial"@en ; rdfs:comment "A drug is tried."@en ;
    rdfs:subClassOf :Event ; owl:hasKey ( :sponsor :patients ) .
:sponsor a owl:ObjectProperty ; rdfs:label "sponsor"@en ; rdfs:comment "Who pays for it."@en ;
    rdfs:domain :DrugTrial ; rdfs:range :Organization .
:patients a owl:ObjectProperty ; rdfs:label "patients"@en ; rdfs:comment "How many take part."@en ;
    rdfs:domain :DrugTrial ; rdfs:range :Quantity .
"""
LEXICON = """
lex:sue a lex:Frame ; lex:evokes :Lawsuit ; lex:verb "sue" ;
    lex:subject :plaintiff ; lex:object :defendant ; lex:for :soughtDamages .
lex:enrol a lex:Frame ; lex:evokes :DrugTrial ; lex:verb "enroll" ; lex:subject :sponsor ; lex:object :patients .
"""
TEXT = "Veloquent sued Brightmere for $5 million in 2021. Veloquent enrolled 300 patients."
LINE: dict[str, Any] = {
    "id": "suit",
    "text": TEXT,
    "entities": [{"name": "Veloquent", "type": "Company"}, {"name": "Brightmere", "type": "Company"}],
    "facts": [
        {
            "kind": "lawsuit",
            "plaintiff": "Veloquent",
            "defendant": "Brightmere",
            "soughtDamages": {"value": 5000000, "currency": "USD"},
            "date": "2021",
        },
        {"kind": "drug-trial", "sponsor": "Veloquent", "patients": 300},
    ],
}


@pytest.fixture(scope="module")
def ontology(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the ontology and add two kinds of events."""
    path = tmp_path_factory.mktemp("own") / "ontology"
    shutil.copytree(folder("ontology"), path)
    for name, addition in (("news.ttl", NEWS), ("lexicon.ttl", LEXICON)):
        file = path / name
        file.write_text(file.read_text("utf-8") + addition, "utf-8")
    return path


def written(tmp_path: Path, *lines: dict[str, Any]) -> Path:
    """Write annotations, a line each."""
    gold = tmp_path / "gold.jsonl"
    gold.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return gold


def fact(**changed: Any) -> dict[str, Any]:
    """Return the annotation with one fact, a lawsuit, in which some keys say something else."""
    return LINE | {"facts": [LINE["facts"][0] | changed]}


@pytest.mark.parametrize("kind", ["drug-trial", "drug_trial", "DrugTrial"])
def test_an_event_class_is_a_kind_and_its_roles_are_keys(tmp_path: Path, ontology: Path, kind: str) -> None:
    """In kebab case, in snake case and as it stands; values are read as the grammars of their roles say."""
    trial = {"kind": kind, "sponsor": "Veloquent", "patients": 300, "date": "2021-03"}
    [article] = annotated(written(tmp_path, LINE | {"facts": [trial]}), Ontology.load(ontology))
    [told] = article.facts
    assert (told.event, told.status) == ("DrugTrial", "asserted")
    assert dict(told.roles) == {
        "sponsor": Entity("Company", "Veloquent"),
        "patients": Quantity(300),
        "date": PartialDate("2021-03"),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_short_kind_takes_its_keys_and_the_names_of_the_roles(kind: str) -> None:
    """`target` and `acquiree` are the same role of an acquisition."""
    ontology = Ontology.load()
    event, keys = kinds(ontology)[kind]
    assert KINDS[kind][1].items() <= keys.items()
    assert {*keys.values()} == {*ontology.roles(event)}


def test_numbers_and_shares_are_read_by_their_ranges(tmp_path: Path) -> None:
    """A bare number is a share where the role is one of percent, and money where a currency stands beside it."""
    stake = {"kind": "investment", "investor": "Veloquent", "investee": "Brightmere", "stake": 15,
             "amount": {"value": 7, "currency": "EUR"}}  # fmt: skip
    [article] = annotated(written(tmp_path, LINE | {"facts": [stake]}))
    told = dict(article.facts[0].roles)
    assert told["stake"] == Quantity(15, "%")
    assert told["amount"] == Money(7, "EUR")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (fact(kind="merger"), 'the kind "merger" is unknown; write one of acquisition, drug_trial, founded,'),
        (fact(target="Brightmere"), 'the role of lawsuit "target" is unknown; write one of plaintiff, defendant'),
        (fact(status="mooted"), 'the status "mooted" is unknown; write one of asserted, planned'),
        (LINE | {"entities": [{"name": "A", "type": "Firm"}]}, 'the type "Firm" is unknown; write one of City, Company'),
        (LINE | {"entities": [{"name": "A", "type": "Lawsuit"}]}, 'the type "Lawsuit" is unknown; write one of'),
        ({"id": 1}, "no 'entities'"),
        (fact(soughtDamages={"currency": "USD"}), "no 'value'"),
        (fact(kind=["lawsuit"]), "unhashable"),
        (LINE | {"facts": ["lawsuit"]}, "not an annotated article"),
    ],
)  # fmt: skip
def test_what_is_unknown_is_refused_with_the_names_that_are_known(
    tmp_path: Path, ontology: Path, line: dict[str, Any], reason: str
) -> None:
    """One line: file, line number, what is wrong, what would be right."""
    gold = written(tmp_path, LINE, line)
    result = CliRunner().invoke(app, ["evaluate", str(gold), "--ontology", str(ontology)])
    assert result.exit_code == InputError.exit_code
    with pytest.raises(InputError, match=re.escape("gold.jsonl:2: not an annotated article: ")) as error:
        list(annotated(gold, Ontology.load(ontology)))
    assert reason in str(error.value)
    assert "\n" not in str(error.value)


def test_facts_of_ones_own_kinds_are_compared_piece_by_piece(tmp_path: Path, ontology: Path) -> None:
    """By the key first, then by each further role beside it."""
    wrong = {"kind": "lawsuit", "plaintiff": "Brightmere", "defendant": "Veloquent"}
    gold = written(tmp_path, LINE | {"facts": [*LINE["facts"], wrong]})
    result = CliRunner().invoke(app, ["evaluate", str(gold), "--ontology", str(ontology), "-e", "1"])
    assert result.exit_code == 0, result.output
    table = result.stdout.partition("status right")[0].splitlines()[1:]
    rows = {line[:23].strip(): line[23:].split()[:3] for line in table}
    assert rows == {
        "lawsuit": ["1", "0", "1"],
        "lawsuit sought-damages": ["1", "0", "0"],
        "lawsuit date": ["1", "0", "0"],
        "drug-trial": ["1", "0", "0"],
        "drug-trial patients": ["1", "0", "0"],
        "core": ["1", "0", "1"],
        "all": ["5", "0", "1"],
    }
    assert "lawsuit, missed (1)" in result.stdout


def test_pieces_of_our_own_events_keep_their_names(ontology: Path) -> None:
    """An event of one's own adds pieces and changes none; who with whom is core."""
    ours, own = Ontology.load(), Ontology.load(ontology)
    assert [p for p in pieces(own) if p.event in ours.keys] == list(pieces(ours))
    added = {p.kind: p.roles for p in pieces(own) if p not in pieces(ours)}
    assert added == {
        "lawsuit": ("plaintiff", "defendant"),
        "lawsuit sought-damages": ("plaintiff", "defendant", "soughtDamages"),
        "lawsuit date": ("plaintiff", "defendant", "date"),
        "drug-trial": ("sponsor",),
        "drug-trial patients": ("sponsor", "patients"),
        "drug-trial date": ("sponsor", "date"),
    }
    assert core(ours) == CORE
    assert core(own) == CORE | {"lawsuit"}
