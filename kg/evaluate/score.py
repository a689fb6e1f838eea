"""How far extraction agrees with annotation: precision, recall and F1 by kind, with bootstrap intervals."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Self, TypeAlias

from kg.evaluate.gold import Annotated
from kg.evaluate.shorthand import Piece, pieces
from kg.iris import normalise
from kg.model import Article, Entity, Filler, Money, PartialDate, Quantity, Status
from kg.vocabulary import Ontology

__all__ = ["Score", "Tally", "compare", "interval", "plain", "same", "slot"]

_RESAMPLES = 1000
_QUOTED_WORDS = 5

Slot: TypeAlias = frozenset[str] | float | str


@dataclass(frozen=True, slots=True)
class _Atom:
    """A comparable piece of a fact; names are sets of the forms that count as equal."""

    piece: Piece
    slots: tuple[Slot, ...]
    status: Status
    evidence: str

    @property
    def kind(self) -> str:
        """The kind of the piece."""
        return self.piece.kind

    @property
    def words(self) -> str:
        """The slots for people."""
        return ", ".join(" | ".join(sorted(s)) if isinstance(s, frozenset) else str(s) for s in self.slots)


@dataclass(slots=True)
class Tally:
    """Counts of one kind: found and right, found and wrong, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __iadd__(self, other: Tally) -> Self:
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed
        return self

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 0 where nothing was found."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of what is there that was found; 0 where there is nothing."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall.

        >>> Tally(right=1, wrong=1, missed=1).f1
        0.5
        """
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


@dataclass(slots=True)
class Score:
    """One article compared: counts by kind, the errors in words, and how many statuses agree."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    wrong: list[tuple[str, str, str]] = field(default_factory=list)
    missed: list[tuple[str, str, str]] = field(default_factory=list)
    statuses: Tally = field(default_factory=Tally)

    def total(self, kinds: Iterable[str] | None = None) -> Tally:
        """Add up the counts of some kinds, or of all."""
        total = Tally()
        for kind in self.tallies if kinds is None else kinds:
            total += self.tallies.get(kind, Tally())
        return total


def compare(article: Article, gold: Annotated, ontology: Ontology) -> Score:
    """Compare what was extracted from an article with its annotation, each atom counted once."""
    forms = {
        entity: frozenset(filter(None, map(plain, (entity.name, *entity.aliases))))
        for entity in gold.entities.values()
    }
    atoms = _Atoms(ontology)
    wanted = _distinct(
        atom
        for fact in gold.facts
        for atom in atoms(fact.event, _widened(fact.roles, ontology), forms, fact.status, fact.evidence)
    )
    found = _distinct(
        atom
        for event in article.events
        for atom in atoms(
            event.type,
            [
                (s.role, s.filler)
                for s in event.statements
                if s.filler is not None and not _yearless(s.filler)
            ],
            {},
            event.status,
            event.statements[0].evidence[0].exact,
        )
    )
    score = Score()
    hit: set[int] = set()
    for atom in found:
        tally = score.tallies.setdefault(atom.kind, Tally())
        matches = [n for n, one in enumerate(wanted) if _matches(one, atom)]
        new = [n for n in matches if n not in hit]
        if new:
            hit.add(new[0])
            tally.right += 1
            agrees = any(wanted[n].status == atom.status for n in matches)
            score.statuses += Tally(right=int(agrees), wrong=int(not agrees))
        elif not matches:
            tally.wrong += 1
            score.wrong.append((atom.kind, atom.words, atom.evidence))
    for n, atom in enumerate(wanted):
        if n not in hit:
            score.tallies.setdefault(atom.kind, Tally()).missed += 1
            score.missed.append((atom.kind, atom.words, atom.evidence))
    return score


def _yearless(filler: Filler) -> bool:
    """Tell whether a date is a month of no known year, which an annotation cannot say."""
    return isinstance(filler, PartialDate) and filler.iso.startswith("--")


def interval(scores: Sequence[Score], kinds: Iterable[str] | None = None) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of F1: articles drawn again with replacement, a thousand times.

    Efron and Tibshirani, An Introduction to the Bootstrap (1993), section 13.3. The draw is seeded.
    """
    chosen = None if kinds is None else tuple(kinds)
    totals = [score.total(chosen) for score in scores]
    draw = random.Random(0)  # noqa: S311 - statistics, not secrets
    values = []
    for _ in range(_RESAMPLES):
        total = Tally()
        for tally in draw.choices(totals, k=len(totals)):
            total += tally
        values.append(total.f1)
    values.sort()
    return values[int(0.025 * _RESAMPLES)], values[int(0.975 * _RESAMPLES)]


def _widened(roles: Iterable[tuple[str, Filler]], ontology: Ontology) -> list[tuple[str, Filler]]:
    """Add what each role entails: a lead investor is an investor."""
    return [
        (above, filler)
        for role, filler in roles
        for above in ontology.ancestors(role)
        if above in ontology.ranges
    ]


class _Atoms:
    """Cuts facts and events into the pieces that an ontology has."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.pieces: dict[str, list[Piece]] = {}
        for piece in pieces(ontology):
            self.pieces.setdefault(piece.event, []).append(piece)

    def __call__(
        self,
        event: str,
        roles: Sequence[tuple[str, Filler]],
        forms: Mapping[Entity, frozenset[str]],
        status: Status,
        evidence: str,
    ) -> Iterator[_Atom]:
        """Yield the atoms of an event; `forms` are the names that count as equal."""
        for piece in self.pieces.get(event, ()):
            sets: Iterable[tuple[Filler, ...]]
            if piece.symmetric:
                sets = combinations([f for r, f in roles if r == piece.roles[0]], 2)
            else:
                sets = product(*([f for r, f in roles if r == name] for name in piece.roles))
            quoted = [self.ontology.reads(name) == {"quotation"} for name in piece.roles]
            for fillers in sets:
                told = zip(fillers, quoted, strict=True)
                yield _Atom(piece, tuple(slot(f, forms, quoted=q) for f, q in told), status, evidence)


def slot(filler: Filler, forms: Mapping[Entity, frozenset[str]], *, quoted: bool = False) -> Slot:
    """Return what is compared of a filler; of quoted words the first few."""
    if isinstance(filler, Entity):
        return forms.get(filler) or frozenset([plain(filler.name)])
    if isinstance(filler, Money | Quantity):
        return float(filler.value)
    if isinstance(filler, PartialDate):
        return filler.iso
    words = plain(filler)
    return frozenset([" ".join(words.split()[:_QUOTED_WORDS]) if quoted else words])


_LEGAL = re.compile(r"\b(?:inc|corp|corporation|co|ltd|llc|plc|gmbh|ag|sa|company|limited|holdings)\b")
_LONG_TITLES = {
    "chief executive officer": "ceo",
    "chief executive": "ceo",
    "chief technology officer": "cto",
    "chief financial officer": "cfo",
    "chief operating officer": "coo",
    "cofounder": "co founder",
}


def plain(text: str) -> str:
    """Fold case, punctuation, legal forms and the spellings of the commonest titles."""
    marked = normalise(re.sub(r"['’]s\b", "", text)).replace("&", " and ")
    words = " ".join(re.sub(r"[^\w\s]", " ", marked).split())
    short = " ".join(_LEGAL.sub(" ", words).split()) or words
    for long, code in _LONG_TITLES.items():
        short = short.replace(long, code)
    return short


def _distinct(atoms: Iterable[_Atom]) -> list[_Atom]:
    kept: list[_Atom] = []
    for atom in atoms:
        if not any(_matches(atom, one) and _matches(one, atom) for one in kept):
            kept.append(atom)
    return kept


def _matches(gold: _Atom, atom: _Atom) -> bool:
    if gold.kind != atom.kind:
        return False
    turned = gold.piece.symmetric and _all_same(gold.slots, atom.slots[::-1])
    return turned or _all_same(gold.slots, atom.slots)


def _all_same(gold: Sequence[Slot], slots: Sequence[Slot]) -> bool:
    return all(same(a, b) for a, b in zip(gold, slots, strict=True))


def same(gold: Slot, slot: Slot) -> bool:
    """Compare names as sets of forms, numbers within half a percent, dates on what the annotation gives."""
    if isinstance(gold, frozenset) and isinstance(slot, frozenset):
        return bool(gold & slot)
    if isinstance(gold, float) and isinstance(slot, float):
        return abs(gold - slot) <= 0.005 * max(abs(gold), abs(slot))
    return isinstance(gold, str) and isinstance(slot, str) and slot.startswith(gold)
