"""Where quotations stand: the marks of a text, paired whatever their style, and left alone where they do not pair."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kg.extract.text.segment import Sentence
from kg.model import Entity
from kg.vocabulary import Language

__all__ = ["Quote", "quotations"]

_MARK = 2  # characters of the longest mark
_SINGLE = frozenset("'’‘")
_OPENS_AFTER = re.compile(r"(?:^|[\s(\[{:—–-])$")
_CLOSES_SINGLE = re.compile(r"[.,!?…]['’](?=\W|$)")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: `start` to `end` lie inside its marks; `sentence` is the first that it touches.

    One that is `resumed` goes on after the words of attribution, or in the next paragraph.
    """

    start: int
    end: int
    text: str
    sentence: int
    speaker: Entity | None = None
    resumed: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    text: str
    opens: bool
    closes: bool


def quotations(text: str, sentences: Sequence[Sentence], language: Language) -> Iterator[Quote]:
    """Yield the quotations of a text, in order, paragraph by paragraph.

    One that its paragraph does not close goes on to the end of it if the next paragraph opens with a mark: that is
    how newspapers print long ones, and the next one is resumed. Any other mark without a partner is none.

    >>> line = "‘We are glad,’ he said. It's late."
    >>> [q.text for q in quotations(line, [Sentence(0, len(line), 1, True)], Language.load())]
    ['We are glad,']
    """
    marks: dict[str, str] = language.table("quotation.marks")
    pattern = re.compile(
        "|".join(re.escape(m) for m in sorted({*marks, *"".join(marks.values()), "''"}, reverse=True))
    )
    blocks = [[n for n, _ in group] for _, group in groupby(enumerate(sentences), lambda item: item[1].block)]
    spans = [(sentences[numbers[0]].start, sentences[numbers[-1]].end) for numbers in blocks]
    goes_on = False
    for i, (numbers, (start, end)) in enumerate(zip(blocks, spans, strict=True)):
        following = text[slice(*spans[i + 1])].lstrip()[:1] if i + 1 < len(spans) else ""
        found = _paired(
            list(_marks(text, start, end, pattern, marks)), end, marks, open_end=following in marks
        )
        for k, (opened, closed) in enumerate(found):
            quote = _quote(text, sentences, numbers, opened, closed)
            yield replace(quote, resumed=True) if goes_on and k == 0 and opened - start <= _MARK else quote
        goes_on = bool(found) and found[-1][1] == end and following in marks


def _quote(text: str, sentences: Sequence[Sentence], numbers: Sequence[int], start: int, end: int) -> Quote:
    first = next((n for n in numbers if sentences[n].end > start), numbers[0])
    return Quote(start, end, text[start:end].strip(), first)


def _marks(
    text: str, start: int, end: int, pattern: re.Pattern[str], pairs: dict[str, str]
) -> Iterator[_Mark]:
    closing = set("".join(pairs.values())) | {"''"}
    for m in pattern.finditer(text, start, end):
        before, after = text[max(start, m.start() - 1) : m.start()], text[m.end() : m.end() + 1]
        outside = _OPENS_AFTER.search(before) is not None
        word = bool(after) and not after.isspace()
        single = m[0] in _SINGLE
        if single and before.isalnum() and (after.isalnum() or m[0] != "’"):
            continue  # an apostrophe, or a straight one after a word, which is a plural's
        yield _Mark(
            m.start(),
            m.end(),
            m[0],
            opens=m[0] in pairs and word and (outside or m[0] in "“„«‘"),
            closes=m[0] in closing
            and (not outside or not word)
            and (not single or _CLOSES_SINGLE.match(text, max(start, m.start() - 1)) is not None),
        )


def _paired(
    marks: Iterable[_Mark], end: int, pairs: dict[str, str], *, open_end: bool
) -> list[tuple[int, int]]:
    """Pair the marks of a paragraph; an opening one inside of an open quotation shows that the first was none."""
    found: list[tuple[int, int]] = []
    opened: _Mark | None = None
    for mark in marks:
        if opened is None:
            opened = mark if mark.opens else None
        elif mark.closes and mark.text in pairs[opened.text]:
            found.append((opened.end, mark.start))
            opened = None
        elif mark.opens and (mark.text == opened.text or opened.text in _SINGLE):
            opened = mark
    if opened is not None and open_end:
        found.append((opened.end, end))
    return found
