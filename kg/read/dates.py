"""When an article was published: the usual ways of writing a date, brought to ISO form."""

from __future__ import annotations

import re
from datetime import date

__all__ = ["iso"]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>[0-9]{1,2})"
_YEAR = r"(?P<year>[0-9]{4})"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\ +)?"
_CLOCK = (
    r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?"
    r"\ *(?:z|ut|utc|gmt|[ecmp][sd]t|[+-][0-9]{2}:?(?:[0-9]{2})?)?(?:\ *\([a-z ]+\))?"
)

# email.utils would read RFC 2822 too, but it also guesses: a missing century, a missing zone, a wrong field.
PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        rf"{_YEAR}(?:-(?P<month>[0-9]{{2}})(?:-(?P<day>[0-9]{{2}})(?:(?:t|\ +){_CLOCK})?)?)?",
        rf"{_WEEKDAY}{_DAY}\ +{_MONTH},?\ +{_YEAR}(?:,?\ +{_CLOCK})?",
        rf"{_WEEKDAY}{_MONTH}\ +{_DAY},?\ +{_YEAR}(?:,?\ +{_CLOCK})?",
        rf"(?P<day>){_MONTH}\ +{_YEAR}",
    )
)


def iso(written: str) -> str:
    """Bring a date to "YYYY-MM-DD", or to "YYYY-MM" or "YYYY" where it says no more.

    ISO 8601 dates, RFC 2822 dates, "9 April 2018" and "April 9, 2018" are understood, each with or without
    a time of day. The day is the one written: no time zone moves it. Anything else gives "": an ambiguous
    date (04/09/18) is not guessed, nor is one that no calendar has.

    >>> [iso(text) for text in ("2018-04-09 10:00:00", "Mon, 9 Apr 2018 23:30:00 -0500", "April 9, 2018")]
    ['2018-04-09', '2018-04-09', '2018-04-09']
    >>> [iso(text) for text in ("2018-04", "2018", "04/09/18", "2018-02-30")]
    ['2018-04', '2018', '', '']
    """
    written = " ".join(written.split())
    found = next((found for pattern in PATTERNS if (found := pattern.fullmatch(written))), None)
    if found is None:
        return ""
    year, month, day = found["year"], found["month"] or "", found["day"] or ""
    number = MONTHS.index(month[:3].lower()) + 1 if month.isalpha() else int(month or 1)
    try:
        exact = date(int(year), number, int(day or 1))
    except ValueError:
        return ""
    if day:
        return exact.isoformat()
    return exact.isoformat()[:7] if month else year
