"""What a text speaks of: the organization that it is about, and the last one that did something."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Container
from dataclasses import dataclass

from kg.extract.grammar.parse import Parsed
from kg.model import Entity
from kg.vocabulary import Ontology

__all__ = ["Topics", "focus", "organizational", "topics"]

_OPENING = 2  # sentences: the headline and the first of the body say what an article is about
_OPENING_WEIGHT = 3
_LATELY = 3  # clauses: one or two about somebody else do not change what a text is about


def organizational(entity: Entity, ontology: Ontology) -> bool:
    """Tell whether an entity is, or may be, an organization."""
    return entity.type == "Unknown" or ontology.family(entity.type) == "Organization"


def focus(parsed: Parsed, ontology: Ontology) -> Entity | None:
    """Return the organization that a document is about: named most often, in the first lines above all."""
    counts: Counter[Entity] = Counter()
    for number, row in enumerate(parsed.rows):
        for unit in row:
            if unit.entity and organizational(unit.entity, ontology):
                counts[unit.entity] += _OPENING_WEIGHT if number < _OPENING else 1
    # Among equals the one named first, which is the order of a dictionary.
    return max(counts, key=lambda e: counts[e], default=None)


@dataclass(frozen=True, slots=True)
class Topics:
    """The organizations that were the subject of a clause, by the offset of its verb, in the order of the text."""

    offsets: tuple[int, ...]
    subjects: tuple[Entity, ...]

    def before(self, offset: int) -> tuple[Entity, ...]:
        """Return the last few whose clauses have their verbs before an offset, the nearest last."""
        i = bisect_left(self.offsets, offset)
        return self.subjects[max(0, i - _LATELY) : i]


def topics(
    parsed: Parsed, ontology: Ontology, speech: Container[str], quoted: Callable[[int], bool]
) -> Topics:
    """Collect the named subjects of finite verbs and of "is" outside of quotations.

    Whoever a sentence ends on, as in "Acme has delayed it, Reuters reported", is no topic if it has one. `speech` are
    the verbs of such an end.
    """
    found: list[tuple[int, Entity]] = []
    for clauses in parsed.clauses:
        row, first = clauses.row, len(found)
        told = [(g.main, clauses.subject(g)) for g in clauses.verbs if g.finite]
        told += [(c, [p]) for c in clauses.copulas if (p := clauses.phrase_before(c))]
        for i, subject in sorted(told, key=lambda item: item[0]):
            entities = (row[p.head].entity for p in subject)
            named = [e for e in entities if e and organizational(e, ontology)]
            if not named or quoted(row[i].start):
                continue
            ends = row[i].low in speech and clauses.tag(subject[0].first - 1) == "COMMA"
            if not (ends and len(found) > first):
                found.append((row[i].start, named[-1]))
    return Topics(tuple(o for o, _ in found), tuple(e for _, e in found))
