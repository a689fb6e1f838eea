"""Measures: numbers with what they count, each read alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from kg.extract.text.found import GAP, either
from kg.extract.text.money import Currencies
from kg.extract.text.numbers import Amount, Numbers
from kg.vocabulary import Lexicon

__all__ = ["DASHES", "Measure", "Measures"]

DASHES = frozenset("-–—‐‑")
_ATTACHED = frozenset(
    "_#/:.,'’$€£¥₹"
)  # before a number: part of a name, a time, a date, a sign that is not known
_COUNTED = 3  # words after "1.200" among which what is counted stands: "full-time members of staff"
_WINDOW = 48  # characters that hold them

Kind = Literal["money", "percent", "count"]


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its unit: `unit` is the code of a currency, "%", "x" or nothing; `worth` is 0.01 for cents.

    `closed` tells that the unit stands behind the number, `lent` that a neighbour in a range gave it size or unit.
    `dashed` and `dashing` tell that a dash joins it to what stands before and after: such a count is read in a range
    alone. `exact` is False where the marks of the number may mean two things, and `read` where it may not be finished
    or only looks like a number.
    """

    start: int
    end: int
    amount: Amount
    kind: Kind
    unit: str = ""
    worth: Decimal = Decimal(1)
    closed: bool = False
    lent: bool = False
    dashed: bool = False
    dashing: bool = False
    exact: bool = True
    read: bool = True

    @property
    def value(self) -> Decimal:
        """The number in whole units."""
        return self.amount.value * self.worth

    @property
    def alone(self) -> bool:
        """Whether it can be read without a neighbour."""
        return self.read and self.exact and not (self.dashed or self.dashing)


class Measures:
    """The grammar of numbers with their units in one language.

    >>> measures = Measures(Lexicon.load())
    >>> text = "R$ 4,2 million, 12,5 %, 1.200 people, a 12-month plan."
    >>> [(f"{m.value:f}", m.unit) for m in measures.find(text, 0, len(text)) if m.alone]
    [('4200000.0', 'BRL'), ('12.5', '%'), ('1200', '')]
    """

    def __init__(self, lexicon: Lexicon) -> None:
        units = lexicon.language.table("numbers.units")
        self.numbers = Numbers(lexicon.language)
        self.currencies = Currencies(lexicon.language)
        self._percent, self._times = (
            re.compile(rf"(?:{GAP}|-)?{either(units[key])}(?!\w)", re.IGNORECASE)
            for key in ("percent", "times")
        )
        self._not_counts = lexicon.language.words("numbers.not_counts")
        self._counted = lexicon.category("Counted").keys()

    def find(self, text: str, start: int, end: int) -> Iterator[Measure]:
        """Yield the measures of a span in order, none overlapping."""
        for amount in self.numbers.find(text, start, end):
            if amount.start >= start:
                measure = (
                    self._money(text, amount, start, end)
                    or self._rate(text, amount, end)
                    or self._count(text, amount, end)
                )
                start = measure.end
                yield measure

    def _money(self, text: str, amount: Amount, least: int, most: int) -> Measure | None:
        unit = self.currencies.beside(text, amount, least, most)
        signed = unit is not None and unit.start < amount.start
        if not unit or not (signed or _free(text, amount)):
            return None
        return Measure(
            unit.start,
            unit.end,
            amount,
            "money",
            unit.code,
            unit.worth,
            closed=unit.end > amount.end,
            dashed=not signed and _dashed(text, amount),
            exact=_exact(amount),
            read=amount.finished and not text[unit.end : unit.end + 1].isalnum(),
        )

    def _rate(self, text: str, amount: Amount, most: int) -> Measure | None:
        """Read percents, of words too, and times, of numerals alone."""
        for sign, pattern in (("%", self._percent), ("x", self._times)):
            simple = sign == "%" or (amount.style != "spelled" and not amount.power)
            m = pattern.match(text, amount.end, most) if simple else None
            if m:
                read = _free(text, amount) and amount.style != ""
                dashed = _dashed(text, amount)
                return Measure(
                    amount.start, m.end(), amount, "percent", sign, closed=True, dashed=dashed, read=read
                )
        return None

    def _count(self, text: str, amount: Amount, most: int) -> Measure:
        exact = _exact(amount)
        if not exact and amount.style == "point" and self._counts_whole(text, amount.end, most):
            amount, exact = replace(amount, number=Decimal(int(amount.number * 1000)), style="grouped"), True
        before, after = text[amount.start - 1 : amount.start], text[amount.end : amount.end + 2]
        dashed = _dashed(text, amount)
        signed = before == "+" or (before in DASHES and not dashed)
        read = _free(text, amount) and not signed and self._countable(text, amount) and not _goes_on(after)
        dashing = not amount.power and after[:1] in DASHES and after[1:].isalnum()
        return Measure(
            amount.start, amount.end, amount, "count", dashed=dashed, dashing=dashing, exact=exact, read=read
        )

    def _countable(self, text: str, amount: Amount) -> bool:
        """Tell whether a number without a unit is written as counts are: not "12 m", not "12t"."""
        size = re.search(r"(\s?)([^\W\d_]*)$", text[amount.start : amount.end])
        assert size
        metres = bool(size[1]) and len(size[2]) == 1
        return amount.finished and not (metres or size[2].lower() in self._not_counts)

    def _counts_whole(self, text: str, at: int, most: int) -> bool:
        """Tell whether what follows "1.200" is counted in whole numbers: "1.200 people"."""
        words = re.findall(r"[^\W\d_]+|[^\w\s]", text[at : min(most, at + _WINDOW)].lower())
        return any(word in self._counted for word in words[:_COUNTED])


def _exact(amount: Amount) -> bool:
    """Tell whether the marks of a number mean one thing: a size tells that of "1,5" and "1.250"."""
    return amount.power > 0 or amount.style not in {"comma", "point"}


def _free(text: str, amount: Amount) -> bool:
    """Tell whether nothing is attached to the left of a number, a plus or a dash apart."""
    before = text[amount.start - 1 : amount.start]
    return not before or not (before.isalnum() or before in _ATTACHED)


def _dashed(text: str, amount: Amount) -> bool:
    """Tell whether a dash joins a number to what stands before it: "5-7", but not "by -7"."""
    at = amount.start
    return at > 1 and text[at - 1] in DASHES and not text[at - 2].isspace()


def _goes_on(after: str) -> bool:
    """Tell whether a number is a part of something else: "24/7", "10:30", "5G"."""
    return after[:1].isalnum() or after[:1] == "_" or (after[:1] in {"/", ":"} and after[1:].isdigit())
