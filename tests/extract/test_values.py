"""Money, quantities, dates, series and tickers are read exactly."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.text.values import Values
from kg.model import Money
from kg.vocabulary import Lexicon

VALUES = Values(Lexicon.load())


def read(text: str, kind: str, published: str = "") -> list[str]:
    return [str(f.value) for f in VALUES.find(text, 0, len(text), published) if f.kind == kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("raised US$600 million", ["US$600 million"]),
        ("worth $1.33B in cash", ["US$1.33 billion"]),
        ("a $14.5M round", ["US$14.5 million"]),
        ("Rs 500 crore", ["₹5 billion"]),
        ("Rs. 2,50,000 in", ["₹250,000"]),
        ("HK$2.3bn", ["2.3 billion HKD"]),
        ("20 million euros", ["€20 million"]),
        ("6 billion yuan", ["6 billion CNY"]),
        ("35 cents a share", ["US$0.35"]),
        ("£1,250 in", ["£1,250"]),
        ("half a million dollars", ["US$500,000"]),
        ("of 12, 3 won awards", []),
        ("30 real estate agents try 3 things with php 7", []),
        ("3 billion won", ["3 billion KRW"]),
        ("10 million Hong Kong dollars", ["10 million HKD"]),
        ("3.5 million US dollars", ["US$3.5 million"]),
        ("₹5 lakh crore", ["₹5 trillion"]),
        ("$5-10 million", ["US$5 million"]),
    ],
)
def test_money(text: str, expected: list[str]) -> None:
    """Signs, codes, words, scales and local forms come to one number and one currency."""
    assert read(text, "money") == expected


def test_a_stated_equivalent_belongs_to_its_amount() -> None:
    """The words "6 billion yuan (US$938 million)" is one amount, converted by nobody but its author."""
    [found] = VALUES.find("over 6 billion yuan (US$938 million) in", 0, 39)
    assert isinstance(found.value, Money)
    assert (str(found.value), str(found.value.equivalent), found.value.qualifier) == (
        "6 billion CNY",
        "US$938 million",
        "over",
    )


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("In July, it rose", "", ["--07"]),
        ("In July, it rose", "2018-04-09", ["2017-07"]),
        ("last March", "2020-02-26", ["2019-03"]),
        ("on Feb. 3, 2020", "", ["2020-02-03"]),
        ("on 9 April 2018", "", ["2018-04-09"]),
        ("by 2020", "", ["2020"]),
        ("the first quarter of 2019", "", ["2019"]),
        ("said on Monday", "2018-04-11", ["2018-04-09"]),
        ("said on Monday", "", []),
        ("announced today", "2018-04-11", ["2018-04-11"]),
        ("last year", "2018", []),
        ("earlier this month", "2018-04-11", ["2018-04"]),
        ("in 2018-13-45", "", []),
        ("next May", "2020-05-15", ["2020-05"]),
        ("in May 2019", "2020-06-15", ["2019-05"]),
        ("In December, 2018, it", "", ["2018-12"]),
        ("by early June 2026", "2020-06-15", ["2026-06"]),
        ("on May 20", "2020-05-15", ["2019-05-20"]),
        ("last month", "2018-01-11", ["2017-12"]),
        ("February 31, 2020", "", ["2020-02"]),
        ("it may march on", "", []),
        ("2,000 people and 1999 people", "", []),
    ],
)
def test_dates(text: str, published: str, expected: list[str]) -> None:
    """A date is as exact as its text and the publication date allow, never more."""
    assert read(text, "date", published) == expected


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("its Series C round", "series", ["Series C"]),
        ("a seed round", "series", ["Seed"]),
        ("a pre-seed round", "series", ["Pre-seed"]),
        ("a debt financing", "series", ["debt"]),
        ("the seed of doubt", "series", []),
        ("Acme (NYSE: ACM) rose", "ticker", ["ACM"]),
        ("Acme (7203.T) rose", "ticker", ["7203.T"]),
        ("rose 15% and 2.5 percent", "percent", ["15%", "2.5%"]),
        ("employs 1,200 people", "count", ["1,200"]),
        ("two companies", "count", ["2"]),
    ],
)
def test_other_values(text: str, kind: str, expected: list[str]) -> None:
    """Series, tickers, shares and counts."""
    assert read(text, kind) == expected


@given(st.text(max_size=200))
def test_any_text_gives_values_inside_it_that_do_not_overlap(text: str) -> None:
    """Whatever the text, spans are in order and apart."""
    spans = [f.span for f in VALUES.find(text, 0, len(text), "2020-01-31")]
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
