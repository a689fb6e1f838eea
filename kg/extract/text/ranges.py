"""Ranges: two measures that are the ends of one, and sizes and units that stand once for both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract.text.measures import DASHES, Measure
from kg.vocabulary.language import Language

__all__ = ["Ranges", "word_before"]

_BEFORE = 32  # characters that hold the word before a measure
_YEAR = re.compile(r"(?:19|20)\d\d")
_SMALL = 1000  # "$5 to $7 million" lends its size to a number below; "$100,000 to $1 million" does not


class Ranges:
    """What makes a range in one language: "$5-7 million", "between A and B", "of A to B", but not "from A to B".

    "Rose 5% to 7%" and "from 5% to 7%" tell of a change; so "to" makes a range of measures with a unit each only
    after a word that opens one.
    """

    def __init__(self, language: Language) -> None:
        words: dict[str, str] = language.table("numbers.range")
        self._between, self._and, self._to, self._from = (words[k] for k in ("opens", "and", "to", "from"))
        self._openers = frozenset(words["after"].split())

    def join(self, text: str, measures: Iterable[Measure]) -> Iterator[tuple[Measure, Measure]]:
        """Yield the first and the last measure of each range; of a measure alone they are the same."""
        waiting: Measure | None = None
        for measure in measures:
            if waiting is None:
                waiting = measure
                continue
            first, second, ranged = self._pair(text, waiting, measure)
            yield first, second if ranged else first
            waiting = None if ranged else second
        if waiting:
            yield waiting, waiting

    def _pair(self, text: str, first: Measure, second: Measure) -> tuple[Measure, Measure, bool]:
        """Return two measures, with what one lends the other, and whether they are a range."""
        link = self._link(text, first, second)
        if not link:
            return first, second, False
        opened = word_before(text, first.start)
        known = link != self._and or opened == self._between
        first = _sized_alike(first, second, known=known)
        if known:
            first, second = _of_one_unit(first, second, dash=link == "-")
        return first, second, self._is_range(first, second, link, opened)

    def _link(self, text: str, first: Measure, second: Measure) -> str:
        """Return what joins two measures: "-", the word for "to" or for "and", or nothing."""
        between = text[first.end : second.start].strip().lower()
        if _is_year(text, first) or _is_year(text, second):
            return ""
        if between in DASHES:
            return "-"
        return between if between in {self._to, self._and} else ""

    def _is_range(self, first: Measure, second: Measure, link: str, opened: str) -> bool:
        alike = (first.kind, first.unit) == (second.kind, second.unit) and first.value < second.value
        whole = first.read and second.read and first.exact and second.exact
        if not (alike and whole) or first.dashed or second.dashing:
            return False
        if link == self._and:
            return opened == self._between
        if link == self._to and opened == self._from:
            return False
        return link == "-" or first.lent or first.kind == "count" or opened in self._openers


def word_before(text: str, at: int) -> str:
    """Return the word before a position in lower case, or nothing."""
    return (text[max(0, at - _BEFORE) : at].split() or [""])[-1].lower().lstrip("([“\"'‘")


def _sized_alike(first: Measure, second: Measure, *, known: bool) -> Measure:
    """Give the first measure the size of the second: "$5 to $7 million". Where that is not sure, it is not read."""
    amount = first.amount
    if amount.power or first.closed or amount.number >= _SMALL:
        return first
    if not second.amount.finished:
        return replace(first, read=False)
    if second.amount.power:
        fits = known and amount.number < second.amount.number
        sized = replace(amount, power=second.amount.power)
        return replace(first, amount=sized, exact=True, lent=True, read=first.read and fits)
    in_thousands = second.amount.style == "grouped" and amount.number * 1000 <= second.amount.number
    return replace(first, read=False) if in_thousands else first  # "10-15,000 people"


def _of_one_unit(first: Measure, second: Measure, *, dash: bool) -> tuple[Measure, Measure]:
    """Give both the unit that stands behind the second or before the first: "5 to 7 percent", "€1-1.5bn"."""
    if first.kind == "count" and second.closed and second.kind != "count":
        exact = first.exact or second.kind == "percent"
        kind, unit, worth = second.kind, second.unit, second.worth
        return replace(
            first, kind=kind, unit=unit, worth=worth, exact=exact, lent=True, dashing=False
        ), second
    signed = first.kind == "money" and not first.closed
    if signed and second.kind == "count" and (dash or second.amount.power):
        return replace(first, lent=True), replace(second, kind="money", unit=first.unit)
    return first, second


def _is_year(text: str, measure: Measure) -> bool:
    """Tell whether a number is written like a year."""
    return _YEAR.fullmatch(text, measure.start, measure.end) is not None
