"""Sentences and their tokens, as spans of the document's text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Document, Span

__all__ = ["Sentence", "Token", "sentences", "tokens"]

_TOKEN = re.compile(
    r"""(?P<possessive>['’](?:s|ll|ve|d|re|m)\b|(?<=s)['’](?=\s+\w))
    |(?P<abbreviation>(?:[A-Z]\.){2,}(?:-\w+)?|(?<=[a-z]\s)[A-Z]\.(?=\s[A-Z])|(?:Mr|Mrs|Ms|Dr|Prof|Inc|Corp|Co|Ltd|St|No|vs|Jr|Sr|Sen|Rep|Gov|Rs)\.(?=[\s,]))
    |(?P<word>[^\W_](?:(?:[.&+](?=[^\W_])|[-–](?=[^\W_])|['’](?!(?:s|ll|ve|d|re|m)\b)(?=[^\W_]))?[^\W_])*\+?)
    |(?P<mark>\.\.\.|--|\S)""",
    re.VERBOSE,
)
_LONGEST = 2000  # characters; the longest sentence of a careful newspaper has a third of that
_DATELINE = re.compile(
    r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}(?:, [\w.]+(?: \w+)?)?(?:, [A-Z][a-z]+\.? \d{1,2}(?:, \d{4})?)?"
    r"(?:,? ?\([^)]{2,40}\))? ?(?:--|[-–—]) "
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a possessive mark or a punctuation mark."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or a line that stands for one; `block` numbers its paragraph.

    `prose` is False for what is no sentence of running text: a headline, a caption, a menu entry.
    """

    start: int
    end: int
    block: int
    prose: bool


def sentences(document: Document) -> Iterator[Sentence]:
    """Split a document into sentences; a line break always ends one, and a dateline ("OSLO, June 5 - ") is none.

    >>> text = "Foo Inc. rose. It fell." + chr(10) + "Menu"
    >>> [text[s.start : s.end] for s in sentences(Document("a", text, ((0, len(text)),)))]
    ['Foo Inc. rose.', 'It fell.', 'Menu']
    """
    from syntok import segmenter

    block = 0
    for region_start, region_end in document.regions:
        for line in re.finditer(r"[^\r\n]+", document.text[region_start:region_end]):
            block += 1
            dateline = _DATELINE.match(line[0])
            skipped = dateline.end() if dateline else 0
            prose = line[0][skipped:]
            offset = region_start + line.start() + skipped
            whole = _repaired(prose, list(_spans(segmenter, prose)))
            for span in (piece for sentence in whole for piece in _pieces(prose, sentence)):
                text = prose[span.start : span.end]
                ends = re.search(r"[.!?…][\"”’')\]]*$|[:\"”]$", text) is not None
                yield Sentence(offset + span.start, offset + span.end, block, ends and " " in text)


def _spans(segmenter: object, line: str) -> Iterator[Span]:
    for paragraph in segmenter.analyze(line):  # type: ignore[attr-defined]
        for sentence in paragraph:
            if sentence:
                yield Span(sentence[0].offset, sentence[-1].offset + len(sentence[-1].value))


def _pieces(line: str, span: Span) -> Iterator[Span]:
    """Cut what is too long for a sentence at a space, so that no text takes more than its length in time."""
    start = span.start
    while span.end - start > _LONGEST:
        space = line.rfind(" ", start + 1, start + _LONGEST)
        end = space if space > 0 else start + _LONGEST
        yield Span(start, end)
        start = end + (space > 0)
    yield Span(start, span.end)


def _repaired(line: str, spans: list[Span]) -> Iterator[Span]:
    """Join what was cut inside a sentence: a piece in lower case, a legal form, or only a closing mark."""
    joined: list[Span] = []
    for span in spans:
        text = line[span.start : span.end]
        previous = line[joined[-1].start : joined[-1].end] if joined else ""
        continues = (
            bool(re.match(r"[a-z]|(?:Inc|Corp|Co|Ltd)\b(?!-)|[\"”’')\]]+$", text))
            or bool(
                re.search(
                    r"\b(?:Inc|Corp|Co|Ltd|Mr|Mrs|Ms|Dr|St|vs|Calif|Mass|Jan|Feb|Aug|Sept|Oct|Nov|Dec|No)\.$",
                    previous,
                )
                and re.match(r"[a-z(,]", text)
            )
            or bool(re.search(r"\b[A-Z][a-z]+ [A-Z]\.$", previous))
        )
        if joined and continues:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    yield from joined


def tokens(text: str, start: int, end: int) -> list[Token]:
    """Split a span into tokens, with offsets into the whole text.

    >>> [t.text for t in tokens("China’s Foo.com raised US$6m", 0, 28)]
    ['China', '’s', 'Foo.com', 'raised', 'US', '$', '6m']
    """
    return [Token(m.start(), m.end(), m[0]) for m in _TOKEN.finditer(text, start, end)]
