"""Positions: who has which title where, from appositions, titles before names, and descriptions of both."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.discourse.context import Context
from kg.extract.frames.draft import Reading
from kg.extract.frames.status import verb_status
from kg.extract.grammar.clauses import Clauses, Phrase
from kg.extract.grammar.units import Unit
from kg.model import Claim, Entity, Filler, Status

__all__ = ["titles"]

_FOUNDER = re.compile(r"\b(?:co-?)?founder\b|\bfounding partner\b", re.IGNORECASE)
_FORMER = frozenset("former formerly ex previous previously then late outgoing retired until till".split())
_LEAVES = frozenset("step resign retire quit leave depart".split())
_POSTS = frozenset("company firm group bank business post job role board".split())
_BEFORE_TITLE = frozenset("DET ADJ ADV POSS POSSPRON NAME NOUN DEMONYM COUNT COMP DATE".split())
_REMOVES = frozenset("dismiss fire sack oust".split())
_FOLLOWS = frozenset("succeed replace".split())
_TAKES_TITLE = _FOLLOWS | frozenset("join serve work appoint name hire step resign act promote".split())
_GENERIC = re.compile(
    r"(?i)^(?:senior |chief |fund |portfolio |prime |state |attorney )?(?:governor|minister|senator|mayor|analyst|economist|strategist|professor|judge|attorney|general|commissioner|executive|partner|lawyer|engineer|officer|manager|scientist|author|trader|staff|head|chief|chair|lead|principal|analyst|member|researcher|entrepreneur|investor|director|consultant)$"
)


def titles(context: Context, number: int) -> Iterator[Claim]:
    """Yield a Position, and a Founding where the title says founder, for each title that stands by a person."""
    row, clauses = context.rows[number], context.clauses[number]
    for i, unit in enumerate(row):
        if unit.tag != "TITLE":
            continue
        person, side = _person(context, row, clauses, i)
        if person is None:
            continue
        organization, stated = _organization(context, number, row, clauses, i, side)
        if organization is None or (_GENERIC.match(unit.text) and not stated):
            continue
        status = "former" if _gone(context, number, i, person) else _status(context, number, i)
        context.settle("person", person)
        context.settle("organization", organization)
        context.employers.setdefault(person, organization)
        evidence = context.evidence(number)
        roles: tuple[tuple[str, Filler], ...] = (("person", person), ("organization", organization))
        if unit.low not in {"founder", "co-founder", "cofounder"}:
            yield Claim("Position", (*roles, ("title", _clean(unit.text))), evidence, status)
            before = _predecessor(row, clauses, i)
            if before and before != person:
                had: Status = "former" if status == "asserted" else "asserted"
                yield Claim("Position", (("person", before), *roles[1:], ("title", unit.text)), evidence, had)
        if _FOUNDER.search(unit.text):
            yield Claim("Founding", (("organization", organization), ("founder", person)), evidence)


def _clean(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _person(context: Context, row: list[Unit], clauses: Clauses, i: int) -> tuple[Entity | None, str]:
    """Find the person of a title and on which side they stand."""

    def person(j: int) -> Entity | None:
        entity = row[j].entity if 0 <= j < len(row) else None
        ok = (
            entity
            and context.typed.get(entity, entity.type) in {"Person", "Unknown"}
            and context.accepts("person", entity)
        )
        return entity if ok and entity and (entity.type == "Person" or len(entity.name.split()) > 1) else None

    if found := person(i + 1):
        return found, "after"
    j = i - 1
    while j >= 0 and (clauses.tag(j) in _BEFORE_TITLE or row[j].low in {"until", "till"}) and not person(j):
        j -= 1
    if clauses.tag(j) in {"COMMA", "LPAR"} and (found := person(j - 1)) and i - j < 9:
        return found, "before"
    if clauses.tag(j) == "AUX" and (found := person(j - 1)):
        return found, "before"
    if clauses.tag(j) == "REL" or (clauses.tag(j) == "AUX" and clauses.tag(j - 1) == "REL"):
        k = j - 1 - (clauses.tag(j) == "AUX")
        k -= clauses.tag(k) == "COMMA"
        if found := person(k):
            return found, "before"
    if clauses.tag(j) == "PREP" and row[j].low == "as" and (found := _subject_person(row, clauses, j)):
        return found, "before"
    end = clauses.arguments(i + 1, nominal=True).end
    if clauses.tag(end) == "COMMA" and (found := person(end + 1)):
        return found, "after"
    if clauses.tag(i + 1) == "COMMA" and (found := person(i + 2)) and clauses.tag(i + 3) == "COMMA":
        return found, "after"
    k = i + 1
    while clauses.tag(k) == "PREP" and clauses.tag(k + 1) in {"NAME", "DET"} and k < i + 8:
        phrase = clauses.phrase_after(k + 1)
        if not phrase:
            break
        if phrase.last < len(row) and (found := person(phrase.last)):
            return found, "after"
        if found := person(phrase.head):
            return (found, "after") if phrase.head > k + 1 else (None, "")
        k = phrase.last
    return None, ""


def _subject_person(row: list[Unit], clauses: Clauses, j: int) -> Entity | None:
    group = next((g for g in reversed(clauses.verbs) if g.main < j), None)
    if group is None or row[group.main].lemma not in _TAKES_TITLE:
        return None
    # Who is named after "succeeds" is the one before.
    for i in range(group.last, j) if row[group.main].lemma not in _FOLLOWS else ():
        entity = row[i].entity
        if entity and entity.type == "Person":
            return entity
    for i in range(group.first - 1, -1, -1):
        entity = row[i].entity
        if entity and entity.type == "Person":
            return entity
    return None


def _predecessor(row: list[Unit], clauses: Clauses, i: int) -> Entity | None:
    """Return Y of "X succeeds Y as chief", where unit `i` is the chief."""
    group = next((g for g in reversed(clauses.verbs) if g.main < i), None)
    if group is None or row[group.main].lemma not in _FOLLOWS or row[i - 1].low != "as":
        return None
    return next((u.entity for u in row[group.last : i] if u.entity and u.entity.type == "Person"), None)


def _organization(
    context: Context, number: int, row: list[Unit], clauses: Clauses, i: int, side: str
) -> tuple[Entity | None, bool]:
    """Find the organization of a title, and whether the text names it beside the title."""

    def accepted(phrase: Phrase | None) -> Entity | None:
        entity = context.entity(number, phrase) if phrase else None
        return (
            entity if entity and context.accepts("organization", entity) and entity.type != "Person" else None
        )

    j = i - 1
    while clauses.tag(j) in {"ADJ", "NOUN", "DEMONYM", "ADV"}:
        j -= 1
    if clauses.tag(j) == "NAME" and (found := accepted(Phrase(j, j + 1))):
        return found, True
    if found := context.owner(number, j):
        usable = context.accepts("organization", found) and found.type != "Person"
        return (found, True) if usable else (None, False)
    k = i + 2 if side == "after" and clauses.tag(i + 1) != "PREP" else i + 1
    joins = {"of", "at", "for", "with", "from", *(("in",) if side == "before" else ())}
    if clauses.tag(k) == "PREP" and row[k].low in joins:
        phrase = clauses.phrase_after(k + 1)
        if found := accepted(phrase):
            return found, True
        if phrase and row[phrase.head].tag == "NAME":
            return None, False
        if phrase and any(u.tag == "NAME" for u in row[phrase.first : phrase.last]):
            named = [
                u
                for u in row[phrase.first : phrase.last]
                if u.entity and context.accepts("organization", u.entity)
            ]
            if named and named[0].entity and named[0].entity.type != "Person":
                return named[0].entity, True
    if side == "before":
        person = i - 1
        while person > 0 and clauses.tag(person) != "COMMA":
            person -= 1
        if clauses.tag(person - 2) == "POSS" and (found := accepted(clauses.phrase_before(person - 2))):
            return found, True
    focus = context.focus
    usable = focus is not None and focus.type != "Person" and context.accepts("organization", focus)
    return (focus if usable else None), False


def _gone(context: Context, number: int, i: int, person: Entity) -> bool:
    """Tell whether the person of title `i` held it once, leaves it, or is removed: "was chief", "has resigned"."""
    row, clauses = context.rows[number], context.clauses[number]
    k = i - 1
    while clauses.tag(k) in _BEFORE_TITLE and row[k].low != "that":
        k -= 1
    if k >= 0 and (row[k].low in {"was", "were"} or row[k].lemma in _REMOVES):
        return True
    doubts = context.lexicon.category("StatusWords")
    for group in clauses.verbs:
        post = all(row[p.head].low in _POSTS for p in clauses.arguments(group.last).objects)
        leaves = group.lemma in _LEAVES and not group.infinitive and post
        removed = group.lemma in _REMOVES and group.passive
        if group.main > i and (leaves or removed) and not any(h in doubts for h in group.helpers):
            who = clauses.subject(group)
            if any(p.first <= i < p.last or context.entity(number, p) == person for p in who):
                return True
    return False


def _status(context: Context, number: int, i: int) -> Status:
    row, clauses = context.rows[number], context.clauses[number]
    words = {u.low for u in row[max(0, i - 4) : i]}
    governor = next((g for g in reversed(clauses.verbs) if g.main < i), None)
    left = governor is not None and governor.lemma in _LEAVES and "as" in words
    if _FORMER & words or left:
        return "former"
    if governor and governor.lemma in _TAKES_TITLE and "as" in words:
        return verb_status(Reading(context, number), governor)
    later = {u.low for u in row[max(0, i - 7) : i]}
    return "planned" if {"will"} & later and {"as", "be"} & later else "asserted"
