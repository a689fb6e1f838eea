"""Pairs of mentions: which may stand in a relation, and what the pair head is told about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.extract.learned.schema import TYPES, Label
from kg.extract.learned.windows import Window
from kg.vocabulary.ontology import Ontology
from kg.vocabulary.traits import FAMILIES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

__all__ = ["Mention", "Pairs", "allowed", "locate", "pairs"]

_FARTHEST = 4
_BUCKETS = (0, 1, 2, 3, 5, 8, 12, 20, 35, 60, 100)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name, a value or a title where it stands: its span, sentence and one of `TYPES`."""

    start: int
    end: int
    sentence: int
    type: str


class Pairs(NamedTuple):
    """Ordered pairs of mentions by number, and the rows [n, 8] that the pair head reads."""

    first: Array
    second: Array
    rows: Array


def _types(role: str, ontology: Ontology) -> frozenset[str]:
    """Return the mention types that may fill a role: of values by their grammar, of things by their family."""
    if grammars := ontology.reads(role):
        return frozenset(g.upper() for g in grammars) & frozenset(TYPES)
    families = {ontology.family(name) for name in ontology.ranges.get(role, ())}
    return frozenset(FAMILIES if "Entity" in families else families)


def allowed(ontology: Ontology, labels: Sequence[Label]) -> Array:
    """Return which labels two types may carry, by domain and range: [type, type, label]."""
    import numpy as np

    table = np.zeros((len(TYPES), len(TYPES), len(labels)), bool)
    for number, label in enumerate(labels):
        for a in _types(label.first, ontology):
            for b in _types(label.second, ontology):
                table[TYPES.index(a), TYPES.index(b), number] = True
    return table


def locate(window: Window, mentions: Sequence[Mention]) -> list[tuple[int, int, int]]:
    """Find mentions among the pieces of a window: number, first piece, piece past the last."""
    starts: dict[int, int] = {}
    for i, piece in enumerate(window.pieces):
        if piece.sentence >= 0:
            starts.setdefault(piece.start, i)
    found = []
    for number, mention in enumerate(mentions):
        first = starts.get(mention.start)
        if first is None:
            continue
        last = first + 1
        while last < len(window.pieces) and window.pieces[last - 1].end < mention.end:
            last += 1
        found.append((number, first, last))
    return found


def pairs(window: Window, mentions: Sequence[Mention], table: Array) -> Pairs:
    """Return the pairs of a window whose types some label allows, a few sentences apart at most.

    The headline is near everything. `table` tells for each two types whether a label allows them. A row of the
    pair head holds: 0 for the window, first piece and piece past the last of both mentions, their types as one
    number, the distance in pieces and in sentences.
    """
    import numpy as np

    placed = np.array(locate(window, mentions), np.int64).reshape(-1, 3)
    number, first, last = placed.T
    sentence = np.array([mentions[n].sentence for n in number], np.int64)
    kind = np.array([TYPES.index(mentions[n].type) for n in number], np.int64)
    headline = min((p.sentence for p in window.pieces if p.sentence >= 0), default=0)
    apart = sentence[None, :] - sentence[:, None]
    titled = sentence == headline
    near = (np.abs(apart) <= _FARTHEST) | titled[None, :] | titled[:, None]
    overlap = (first[:, None] < last[None, :]) & (first[None, :] < last[:, None])
    fresh = last > window.fresh
    wanted = near & ~overlap & (fresh[:, None] | fresh[None, :]) & table[kind[:, None], kind[None, :]]
    i, j = wanted.nonzero()
    gap = np.where(first[i] < first[j], first[j] - last[i], first[i] - last[j])
    bucket = (gap[:, None] > np.array(_BUCKETS)).sum(1)
    step = np.clip(apart[i, j], -_FARTHEST, _FARTHEST) + _FARTHEST
    kinds = kind[i] * len(TYPES) + kind[j]
    rows = np.stack([np.zeros_like(i), first[i], last[i], first[j], last[j], kinds, bucket, step], 1)
    return Pairs(number[i], number[j], rows)
