"""The class of each entity: what its name and surroundings said, or else what its roles ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from kg.extract.names.gazetteer import place
from kg.model import Claim, Entity, Filler
from kg.vocabulary import Ontology

__all__ = ["settled"]


def settled(claims: Sequence[Claim], sure: AbstractSet[Entity], ontology: Ontology) -> list[Claim]:
    """Give entities of no certain class the one that their roles ask for, the surest claims counting most.

    One of a certain class may turn out to be of one below it. A role that does not accept what its filler ended as is
    left out.
    """
    wanted: dict[Entity, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for claim in claims:
        for role, filler in claim.roles:
            if isinstance(filler, Entity) and (
                filler not in sure
                or ontology.accepts(role, filler.type)
                or ontology.narrowed(role, filler.type)
            ):
                wanted[filler][_asked(role, filler, ontology)] += claim.confidence
    final = {
        entity: max(asked, key=lambda c: (_weight(c, asked, ontology), c == entity.type))
        for entity, asked in wanted.items()
    }
    anything, unknown = ontology.anchored("Thing"), ontology.anchored("Organization")

    def typed(filler: Filler) -> Filler:
        if not isinstance(filler, Entity):
            return filler
        kind = final.get(filler, filler.type)
        known = ontology.is_thing(kind) and kind != anything
        return replace(filler, type=kind if known else unknown)

    return [_retyped(claim, typed, ontology) for claim in claims]


def _weight(name: str, asked: Mapping[str, float], ontology: Ontology) -> float:
    """Return what speaks for a class: what asks for it, or for one above it, which it is as well."""
    return sum(asked.get(above, 0.0) for above in ontology.ancestors(name))


def _asked(role: str, entity: Entity, ontology: Ontology) -> str:
    """Return the class that a role asks of an entity: its own if that fits, else the likeliest of the range."""
    if entity.type != "Unknown" and ontology.accepts(role, entity.type):
        return entity.type
    if narrower := ontology.narrowed(role, entity.type):
        return narrower
    ranges = ontology.ranges[role]
    people = [c for c in ranges if ontology.family(c) == "Person"]
    others = [c for c in ranges if c not in people]
    if others and ontology.family(others[0]) == "Place" and (known := place(entity.name)):
        return ontology.anchored(known[0])
    # A union's first class is the likeliest; two words make a person rather than a company.
    person_first = bool(people) and people[0] == ranges[0]
    several = len(entity.name.split()) > 1
    return people[0] if people and (not others or (several and person_first)) else others[0]


def _retyped(claim: Claim, typed: Callable[[Filler], Filler], ontology: Ontology) -> Claim:
    sure = claim.certainties or (claim.confidence,) * len(claim.roles)
    told = [(role, typed(filler), p) for (role, filler), p in zip(claim.roles, sure, strict=True)]
    told = [t for t in told if not isinstance(t[1], Entity) or ontology.accepts(t[0], t[1].type)]
    speaker = claim.attributed_to and typed(claim.attributed_to)
    assert speaker is None or isinstance(speaker, Entity)
    roles, certainties = tuple((r, f) for r, f, _ in told), tuple(p for _, _, p in told)
    return replace(claim, roles=roles, certainties=certainties, attributed_to=speaker)
