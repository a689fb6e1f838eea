"""From tag probabilities to names: runs of tokens with a class and how sure the tagger is of it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.learned.schema import Schema
from kg.extract.learned.windows import Window
from kg.extract.names.runs import Tagged, TokenSpan
from kg.extract.text.segment import Token

if TYPE_CHECKING:
    from kg.extract.learned.network import Encoded

__all__ = ["tagged"]


def tagged(
    window: Window,
    encoded: Encoded,
    tokens: Sequence[Sequence[Token]],
    schema: Schema,
    possessives: Container[str],
) -> Iterator[Tagged]:
    """Decode the fresh part of a window token by token; a token has the tag of its first piece."""
    fresh = [(i, p) for i, p in enumerate(window.pieces) if p.sentence >= 0 and i >= window.fresh]
    starts = {p.start: i for i, p in fresh}
    for number in sorted({p.sentence for _, p in fresh}):
        pieces = [starts.get(t.start) for t in tokens[number]]
        for one in _sentence(number, pieces, encoded, schema):
            yield _trimmed(one, tokens[number], possessives)


def _trimmed(one: Tagged, tokens: Sequence[Token], possessives: Container[str]) -> Tagged:
    """Leave out the possessive and what is no word: a name may end in a full stop and in what closes a bracket."""
    first, last = one.span.first, one.span.last
    while first < last - 1 and not tokens[first].text[0].isalnum():
        first += 1
    while last > first + 1 and (
        (text := tokens[last - 1].text) in possessives
        or not (any(c.isalnum() for c in text) or text in {".", ")", "!", "+"})
    ):
        last -= 1
    return replace(one, span=TokenSpan(one.span.sentence, first, last))


def _sentence(
    number: int, pieces: Sequence[int | None], encoded: Encoded, schema: Schema
) -> Iterator[Tagged]:
    best = encoded.tags.argmax(-1)
    names = schema.tags
    tags = [names[best[piece]] if piece is not None else "O" for piece in pieces]
    first = 0
    while first < len(tags):
        last = first + 1
        if tags[first] != "O":
            while last < len(tags) and tags[last].startswith("I-"):
                last += 1
            rows = encoded.tags[[piece for piece in pieces[first:last] if piece is not None]]
            # A class has the odds of its two tags together.
            odds = (rows[:, 1::2] + rows[:, 2::2]).mean(0)
            yield Tagged(TokenSpan(number, first, last), schema.classes[odds.argmax()], float(odds.max()))
        first = last
