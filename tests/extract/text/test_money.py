"""Money: signs, codes and words of currencies, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.text.quantities import Quantities
from kg.model import Money
from kg.vocabulary import Lexicon

LEXICON = Lexicon.load()
QUANTITIES = Quantities(LEXICON)
NAMES: dict[str, list[str]] = LEXICON.language.table("currencies.names")


def read(text: str) -> list[str]:
    return [str(f.value) for f in QUANTITIES.find(text, 0, len(text)) if f.kind == "money"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("raised US$600 million", ["US$600 million"]),
        ("worth $1.33B in cash", ["US$1.33 billion"]),
        ("a $14.5M round", ["US$14.5 million"]),
        ("a five-million-dollar deal", ["US$5 million"]),
        ("Rs 500 crore", ["₹5 billion"]),
        ("Rs. 50 lakhs in", ["₹5 million"]),
        ("Rs. 2,50,000 in", ["₹250,000"]),
        ("₹5 lakh crore,", ["₹5 trillion"]),
        ("HK$2.3bn", ["2.3 billion HKD"]),
        ("20 million euros", ["€20 million"]),
        ("10 million €, 5€ each", ["€10 million", "€5"]),
        ("6 billion yuan", ["6 billion CNY"]),
        ("35 cents a share", ["US$0.35"]),
        ("27 cts a share and 412 pence", ["US$0.27", "£4.12"]),
        ("£1,250 in", ["£1,250"]),
        ("half a million dollars", ["US$500,000"]),
        ("10 million Hong Kong dollars", ["10 million HKD"]),
        ("3.5 million US dollars, 3 million U.S. dollars", ["US$3.5 million", "US$3 million"]),
        ("12 billion Korean won, 3 billion won", ["12 billion KRW", "3 billion KRW"]),
        ("300 million Swedish kronor", ["300 million SEK"]),
        ("Rp 250 billion", ["250 billion IDR"]),
        ("RM5 million, KSh 1.2bn, Dh500m", ["5 million MYR", "1.2 billion KES", "500 million AED"]),
        ("TL 5 million, NIS 12 million", ["5 million TRY", "12 million ILS"]),
        (
            "Mex$12 million, Can$3m, C$4m, A$5m",
            ["12 million MXN", "3 million CAD", "4 million CAD", "5 million AUD"],
        ),
        ("HUF 12bn, zł 3 million, 3 million zł", ["12 billion HUF", "3 million PLN", "3 million PLN"]),
        ("120 mln dlrs, one mln dlrs", ["US$120 million", "US$1 million"]),
        ("1.3 billion CFA francs", ["1.3 billion XOF"]),
        ("$12 million CAD, CAD $12 million, AUD$5m", ["12 million CAD", "12 million CAD", "5 million AUD"]),
        ("$12 million dollars", ["US$12 million"]),
        ("In 2019 USD 6 million", ["US$6 million"]),
        ("million-dollar homes, several million dollars", []),
        ("$.50 a share, 500,000 Euro, €500.000 in", ["US$0.5", "€500,000", "€500,000"]),
        ("3 euro zone countries", []),
        ("X$12 million and FOO$5m", []),
    ],
)
def test_forms_of_news(text: str, expected: list[str]) -> None:
    """Signs before and after, codes, words and scales come to one number and one currency."""
    assert read(text) == expected


@given(st.sampled_from([(code, form) for code, forms in NAMES.items() for form in forms]))
def test_every_name_of_a_currency_is_read(named: tuple[str, str]) -> None:
    """Singular and plural of each name of the CLDR."""
    code, form = named
    plain = all(word.replace("-", "").isalpha() for word in form.split())
    if plain:
        text = f"It raised 12.5 million {form} in cash."
        [found] = QUANTITIES.find(text, 0, len(text))
        assert isinstance(found.value, Money)
        assert (found.value.value, found.value.currency) == (12_500_000, code)


@given(st.sampled_from(sorted(NAMES)), st.sampled_from(["{0} 5 million", "{0}5m", "5 million {0}"]))
def test_every_code_is_read(code: str, form: str) -> None:
    """Before and after an amount, but for the codes that are words: "ALL 5 million users"."""
    expected = [] if code in {"ALL", "TOP", "SIT"} else [code]
    text = f"It raised {form.format(code)}, it said."
    found = (f.value for f in QUANTITIES.find(text, 0, len(text)))
    assert [v.currency for v in found if isinstance(v, Money)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("raised R250 million", ["250 million ZAR"]),
        ("raised R1,200 in", ["1,200 ZAR"]),
        ("the R2 unit and the R8 car", []),
        ("raised N500 million", ["500 million NGN"]),
        ("an N95 mask", []),
        ("of 12, 3 won awards", []),
        ("30 real estate agents try 3 things with php 7", []),
        ("3 million Real Madrid fans", []),
        ("5 pounds of coffee, 2,000 pounds", []),
        ("1.1 billion pounds of linen", []),
        ("5 million pounds of funding", ["£5 million"]),
        ("6.1 million pounds of last year", ["£6.1 million"]),
        ("6.1 million pounds a year", ["£6.1 million"]),
        ("ALL 12 million users, TOP 10 firms", []),
        ("5 million gold", []),
    ],
)
def test_signs_and_words_that_mean_other_things_need_a_size(text: str, expected: list[str]) -> None:
    """A letter, a verb or a weight is money where the amount can be nothing else."""
    assert read(text) == expected


@pytest.mark.parametrize(
    ("place", "word", "code"),
    [
        ("", "kr", "SEK"),
        ("Oslo", "kr", "NOK"),
        ("Denmark", "kroner", "DKK"),
        ("Norwegian", "kroner", "NOK"),
        ("Casablanca", "dirhams", "MAD"),
        ("", "dirhams", "AED"),
        ("Karachi", "rupees", "PKR"),
        ("Manila", "pesos", "PHP"),
        ("Egyptian", "pounds", "EGP"),
        ("", "pounds", "GBP"),
        ("Senegalese", "francs", "XOF"),
        ("Tanzania", "shillings", "TZS"),
    ],
)
def test_a_word_that_countries_share_is_that_of_the_article(place: str, word: str, code: str) -> None:
    """The country that an article names most says whose krone it is."""
    text = f"The {place} firm raised 5 million {word}."
    [found] = QUANTITIES.find(text, 0, len(text))
    assert isinstance(found.value, Money)
    assert found.value.currency == code


@pytest.mark.parametrize(
    ("text", "amount", "equivalent", "qualifier"),
    [
        ("over 6 billion yuan (US$938 million) in", "6 billion CNY", "US$938 million", "over"),
        ("€3.6M ($4M) in", "€3.6 million", "US$4 million", ""),
        ("3 million euros, or about $3.3 million, in", "€3 million", "US$3.3 million", ""),
        ("DKK 310 million (roughly $47 million) in", "310 million DKK", "US$47 million", ""),
        ("£5m (equivalent to $6m) in", "£5 million", "US$6 million", ""),
        ("€5m/$6m in", "€5 million", "US$6 million", ""),
    ],
)
def test_a_stated_equivalent_belongs_to_its_amount(
    text: str, amount: str, equivalent: str, qualifier: str
) -> None:
    """The same in another currency is one amount, converted by nobody but its author."""
    [found] = QUANTITIES.find(text, 0, len(text))
    assert isinstance(found.value, Money)
    assert (str(found.value), str(found.value.equivalent), found.value.qualifier) == (
        amount,
        equivalent,
        qualifier,
    )
    assert text[found.span.start : found.span.end] == text.removesuffix(" in").rstrip(",")
