"""Faults of the word lists: those that are missing, those that denote nothing, tables with unknown names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.vocabulary.check.frames import STATUSES
from kg.vocabulary.check.terms import local
from kg.vocabulary.language import Language
from kg.vocabulary.lexicon import LEXICON, Lexicon
from kg.vocabulary.ontology import Ontology

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["language_faults", "list_faults"]

_LISTED = re.compile(r"@\w+/(\w+)")  # the words of a list that denote a class
_UNTOLD = "untold"  # what a cue may say beside a status: that nothing is told at all


def list_faults(entries: Graph, ontology: Ontology, lexicon: Lexicon, own: Lexicon) -> Iterator[str]:
    """Yield what is wrong with the word lists of `lexicon.ttl`; `own` is the lexicon that comes with kg."""
    for name in sorted(own.words.keys() - lexicon.words.keys()):
        yield f"lexicon.ttl: {name}: is missing, though kg asks for such a list; add `lex:words a lex:{name} .`, if only without words"
    yield from _denoted(entries, ontology)
    yield from _clashes(entries, ontology)


def _denoted(entries: Graph, ontology: Ontology) -> Iterator[str]:
    """Check what each list says its words denote."""
    from rdflib import RDF, URIRef

    denotes = URIRef(LEXICON + "denotes")
    classed = {kind for s in entries.subjects(denotes) for kind in entries.objects(s, RDF.type)}
    for subject, kind in sorted(entries.subject_objects(RDF.type)):
        name = str(subject).removeprefix(LEXICON)
        if kind in classed and (subject, denotes, None) not in entries:
            yield f"lexicon.ttl: {name}: says of no class that its words denote it; add lex:denotes"
        for denoted in sorted(entries.objects(subject, denotes), key=str):
            if not ontology.is_thing(local(denoted)):
                yield f"lexicon.ttl: {name}: lex:denotes names {local(denoted)}, which is no class of things; correct or define it"


def _clashes(entries: Graph, ontology: Ontology) -> Iterator[str]:
    """Name words that denote two classes of which neither is narrower."""
    from rdflib import RDF, URIRef

    denotes, has = URIRef(LEXICON + "denotes"), URIRef(LEXICON + "word")
    seen: dict[tuple[Node, str], str] = {}
    for subject, kind in sorted(entries.subject_objects(RDF.type)):
        denoted = entries.value(subject, denotes)
        for word in sorted(entries.objects(subject, has), key=str) if denoted is not None else ():
            one, other = seen.setdefault((kind, str(word)), local(denoted)), local(denoted)
            if one not in ontology.ancestors(other) and other not in ontology.ancestors(one):
                category = str(kind).removeprefix(LEXICON)
                yield f'lexicon.ttl: {category} "{word}": denotes {one} and {other}; leave it in one of the two lists'


def language_faults(ontology: Ontology, language: Language, own: Language) -> Iterator[str]:
    """Yield the tables that a language lacks of `own`, the one that comes with kg, and rows that name unknown things."""
    for name in own.names:
        file, _, key = name.partition(".")
        if name not in language.names:
            yield f"{file}.toml: {key}: is missing, though kg asks for it; add it, if only empty"
        elif isinstance(own.table(name), dict) != isinstance(language.table(name), dict):
            yield f"{file}.toml: {key}: is no {'table' if isinstance(own.table(name), dict) else 'list'}; write it as kg's own language does"
    for name in language.names:
        table = language.table(name)
        rows = [row for row in table if isinstance(row, dict)] if isinstance(table, list) else []
        for number, row in enumerate(rows, 1):
            for fault in _row(row, ontology):
                yield f"{name.replace('.', '.toml: ')} {number}: {fault}"
        told = {row["where"] for row in rows if "where" in row}
        if told and name in own.names:
            known = {row["where"] for row in own.table(name)}
            for where in sorted(known ^ told):
                fault = "has no row" if where in known else "nothing looks there, but its rows say"
                yield f'{name.replace(".", ".toml: ")}: {fault} where = "{where}"; {_add(where in known)}'


def _add(missing: bool) -> str:
    return "add one, if only without words" if missing else "correct it"


def _row(row: dict[str, Any], ontology: Ontology) -> Iterator[str]:
    """Check what a row of a table of cues says of its words: a status, or a class; `@Descriptor/Company` names one."""
    status, name = row.get("status"), row.get("class")
    if status is not None and status not in {*STATUSES, _UNTOLD}:
        yield f'its status "{status}" is none; write one of {", ".join((*STATUSES, _UNTOLD))}'
    listed = _LISTED.findall(str(row))
    for denoted in ([name] if name is not None else []) + listed:
        if denoted not in ontology.labels:
            yield f'its class "{denoted}" is no class of the ontology; correct or define it'
