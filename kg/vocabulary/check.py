"""Is the vocabulary sound: every term described, every frame able to speak."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError
from kg.iris import ONTOLOGY
from kg.vocabulary.lexicon import EVENT, Frame, Lexicon
from kg.vocabulary.ontology import COLOUR, ICON, Ontology, parse
from kg.vocabulary.resources import folder

__all__ = ["check"]

_PREPOSITIONS = frozenset(
    "in on at by for from with into to as of about after before between over under through against".split()
)
_POSITIONS = frozenset(
    (
        "subject",
        "object",
        "complement",
        "holder",
        "compound",
        "modified",
        "origin",
        "named",
        "owner",
        "topic",
        "theme",
        "receiver",
    )
)


def check(path: Path | None = None) -> list[str]:
    """Return the faults of an ontology folder, one line each: file, term, what is wrong, how to mend it.

    >>> check()
    []
    """
    path = path or folder("ontology")
    try:
        ontology, lexicon = Ontology.load(path), Lexicon.load(path)
        parse(path / "shapes.ttl")
    except InputError as error:
        return [str(error)]
    return [
        *_terms(path),
        *_styles(ontology),
        *_roles(ontology),
        *(fault for frame in lexicon.frames for fault in _frame(frame, ontology)),
    ]


def _terms(path: Path) -> Iterator[str]:
    from rdflib import OWL, RDF, RDFS, URIRef

    graph = parse(path / "news.ttl")
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    for term in sorted({s for k in kinds for s in graph.subjects(RDF.type, k) if isinstance(s, URIRef)}):
        if term.startswith(ONTOLOGY):
            for need in (RDFS.label, RDFS.comment):
                if (term, need, None) not in graph:
                    name = need.removeprefix(str(RDFS))
                    yield f"news.ttl: {term.removeprefix(ONTOLOGY)}: has no rdfs:{name}; add one"


def _styles(ontology: Ontology) -> Iterator[str]:
    for name, (colour, icon) in sorted(ontology.styles.items()):
        if colour and not COLOUR.fullmatch(colour):
            yield f'news.ttl: {name}: its colour {colour} is none; write it as "#rrggbb"'
        if icon and not ICON.fullmatch(icon):
            yield f'news.ttl: {name}: its icon is not the data of an SVG path; begin with "M" and use numbers and commands alone'


def _roles(ontology: Ontology) -> Iterator[str]:
    for event, keys in sorted(ontology.keys.items()):
        for role in keys:
            if role not in ontology.ranges:
                yield f"news.ttl: {event}: its key {role} is no property of the ontology; define it"
            elif role != "date" and event not in ontology.domains[role]:
                yield f"news.ttl: {event}: its key {role} has another domain; add {event} to it"
    for event, roles in sorted(ontology.required.items()):
        for role in roles:
            if role not in ontology.ranges:
                yield f"shapes.ttl: {event}: requires {role}, which is no property of the ontology; define it"


def _frame(frame: Frame, ontology: Ontology) -> Iterator[str]:
    where = f"lexicon.ttl: {frame.name}"
    if frame.event not in ontology.keys:
        yield f"{where}: evokes {frame.event or 'nothing'}, which is no class with owl:hasKey; name one in lex:evokes"
        return
    if not (frame.verbs or frame.nouns or frame.adjectives):
        yield f"{where}: can never fire, it has no lex:verb, lex:noun or lex:adjective; add one"
    if not frame.slots:
        yield f"{where}: can never fire, it has no slot; add lex:subject, lex:object or a preposition"
    if frame.verbs and not frame.nouns and not {"subject", "object", "theme"} & frame.slots.keys():
        yield f"{where}: its verbs can never fire without lex:subject or lex:object; add one"
    for slot, role in frame.slots.items():
        if slot not in _POSITIONS | _PREPOSITIONS:
            yield f"{where}: lex:{slot} is neither a position nor a preposition; correct it"
        if role == EVENT:
            continue
        if role not in ontology.ranges:
            yield f"{where}: lex:{slot} names {role}, which is no property of the ontology; define it"
        elif frame.event not in ontology.domains[role]:
            yield f"{where}: lex:{slot} names {role}, whose domain is not {frame.event}; correct one of them"
