"""Money, quantities, dates, series and tickers: small grammars, exact values."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from kg.model import Money, PartialDate, Quantity, Span, Value
from kg.vocabulary import Lexicon
from kg.vocabulary.inflect import lemmas, noun_forms

__all__ = ["Found", "Values"]

_SIZES = {
    "thousand": 3, "k": 3, "million": 6, "mn": 6, "mln": 6, "mm": 6, "m": 6, "billion": 9, "bn": 9, "bln": 9, "b": 9,
    "trillion": 12, "tn": 12, "trn": 12, "t": 12, "lakh": 5, "lakhs": 5, "lakh crore": 12, "crore": 7, "crores": 7, "cr": 7,
}  # fmt: skip
_WORDS = {w: i for i, w in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    .split()
)} | {"a dozen": 12, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100}  # fmt: skip
_QUALIFIER = (
    r"(?:(?P<qualifier>about|around|approximately|approx\.?|nearly|almost|over|more than|at least|up to|some|roughly"
    r"|less than|fewer than|under|as much as|as many as|just over|just under|upwards of|close to|well over)\s+)?"
    r"(?:a whopping |an? additional |an? estimated |an? )?"
)
_NUMBER = r"(?P<number>\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?|half a)"
_SIZE = r"(?:[\s-]*(?P<size>lakh crore|thousand|million|billion|trillion|mln|bln|trn|mn|bn|tn|mm|lakhs?|crores?|cr|[kmbt])(?![\w]))?"
# In "$5-10 million" and "between $5 and $10 million" the size that follows holds for both.
_LATER = r"(?:(?=\s?(?:[-–]|to|and)\s?[^\w\s]{0,2}\d[\d.,]*[\s-]?(?P<later>thousand|million|billion|trillion|mn|bn|[mb])\b))?"
_MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name} | {
    name.lower(): i for i, name in enumerate(calendar.month_abbr) if name
} | {"sept": 9}  # fmt: skip
_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
)
_DAYS = {name.lower(): i for i, name in enumerate(calendar.day_name)}
_DATE = re.compile(
    rf"""\b(?:
        (?P<iso>(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))
      | {_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*(?:percent|%|million|billion))(?:,?\s+(?P<year>(?:19|20)\d\d))?
      | (?:(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?:of\s+)?{_MONTH.replace("month", "month2")},?\s+(?:of\s+)?(?P<year2>(?:19|20)\d\d)
      | (?P<day3>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH.replace("month", "month3")}
      | (?P<which>last|this|next|in|In|since|Since|by|By|until|during|During|early|late|mid|of|from|from|end\s+of|back\s+in)[\s-]+(?:(?:early|late|mid)[\s-]+)?{_MONTH.replace("month", "month4")}(?:,?\s+(?:of\s+)?(?P<year5>(?:19|20)\d\d))?
      | (?P<quarter>(?:first|second|third|fourth|1st|2nd|3rd|4th)\s+(?:fiscal\s+)?quarter|Q[1-4]|(?:first|second)\s+half)(?:\s+of)?(?:\s+(?:fiscal\s+)?(?P<year3>(?:19|20)\d\d))
      | (?:(?:the\s+)?end\s+of\s+)?(?:fiscal\s+)?(?P<year4>(?:19[5-9]|20[0-4])\d)(?![\d,.]*\d|[-\s]*%|\s*(?:percent|people|employees|million|billion|jobs|users|customers)|-\w)
      | (?P<relative>today|yesterday|(?:last|this|next)\s+(?:year|month)|earlier\s+this\s+(?:year|month)|later\s+this\s+year)
      | (?:(?:on|last|this|said|late|early)\s+)?(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)
    )\b""",
    re.VERBOSE,
)
_SERIES = re.compile(
    r"\b(?:[Ss]eries[\s-](?P<letter>[A-K](?:[-\s]?\d|\+)?)(?![\w])|(?P<name>[Pp]re-?[Ss]eries\s[A-C]|[Pp]re-?[Ss]eed|[Ss]eed|[Bb]ridge|[Mm]ezzanine|[Gg]rowth equity|[Dd]ebt|[Aa]ngel)"
    r"(?=\s+(?:\w+\s+)?(?:round|funding|financing|investment|money|capital))|(?P<seed>(?<=in )[Ss]eed\b))"
)
_TICKER = re.compile(
    r"\((?:(?P<exchange>NYSE(?: American| Arca)?|NASDAQ(?:GS|GM|CM)?|Nasdaq|AMEX|LSE|TSX|TSXV|ASX|HKEX|HKG|SEHK|TSE|TYO|BSE|NSE|SGX|FRA|EPA|ETR|LON|OTC(?:QB|QX|MKTS)?|KRX|SSE|SZSE|BIT|AMS|Euronext(?: \w+)?)"
    r"\s*:\s*(?P<listed>[A-Z0-9][A-Z0-9.\-]{0,7})|(?P<bare>[A-Z]{1,5}(?:\.[A-Z]{1,2})?)|(?P<coded>\d{4,6}\.[A-Z]{1,2}))\)"
)


# A cheap look before the grammar of counts, which tries every word.
_NUMERIC = re.compile(rf"\d|\b(?:{'|'.join(_WORDS)})\b|half a", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A value and where it stands; `kind` is money, percent, count, date, series or ticker."""

    span: Span
    kind: str
    value: Value
    extra: str = ""


class Values:
    """The value grammars, with the currencies of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.currencies = lexicon.category("Currency")

    @cached_property
    def _codes(self) -> dict[str, str]:
        codes: dict[str, str] = {}
        for word, code in self.currencies.items():
            codes |= dict.fromkeys(self._forms(word), code)
        return codes

    @staticmethod
    def _forms(word: str) -> list[str]:
        """Return a sign or code as it is, and a word with its plural: "Hong Kong dollars"."""
        *before, last = word.split()
        return [" ".join((*before, form)) for form in noun_forms(last)] if last.islower() else [word]

    @cached_property
    def _money(self) -> re.Pattern[str]:
        words = sorted(self._codes, key=len, reverse=True)
        before = "|".join(re.escape(w) for w in words if not w[-1].islower() or w == "Rs")
        after = "|".join(re.escape(w) for w in words if w.isascii() and w[0].isalpha())
        number2, size2 = _NUMBER.replace("number", "number2"), _SIZE.replace("size", "size2")
        return re.compile(
            rf"(?i:{_QUALIFIER})(?<![\w$])(?:(?P<sign>{before})\s?(?i:{_NUMBER}{_SIZE}{_LATER})"
            rf"|(?i:{number2}{size2})[\s-]*(?P<word>{after}|cents?)(?!\w))"
        )

    _percent = re.compile(
        rf"{_QUALIFIER}(?<![\w$.,])(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?)\s?-?(?:(?P<percent>%|percent\b|per cent\b|percentage points?\b)|(?P<times>x\b|X\b|-?fold\b|\stimes\b))",
    )
    _count = re.compile(
        rf"{_QUALIFIER}(?<![\w$.,€£¥₹#-]){_NUMBER}(?!-?\w|[-–/:]\d|\.\d|,\d){_SIZE}(?=\W|$)"
        rf"|{_QUALIFIER.replace('qualifier', 'qualifier2')}(?<![\w-])(?P<spelled>{'|'.join(_WORDS)})(?![\w-])"
        rf"(?:\s(?P<size2>thousand|million|billion))?",
        re.IGNORECASE,
    )

    def find(self, text: str, start: int, end: int, published: str = "") -> list[Found]:
        """Return the values in a span of a text, none overlapping, in order.

        >>> values = Values(Lexicon.load())
        >>> [str(f.value) for f in values.find("6 billion yuan (US$938 million), 15% in Series B", 0, 48)]
        ['6 billion CNY', '15%', 'Series B']
        """
        found: list[Found] = []
        taken: list[Span] = []
        for grammar in (self._tickers, self._moneys, self._percents, self._series, self._dates, self._counts):
            for item in grammar(text, start, end, published):
                if not any(item.span.start < t.end and t.start < item.span.end for t in taken):
                    found.append(item)
                    taken.append(item.span)
        return sorted(found, key=lambda f: f.span)

    def _tickers(self, text: str, start: int, end: int, _: str) -> Iterator[Found]:
        for m in _TICKER.finditer(text, start, end):
            code = m["listed"] or m["bare"] or m["coded"]
            yield Found(Span(m.start(), m.end()), "ticker", code, m["exchange"] or "")

    def _moneys(self, text: str, start: int, end: int, _: str) -> Iterator[Found]:
        last: Found | None = None
        for m in self._money.finditer(text, start, end):
            word = m["sign"] or m["word"]
            number, size = m["number"] or m["number2"], m["size"] or m["size2"] or m["later"]
            if m["word"] and not size and lemmas(word).keys() & {"VERB", "ADJ"}:
                continue  # "3 won", "30 real estate agents"
            cents = word in {"cent", "cents"}
            value = _decimal(number, size) / (100 if cents else 1)
            code = "USD" if cents else self._codes[word]
            money = Money(value, code, _qualifier(m))
            between = text[last.span.end : m.start()] if last else ""
            if last and re.fullmatch(r"\s*\(|,? or |\s*/\s*|\s*\[", between) and _differs(last, money):
                closing = (
                    1 if text[m.end() : m.end() + 1] in {")", "]"} and between.strip() in {"(", "["} else 0
                )
                base = last.value
                assert isinstance(base, Money)
                equivalent = Money(money.value, money.currency)
                last = Found(
                    Span(last.span.start, m.end() + closing),
                    "money",
                    Money(base.value, base.currency, base.qualifier, equivalent),
                )
                continue
            if last:
                yield last
            last = Found(Span(m.start(), m.end()), "money", money)
        if last:
            yield last

    def _percents(self, text: str, start: int, end: int, _: str) -> Iterator[Found]:
        for m in self._percent.finditer(text, start, end):
            unit = "%" if m["percent"] else "x"
            yield Found(
                Span(m.start(), m.end()),
                "percent",
                Quantity(_decimal(m["number"], None), unit, _qualifier(m)),
            )

    def _series(self, text: str, start: int, end: int, _: str) -> Iterator[Found]:
        for m in _SERIES.finditer(text, start, end):
            name = f"Series {m['letter']}" if m["letter"] else (m["name"] or m["seed"])
            name = (
                name
                if name.lower() in {"debt", "bridge", "angel", "growth equity"}
                else name[0].upper() + name[1:]
            )
            yield Found(Span(m.start(), m.end()), "series", name)

    def _counts(self, text: str, start: int, end: int, _: str) -> Iterator[Found]:
        if not _NUMERIC.search(text, start, end):
            return
        for m in self._count.finditer(text, start, end):
            spelled = m["spelled"]
            value = Decimal(_WORDS[spelled.lower()]) if spelled else _decimal(m["number"], m["size"])
            if spelled and m["size2"]:
                value *= 10 ** _SIZES[m["size2"].lower()]
            yield Found(Span(m.start(), m.end()), "count", Quantity(value, "", _qualifier(m)))

    def _dates(self, text: str, start: int, end: int, published: str) -> Iterator[Found]:
        for m in _DATE.finditer(text, start, end):
            iso = _iso(m, published)
            if iso:
                yield Found(Span(m.start(), m.end()), "date", PartialDate(iso))


def _decimal(number: str, size: str | None) -> Decimal:
    value = Decimal("0.5") if number.lower() == "half a" else Decimal(number.replace(",", ""))
    return value * 10 ** _SIZES[size.lower()] if size else value


def _qualifier(m: re.Match[str]) -> str:
    groups = m.groupdict()
    return (groups.get("qualifier") or groups.get("qualifier2") or "").lower()


def _differs(last: Found, money: Money) -> bool:
    return (
        isinstance(last.value, Money) and last.value.currency != money.currency and not last.value.equivalent
    )


def _iso(m: re.Match[str], published: str) -> str:
    """Resolve a matched date; relative ones need the full publication date and are dropped without it."""
    day = date.fromisoformat(published) if re.fullmatch(r"\d{4}-\d\d-\d\d", published) else None
    if m["iso"]:
        year, month, number = m["iso"].split("-")
        return _calendar_date(int(month), number, year, day)
    for month, number, year in (
        ("month", "day", "year"),
        ("month2", "day2", "year2"),
        ("month3", "day3", None),
    ):
        if m[month]:
            return _calendar_date(_MONTHS[m[month].lower()], m[number], m[year] if year else None, day)
    if m["month4"]:
        later = m["which"].lower() in {"next", "by", "until"}
        return _calendar_date(_MONTHS[m["month4"].lower()], None, m["year5"], day, later=later)
    if m["quarter"] or m["year4"]:
        return m["year3"] or m["year4"]
    if not day:
        return ""
    if m["weekday"]:
        return (day - timedelta((day.weekday() - _DAYS[m["weekday"].lower()]) % 7)).isoformat()
    words = m["relative"].lower().split()
    if words[0] in {"today", "yesterday"}:
        return (day - timedelta(words[0] == "yesterday")).isoformat()
    step = {"last": -1, "next": 1}.get(words[0], 0)
    if words[-1] == "year":
        return str(day.year + step)
    months = day.year * 12 + day.month - 1 + step
    return f"{months // 12}-{months % 12 + 1:02}"


def _calendar_date(
    month: int, number: str | None, year: str | None, day: date | None, *, later: bool = False
) -> str:
    """Give a month the year that it is nearest to: the last one before publication, or the next."""
    if not year and day:
        told = (month, int(number) if number else 0)
        ahead = told > (day.month, day.day if number else 0)
        same = month == day.month and not number
        year = str(day.year + (later and not ahead and not same) - (ahead and not later))
    if not year:
        return f"--{month:02}"
    if number and 1 <= int(number) <= calendar.monthrange(int(year), month)[1]:
        return f"{year}-{month:02}-{int(number):02}"
    return f"{year}-{month:02}"
