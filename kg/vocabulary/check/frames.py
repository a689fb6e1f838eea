"""Faults of the frames of `lexicon.ttl`: what they evoke, their slots, and words that can never fire."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, get_args

from kg.iris import ONTOLOGY
from kg.model import Status
from kg.vocabulary.check.terms import local
from kg.vocabulary.lexicon import EVENT, LEXICON, Frame, Lexicon
from kg.vocabulary.ontology import Ontology

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = ["STATUSES", "frame_faults"]

STATUSES: tuple[str, ...] = get_args(Status)
#: The slots that are no prepositions; those of names hold nothing but the name of a thing.
_OF_NAMES = frozenset("compound origin named owner topic holder".split())
_POSITIONS = _OF_NAMES | frozenset("subject object complement modified theme receiver".split())
#: What a slot reads of its phrase beside things.
_IN_PHRASES = frozenset("money percent count series title ticker text".split())
#: Slots of which a word needs one to fire.
_VERBAL = ("subject", "object", "theme")
_NOMINAL = ("subject", "object", "of", "from", "holder", "named")


def frame_faults(entries: Graph, ontology: Ontology, lexicon: Lexicon) -> Iterator[str]:
    """Yield what is wrong with each frame."""
    closed = lexicon.language.closed
    slots = _POSITIONS | {word for word, tag in closed.items() if tag == "PREP"}
    for frame in lexicon.frames:
        for fault in (*_words(frame), *_statuses(frame)):
            yield f"lexicon.ttl: {frame.name}: {fault}"
        if frame.event not in ontology.keys:
            yield (
                f"lexicon.ttl: {frame.name}: evokes {frame.event or 'nothing'}, which is no class with owl:hasKey;"
                " name one in lex:evokes"
            )
            continue
        for slot, role in frame.slots.items():
            for fault in _slot(frame, slot, role, ontology, slots):
                yield f"lexicon.ttl: {frame.name}: {fault}"
        if frame.measure and not ontology.role(frame.event, "measure"):
            yield f"lexicon.ttl: {frame.name}: lex:measure can never fire, {frame.event} has no role that is read as a measure; take it away"
    yield from _needs(entries, ontology)


def _words(frame: Frame) -> Iterator[str]:
    """Check that each kind of words has the slots without which it says nothing."""
    slots = frame.slots.keys()
    if not (frame.verbs or frame.nouns or frame.adjectives):
        yield "can never fire, it has no lex:verb, lex:noun or lex:adjective; add one"
    if not slots:
        yield "can never fire, it has no slot; add lex:subject, lex:object or a preposition"
        return
    if frame.verbs and not slots & {*_VERBAL}:
        yield f"its verbs can never fire without {_any(_VERBAL)}; add one"
    if frame.nouns and not slots & {*_NOMINAL}:
        yield f"its nouns can never fire without {_any(_NOMINAL)}; add one"
    if frame.adjectives and not {"compound", "modified"} <= slots:
        yield "its adjectives can never fire without lex:compound and lex:modified; add them"
    for one, other in (("named", "owner"), ("origin", "modified")):
        if one in slots and other not in slots:
            yield f"lex:{one} can never fire without lex:{other}; add it"
    for word in (*frame.verbs, *frame.nouns, *frame.adjectives):
        if word != word.lower():
            yield f'its word "{word}" can never fire, words are compared in lower case; write "{word.lower()}"'


def _any(slots: tuple[str, ...]) -> str:
    return ", ".join(f"lex:{slot}" for slot in slots[:-1]) + f" or lex:{slots[-1]}"


def _statuses(frame: Frame) -> Iterator[str]:
    for slot, status in (("status", frame.status), ("only", frame.only)):
        if status and status not in STATUSES:
            yield f"lex:{slot} names {status}, which is no status; name one of {', '.join(STATUSES)}"


def _slot(frame: Frame, slot: str, role: str, ontology: Ontology, slots: frozenset[str]) -> Iterator[str]:
    if slot not in slots:
        yield f"lex:{slot} is neither a position nor a preposition; correct it"
    if role == EVENT:
        return
    if role not in ontology.ranges:
        yield f"lex:{slot} names {role}, which is no property of the ontology; define it"
        return
    if role not in ontology.roles(frame.event):
        yield f"lex:{slot} names {role}, whose domain is not {frame.event}; correct one of them"
        return
    grammars = ontology.reads(role)
    if not grammars or frame.measure:  # a measure has its own reading
        return
    if slot in _OF_NAMES:
        yield f"lex:{slot} can never be filled, it is for names and {role} is read as {_read(grammars)}; use another slot"
    elif grammars == {"date"}:
        yield f"lex:{slot} can never be filled, the date of the clause fills {role} by itself; take it away"
    elif not grammars & _IN_PHRASES:
        yield f"lex:{slot} can never be filled, no phrase is read as {_read(grammars)}, the range of {role}; take it away"


def _read(grammars: frozenset[str]) -> str:
    return " or ".join(sorted(grammars))


def _needs(entries: Graph, ontology: Ontology) -> Iterator[str]:
    """Check the roles among what frames need: a need is a role of the event, or a word."""
    from rdflib import URIRef

    evokes = URIRef(LEXICON + "evokes")
    for frame, need in sorted(entries.subject_objects(URIRef(LEXICON + "needs"))):
        event = local(entries.value(frame, evokes))
        if str(need).startswith(ONTOLOGY) and local(need) not in ontology.roles(event):
            name = str(frame).removeprefix(LEXICON)
            yield f"lexicon.ttl: {name}: needs {local(need)}, which is no role of {event}; name one of {', '.join(ontology.roles(event))}"
