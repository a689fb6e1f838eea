"""The learned reader of one document: names first, then what pairs of mentions say of each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.learned.hints import hints
from kg.extract.learned.mentions import tagged
from kg.extract.learned.network import Encoded, Network
from kg.extract.learned.pairs import Mention, allowed, pairs
from kg.extract.learned.schema import LABELS, STATUSES, TYPES, Label
from kg.extract.learned.windows import Window, windows
from kg.extract.names.candidates import Tagged
from kg.model import Entity, Filler, Status
from kg.vocabulary import Ontology

if TYPE_CHECKING:
    from kg.extract.discourse.context import Context

__all__ = ["Reader", "Scored"]

_LEAST = 0.02


@dataclass(frozen=True, slots=True)
class Scored:
    """What a pair of mentions says with some probability: a label, its two fillers, where, and the status."""

    label: Label
    first: Filler
    second: Filler
    probability: float
    status: Status
    mentions: tuple[Mention, Mention]


class Reader:
    """Reads documents with one network and one ontology."""

    def __init__(self, network: Network, ontology: Ontology) -> None:
        import numpy as np

        self.network = network
        self.table = allowed(ontology)
        self.pairable = np.asarray(self.table.any(-1))

    def encode(self, context: Context) -> list[tuple[Window, Encoded]]:
        """Run the encoder over a document."""
        cut = windows(
            context.document, context.sentences, context.rows, hints(context), self.network.tokenizer
        )
        return [(window, self.network.encode(window)) for window in cut]

    def names(self, context: Context, read: list[tuple[Window, Encoded]]) -> list[Tagged]:
        """Return the names and titles that the tagger finds."""
        return [t for window, encoded in read for t in tagged(window, encoded, context.names.runs.tokens)]

    def score(
        self, context: Context, read: list[tuple[Window, Encoded]]
    ) -> tuple[list[Scored], frozenset[tuple[Filler, Filler]]]:
        """Return what the pairs of a document say, unless it is out of the question, and the pairs looked at."""
        scored: list[Scored] = []
        seen: set[tuple[Filler, Filler]] = set()
        known = sorted(_mentions(context), key=lambda k: (k[0].start, k[0].end))
        mentions = [m for m, _ in known]
        for window, encoded in read:
            found = pairs(window, mentions, self.pairable)
            if not len(found.rows):
                continue
            labels, statuses = self.network.score(encoded, found.rows)
            best = statuses.argmax(-1)
            seen.update((known[i][1], known[j][1]) for i, j in zip(found.first, found.second, strict=True))
            kinds = found.rows[:, 5]
            open_to = self.table.reshape(-1, len(LABELS))[kinds]
            for n, k in zip(*((labels > _LEAST) & open_to).nonzero(), strict=True):
                one, other = known[found.first[n]], known[found.second[n]]
                if one[1] != other[1]:
                    status = STATUSES[best[n]]
                    where = one[0], other[0]
                    scored.append(Scored(LABELS[k], one[1], other[1], float(labels[n, k]), status, where))
        return scored, frozenset(seen)


def _mentions(context: Context) -> Iterator[tuple[Mention, Filler]]:
    """Yield the names, values and titles of a document with what they stand for."""

    def family(entity: Entity) -> str:
        kind = context.typed.get(entity, entity.type)
        name = context.ontology.family(kind) if kind != "Unknown" else ""
        return name if name in TYPES else "Organization"

    for number, row in enumerate(context.rows):
        for unit in row:
            if unit.entity:
                yield Mention(unit.start, unit.end, number, family(unit.entity)), unit.entity
            elif unit.tag == "TITLE":
                yield Mention(unit.start, unit.end, number, unit.tag), " ".join(unit.text.split())
            elif unit.tag in TYPES and unit.value is not None:
                yield Mention(unit.start, unit.end, number, unit.tag), unit.value
