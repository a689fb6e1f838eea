"""Members of a list are scored together: what a sentence says of most of "A, B and C", it says of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import fmean

from kg.extract.grammar.clauses import Clauses
from kg.extract.grammar.parse import Parsed
from kg.extract.learned.pairs import Mention
from kg.extract.learned.reader import Scored
from kg.model import Entity

__all__ = ["shared"]

_SHORTEST = 3  # names: of two, one may well be said something that the other is not


def shared(parsed: Parsed, scored: Sequence[Scored]) -> list[Scored]:
    """Give each name of a list the mean probability of all, where the reader says the same of half of them or more.

    A name that the reader passed over among others gets what they have; one that it alone favours loses it.
    """
    found = {(s.label, s.mentions[0].start, s.mentions[1].start): s for s in scored}
    by_start: dict[int, list[tuple[int, Scored]]] = defaultdict(list)
    for s in scored:
        for side, mention in enumerate(s.mentions):
            by_start[mention.start].append((side, s))
    for number in sorted({mention.sentence for s in scored for mention in s.mentions}):
        for members in _lists(number, parsed.clauses[number]):
            inside = {m.start for m, _ in members}
            others = {
                (s.label, side, s.mentions[1 - side].start): s
                for start in sorted(inside)
                for side, s in by_start[start]
                if s.mentions[1 - side].start not in inside
            }
            for (label, side, far), s in sorted(others.items()):
                keys = [(label, *((m.start, far) if side == 0 else (far, m.start))) for m, _ in members]
                known = [found[key].probability for key in keys if key in found]
                if 2 * len(known) < len(members):
                    continue
                mean = fmean([*known, *[0.0] * (len(members) - len(known))])
                for key, (mention, entity) in zip(keys, members, strict=True):
                    if entity not in (s.first, s.second)[1 - side : 2 - side]:
                        found[key] = _told_of(found.get(key, s), side, mention, entity, mean)
    return list(found.values())


def _told_of(s: Scored, side: int, mention: Mention, entity: Entity, probability: float) -> Scored:
    """Return what is said of one name as said of another."""
    first, second = s.mentions
    if side == 0:
        return replace(s, first=entity, mentions=(mention, second), probability=probability)
    return replace(s, second=entity, mentions=(first, mention), probability=probability)


def _lists(number: int, clauses: Clauses) -> Iterator[list[tuple[Mention, Entity]]]:
    row = clauses.row
    i = 0
    while i < len(row):
        phrases, end = clauses.list_after(i) if row[i].tag == "NAME" else ([], i)
        heads = [row[p.head] for p in phrases]
        members = [(Mention(u.start, u.end, number, "Organization"), u.entity) for u in heads if u.entity]
        if len(members) >= _SHORTEST:
            yield members
        i = max(end, i + 1)
