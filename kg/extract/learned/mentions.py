"""From tag probabilities to names: runs of tokens with a class and how sure the tagger is of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.extract.learned.schema import Schema
from kg.extract.learned.windows import Window
from kg.extract.names.runs import Tagged, TokenSpan
from kg.extract.text.segment import Token

if TYPE_CHECKING:
    from kg.extract.learned.network import Encoded

__all__ = ["tagged"]

_POSSESSIVE = frozenset(["'s", "’s"])


def tagged(
    window: Window, encoded: Encoded, tokens: Sequence[Sequence[Token]], schema: Schema
) -> Iterator[Tagged]:
    """Decode the fresh part of a window token by token; a token has the tag of its first piece."""
    fresh = [(i, p) for i, p in enumerate(window.pieces) if p.sentence >= 0 and i >= window.fresh]
    starts = {p.start: i for i, p in fresh}
    for number in sorted({p.sentence for _, p in fresh}):
        yield from _sentence(
            number, tokens[number], [starts.get(t.start) for t in tokens[number]], encoded, schema
        )


def _no_name(text: str) -> bool:
    """Tell the possessive and what is no word: a name may end in a full stop and in what closes a bracket."""
    return text in _POSSESSIVE or not (any(c.isalnum() for c in text) or text in {".", ")", "!", "+"})


def _sentence(
    number: int, tokens: Sequence[Token], pieces: Sequence[int | None], encoded: Encoded, schema: Schema
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
            end = last
            while first < end - 1 and not tokens[first].text[0].isalnum():
                first += 1
            while end > first + 1 and _no_name(tokens[end - 1].text):
                end -= 1
            yield Tagged(TokenSpan(number, first, end), schema.classes[odds.argmax()], float(odds.max()))
        first = last
