"""Tickers: in brackets behind a name, with their exchange or without, or told in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract.text.found import GAP, Found, cased, either
from kg.model import Span
from kg.vocabulary import Lexicon

__all__ = ["Tickers"]

_CODE = r"[A-Z0-9](?:[A-Z0-9]|[.&-](?=[A-Z0-9])){0,11}(?!\w)"
_QUOTED = rf"(?P<open>[\"“'‘])?(?P<code>{_CODE})"
_AND = rf"{GAP}?(?:,|/|&|and){GAP}?"
_WORD = re.compile(r"(?<!['’])[^\W_](?:[\w&.-]*\w)?")
_CAPITALS = re.compile(r"(?<![\w(\[<:&.-])[A-Z]{2,5}(?![\w)\]>&-])")
_BRACKET = 80  # characters back to the bracket that a second pair of exchange and ticker stands in
_NEAR = 100  # characters from a ticker told in words to its exchange
_NAME = 120  # characters before a bracket that hold the name before it
_NAME_WORDS = 6  # the most words of a name that may say what it names
_LEAST_DIGITS = 4  # of a code of digits told in words: Hong Kong's have four, Japan's too


class Tickers:
    """The grammar of tickers of one language.

    >>> tickers = Tickers(Lexicon.load())
    >>> text = "Foo (TSX: FOO; NYSE: FOOX), Bar (0700.HK) and the Bar Appeal Zone (BAZ)"
    >>> [(f.value, f.extra) for f in tickers.find(text, 0, len(text))]
    [('FOO', 'TSX'), ('FOOX', 'NYSE'), ('0700.HK', 'HKEX')]
    """

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.language.table
        words, self._suffixes = table("exchanges.words"), table("exchanges.suffixes")
        exchange = rf"{either(table('exchanges.names'))}(?!\w)"
        self._exchange = re.compile(exchange)
        self._codes = re.compile(_CODE)
        self._listed = re.compile(
            rf"[(\[;,]{GAP}?(?P<exchanges>{exchange}(?:{_AND}{exchange})*){GAP}?:{GAP}?"
            rf"(?P<codes>{_CODE}(?:{_AND}{_CODE}(?!{GAP}?:))*){GAP}?[)\]]?"
        )
        suffix = either(self._suffixes)
        self._bare = re.compile(
            rf"[(\[<](?:(?P<coded>[A-Z0-9]{{1,6}}\.(?P<suffix>{suffix}))|(?P<bare>[A-Z]{{1,5}}(?:\.[A-Z]{{1,2}})?))[)\]>]"
        )
        the = rf"(?:{either(words['the'].split())}{GAP})?"
        on = rf"{words['on']}{GAP}{the}(?P<exchange>{exchange})"
        kinds = rf"(?:{cased(words['kinds'].split())}{GAP})"
        given = rf"(?:{GAP}?:|{GAP}{either(words['given_by'].split())})?{GAP}?"
        self._told = (
            re.compile(
                rf"(?:{kinds}{{0,2}}{cased(words['symbol'].split())}|{kinds}{words['code']}){given}{_QUOTED}"
            ),
            re.compile(rf"{words['as']}{GAP}{_QUOTED}[\"”'’]?{GAP}{on}"),
            re.compile(rf"{on}(?:{GAP}{either(words['exchange'])})?{GAP}{words['as']}{GAP}{_QUOTED}"),
        )
        self._on = re.compile(on)
        self._hints = re.compile(
            rf"(?:{either(words['symbol'].split())}|{words['code']}|{words['as']}{GAP}[\"“'‘]?[A-Z0-9])"
        )
        self._small, self._institutions = (
            frozenset(words[k].split()) for k in ("passed_over", "institutions")
        )
        others = lexicon.category("NotName").keys() | lexicon.category("Region").keys()
        self._others = others | table("currencies.names").keys()

    def find(self, text: str, start: int, end: int) -> Iterator[Found]:
        """Yield the tickers of a span, none overlapping."""
        for m in self._listed.finditer(text, start, end) if text.find(":", start, end) >= 0 else ():
            if m[0][0] in "([" or self._inside(text, start, m.start()):
                yield from self._pairs(m)
        for m in self._bare.finditer(text, start, end):
            code = m["coded"] or m["bare"]
            if m["coded"] or (m[0][0] != "<" and self._is_ticker(text, start, m)):
                yield Found(
                    Span(m.start(), m.end()), "ticker", code, self._suffixes.get(m["suffix"] or "", "")
                )
        if self._hints.search(text, start, end):
            yield from self._in_words(text, start, end)

    def _pairs(self, m: re.Match[str]) -> Iterator[Found]:
        """Yield a ticker for each exchange, or for each code: "(NYSE, TSX: A)", "(NYSE: A, B)"."""
        exchanges = [*self._exchange.finditer(m.string, *m.span("exchanges"))]
        codes = [*self._codes.finditer(m.string, *m.span("codes"))]
        if len(exchanges) > 1 and len(codes) > 1:
            return
        pieces = exchanges if len(exchanges) > 1 else codes
        ends = [*(piece.end() for piece in pieces[:-1]), m.end()]
        for i, (first, last) in enumerate(zip([m.start(), *ends], ends, strict=False)):
            exchange, code = exchanges[min(i, len(exchanges) - 1)], codes[min(i, len(codes) - 1)]
            yield Found(Span(first, last), "ticker", code[0], " ".join(exchange[0].split()))

    @staticmethod
    def _inside(text: str, start: int, at: int) -> bool:
        """Tell whether a position is inside of brackets."""
        least = max(start, at - _BRACKET)
        return any(text.rfind(a, least, at) > text.rfind(b, least, at) for a, b in ("()", "[]"))

    def _is_ticker(self, text: str, start: int, m: re.Match[str]) -> bool:
        """Tell a ticker from the acronym of what stands before the bracket, and from words that all know."""
        code = m["bare"]
        if code in self._others:
            return False
        words = _WORD.findall(text[max(start, m.start() - _NAME) : m.start()])
        words = [w for w in words if w.lower() not in self._small]
        several = len(words) > 1 and words[-2][0].isupper()
        institution = any(w.lower() in self._institutions for w in words[-_NAME_WORDS:])
        return not (institution or _initials(code, words) or (several and code in _words_of_capitals(text)))

    def _in_words(self, text: str, start: int, end: int) -> Iterator[Found]:
        taken: set[int] = set()
        for pattern in self._told:
            for m in pattern.finditer(text, start, end):
                code = m["code"]
                short = len(code) < (_LEAST_DIGITS if code.isdigit() else 2) and not m["open"]
                if short or code in self._others or m.start("code") in taken:
                    continue
                taken.add(m.start("code"))
                exchange = m.groupdict().get("exchange") or self._nearest(text, start, end, m)
                yield Found(Span(*m.span("code")), "ticker", code, " ".join(exchange.split()))

    def _nearest(self, text: str, start: int, end: int, m: re.Match[str]) -> str:
        """Return the exchange told before a ticker, else right after it: "on the X exchange under the symbol Y"."""
        before = [*self._on.finditer(text, max(start, m.start() - _NEAR), m.start())]
        after = self._on.search(text, m.end(), min(end, m.end() + _NEAR))
        return before[-1]["exchange"] if before else after["exchange"] if after else ""


def _initials(letters: str, words: list[str]) -> bool:
    """Tell whether letters are the initials of the last words, but for a legal form.

    >>> _initials("SEBN", ["Securities", "Exchange", "Board", "Norland"]), _initials("LYFT", ["Lyft"])
    (True, False)
    >>> _initials("GZ", ["Grey", "Zinc", "Corp"])
    True
    """
    initials = "".join(word[0].upper() for word in words)
    return len(letters) > 1 and any(initials.endswith(letters, 0, len(initials) - n) for n in range(3))


@lru_cache(maxsize=8)
def _words_of_capitals(text: str) -> frozenset[str]:
    """Return the words of capitals that a text uses outside of brackets, as it does acronyms and not tickers."""
    return frozenset(_CAPITALS.findall(text))
