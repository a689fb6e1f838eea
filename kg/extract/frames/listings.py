"""Listings: the tickers of organizations."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.frames.draft import Reading
from kg.extract.frames.status import verb_status
from kg.model import Claim, Entity, Filler, Status

__all__ = ["listings"]

_BETWEEN = frozenset(
    ("TICKER", "PUNCT", "COMMA", "POSS")
)  # a name and a ticker in brackets: "X’s (TSX: A; NYSE: B)"
_BEFORE_TOLD = _BETWEEN | {"NOUN", "LPAR", "QUOTE"}  # a name and a ticker told in words: "X (ticker: A)"


def listings(reading: Reading) -> Iterator[Claim]:
    """Yield a listing for each ticker of an organization.

    In brackets it is that of the name before them, also behind another ticker; told in words it is the subject's.
    """
    ontology, row = reading.ontology, reading.row
    if not any(unit.tag == "TICKER" for unit in row):
        return
    event, ticker = next(((e, r) for e in ontology.keys if (r := ontology.role(e, "ticker"))), ("", ""))
    owner = ontology.thing(event, "Organization") if event else ""
    exchange = ontology.role(event, "exchange") if event else ""
    for i, unit in enumerate(row if owner else ()):
        if unit.tag != "TICKER":
            continue
        told = unit.text == unit.value
        entity = _named_before(reading, i, _BEFORE_TOLD if told else _BETWEEN)
        status: Status | None = "asserted"
        if entity is None and told:
            entity = _subject_before(reading, i)
            verb = next((g for g in reversed(reading.clauses.verbs) if g.main < i), None)
            status = verb_status(reading, verb) if verb else status
        if (
            entity is None
            or status is None
            or not reading.accepts(owner, entity)
            or reading.family(entity) == "Person"
        ):
            continue
        roles: list[tuple[str, Filler]] = [(owner, entity), (ticker, str(unit.value))]
        if unit.extra and exchange:
            roles.append((exchange, unit.extra))
        yield Claim(event, tuple(roles), reading.discourse.parsed.evidence(reading.number), status)


def _named_before(reading: Reading, i: int, between: frozenset[str]) -> Entity | None:
    """Return the name before unit i, with nothing but these tags between."""
    i -= 1
    while i > 0 and reading.tag(i) in between:
        i -= 1
    return reading.row[i].entity if i >= 0 else None


def _subject_before(reading: Reading, i: int) -> Entity | None:
    """Return the subject of the last verb before unit i that has one, or what the text is about."""
    groups = (g for g in reversed(reading.clauses.verbs) if g.main < i)
    subjects = (reading.first(reading.clauses.subject(g)) for g in groups)
    topic = reading.discourse.topic(reading.row[i].start)
    return next((s for s in subjects if s and reading.family(s) != "Person"), topic)
