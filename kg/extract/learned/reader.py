"""The learned reader of one document: names first, then what pairs of mentions say of each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.grammar.parse import Parsed
from kg.extract.learned.hints import hints
from kg.extract.learned.mentions import tagged
from kg.extract.learned.network import Encoded, Network
from kg.extract.learned.pairs import Mention, allowed, pairs
from kg.extract.learned.schema import STATUSES, TYPES, Label
from kg.extract.learned.windows import Window, windows
from kg.extract.names.runs import Tagged
from kg.extract.text.segment import Token
from kg.model import Filler, Status
from kg.vocabulary import Lexicon, Ontology

__all__ = ["Read", "Reader", "Scored"]

_LEAST = 0.02  # less probable pairs are out of the question, and nineteen of twenty pairs are


@dataclass(frozen=True, slots=True)
class Scored:
    """What a pair of mentions says with some probability: a label, its two fillers, where, and the status."""

    label: Label
    first: Filler
    second: Filler
    probability: float
    status: Status
    mentions: tuple[Mention, Mention]


@dataclass(frozen=True, slots=True)
class Read:
    """What the reader makes of a document: what its pairs say, and the pairs of fillers that it looked at."""

    scored: tuple[Scored, ...]
    seen: frozenset[tuple[Filler, Filler]]


class Reader:
    """Reads documents with one network, one ontology and one lexicon."""

    def __init__(self, network: Network, ontology: Ontology, lexicon: Lexicon) -> None:
        import numpy as np

        self.network = network
        self.ontology = ontology
        self.lexicon = lexicon
        self.labels = network.schema.labels
        self.table = allowed(ontology, self.labels)
        self.pairable = np.asarray(self.table.any(-1))

    def encode(self, parsed: Parsed) -> list[tuple[Window, Encoded]]:
        """Run the encoder over a document."""
        given = hints(parsed, self.ontology, self.lexicon)
        cut = windows(parsed.document, parsed.sentences, parsed.rows, given, self.network.tokenizer)
        return [(window, self.network.encode(window)) for window in cut]

    def names(self, tokens: Sequence[Sequence[Token]], read: list[tuple[Window, Encoded]]) -> list[Tagged]:
        """Return the names and titles that the tagger finds."""
        schema, marks = self.network.schema, self.lexicon.language.words("names.possessives")
        return [t for window, encoded in read for t in tagged(window, encoded, tokens, schema, marks)]

    def score(self, parsed: Parsed, read: list[tuple[Window, Encoded]]) -> Read:
        """Return what the pairs of a document say, unless it is out of the question."""
        scored: list[Scored] = []
        seen: set[tuple[Filler, Filler]] = set()
        known = sorted(self._mentions(parsed), key=lambda k: (k[0].start, k[0].end))
        mentions = [m for m, _ in known]
        for window, encoded in read:
            found = pairs(window, mentions, self.pairable)
            if not len(found.rows):
                continue
            labels, statuses = self.network.score(encoded, found.rows)
            best = statuses.argmax(-1)
            seen.update((known[i][1], known[j][1]) for i, j in zip(found.first, found.second, strict=True))
            kinds = found.rows[:, 5]
            open_to = self.table.reshape(-1, len(self.labels))[kinds]
            for n, k in zip(*((labels > _LEAST) & open_to).nonzero(), strict=True):
                one, other = known[found.first[n]], known[found.second[n]]
                if one[1] != other[1]:
                    status = STATUSES[best[n]]
                    where = one[0], other[0]
                    scored.append(
                        Scored(self.labels[k], one[1], other[1], float(labels[n, k]), status, where)
                    )
        return Read(tuple(scored), frozenset(seen))

    def _mentions(self, parsed: Parsed) -> Iterator[tuple[Mention, Filler]]:
        """Yield the names, values and titles of a document with what they stand for."""
        for number, row in enumerate(parsed.rows):
            for unit in row:
                if unit.entity:
                    family = self.ontology.family(unit.entity.type)
                    # What nothing is known of is an organization, as most names of the news are.
                    kind = family if family in TYPES else "Organization"
                    yield Mention(unit.start, unit.end, number, kind), unit.entity
                elif unit.tag == "TITLE":
                    yield Mention(unit.start, unit.end, number, unit.tag), " ".join(unit.text.split())
                elif unit.tag in TYPES and unit.value is not None:
                    yield Mention(unit.start, unit.end, number, unit.tag), unit.value
