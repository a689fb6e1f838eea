"""The values of a text: which grammar reads first, where two would read the same words."""

from __future__ import annotations

from bisect import bisect

from kg.extract.text.dates import Dates
from kg.extract.text.found import Found
from kg.extract.text.quantities import Quantities
from kg.extract.text.series import Series
from kg.extract.text.tickers import Tickers
from kg.model import Span
from kg.vocabulary import Lexicon

__all__ = ["Found", "Values"]


class Values:
    """The value grammars of a lexicon and its language.

    >>> values = Values(Lexicon.load())
    >>> [str(f.value) for f in values.find("6 billion yuan (US$938 million), 15% in Series B", 0, 48)]
    ['6 billion CNY', '15%', 'Series B']
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._tickers = Tickers(lexicon)
        self._quantities = Quantities(lexicon)
        self._series = Series(lexicon.language)
        self._dates = Dates(lexicon.language)

    def find(self, text: str, start: int, end: int, published: str = "") -> list[Found]:
        """Return the values in a span of a text, none overlapping, in order.

        A bare number is read last: "13" in "on March 13" is no count.
        """
        quantities = self._quantities.find(text, start, end)
        found: list[Found] = []
        for group in (
            self._tickers.find(text, start, end),
            (f for f in quantities if f.kind != "count"),
            self._series.find(text, start, end),
            self._dates.find(text, start, end, published),
            (f for f in quantities if f.kind == "count"),
        ):
            for item in group:
                at = bisect(found, item.span, key=_span)
                after_last = at == 0 or found[at - 1].span.end <= item.span.start
                if after_last and (at == len(found) or item.span.end <= found[at].span.start):
                    found.insert(at, item)
        return found


def _span(found: Found) -> Span:
    return found.span
