"""Tickers in brackets and in words, and the acronyms that are none."""

from __future__ import annotations

import pytest

from kg.extract.text.series import Series
from kg.extract.text.tickers import Tickers
from kg.vocabulary import Lexicon

LEXICON = Lexicon.load()
TICKERS = Tickers(LEXICON)


def read(text: str) -> list[tuple[str, str]]:
    return [(str(f.value), f.extra) for f in TICKERS.find(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Acme (NYSE: ACM) rose", [("ACM", "NYSE")]),
        ("Acme (NYSE:ACM) rose", [("ACM", "NYSE")]),
        ("Acme [AIM: ACM] rose", [("ACM", "AIM")]),
        ("Acme (XETRA: ACM), Beta (OTC Pink: BTA)", [("ACM", "XETRA"), ("BTA", "OTC Pink")]),
        ("Acme (NASDAQ GS: ACM) rose", [("ACM", "NASDAQ GS")]),
        ("Acme (TSX: ACM; NYSE: ACMX) rose", [("ACM", "TSX"), ("ACMX", "NYSE")]),
        ("Acme (BSE: 500999, NSE: ACMEIND) rose", [("500999", "BSE"), ("ACMEIND", "NSE")]),
        ("Acme (NYSE, TSX: ACM) rose", [("ACM", "NYSE"), ("ACM", "TSX")]),
        ("Acme (NASDAQ: ACM, ACMW) rose", [("ACM", "NASDAQ"), ("ACMW", "NASDAQ")]),
        ("Acme (NYSE: ACM.B) rose", [("ACM.B", "NYSE")]),
        ("Acme (7999.T), Beta (0799.HK)", [("7999.T", "TSE"), ("0799.HK", "HKEX")]),
        ("Acme <ACM.N> rose", [("ACM.N", "NYSE")]),
        ("Acme (ACMX) rose", [("ACMX", "")]),
        ("Acme’s (AMX) shares", [("AMX", "")]),
        ("Acme (ACME) rose", [("ACME", "")]),
        ("under the symbol ACM", [("ACM", "")]),
        ("on the Nasdaq under the ticker symbol “ACM”", [("ACM", "Nasdaq")]),
        ("under the symbol ACM on the New York Stock Exchange", [("ACM", "New York Stock Exchange")]),
        ("listed on the B3 exchange as ACMB3", [("ACMB3", "B3")]),
        ("trades as ACM on NYSE", [("ACM", "NYSE")]),
        ("Acme (ticker: ACM)", [("ACM", "")]),
        ("its stock code 00799", [("00799", "")]),
    ],
)
def test_tickers(text: str, expected: list[tuple[str, str]]) -> None:
    """With one exchange or several, with the suffix of one, bare, and in words."""
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "the European Bank for Tree Planting and Development (EBTPD)",
        "the Securities and Exchange Board of Norland (SEBN)",
        "the Norland Monetary Authority (NOMA)",
        "Bharat Northern Steel Ltd (BNS) said",
        "Orbit Web Services (OWX) said OWX had grown.",
        "Ann Lee (CEO) and Ben Ray (CTO)",
        "in the United Kingdom (UK), in dollars (USD)",
        "the symbol of peace, a ticker of news, the postal code ABC",
        "joined as CEO on Nasdaq",
        "(see: A), (note: NYSE)",
    ],
)
def test_what_is_no_ticker(text: str) -> None:
    """Acronyms of what stands before them, words of capitals used elsewhere, and what everybody knows."""
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("its Series C round", ["Series C"]),
        ("a series\nB", ["Series B"]),
        ("a Series A-1 round", ["Series A-1"]),
        ("a seed round, $2 million in seed", ["Seed", "Seed"]),
        ("a pre-seed round", ["Pre-seed"]),
        ("a pre-Series A round", ["Pre-Series A"]),
        ("a debt financing, growth equity funding", ["debt", "growth equity"]),
        ("the seed of doubt, a series of events, a bridge over it", []),
    ],
)
def test_series(text: str, expected: list[str]) -> None:
    """Rounds by letter and by name."""
    assert [f.value for f in Series(LEXICON.language).find(text, 0, len(text))] == expected
