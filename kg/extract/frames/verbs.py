"""Frames told by verbs: active, passive, participle, infinitive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.frames.draft import Draft, Reading
from kg.extract.frames.status import verb_status
from kg.extract.grammar.clauses import PAST, Arguments, Phrase, VerbGroup
from kg.vocabulary import Frame, Word
from kg.vocabulary.lexicon import EVENT

__all__ = ["verbs"]

# Units beside a verb and its arguments among which a word silences a frame.
_SILENT_BEFORE = 6
_SILENT_AFTER = 4


def verbs(reading: Reading) -> Iterator[Draft]:
    """Yield the drafts of the sentence's verbs."""
    for group in reading.clauses.verbs:
        word = _word(reading, group)
        if word:
            arguments = reading.clauses.arguments(group.last + len(word.rest))
            for frame in word.frames:
                yield from _draft(reading, frame, group, arguments)


def _word(reading: Reading, group: VerbGroup) -> Word | None:
    """Return the lexicon's verb, the longest that fits: "set up" before "set"."""
    for word in reading.lexicon.verbs.get(reading.row[group.main].low, ()):
        following = tuple(u.low for u in reading.row[group.last : group.last + len(word.rest)])
        if following == word.rest and word.frames:
            return word
    return None


def _draft(reading: Reading, frame: Frame, group: VerbGroup, arguments: Arguments) -> Iterator[Draft]:
    if reading.forbidden(frame, group.first - _SILENT_BEFORE, arguments.end + _SILENT_AFTER):
        return
    subject = reading.agents(group)
    draft = Draft(frame, group.main, group.main)
    passive = _passive(reading, frame, group, arguments)
    objects = [_antecedent(reading, phrase, subject) for phrase in arguments.objects]
    arguments = replace(arguments, objects=objects)
    for slot, phrases in _own(subject, arguments, passive=passive):
        if slot in frame.slots:
            reading.fill(draft, frame.slots[slot], phrases)
    for prep, phrases in arguments.preps:
        agent = passive and prep == "by" and "subject" in frame.slots
        role = frame.slots["subject"] if agent else frame.slots.get(prep)
        reading.fill_prep(draft, role or "", prep, phrases)
    reading.absorb(draft, arguments)
    _sum(reading, draft, group)
    if EVENT in frame.slots.values() and not (draft.anaphoric or draft.anchor != draft.trigger):
        if EVENT in {frame.slots.get("object"), frame.slots.get("subject")} or arguments.objects:
            return
        draft.anaphoric = True
    heads = _heads(reading, arguments)
    if (frame.needs or frame.beside) and not (
        any(map(draft.has, frame.needs)) or heads.intersection(frame.beside)
    ):
        return
    if frame.beside and _other(reading, frame, heads):
        return
    draft.status = verb_status(reading, group)
    # Who "is buying" has not bought; who "is teaming up" has.
    under_way = group.progressive and not group.perfect
    if draft.status == "asserted" and under_way and "object" in frame.slots:
        draft.status = "planned"
    yield draft


def _antecedent(reading: Reading, phrase: Phrase, subject: list[Phrase]) -> Phrase:
    """Return what "it" stands for where that is an object: the name before it that is not the subject."""
    acting = {reading.entity(p) for p in subject}
    if reading.tag(phrase.head) != "PRON" or reading.entity(phrase) not in acting:
        return phrase
    names = (k for k in range(phrase.first - 1, -1, -1) if reading.tag(k) == "NAME")
    others = (k for k in names if reading.family(reading.row[k].entity) not in {"Person", "Place"})  # type: ignore[arg-type]
    other = next((k for k in others if reading.row[k].entity not in acting), None)
    return phrase if other is None else Phrase(other, other + 1)


def _sum(reading: Reading, draft: Draft, group: VerbGroup) -> None:
    """Read the amount of "a $5 million deal to buy": it is that of the deal."""
    if not group.infinitive or reading.tag(group.first - 1) != "NOUN":
        return
    phrase = reading.clauses.phrase_before(group.first)
    for role in draft.frame.slots.values() if phrase else ():
        if role != EVENT and "money" in reading.ontology.reads(role) and not draft.has(role):
            assert phrase is not None
            draft.add(role, reading.fillers(phrase, role))


def _own(subject: list[Phrase], arguments: Arguments, *, passive: bool) -> Iterator[tuple[str, list[Phrase]]]:
    """Yield the slots of the clause itself with their phrases: of a passive, its subject is the object."""
    left, right = ("object", "") if passive else ("subject", "object")
    yield left, subject
    yield "theme", [] if arguments.objects else subject
    yield right, arguments.objects
    yield "complement", arguments.objects if passive else arguments.complements


def _other(reading: Reading, frame: Frame, heads: set[str]) -> bool:
    """Tell whether what a verb is about is another event: "completed its $2 billion purchase of" raises nothing."""
    frames = [f for head in heads for word in reading.lexicon.nouns.get(head, ()) for f in word.frames]
    return bool(frames) and frame.event not in {f.event for f in frames}


def _heads(reading: Reading, arguments: Arguments) -> set[str]:
    return {reading.row[p.head].lemma or reading.row[p.head].low for p in arguments.phrases()}


def _passive(reading: Reading, frame: Frame, group: VerbGroup, arguments: Arguments) -> bool:
    """Tell the participle of "the round, led by X" from the past tense of "X led the round"."""
    if group.passive:
        return True
    if group.form not in PAST or group.perfect:
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
    return entity and all(
        any(reading.ontology.family(r) == "Place" for r in reading.ontology.ranges.get(role, ()))
        for role in parties
    )
