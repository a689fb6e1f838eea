"""Dates: as exact as the text and the day of publication allow, never more."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.text.dates import Dates
from kg.vocabulary.language import Language

DATES = Dates(Language.load())
DAYS = st.dates(date(1950, 1, 1), date(2049, 12, 31))
MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
#: How news writes a whole date; the bare month is cut to three letters and a point where that is shorter.
WHOLE = [
    "{month} {day}, {year}", "{month} {day} {year}", "{month} {day}{th}, {year}", "{short} {day}, {year}",
    "{day} {month} {year}", "{day}{th} {month} {year}", "{day} {short} {year}", "{day}{th} of {month}, {year}",
    "{day}-{abbreviation}-{year}", "{year}-{mm}-{dd}", "{year}/{mm}/{dd}", "{CAPITALS} {day}, {year}",
]  # fmt: skip
WEEKDAY_FIRST = [
    "{weekday}, ",
    "{weekday} ",
    "{weekday} the ",
    "{weekday} (",
    "{weekday} evening, ",
    "{weekday_short}., ",
]


def read(text: str, published: str = "") -> list[str]:
    return [str(f.value) for f in DATES.find(text, 0, len(text), published)]


def written(form: str, day: date) -> str:
    """Write a date in a form."""
    month = MONTHS[day.month - 1]
    th = "th" if 10 < day.day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return form.format(
        month=month, CAPITALS=month.upper(), abbreviation=month[:3], short=month if len(month) < 5 else f"{month[:3]}.",
        day=day.day, th=th, dd=f"{day.day:02}", mm=f"{day.month:02}", year=day.year,
        weekday=WEEKDAYS[day.weekday()], weekday_short=WEEKDAYS[day.weekday()][:3],
    )  # fmt: skip


@given(DAYS, st.sampled_from(WHOLE), st.sampled_from(["", *WEEKDAY_FIRST]), DAYS)
def test_a_whole_date_reads_back(day: date, form: str, weekday: str, published: date) -> None:
    """In each form, and behind its weekday, it is that day, whenever it was published."""
    said = written(weekday + form, day)
    text = f"It was sold on {said}{')' * said.count('(')}, it said."
    assert read(text, published.isoformat()) == [day.isoformat()]


@given(DAYS, st.sampled_from("/.-"), st.booleans())
def test_a_date_in_figures_is_read_where_it_can_be_one_day_alone(
    day: date, mark: str, american: bool
) -> None:
    """The words 03/04/2024 may be in March or April: they are nothing; 13/04/2024 is a day."""
    first, second = (day.month, day.day) if american else (day.day, day.month)
    text = f"It was sold on {first:02}{mark}{second:02}{mark}{day.year}."
    expected = [day.isoformat()] if day.day > 12 or day.day == day.month else []
    assert read(text) == expected


@given(DAYS, st.sampled_from("/.-"))
def test_a_weekday_tells_day_from_month(day: date, mark: str) -> None:
    """Where a weekday stands before figures that may be two days, it decides if it can."""
    text = written("It was sold on {weekday}, {dd}" + mark + "{mm}" + mark + "{year}.", day)
    assert read(text) in ([day.isoformat()], [])


@given(
    st.dates(date(2000, 1, 1), date(2040, 1, 1)),
    st.integers(0, 364),
    st.sampled_from(["{month} {day}", "{day} {month}"]),
)
def test_a_day_without_a_year_is_the_last_before_publication(published: date, ago: int, form: str) -> None:
    """So a day of the past year reads back; 29 February is one in leap years alone."""
    day = published - timedelta(ago)
    if (day.month, day.day) != (2, 29) and ago < 364:
        assert read(written(f"It was sold on {form}.", day), published.isoformat()) == [day.isoformat()]
    assert read(written(f"It was sold on {form}.", day)) == [f"--{day.month:02}"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Tuesday, Feb. 13, it", ["2024-02-13"]),
        ("Tues., Feb. 13", ["2024-02-13"]),
        ("on Tuesday 13 February", ["2024-02-13"]),
        ("on Tuesday, March 12, it", ["2024-03-12"]),
        ("on Tuesday, 05/03/2024", ["2024-03-05"]),
        ("said on Friday", ["2024-03-01"]),
        ("said Friday morning", ["2024-03-01"]),
        ("on Tuesday", ["2024-03-05"]),
        ("last Tuesday", ["2024-02-27"]),
        ("next Tuesday", ["2024-03-12"]),
        ("will open on Friday", ["2024-03-08"]),
        ("the vote is due on Friday", ["2024-03-08"]),
        ("by Friday it had sold", []),
        ("Black Friday, the Sunday Times, Monday.com", []),
        ("Today it said", ["2024-03-05"]),
        ("in USA Today", []),
        ("Yesterday it said", ["2024-03-04"]),
        ("Last year it", ["2023"]),
        ("Earlier this year", ["2024"]),
        ("late last year", ["2023"]),
        ("this-year", ["2024"]),
        ("last month", ["2024-02"]),
        ("earlier this month", ["2024-03"]),
        ("this week, next week", []),
    ],
)
def test_relative_to_publication(text: str, expected: list[str]) -> None:
    """Published on Tuesday, 5 March 2024. A weekday before a date adds nothing; alone it is the last such day."""
    assert read(text, "2024-03-05") == expected
    assert not [iso for iso in read(text) if not iso.startswith("--") and "/" not in text]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("In July, it rose", "", ["--07"]),
        ("In July, it rose", "2018-04-09", ["2017-07"]),
        ("last March", "2020-02-26", ["2019-03"]),
        ("last May", "2020-05-15", ["2019-05"]),
        ("this March", "2020-02-26", ["2020-03"]),
        ("next May", "2020-05-15", ["2020-05"]),
        ("by early June", "2020-05-15", ["2020-06"]),
        ("mid-March, mid-2019, early 2018", "2020-05-15", ["2020-03", "2019", "2018"]),
        ("is expected to close in June", "2020-05-15", ["2020-06"]),
        ("will close in June", "2020-05-15", ["2020-06"]),
        ("by March 31", "2020-05-15", ["2021-03-31"]),
        ("by March 31, 2020", "2020-05-15", ["2020-03-31"]),
        ("in May 2019", "2020-06-15", ["2019-05"]),
        ("In December, 2018, it", "", ["2018-12"]),
        ("by early June 2026", "2020-06-15", ["2026-06"]),
        ("on May 20", "2020-05-15", ["2019-05-20"]),
        ("March 12-14, 2020 and 12-14 May 2020", "", ["2020-03-12", "2020-05-12"]),
        ("February 31, 2020", "", ["2020-02"]),
        ("31/02/2020, 2020-02-31", "", []),
        ("Feb. 29", "2023-06-01", ["--02"]),
        ("by 2020", "", ["2020"]),
        ("the first quarter of 2019, Q3 2018, 2H 2017", "", ["2019", "2018", "2017"]),
        ("second-quarter 2016, the first nine months of 2015", "", ["2016", "2015"]),
        ("fiscal 2019, FY2018, fiscal year 2017", "", ["2019", "2018", "2017"]),
        ("the end of 2022", "", ["2022"]),
        ("last year", "2018", []),
        ("in 2018-13-45, 2018-2020", "", []),
        ("the 1990s, 2,000 people, 1999 people, 2000%", "", []),
        ("it may march on", "", []),
        ("in March 12,000 people", "2020-05-15", ["2020-03"]),
        ("May 5 million people", "", []),
    ],
)
def test_months_years_and_quarters(text: str, published: str, expected: list[str]) -> None:
    """A quarter is told by its year; a month without a year is the last before publication, or the next."""
    assert read(text, published) == expected


def test_a_full_stop_is_no_part_of_a_month() -> None:
    """It ends the sentence, unless the month goes on: "in Feb. 2019"."""
    text = "It was sold in February. It was sold in Feb. 2019."
    spans = [text[f.span.start : f.span.end] for f in DATES.find(text, 0, len(text))]
    assert spans == ["in February", "in Feb. 2019"]
