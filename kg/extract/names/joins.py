"""Which names are one thing's: shorter forms, surnames and initials join the full name.

Each rule looks up the full names that a form may stand for in an index, so that the time grows with the number of names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from kg.extract.names.gazetteer import place
from kg.extract.names.runs import TokenSpan
from kg.extract.names.votes import best_type
from kg.extract.names.words import NameWords
from kg.iris import normalise, without_legal_form

__all__ = ["Cluster", "joined", "key"]

_PLACES = frozenset(("City", "Country", "Place"))
_SURNAMES = frozenset(
    ("Person", "Unknown", "Organization", "Company", "City")
)  # what a lone surname looks like
_LONGEST_SHORT = 6  # words of a short form
_FEWEST_INITIALS = 3


@lru_cache(maxsize=10_000)
def key(text: str) -> str:
    """Fold a name to what its forms share."""
    return normalise(without_legal_form(text))


@dataclass(slots=True)
class Cluster:
    """A name while its evidence is collected: its forms, its mentions, and the votes for what it names."""

    forms: Counter[str] = field(default_factory=Counter)
    spans: list[TokenSpan] = field(default_factory=list)
    votes: Counter[str] = field(default_factory=Counter)
    sure: bool = False
    first: TokenSpan = field(default_factory=lambda: TokenSpan(1 << 30, 0, 0))

    def add(self, text: str, span: TokenSpan) -> None:
        """Add a mention."""
        self.forms[text] += 1
        self.spans.append(span)
        self.first = min(self.first, span)

    def take(self, short: Cluster) -> None:
        """Add the mentions of a short form, and what they tell; "Boston" does not make Boston Foods a place."""
        self.forms.update(short.forms)
        self.spans += short.spans
        self.first = min(self.first, short.first)
        self.votes.update({k: v for k, v in short.votes.items() if k != "Place"})
        self.sure |= short.sure

    @property
    def best(self) -> str:
        """The fullest form, and of those the most frequent."""
        return max(self.forms, key=lambda f: (len(f.split()), len(f), self.forms[f], f))

    @property
    def kind(self) -> str:
        """What the name names."""
        return best_type(self.votes)


def joined(words: NameWords, clusters: Iterable[Cluster]) -> list[Cluster]:
    """Join short forms to full names, the longest names first."""
    for cluster in clusters:
        cluster.votes = Counter(dict(sorted(cluster.votes.items())))
    index = _Index(words)
    for cluster in sorted(clusters, key=lambda c: (-len(c.best.split()), c.first)):
        full = index.full(cluster)
        if full:
            full.take(cluster)
        else:
            index.add(cluster)
    return index.kept


class _Index:
    """The full names met so far, by each short form that may stand for them."""

    def __init__(self, words: NameWords) -> None:
        self.words = words
        self.kept: list[Cluster] = []
        self.names: dict[int, tuple[str, ...]] = {}
        self.by_lead: dict[tuple[str, ...], list[Cluster]] = defaultdict(list)
        self.by_core: dict[tuple[str, ...], list[Cluster]] = defaultdict(list)
        self.by_end: dict[str, list[Cluster]] = defaultdict(list)
        self.by_initials: dict[str, list[Cluster]] = defaultdict(list)

    def add(self, cluster: Cluster) -> None:
        """Take up a full name."""
        name = tuple(normalise(cluster.best).split())
        self.kept.append(cluster)
        self.names[id(cluster)] = name
        for last in range(1, min(len(name), _LONGEST_SHORT + 1)):
            self.by_lead[name[:last]].append(cluster)
        core = self._core(name)
        if core != name:
            self.by_core[core].append(cluster)
        self.by_end[name[-1]].append(cluster)
        self.by_initials["".join(w[0] for w in name if w not in {"of", "the", "and", "for", "&"})].append(
            cluster
        )

    def full(self, short: Cluster) -> Cluster | None:
        """Return the name that a short form stands for, persons before others, the first of several."""
        words = tuple(normalise(short.best).split())
        found = list(self._candidates(short, words, short.kind))
        persons = [c for c in found if c.kind == "Person"]
        return min(persons or found, key=lambda c: c.first, default=None)

    def _candidates(self, short: Cluster, words: tuple[str, ...], kind: str) -> Iterator[Cluster]:
        if len(words) == 1 and kind in _SURNAMES:
            yield from (c for c in self.by_end[words[0]] if c.kind == "Person" and self.names[id(c)] != words)
        for full in self.by_lead[words]:
            if self._leads(words, full, short, kind):
                yield full
        if kind not in _PLACES | {"Person"}:
            yield from (c for c in self.by_core[words] if c.kind not in _PLACES | {"Person"})
        if len(words) == 1 and len(words[0]) >= _FEWEST_INITIALS and short.best.isupper():
            yield from (c for c in self.by_initials[words[0]] if c.kind not in _PLACES | {"Person"})

    def _leads(self, words: tuple[str, ...], full: Cluster, short: Cluster, kind: str) -> bool:
        """Tell whether the first words of a full name stand for all of it."""
        if full.kind == "Person":
            return len(words) == 1 and kind in _SURNAMES - {"City"}
        if full.kind in _PLACES:
            return False
        rest = self.names[id(full)][len(words) :]
        if all(w in self.words.tails for w in rest):
            return True
        later = short.first > full.first and not self.words.low_heads & set(rest)
        return later and kind not in _PLACES | {"Person", "Product"}

    def _core(self, name: tuple[str, ...]) -> tuple[str, ...]:
        """Return a name without places before it and "Group" or its like in it: Acme of "Shanghai Acme Group"."""
        core = [w for w in name if w not in self.words.tails]
        while len(core) > 1 and place(core[0]):
            core = core[1:]
        return tuple(core)
