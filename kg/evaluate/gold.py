"""Annotations: JSON lines with the entities and facts that a careful reader found in each article."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.model import Entity, Filler, Money, PartialDate, Quantity, Status

__all__ = ["KINDS", "Annotated", "Fact", "annotated"]

#: What each kind of annotated fact is in the ontology: its event, and the role behind each of its keys.
KINDS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "funding_round": (
        "FundingRound",
        {
            "company": "company",
            "amount": "amount",
            "series": "series",
            "lead_investors": "leadInvestor",
            "investors": "investor",
            "date": "date",
            "valuation": "valuation",
        },
    ),
    "acquisition": (
        "Acquisition",
        {"acquirer": "acquirer", "target": "acquiree", "price": "price", "date": "date"},
    ),
    "investment": (
        "Investment",
        {"investor": "investor", "target": "investee", "amount": "amount", "stake": "stake", "date": "date"},
    ),
    "partnership": ("Partnership", {"participants": "participant"}),
    "headquarters": ("Headquarters", {"organization": "organization", "place": "place"}),
    "position": ("Position", {"person": "person", "organization": "organization", "title": "title"}),
    "founder": ("Founding", {"organization": "organization", "person": "founder"}),
    "founded": ("Founding", {"organization": "organization", "date": "date", "place": "foundingPlace"}),
    "subsidiary": ("Subsidiary", {"parent": "parent", "child": "subsidiary"}),
    "product": ("ProductOffering", {"organization": "organization", "product": "product"}),
    "metric": ("Metric", {"subject": "subject", "measure": "measure", "value": "figure", "date": "date"}),
    "quote": ("Quotation", {"speaker": "speaker", "text": "text"}),
    "listing": ("Listing", {"organization": "organization", "ticker": "ticker", "exchange": "exchange"}),
}
_DATES = frozenset(["date"])
_AMOUNTS = frozenset(["amount", "price", "valuation", "figure", "stake"])
_TEXTS = frozenset(["series", "title", "measure", "text", "ticker", "exchange"])


@dataclass(frozen=True, slots=True)
class Fact:
    """One annotated fact: an event with its roles, and the sentence that states it."""

    kind: str
    event: str
    roles: tuple[tuple[str, Filler], ...]
    status: Status
    evidence: str


@dataclass(frozen=True, slots=True)
class Annotated:
    """What annotators found in an article; `entities` by every name that the article uses."""

    id: str
    entities: Mapping[str, Entity]
    facts: tuple[Fact, ...]


def annotated(path: Path) -> Iterator[Annotated]:
    """Read annotations, one JSON object a line; InputError names a broken line."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            try:
                yield _article(json.loads(line))
            except (KeyError, TypeError, ValueError, ArithmeticError) as error:
                reason = f"no {error}" if isinstance(error, KeyError) else str(error)
                raise InputError(f"{path}:{number}: not an annotated article: {reason}") from error


def _article(item: Mapping[str, Any]) -> Annotated:
    entities: dict[str, Entity] = {}
    for entry in item["entities"]:
        entity = Entity(entry["type"], entry["name"], tuple(entry.get("aliases", ())))
        for name in (entity.name, *entity.aliases):
            entities.setdefault(name, entity)
    return Annotated(str(item["id"]), entities, tuple(_fact(f, entities) for f in item["facts"]))


def _fact(item: Mapping[str, Any], entities: Mapping[str, Entity]) -> Fact:
    event, names = KINDS[item["kind"]]
    roles: list[tuple[str, Filler]] = []
    for key, role in names.items():
        values = item.get(key)
        several = values if isinstance(values, list) else [] if values in (None, "") else [values]
        roles += [(role, _filler(role, value, entities)) for value in several]
    return Fact(item["kind"], event, tuple(roles), item.get("status", "asserted"), item.get("evidence", ""))


def _filler(role: str, value: Any, entities: Mapping[str, Entity]) -> Filler:
    if role in _DATES:
        return PartialDate(str(value))
    if role in _AMOUNTS:
        told = value if isinstance(value, dict) else {"value": value, "unit": "%" if role == "stake" else ""}
        number = Decimal(str(told["value"]))
        return (
            Money(number, told["currency"])
            if "currency" in told
            else Quantity(number, told.get("unit") or "")
        )
    if role in _TEXTS:
        return str(value)
    return entities.get(str(value)) or Entity("Organization", str(value))
