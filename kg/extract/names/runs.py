"""Runs of tokens: the tokens of a document by sentence, and the pieces of them that may be names."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from kg.extract.names.words import NameWords
from kg.extract.text.segment import Sentence, Token

__all__ = ["Runs", "Tagged", "TokenSpan", "overlap"]


@dataclass(frozen=True, slots=True, order=True)
class TokenSpan:
    """A run of tokens of one sentence: sentence number, first token, token past the last."""

    sentence: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Tagged:
    """A run of tokens that the learned tagger takes for a name of a class, or for a title."""

    span: TokenSpan
    type: str
    probability: float


@dataclass(frozen=True, slots=True)
class Runs:
    """The tokens of a document, by sentence; `free` tells which of them no value has taken."""

    words: NameWords
    sentences: list[Sentence]
    tokens: list[list[Token]]
    free: list[list[bool]]

    def text(self, span: TokenSpan) -> str:
        """Return the words of a run as they stand."""
        tokens = self.tokens[span.sentence][span.first : span.last]
        pieces = [tokens[0].text]
        for left, right in pairwise(tokens):
            pieces += [" " * (right.start > left.end), right.text]
        return "".join(pieces)

    def word(self, number: int, i: int) -> str:
        """Return token i of a sentence as it stands, nothing where the sentence has none."""
        tokens = self.tokens[number]
        return tokens[i].text if 0 <= i < len(tokens) else ""


def overlap(one: TokenSpan, other: TokenSpan) -> bool:
    """Tell whether two runs of one sentence share a token."""
    return one.first < other.last and other.first < one.last
