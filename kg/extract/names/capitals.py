"""Names in sentences that are all in capitals, where only the words themselves tell: those that no dictionary has."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from kg.extract.names.gazetteer import given_names
from kg.extract.names.legal import legal_tail
from kg.extract.names.runs import Runs, TokenSpan
from kg.vocabulary.inflect import lemmas

__all__ = ["find_capitals"]

_LONGEST_KNOWN = 6  # words


def find_capitals(runs: Runs, number: int, known: AbstractSet[str]) -> Iterator[TokenSpan]:
    """Yield the names of a sentence in capitals: those that the rest of the document knows, in capitals, and strange words.

    A head ("SYSTEMS"), a legal form and a surname belong to the strange word or the given name before them.
    """
    i = 0
    while i < len(runs.tokens[number]):
        last = _known(runs, number, i, known) or _strange(runs, number, i)
        if last:
            yield TokenSpan(number, i, last)
        i = last or i + 1


def _known(runs: Runs, number: int, i: int, known: AbstractSet[str]) -> int:
    """Return where the longest known name that begins at token i ends, 0 where none does."""
    ends = range(min(len(runs.tokens[number]), i + _LONGEST_KNOWN), i, -1)
    return next((end for end in ends if runs.text(TokenSpan(number, i, end)) in known), 0)


def _strange(runs: Runs, number: int, i: int) -> int:
    """Return where the name that a strange word begins ends, 0 where token i is none."""
    word = runs.word(number, i)
    of = runs.word(number, i + 1).lower() in runs.words.genitives
    if of and word.lower() in runs.words.of_heads and _is_strange(runs, number, i + 2):
        return _strange(runs, number, i + 2)  # "BANK OF FENLUND"
    given = word.capitalize() in given_names() and "VERB" not in lemmas(word.lower())
    if not (_is_strange(runs, number, i) or (given and _is_strange(runs, number, i + 1))):
        return 0
    j = i + 1
    while _is_strange(runs, number, j) or _heads(runs, number, j):
        j += 1
    # "JAN HOLM", "ROSE FIELD": a word of the language may be a surname.
    if j == i + 1 and given and _is_noun(runs, number, j):
        j += 1
    return j + legal_tail(runs, number, j)


def _is_strange(runs: Runs, number: int, i: int) -> bool:
    word = runs.word(number, i)
    if not word[:1].isalpha() or not runs.free[number][i] or word in runs.words.not_names:
        return False
    low = word.lower()
    ordinary = low in runs.words.openers or low in runs.words.titles or low in runs.words.low_demonyms
    return not ordinary and not lemmas(low) and low not in runs.words.low_descriptors


def _heads(runs: Runs, number: int, i: int) -> bool:
    return runs.word(number, i).lower() in runs.words.low_heads | runs.words.tails


def _is_noun(runs: Runs, number: int, i: int) -> bool:
    low = runs.word(number, i).lower()
    return low not in runs.words.openers and "NOUN" in lemmas(low) and "VERB" not in lemmas(low)
