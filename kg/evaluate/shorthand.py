"""The short names of kg's own annotations: kinds of facts, their keys, and the pieces by which facts are compared.

Any event class of an ontology is a kind as well, by its own name with the names of its roles; see `kinds` and `pieces`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.iris import kebab
from kg.vocabulary import Ontology

__all__ = ["CORE", "KINDS", "Piece", "core", "kinds", "pieces"]

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


@dataclass(frozen=True, slots=True)
class Piece:
    """A kind of comparable piece of a fact: an event and some of its roles. One of a role twice holds both ways."""

    kind: str
    event: str
    roles: tuple[str, ...]

    @property
    def symmetric(self) -> bool:
        """Whether its fillers may change places."""
        return len(set(self.roles)) < len(self.roles)


_PIECES: tuple[Piece, ...] = (
    Piece("round", "FundingRound", ("company",)),
    Piece("lead", "FundingRound", ("company", "leadInvestor")),
    Piece("invested", "FundingRound", ("investor", "company")),
    Piece("amount", "FundingRound", ("company", "amount")),
    Piece("series", "FundingRound", ("company", "series")),
    Piece("round date", "FundingRound", ("company", "date")),
    Piece("valuation", "FundingRound", ("company", "valuation")),
    Piece("invested", "Investment", ("investor", "investee")),
    Piece("investment amount", "Investment", ("investor", "investee", "amount")),
    Piece("acquired", "Acquisition", ("acquirer", "acquiree")),
    Piece("price", "Acquisition", ("acquiree", "price")),
    Piece("deal date", "Acquisition", ("acquiree", "date")),
    Piece("partner", "Partnership", ("participant", "participant")),
    Piece("headquarters", "Headquarters", ("organization", "place")),
    Piece("position", "Position", ("person", "organization")),
    Piece("title", "Position", ("person", "organization", "title")),
    Piece("founder", "Founding", ("organization", "founder")),
    Piece("founding date", "Founding", ("organization", "date")),
    Piece("founding place", "Founding", ("organization", "foundingPlace")),
    Piece("subsidiary", "Subsidiary", ("parent", "subsidiary")),
    Piece("product", "ProductOffering", ("organization", "product")),
    Piece("metric", "Metric", ("subject", "figure")),
    Piece("quote", "Quotation", ("speaker", "text")),
    Piece("listing", "Listing", ("organization", "ticker")),
)
#: The kinds that say who with whom; the others add amounts, dates and words.
CORE = frozenset(
    "round lead invested acquired partner headquarters position founder subsidiary product quote".split()
)


def kinds(ontology: Ontology) -> dict[str, tuple[str, dict[str, str]]]:
    """Return each kind of fact that an annotation may have: its event, and the role behind each of its keys.

    An event class is a kind in snake case, in kebab case and as it is, after the short names of our own.

    >>> found = kinds(Ontology.load())
    >>> found["acquisition"][1]["target"], found["acquisition"][1]["acquiree"], found["product-offering"][0]
    ('acquiree', 'acquiree', 'ProductOffering')
    """
    roles = {event: {role: role for role in ontology.roles(event)} for event in ontology.keys}
    short = {
        kind: (event, {key: role for key, role in keys.items() if role in roles[event]} | roles[event])
        for kind, (event, keys) in KINDS.items()
        if event in ontology.keys
    }
    named = {
        name: (event, roles[event])
        for event in ontology.keys
        for name in (kebab(event).replace("-", "_"), kebab(event), event)
    }
    return {**short, **{name: kind for name, kind in named.items() if name not in short}}


def pieces(ontology: Ontology) -> tuple[Piece, ...]:
    """Return the pieces by which the facts of an ontology are compared.

    Those of kg's own events have short names. Of any other event one piece says who with whom, by its key, and each
    further role is one beside those of the key that it cannot do without.
    """
    short = [p for p in _PIECES if p.event in ontology.keys and {*p.roles} <= {*ontology.roles(p.event)}]
    named = {piece.event for piece in short}
    return (
        *short,
        *(piece for event in ontology.keys if event not in named for piece in _own(event, ontology)),
    )


def _own(event: str, ontology: Ontology) -> Iterator[Piece]:
    keys, required = ontology.keys[event], ontology.required.get(event, ())
    things = tuple(role for role in keys if not ontology.reads(role)) or keys
    several = len(things) == 1 and required.count(things[0]) > 1
    yield Piece(kebab(event), event, things * 2 if several else things)
    needed = tuple(role for role in things if role in required) or things
    for role in ontology.roles(event):
        if role not in things:
            yield Piece(f"{kebab(event)} {kebab(role)}", event, (*needed, role))


def core(ontology: Ontology) -> frozenset[str]:
    """Return the kinds of pieces that say who with whom, also of events of one's own."""
    return CORE | {
        piece.kind
        for piece in pieces(ontology)
        if piece not in _PIECES
        and len(piece.roles) > 1
        and not any(ontology.reads(role) for role in piece.roles)
    }
