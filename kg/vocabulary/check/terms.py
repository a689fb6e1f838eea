"""Faults of the terms of `news.ttl`: descriptions, classes above, anchors, traits, drawings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.iris import ONTOLOGY
from kg.vocabulary.ontology import COLOUR, ICON, Ontology
from kg.vocabulary.traits import ANCHORS, GRAMMARS, TRAIT, WRITTEN

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["defined", "local", "term_faults"]

_TRAITS = frozenset("readAs onceFor directed endedBy event thing holder".split())
_WITHOUT = {
    "Thing": "so that no name is a thing",
    "Organization": "so that no organization can be recognised",
    "Person": "so that nobody can be recognised",
    "Place": "so that no place can be recognised",
    "Product": "so that no product can be recognised",
    "City": "so that the list of places has no class for its cities",
    "Country": "so that the list of places has no class for its countries",
    "Event": "so that nothing can happen",
    "MonetaryAmount": "so that sums have no class",
    "QuantitativeValue": "so that numbers have no class",
}


def local(node: Node | None) -> str:
    """Return the local name of a term of ours, the IRI of any other."""
    return str(node).removeprefix(ONTOLOGY)


def defined(news: Graph) -> frozenset[str]:
    """Return the terms of ours that the ontology gives a type."""
    from rdflib import RDF

    return frozenset(local(s) for s in news.subjects(RDF.type) if str(s).startswith(ONTOLOGY))


def term_faults(news: Graph, ontology: Ontology) -> Iterator[str]:
    """Yield what is wrong with the terms themselves."""
    yield from _undescribed(news)
    yield from _missing(news, ontology)
    yield from _above(news)
    yield from _traits(news, ontology)
    yield from _endings(news, ontology)
    yield from _chains(news, ontology)
    for name, (colour, icon) in sorted(ontology.styles.items()):
        if colour and not COLOUR.fullmatch(colour):
            yield f'news.ttl: {name}: its colour {colour} is none; write it as "#rrggbb"'
        if icon and not ICON.fullmatch(icon):
            yield f'news.ttl: {name}: its icon is not the data of an SVG path; begin with "M" and use numbers and commands alone'


def _undescribed(news: Graph) -> Iterator[str]:
    from rdflib import OWL, RDF, RDFS, URIRef

    kinds = (OWL.Class, RDFS.Datatype, OWL.ObjectProperty, OWL.DatatypeProperty)
    for term in sorted({s for k in kinds for s in news.subjects(RDF.type, k) if isinstance(s, URIRef)}):
        if term.startswith(ONTOLOGY):
            for need in (RDFS.label, RDFS.comment):
                if (term, need, None) not in news:
                    yield f"news.ttl: {local(term)}: has no rdfs:{need.removeprefix(str(RDFS))}; add one"


def _missing(news: Graph, ontology: Ontology) -> Iterator[str]:
    known = defined(news)
    for name in WRITTEN:
        if name not in known:
            yield f"news.ttl: {name}: is missing, though kg writes it into every graph; put it back"
    for kind in ANCHORS:
        if not ontology.anchored(kind):
            yield f"news.ttl: no class is below schema:{kind}, {_WITHOUT[kind]}; say rdfs:subClassOf schema:{kind} of one"


def _above(news: Graph) -> Iterator[str]:
    from rdflib import RDFS

    known = defined(news)
    for predicate, kind in ((RDFS.subClassOf, "class"), (RDFS.subPropertyOf, "property")):
        for term, above in sorted(news.subject_objects(predicate)):
            if str(above).startswith(ONTOLOGY) and local(above) not in known:
                yield f"news.ttl: {local(term)}: is below {local(above)}, which is no {kind} of the ontology; define it or correct its name"


def _traits(news: Graph, ontology: Ontology) -> Iterator[str]:
    for term, predicate, value in sorted(news):
        if not str(predicate).startswith(TRAIT) or not str(term).startswith(ONTOLOGY):
            continue
        name, trait = local(term), str(predicate).removeprefix(TRAIT)
        if trait not in _TRAITS:
            yield f"news.ttl: {name}: trait:{trait} is no trait; correct it to one of {', '.join(sorted(_TRAITS))}"
        elif trait == "readAs" and str(value) not in GRAMMARS:
            yield f'news.ttl: {name}: trait:readAs "{value}" is no grammar; use one of {", ".join(GRAMMARS)}'
        elif trait == "onceFor" and local(value) not in ontology.roles(name):
            yield f"news.ttl: {name}: trait:onceFor names {local(value)}, which is no role of {name}; name one of {_listed(ontology, name)}"
        elif trait == "directed" and not ontology.is_event(name):
            yield f"news.ttl: {name}: trait:directed is for event classes, and {name} is none; take it away"


def _listed(ontology: Ontology, event: str) -> str:
    return ", ".join(ontology.roles(event)) or "its roles, once it has some"


def _endings(news: Graph, ontology: Ontology) -> Iterator[str]:
    """Check what ends a state: `trait:endedBy [ trait:event E ; trait:thing ( r s ) ; trait:holder ( r s ) ]`."""
    from rdflib import URIRef

    for state, ending in sorted(news.subject_objects(URIRef(TRAIT + "endedBy"))):
        where = f"news.ttl: {local(state)}: trait:endedBy"
        event = local(news.value(ending, URIRef(TRAIT + "event")))
        if event not in ontology.keys:
            yield f"{where} names the event {event}, which is no class with owl:hasKey; name one in trait:event"
            continue
        for part in ("thing", "holder"):
            match _members(news, news.value(ending, URIRef(TRAIT + part))):
                case [here, there]:
                    for role, owner in ((local(here), local(state)), (local(there), event)):
                        if role not in ontology.roles(owner):
                            yield f"{where} names {role} in trait:{part}, which is no role of {owner}; name one of {_listed(ontology, owner)}"
                case _:
                    yield f"{where} lacks trait:{part}; write the role of {local(state)} and that of {event}: trait:{part} ( :one :other )"


def _chains(news: Graph, ontology: Ontology) -> Iterator[str]:
    """Check the direct edges: `owl:propertyChainAxiom ( [ owl:inverseOf :first ] :second )`, two roles of one event."""
    from rdflib import OWL

    for prop, chain in sorted(news.subject_objects(OWL.propertyChainAxiom)):
        match _members(news, chain):
            case [first, second] if (inverse := news.value(first, OWL.inverseOf)) is not None:
                pair = {local(inverse), local(second)}
                if not any(pair <= {*ontology.roles(event)} for event in ontology.keys):
                    yield f"news.ttl: {local(prop)}: can never be derived, no event has both {' and '.join(sorted(pair))}; correct its owl:propertyChainAxiom"
            case _:
                yield f"news.ttl: {local(prop)}: its owl:propertyChainAxiom can never fire; write ( [ owl:inverseOf :first ] :second )"


def _members(news: Graph, head: Node | None) -> list[Node]:
    """Return the members of an RDF list."""
    from rdflib.collection import Collection

    return list(Collection(news, head)) if head is not None else []
