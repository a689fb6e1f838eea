"""Frames told by what stands before a noun: "London-based X", "X-owned Y", "Osaka utility X"."""

from __future__ import annotations

from kg.extract.frames.draft import Draft, Reading
from kg.extract.grammar.clauses import PAST, Phrase
from kg.extract.names.gazetteer import place
from kg.vocabulary.lexicon import EVENT

__all__ = ["read_modifiers"]


def read_modifiers(reading: Reading) -> None:
    """Add the drafts of the sentence's compound and place modifiers."""
    for i in range(len(reading.row)):
        _compound(reading, i)
        _origin(reading, i)


def _origin(reading: Reading, i: int) -> None:
    """Read a city before what it describes: "Osaka utility X", "X, a Nagoya startup"."""
    unit = reading.row[i]
    right = reading.clauses.phrase_after(i + 1) if unit.entity and unit.entity.type == "City" else None
    if not right or reading.clauses.tag(i + 1) not in {"NOUN", "ADJ"}:
        return
    head = right.last - 1 if reading.row[right.head].tag != "NAME" else right.last - 2
    if reading.lexicon.category("Descriptor").get(reading.row[head].low) not in {"Company", "Investor"}:
        return
    for frame in reading.lexicon.frames:
        if "origin" in frame.slots:
            draft = Draft(frame, i, i)
            reading.fill(draft, frame.slots["origin"], [Phrase(i, i + 1)])
            reading.fill(draft, frame.slots.get("modified", ""), _modified(reading, right, i + 1))
            reading.drafts.append(draft)


def _compound(reading: Reading, i: int) -> None:
    unit = reading.row[i]
    if unit.tag != "COMP" or reading.clauses.tag(i - 1) != "NAME":
        return
    # "Irving, Texas-based": the city is the place, the state its address.
    city = i - 3 if reading.clauses.tag(i - 2) == "COMMA" and _is_city(reading, i - 3) else i - 1
    left = Phrase(city, city + 1)
    right = reading.clauses.phrase_after(i + 1)
    modified = _modified(reading, right, city + 1)
    word = unit.low.removeprefix("-")
    frames = list(reading.lexicon.adjectives.get(word, ()))
    for frame in frames:
        draft = Draft(frame, i, i)
        reading.fill(draft, frame.slots.get("compound", ""), [left])
        reading.fill(draft, frame.slots.get("modified", ""), modified)
        reading.drafts.append(draft)
    for found in () if frames else reading.lexicon.verbs.get(word, ()):
        for frame in found.frames if found.tag in PAST and not found.rest else ():
            if {"subject", "object"} <= frame.slots.keys() and EVENT not in frame.slots.values():
                draft = Draft(frame, i, i)
                reading.fill(draft, frame.slots["subject"], [left])
                reading.fill(draft, frame.slots["object"], modified)
                reading.drafts.append(draft)


def _is_city(reading: Reading, i: int) -> bool:
    entity = reading.row[i].entity if i >= 0 else None
    return entity is not None and (
        entity.type == "City" or (entity.type == "Unknown" and place(entity.name) is not None)
    )


def _modified(reading: Reading, right: Phrase | None, i: int) -> list[Phrase]:
    """Return what "London-based startup" says is in London: the name beside it, or the one it stands for."""
    if not right:
        return []
    if reading.row[right.head].tag == "NAME":
        return [right]
    start = i - 1
    while reading.clauses.tag(start - 1) in {"ADJ", "DET", "NOUN", "DEMONYM", "COUNT"}:
        start -= 1
    phrase = reading.clauses.phrase_before(start - 1)
    before = reading.clauses.tag(start - 1)
    if phrase and (before == "AUX" or (before == "COMMA" and reading.row[phrase.head].tag == "NAME")):
        return [phrase]
    if reading.row[start].low in {"the", "this"}:
        return [Phrase(start, right.last)]
    return []
