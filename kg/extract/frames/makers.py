"""Products by their maker's name: "Acme Cloud" is Acme's, and so is the Zing of "Acme's Zing"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.frames.draft import Reading
from kg.iris import normalise
from kg.model import Claim, Entity

__all__ = ["made"]


def made(reading: Reading) -> Iterator[Claim]:
    """Yield an offering for each product of a sentence whose name begins with that of a known organization.

    The same for one that stands right behind its maker: "Acme's Zing". What that tells is what a frame makes of "Acme's
    Zing software".
    """
    frame = next((f for f in reading.lexicon.frames if {"named", "owner"} <= f.slots.keys()), None)
    if frame is None or frame.event not in reading.ontology.keys:
        return
    maker, product = frame.slots["owner"], frame.slots["named"]
    done: set[Entity] = set()
    for i, unit in enumerate(reading.row):
        entity = unit.entity
        if entity is None or entity in done or reading.family(entity) != "Product":
            continue
        owner = _namesake(reading, entity) or _possessor(reading, i)
        if owner and reading.accepts(maker, owner):
            done.add(entity)
            evidence = reading.discourse.parsed.evidence(reading.number)
            yield Claim(frame.event, ((maker, owner), (product, entity)), evidence)


def _namesake(reading: Reading, product: Entity) -> Entity | None:
    """Return the organization whose name a product's begins with."""
    words = normalise(product.name).split()
    makers = reading.discourse.makers
    return next(
        (makers[" ".join(words[:n])] for n in range(len(words) - 1, 0, -1) if " ".join(words[:n]) in makers),
        None,
    )


def _possessor(reading: Reading, i: int) -> Entity | None:
    """Return Acme of "Acme's Zing"."""
    owner = reading.row[i - 2].entity if i > 1 and reading.tag(i - 1) == "POSS" else None
    return owner if owner and reading.discourse.organizational(owner) else None
