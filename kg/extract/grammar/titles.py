"""Titles among the words of a sentence: "co-founder and chief executive officer", "head of product strategy"."""

from __future__ import annotations

from collections.abc import Container, Sequence

from kg.extract.text.segment import Token
from kg.vocabulary import Lexicon
from kg.vocabulary.inflect import lemmas

__all__ = ["title_end"]

_LONGEST_DEPARTMENT = 5  # words: "head of consumer lending and credit products" has as many


def title_end(
    tokens: Sequence[Token], i: int, taken: Container[int], names: Container[int], lexicon: Lexicon
) -> int:
    """Return where a title that begins at token i ends, or i; `taken` tokens are those of names and values."""
    heads, modifiers = lexicon.category("TitleHead"), lexicon.category("TitleModifier")
    if (first := tokens[i].text.lower()) not in heads and first not in modifiers:
        return i
    words = lexicon.language.words
    joins, rivals = words("posts.joins"), words("posts.rivals")
    j, end = i, i
    while j < len(tokens) and j not in taken:
        word = tokens[j].text.lower()
        after = tokens[j + 1].text.lower() if j + 1 < len(tokens) and j + 1 not in names else ""
        if word in heads:
            j = end = j + 1
        elif word in modifiers or (word in joins and i < j == end and (after in heads or after in modifiers)):
            j += 1
        elif word in words("posts.departments") and i < j == end and after:
            stop = _department(tokens, j + 1, taken, lexicon)
            last = tokens[stop - 1].text.lower()
            described = last in lexicon.category("Descriptor") or last in rivals
            if stop == j + 1 or (described and stop in names):  # "of insurer X" says what X is
                break
            j = end = stop
        elif word == "," and i < j == end and after in modifiers:
            j += 1
        else:
            break
    return end


def _department(tokens: Sequence[Token], j: int, taken: Container[int], lexicon: Lexicon) -> int:
    """Return where "product strategy" after "head of" ends: plain nouns only, no name."""
    first = j
    while j < len(tokens) and j not in taken and j - first < _LONGEST_DEPARTMENT:
        word = tokens[j].text
        low = word.lower()
        joins = low in lexicon.language.words("grammar.both") and j > first and j + 1 < len(tokens)
        if joins and "NOUN" in lemmas(tokens[j + 1].text.lower()):
            j += 1
            continue
        plain = word[0].isalpha() and low not in lexicon.language.closed
        if not (plain and lemmas(low).keys() & {"NOUN", "ADJ"}):
            break
        j += 1
    bodies = lexicon.language.words("posts.bodies")
    return first if j > first and tokens[first].text.lower() in bodies else j
