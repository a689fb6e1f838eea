"""Listings: the tickers of organizations."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.frames.draft import Reading
from kg.model import Claim, Filler

__all__ = ["listings"]


def listings(reading: Reading) -> Iterator[Claim]:
    """Yield a listing for each ticker in parentheses after an organization's name."""
    ontology, row = reading.ontology, reading.row
    event, ticker = next(((e, r) for e in ontology.keys if (r := ontology.role(e, "ticker"))), ("", ""))
    owner = ontology.thing(event, "Organization") if event else ""
    exchange = ontology.role(event, "exchange") if event else ""
    for i, unit in enumerate(row if owner else ()):
        if unit.tag != "TICKER" or i == 0:
            continue
        entity = row[i - 1 - (row[i - 1].tag == "POSS")].entity
        code = str(unit.value)
        if entity is None or not reading.accepts(owner, entity) or reading.family(entity) == "Person":
            continue
        initials = "".join(w[0] for w in entity.name.split())
        known = (reading.lexicon.category(name) for name in ("NotName", "Region"))
        if not unit.extra and (code.lower() == initials.lower() or any(code in words for words in known)):
            continue
        roles: list[tuple[str, Filler]] = [(owner, entity), (ticker, code)]
        if unit.extra and exchange:
            roles.append((exchange, unit.extra))
        yield Claim(event, tuple(roles), reading.discourse.parsed.evidence(reading.number))
