"""Dates: named patterns, each with what it says; as exact as the text and the day of publication allow."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from kg.extract.text.found import GAP, Found, cased, either
from kg.model import PartialDate, Span
from kg.vocabulary.language import Language

__all__ = ["Dates"]

_NEAR = 60  # characters before a date that may say that it is still to come: "is expected to close its doors"
_FOUR = 4  # digits of a year; with two it may be a day
_YEAR = r"(?:19|20)\d\d"
_BARE_YEAR = r"(?:19[5-9]|20[0-4])\d"  # without a month, four digits are a year in living memory alone
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d\w])"


class Dates:
    """The grammar of dates of one language.

    >>> dates = Dates(Language.load())
    >>> text = "on Tuesday, Feb. 13, by mid-March, on 13/02/2024, in Q3 2019, last year"
    >>> [str(f.value) for f in dates.find(text, 0, len(text), "2024-03-05")]
    ['2024-02-13', '2024-03', '2024-02-13', '2019', '2023']
    """

    def __init__(self, language: Language) -> None:
        table, words = language.table, language.table("dates.words")
        self._months: dict[str, int] = {m.lower(): n for m, n in table("calendar.months").items()}
        weekdays = table("calendar.weekdays") | table("dates.weekdays")
        self._weekdays: dict[str, int] = {d.lower(): n for d, n in weekdays.items()}
        self._relative: dict[str, tuple[str, int]] = table("dates.relative")
        self._this, self._last, self._next = words["this"], words["last"], frozenset(words["next"].split())
        self._until = frozenset(words["until"].split())
        names = table("dates.names")
        self._name_before, self._name_after = (
            frozenset(names[key].split()) for key in ("before_weekday", "after_weekday")
        )
        awaited, due = cased(words["awaited"]), cased(words["due"].split())
        self._awaited = re.compile(rf"(?<!\w)(?:{awaited}(?:{GAP}[\w'’-]+){{0,6}}|{due}){GAP}$")
        readers: dict[str, Callable[..., str]] = {
            "numeric": self._numeric, "month_first": self._day, "day_first": self._day, "month_year": self._month,
            "month": self._month, "period": self._year, "year": self._year, "relative": self._told,
            "weekday": self._weekday,
        }  # fmt: skip
        on_weekday, full, partial = _patterns(language)
        patterns = {name: on_weekday + pattern for name, pattern in full.items()} | partial
        self._readers = {name: (re.compile(patterns[name]), reader) for name, reader in readers.items()}
        scan = rf"{_unnamed(on_weekday)}(?:{_named(full)})|{_named(partial)}"
        self._scan = re.compile(rf"\b(?=\w)(?<!\d[./–-])(?:{scan})")

    def find(self, text: str, start: int, end: int, published: str = "") -> Iterator[Found]:
        """Yield the dates of a span; relative ones need the full date of publication."""
        today = date.fromisoformat(published) if re.fullmatch(r"\d{4}-\d\d-\d\d", published) else None
        for m in self._scan.finditer(text, start, end):
            pattern, reader = self._readers[str(m.lastgroup)]
            inner = pattern.match(text, m.start(), end)
            assert inner
            if iso := reader(inner, start, today):
                closing = "(" in m[0] and text.startswith(")", m.end())  # "Tuesday (Feb. 13)"
                yield Found(Span(m.start(), m.end() + closing), "date", PartialDate(iso))

    def _numeric(self, m: re.Match[str], _start: int, _today: date | None) -> str:
        """Read 2024-02-13 and 13/02/2024; where day and month may be each other, only a weekday can tell."""
        first, second, third = m["first"], m["second"], m["third"]
        if m["mark"] != m["mark2"]:
            return ""
        orders: list[tuple[str, str, str]] = []
        if len(first) == _FOUR > len(third):
            orders = [(first, second, third)]
        elif len(third) == _FOUR > len(first):
            orders = [(third, second, first), (third, first, second)]
        days = {day for order in orders if (day := _date(*map(int, order)))}
        if m["weekday"] and len(days) > 1:
            days = {day for day in days if day.weekday() == self._weekdays[m["weekday"].lower()]}
        return days.pop().isoformat() if len(days) == 1 else ""

    def _day(self, m: re.Match[str], start: int, today: date | None) -> str:
        """Read "13 February 2024"; without a year it is the last such day before publication, or the next."""
        month, number = self._months[m["month"].lower()], int(re.sub(r"\D", "", m["day"]))
        if m["year"]:
            day = _date(int(m["year"]), month, number)
            return day.isoformat() if day else f"{m['year']}-{month:02}"
        if not today:
            return f"--{month:02}"
        days = [d for d in (_date(today.year + n, month, number) for n in (-1, 0, 1)) if d]
        wanted = self._weekdays.get((m["weekday"] or "").lower())
        if any(d.weekday() == wanted for d in days):
            days = [d for d in days if d.weekday() == wanted]
        elif self._comes(m, start):
            days = [d for d in days if d >= today]
        else:
            days = [d for d in days if d <= today]
        return min(days, key=lambda d: abs(d - today)).isoformat() if days else f"--{month:02}"

    def _month(self, m: re.Match[str], start: int, today: date | None) -> str:
        """Read "March 2019" and "last March"; without a year it is the last before publication, or the next."""
        month, year = self._months[m["month"].lower()], m["year"]
        if year or not today:
            return f"{year}-{month:02}" if year else f"--{month:02}"
        lead = (m.groupdict().get("lead") or "").lower()
        if lead == self._this:
            return f"{today.year}-{month:02}"
        if self._comes(m, start, lead):
            return f"{today.year + (month < today.month)}-{month:02}"
        past = month > today.month or (month == today.month and lead == self._last)
        return f"{today.year - past}-{month:02}"

    def _year(self, m: re.Match[str], _start: int, _today: date | None) -> str:
        return m["year"]

    def _told(self, m: re.Match[str], start: int, today: date | None) -> str:
        """Read "yesterday" and "last year"; with a capital they open a sentence, or belong to a name."""
        capital = m["told"][0].isupper() and not m[0].isupper()
        if not today or (capital and any(map(str.isalnum, m.string[start : m.start()]))):
            return ""
        unit, step = self._relative[" ".join(re.split(r"[\s-]+", m["told"].lower()))]
        if unit == "day":
            return (today + timedelta(step)).isoformat()
        if unit == "year":
            return str(today.year + step)
        months = today.year * 12 + today.month - 1 + step
        return f"{months // 12}-{months % 12 + 1:02}"

    def _weekday(self, m: re.Match[str], start: int, today: date | None) -> str:
        """Read "on Tuesday" as the last one before publication, or the next."""
        before = m.string[max(start, m.start() - _NEAR) : m.start()].split()[-1:]
        after = re.match(r"\s+(\w+)", m.string[m.end() : m.end() + _NEAR])
        named = (not m["lead"] and before and before[0] in self._name_before) or (
            after and after[1] in self._name_after
        )
        if not today or named:
            return ""
        leads = set(m["lead"].lower().split())
        wanted = self._weekdays[m["weekday"].lower()]
        back, ahead = (today.weekday() - wanted) % 7, (wanted - today.weekday()) % 7
        if leads & self._next:
            return (today + timedelta(ahead or 7)).isoformat()
        if self._last in leads:
            return (today - timedelta(back or 7)).isoformat()
        if self._awaits(m, start):
            return (today + timedelta(ahead)).isoformat()
        # "By Friday" is said of what had happened as often as of what is to come.
        return "" if before and before[0].lower() in self._until else (today - timedelta(back)).isoformat()

    def _comes(self, m: re.Match[str], start: int, lead: str = "") -> bool:
        """Tell whether a day or a month is still to come: "by March 31", "is expected to close in June"."""
        before = m.string[max(start, m.start() - _NEAR) : m.start()].lower().split()[-1:]
        return bool({lead, *before} & (self._next | self._until)) or self._awaits(m, start)

    def _awaits(self, m: re.Match[str], start: int) -> bool:
        return bool(self._awaited.search(m.string[max(start, m.start() - _NEAR) : m.start()]))


def _date(year: int, month: int, day: int) -> date | None:
    """Make a date of three numbers, or nothing where the calendar has none.

    >>> _date(2024, 2, 29), _date(2023, 2, 29)
    (datetime.date(2024, 2, 29), None)
    """
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _unnamed(pattern: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


def _named(patterns: dict[str, str]) -> str:
    """Join patterns into one, in which a group for each tells which has matched."""
    return "|".join(f"(?P<{name}>{_unnamed(pattern)})" for name, pattern in patterns.items())


def _patterns(language: Language) -> tuple[str, dict[str, str], dict[str, str]]:
    """Write the pattern of a weekday before a date, of each kind of whole date, and of those that say less."""
    table, words = language.table, language.table("dates.words")
    months, weekdays = table("calendar.months"), table("calendar.weekdays")
    month = rf"{_initials(months)}(?P<month>{either([*months, *map(str.upper, months)])})\b(?:\.(?={GAP}?[\d,]))?(?!-[a-z])"
    every_weekday = {**weekdays, **table("dates.weekdays")}
    short = rf"{_initials(weekdays)}(?P<weekday>{either([*every_weekday, *map(str.upper, every_weekday)])})\b"
    long = [d for d in weekdays if d.endswith(words["weekday_ending"])]
    weekday = rf"{_initials(weekdays)}(?P<weekday>{either([*long, *map(str.upper, long)])})\b"
    part_of_day = rf"(?:{GAP}{either(words['day_parts'].split())})?"
    the, of = words["the"], words["of"]
    before = rf"{cased(words['before_weekday'].split())}{GAP}"
    on_weekday = rf"(?:(?:{before}){{0,2}}{short}\.?{part_of_day},?{GAP}\(?(?:{the}{GAP})?)?"
    parts = cased(words["parts"].split())
    in_part = rf"(?:{parts}(?:{GAP}|-)(?:{of}{GAP})?)"
    counted = either([*table("numbers.sizes"), *table("numbers.units")["percent"]])
    day = rf"(?P<day>{_DAY})(?:[-–]{_DAY})?"
    no_day = rf"(?!,\d{{3}}(?!\d)|[.:/]\d|{GAP}?{counted}(?!\w))"
    lead = cased(words["before_month"])
    fiscal = rf"(?:{cased(words['fiscal'])}{GAP}?)"
    year = rf"(?P<year>{_YEAR})(?!\w)"
    no_year = either(table("dates.names")["after_year"].split())
    period = rf"(?:{cased(words['quarters'])}(?:{GAP}|-){either(words['spans'])}|{either(words['quarter_marks'].split())})"
    whole = {
        "numeric": rf"(?P<first>\d{{1,2}}|{_YEAR})(?P<mark>[-/.])(?P<second>\d{{1,2}})(?P<mark2>[-/.])"
        rf"(?P<third>{_YEAR}|\d{{1,2}})(?![\d]|[-/.]\d)",
        "month_first": rf"{month}{GAP}{day}{no_day}(?:(?:,{GAP}?|{GAP}){year})?",
        "day_first": rf"{day}(?:{GAP}{of})?(?:{GAP}|-){month}(?:,?(?:{GAP}|-)(?:{of}{GAP})?{year})?",
    }
    partial = {
        "month_year": rf"{month}(?:,?{GAP}(?:{of}{GAP})?|-){year}",
        "month": rf"(?:(?P<lead>{lead})(?:{GAP}|-)(?:(?:{the}{GAP})?{in_part})?|{in_part}){month}"
        rf"(?!{GAP}{_DAY}{no_day})(?:,?{GAP}(?:{of}{GAP})?{year})?",
        "period": rf"{period}(?:,?{GAP}|-|['’])?(?:{of}{GAP})?(?:{the}{GAP})?{fiscal}?{year}",
        "year": rf"(?:{cased(words['ends'])}(?:{GAP}|-))?{fiscal}?{in_part}?(?P<year>{_BARE_YEAR})"
        rf"(?![\d,.]*\d|\w|-\w|[-\s]*%|{GAP}{no_year}(?!\w))",
        "relative": rf"(?:{parts}{GAP})?(?P<told>{cased(table('dates.relative'))})(?!\w)",
        "weekday": rf"(?P<lead>(?:{before}){{0,2}}){weekday}{part_of_day}(?!\.\w)",
    }
    return on_weekday, whole, partial


def _initials(names: object) -> str:
    """Look at the first letter before trying each name."""
    return f"(?=[{''.join(sorted({str(name)[0] for name in names}))}])"  # type: ignore[attr-defined]
