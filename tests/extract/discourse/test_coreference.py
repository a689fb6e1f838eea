"""What pronouns and descriptions stand for, told by the facts that are read on them."""

from __future__ import annotations

import pytest

from kg.model import Document, Entity
from kg.pipeline import extract
from kg.settings import Settings

FRAMES = Settings(extractor="frames")


def told(text: str) -> set[str]:
    """Write what the frames tell: the names of each event that names two things or more."""
    events = extract(Document("a", text, ((0, len(text)),), published="2024-05-07"), FRAMES).events
    named = ([s.filler.name for s in e.statements[1:] if isinstance(s.filler, Entity)] for e in events)
    return {
        f"{e.type} {' '.join(sorted(names))}"
        for e, names in zip(events, named, strict=True)
        if len(names) > 1
    }


@pytest.mark.parametrize(
    "opening",
    [
        "Famous for its acquisition of Quillon, Norvane has moved on.",
        "In its acquisition of Quillon, Norvane has learned much.",
        "Since its acquisition of Quillon in 2019, Norvane has grown.",
    ],
)
def test_an_opening_speaks_of_the_subject_to_come(opening: str) -> None:
    """The pronoun of an opening phrase is the subject that follows, and not what was spoken of before."""
    assert told(f"Brolly makes pumps. {opening}") == {"Acquisition Norvane Quillon"}


def test_an_opening_with_a_name_of_its_own_speaks_of_what_came_before() -> None:
    """Where a name stands before the pronoun, nothing is looked ahead for."""
    text = "Brolly makes pumps. Brolly, after its acquisition of Quillon, met Norvane."
    assert told(text) == {"Acquisition Brolly Quillon"}


@pytest.mark.parametrize("end", ["Reuters reported", "Reuters said on Friday", "according to Reuters"])
def test_who_reports_is_not_what_is_spoken_of(end: str) -> None:
    """The company is the one that did something, not the one that a sentence ends on."""
    text = f"Norvane has delayed its new pump, {end}. The company has also acquired Quillon."
    assert told(text) == {"Acquisition Norvane Quillon"}


def test_who_speaks_of_itself_is_what_is_spoken_of() -> None:
    """Where the sentence has no other subject, its speaker is the topic."""
    assert told("Sales rose 5%, Norvane said. It also acquired Quillon.") == {"Acquisition Norvane Quillon"}


@pytest.mark.parametrize(
    "text",
    [
        "Norvane is a startup founded in 2019 by Peter Walsh.",
        "Norvane is now a large company founded by Peter Walsh.",
        "Norvane is a bank that was founded by Peter Walsh.",
    ],
)
def test_what_something_is_stands_for_it(text: str) -> None:
    """What is said of "a startup" is said of what is one."""
    assert told(text) == {"Founding Norvane Peter Walsh"}
