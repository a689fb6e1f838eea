"""Frames over clauses: from the drafts of a sentence to its claims.

One frame gives its active, passive, participial, possessive and nominal readings; the lexicon names only
the slots of the active verb and the prepositions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.discourse.context import Context
from kg.extract.frames.draft import Draft, Reading
from kg.extract.frames.modifiers import read_modifiers
from kg.extract.frames.nouns import read_nouns
from kg.extract.frames.verbs import read_verbs
from kg.model import Claim, Entity, Filler, Money, PartialDate

__all__ = ["relate"]


def relate(context: Context, number: int) -> Iterator[Claim]:
    """Yield what the frames find in sentence `number`."""
    reading = Reading(context, number)
    read_verbs(reading)
    read_nouns(reading)
    read_modifiers(reading)
    for draft in _joined(reading):
        for one in _split(draft):
            claim = _claim(reading, one)
            if claim:
                yield claim
    _remember(reading)


def _remember(reading: Reading) -> None:
    """Leave the sentence's subject to the next one."""
    for copula in reading.clauses.copulas[:1]:
        phrase = reading.clauses.phrase_before(copula)
        entity = reading.context.entity(reading.number, phrase) if phrase else None
        if entity:
            reading.context.notice(entity)


def _joined(reading: Reading) -> Iterator[Draft]:
    """Join drafts of one class with one anchor."""
    joined: dict[tuple[str, int], Draft] = {}
    for draft in reading.drafts:
        key = (draft.frame.event, draft.anchor)
        if key in joined:
            for role, filler in draft.roles:
                known = [f for r, f in joined[key].roles if r == role]
                if not known or role not in reading.ontology.functional:
                    joined[key].add(role, [filler])
            joined[key].partners += draft.partners
            joined[key].others += draft.others
            joined[key].anaphoric &= draft.anaphoric
            joined[key].presumed &= draft.presumed
            if joined[key].status == "asserted":
                joined[key].status = draft.status
        else:
            joined[key] = draft
    yield from joined.values()


def _split(draft: Draft) -> Iterator[Draft]:
    """Tell "acquired B and C" and "deals with B and C" as one event with each."""
    several: list[list[tuple[str, Filler]]] = [draft.roles]
    if draft.others:
        # What is paid for all of them is the price of none.
        roles: list[tuple[str, Filler]] = [(r, f) for r, f in draft.roles if not isinstance(f, Money)]
        split = {r for r, _ in draft.others}
        rest = [(r, f) for r, f in roles if r not in split]
        several = [roles, *([*rest, other] for other in draft.others)]
    elif 1 < len(draft.partners) < len(draft.roles):
        partners = set(draft.partners)
        rest = [(r, f) for r, f in draft.roles if f not in partners]
        several = [[*rest, (r, f)] for r, f in draft.roles if f in partners]
    for told in several:
        yield replace(draft, roles=told)


def _claim(reading: Reading, draft: Draft) -> Claim | None:
    frame = draft.frame
    if frame.only and draft.status != frame.only:
        return None
    entities = [f for _, f in draft.roles if isinstance(f, Entity)]
    if len(entities) == 2 and entities[0] == entities[1]:
        return None
    if _mere_place(reading, draft):
        return None
    keys = reading.ontology.keys.get(frame.event, ())
    by_noun = reading.clauses.tag(draft.anchor) != "VERB"
    pointing = draft.anaphoric or (
        by_noun and not any(isinstance(f, Entity) for r, f in draft.roles if r in keys)
    )
    date = _date(reading, draft.trigger)
    dated = date is not None and not by_noun
    if frame.measure or not draft.roles or not (len(draft.roles) > 1 or pointing or dated):
        return None
    default = frame.slots.get("topic")
    topic = reading.context.topic.organization or reading.context.focus
    if (
        default
        and topic
        and not any(r == default for r, _ in draft.roles)
        and reading.context.accepts(default, topic)
    ):
        draft.roles.append((default, topic))
    for role, filler in draft.roles:
        if isinstance(filler, Entity):
            reading.context.settle(role, filler)
    if date and not any(r == "date" for r, _ in draft.roles):
        draft.roles.append(("date", date))
    evidence = reading.context.evidence(reading.number)
    if draft.status in {"asserted", "planned"} and _hearsay(reading, evidence.exact):
        draft.status = "rumoured"
    speaker = _attributed(reading, draft)
    return Claim(frame.event, tuple(draft.roles), evidence, draft.status, speaker, pointing, draft.presumed)


def _hearsay(reading: Reading, sentence: str) -> bool:
    """Tell whether a sentence names no source for what it tells: "people familiar with the matter said"."""
    low = sentence.lower()
    return any(words in low for words in reading.lexicon.category("Hearsay"))


def _mere_place(reading: Reading, draft: Draft) -> bool:
    """Tell "invested in Lagos" (where) from "invested $5 million in Lagos" (into what): only a sum makes it a target."""
    figures = any(not isinstance(f, Entity) for _, f in draft.roles)
    return not figures and any(
        isinstance(f, Entity)
        and reading.ontology.family(f.type) == "Place"
        and reading.ontology.ranges[r] != ("Place",)
        for r, f in draft.roles
    )


def _date(reading: Reading, trigger: int) -> PartialDate | None:
    """Return the sentence's date: the only one, or the nearest to the trigger in the same stretch."""
    dates = [i for i, u in enumerate(reading.row) if u.tag == "DATE"]
    if not dates:
        return None
    nearest = min(dates, key=lambda i: (abs(i - trigger), i))
    between = range(min(nearest, trigger) + 1, max(nearest, trigger))
    verbs = sum(reading.clauses.tag(k) == "VERB" for k in between)
    value = reading.row[nearest].value
    close = (len(dates) == 1 and verbs <= 1) or (verbs == 0 and len(between) < 8)
    return value if close and isinstance(value, PartialDate) else None


def _attributed(reading: Reading, draft: Draft) -> Entity | None:
    """Return who says so: the speaker of the quotation, or of the clause before "that"."""
    quote = reading.context.quote_at(reading.row[draft.trigger].start)
    if quote:
        return quote.speaker
    speech = reading.lexicon.category("Speech")
    for group in reading.clauses.verbs:
        low = reading.row[group.main].low
        if any(w.lemma in speech for w in reading.lexicon.verbs.get(low, ())) and group.main != draft.trigger:
            clause_follows = group.main < draft.trigger and reading.clauses.tag(group.last) in {
                "SUB",
                "PRON",
                "NAME",
                "DET",
            }
            trails = group.main > draft.trigger and reading.clauses.tag(group.first - 1) in {"NAME", "PRON"}
            if clause_follows or trails:
                for phrase in reading.subjects.get(group.main, []):
                    return reading.context.entity(reading.number, phrase)
    return _source(reading)


def _source(reading: Reading) -> Entity | None:
    """Return whom "according to" names."""
    for i, unit in enumerate(reading.row[1:], 1):
        if unit.low == "to" and reading.row[i - 1].low == "according":
            phrase = reading.clauses.phrase_after(i + 1)
            return reading.context.entity(reading.number, phrase) if phrase else None
    return None
