"""Rounds of funding by name: "Series B", "seed"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.text.found import GAP, Found, cased, either
from kg.model import Span
from kg.vocabulary.language import Language

__all__ = ["Series"]


class Series:
    """The grammar of the names of funding rounds in one language.

    >>> series = Series(Language.load())
    >>> [f.value for f in series.find("a seed round, its Series B and the seed of doubt", 0, 48)]
    ['Seed', 'Series B']
    """

    def __init__(self, language: Language) -> None:
        table = language.table
        word = cased([table("rounds.series")])
        heads = either(table("rounds.heads").split())
        self._name = table("rounds.series").title()
        self._lower = frozenset(table("rounds.lower"))
        self._pattern = re.compile(
            rf"\b(?:{word}(?:{GAP}|-)(?P<letter>[A-K](?:[-\s]?\d|\+)?)(?!\w)"
            rf"|(?P<kind>{cased([table('rounds.before_series')])}-?{word}{GAP}[A-C](?=\W)|{cased(table('rounds.kinds'))}"
            rf"(?={GAP}(?:\w+{GAP})?{heads})|(?<={table('rounds.told_in')} ){cased(table('rounds.told').split())}\b))"
        )

    def find(self, text: str, start: int, end: int) -> Iterator[Found]:
        """Yield the series of a span."""
        for m in self._pattern.finditer(text, start, end):
            name = f"{self._name} {m['letter']}" if m["letter"] else " ".join(m["kind"].split())
            if name.lower() not in self._lower:
                name = name[0].upper() + name[1:]
            yield Found(Span(m.start(), m.end()), "series", name)
