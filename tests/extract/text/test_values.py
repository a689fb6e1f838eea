"""Values of all kinds together: apart, in order, exact in their offsets, and none where the text is cut."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.text.values import Values
from kg.model import Money
from kg.vocabulary import Lexicon

VALUES = Values(Lexicon.load())
CUTS = ("", "…", "...", "… [+1034 chars]", " [...]", "\n\nThe weather was fine.", "\r\nMore news")
#: Amounts with what they are worth; a text that is cut inside of one must not yield another.
AMOUNTS = {
    "$12 million": 12 * 10**6,
    "€4.25 billion": 4.25 * 10**9,
    "€1,25bn": 1.25 * 10**9,
    "R$ 4,2 million": 4.2 * 10**6,
    "$13 009 million": 13_009 * 10**6,
    "CHF 1'500'000": 1_500_000,
    "₹5 lakh crore": 5 * 10**12,
    "Rs 12 thousand crore": 12 * 10**10,
    "five million dollars": 5 * 10**6,
    "two hundred and fifty thousand euros": 250_000,
    "one and a half billion euros": 1.5 * 10**9,
    "12 billion Korean won": 12 * 10**9,
    "between $5 and $7 million": 5 * 10**6,
    "$40-$50 million": 40 * 10**6,
    "1.500.000 euros": 1_500_000,
}


def read(text: str, kind: str, published: str = "") -> list[str]:
    return [str(f.value) for f in VALUES.find(text, 0, len(text), published) if f.kind == kind]


@given(st.text(max_size=200))
def test_any_text_gives_values_inside_it_that_do_not_overlap(text: str) -> None:
    """Whatever the text, spans are in order and apart."""
    spans = [f.span for f in VALUES.find(text, 0, len(text), "2020-01-31")]
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@given(
    st.lists(
        st.sampled_from(
            "12 5,5 . 000 $ € million m k Rs R kr between and to - – May Monday 2019 % ( )".split(" ")
        )
    )
)
def test_pieces_of_values_in_any_order_give_values_apart(pieces: list[str]) -> None:
    """Also where everything looks like a value, none overlaps another and none reaches outside of its span."""
    text = " ".join(pieces)
    spans = [f.span for f in VALUES.find(text, 0, len(text), "2020-01-31")]
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@settings(deadline=None)  # the dictionary is loaded by the first word that may be a size
@given(st.sampled_from(sorted(AMOUNTS)), st.data(), st.sampled_from(CUTS))
def test_a_text_cut_inside_an_amount_gives_that_amount_or_none(
    amount: str, data: st.DataObject, cut: str
) -> None:
    """No cut makes US$12 of US$12 million: what may not be finished is not read.

    A cut behind a full stop looks like the end of a sentence, and nobody can tell.
    """
    whole = f"Brightwater raised {amount}"
    at = data.draw(st.integers(len("Brightwater raised "), len(whole)).filter(lambda n: whole[n - 1] != "."))
    text = whole[:at] + cut
    found = [f.value for f in VALUES.find(text, 0, at) if isinstance(f.value, Money)]
    assert {v.value for v in found} <= {Decimal(str(AMOUNTS[amount]))}


@pytest.mark.parametrize("amount", sorted(AMOUNTS))
@pytest.mark.parametrize("space", ["\n", "\r\n", " \n  ", "\u00a0", "\u202f", "\u2009"])
def test_an_amount_may_be_wrapped_at_any_space(amount: str, space: str) -> None:
    """A line break or a space of another width inside an amount changes nothing."""
    for at, character in enumerate(amount):
        digits = amount[at - 1 : at].isdigit() and amount[at + 1 : at + 2].isdigit()
        if character != " " or ("\n" in space and digits):
            continue
        text = f"It raised {amount[:at]}{space}{amount[at + 1 :]}, it said."
        [found] = VALUES.find(text, 0, len(text))
        assert isinstance(found.value, Money)
        assert found.value.value == Decimal(str(AMOUNTS[amount]))
        assert text[found.span.start : found.span.end].endswith(amount[at + 1 :])


@pytest.mark.parametrize(
    "text",
    [
        "It has raised $12 mil\n\nCalculator\r\nWhen you save, the amount earns interest.",
        "It raised $12… [+1034 chars]",
        "It raised $12 million… [+1034 chars]",
        "It raised $12",
        "It raised $12,\n\nMore",
        "It raised $12 gazillion in cash.",
        "It raised €12 Millionen in cash.",
        "It raised $12 millones in cash.",
        "It raised $1,2 in cash.",
        "It raised $12Mx in cash.",
        "It raised $1.200 in cash.",
        "It raised $12\nmill",
    ],
)
def test_what_may_not_be_finished_is_no_amount(text: str) -> None:
    """Unread is better than wrong by a million; a size that is whole ends its amount, also before a cut."""
    expected = ["US$12 million"] if "million…" in text else []
    assert read(text, "money") == expected


@pytest.mark.parametrize(
    "text",
    [
        "It employs 230… [+99 chars]",
        "It has 12 mil",
        "It has 12 m",
        "It sold 3,5 units.",
        "It sold 12,34,5 units.",
    ],
)
def test_what_may_not_be_finished_is_no_count(text: str) -> None:
    """As amounts of money, so counts."""
    assert read(text, "count") == []


def test_a_day_is_no_count() -> None:
    """The words "May 12" are a date, and the number behind them begins anew."""
    text = "On May 12 500 people left for 5 million euros in 2019."
    assert read(text, "date", "2024-06-01") == ["2024-05-12", "2019"]
    assert read(text, "count") == ["500"]
    assert read(text, "money") == ["€5 million"]
