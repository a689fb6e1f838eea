"""How one document writes its names: what looks like no name by its letters, and is one by how it is used.

"3M", "lululemon", "Lowe's" and "Marks and Spencer" look like an amount, a word, a possessive and two names. One place
where they can be nothing else decides for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.names.gazetteer import company
from kg.extract.names.legal import legal_tail
from kg.extract.names.runs import Runs
from kg.vocabulary.inflect import lemmas

__all__ = ["OPENINGS", "Usage", "usage"]

#: What a sentence, or a piece of one, may begin after.
OPENINGS = frozenset(("", ".", "!", "?", "“", '"', "‘", "«", "„", ":", "•", "-", "–", "—", "*"))
_NUMBERED = re.compile(r"\d+[A-Za-z&][\w&-]*|\d+-[A-Z][a-z]\w*")


@dataclass(frozen=True, slots=True)
class Usage:
    """What a document uses as names: lone words, words whose "'s" is part of them, and pairs with "and"."""

    words: frozenset[str]
    owned: frozenset[str]
    pairs: frozenset[tuple[str, str]]


def usage(runs: Runs) -> Usage:
    """Look at all sentences once."""
    words: set[str] = set()
    owned: set[str] = set()
    bare: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    for number, tokens in enumerate(runs.tokens):
        after = [t.text for t in tokens[1:]] + [""]
        bare.update(
            t.text for t, mark in zip(tokens, after, strict=True) if mark not in runs.words.possessives
        )
        words.update(_words(runs, number))
        owned.update(_owned(runs, number))
        pairs.update(_pairs(runs, number))
    return Usage(frozenset(words), frozenset(owned - bare), frozenset(pairs))


def _words(runs: Runs, number: int) -> Iterator[str]:
    """Yield the words of a sentence that act, own or are incorporated, though they look like a number or a plain word."""
    lists = runs.words
    for i, token in enumerate(runs.tokens[number]):
        word, before, after = token.text, runs.word(number, i - 1), runs.word(number, i + 1)
        alone = runs.free[number][i] or not (
            _taken(runs, number, i - 1) or _taken(runs, number, i + 1)
        )  # "3M", not "$3M"
        odd = _NUMBERED.fullmatch(word) or _strange(runs, word)
        if not odd and not lists.domain.fullmatch(word):
            continue
        listed = company(word) or (word.islower() and company(word.capitalize()))
        opens = before in OPENINGS
        acts = after in lists.acts or after in runs.words.possessives or bool(legal_tail(runs, number, i + 1))
        if alone and ((opens and acts) or (listed and not lemmas(after.lower()).keys() & {"NOUN"})):
            yield word


def _strange(runs: Runs, word: str) -> bool:
    """Tell a word in lower case that no dictionary has."""
    return word.isalpha() and word[0].islower() and word not in runs.words.openers and not lemmas(word)


def _taken(runs: Runs, number: int, i: int) -> bool:
    """Tell whether a value holds a token."""
    free = runs.free[number]
    return 0 <= i < len(free) and not free[i]


def _owned(runs: Runs, number: int) -> Iterator[str]:
    """Yield words whose "'s" owns nothing, for no noun follows: "gives Lowe's a foothold"."""
    lists = runs.words
    for i, token in enumerate(runs.tokens[number]):
        if token.text not in runs.words.possessives or not i or not runs.word(number, i - 1)[:1].isupper():
            continue
        word, after = runs.word(number, i - 1), runs.word(number, i + 1)
        if company(f"{word}'s") or (
            word.lower() not in lists.openers
            and after in lists.no_nouns
            and runs.word(number, i - 2) not in lists.elliptic
        ):
            yield word


def _pairs(runs: Runs, number: int) -> Iterator[tuple[str, str]]:
    """Yield the two sides of "A and B" that is one name: it opens a sentence and takes a singular verb, or stands with "&"."""
    tokens = runs.tokens[number]
    for i, token in enumerate(tokens[1:-1], 1):
        if token.text not in {"and", "&"}:
            continue
        one, other = tokens[i - 1].text, tokens[i + 1].text
        if not (runs.words.capital(one) and runs.words.capital(other)):
            continue
        opens = runs.word(number, i - 2) in OPENINGS
        if token.text == "&" or (opens and runs.word(number, i + 2) in runs.words.singular):
            yield one, other
