"""Numbers: numerals and words with their sizes. A number that may not be finished is marked so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.extract.text.found import GAP, cased, either
from kg.vocabulary.inflect import lemmas
from kg.vocabulary.language import Language

__all__ = ["Amount", "Numbers"]

# Thousands are set apart by a space of any width or an apostrophe too; what is no style below is no number.
_NUMERAL = re.compile(
    r"(?:\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3}(?!\d))+|\d+)(?:[.,'’]\d+)*"
    r"(?:[½¼¾]|[ -]\d{1,2}/\d{1,2}(?![\d/]))?"
)
# How thousands and decimals are marked. "1.200" may be either; the decimal comma of "1,5" may be a comma.
_STYLES = re.compile(
    r"""(?P<point>[1-9]\d{0,2}\.\d{3})
    |(?P<plain>\d+(?:\.\d+)?)
    |(?P<grouped>\d{1,3}(?:,\d{3})+(?:\.\d+)?
        |\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?                      # lakhs and crores
        |\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}\.\d{3},\d{1,2}
        |\d{1,3}(?:['’]\d{3})+(?:[.,]\d+)?)
    |(?P<spaced>\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?)
    |(?P<comma>\d{1,3},\d{1,2}|\d{1,3},\d{4,}|0,\d+)""",
    re.VERBOSE,
)
_VULGAR = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_LONGEST = 24  # characters of a numeral; no amount of news has more
_LAST_SIZE = (
    6  # powers of ten: a thousand or a lakh may be followed by another size, a million ends its number
)
_LAST_WORD = re.compile(rf"([^\W\d_]+)[.,]?{GAP}$")
_PARAGRAPH_END = r"[^\S\r\n]*(?:\Z|\r?\n(?![^\S\r\n]*[a-z(]))"
_CUT_MARK = r"[.,]?\s?(?:…|\.\.\.|\[(?:…|\.\.\.|\+\d))"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number: `text[start:end]` is worth `number` times ten to the power `power`, its size.

    `style` is how it is written: plain, grouped, spaced, comma (a decimal one, if a size follows), point (thousands
    or decimals), spelled, or nothing where it only looks like a number. `finished` is False where the text may go on with the same number, or has been cut.
    """

    start: int
    end: int
    number: Decimal
    power: int
    style: str
    finished: bool = True

    @property
    def value(self) -> Decimal:
        """The number with its size."""
        return self.number * Decimal(10) ** self.power

    @property
    def large(self) -> bool:
        """Whether it has a size or is a thousand and more: "R2" may name a thing, "R2 million" does not."""
        return self.power > 0 or self.number >= 1000


class Numbers:
    """The grammar of numbers of one language.

    >>> numbers = Numbers(Language.load())
    >>> text = "1,5 million, 13 009, twenty-five, half a billion"
    >>> [f"{a.value.normalize():f}" for a in numbers.find(text + ".", 0, len(text))]
    ['1500000', '13009', '25', '500000000']
    """

    def __init__(self, language: Language) -> None:
        self.sizes: dict[str, int] = language.table("numbers.sizes")
        self.short: dict[str, int] = language.table("numbers.short_sizes")
        self._cardinals: dict[str, int] = language.table("numbers.cardinals")
        self._fractions: dict[str, str] = language.table("numbers.fractions")
        self._dozens: dict[str, int] = language.table("numbers.dozens")
        self._like_a_size = tuple(sorted(language.words("numbers.unknown_sizes")))
        self._cut_sizes = language.words("numbers.cut_sizes")
        self._months = tuple(language.words("calendar.months"))
        to = either([language.table("numbers.range")[w] for w in ("to", "and")])
        dangling = rf"(?:{GAP}?(?:[-–—]|{to}\b){GAP}?[^\w\s]{{0,3}})?"
        self._cut = re.compile(rf"{dangling}(?:{_CUT_MARK}|{_PARAGRAPH_END})")
        self._cut_word = re.compile(rf"{GAP}?([^\W\d_]{{1,10}})(?:{_CUT_MARK}|{_PARAGRAPH_END})")
        self._size_word = re.compile(rf"(?:{GAP}|[-‐‑])?([^\W\d_]+)")
        self._dotted = re.compile(rf"\.(?={GAP}[a-z])")  # "5 mln. euros"
        self._word = re.compile(r"[^\W\d_]+")
        spelled = _spelled(language)
        self._spelled = re.compile(spelled)
        self._spelled_capitals = re.compile(spelled, re.IGNORECASE)

    def find(self, text: str, start: int, end: int) -> list[Amount]:
        """Return the numbers of a span in order, none overlapping."""
        found = [*self._numerals(text, start, end), *self._words(text, start, end)]
        return sorted(found, key=lambda a: a.start)

    def _numerals(self, text: str, start: int, end: int) -> Iterator[Amount]:
        at = start
        while m := _NUMERAL.search(text, at, end):
            at = m.end()
            raw = m[0]
            if " " in raw and (first := self._first_group(text, start, m)):
                # In "on May 12 500 people" the first number is a day.
                raw, at = first, m.start() + len(first)
            number, style = _number(raw)
            if number is None:
                yield Amount(m.start(), at, Decimal(0), 0, "", finished=False)
                continue
            amount = self._sized(text, Amount(m.start(), at, number, 0, style))
            at = max(at, amount.end)
            yield amount

    def _first_group(self, text: str, start: int, m: re.Match[str]) -> str:
        """Return the first of numerals with a plain space between them where they are not one number."""
        before = _LAST_WORD.search(text, max(start, m.start() - _LONGEST), m.start())
        return m[0].split(" ")[0] if before and before[1].title() in self._months else ""

    def _words(self, text: str, start: int, end: int) -> Iterator[Amount]:
        capitals = text[start:end].isupper()
        for m in (self._spelled_capitals if capitals else self._spelled).finditer(text, start, end):
            amount = self._sized(text, Amount(m.start(), m.end(), self._worth(m), 0, "spelled"))
            if m[0][0].islower() or capitals or amount.power or self._opens(text, start, m):
                yield amount

    def _opens(self, text: str, start: int, m: re.Match[str]) -> bool:
        """Tell whether a capitalised number begins a sentence, and no name: "Two firms", but not "Capital One"."""
        opening = not any(map(str.isalnum, text[start : m.start()]))
        following = self._size_word.match(text, m.end())
        return opening and not (following and following[1][0].isupper())

    def _worth(self, m: re.Match[str]) -> Decimal:
        if m["part"]:
            return Decimal(
                next(worth for word, worth in self._fractions.items() if word in m["part"].lower())
            )
        number = Decimal(1)
        if m["cardinal"]:
            number = Decimal(sum(self._cardinals[w.lower()] for w in self._word.findall(m["cardinal"])))
        if m["hundred"]:
            number *= 100
            number += sum(self._cardinals[w.lower()] for w in self._word.findall(m["rest"] or ""))
        if m["fraction"]:
            number += Decimal(self._fractions[m["fraction"].lower()])
        return number

    def _sized(self, text: str, amount: Amount) -> Amount:
        """Add the sizes that follow a number, and find out whether it is finished."""
        number, power, end, whole = amount.number, 0, amount.end, False
        while not power or not whole:
            m = self._size_word.match(text, end)
            word = m[1].lower() if m else ""
            touches = m is not None and m.start(1) == end
            if m and word in self._dozens and not power:
                number, end, whole = number * self._dozens[word], m.end(), True
                break
            if m and word in self.sizes:
                power, end = power + self.sizes[word], m.end()
                whole = self.sizes[word] >= _LAST_SIZE
            elif m and word in self.short and not power and (amount.style != "spelled" or len(word) > 1):
                power, end = self.short[word], m.end()
                whole = (touches and len(word) == 1) or word not in self._cut_sizes
                end += self._dotted.match(text, end) is not None
                break
            else:
                break
        sized = replace(amount, number=number, power=power, end=end)
        return sized if whole else replace(sized, finished=not self._goes_on(text, sized))

    def _goes_on(self, text: str, amount: Amount) -> bool:
        """Tell whether a number without a size that ends it is cut there, or has a size that we do not know."""
        if self._cut.match(text, amount.end):
            return True
        cut = self._cut_word.match(text, amount.end)
        if cut and any(size.startswith(cut[1].lower()) for size in self.sizes):
            return True
        following = self._size_word.match(text, amount.end)
        word = following[1].lower() if following else ""
        return word.startswith(self._like_a_size) and not lemmas(word)


def _number(raw: str) -> tuple[Decimal | None, str]:
    """Read a numeral by the style that it is written in; one that fits no style is no number."""
    whole, part = re.fullmatch(r"([\d.,'’\s]+?)([½¼¾]|[ -]\d+/\d+)?", raw).groups()  # type: ignore[union-attr]
    m = _STYLES.fullmatch(whole)
    if not m or len(whole) > _LONGEST:
        return None, ""
    style = str(m.lastgroup)
    if style == "comma":
        number = Decimal(whole.replace(",", "."))
    elif style in {"plain", "point"}:
        number = Decimal(whole)
    else:
        marks = re.sub(r"\d", "", whole)
        decimal = marks[-1] if marks.count(marks[-1]) == 1 and len(set(marks)) > 1 else ""
        digits = re.sub(rf"[^\d{re.escape(decimal)}]", "", whole) if decimal else re.sub(r"\D", "", whole)
        number = Decimal(digits.replace(",", "."))
    return number + _part(part or ""), style


def _part(text: str) -> Decimal:
    """Read the fraction of "2½" or "5 1/2", or nothing."""
    if not text or text in _VULGAR:
        return _VULGAR.get(text, Decimal(0))
    upper, lower = map(int, text[1:].split("/"))
    return Decimal(upper) / lower if 0 < upper < lower else Decimal(0)


def _spelled(language: Language) -> str:
    """Write the pattern of numbers in words, each beginning in small or capital letters."""
    cardinals, table = language.table("numbers.cardinals"), language.table
    article, joined = cased(table("numbers.article").split()), cased([table("numbers.joined_by")])
    ones = cased(w for w, n in cardinals.items() if n < 20)
    units = cased(w for w, n in cardinals.items() if 0 < n < 10)
    tens = cased(w for w, n in cardinals.items() if n >= 20)
    hundred = cased([table("numbers.hundred")])
    fraction = cased(table("numbers.fractions"))
    of = cased([table("numbers.fraction_of")])
    sized = cased([*table("numbers.sizes"), *table("numbers.dozens")])
    measured = cased(
        [
            *table("numbers.sizes"),
            *table("numbers.dozens"),
            *(w for w in table("numbers.units")["percent"] if w.isalpha()),
        ]
    )
    gap = rf"(?:{GAP}|-)"
    cardinal = rf"(?:{tens}(?:{gap}{units}\b)?|{ones})"
    return (
        rf"\b(?=[a-zA-Z])(?<![\w.][-.’'])(?:"
        rf"(?P<part>(?:{article}{gap})?{fraction}(?:{gap}{of})?(?:{gap}{article})?)(?={gap}{measured}\b)"
        rf"|(?:(?P<cardinal>{cardinal})|{article}(?={gap}(?:{sized}|{hundred})\b))"
        rf"(?P<hundred>{gap}{hundred}(?:(?:{gap}{joined})?{gap}(?P<rest>{cardinal}))?)?"
        rf"(?:{gap}{joined}{gap}{article}{gap}(?P<fraction>{fraction}))?"
        rf")\b"
    )
