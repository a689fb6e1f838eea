"""Which lines are one paragraph: a text that was wrapped at a column is read as if it had not been."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median_low

from kg.extract.text.classes import of_classes
from kg.model import Claim, Document, Evidence, Missed
from kg.vocabulary.language import Language

__all__ = ["HYPHENATED", "Paragraphs", "as_read", "on_one_line", "quoted"]

#: Stands for the line break after a hyphen: "Oslo-" and "based" are one word.
HYPHENATED = "\v"

# Nobody wraps prose narrower than this: a shorter line is an entry of a menu or a table.
_NARROWEST = 16
# Of the line breaks of a paragraph that was wrapped, as many at least surely go on: sentences are longer than lines.
_SURE = 1 / 3
# Lines that were broken for looks rather than at a column differ by no more than this.
_RAGGED = 0.75
# Characters in which the last word of a line is.
_WORD = 20

_LINE = re.compile(r"[^\r\n]+")
_BLANK = re.compile(r"(?>\r\n|\r|\n)[^\S\r\n]*[\r\n]")
_END = re.compile(r"[.!?…:][\"”’'»“)\]*_]*$")
_ITEM = re.compile(r"(?:[•●▪■◦‣⁃∙·○►▶➤✓*#>|]|\(?(?:\d{1,3}|[a-z])[.)])\s")
_DASHED = re.compile(r"[–—-]\s")
# Neither "iPhones" nor an address.
_LOWER = re.compile(r"(?![a-z]{1,2}[A-Z]|\S*(?:://|@)|www\.)[^\W\d_]")
_SUM = re.compile(r"[A-Z]{0,3}[$€£¥₹]\d")
_COMPOUND = re.compile(r"[^\W\d_]-$")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without the spaces around it: where it stands, how far it is indented, how long its first word is."""

    start: int
    end: int
    indent: int
    text: str
    first: int

    @property
    def ends(self) -> bool:
        """Whether it ends a sentence, or announces what follows."""
        return _END.search(self.text[-8:]) is not None

    def has(self, words: frozenset[str]) -> bool:
        """Tell whether it has one of some words."""
        return not words.isdisjoint(self.text.split())

    @property
    def item(self) -> bool:
        """Whether it begins an item of a list."""
        return _ITEM.match(self.text) is not None


@dataclass(frozen=True, slots=True)
class _Column:
    """Where a text was wrapped, as the lines show that surely go on: they are shorter than `most`, and no word fits in.

    `least` is what a line reaches at least together with the first word of the next.
    """

    least: int
    most: int
    lines: int

    def filled(self, line: _Line, following: _Line) -> bool:
        """Tell whether a line is full: the next one's first word had no room in it."""
        return len(line.text) < self.most and len(line.text) + 1 + following.first > self.least


class Paragraphs:
    r"""Puts the lines of a document's paragraphs together, by the small words of a language.

    A line surely goes on if it does not end a sentence and the next begins in lower case, or if it ends in a comma or
    a word like "the" and no word like "It" follows. Such lines show at which column the paragraph, or else the document, was wrapped; then all lines
    that are full go on. Headlines, lists, captions, and paragraphs of one line each stay as they are.

    >>> text = "Tern Labs grows\nTern Labs has hired 40\npeople in\nOslo."
    >>> joined = Paragraphs(Language.load())(Document("a", text, ((0, len(text)),)))
    >>> joined.text.split("\n")
    ['Tern Labs grows', 'Tern Labs has hired 40 people in', 'Oslo.']
    """

    def __init__(self, language: Language) -> None:
        self.open = language.words("segment.open")
        self.prose = of_classes(language, "segment.prose")
        self.finite = of_classes(language, "segment.finite")
        self.starts = of_classes(language, "segment.starts")

    def __call__(self, document: Document) -> Document:
        """Return a document with spaces for the line breaks inside its paragraphs, so that offsets stay."""
        text = document.text
        blocks = [block for region in document.regions for block in _blocks(text, *region)]
        surely = [[self._goes_on(*pair) for pair in pairwise(block)] for block in blocks]
        columns = [_column(block, sure) for block, sure in zip(blocks, surely, strict=True)]
        usual = _usual([column for column in columns if column])
        pieces, at = [], 0
        for block, sure, own in zip(blocks, surely, columns, strict=True):
            column = own or usual or self._filled(block)
            for (line, following), certain in zip(pairwise(block), sure, strict=True):
                if certain or (column and column.filled(line, following) and not _apart(line, following)):
                    mark = HYPHENATED if _COMPOUND.search(line.text) else " "
                    pieces += [text[at : line.end], mark * (following.start - line.end)]
                    at = following.start
        return replace(document, text="".join([*pieces, text[at:]])) if pieces else document

    def _goes_on(self, line: _Line, following: _Line) -> bool:
        """Tell whether a line goes on in the next one, by the words on both sides of the break."""
        if len(line.text) < _NARROWEST or line.ends:
            return False
        last = line.text[-_WORD:].rsplit(None, 1)[-1]
        if line.text.isupper():
            last = last.lower()
        if last in self.open or last.endswith(",") or _COMPOUND.search(last):
            return not self._starts(following)
        if following.item:
            return False
        if _SUM.match(following.text):
            return line.has(self.finite)
        lower = _LOWER.match(following.text)
        return lower is not None and lower[0].islower()

    def _filled(self, block: Sequence[_Line]) -> _Column | None:
        """Return the column of a paragraph none of whose lines surely goes on, if each of them but the last is full.

        A headline is none: it has no word like "the" or "has", or what follows begins a sentence.
        """
        if not block[1:] or not block[-1].ends:
            return None
        longest = max(len(line.text) for line in block)
        column = _Column(longest, longest + 1, 0)
        breaks = list(pairwise(block))
        inside = [pair for pair in breaks if not pair[0].ends]
        prose = all(line.has(self.prose) and not self._starts(following) for line, following in inside)
        full = all(
            len(line.text) >= _NARROWEST and column.filled(line, following) for line, following in breaks
        )
        return column if inside and prose and full else None

    def _starts(self, line: _Line) -> bool:
        word = re.split(r"[\s'’]", line.text, maxsplit=1)[0]
        return word.istitle() and word.lower() in self.starts


def quoted(missed: Missed, document: Document) -> Missed:
    """Give what was missed in an unwrapped document the words of the document as it was read."""
    candidate = missed.candidate and as_read(missed.candidate, document)
    return replace(missed, evidence=_exact(missed.evidence, document), candidate=candidate)


def as_read(claim: Claim, document: Document) -> Claim:
    """Give a claim from an unwrapped document the evidence as it was read, and texts on one line."""
    roles = tuple((r, on_one_line(f) if isinstance(f, str) else f) for r, f in claim.roles)
    return replace(claim, roles=roles, evidence=_exact(claim.evidence, document))


def _exact(evidence: Evidence, document: Document) -> Evidence:
    return replace(evidence, exact=document.text[evidence.start : evidence.end])


def on_one_line(text: str) -> str:
    """Write words of an unwrapped document as if no line had ended between them."""
    return " ".join(text.replace(HYPHENATED, "").split())


def _blocks(text: str, start: int, end: int) -> Iterator[list[_Line]]:
    """Yield the lines of a region that stand together, without a blank line between them."""
    block: list[_Line] = []
    for found in _LINE.finditer(text, start, end):
        words = found[0].strip()
        if not words:
            continue
        indent = len(found[0]) - len(found[0].lstrip())
        begin = found.start() + indent
        if block and _BLANK.search(text, block[-1].end, begin):
            yield block
            block = []
        first = len(words.split(None, 1)[0])
        block.append(_Line(begin, begin + len(words), indent, words, first))
    if block:
        yield block


def _apart(line: _Line, following: _Line) -> bool:
    """Tell a new item or an indented paragraph from a line that goes on."""
    dashed = _DASHED.match(following.text) and (line.ends or _DASHED.match(line.text))
    listed = line.item or _DASHED.match(line.text)
    return following.item or bool(dashed) or (following.indent > line.indent and not listed)


def _column(block: Sequence[_Line], surely: Sequence[bool]) -> _Column | None:
    """Return where a paragraph was wrapped, if enough of its lines surely go on and are about as full as each other."""
    broken = [pair for pair, sure in zip(pairwise(block), surely, strict=True) if sure]
    if not broken or len(broken) < _SURE * len(surely):
        return None
    longest = max(len(line.text) for line, _ in broken)
    reach = min(len(line.text) + 1 + following.first for line, following in broken)
    if reach < _RAGGED * longest:
        return None
    return _Column(min(longest, reach - 1), max(longest + 1, reach), len(broken))


def _usual(columns: Sequence[_Column]) -> _Column | None:
    """Return the column that holds where a paragraph shows none; one line alone is no evidence for the others."""
    if sum(column.lines for column in columns) <= 1:
        return None
    middle = median_low([column.least for column in columns])
    return next(column for column in columns if column.least == middle)
