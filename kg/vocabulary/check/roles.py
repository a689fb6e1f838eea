"""Faults of events and their roles: keys, ranges, domains, and what nothing can ever fill."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.iris import ONTOLOGY, XSD
from kg.vocabulary.check.terms import defined, local
from kg.vocabulary.lexicon import EVENT, Lexicon
from kg.vocabulary.ontology import Ontology

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["role_faults"]

_NUMBERS = frozenset(("money", "percent", "count"))
#: Values that stand before an event's noun and fill a role of its key by themselves: "a $5 million Series A round".
_BEFORE_NOUN = _NUMBERS | {"series"}


def role_faults(
    news: Graph, shapes: Graph, ontology: Ontology, lexicon: Lexicon, learned: Iterable[tuple[str, str, str]]
) -> Iterator[str]:
    """Yield what is wrong with the keys, ranges and domains of roles, and which of them nothing can fill."""
    yield from _keys(ontology)
    yield from _required(shapes, ontology)
    roles = sorted(r for r in ontology.ranges if _is_role(r, ontology))
    for role in roles:
        yield from _range(role, news, ontology)
    yield from _domains(news)
    filled = _filled(ontology, lexicon, learned)
    told = {event for event, _ in filled}
    for event in sorted(ontology.labels):
        yield from _silent(event, ontology, told)
    for role in roles:
        for event in ontology.domains[role]:
            below = [e for e in told if event in ontology.ancestors(e)]
            if below and not any((e, role) in filled for e in below) and _readable(role, ontology):
                yield f"news.ttl: {role}: nothing can fill it in {event}; {_mending(role, ontology)}"


def _is_role(name: str, ontology: Ontology) -> bool:
    """Tell the roles of events from the other properties, such as direct edges."""
    return any(ontology.is_event(domain) for domain in ontology.domains[name])


def _keys(ontology: Ontology) -> Iterator[str]:
    for event, keys in sorted(ontology.keys.items()):
        for role in keys:
            if not ontology.domains.get(role) and not ontology.ranges.get(role):
                yield f"news.ttl: {event}: its key {role} is no property of the ontology; define it"
            elif role not in ontology.roles(event):
                yield f"news.ttl: {event}: its key {role} has another domain; add {event} to it"


def _required(shapes: Graph, ontology: Ontology) -> Iterator[str]:
    from rdflib import SH

    for event, roles in sorted(ontology.required.items()):
        for role in dict.fromkeys(roles):
            if role not in ontology.ranges:
                yield f"shapes.ttl: {event}: requires {role}, which is no property of the ontology; define it"
            elif ontology.is_event(event) and role not in ontology.roles(event):
                yield f"shapes.ttl: {event}: requires {role}, whose domain is not {event}, so that it is never told; correct one of them"
    for target in sorted(set(shapes.objects(None, SH.targetClass)), key=str):
        if str(target).startswith(ONTOLOGY) and local(target) not in ontology.labels:
            yield f"shapes.ttl: {local(target)}: is no class of the ontology, so that its shape holds for nothing; correct sh:targetClass"


def _classes(news: Graph, node: Node) -> Iterator[Node]:
    """Yield the classes of a domain or range: one, or the members of a union."""
    from rdflib import OWL
    from rdflib.collection import Collection

    union = None if str(node).startswith(ONTOLOGY) else news.value(node, OWL.unionOf)
    yield from Collection(news, union) if union is not None else [node]


def _range(role: str, news: Graph, ontology: Ontology) -> Iterator[str]:
    from rdflib import RDFS, URIRef

    nodes = [n for r in news.objects(URIRef(ONTOLOGY + role), RDFS.range) for n in _classes(news, r)]
    if not nodes:
        yield f"news.ttl: {role}: has no rdfs:range; name a class of things, or one of {_readables(ontology)}"
    things = values = False
    for node in nodes:
        name = local(node).replace(XSD, "xsd:")
        if name not in ontology.labels:
            yield f"news.ttl: {role}: its range {name} is no class or datatype of the ontology; use one of {_readables(ontology)} or define it"
        elif ontology.grammars(name):
            values = True
        elif ontology.is_thing(name):
            things = True
        else:
            yield f"news.ttl: {role}: its range {name} can never be read, it is no class of things and has no trait:readAs; add one"
    if things and values:
        yield f"news.ttl: {role}: its range mixes things and values, of which the things are never read; make two roles of it"


def _readables(ontology: Ontology) -> str:
    return ", ".join(sorted(name for name, grammars in ontology.read_as.items() if grammars))


def _readable(role: str, ontology: Ontology) -> bool:
    """Tell whether a role has a range that can be read, so that there is no other fault to be mended first."""
    return bool(ontology.ranges[role]) and all(
        ontology.grammars(name) or ontology.is_thing(name) for name in ontology.ranges[role]
    )


def _domains(news: Graph) -> Iterator[str]:
    from rdflib import RDFS

    known = defined(news)
    for role, node in sorted(news.subject_objects(RDFS.domain), key=str):
        for name in sorted(local(n) for n in _classes(news, node) if str(n).startswith(ONTOLOGY)):
            if name not in known:
                yield f"news.ttl: {local(role)}: its domain {name} is no class of the ontology; define it or correct its name"


def _silent(event: str, ontology: Ontology, told: set[str]) -> Iterator[str]:
    """Name an event class that nothing can tell, unless it only stands above others."""
    above = any(event in ontology.superclasses[other] for other in ontology.superclasses)
    if not ontology.is_event(event) or above or event in told:
        return
    if event not in ontology.keys:
        yield f"news.ttl: {event}: has no owl:hasKey, so that nothing can tell it; add one"
    else:
        yield f"news.ttl: {event}: can never be told, no frame evokes it; add a lex:Frame with lex:evokes :{event}"


def _mending(role: str, ontology: Ontology) -> str:
    grammars = ontology.reads(role)
    if grammars == {"date"}:
        return "an event has one role that its clause's date fills, and has another already; take one away"
    if grammars <= {"exchange", "measure", "quotation"} and grammars:
        return f"a value that is read as {', '.join(sorted(grammars))} fills a role of the first event that has one; take it away"
    return "give it a slot in a frame of lexicon.ttl"


def _filled(
    ontology: Ontology, lexicon: Lexicon, learned: Iterable[tuple[str, str, str]]
) -> set[tuple[str, str]]:
    """Return each event with each role that a frame, a key, a grammar or a learned label can fill."""
    filled: set[tuple[str, str]] = set(_by_grammar(ontology))
    for event, first, second in learned:
        if {first, second} <= {*ontology.roles(event)}:
            filled |= {(event, first), (event, second)}
    for frame in lexicon.frames:
        words = frame.verbs or frame.nouns or frame.adjectives
        if not words or frame.measure or frame.event not in ontology.keys:
            continue
        valued = (r for r in ontology.keys[frame.event] if ontology.reads(r) & _BEFORE_NOUN)
        roles = {*frame.slots.values(), ontology.role(frame.event, "date"), *valued} - {EVENT, ""}
        filled |= {(frame.event, role) for role in roles}
    return filled | {(event, above) for event, role in filled for above in ontology.ancestors(role)}


def _by_grammar(ontology: Ontology) -> Iterator[tuple[str, str]]:
    """Yield what is read without any frame, each from the first event that has a role for it.

    A title with a person and an organization, a ticker with an organization and an exchange, a quotation with its
    speaker, a measure with whose it is, its figure and its date.
    """
    grammars: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
        # The value that shows it: the families of the things beside it, values that it needs, values that it may have.
        "title": (("Person", "Organization"), (), ()),
        "ticker": (("Organization",), (), ("exchange",)),
        "quotation": (("",), (), ()),
        "measure": (("",), ("money percent count",), ("date",)),
    }
    for grammar, (families, needed, possible) in grammars.items():
        for event in ontology.keys:
            things = [_thing(event, family, ontology) for family in families]
            values = [_value(event, names, ontology) for names in (grammar, *needed)]
            if all((*things, *values)):
                further = [_value(event, names, ontology) for names in possible]
                yield from ((event, role) for role in (*things, *values, *further) if role)
                break


def _thing(event: str, family: str, ontology: Ontology) -> str:
    """Return the first role of an event for things of a family, for any things where that is ""."""
    if family:
        return ontology.thing(event, family)
    return next((r for r in ontology.roles(event) if not ontology.reads(r)), "")


def _value(event: str, names: str, ontology: Ontology) -> str:
    """Return the first role of an event that one of some grammars reads."""
    wanted = set(names.split())
    return next((r for r in ontology.roles(event) if ontology.reads(r) & wanted), "")
