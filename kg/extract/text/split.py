"""A document in sentences, each with its tokens and values."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from kg.extract.text.segment import Segmenter, Sentence, Token
from kg.extract.text.values import Found, Values
from kg.model import Document

__all__ = ["Split", "split"]


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
        return [_free(row, values) for row, values in zip(self.tokens, self.found, strict=True)]


def _free(tokens: list[Token], values: list[Found]) -> list[bool]:
    starts = [value.span.start for value in values]
    last = [bisect_right(starts, token.start) - 1 for token in tokens]
    return [i < 0 or token.start >= values[i].span.end for token, i in zip(tokens, last, strict=True)]


def split(document: Document, segmenter: Segmenter, values: Values) -> Split:
    """Cut a document into sentences, tokens and values; the document that it keeps is unwrapped.

    >>> from kg.vocabulary import Lexicon
    >>> lexicon, document = Lexicon.load(), Document("a", "Foo Inc. paid $5m. It fell.", ((0, 27),))
    >>> [[t.text for t in row] for row in split(document, Segmenter(lexicon), Values(lexicon)).tokens]
    [['Foo', 'Inc.', 'paid', '$', '5m', '.'], ['It', 'fell', '.']]
    """
    document = segmenter.unwrapped(document)
    cut = tuple(segmenter.sentences(document))
    rows = tuple(segmenter.tokens(document.text, s) for s in cut)
    # What may not be whole, at the end of a text that was cut off, is no value.
    wholes = ((row[-1].end if row else s.start) if s.cut else s.end for s, row in zip(cut, rows, strict=True))
    spans = zip(cut, wholes, strict=True)
    found = tuple(values.find(document.text, s.start, end, document.published) for s, end in spans)
    return Split(document, cut, rows, found)
