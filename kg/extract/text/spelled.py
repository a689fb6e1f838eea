"""Numbers in words: "twenty-five", "two hundred and fifty", "one and a half", "half a" of a million."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from kg.extract.text.found import GAP, cased
from kg.vocabulary.language import Language

__all__ = ["Spelled", "SpelledNumber"]

_FIRST_TENS = 20  # from here on a unit may follow: "twenty-five"
_WORD = re.compile(r"[^\W\d_]+")
_NEXT_WORD = re.compile(rf"(?:{GAP}|-)([^\W\d_])")


class SpelledNumber(NamedTuple):
    """What `text[start:end]` is worth; `named` tells that its capital may be that of a name."""

    start: int
    end: int
    worth: Decimal
    named: bool


class Spelled:
    """The grammar of number words of one language.

    >>> spelled = Spelled(Language.load())
    >>> [str(n.worth) for n in spelled.find("two hundred and five firms and half a million users", 0, 51)]
    ['205', '0.5']
    """

    def __init__(self, language: Language) -> None:
        table = language.table
        self._cardinals: dict[str, int] = table("numbers.cardinals")
        self._fractions: dict[str, str] = table("numbers.fractions")
        pattern = _pattern(language)
        self._pattern, self._capitals = re.compile(pattern), re.compile(pattern, re.IGNORECASE)

    def find(self, text: str, start: int, end: int) -> Iterator[SpelledNumber]:
        """Yield the numbers of a span that are written in words, without their sizes."""
        capitals = text[start:end].isupper()
        for m in (self._capitals if capitals else self._pattern).finditer(text, start, end):
            named = not capitals and m[0][0].isupper() and not _opens(text, start, m)
            yield SpelledNumber(m.start(), m.end(), self._worth(m), named)

    def _worth(self, m: re.Match[str]) -> Decimal:
        if m["part"]:
            words = self._words(m["part"])
            times = next((self._cardinals[w] for w in words if w in self._cardinals), 1)
            return times * Decimal(next(self._fractions[w] for w in words if w in self._fractions))
        number = Decimal(1)
        if m["cardinal"]:
            number = Decimal(sum(self._cardinals[w] for w in self._words(m["cardinal"])))
        if m["hundred"]:
            number = number * 100 + sum(self._cardinals[w] for w in self._words(m["rest"] or ""))
        return number + Decimal(self._fractions[m["fraction"].lower()]) if m["fraction"] else number

    @staticmethod
    def _words(text: str) -> list[str]:
        return _WORD.findall(text.lower())


def _opens(text: str, start: int, m: re.Match[str]) -> bool:
    """Tell whether a number begins a sentence, and no name: "Two firms", but not "Capital One" or "Two Harbors"."""
    following = _NEXT_WORD.match(text, m.end())
    return not any(map(str.isalnum, text[start : m.start()])) and not (following and following[1].isupper())


def _pattern(language: Language) -> str:
    """Write the pattern of numbers in words, each word beginning in a small or a capital letter."""
    table = language.table
    cardinals, sizes = table("numbers.cardinals"), [*table("numbers.sizes"), *table("numbers.dozens")]
    gap = rf"(?:{GAP}|-)"
    article, joined = cased(table("numbers.article").split()), cased([table("numbers.joined_by")])
    ones = cased(word for word, n in cardinals.items() if n < _FIRST_TENS)
    units = cased(word for word, n in cardinals.items() if n in range(1, 10))
    tens = cased(word for word, n in cardinals.items() if n >= _FIRST_TENS)
    cardinal = rf"(?:{tens}(?:{gap}{units}\b)?|{ones})"
    hundred, fraction = cased([table("numbers.hundred")]), cased(table("numbers.fractions"))
    of_a = rf"(?:{gap}{cased([table('numbers.fraction_of')])})?(?:{gap}{article})?"
    measured = cased([*sizes, *(unit for unit in table("numbers.units")["percent"] if unit.isalpha())])
    return (
        rf"\b(?=[a-zA-Z])(?<![\w.][-.’'])(?:"
        rf"(?P<part>(?:(?:{article}|{units}){gap})?{fraction}{of_a})(?={gap}{measured}\b)"
        rf"|(?:(?P<cardinal>{cardinal})|{article}(?={gap}(?:{cased(sizes)}|{hundred})\b))"
        rf"(?P<hundred>{gap}{hundred}(?:(?:{gap}{joined})?{gap}(?P<rest>{cardinal}))?)?"
        rf"(?:{gap}{joined}{gap}{article}{gap}(?P<fraction>{fraction}))?"
        rf")\b"
    )
