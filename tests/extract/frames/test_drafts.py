"""Drafts: clauses in, what each frame reads in them."""

from __future__ import annotations

import pytest
from rows import discourse

from kg.extract.frames.draft import Draft, Reading
from kg.extract.frames.modifiers import modifiers
from kg.extract.frames.nouns import nouns
from kg.extract.frames.verbs import verbs
from kg.model import Entity


def told(row: str) -> set[tuple[str, str, str | None]]:
    """Return the frames of a sentence with each role that they fill, as event, role and filler."""
    reading = Reading(discourse(row), 0)
    drafts: list[Draft] = [*verbs(reading), *nouns(reading), *modifiers(reading)]
    return {
        (draft.frame.event, role, filler.name if isinstance(filler, Entity) else str(filler))
        for draft in drafts
        for role, filler in draft.roles
    }


BOUGHT = {("Acquisition", "acquirer", "Acme"), ("Acquisition", "acquiree", "Bolt")}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Acme/NAME bought/VERB:VBD Bolt/NAME", BOUGHT),
        ("Bolt/NAME was/AUX bought/VERB:VBD by/PREP Acme/NAME", BOUGHT),
        ("Acme/NAME 's/POSS acquisition/NOUN of/PREP Bolt/NAME", BOUGHT),
        ("the/DET acquisition/NOUN of/PREP Bolt/NAME by/PREP Acme/NAME", BOUGHT),
        ("Acme/NAME 's/POSS deal/NOUN to/TO buy/VERB:VB Bolt/NAME", BOUGHT),
        ("Acme/NAME bought/VERB:VBD Bolt/NAME from/PREP Zip/NAME", BOUGHT | {("Acquisition", "seller", "Zip")}),
        ("Zip/NAME sold/VERB:VBD Bolt/NAME to/PREP Acme/NAME", BOUGHT | {("Acquisition", "seller", "Zip")}),
        ("Bolt/NAME received/VERB:VBD an/DET offer/NOUN from/PREP Acme/NAME", BOUGHT),
        ("Oslo/NAME=City -based/COMP Acme/NAME",
         {("Headquarters", "place", "Oslo"), ("Headquarters", "organization", "Acme")}),
        ("Bolt/NAME ,/COMMA a/DET unit/NOUN of/PREP Acme/NAME",
         {("Subsidiary", "parent", "Acme"), ("Subsidiary", "subsidiary", "Bolt")}),
        ("Acme/NAME raised/VERB:VBD $5/MONEY from/PREP Zip/NAME",
         {("FundingRound", "company", "Acme"), ("FundingRound", "amount", "US$5"), ("FundingRound", "investor", "Zip")}),
    ],
)  # fmt: skip
def test_one_frame_has_many_forms(row: str, expected: set[tuple[str, str, str]]) -> None:
    """Active, passive, possessive, nominal and governed forms of a frame fill the same roles."""
    events = {event for event, _, _ in expected}
    assert {t for t in told(row) if t[0] in events} == expected
