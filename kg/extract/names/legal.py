"""Legal forms among the tokens of a text: "(UK) Ltd", ", L.P.", "GmbH & Co. KG" belong to the name before them."""

from __future__ import annotations

from kg.extract.names.runs import Runs
from kg.iris import is_legal_form, may_begin_legal_form

__all__ = ["legal_tail"]

_LONGEST = 5  # words of one legal form
_STATE = 2  # letters of an American state: what follows a comma must be longer, or written with points
_NO_STATES = frozenset(("LP", "SA", "AG", "SE", "AB", "BV"))
_LOWER = frozenset(("plc", "ltd", "llc", "inc", "gmbh", "oyj", "asa", "tbk", "publ"))


def legal_tail(runs: Runs, number: int, i: int) -> int:
    """Return how many tokens from i on are the legal form of the name before them, in all its parts.

    A comma may stand before it, and a place or another part of it in brackets.
    """
    last = i
    while True:
        closing = _closing(runs, number, last)
        j = closing or last + (runs.word(number, last) == ",")
        step = _part(runs, number, j)
        if not step or (j > last and not closing and not _ends_name(runs, number, j, step)):
            return last - i
        last = j + step


def _ends_name(runs: Runs, number: int, i: int, length: int) -> bool:
    """Tell whether a form after a comma is one: no state ("Salem, MA"), and no name's first word ("Limited Brands")."""
    form, after = runs.word(number, i), runs.word(number, i + length)
    state = length == 1 and len(form) <= _STATE and form not in _NO_STATES
    return not state and not (after[:1].isupper() and not _part(runs, number, i + length))


def _closing(runs: Runs, number: int, i: int) -> int:
    """Return the token past "(UK)" or "(South Africa)" that begins at i, 0 where none does."""
    if runs.word(number, i) != "(":
        return 0
    for j in (i + 2, i + 3):
        inside = [runs.word(number, k) for k in range(i + 1, j)]
        if runs.word(number, j) == ")" and all(w[:1].isupper() for w in inside):
            return j + 1
    return 0


def _part(runs: Runs, number: int, i: int) -> int:
    """Return how many tokens from i on are one legal form, the longest."""
    tokens = runs.tokens[number]
    if i >= len(tokens):
        return 0
    word = tokens[i].text
    plain = word.islower() and word.isalpha() and word not in _LOWER
    glued = i + 1 < len(tokens) and tokens[i + 1].start == tokens[i].end
    if not glued and (plain or not may_begin_legal_form(word)):
        return 0
    words, ends = _glued(runs, number, i)
    for length in range(len(words), 0, -1):
        form = words[:length]
        bare = form[0].strip("().").lower()
        lower = form[0][0].islower() and "." not in form[0][:-1] and bare not in _LOWER
        if is_legal_form(form) and not lower:
            return ends[length - 1] - i
    return 0


def _glued(runs: Runs, number: int, i: int) -> tuple[list[str], list[int]]:
    """Return the next words as they are printed, without spaces inside, and the token past each.

    A full stop that ends the sentence belongs to the word only where the word has another.
    """
    tokens = runs.tokens[number]
    words: list[str] = []
    ends: list[int] = []
    for j in range(i, len(tokens)):
        glued = j > i and tokens[j].start == tokens[j - 1].end
        if tokens[j].text == "," or (not glued and len(words) == _LONGEST):
            break
        last = j == len(tokens) - 1
        if glued and tokens[j].text == "." and last and "." not in words[-1]:
            break
        if glued:
            words[-1] += tokens[j].text
            ends[-1] = j + 1
        else:
            words.append(tokens[j].text)
            ends.append(j + 1)
    return words, ends
