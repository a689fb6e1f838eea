"""Frames told by what stands before a noun: "London-based X", "X-owned Y", "Osaka utility X"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.frames.draft import Draft, Reading
from kg.extract.grammar.clauses import PAST, Phrase
from kg.extract.names.gazetteer import place
from kg.vocabulary.lexicon import EVENT

__all__ = ["modifiers"]


def modifiers(reading: Reading) -> Iterator[Draft]:
    """Yield the drafts of the sentence's compound and place modifiers."""
    for i in range(len(reading.row)):
        yield from _compound(reading, i)
        yield from _origin(reading, i)


def _origin(reading: Reading, i: int) -> Iterator[Draft]:
    """Read a city before what it describes: "Osaka utility X", "X, a Nagoya startup"."""
    entity = reading.row[i].entity
    if not entity or entity.type != reading.ontology.anchored("City"):
        return
    right = reading.clauses.phrase_after(i + 1)
    if not right or reading.tag(i + 1) not in {"NOUN", "ADJ"}:
        return
    head = right.last - 1 if reading.tag(right.head) != "NAME" else right.last - 2
    described = reading.lexicon.category("Descriptor").get(reading.row[head].low, "")
    if reading.ontology.family(described) != "Organization":
        return
    for frame in reading.lexicon.frames:
        if "origin" in frame.slots:
            draft = Draft(frame, i, i)
            reading.fill(draft, frame.slots["origin"], [Phrase(i, i + 1)])
            reading.fill(draft, frame.slots.get("modified", ""), _modified(reading, right, i + 1))
            yield draft


def _compound(reading: Reading, i: int) -> Iterator[Draft]:
    unit = reading.row[i]
    if unit.tag != "COMP" or reading.tag(i - 1) != "NAME":
        return
    # "Irving, Texas-based": the city is the place, the state its address.
    city = i - 3 if reading.tag(i - 2) == "COMMA" and _is_city(reading, i - 3) else i - 1
    left = Phrase(city, city + 1)
    modified = _modified(reading, reading.clauses.phrase_after(i + 1), city + 1)
    word = unit.low.removeprefix("-")
    frames = reading.lexicon.adjectives.get(word, ())
    slots = [(frame, "compound", "modified") for frame in frames]
    if not frames:
        verbs = reading.lexicon.verbs.get(word, ())
        told = (f for v in verbs if v.tag in PAST and not v.rest for f in v.frames)
        slots = [(f, "subject", "object") for f in told if {"subject", "object"} <= f.slots.keys()]
    for frame, one, other in slots:
        if EVENT not in frame.slots.values():
            draft = Draft(frame, i, i)
            reading.fill(draft, frame.slots.get(one, ""), [left])
            reading.fill(draft, frame.slots.get(other, ""), modified)
            yield draft


def _is_city(reading: Reading, i: int) -> bool:
    entity = reading.row[i].entity if i >= 0 else None
    city = reading.ontology.anchored("City")
    return entity is not None and (
        entity.type == city or (entity.type == "Unknown" and place(entity.name) is not None)
    )


def _modified(reading: Reading, right: Phrase | None, i: int) -> list[Phrase]:
    """Return what "London-based startup" says is in London: the name beside it, or the one it stands for."""
    if not right:
        return []
    if reading.tag(right.head) == "NAME":
        return [right]
    start = i - 1
    while reading.tag(start - 1) in {"ADJ", "DET", "NOUN", "DEMONYM", "COUNT"}:
        start -= 1
    phrase = reading.clauses.phrase_before(start - 1)
    before = reading.tag(start - 1)
    if phrase and (before == "AUX" or (before == "COMMA" and reading.tag(phrase.head) == "NAME")):
        return [phrase]
    if reading.low(start) in reading.language.words("reference.definite"):
        return [Phrase(start, right.last)]
    return []
