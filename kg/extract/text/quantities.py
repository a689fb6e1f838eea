"""Amounts with what they count: money, percents and bare counts, alone or in a range."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.extract.text.found import GAP, Found, either
from kg.extract.text.money import Currencies
from kg.extract.text.numbers import Amount, Numbers
from kg.model import Money, Quantity, Span
from kg.vocabulary import Lexicon

__all__ = ["Quantities"]

_DASHES = frozenset("-–—‐‑")
_ATTACHED = frozenset("_#/:.,'’$€£¥₹+")  # before a number: part of a name, a time, a date, a sign that is not known
_BEFORE = 48  # characters before an amount that may hold its qualifier: "in excess of an additional"
_NOUN_WINDOW = 48  # characters after "1.200" that may hold what is counted: "full-time members of staff"
_SMALL = 1000  # "$5 to $7 million" lends its size to a number below; "$100,000 to $1 million" does not


@dataclass(frozen=True, slots=True)
class Measure:
    """An amount with its unit: `text[start:end]` is `kind` money, percent or count, `unit` a code, % or x.

    `closed` tells that a unit follows the number, `lent` that its neighbour gave it size or unit; `dashed` and `dashing` that a dash joins it to what stands before
    and after, so that it is read in a range alone; `exact` is False where the marks of its number may mean two things,
    and `read` where it only looks like a number.
    """

    start: int
    end: int
    amount: Amount
    kind: str
    unit: str = ""
    worth: Decimal = Decimal(1)
    closed: bool = False
    dashed: bool = False
    dashing: bool = False
    exact: bool = True
    lent: bool = False
    read: bool = True

    @property
    def value(self) -> Decimal:
        """The number in whole units."""
        return self.amount.value * self.worth

    @property
    def bare(self) -> bool:
        """Whether it has no unit of its own."""
        return self.kind == "count"


class Quantities:
    """The grammar of amounts of one language.

    >>> quantities = Quantities(Lexicon.load())
    >>> text = "between €5m and €7m, up to 12,5 %, 1.200 people"
    >>> [(str(f.value), f.value.qualifier) for f in quantities.find(text, 0, len(text))]
    [('€5 million', 'between'), ('12.5%', 'up to'), ('1,200', '')]
    """

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.language.table
        self.numbers = Numbers(lexicon.language)
        self.currencies = Currencies(lexicon.language)
        units = table("numbers.units")
        self._percent = re.compile(rf"(?:{GAP}|-)?{either(units['percent'])}(?!\w)", re.IGNORECASE)
        self._times = re.compile(rf"(?:{GAP}|-)?{either(units['times'])}(?!\w)", re.IGNORECASE)
        self._not_counts = frozenset(table("numbers.unknown")["not_counts"].split())
        self._counted = frozenset(lexicon.category("Counted"))
        self._plus: str = table("numbers.plus")
        qualifiers, fillers = table("numbers.qualifiers"), table("numbers.fillers")
        self._enders = frozenset(form.split()[-1] for form in (*qualifiers, *fillers))
        self._qualifier = re.compile(
            rf"(?<![\w-])(?:(?P<qualifier>{either(qualifiers)}){GAP})?(?:{either(fillers)}{GAP})?$", re.IGNORECASE
        )
        self._range: dict[str, str] = table("numbers.range")
        self._range_openers = frozenset(self._range["after"].split())
        inside, outside = (either(table("money.equivalent")[key]) for key in ("inside", "outside"))
        self._equivalent = re.compile(rf"{GAP}?[(\[](?:{inside}{GAP}?)?|,?{GAP}{outside}{GAP}|{GAP}?/{GAP}?")

    def find(self, text: str, start: int, end: int) -> list[Found]:
        """Return the money, percents and counts of a span, none overlapping, in order."""
        found: list[Found] = []
        least = start
        measures: list[Measure] = []
        for amount in self.numbers.find(text, start, end):
            if amount.start >= least:
                measure = self._measure(text, amount, least, end)
                measures.append(measure)
                least = measure.end
        least = start
        for measure, last, is_range in self._ranges(text, measures):
            alone = not (measure.dashed or measure.dashing)
            if measure.read and measure.exact and (alone or is_range) and last.end <= end:
                item = self._found(text, measure, last, least, is_range=is_range)
                least = item.span.end
                found.append(item)
        return self._with_equivalents(text, found)

    def _measure(self, text: str, amount: Amount, least: int, most: int) -> Measure:
        """Give an amount its unit."""
        exact = amount.power > 0 or amount.style not in {"comma", "point"}
        before, after = text[amount.start - 1 : amount.start], text[amount.end : amount.end + 2]
        dashed = before in _DASHES and amount.start > 1 and not text[amount.start - 2].isspace()
        free = not before or not (before.isalnum() or before in _ATTACHED)
        unit = self.currencies.beside(text, amount, least, most)
        if unit and (free or unit.start < amount.start):
            read = amount.finished and not text[unit.end : unit.end + 1].isalnum()
            dashed, closed = dashed and unit.start == amount.start, unit.end > amount.end
            return Measure(
                unit.start, unit.end, amount, "money", unit.code, unit.worth, closed, dashed, exact=exact, read=read
            )
        for sign, pattern in (("%", self._percent), ("x", self._times)):
            if (sign == "%" or amount.style != "spelled") and (m := pattern.match(text, amount.end, most)):
                read = free and (amount.finished or amount.number > 0)
                return Measure(amount.start, m.end(), amount, "percent", sign, closed=True, dashed=dashed, read=read)
        if amount.style == "point" and not amount.power and self._counts_whole(text, amount.end, most):
            amount, exact = replace(amount, number=amount.number * 1000, style="grouped"), True
        dashing = not amount.power and after[:1] in _DASHES and after[1:].isalnum()
        read = free and (dashed or before not in _DASHES) and self._countable(text, amount) and not _goes_on(after)
        return Measure(
            amount.start, amount.end, amount, "count", dashed=dashed, dashing=dashing, exact=exact, read=read
        )

    def _countable(self, text: str, amount: Amount) -> bool:
        """Tell whether a number without a unit is written as counts are: not "12 m", not "12t"."""
        *before, last = re.split(r"\s+|(?<=\d)(?=[^\W\d])", text[amount.start : amount.end])
        spaced = bool(before) and last.lower() in self.numbers.short and text[amount.end - len(last) - 1].isspace()
        return amount.finished and not (spaced or last.lower() in self._not_counts)

    def _counts_whole(self, text: str, at: int, most: int) -> bool:
        """Tell whether what follows "1.200" is counted in whole numbers: "1.200 people"."""
        words = re.findall(r"[^\W\d_]+|[^\w\s]", text[at : min(most, at + _NOUN_WINDOW)].lower())
        return any(word in self._counted for word in words[:3])

    def _ranges(self, text: str, measures: list[Measure]) -> Iterator[tuple[Measure, Measure, bool]]:
        """Yield each measure as its own first and last, or the first and last of a range."""
        i = 0
        while i < len(measures):
            first, ranged = measures[i], False
            if i + 1 < len(measures) and (link := self._link(text, first, measures[i + 1])):
                first, measures[i + 1] = self._shared(text, first, measures[i + 1], link)
                ranged = self._is_range(text, first, measures[i + 1], link)
            last = measures[i + ranged]
            yield first, last, ranged
            i += 1 + ranged

    def _link(self, text: str, first: Measure, second: Measure) -> str:
        """Return what joins two amounts: a dash, the word for "to" or "and", or nothing."""
        between = text[first.end : second.start].strip().lower()
        if _is_year(first.amount) or _is_year(second.amount):
            return ""
        if between in _DASHES:
            return "-"
        return between if between in {self._range["to"], self._range["and"]} else ""

    def _shared(self, text: str, first: Measure, second: Measure, link: str) -> tuple[Measure, Measure]:
        """Give size and unit that stand once to both: "$5 to $7 million", "5-7 percent", "€1-1.5bn".

        Where it is not sure that the size is shared, the first amount is not read.
        """
        small = first.amount.number < _SMALL and first.amount.power == 0 and not first.closed
        opened = self._word_before(text, first.start) == self._range["opens"]
        if small and not second.amount.finished:
            first = replace(first, read=False)
        elif small and second.amount.power:
            fits = first.amount.number < second.amount.number and (link != self._range["and"] or opened)
            amount = replace(first.amount, power=second.amount.power)
            first = replace(first, amount=amount, exact=True, read=first.read and fits, lent=True)
        joined = link != self._range["and"] or opened
        if first.bare and second.closed and not second.bare and joined:
            exact = first.exact or second.kind == "percent"
            first = replace(first, kind=second.kind, unit=second.unit, worth=second.worth, exact=exact, lent=True)
        elif second.bare and first.kind == "money" and not first.closed and joined:
            if link == "-" or second.amount.power:
                second = replace(second, kind="money", unit=first.unit)
                first = replace(first, lent=True)
        return first, second

    def _is_range(self, text: str, first: Measure, second: Measure, link: str) -> bool:
        """Tell "5% to 7%" after "of" or with one unit from a change: "rose 5% to 7%", "from 5% to 7%"."""
        alike = (first.kind, first.unit) == (second.kind, second.unit) and first.value < second.value
        if not (alike and first.read and second.read and first.exact and second.exact) or first.dashed or second.dashing:
            return False
        before = self._word_before(text, first.start)
        if link == self._range["and"]:
            return before == self._range["opens"]
        if link == self._range["to"] and before == self._range["from"]:
            return False
        bare = first.bare and second.bare
        return link == "-" or first.lent or bare or before in self._range_openers

    def _word_before(self, text: str, at: int) -> str:
        return (text[max(0, at - _BEFORE) : at].split() or [""])[-1].lower()

    def _found(self, text: str, first: Measure, last: Measure, least: int, *, is_range: bool) -> Found:
        """Make a value of a measure or a range, with the words before it that qualify it."""
        start, qualifier = self._qualified(text, first.start, least)
        end = last.end
        if text[end : end + 1] == "+" and not text[end + 1 : end + 2].isalnum():
            end, qualifier = end + 1, qualifier or self._plus
        if is_range:
            qualifier = self._range["qualifier"]
            opener = self._range["opens"]
            before = text[max(least, start - len(opener) - 2) : start]
            if before.rstrip().lower().endswith(opener):
                start -= len(before) - before.lower().rindex(opener)
        span = Span(start, end)
        if first.kind == "money":
            return Found(span, "money", Money(first.value, first.unit, qualifier))
        return Found(span, first.kind, Quantity(first.value, first.unit, qualifier))

    def _qualified(self, text: str, start: int, least: int) -> tuple[int, str]:
        """Return where an amount begins with its qualifier, and the qualifier: "at least an additional"."""
        if self._word_before(text, start) not in self._enders:
            return start, ""
        m = self._qualifier.search(text, max(least, start - _BEFORE), start)
        assert m
        return m.start(), " ".join((m["qualifier"] or "").lower().split())

    def _with_equivalents(self, text: str, found: list[Found]) -> list[Found]:
        """Join an amount and the same in another currency: "6 billion yuan (US$938 million)"."""
        joined: list[Found] = []
        for item in found:
            last = joined[-1] if joined else None
            both = last is not None and isinstance(last.value, Money) and isinstance(item.value, Money)
            if both and _differs(last.value, item.value):
                link = self._equivalent.fullmatch(text, last.span.end, item.span.start)
                if link:
                    bracketed = link[0].strip()[:1] in {"(", "["}
                    closing = bracketed and text[item.span.end : item.span.end + 1] in {")", "]"}
                    equivalent = Money(item.value.value, item.value.currency)
                    value = replace(last.value, equivalent=equivalent)
                    joined[-1] = Found(Span(last.span.start, item.span.end + closing), "money", value)
                    continue
            joined.append(item)
        return joined


def _differs(first: Money, second: Money) -> bool:
    return first.currency != second.currency and not first.equivalent


def _is_year(amount: Amount) -> bool:
    """Tell whether a number is written like a year."""
    return amount.style == "plain" and amount.power == 0 and amount.end - amount.start == 4 and 1900 <= amount.number < 2100


def _goes_on(after: str) -> bool:
    """Tell whether a number is a part of something else: "24/7", "10:30", "5G"."""
    return after[:1].isalnum() or after[:1] == "_" or (after[:1] in {"/", ":"} and after[1:].isdigit())
