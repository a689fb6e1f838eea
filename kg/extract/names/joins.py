"""Which names are one thing's: shorter forms, surnames and initials join the full name.

Each rule looks up the full names that a form may stand for in an index, so that the time grows with the number of names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.extract.names.gazetteer import company, place
from kg.extract.names.runs import TokenSpan
from kg.extract.names.words import NameWords
from kg.iris import normalise, without_legal_form

__all__ = ["Cluster", "joined"]

_NO_FIRM = frozenset(("Person", "Place"))  # families whose names are not cut short as an organization's are
_SURNAMES = frozenset(("Person", "Unknown", "Organization"))  # families of what a lone surname looks like
_LONGEST_SHORT = 6  # words of a short form
_FEWEST_INITIALS = 3
_LONGEST_PERSON = 4  # words
_MIDDLE = 3  # words of a name any of which may stand for it: "Stephen Leung Kar-wai"


_NOWHERE = TokenSpan(1 << 30, 0, 0)


@dataclass(slots=True, eq=False)
class Cluster:
    """A name while its evidence is collected: its forms, its mentions, and the votes for what it names.

    `former` has the forms that the thing is not called by now. `first` is the first mention, `told` the first in running
    text: a headline has no room for full names.
    """

    forms: Counter[str] = field(default_factory=Counter)
    former: set[str] = field(default_factory=set)
    spans: list[TokenSpan] = field(default_factory=list)
    votes: Counter[str] = field(default_factory=Counter)
    sure: bool = False
    first: TokenSpan = _NOWHERE
    told: TokenSpan = _NOWHERE
    _best: str = ""

    def add(self, text: str, span: TokenSpan, *, prose: bool = True) -> None:
        """Add a mention."""
        self.forms[text] += 1
        self._best = ""
        self.spans.append(span)
        self.first = min(self.first, span)
        if prose:
            self.told = min(self.told, span)

    def call(self, name: str) -> None:
        """Add a name that stands nowhere but beside this one."""
        self.forms[name] += 1
        self._best = ""

    def take(self, other: Cluster, but: str) -> None:
        """Add the mentions of another form, and the votes `but` for one class: "in Boston" makes Boston Foods no place."""
        self.forms.update(other.forms)
        self._best = ""
        self.former |= other.former
        self.spans += other.spans
        self.first = min(self.first, other.first)
        self.told = min(self.told, other.told)
        self.votes.update({k: v for k, v in other.votes.items() if k != but})
        self.sure |= other.sure

    @property
    def best(self) -> str:
        """The fullest form, not all in capitals if there is a choice, and of those the most frequent."""
        if not self._best:
            present = self.forms.keys() - self.former or self.forms.keys()
            self._best = max(
                present, key=lambda f: (len(f.split()), not f.isupper(), len(f), self.forms[f], f)
            )
        return self._best


def joined(
    words: NameWords, clusters: Iterable[Cluster], aliases: Mapping[Cluster, Cluster]
) -> list[Cluster]:
    """Join short forms to full names, the longest names first, and then the names that the text says are one thing's."""
    index = _Index(words)
    whole: dict[Cluster, Cluster] = {}
    for cluster in sorted(clusters, key=lambda c: (-len(c.best.split()), c.first)):
        full = None if cluster in aliases else index.full(cluster)
        if full:
            full.take(cluster, words.kinds.general["Place"])
            whole[cluster] = full
        else:
            index.add(cluster)
    for alias, cluster in aliases.items():
        main = _root(cluster, whole)
        if main is not alias:
            main.take(alias, words.kinds.general["Place"])
            whole[alias] = main
    return [c for c in index.kept if c not in whole]


def _root(cluster: Cluster, whole: Mapping[Cluster, Cluster]) -> Cluster:
    while cluster in whole:
        cluster = whole[cluster]
    return cluster


class _Index:
    """The full names met so far, by each short form that may stand for them."""

    def __init__(self, words: NameWords) -> None:
        self.words = words
        self.kept: list[Cluster] = []
        self.names: dict[Cluster, tuple[str, ...]] = {}
        self.families: dict[Cluster, str] = {}
        self.by_lead: dict[tuple[str, ...], list[Cluster]] = defaultdict(list)
        self.by_core: dict[tuple[str, ...], list[Cluster]] = defaultdict(list)
        self.by_part: dict[tuple[str, ...], list[Cluster]] = defaultdict(list)
        self.by_initials: dict[str, list[Cluster]] = defaultdict(list)

    def add(self, cluster: Cluster) -> None:
        """Take up a full name."""
        name = tuple(normalise(without_legal_form(cluster.best)).split())
        self.kept.append(cluster)
        self.names[cluster] = name
        self.families[cluster] = self.words.kinds.family(self.words.kinds.best(cluster.votes))
        for last in range(1, min(len(name), _LONGEST_SHORT + 1)):
            self.by_lead[name[:last]].append(cluster)
        for core in {self._core(name), self._without_domain(name)} - {name}:
            self.by_core[core].append(cluster)
        if self.families[cluster] == "Person" or (
            self.families[cluster] == "Unknown" and 1 < len(name) <= _LONGEST_PERSON
        ):
            self._add_person(cluster, name)
        if self.families[cluster] != "Person":
            initials = "".join(w[0] for w in name if w not in self.words.small and w != "&")
            self.by_initials[initials].append(cluster)

    def _add_person(self, cluster: Cluster, name: tuple[str, ...]) -> None:
        parts = {name[first:] for first in range(1, len(name))}
        if len(name) >= _MIDDLE:
            parts |= {(word,) for word in name[1:]}
        for part in parts:
            self.by_part[part].append(cluster)

    def full(self, short: Cluster) -> Cluster | None:
        """Return the name that a short form stands for, persons before others, the first of several."""
        words = tuple(normalise(without_legal_form(short.best)).split())
        family = self.words.kinds.family(self.words.kinds.best(short.votes))
        found = list(self._candidates(short, words, family))
        likely = [c for c in found if (self.families[c] == "Person") == (family in {"Person", "Unknown"})]
        return min(likely or found, key=lambda c: c.first, default=None)

    def _candidates(self, short: Cluster, words: tuple[str, ...], family: str) -> Iterator[Cluster]:
        if family in _SURNAMES or not short.sure:
            # "Ms. Rosk" makes a person of Sunniva Rosk, of whom nothing else is known.
            yield from (c for c in self.by_part[words] if "Person" in {family, self.families[c]})
        yield from self._led(words, short, family)
        if family not in _NO_FIRM:
            yield from (c for c in self.by_core[words] if self.families[c] not in _NO_FIRM)
        initials = words[0].replace(".", "")
        if len(words) == 1 and short.best.isupper() and len(initials) >= _FEWEST_INITIALS:
            yield from (c for c in self.by_initials[initials] if self.families[c] != "Place")

    def _led(self, words: tuple[str, ...], short: Cluster, family: str) -> Iterator[Cluster]:
        """Yield the full names that begin with a short form and mean no more."""
        longer = self.by_lead[words]
        rests = {full: self._telling(self.names[full][len(words) :]) for full in longer}
        several = len({rest for full, rest in rests.items() if rest and self.families[full] != "Person"}) > 1
        for full, rest in rests.items():
            if self.families[full] == "Person":
                if len(words) == 1 and family in _SURNAMES:
                    yield full
            elif self.families[full] != "Place" and (
                not rest or (not several and self._unique(short, full, family, rest))
            ):
                yield full

    def _telling(self, rest: Sequence[str]) -> tuple[str, ...]:
        """Return the words that tell a thing from others of its name: not "Group" and its like."""
        return tuple(w for w in rest if w not in self.words.tails)

    def _unique(self, short: Cluster, full: Cluster, family: str, rest: tuple[str, ...]) -> bool:
        """Tell whether the one full name that begins with a short form is no name of another thing, say a product."""
        other = short.sure and family in _NO_FIRM | {"Product"}
        if other or self.families[full] == "Product" or self.words.product_heads & set(rest):
            return False
        if all(w in self.words.low_heads for w in rest):
            return company(short.best) is not True
        return short.told > full.told

    def _core(self, name: tuple[str, ...]) -> tuple[str, ...]:
        """Return a name without places before it and "Group" or its like in it: Acme of "Shanghai Acme Group"."""
        core = [w for w in name if w not in self.words.tails]
        while len(core) > 1 and (core[0] in self.words.leads or place(core[0])):
            core = core[1:]
        return tuple(core)

    def _without_domain(self, name: tuple[str, ...]) -> tuple[str, ...]:
        """Return a web address without its end: "amazon.com inc" is amazon."""
        first, point, _ = name[0].rpartition(".")
        return (
            (first,)
            if point and self.words.domain.fullmatch(name[0]) and not self._telling(name[1:])
            else name
        )
