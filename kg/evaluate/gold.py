"""Annotations: JSON lines with the entities and facts that a careful reader found in each article."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, cast, get_args

from kg.errors import InputError
from kg.evaluate.shorthand import KINDS, kinds
from kg.model import Entity, Filler, Money, PartialDate, Quantity, Status
from kg.vocabulary import Ontology

__all__ = ["Annotated", "Fact", "annotated"]

_OF_FACTS = frozenset(("kind", "status", "evidence"))
_NUMBERS = frozenset(("money", "percent", "count"))


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


@dataclass(frozen=True, slots=True)
class _Names:
    """What an annotation may name."""

    ontology: Ontology
    kinds: Mapping[str, tuple[str, Mapping[str, str]]]
    short: Collection[str]
    types: Collection[str]

    @classmethod
    def of(cls, ontology: Ontology) -> _Names:
        """Take the names from an ontology."""
        found = kinds(ontology)
        # Of several spellings the first that is known stands for all.
        short = {event: kind for kind, (event, _) in reversed(found.items())}
        types = sorted(filter(ontology.is_thing, ontology.labels))
        return cls(ontology, found, sorted({*short.values(), *(k for k in KINDS if k in found)}), types)


def annotated(path: Path, ontology: Ontology | None = None) -> Iterator[Annotated]:
    """Read annotations, one JSON object a line, whose types, kinds and roles are those of an ontology.

    InputError names a broken line, and what it may say where it names something unknown.
    """
    names = _Names.of(ontology or Ontology.load())
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            try:
                yield _article(json.loads(line), names)
            except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
                reason = f"no {error}" if isinstance(error, KeyError) else str(error)
                raise InputError(f"{path}:{number}: not an annotated article: {reason}") from error


def _known(what: str, name: Any, allowed: Collection[str]) -> str:
    """Return a name that is allowed; ValueError for any other."""
    if name not in allowed:
        raise ValueError(f'the {what} "{name}" is unknown; write one of {", ".join(allowed)}')
    return str(name)


def _article(item: Mapping[str, Any], names: _Names) -> Annotated:
    entities: dict[str, Entity] = {}
    for entry in item["entities"]:
        kind = _known("type", entry["type"], names.types)
        entity = Entity(kind, entry["name"], tuple(entry.get("aliases", ())))
        for name in (entity.name, *entity.aliases):
            entities.setdefault(name, entity)
    return Annotated(str(item["id"]), entities, tuple(_fact(f, entities, names) for f in item["facts"]))


def _fact(item: Mapping[str, Any], entities: Mapping[str, Entity], names: _Names) -> Fact:
    kind = item["kind"] if item["kind"] in names.kinds else _known("kind", item["kind"], names.short)
    event, keys = names.kinds[kind]
    status = _known("status", item.get("status", "asserted"), get_args(Status))
    for key in item:
        _known(f"role of {kind}", key, [*keys, *_OF_FACTS])
    roles: list[tuple[str, Filler]] = []
    for key, role in keys.items():
        values = item.get(key)
        several = values if isinstance(values, list) else [] if values in (None, "") else [values]
        roles += [(role, _filler(role, value, entities, names.ontology)) for value in several]
    return Fact(kind, event, tuple(roles), cast("Status", status), item.get("evidence", ""))


def _filler(role: str, value: Any, entities: Mapping[str, Entity], ontology: Ontology) -> Filler:
    """Read a value as the grammars of its role would, and a name as a thing."""
    grammars = ontology.reads(role)
    if "date" in grammars:
        return PartialDate(str(value))
    if grammars & _NUMBERS:
        bare = {"value": value, "unit": "%" if grammars == {"percent"} else ""}
        told = value if isinstance(value, dict) else bare
        number = Decimal(str(told["value"]))
        return (
            Money(number, told["currency"])
            if "currency" in told
            else Quantity(number, told.get("unit") or "")
        )
    if grammars:
        return str(value)
    return entities.get(str(value)) or Entity(ontology.anchored("Organization"), str(value))
