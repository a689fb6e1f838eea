"""Money, percents and counts as values: with what qualifies them, their ranges and their equivalents."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.text.found import GAP, Found, either
from kg.extract.text.measures import Measure, Measures
from kg.extract.text.ranges import Ranges, word_before
from kg.model import Money, Quantity, Span
from kg.vocabulary import Lexicon

__all__ = ["Quantities"]

_BEFORE = 48  # characters before an amount that may hold its qualifier: "in excess of an additional"


class Quantities:
    """The grammar of quantities of one language.

    The value of a range is its lower bound, and its qualifier says so.

    >>> quantities = Quantities(Lexicon.load())
    >>> text = "between €5m and €7m, up to 12,5 %, 6 billion yuan (US$938 million)"
    >>> [(str(f.value), f.value.qualifier) for f in quantities.find(text, 0, len(text))]
    [('€5 million', 'between'), ('12.5%', 'up to'), ('6 billion CNY', '')]
    """

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.language.table
        self._measures, self._ranges = Measures(lexicon), Ranges(lexicon.language)
        self._range: dict[str, str] = table("numbers.range")
        self._plus: str = table("numbers.plus")
        qualifiers, fillers = table("numbers.qualifiers"), table("numbers.fillers")
        self._last_words = frozenset(form.split()[-1] for form in (*qualifiers, *fillers))
        self._qualifier = re.compile(
            rf"(?<![\w-])(?:(?P<qualifier>{either(qualifiers)}){GAP})?(?:{either(fillers)}{GAP})?$",
            re.IGNORECASE,
        )
        inside, outside = (either(table("money.equivalent")[key]) for key in ("inside", "outside"))
        self._equivalent = re.compile(
            rf"{GAP}?[(\[](?:{inside}{GAP}?)?|,?{GAP}{outside}{GAP}|{GAP}?/{GAP}?", re.IGNORECASE
        )

    def find(self, text: str, start: int, end: int) -> list[Found]:
        """Return the money, percents and counts of a span, none overlapping, in order."""
        found: list[Found] = []
        for first, last in self._ranges.join(text, self._measures.find(text, start, end)):
            if (first.alone or (first is not last and first.read)) and last.end <= end:
                item = self._found(text, first, last, found[-1].span.end if found else start)
                if not (found and self._is_equivalent(text, found[-1], item)):
                    found.append(item)
                    continue
                found[-1] = _with_equivalent(text, found[-1], item)
        return found

    def _found(self, text: str, first: Measure, last: Measure, least: int) -> Found:
        """Make a value of a measure or a range, with the words before it that qualify it."""
        start, qualifier = self._qualified(text, first.start, least)
        end = last.end
        if text[end : end + 1] == "+" and not text[end + 1 : end + 2].isalnum():
            end, qualifier = end + 1, qualifier or self._plus
        if first is not last:
            qualifier = self._range["qualifier"]
            if word_before(text, start) == self._range["opens"]:
                before = text[max(least, start - _BEFORE) : start].lower()
                start -= len(before) - before.rindex(self._range["opens"])
        value = (
            Money(first.value, first.unit, qualifier)
            if first.kind == "money"
            else Quantity(first.value, first.unit, qualifier)
        )
        return Found(Span(start, end), first.kind, value)

    def _qualified(self, text: str, start: int, least: int) -> tuple[int, str]:
        """Return where an amount begins with its qualifier, and the qualifier: "at least an additional"."""
        if word_before(text, start) not in self._last_words:
            return start, ""
        m = self._qualifier.search(text, max(least, start - _BEFORE), start)
        assert m
        return m.start(), " ".join((m["qualifier"] or "").lower().split())

    def _is_equivalent(self, text: str, last: Found, item: Found) -> bool:
        """Tell whether an amount is said again in another currency: "6 billion yuan (US$938 million)"."""
        one, other = last.value, item.value
        return (
            isinstance(one, Money)
            and isinstance(other, Money)
            and not one.equivalent
            and one.currency != other.currency
            and self._equivalent.fullmatch(text, last.span.end, item.span.start) is not None
        )


def _with_equivalent(text: str, last: Found, item: Found) -> Found:
    """Join an amount and the same in another currency, with the brackets around it."""
    assert isinstance(last.value, Money)
    assert isinstance(item.value, Money)
    bracketed = text[last.span.end : item.span.start].strip()[:1] in {"(", "["}
    closing = bracketed and text[item.span.end : item.span.end + 1] in {")", "]"}
    equivalent = Money(item.value.value, item.value.currency)
    return replace(
        last,
        span=Span(last.span.start, item.span.end + closing),
        value=replace(last.value, equivalent=equivalent),
    )
