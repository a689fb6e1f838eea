"""A document in sentences, each with its tokens and values."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.text.segment import Sentence, Token, sentences, tokens
from kg.extract.text.values import Found, Values
from kg.model import Document

__all__ = ["Split", "split"]

_COMPOUND = re.compile(
    r"(?P<name>[A-Z].*?)(?P<rest>-(?:[a-z]+(?:ed|en|owned|made|built|led|run|backed|based)))$"
)


@dataclass(frozen=True, slots=True)
class Split:
    """The sentences of a document; `tokens` and `found` (values, in order) have a list for each of them."""

    document: Document
    sentences: tuple[Sentence, ...]
    tokens: tuple[list[Token], ...]
    found: tuple[list[Found], ...]

    @property
    def free(self) -> list[list[bool]]:
        """Tell of each token whether no value has taken it."""
        return [
            [not any(v.span.start <= t.start < v.span.end for v in values) for t in row]
            for row, values in zip(self.tokens, self.found, strict=True)
        ]


def split(document: Document, values: Values) -> Split:
    """Cut a document into sentences, tokens and values.

    >>> from kg.vocabulary import Lexicon
    >>> made = split(Document("a", "Foo Inc. paid $5m. It fell.", ((0, 27),)), Values(Lexicon.load()))
    >>> [[t.text for t in row] for row in made.tokens]
    [['Foo', 'Inc.', 'paid', '$', '5m', '.'], ['It', 'fell', '.']]
    """
    text = document.text
    cut = tuple(sentences(document))
    # Markdown's emphasis is no word of the sentence.
    words = ([t for t in tokens(text, s.start, s.end) if t.text != "*"] for s in cut)
    rows = tuple([part for token in row for part in _parts(token)] for row in words)
    found = tuple(values.find(text, s.start, s.end, document.published) for s in cut)
    return Split(document, cut, rows, found)


def _parts(token: Token) -> list[Token]:
    """Cut "London-based" in two, so that the name in it is seen."""
    match = _COMPOUND.match(token.text)
    if not match:
        return [token]
    at = token.start + match.end("name")
    return [Token(token.start, at, match["name"]), Token(at, token.end, match["rest"])]
