"""Numbers: numerals and words with their sizes. A number that may not be finished is marked so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.extract.text.cuts import Cuts
from kg.extract.text.found import GAP
from kg.extract.text.spelled import Spelled
from kg.vocabulary.inflect import lemmas
from kg.vocabulary.language import Language

__all__ = ["Amount", "Numbers"]

# Thousands are set apart by a space of any width or an apostrophe too; what is no style below is no number.
_NUMERAL = re.compile(
    r"(?:\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3}(?!\d))+|\d+|(?<![\w.,)])\.\d+)(?:[.,'’]\d+)*"
    r"(?:[½¼¾]|[ -]\d{1,2}/\d{1,2}(?![\d/]))?"
)
# How thousands and decimals are marked. "1.200" may be either; the decimal comma of "1,5" may be a comma.
_STYLES = re.compile(
    r"""(?P<thousands>[1-9]\d{1,2}\.000)                             # nobody writes three decimals of nothing
    |(?P<point>[1-9]\d{0,2}\.\d{3})
    |(?P<plain>\d+(?:\.\d+)?|\.\d+)
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
_SIZE = re.compile(rf"(?:{GAP}|[-‐‑])?([^\W\d_]+)")
_DOTTED = re.compile(rf"\.(?={GAP}[a-z])")  # "5 mln. euros"
_MOST_SIZES = 2  # "lakh crore"
_LAST_SIZE = 6  # powers of ten: a size may follow a thousand or a lakh, but a million ends its number
_LARGE = 1000  # from here on a number stands for an amount, not for a model
_LAST_WORD = re.compile(rf"([^\W\d_]+)[.,]?{GAP}$")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number: `text[start:end]` is worth `number` times ten to the power `power`, its size.

    `style` is how it is written: plain, grouped, spaced, comma (a decimal one, if a size follows), point
    (thousands or decimals), spelled, or nothing where it only looks like a number. `finished` is False where the
    text may go on with the same number, or has been cut.
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
        return self.power > 0 or self.number >= _LARGE


class Numbers:
    """The grammar of numbers of one language.

    >>> numbers = Numbers(Language.load())
    >>> text = "1,5 million, 13 009, twenty-five, half a billion"
    >>> [f"{a.value.normalize():f}" for a in numbers.find(text + ".", 0, len(text))]
    ['1500000', '13009', '25', '500000000']
    """

    def __init__(self, language: Language) -> None:
        self._sizes: dict[str, int] = language.table("numbers.sizes")
        self._short_sizes: dict[str, int] = language.table("numbers.short_sizes")
        self._dozens: dict[str, int] = language.table("numbers.dozens")
        self._like_a_size = tuple(sorted(language.words("numbers.unknown_sizes")))
        self._cut_sizes = language.words("numbers.cut_sizes")
        self._months = language.words("calendar.months")
        self._spelled, self._cuts = Spelled(language), Cuts(language)

    def find(self, text: str, start: int, end: int) -> list[Amount]:
        """Return the numbers of a span in order, none overlapping."""
        found = [*self._numerals(text, start, end), *self._words(text, start, end)]
        return sorted(found, key=lambda a: a.start)

    def _numerals(self, text: str, start: int, end: int) -> Iterator[Amount]:
        at = start
        while m := _NUMERAL.search(text, at, end):
            # In "on May 12 500 people" the first number is a day.
            raw = m[0].split(" ")[0] if " " in m[0] and self._behind_month(text, start, m.start()) else m[0]
            at = m.start() + len(raw)
            number, style = _number(raw)
            if number is None:
                yield Amount(m.start(), at, Decimal(0), 0, "", finished=False)
            else:
                amount = self._sized(text, Amount(m.start(), at, number, 0, style), end)
                at = amount.end
                yield amount

    def _behind_month(self, text: str, start: int, at: int) -> bool:
        before = _LAST_WORD.search(text, max(start, at - _LONGEST), at)
        return before is not None and before[1].title() in self._months

    def _words(self, text: str, start: int, end: int) -> Iterator[Amount]:
        for first, last, worth, named in self._spelled.find(text, start, end):
            amount = self._sized(text, Amount(first, last, worth, 0, "spelled"), end)
            if amount.power or not named:
                yield amount

    def _sized(self, text: str, amount: Amount, most: int) -> Amount:
        """Add the sizes that follow a number, and find out whether it is finished."""
        number, power, end, whole = amount.number, 0, amount.end, False
        for _ in range(_MOST_SIZES):
            m = _SIZE.match(text, end)
            word = m[1].lower() if m else ""
            if m and word in self._sizes:
                power, end = power + self._sizes[word], m.end()
                whole = self._sizes[word] >= _LAST_SIZE
            elif m and word in self._dozens and not power:
                number, end, whole = number * self._dozens[word], m.end(), True
            elif (
                m and word in self._short_sizes and not power and (amount.style != "spelled" or len(word) > 1)
            ):
                power, whole = self._short_sizes[word], word not in self._cut_sizes
                whole = whole or (len(word) == 1 and m.start(1) == end)
                end = m.end() + (_DOTTED.match(text, m.end()) is not None)
                break
            if whole or not m:
                break
        sized = replace(amount, number=number, power=power, end=end)
        return sized if whole else replace(sized, finished=not self._goes_on(text, end, most))

    def _goes_on(self, text: str, at: int, end: int) -> bool:
        """Tell whether a number that no size ends may be cut there, or has a size that we do not know."""
        following = _SIZE.match(text, at)
        word = following[1].lower() if following else ""
        return self._cuts.after(text, at, end) or (word.startswith(self._like_a_size) and not lemmas(word))


def _number(raw: str) -> tuple[Decimal | None, str]:
    """Read a numeral by the style that it is written in; one that fits no style is no number."""
    whole, part = re.fullmatch(r"([\d.,'’\s]+?)([½¼¾]|[ -]\d+/\d+)?", raw).groups()  # type: ignore[union-attr]
    m = _STYLES.fullmatch(whole)
    if not m or len(whole) > _LONGEST:
        return None, ""
    style = str(m.lastgroup)
    if style == "comma":
        number = Decimal(whole.replace(",", "."))
    elif style == "thousands":
        number, style = Decimal(whole.replace(".", "")), "grouped"
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
