"""Clauses: a tagged row in, its verbs with who acts and what they take."""

from __future__ import annotations

import pytest
from rows import clauses

from kg.extract.grammar.clauses import Clauses, Phrase, VerbGroup


def words(of: Clauses, phrases: list[Phrase]) -> list[str]:
    """Write phrases as they stand."""
    return [" ".join(u.text for u in of.row[p.first : p.last]) for p in phrases]


def verb(of: Clauses, lemma: str) -> VerbGroup:
    """Return the verb of a lemma."""
    return next(group for group in of.verbs if group.lemma == lemma)


@pytest.mark.parametrize(
    ("row", "lemma", "subject"),
    [
        ("Acme/NAME bought/VERB:VBD Bolt/NAME", "buy", ["Acme"]),
        ("Acme/NAME and/CC Zip/NAME bought/VERB:VBD Bolt/NAME", "buy", ["Acme", "Zip"]),
        ("Acme/NAME ,/COMMA a/DET maker/NOUN of/PREP pumps/NOUN ,/COMMA bought/VERB:VBD Bolt/NAME", "buy", ["Acme"]),
        ("Acme/NAME ,/COMMA which/REL makes/VERB:VBZ pumps/NOUN ,/COMMA bought/VERB:VBD Bolt/NAME", "buy", ["Acme"]),
        ("Acme/NAME ,/COMMA which/REL makes/VERB:VBZ pumps/NOUN ,/COMMA bought/VERB:VBD Bolt/NAME", "make", ["Acme"]),
        ("Acme/NAME plans/VERB:VBZ to/TO buy/VERB:VB Bolt/NAME", "buy", ["Acme"]),
        ("a/DET deal/NOUN for/PREP Acme/NAME to/TO buy/VERB:VB Bolt/NAME collapsed/VERB:VBD", "buy", ["Acme"]),
        ("a/DET deal/NOUN for/PREP Acme/NAME to/TO buy/VERB:VB Bolt/NAME collapsed/VERB:VBD", "collapse", ["a deal"]),
        ("the/DET sale/NOUN of/PREP Bolt/NAME closed/VERB:VBD", "close", ["the sale"]),
        ("founded/VERB:VBN in/PREP 2012/DATE ,/COMMA Acme/NAME makes/VERB:VBZ pumps/NOUN", "found", ["Acme"]),
        ("Acme/NAME to/TO buy/VERB:VB Bolt/NAME", "buy", ["Acme"]),
        ("Acme/NAME (/LPAR NYSE/NAME )/RPAR bought/VERB:VBD Bolt/NAME", "buy", ["Acme"]),
        ("Acme/NAME on/PREP Monday/DATE bought/VERB:VBD Bolt/NAME", "buy", ["Acme"]),
        ("Acme/NAME last/ADJ week/NOUN bought/VERB:VBD Bolt/NAME", "buy", ["Acme"]),
        ("it/PRON earlier/ADV this/DET year/NOUN bought/VERB:VBD Bolt/NAME", "buy", ["it"]),
        ("Acme/NAME ,/COMMA a/DET maker/NOUN of/PREP pumps/NOUN ,/COMMA on/PREP Monday/DATE bought/VERB:VBD Bolt/NAME", "buy", ["Acme"]),
    ],
)  # fmt: skip
def test_who_acts(row: str, lemma: str, subject: list[str]) -> None:
    """A verb's subject is found behind appositions, relative clauses, governing verbs and commas."""
    one = clauses(row)
    assert words(one, one.subject(verb(one, lemma))) == subject


@pytest.mark.parametrize(
    ("row", "lemma", "traits"),
    [
        ("Bolt/NAME was/AUX bought/VERB:VBD", "buy", {"passive"}),
        ("Acme/NAME has/AUX bought/VERB:VBD Bolt/NAME", "buy", {"perfect"}),
        ("Bolt/NAME has/AUX been/AUX bought/VERB:VBD", "buy", {"passive", "perfect"}),
        ("Bolt/NAME plans/VERB:VBZ to/TO be/AUX sold/VERB:VBD", "sell", {"passive", "infinitive"}),
        ("Acme/NAME is/AUX buying/VERB:VBG Bolt/NAME", "buy", {"progressive"}),
    ],
)
def test_voice_and_form(row: str, lemma: str, traits: set[str]) -> None:
    """The helpers of a verb say its voice and form."""
    group = verb(clauses(row), lemma)
    names = ("passive", "infinitive", "perfect", "progressive")
    assert {name for name in names if getattr(group, name)} == traits


@pytest.mark.parametrize(
    ("row", "objects", "preps"),
    [
        ("Acme/NAME bought/VERB:VBD Bolt/NAME and/CC Zip/NAME for/PREP $5m/MONEY", ["Bolt", "Zip"], {"for": ["$5m"]}),
        ("Acme/NAME works/VERB:VBZ with/PREP firms/NOUN such/ADJ as/PREP Bolt/NAME and/CC Zip/NAME",
         [], {"with": ["firms", "Bolt", "Zip"]}),
        ("Acme/NAME works/VERB:VBZ with/PREP a/DET number/NOUN of/PREP firms/NOUN", [], {"with": ["firms"]}),
        ("Acme/NAME sold/VERB:VBD Bolt/NAME to/PREP Zip/NAME last/ADJ year/NOUN", ["Bolt"], {"to": ["Zip"]}),
    ],
)  # fmt: skip
def test_what_a_verb_takes(row: str, objects: list[str], preps: dict[str, list[str]]) -> None:
    """Objects and phrases by preposition, with the members of lists one by one."""
    one = clauses(row)
    found = one.arguments(one.verbs[0].last)
    assert words(one, found.objects) == objects
    assert {prep: words(one, phrases) for prep, phrases in found.preps} == preps
