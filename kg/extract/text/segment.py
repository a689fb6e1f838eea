"""A document in sentences and tokens, all of them spans of its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.text.compounds import Compounds
from kg.extract.text.margins import Margins
from kg.extract.text.paragraphs import Paragraphs
from kg.extract.text.stops import FINISHED, Stops
from kg.extract.text.tokens import Token, Tokenizer
from kg.model import Document, Span
from kg.vocabulary import Lexicon

__all__ = ["Segmenter", "Sentence", "Token"]

_LONGEST = 2000  # characters; the longest sentence of a careful newspaper has a third of that
_CAPITALS = 3  # words; fewer in capitals are acronyms
_TAIL = 20  # characters in which a sentence shows how it ends

_LINE = re.compile(r"[^\r\n]+")
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or a line that stands for one; `block` numbers its paragraph.

    `prose` is False for what is no sentence of running text: a headline, a caption, a menu entry. One that is `cut`
    broke off where its text did, so that its last words may not be whole. In one of `caps` all letters are capitals,
    so that capitals tell nothing.
    """

    start: int
    end: int
    block: int
    prose: bool
    cut: bool = False
    caps: bool = False


class Segmenter:
    r"""Finds the sentences of documents and their tokens, with a lexicon's abbreviations.

    >>> segmenter = Segmenter(Lexicon.load())
    >>> text = "OSLO, June 5 - Foo Inc. bought the\nYum! Brands for Rs. 5 crore. It fell.\nMenu"
    >>> document = segmenter.unwrapped(Document("a", text, ((0, len(text)),)))
    >>> [document.text[s.start : s.end] for s in segmenter.sentences(document)]
    ['Foo Inc. bought the Yum! Brands for Rs. 5 crore.', 'It fell.', 'Menu']
    """

    def __init__(self, lexicon: Lexicon) -> None:
        language = lexicon.language
        self._paragraphs = Paragraphs(language)
        self._margins, self._stops = Margins(language), Stops(lexicon)
        self._tokens, self._compounds = Tokenizer(language), Compounds(language)

    def unwrapped(self, document: Document) -> Document:
        """Return a document with spaces for the line breaks inside its paragraphs; offsets stay."""
        return self._paragraphs(document)

    def sentences(self, document: Document) -> Iterator[Sentence]:
        """Split a document into sentences: a line break always ends one.

        List marks, prefixes of news agencies and datelines ("OSLO, June 5 - ") before a sentence are no part of it,
        nor is the mark of a cut behind it ("… [+1034 chars]").
        """
        for block, line in enumerate(_lines(document), 1):
            words = document.text[line.start : line.end]
            first = self._margins.start(words)
            last = self._margins.end(words, first)
            prose, offset = words[first:last], line.start + first
            pieces = [piece for span in self._stops(prose) for piece in _pieces(prose, span)]
            for number, span in enumerate(pieces, 1):
                start = span.start + self._margins.item(prose[span.start : span.end])
                text = prose[start : span.end]
                if any(map(str.isalnum, text)):
                    stopped = number == len(pieces) and last < len(words)
                    yield _sentence(text, offset + start, block, stopped=stopped)

    def tokens(self, text: str, sentence: Sentence) -> list[Token]:
        """Split a sentence into tokens, and compounds of names in two.

        From the end of a sentence that was cut, what may not be whole is left out.
        """
        found = self._tokens(text, sentence.start, sentence.end)
        if sentence.cut:
            found = found[:-1]
            # "$12" may go on as "$12.5 million", "Tern" as "Tern Labs".
            while found and not (found[-1].text.isalpha() and found[-1].text.islower()):
                found.pop()
        return [part for token in found for part in self._compounds(token)]


def _lines(document: Document) -> Iterator[Span]:
    for start, end in document.regions:
        for line in _LINE.finditer(document.text, start, end):
            yield Span(*line.span())


def _sentence(text: str, start: int, block: int, *, stopped: bool) -> Sentence:
    """Describe a sentence by its words; `stopped` says that the text broke off behind it."""
    finished = FINISHED.search(text, max(0, len(text) - _TAIL)) is not None
    cut = stopped and not finished
    caps = text.isupper() and len(_WORD.findall(text)) >= _CAPITALS
    return Sentence(start, start + len(text), block, (finished or cut) and " " in text, cut, caps)


def _pieces(line: str, span: Span) -> Iterator[Span]:
    """Cut what is too long for a sentence at a space, so that no text takes more than its length in time."""
    start = span.start
    while span.end - start > _LONGEST:
        space = line.rfind(" ", start + 1, start + _LONGEST)
        end = space if space > 0 else start + _LONGEST
        yield Span(start, end)
        start = end + (space > 0)
    yield Span(start, span.end)
