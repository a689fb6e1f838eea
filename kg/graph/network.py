"""The graph as a networkx MultiDiGraph: entities and events are nodes, roles and direct edges are edges."""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from typing import Any

import networkx as nx
import pyoxigraph as ox

from kg.iris import DCTERMS, OA, ONTOLOGY, PROV, RDF, RDFS, SCHEMA, SKOS
from kg.vocabulary import Ontology

__all__ = ["to_networkx"]

_A = ox.NamedNode(RDF + "type")


class _Index:
    """The quads by subject and predicate, across all articles; objects in a stable order."""

    def __init__(self, quads: list[ox.Quad]) -> None:
        self.objects: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.named: set[str] = set()
        self.sentences: dict[str, dict[str, Any]] = {}
        for subject, predicate, value, _ in quads:
            text = value.value
            self.objects[subject.value][predicate.value].append(text)
            if isinstance(value, ox.NamedNode):
                self.named.add(text)
        for predicates in self.objects.values():
            for predicate, values in predicates.items():
                if len(values) > 1:
                    predicates[predicate] = sorted(set(values))

    def all(self, subject: str, predicate: str) -> list[str]:
        return self.objects[subject][predicate] if subject in self.objects else []

    def one(self, subject: str, predicate: str) -> str:
        return next(iter(self.all(subject, predicate)), "")


def to_networkx(
    quads: list[ox.Quad], ontology: Ontology | None = None, title: str = ""
) -> nx.MultiDiGraph[str]:
    """Build the network that the page draws and GraphML exports.

    Node attributes: `label`, `type` (class), `kind` ("entity" or "event"), `aliases`, `facts`. Edge keys
    are property names; edge attributes: `label`, `predicate` (IRI), `status`, `confidence`, `attributed_to`,
    `derived`, `evidence`. What one article asserts and another denies is two edges: the key of all but the
    first has its status added. `graph["classes"]` tells of each class its `label`, `colour`, `icon` and `key`
    (IRIs of properties). Nodes and edges come in a stable order.

    >>> to_networkx([]).number_of_nodes()
    0
    """
    ontology = ontology or Ontology.load()
    index = _Index(quads)
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        title=title,
        classes={
            name: dict(zip(("colour", "icon"), ontology.style(name), strict=True))
            | {"label": ontology.labels[name], "key": [ONTOLOGY + k for k in ontology.keys.get(name, ())]}
            for name in ontology.labels
            if ontology.is_thing(name) or ontology.is_event(name)
        },
    )
    for iri in sorted(index.objects):
        kinds = [t.removeprefix(ONTOLOGY) for t in index.all(iri, _A.value) if t.startswith(ONTOLOGY)]
        known = [k for k in kinds if k in ontology.superclasses]
        name = max(known, key=lambda k: (len(ontology.ancestors(k)), k), default="")
        if ontology.is_thing(name) or ontology.is_event(name):
            labels = sorted(index.all(iri, RDFS + "label"), key=lambda label: (-len(label), label))
            aliases = sorted({*labels[1:], *index.all(iri, SKOS + "altLabel")} - set(labels[:1]))
            kind = "event" if ontology.is_event(name) else "entity"
            network.add_node(
                iri, label=labels[0] if labels else iri, type=name, kind=kind, aliases=aliases, facts=[]
            )
    direct = {chain.property for chain in ontology.chains}
    for statement in sorted(index.objects):
        if ONTOLOGY + "Statement" in index.all(statement, _A.value):
            _add(network, index, ontology, statement, direct)
    return network


def _add(
    network: nx.MultiDiGraph[str], index: _Index, ontology: Ontology, statement: str, direct: set[str]
) -> None:
    """Add what one statement says: an edge between nodes, or a fact of a node."""
    subject, predicate, value = (index.one(statement, RDF + p) for p in ("subject", "predicate", "object"))
    name = predicate.removeprefix(ONTOLOGY)
    said: dict[str, Any] = {
        "label": ontology.labels.get(name, name),
        "predicate": predicate,
        "confidence": float(index.one(statement, ONTOLOGY + "confidence") or 1),
        "status": index.one(statement, ONTOLOGY + "status").removeprefix(ONTOLOGY),
        "attributed_to": [
            index.one(a, RDFS + "label") for a in index.all(statement, ONTOLOGY + "attributedTo")
        ],
        "evidence": [_evidence(index, s) for s in index.all(statement, PROV + "wasDerivedFrom")],
    }
    if subject not in network or predicate == _A.value:
        return
    if value in network and value in index.named:
        key = name
        if (
            network.has_edge(subject, value, name)
            and network.edges[subject, value, name]["status"] != said["status"]
        ):
            key = f"{name} {said['status']}"
        if network.has_edge(subject, value, key):
            known = network.edges[subject, value, key]
            known["evidence"] += said["evidence"]
            known["confidence"] = max(known["confidence"], said["confidence"])
            known["attributed_to"] = sorted({*known["attributed_to"], *said["attributed_to"]})
        else:
            network.add_edge(subject, value, key, derived=name in direct, **said)
    else:
        shown = index.one(value, RDFS + "label") if value in index.named else value
        network.nodes[subject]["facts"].append({**said, "value": _month(shown)})


def _month(text: str) -> str:
    """Write a month of no known year (`--07`) as people do.

    >>> _month("--07"), _month("2018-07")
    ('July', '2018-07')
    """
    month = re.fullmatch(r"--(\d\d)", text)
    return calendar.month_name[int(month[1])] if month else text


def _evidence(index: _Index, sentence: str) -> dict[str, Any]:
    """Describe a sentence once, however many statements rest on it."""
    if sentence not in index.sentences:
        index.sentences[sentence] = _described(index, sentence)
    return index.sentences[sentence]


def _described(index: _Index, sentence: str) -> dict[str, Any]:
    selectors = index.all(sentence, OA + "hasSelector")
    exact = next(filter(None, (index.one(s, OA + "exact") for s in selectors)), "")
    start = next(filter(None, (index.one(s, OA + "start") for s in selectors)), "0")
    end = next(filter(None, (index.one(s, OA + "end") for s in selectors)), "0")
    article = index.one(sentence, OA + "hasSource").removesuffix("#title")
    return {
        "exact": exact,
        "article": index.one(article, DCTERMS + "identifier"),
        "title": index.one(article, SCHEMA + "headline"),
        "url": index.one(article, SCHEMA + "url"),
        "published": index.one(article, SCHEMA + "datePublished"),
        "start": int(start),
        "end": int(end),
    }
