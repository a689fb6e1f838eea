"""From the drafts of a sentence to its claims: drafts of one event are joined, lists told apart, dates and sources added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract.frames.draft import Draft, Reading
from kg.model import Claim, Entity, Filler, Money, PartialDate, Status

__all__ = ["joined"]

_ALL = -1  # stands for every verb of a sentence


def joined(reading: Reading, drafts: Iterable[Draft]) -> Iterator[tuple[Claim, bool]]:
    """Yield the claims that the drafts of a sentence make together, and of each whether it is told at all."""
    for draft in _anchored(reading, drafts):
        for one in _split(draft):
            claim = _claim(reading, one)
            if claim:
                yield claim, draft.status is not None


def _anchored(reading: Reading, drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Join drafts of one class with one anchor."""
    found: dict[tuple[str, int], Draft] = {}
    for draft in drafts:
        key = (draft.frame.event, draft.anchor)
        known = found.setdefault(key, draft)
        if known is draft:
            continue
        for role, filler in draft.roles:
            if role not in reading.ontology.functional or not known.has(role):
                known.add(role, [filler])
        known.partners += draft.partners
        known.others += draft.others
        known.anaphoric &= draft.anaphoric
        known.presumed &= draft.presumed
        if known.status == "asserted":
            known.status = draft.status
    yield from found.values()


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
    frame, ontology = draft.frame, reading.ontology
    if frame.only and draft.status != frame.only:
        return None
    entities = [f for _, f in draft.roles if isinstance(f, Entity)]
    alone = len(entities) > 1 and len(set(entities)) == 1
    if alone or _mere_place(reading, draft):
        return None
    keys = ontology.keys.get(frame.event, ())
    by_noun = reading.tag(draft.anchor) != "VERB"
    pointing = draft.anaphoric or (
        by_noun and not any(isinstance(f, Entity) for r, f in draft.roles if r in keys)
    )
    date = _date(reading, draft.trigger)
    dated = date is not None and not by_noun
    if frame.measure or not draft.roles or not (len(draft.roles) > 1 or pointing or dated):
        return None
    roles = list(draft.roles)
    default = frame.slots.get("topic")
    topic = reading.discourse.topic(reading.row[draft.trigger].start)
    if default and topic and not draft.has(default) and reading.accepts(default, topic):
        roles.append((default, topic))
    when = ontology.role(frame.event, "date")
    if date and when and not draft.has(when):
        roles.append((when, date))
    evidence = reading.discourse.parsed.evidence(reading.number)
    status: Status = draft.status or "rumoured"
    if status in {"asserted", "planned"} and _hearsay(reading, evidence.exact):
        status = "rumoured"
    speaker = _attributed(reading, draft)
    return Claim(frame.event, tuple(roles), evidence, status, speaker, pointing, draft.presumed)


def _hearsay(reading: Reading, sentence: str) -> bool:
    """Tell whether a sentence names no source for what it tells: "people familiar with the matter said"."""
    low = sentence.lower()
    return any(words in low for words in reading.lexicon.category("Hearsay"))


def _mere_place(reading: Reading, draft: Draft) -> bool:
    """Tell "invested in Lagos" (where) from "invested $5 million in Lagos" (into what): only a sum makes it a target."""
    if any(not isinstance(f, Entity) for _, f in draft.roles):
        return False
    ontology = reading.ontology
    return any(
        isinstance(f, Entity)
        and reading.family(f) == "Place"
        and any(ontology.family(c) != "Place" for c in ontology.ranges[r])
        for r, f in draft.roles
    )


def _date(reading: Reading, trigger: int) -> PartialDate | None:
    """Return the date of the clause that a trigger stands in, or of the clause that reports it or leads to it.

    What only describes, as in "the Oslo-based firm on Monday bought it", has none.
    """
    if reading.tag(trigger) in {"COMP", "NAME"}:
        return None
    dates = [i for i, u in enumerate(reading.row) if u.tag == "DATE" and isinstance(u.value, PartialDate)]
    if not dates:
        return None
    own = _clause(reading, trigger)
    acts = reading.tag(trigger) in {"VERB", "NOUN"}
    leading = {own, *(_leading(reading, own) if acts else ())}
    near = [i for i in dates if _dated(reading, i) == own] or [
        i for i in dates if _dated(reading, i) in leading
    ]
    if not near:
        return None
    value = reading.row[min(near, key=lambda i: (abs(i - trigger), i))].value
    return value if isinstance(value, PartialDate) else None


def _clause(reading: Reading, i: int) -> int:
    """Return the number of the verb in whose clause unit i stands: the last one before it, or the first."""
    before = [n for n, group in enumerate(reading.clauses.verbs) if group.main <= i]
    return before[-1] if before else 0


def _dated(reading: Reading, i: int) -> int:
    """Return the number of the verb that a date belongs to.

    One that opens a clause belongs to the verb after it, one that opens the sentence to all of them.
    """
    k = i - 1 - (reading.tag(i - 1) == "PREP")
    if reading.tag(k) == "END":
        return _ALL
    opens = reading.tag(k) in {"COMMA", "CC", "END", "QUOTE", "PUNCT"}
    after = [n for n, group in enumerate(reading.clauses.verbs) if group.main > i]
    return after[0] if opens and after else _clause(reading, i)


def _leading(reading: Reading, own: int) -> Iterator[int]:
    """Yield the verbs that report a clause or lead to it: "said on Monday that", "agreed in May to"."""
    yield _ALL
    verbs = reading.clauses.verbs
    speech = reading.lexicon.forms("Speech")
    for n, group in enumerate(verbs):
        leads = n == own - 1 and verbs[own].infinitive
        if n != own and (leads or reading.row[group.main].low in speech):
            yield n


def _attributed(reading: Reading, draft: Draft) -> Entity | None:
    """Return who says so: the speaker of the quotation, or of the clause before "that"."""
    quote = reading.discourse.quote_at(reading.row[draft.trigger].start)
    if quote:
        return quote.speaker
    speech = reading.lexicon.forms("Speech")
    for group in reading.clauses.verbs:
        if reading.row[group.main].low not in speech or group.main == draft.trigger:
            continue
        before = group.main < draft.trigger and reading.tag(group.last) in {"SUB", "PRON", "NAME", "DET"}
        trails = group.main > draft.trigger and reading.tag(group.first - 1) in {"NAME", "PRON"}
        subject = reading.clauses.subject(group)
        if (before or trails) and subject:
            return reading.entity(subject[0])
    return _source(reading)


def _source(reading: Reading) -> Entity | None:
    """Return whom "according to" names."""
    for i, unit in enumerate(reading.row[:-1]):
        if unit.low in reading.language.words("quotation.source"):
            return reading.entity(reading.clauses.phrase_after(i + 2))
    return None
