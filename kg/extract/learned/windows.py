"""A document as the encoder sees it: windows of word pieces with their case and with hints from the grammars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.grammar.units import Unit
from kg.extract.text.segment import Sentence
from kg.model import Document

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

__all__ = ["CASES", "HINTS", "Piece", "Window", "windows"]

CASES = ("none", "lower", "Title", "UPPER", "miXed", "digit")
HINTS = (
    "none", "Organization", "Person", "Place", "Product", "Unknown", "TITLE",
    "MONEY", "PERCENT", "COUNT", "DATE", "SERIES", "TICKER", "IT",
)  # fmt: skip
_NUMBERS = {hint: number for number, hint in enumerate(HINTS)}
_LONGEST = 192
_HEADLINE = 24
_OVERLAP = 48


class Piece(NamedTuple):
    """A word piece: its id, its span in the document, and what case and grammar say of its word."""

    id: int
    start: int
    end: int
    case: int
    hint: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces that the encoder reads at once; those before `fresh` were read by the window before."""

    pieces: tuple[Piece, ...]
    fresh: int


def windows(
    document: Document,
    sentences: Sequence[Sentence],
    rows: Sequence[Sequence[Unit]],
    given: Sequence[Sequence[str]],
    tokenizer: Tokenizer,
) -> Iterator[Window]:
    """Cut a document into windows of whole sentences, each after the headline and the sentence before.

    `given` says of each unit of `rows` which hint it gives. Sentences without a pair of things are left out.
    """
    titled = [n for n, s in enumerate(sentences) if s.end <= document.body_start]
    read = [n for n, s in enumerate(sentences) if s.end > document.body_start and _promising(given[n])]

    def pieces(number: int) -> list[Piece]:
        sentence = sentences[number]
        tokens = tokenizer.encode(document.text[sentence.start : sentence.end], add_special_tokens=False)
        return list(_pieces(document.text, number, sentence.start, rows[number], given[number], tokens))

    start, end = map(_mark, tokenizer.encode("").ids)
    head = [piece for number in titled for piece in pieces(number)][:_HEADLINE]
    opening = [start, *head, end] if head else [start]
    room = _LONGEST - len(opening) - 1
    chunks = [some[i : i + room] for some in map(pieces, read) for i in range(0, len(some), room)]
    at = 0
    carried: list[Piece] = []
    while at < len(chunks):
        body = list(carried)
        first = at
        while at < len(chunks) and (len(body) + len(chunks[at]) <= room or at == first):
            if at == first and len(body) + len(chunks[at]) > room:
                body = []
            body += chunks[at]
            at += 1
        new = sum(len(c) for c in chunks[first:at])
        fresh = 0 if first == 0 else len(opening) + len(body) - new
        yield Window((*opening, *body, end), fresh)
        carried = chunks[at - 1] if len(chunks[at - 1]) <= _OVERLAP else []
    if not chunks and head:
        yield Window(tuple(opening), 0)


def _promising(given: Sequence[str]) -> bool:
    """Tell whether a sentence holds two things that may stand in a relation, one of them by name or number."""
    things = [hint for hint in given if hint in _NUMBERS]
    return len(things) > 1 and any(hint != "IT" for hint in things)


def _mark(number: int) -> Piece:
    return Piece(number, -1, -1, 0, 0, -1)


def _pieces(
    text: str, number: int, offset: int, row: Sequence[Unit], given: Sequence[str], tokens: Encoding
) -> Iterator[Piece]:
    unit = 0
    for code, (start, end) in zip(tokens.ids, tokens.offsets, strict=True):
        start, end = start + offset, end + offset  # noqa: PLW2901
        while unit < len(row) and row[unit].end <= start:
            unit += 1
        inside = unit < len(row) and row[unit].start <= start
        hint = _NUMBERS.get(given[unit], 0) if inside else 0
        yield Piece(code, start, end, _case(text, start, end), hint, number)


def _case(text: str, start: int, end: int) -> int:
    """Tell the case of the whole word that a piece belongs to."""
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return _word_case(text[start:end])


@lru_cache(maxsize=50_000)
def _word_case(word: str) -> int:
    if not word[:1].isalnum():
        return 0
    if word[0].isdigit():
        return 5
    if word.islower():
        return 1
    if word.isupper() and len(word) > 1:
        return 3
    return 2 if word[0].isupper() and (len(word) == 1 or word[1:].islower()) else 4
