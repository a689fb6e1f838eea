"""The date of publication: what is understood, and what is left out rather than guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read.dates import iso

# Not from `calendar`, whose names follow the locale.
MONTHS = ("January", "February", "March", "April", "May", "June")
MONTHS += ("July", "August", "September", "October", "November", "December")


@pytest.mark.parametrize(
    "written",
    [
        "2018-04-09",
        " 2018-04-09T10:00:00Z",
        "2018-04-09T23:59:59.123456+08:00",
        "2018-04-09 10:00:00",
        "2018-04-09 10:00",
        "Mon, 09 Apr 2018 10:00:00 +0000",
        "Mon, 9 Apr 2018 10:00:00 GMT",
        "9 Apr 2018 23:30 -0500 (EST)",
        "9 April 2018",
        "April 9, 2018",
        "Monday, April 09 2018",
        "APR. 9,  2018",
    ],
)
def test_the_usual_ways_of_writing_a_day(written):
    """The day is the one written; no time zone moves it."""
    assert iso(written) == "2018-04-09"


def test_a_date_is_as_exact_as_it_was_written():
    """A month or a year stays one."""
    assert [iso(text) for text in ("2018-04", "April 2018", "2018")] == ["2018-04", "2018-04", "2018"]


@pytest.mark.parametrize(
    "written",
    [
        *("", "yesterday", "04/09/2018", "9.4.2018", "9 Apr 18", "April 9", "1523232000", "20180409"),
        *(
            "2018-13",
            "2018-00",
            "2018-04-00",
            "2018-02-30",
            "0000",
            "2018-4-9",
            "9 Avril 2018",
            "2018-04-09 morning",
        ),
        *("2018-04-09-10", "٢٠١٨", "12018-04-09", "April 31, 2018"),
    ],
)
def test_anything_else_is_not_guessed(written):
    """Ambiguous, partial, impossible or foreign: no date."""
    assert iso(written) == ""


@given(st.dates())
def test_every_day_of_the_calendar(day: date):
    """Each way of writing it means the same."""
    name = MONTHS[day.month - 1]
    for written in (
        day.isoformat(),
        f"{day.day} {name} {day.year:04}",
        f"{name} {day.day}, {day.year:04}",
        f"{day.day} {name[:3]} {day.year:04}",
    ):
        assert iso(written) == day.isoformat()


@given(st.text())
def test_any_text_gives_a_date_or_nothing(text):
    """Nothing raises."""
    assert len(iso(text)) in {0, 4, 7, 10}
