"""Numbers, in every style in which news writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.text.numbers import Amount, Numbers
from kg.vocabulary.language import Language

NUMBERS = Numbers(Language.load())
ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def read(text: str) -> list[Amount]:
    return NUMBERS.find(text, 0, len(text))


def worth(text: str) -> list[Decimal]:
    return [a.value for a in read(text) if a.finished]


def in_groups(digits: str, mark: str, size: int = 3) -> str:
    """Write digits in groups of three, or below a thousand in groups of two as in India."""
    head, tail = digits[:-3], digits[-3:]
    groups = []
    while head:
        head, group = head[:-size], head[-size:]
        groups.insert(0, group)
    return mark.join([*groups, tail])


def in_words(number: int) -> str:
    """Spell a number below a million."""
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10 - 2] + (f"-{ONES[number % 10]}" if number % 10 else "")
    if number < 1000:
        rest = f" and {in_words(number % 100)}" if number % 100 else ""
        return f"{ONES[number // 100]} hundred{rest}"
    return f"{in_words(number // 1000)} thousand"


@given(
    st.integers(1, 10**12),
    st.sampled_from(["", ",", "\u00a0", "\u202f", "\u2009", " ", "'", "’"]),
    st.integers(0, 99),
)
def test_a_number_reads_back_however_its_thousands_are_marked(number: int, mark: str, part: int) -> None:
    """Commas, spaces of any width and apostrophes mark thousands; a point marks decimals."""
    written = in_groups(str(number), mark) if mark else str(number)
    decimals = f".{part:02}" if part else ""
    assert worth(f"about {written}{decimals} tonnes") == [Decimal(f"{number}{decimals}")]


@given(st.integers(10**6, 10**12), st.integers(0, 99))
def test_a_number_reads_back_in_the_continental_style(number: int, part: int) -> None:
    """With two points and more they mark thousands, and a comma behind them decimals."""
    decimals = f",{part:02}" if part else ""
    written = in_groups(str(number), ".") + decimals
    assert worth(f"about {written} tonnes") == [Decimal(f"{number}.{part:02}") if part else number]


@given(st.integers(10**5, 10**12))
def test_lakhs_and_crores_are_marked_by_twos(number: int) -> None:
    """The Indian way: 12,34,567."""
    assert worth(f"about {in_groups(str(number), ',', 2)} tonnes") == [number]


@given(
    st.integers(0, 999),
    st.integers(0, 9),
    st.sampled_from([".", ","]),
    st.sampled_from(["million", "bn", "crore"]),
)
def test_before_a_size_a_comma_marks_decimals(number: int, part: int, mark: str, size: str) -> None:
    """The words "1,5 million" are one and a half."""
    power = {"million": 6, "bn": 9, "crore": 7}[size]
    assert worth(f"about {number}{mark}{part} {size} tonnes") == [Decimal(f"{number}.{part}") * 10**power]


@given(
    st.integers(1, 999_999).filter(lambda n: n < 1000 or n % 1000 == 0),
    st.sampled_from(["", " million", " billion"]),
)
def test_a_number_in_words_reads_back(number: int, size: str) -> None:
    """Any number below a thousand, any whole thousands, and either with a size."""
    power = {"": 0, " million": 6, " billion": 9}[size]
    if number < 1000 or not size:
        assert worth(f"about {in_words(number)}{size} tonnes") == [number * 10**power]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("100Mil in", [100 * 10**6]),
        ("1.2bil in", [Decimal("1.2") * 10**9]),
        ("5 mln. euros", [5 * 10**6]),
        ("5 mln. He", [5 * 10**6]),
        ("3 Mio. euros", [3 * 10**6]),
        ("3 Mrd euros", [3 * 10**9]),
        ("7k, 8m, 9b", [7000, 8 * 10**6, 9 * 10**9]),
        ("5 lakh crore", [5 * 10**12]),
        ("5 thousand crore", [5 * 10**10]),
        ("half a million", [500_000]),
        ("half-a-million", [500_000]),
        ("a half-million", [500_000]),
        ("a quarter of a million", [250_000]),
        ("three-quarters of a million", [750_000]),
        (".5 million", [500_000]),
        ("500.000", [500_000]),
        ("a million", [10**6]),
        ("a hundred", [100]),
        ("two dozen", [24]),
        ("2 dozen", [24]),
        ("half a dozen", [6]),
        ("a dozen", [12]),
        ("one and a half billion", [Decimal("1.5") * 10**9]),
        ("two-and-a-half million", [Decimal("2.5") * 10**6]),
        ("2½ million", [Decimal("2.5") * 10**6]),
        ("5 1/2 per", [Decimal("5.5")]),
        ("5-1/2 per", [Decimal("5.5")]),
        ("several million, the million, millions of", []),
        ("a few hundred, tens of thousands", []),
        ("twenty twenty vision", [20, 20]),
        ("someone, often, tone", []),
        ("1.2.3, 12,34,5", []),
        ("FIVE MILLION", [5 * 10**6]),
        ("Capital One said, in Two Harbors", []),
        ("Two firms said", [2]),
        ("Two Norwegian firms", []),
    ],
)
def test_sizes_words_and_fractions(text: str, expected: list[Decimal]) -> None:
    """Sizes long, short and twofold; fractions in words and figures; what only looks like a number is none."""
    assert worth(f"{text} OF IT" if text.isupper() else f"{text} of it") == expected
