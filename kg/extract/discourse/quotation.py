"""Quotations and their speakers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Claim, Entity

if TYPE_CHECKING:
    from kg.extract.discourse.context import Context

__all__ = ["Quote", "attribute", "claims", "find"]

_MARK = re.compile(r"[\"“”]")
_SHORTEST = 3
# How often readers count what follows "..., he said." as a quotation of its own.
_RESUMED = 0.6


@dataclass(slots=True)
class Quote:
    """A quotation: `start` to `end` lie inside its marks; `sentence` is the first that it touches.

    One that is `resumed` goes on after the words of attribution.
    """

    start: int
    end: int
    text: str
    sentence: int
    speaker: Entity | None = None
    resumed: bool = False


def find(context: Context) -> list[Quote]:
    """Find quotations, paragraph by paragraph, whatever mix of marks they use; one may stay open at its end.

    A mark opens where a space or nothing stands before it, and closes otherwise.
    """
    text = context.document.text
    quotes: list[Quote] = []
    blocks: dict[int, list[int]] = {}
    for number, sentence in enumerate(context.sentences):
        blocks.setdefault(sentence.block, []).append(number)
    for numbers in blocks.values():
        start, end = context.sentences[numbers[0]].start, context.sentences[numbers[-1]].end
        opened = None
        for mark in _MARK.finditer(text, start, end):
            opens = mark[0] == "“" or (
                mark[0] == '"' and (mark.start() == start or text[mark.start() - 1] in " \u00a0([—–-")
            )
            if opened is None and opens:
                opened = mark.end()
            elif opened is not None and not (opens and mark[0] == "“"):
                quotes += _quote(context, numbers, opened, mark.start())
                opened = None
        if opened is not None:
            quotes += _quote(context, numbers, opened, end)
    return quotes


def _quote(context: Context, numbers: list[int], start: int, end: int) -> Iterator[Quote]:
    words = context.document.text[start:end].strip()
    first = next((n for n in numbers if context.sentences[n].end > start), numbers[0])
    yield Quote(start, end, words, first)


def attribute(context: Context) -> None:
    """Give each quotation its speaker: from the words around it, else the speaker of the one before it."""
    previous: Quote | None = None
    for quote in context.quotes:
        quote.speaker = _speaker_around(context, quote)
        block = context.sentences[quote.sentence].block
        if quote.speaker is None and previous and previous.speaker:
            near = block - context.sentences[previous.sentence].block
            if near == 0 or (near == 1 and _whole(context, quote)):
                quote.speaker = previous.speaker
        same = previous is not None and context.sentences[previous.sentence].block == block
        quote.resumed = same and previous is not None and previous.speaker == quote.speaker
        if len(quote.text.split()) >= _SHORTEST:
            previous = quote


def _whole(context: Context, quote: Quote) -> bool:
    """Tell whether a quotation begins its paragraph."""
    return quote.start - context.sentences[quote.sentence].start <= 1


def _speaker_around(context: Context, quote: Quote) -> Entity | None:
    for number in _sentences_of(context, quote):
        row, clauses = context.rows[number], context.clauses[number]
        for i in context.speech[number]:
            if context.quote_at(row[i].start):
                continue
            group = next((g for g in clauses.verbs if g.main == i), None)
            candidates = (
                [clauses.phrase_after(i + 1)] if row[i - 1].tag in {"QUOTE", "COMMA"} or i == 0 else []
            )
            candidates += clauses.subject(group) if group else [clauses.phrase_before(i)]
            candidates += [clauses.phrase_after(i + 1)]
            for phrase in filter(None, candidates):
                entity = context.entity(number, phrase)
                if entity and (entity.type in {"Person", "Unknown"} or context.is_organization(entity)):
                    return entity
            near = [u.entity for u in row[max(0, i - 12) : i] if u.entity and u.entity.type == "Person"]
            if near:
                return near[-1]
    return _according_to(context, quote)


def _according_to(context: Context, quote: Quote) -> Entity | None:
    """Return the first person after "according to" in the quotation's sentence."""
    sentence = context.sentences[quote.sentence]
    match = re.search(r"according to", context.document.text[sentence.start : sentence.end], re.IGNORECASE)
    people = (u for u in context.rows[quote.sentence] if u.entity and u.entity.type == "Person")
    return next((u.entity for u in people if match and u.start > sentence.start + match.end() - 1), None)


def _sentences_of(context: Context, quote: Quote) -> list[int]:
    """Return where the words of attribution may be: its last sentence, its first, then the one before."""
    touched = [
        n
        for n in range(quote.sentence, min(len(context.sentences), quote.sentence + 12))
        if context.sentences[n].start < quote.end + 2
        and context.sentences[n].block == context.sentences[quote.sentence].block
    ]
    after = touched[-1] + 1 if touched else quote.sentence + 1
    extra = []
    if (
        after < len(context.sentences)
        and context.document.text[context.sentences[after].start :][:1].islower()
    ):
        extra.append(after)
    ordered = [*dict.fromkeys([*touched[-1:], *touched[:1], *extra])]
    before = quote.sentence - 1
    if before >= 0 and context.document.text[: context.sentences[before].end].endswith(":"):
        ordered.append(before)
    return ordered


def claims(context: Context) -> Iterator[Claim]:
    """Yield a Quotation for each quotation of three words or more that has a speaker."""
    for quote in context.quotes:
        if quote.speaker and len(quote.text.split()) >= _SHORTEST:
            if context.accepts("speaker", quote.speaker):
                context.settle("speaker", quote.speaker)
            yield Claim(
                "Quotation",
                (("speaker", quote.speaker), ("text", quote.text)),
                context.evidence(quote.sentence),
                confidence=_RESUMED if quote.resumed else 1.0,
            )
