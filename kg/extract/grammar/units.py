"""A sentence as a row of units: names, values, titles and tagged words."""

from __future__ import annotations

from typing import NamedTuple

from kg.extract.grammar.tags import Word, tag
from kg.extract.grammar.titles import title_end
from kg.extract.names.cluster import Names
from kg.extract.text.paragraphs import on_one_line
from kg.extract.text.segment import Token
from kg.extract.text.values import Found
from kg.model import Entity, Value
from kg.vocabulary import Lexicon

__all__ = ["Unit", "units"]


class Unit(NamedTuple):
    """One item of a sentence; `tag` says what it is, `entity` or `value` what it stands for."""

    start: int
    end: int
    text: str
    low: str
    tag: str
    entity: Entity | None = None
    value: Value | None = None
    extra: str = ""
    lemma: str = ""
    form: str = ""


def units(
    number: int, tokens: list[Token], found: list[Found], names: Names, lexicon: Lexicon, text: str
) -> list[Unit]:
    """Turn the tokens of sentence `number` into tagged units."""
    items: list[tuple[int, int, str, Entity | None, Found | None]] = []
    spans = names.by_sentence.get(number, {})
    starts = {f.span.start: f for f in found}
    taken = spans.keys() | {i for i, token in enumerate(tokens) if token.start in starts}
    i = 0
    while i < len(tokens):
        start = tokens[i].start
        span, value = spans.get(i), starts.get(start)
        if span:
            i = span.last
            items.append((start, tokens[i - 1].end, "NAME", names.at[span], None))
        elif value:
            while i < len(tokens) and tokens[i].start < value.span.end:
                i += 1
            items.append((value.span.start, value.span.end, value.kind.upper(), None, value))
        elif (last_title := title_end(tokens, i, taken, spans, lexicon)) > i:
            i = last_title
            items.append((start, tokens[i - 1].end, "TITLE", None, None))
        else:
            items.append((start, tokens[i].end, "", None, None))
            i += 1
    texts = [on_one_line(text[start:end]) for start, end, *_ in items]
    words = [Word(word, word.lower(), item[2]) for word, item in zip(texts, items, strict=True)]
    tag(words, lexicon)
    return [
        Unit(
            start,
            end,
            word.text,
            word.low,
            word.tag,
            entity,
            value.value if value else None,
            value.extra if value else "",
            word.lemma,
            word.form,
        )
        for (start, end, _, entity, value), word in zip(items, words, strict=True)
    ]
