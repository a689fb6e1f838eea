"""Currencies: the sign before an amount, the code or word after it, and whose word it is."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kg.extract.text.found import GAP
from kg.extract.text.numbers import Amount
from kg.vocabulary.language import Language

__all__ = ["Currencies", "Unit"]

_CENT = Decimal("0.01")
_GAP = 12  # characters between sign and number, where a line break stands between them
_MOST_WORDS = 4  # of a currency's name: "Papua New Guinean kina"
_WORD = re.compile(rf"(?:{GAP}|-)?((?:[^\W\d_]\.){{2,}}|(?:[^\W\d_]|[&’'ʻ](?=[^\W\d_]))+)")
_NUMBER = re.compile(rf"{GAP}?\d")


@dataclass(frozen=True, slots=True)
class Unit:
    """A currency beside an amount: `text[start:end]` names `code`; `worth` is 0.01 for cents."""

    start: int
    end: int
    code: str
    worth: Decimal = Decimal(1)


class Currencies:
    """The signs, codes and words of currencies in one language.

    >>> currencies = Currencies(Language.load())
    >>> text = "R$4 million or 4 million Swedish kronor"
    >>> currencies.beside(text, Amount(2, 11, Decimal(4), 6, "plain"), 0, 39)
    Unit(start=0, end=11, code='BRL', worth=Decimal('1'))
    >>> currencies.beside(text, Amount(15, 24, Decimal(4), 6, "plain"), 15, 39)
    Unit(start=15, end=39, code='SEK', worth=Decimal('1'))
    """

    def __init__(self, language: Language) -> None:
        names: dict[str, list[str]] = language.table("currencies.names")
        weak = language.table("money.weak")
        never = frozenset(weak["never"].split())
        codes = {code: code for code in names if code not in never}
        dollars = [code for code in codes if code.endswith("D")]
        signs = language.table("currencies.signs") | language.table("money.signs")
        self._dollars = {code: code for code in dollars} | {"US": "USD", "U.S.": "USD"}
        self._before: dict[str, str] = codes | signs | {f"{c}{s}": c for c in codes for s in _marks(signs, c)}
        self._longest = max(map(len, self._before))
        self._last = frozenset(sign[-1] for sign in self._before)
        self._touching = frozenset(weak["touching"].split())
        self._after: dict[str, str] = codes | {
            s: c for s, c in signs.items() if len(s) > 1 or not s.isalpha()
        }
        words = {_key(form): code for code, forms in names.items() for form in forms}
        words = _last_words(names, never) | words | language.table("money.words")
        cents: dict[str, str] = language.table("money.cents")
        self._words = {word: (code, Decimal(1)) for word, code in words.items()}
        self._words |= {word: (code, _CENT) for word, code in cents.items()}
        self._first_words = frozenset(word.split()[0] for word in self._words)
        self._weak = frozenset(w for key in ("signs", "codes", "words") for w in weak[key].split())
        weighed = language.table("money.weighed")
        self._weighed = frozenset(weighed["words"].split())
        self._worth_weighing = frozenset(weighed["money"].split())
        self._of = re.compile(rf"{GAP}{weighed['of']}{GAP}(\w+)")
        self._homes: dict[str, dict[str, list[str]]] = {
            word.replace("_", " "): {code: places.split() for code, places in shared["homes"].items()}
            for shared in language.table("money.shared").values()
            for word in shared["words"].split()
        }
        places = sorted({p for homes in self._homes.values() for ps in homes.values() for p in ps})
        self._places = re.compile(rf"\b(?:{'|'.join(map(re.escape, places))})(?!\w)")

    def beside(self, text: str, amount: Amount, least: int, most: int) -> Unit | None:
        """Return the currency that stands before or after an amount, from `least` to `most`."""
        before, after = self._sign(text, amount, least), self._name(text, amount, most)
        if not before:
            return after
        if after and (after.code == before.code or {before.code, after.code} <= set(self._dollars.values())):
            # "$5 million CAD", "$5 million dollars"
            return Unit(before.start, after.end, after.code, after.worth)
        return before

    def _sign(self, text: str, amount: Amount, least: int) -> Unit | None:
        end = amount.start
        while end > least and text[end - 1].isspace() and amount.start - end < _GAP:
            end -= 1
        if end == least or text[end - 1] not in self._last:
            return None
        for start in range(max(least, end - self._longest), end):
            sign = text[start:end]
            if sign in self._before and _apart(text, start):
                touches = end == amount.start or sign not in self._touching
                if not touches or (sign in self._weak and not amount.large):
                    return None
                first, code = self._nation(text, start, least) if sign == "$" else (start, "")
                return Unit(first, amount.end, self._home(sign, code or self._before[sign], text))
        return None

    def _nation(self, text: str, start: int, least: int) -> tuple[int, str]:
        """Take "CAD" into "CAD $5 million"."""
        for word, code in self._dollars.items():
            first = start - len(word) - 1
            if (
                first >= least
                and text.startswith(word, first)
                and text[start - 1].isspace()
                and _apart(text, first)
            ):
                return first, code
        return start, ""

    def _name(self, text: str, amount: Amount, most: int) -> Unit | None:
        """Read the sign, code or word after an amount, the longest first."""
        words: list[re.Match[str]] = []
        at = amount.end
        while len(words) < _MOST_WORDS and (m := _WORD.match(text, at, most)):
            words.append(m)
            at = m.end()
        if not words:
            return self._closing_sign(text, amount, most)
        first = words[0]
        if first[1].lower() in self._first_words:
            while words:
                key = " ".join(m[1].lower() for m in words)
                if key in self._words and self._means_money(text, amount, words):
                    code, worth = self._words[key]
                    if not code:
                        return None  # "3 euro zone countries"
                    return Unit(amount.start, words[-1].end(), self._home(key, code, text), worth)
                words.pop()
        opens_next = _NUMBER.match(text, first.end())  # "in 2019 USD 5 million"
        if first[1] not in self._after or opens_next or (first[1] in self._weak and not amount.large):
            return None
        return Unit(amount.start, first.end(), self._home(first[1], self._after[first[1]], text))

    def _closing_sign(self, text: str, amount: Amount, most: int) -> Unit | None:
        """Read "5 €", unless the sign opens the next amount."""
        at = amount.end + text[amount.end : amount.end + 1].isspace()
        sign = text[at : at + 1]
        spaced = at > amount.end
        if at >= most or sign.isalpha() or sign not in self._after or (spaced and sign == "$"):
            return None
        following = text[at + 1 : at + 3].strip()
        return None if following[:1].isdigit() else Unit(amount.start, at + 1, self._after[sign])

    def _means_money(self, text: str, amount: Amount, words: list[re.Match[str]]) -> bool:
        """Tell "5 million pounds" from the weight, "3 billion won" from "3 won", a rand from Mr Rand."""
        last = words[-1][1]
        if (
            len(words) == 1
            and last.lower() in self._weak
            and not (amount.large and (last.islower() or last.isupper()))
        ):
            return False
        if last.lower() not in self._weighed:
            return True
        of = self._of.match(text, words[-1].end())
        return amount.power > 0 and not (of and of[1].lower() not in self._worth_weighing)

    def _home(self, word: str, code: str, text: str) -> str:
        """Give a word that several countries share the country that the article is about."""
        homes = self._homes.get(word)
        if not homes:
            return code
        told = _mentions(self._places, text)
        counts = {c: sum(told[p] for p in places) for c, places in homes.items()}
        return max(counts, key=lambda c: (counts[c], c == code))


@lru_cache(maxsize=8)
def _mentions(places: re.Pattern[str], text: str) -> Counter[str]:
    return Counter(places.findall(text))


def _marks(signs: dict[str, str], code: str) -> list[str]:
    """Return the bare signs that may follow a code: "CAD$5", "GBP£5"."""
    return ["$"] if code.endswith("D") else [s for s, c in signs.items() if c == code and not s[0].isalnum()]


def _last_words(names: dict[str, list[str]], never: frozenset[str]) -> dict[str, str]:
    """Map the last words of names to the currency that alone has them: a naira is Nigerian."""
    owners: dict[str, set[str]] = {}
    for code, forms in names.items():
        for form in forms:
            owners.setdefault(_key(form).split()[-1], set()).add(code)
    return {word: min(codes) for word, codes in owners.items() if len(codes) == 1 and word not in never}


def _key(name: str) -> str:
    return name.lower().replace("-", " ")


def _apart(text: str, start: int) -> bool:
    """Tell whether a sign that begins at `start` is no part of a word or of another sign."""
    before = text[start - 1 : start]
    if before.isalnum() or before in {"_", "$"}:
        return False
    return not text[start].isalpha() or before not in set("-.'’@#&/")
