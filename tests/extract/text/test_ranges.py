"""Ranges and what qualifies an amount."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.text.quantities import Quantities
from kg.model import Money, Quantity
from kg.vocabulary import Lexicon

QUANTITIES = Quantities(Lexicon.load())


def read(text: str) -> list[tuple[str, str, str]]:
    """Return each value with its qualifier and the words it was read from."""
    return [
        (str(f.value), f.value.qualifier, text[f.span.start : f.span.end])
        for f in QUANTITIES.find(text, 0, len(text))
        if isinstance(f.value, Money | Quantity)
    ]


@given(
    st.integers(1, 998),
    st.integers(1, 998),
    st.sampled_from(
        [
            "{0}-{1}m",
            "{0}m-{1}m",
            "between {0} and {1} million",
            "between {0}m and {1}m",
            "{0} to {1} million",
        ]
    ),
    st.sampled_from("$€£"),
)
def test_a_range_is_its_lower_bound(one: int, other: int, form: str, sign: str) -> None:
    """Whichever of the two has the size, and the sign once or twice, the value is the lower bound in millions."""
    low, high = sorted((one, other))
    if low < high:
        for signs in ((sign, sign), (sign, "")):
            text = f"It seeks {form.format(signs[0] + str(low), signs[1] + str(high))} in cash."
            [found] = QUANTITIES.find(text, 0, len(text))
            assert isinstance(found.value, Money)
            assert (found.value.value, found.value.qualifier) == (low * 10**6, "between")
            assert text[found.span.start : found.span.end] == text.removeprefix("It seeks ").removesuffix(
                " in cash."
            )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from $100,000 to $1 million", [("US$100,000", "", "$100,000"), ("US$1 million", "", "$1 million")]),
        ("from $5 to $7 million", [("US$5 million", "", "$5"), ("US$7 million", "", "$7 million")]),
        ("from $500 to $1 million", [("US$1 million", "", "$1 million")]),
        ("$9 and $7 million", [("US$7 million", "", "$7 million")]),
        ("rose 5% to 7%", [("5%", "", "5%"), ("7%", "", "7%")]),
        ("of 5% to 7%", [("5%", "between", "5% to 7%")]),
        ("from 5 to 7 percent", [("5%", "", "5"), ("7%", "", "7 percent")]),
        ("5 to 7 percent", [("5%", "between", "5 to 7 percent")]),
        ("5-7%, 5,5 to 7,5 %", [("5%", "between", "5-7%"), ("5.5%", "between", "5,5 to 7,5 %")]),
        ("to 41bn from 39bn", [("41 billion", "", "41bn"), ("39 billion", "", "39bn")]),
        ("12-18 months", [("12", "between", "12-18")]),
        ("€1-1.5bn", [("€1 billion", "between", "€1-1.5bn")]),
        ("31-1/4 to 33 dlrs", [("US$31.25", "between", "31-1/4 to 33 dlrs")]),
        ("1,000-1,500 people", [("1,000", "between", "1,000-1,500")]),
        ("10-15,000 people", []),
        ("$40-", []),
        ("a 60-40 deal, a 50-50 deal, 3-2", []),
        ("2018-2020", []),
        ("a 12-18-month plan, a 12-month plan", []),
        ("Covid-19, a 5-for-1 split, 24/7, at 10:30, the 1980s, 5th, 5G", []),
    ],
)
def test_what_is_a_range_and_what_a_change(text: str, expected: list[tuple[str, str, str]]) -> None:
    """A change has two values; what is neither, or may be either, has none."""
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "value", "qualifier"),
    [
        ("at least an additional $5 million", "US$5 million", "at least"),
        ("a whopping $5 million", "US$5 million", ""),
        ("an estimated 1.1 billion", "1.1 billion", "an estimated"),
        ("north of $5 million", "US$5 million", "north of"),
        ("500+ people", "500", "more than"),
        ("$5m+ in", "US$5 million", "more than"),
        ("Up to 12,5 %", "12.5%", "up to"),
        ("nearly\n12 percent", "12%", "nearly"),
        ("handsome 5 percent", "5%", ""),
    ],
)
def test_what_qualifies_an_amount(text: str, value: str, qualifier: str) -> None:
    """The words before an amount belong to it, and a plus behind it."""
    [(found, how, words)] = read(text)
    assert (found, how) == (value, qualifier)
    assert "handsome" in text or text.startswith(words)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rose 15% and 2.5 percent", ["15%", "2.5%"]),
        ("twenty-five percent, half a percent", ["25%", "0.5%"]),
        ("11.6 pct, 10-7/8 pct", ["11.6%", "10.875%"]),
        ("up 10x and 3 times", ["10x", "3x"]),
        ("a -5% and a +5% change", ["5%", "5%"]),
        ("22 million times", []),
    ],
)
def test_percents_and_times(text: str, expected: list[str]) -> None:
    """Percents in figures and words; times in figures."""
    assert [v for v, _, _ in read(text) if v[-1] in "%x"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("employs 1,200 people", ["1,200"]),
        ("employs 1.200 people", ["1,200"]),
        ("employs 12 500 people", ["12,500"]),
        ("serves 3,5 million users", ["3.5 million"]),
        ("serves 12m users", ["12 million"]),
        ("two companies, two dozen firms", ["2", "24"]),
        ("is 12 m tall and weighs 12t", []),
        ("a ratio of 1.234", []),
    ],
)
def test_counts(text: str, expected: list[str]) -> None:
    """What is counted tells thousands from decimals; metres and tonnes are no millions and trillions."""
    assert [v for v, _, _ in read(text)] == expected


def test_a_number_of_any_length_is_harmless() -> None:
    """A wall of digits is no amount and no error."""
    for digits in ("9" * 400, "1," * 400, "1 000" * 400, "½" * 400):
        for value, _, _ in read(f"paid ${digits} million"):
            assert len(value) < 60
    assert Decimal(1)
