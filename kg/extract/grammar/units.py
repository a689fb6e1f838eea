"""A sentence as a row of units: names, values, titles and tagged words."""

from __future__ import annotations

from kg.extract.grammar.tags import Unit, tag
from kg.extract.names.candidates import TokenSpan
from kg.extract.names.cluster import Names
from kg.extract.text.segment import Token
from kg.extract.text.values import Found
from kg.model import Entity, Value
from kg.vocabulary import Lexicon
from kg.vocabulary.inflect import lemmas

__all__ = ["Unit", "units"]

_VALUE_TAGS = {
    "money": "MONEY",
    "percent": "PERCENT",
    "count": "COUNT",
    "date": "DATE",
    "series": "SERIES",
    "ticker": "TICKER",
}


def units(
    number: int, tokens: list[Token], found: list[Found], names: Names, lexicon: Lexicon, text: str
) -> list[Unit]:
    """Turn the tokens of sentence `number` into tagged units."""
    row: list[Unit] = []
    spans = names.by_sentence.get(number, {})
    starts = {f.span.start: f for f in found}
    i = 0
    while i < len(tokens):
        token = tokens[i]
        span, value = spans.get(i), starts.get(token.start)
        if span:
            last = tokens[span.last - 1]
            row.append(_unit(token.start, last.end, text, "NAME", entity=names.at[span]))
            i = span.last
        elif value:
            while i < len(tokens) and tokens[i].start < value.span.end:
                i += 1
            row.append(
                _unit(
                    value.span.start,
                    value.span.end,
                    text,
                    _VALUE_TAGS[value.kind],
                    value=value.value,
                    extra=value.extra,
                )
            )
        elif (last_title := _title(tokens, i, lexicon, spans, starts)) > i:
            row.append(_unit(token.start, tokens[last_title - 1].end, text, "TITLE"))
            i = last_title
        else:
            row.append(_unit(token.start, token.end, text, ""))
            i += 1
    tag(row, lexicon)
    return row


def _unit(
    start: int,
    end: int,
    text: str,
    kind: str,
    *,
    entity: Entity | None = None,
    value: Value | None = None,
    extra: str = "",
) -> Unit:
    surface = text[start:end]
    return Unit(start, end, surface, surface.lower(), kind, entity, value, extra)


def _title(
    tokens: list[Token], i: int, lexicon: Lexicon, spans: dict[int, TokenSpan], starts: dict[int, Found]
) -> int:
    """Return where a title that begins at token i ends, or i: "co-founder and chief executive officer"."""
    heads, modifiers = lexicon.category("TitleHead"), lexicon.category("TitleModifier")
    j, end = i, i
    while j < len(tokens) and j not in spans and tokens[j].start not in starts:
        word = tokens[j].text.lower()
        if word in heads:
            j = end = j + 1
        elif word in modifiers:
            j += 1
        elif word in {"and", "&", "/"} and i < j == end and j + 1 < len(tokens) and j + 1 not in spans:
            following = tokens[j + 1].text.lower()
            if following not in heads and following not in modifiers:
                break
            j += 1
        elif word in {"of", "for"} and end == j and j + 1 < len(tokens) and j + 1 not in spans and j > i:
            stop = _department(tokens, j + 1, spans, starts, lexicon)
            last = tokens[stop - 1].text.lower()
            described = last in lexicon.category("Descriptor") or last in {"rival", "competitor"}
            if stop == j + 1 or (described and stop in spans):  # "of insurer X" says what X is
                break
            j = end = stop
        elif word == "," and i < j == end and j + 1 < len(tokens) and tokens[j + 1].text.lower() in modifiers:
            j += 1
        else:
            break
    return end


def _department(
    tokens: list[Token], j: int, spans: dict[int, TokenSpan], starts: dict[int, Found], lexicon: Lexicon
) -> int:
    """Return where "product strategy" after "head of" ends: plain nouns only, no name."""
    first = j
    while j < len(tokens) and j not in spans and tokens[j].start not in starts and j - first < 5:
        word = tokens[j].text
        low = word.lower()
        if (
            low in {"and", "&"}
            and j > first
            and j + 1 < len(tokens)
            and "NOUN" in lemmas(tokens[j + 1].text.lower())
        ):
            j += 1
            continue
        if (
            low in lexicon.language.closed
            or not word[0].isalpha()
            or not lemmas(low).keys() & {"NOUN", "ADJ"}
        ):
            break
        j += 1
    if j > first and tokens[first].text.lower() in {
        "company",
        "firm",
        "startup",
        "group",
        "fund",
        "bank",
        "business",
    }:
        return first
    return j
