"""What names name."""

from __future__ import annotations

import pytest
from reading import extractor, named, things

from kg.errors import InputError
from kg.extract.names.cues import Cues
from kg.vocabulary import Language, Lexicon, Ontology

CLASSED = [
    ("Vintergate launched Vintergate Pay in May.", "Vintergate Pay", "Product"),
    ("The app, called Zip, is free.", "Zip", "Product"),
    ("Vintergate unveiled its Zorblat smartphone.", "Zorblat", "Product"),
    ("Users of Zorblat like the Zorblat app.", "Zorblat", "Product"),
    ("Vintergate released Zorblat 3 on Monday. Zorblat 3 costs $5.", "Zorblat 3", "Product"),
    ("Microsoft Zorblat is a tool.", "Microsoft Zorblat", "Product"),
    ("The startup, called Zip, is small.", "Zip", "Company"),
    ("Runa Vike, who runs Zorbix, left.", "Runa Vike", "Person"),
    ("Thabile Nkosane-Brey, chief executive of Zorbix, left.", "Thabile Nkosane-Brey", "Person"),
    ("Mr. Brekke left Zorbix.", "Brekke", "Person"),
    ("Zorbix is based in Gravlund, Fenlund.", "Gravlund", "Place"),
    ("Zorbix has plants in Gravlund and offices in Hestby.", "Gravlund", "Place"),
    ("He holds a stake in Gravlund.", "Gravlund", "Unknown"),
    ("The Fenlund Gazette reported it, and she told Brivik News so.", "Brivik News", "Organization"),
    ("Target bought Zorbix.", "Target", "Company"),
    ("Vintergate Ventures led the round.", "Vintergate Ventures", "Investor"),
    ("The University of Gravlund joined.", "University of Gravlund", "University"),
    ("The Ministry of Trade fined it.", "Ministry of Trade", "Government"),
    ("Its rival Zorblat fell.", "Zorblat", "Company"),
    ("Zorblat (NYSE: ZBL) fell.", "Zorblat", "Company"),
    ("Zorblat-backed Vintergate fell.", "Zorblat", "Company"),
    ("Zorblat's shares fell.", "Zorblat", "Company"),
    ("Zorblat, a maker of pumps, fell.", "Zorblat", "Company"),
    ("Cisco, Netflix and BASF fell.", "BASF", "Company"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "kind"), CLASSED)
def test_what_the_words_around_a_name_say_it_is(text: str, name: str, kind: str) -> None:
    """Lists, the words of the name and the words around it vote for a class."""
    assert {thing.name: thing.type for thing in things(text)}.get(name) == kind


def test_votes_are_counted_by_family_first() -> None:
    """A company and a fund are organizations together; a person needs more than the organizations have for nothing."""
    best = extractor().words.kinds.best
    assert best({"Investor": 2, "Company": 1, "Person": 7}) == "Investor"
    assert best({"Person": 9}) == "Person"
    assert best({"Person": 1}) == "Unknown"
    assert best({}) == "Unknown"


def test_a_class_is_sure_from_the_words_alone() -> None:
    """An incorporated firm is sure to be no person; a name of which nothing is said is not sure to be anything."""
    found = named("Ostralux Ltd met Hexaflow.")
    assert {thing.name for thing in found.sure} == {"Ostralux Ltd"}


def test_every_cue_votes_for_a_class_of_the_ontology() -> None:
    """The table names classes that exist, each row says why, and no row stands twice."""
    ontology = Ontology.load()
    rows = Language.load().table("names.cue")
    assert all(row.get("class", "Company") in ontology.labels for row in rows)
    assert len({row["why"] for row in rows}) == len(rows)


def test_a_cue_with_an_unknown_position_says_where_it_stands() -> None:
    """A slip in the table is found when it is read."""
    lexicon = Lexicon.load()
    tables = {"names": {"cue": [{"why": "slip", "befroe": "startup", "class": "Company", "votes": 1}]}}
    broken = Lexicon(lexicon.frames, lexicon.words, Language(lexicon.language.path, tables))
    with pytest.raises(InputError, match="befroe"):
        Cues(broken)


def test_a_cue_counts_twice_at_most() -> None:
    """Ten mentions of one kind tell little more than two."""
    once, often = ("Ostralux fell. " + "Ostralux said so. " * n for n in (2, 20))
    assert [t.type for t in things(once)] == [t.type for t in things(often)]


def test_the_words_around_are_read_in_the_tables_words_only() -> None:
    """What the table asks of a mention is looked up by the words beside it."""
    cues = extractor().words.cues
    assert [k for k, _ in cues.of_mention({"before": {"startup": ""}, "after": {"": ""}})] == ["Company"]
    assert [k for k, _ in cues.of_mention({"before": {"walrus": ""}})] == []
