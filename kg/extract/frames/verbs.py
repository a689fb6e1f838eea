"""Frames told by verbs: active, passive, participle, infinitive."""

from __future__ import annotations

from kg.extract.frames.draft import Draft, Reading
from kg.extract.frames.status import verb_status
from kg.extract.grammar.clauses import PAST, Arguments, Phrase, VerbGroup
from kg.vocabulary import Frame, Word
from kg.vocabulary.lexicon import EVENT

__all__ = ["read_verbs"]

_BE = frozenset(("is", "are", "'s", "’s"))


def read_verbs(reading: Reading) -> None:
    """Add the drafts of the sentence's verbs, and note each verb's subject."""
    for group in reading.clauses.verbs:
        _verb(reading, group)


def _verb(reading: Reading, group: VerbGroup) -> None:
    subject = reading.clauses.subject(group)
    reading.subjects[group.main] = subject
    word = _word(reading, group)
    start = group.last + (len(word.rest) if word else 0)
    arguments = reading.clauses.arguments(start)
    for frame in word.frames if word else ():
        _verb_frame(reading, frame, group, subject, arguments)
    if not reading.context.quote_at(reading.row[group.main].start):
        for phrase in subject:
            entity = reading.context.entity(reading.number, phrase)
            if entity and group.finite:
                reading.context.notice(entity)


def _word(reading: Reading, group: VerbGroup) -> Word | None:
    """Return the lexicon's verb, the longest that fits: "set up" before "set"."""
    for word in reading.lexicon.verbs.get(reading.row[group.main].low, ()):
        following = tuple(u.low for u in reading.row[group.last : group.last + len(word.rest)])
        if following == word.rest and word.frames:
            return word
    return None


def _verb_frame(
    reading: Reading, frame: Frame, group: VerbGroup, subject: list[Phrase], arguments: Arguments
) -> None:
    if reading.forbidden(frame, max(0, group.first - 6), max(arguments.end, group.last + 4)):
        return
    draft = Draft(frame, group.main, group.main)
    passive = _passive(reading, frame, group, arguments)
    left, right = ("object", "") if passive else ("subject", "object")
    own = {
        left: subject,
        "theme": [] if arguments.objects else subject,
        right: arguments.objects,
        "complement": arguments.objects if passive else arguments.complements,
    }
    for slot, phrases in own.items():
        if slot in frame.slots:
            reading.fill(draft, frame.slots[slot], phrases)
    for prep, phrases in arguments.preps:
        agent = passive and prep == "by" and "subject" in frame.slots
        role = frame.slots["subject"] if agent else frame.slots.get(prep)
        reading.fill_prep(draft, role or "", prep, phrases)
    reading.absorb(draft, arguments)
    if EVENT in frame.slots.values() and not (draft.anaphoric or draft.anchor != draft.trigger):
        if frame.slots.get("object") == EVENT or frame.slots.get("subject") == EVENT or arguments.objects:
            return
        draft.anaphoric = True
    needs = set(frame.needs)
    if needs and not (needs & {r for r, _ in draft.roles} or needs & _heads(reading, arguments)):
        return
    draft.status = verb_status(reading, group)
    # Who "is buying" has not bought; who "is teaming up" has.
    if (
        draft.status == "asserted"
        and group.form == "VBG"
        and _BE & set(group.helpers)
        and "object" in frame.slots
    ):
        draft.status = "planned"
    reading.drafts.append(draft)


def _heads(reading: Reading, arguments: Arguments) -> set[str]:
    return {reading.row[p.head].lemma or reading.row[p.head].low for p in arguments.phrases()}


def _passive(reading: Reading, frame: Frame, group: VerbGroup, arguments: Arguments) -> bool:
    """Tell the participle of "the round, led by X" from the past tense of "X led the round"."""
    if group.passive:
        return True
    if group.form not in PAST or any(h in {"has", "have", "had", "having"} for h in group.helpers):
        return False
    if any(prep == "by" for prep, _ in arguments.preps) and not arguments.objects:
        return True
    if "subject" not in frame.slots:
        return "object" in frame.slots and not arguments.objects
    if arguments.objects or group.helpers:
        return False
    role = frame.slots.get("object")
    ranges = reading.ontology.ranges.get(role or "", ())
    entity = any(reading.ontology.family(r) != "Entity" for r in ranges)
    # "X, founded in Lagos" says where; "X invested in Y" says the other party, so X acts.
    parties = (frame.slots[p] for p, _ in arguments.preps if p in frame.slots)
    return entity and all("Place" in reading.ontology.ranges.get(role, ()) for role in parties)
