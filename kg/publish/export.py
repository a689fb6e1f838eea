"""The graph in the formats that other tools read."""

from __future__ import annotations

import io
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import UsageError
from kg.iris import DATA, PREFIXES, RDF

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["FORMATS", "as_xml", "export", "format_of"]

FORMATS = {
    "turtle": ("ttl", ox.RdfFormat.TURTLE),
    "trig": ("trig", ox.RdfFormat.TRIG),
    "ntriples": ("nt", ox.RdfFormat.N_TRIPLES),
    "nquads": ("nq", ox.RdfFormat.N_QUADS),
    "jsonld": ("jsonld", ox.RdfFormat.JSON_LD),
    "rdfxml": ("rdf", ox.RdfFormat.RDF_XML),
    "graphml": ("graphml", None),
}
_TYPE = RDF + "type"
_FAMILY = re.compile(re.escape(DATA) + r"([a-z-]+)/")
# What XML 1.0 cannot hold, even escaped: section 2.2, Char.
_NOT_XML = re.compile("[^\\t\\n\\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def format_of(name: str) -> str:
    """Return the format that a name or a file's suffix means.

    Raises UsageError for one that kg does not write.

    >>> format_of("graph.ttl"), format_of("nquads")
    ('turtle', 'nquads')
    """
    suffix = name.rsplit(".", 1)[-1].lower()
    for form, (ending, _) in FORMATS.items():
        if suffix in {form, ending}:
            return form
    raise UsageError(f"{name}: not a format that kg writes; choose from {', '.join(FORMATS)}")


def export(quads: Iterable[ox.Quad], form: str, network: Callable[[], nx.MultiDiGraph[str]]) -> bytes:
    """Write quads in a format; those that know no named graphs get the union of all.

    Things come before the statements about them, subjects in the order of their IRIs, each with its classes
    first. GraphML holds the network (nodes, edges, status, first sentence), not the statements. In both XML
    formats U+FFFD stands for the control characters that XML cannot hold.

    >>> import networkx as nx
    >>> export([], "ntriples", nx.MultiDiGraph)
    b''
    """
    rdf = FORMATS[form][1]
    if rdf is None:
        return _graphml(network())
    # Sorted subject by subject: keys for all quads at once would take more memory than the quads.
    of_subject: dict[tuple[str, ox.NamedNode], set[ox.Quad | ox.Triple]] = defaultdict(set)
    families: set[str] = set()
    for quad in quads:
        subject = quad.subject
        assert isinstance(subject, ox.NamedNode)
        graph = quad.graph_name.value if rdf.supports_datasets else ""  # type: ignore[union-attr]
        of_subject[graph, subject].add(quad if rdf.supports_datasets else quad.triple)
        families |= {
            m[1]
            for t in (subject, quad.object)
            if isinstance(t, ox.NamedNode)
            if (m := _FAMILY.match(t.value))
        }
    ordered: Iterable[Any] = (
        quad for key in sorted(of_subject, key=_place) for quad in sorted(of_subject[key], key=_order)
    )
    content: bytes = ox.serialize(ordered, format=rdf, prefixes=_prefixes(families))  # type: ignore[assignment]
    if rdf == ox.RdfFormat.RDF_XML:
        return as_xml(content)
    # Literals hold no raw line breaks, so a line that is not indented begins a subject.
    return re.sub(rb"\n(?=[^\t@\n])", b"\n\n", content) if rdf == ox.RdfFormat.TURTLE else content


def _place(key: tuple[str, ox.NamedNode]) -> tuple[str, bool, str]:
    graph, subject = key
    return graph, subject.value.startswith(DATA + "article/"), str(subject)


def _order(said: ox.Quad | ox.Triple) -> tuple[bool, str, str]:
    return said.predicate.value != _TYPE, said.predicate.value, str(said.object)


def _prefixes(families: set[str]) -> dict[str, str]:
    """Add a prefix for each family of names (`organization:`), whose local names then need no escapes."""
    own = {family: f"{DATA}{family}/" for family in sorted(families - {"article", *PREFIXES})}
    return {p: iri for p, iri in PREFIXES.items() if p != "id"} | own


def as_xml(content: bytes) -> bytes:
    r"""Mend what the writers of XML let through: U+FFFD for what XML cannot hold, a reference for each return.

    >>> as_xml(b"<a>one\x1b\r\n</a>").decode()
    '<a>one\ufffd&#13;\n</a>'
    """
    # A parser reads a bare carriage return as a line feed.
    return _NOT_XML.sub("\ufffd", content.decode()).replace("\r", "&#13;").encode()


def _graphml(network: nx.MultiDiGraph[str]) -> bytes:
    """Write the network with plain attributes: GraphML has no lists, so `facts` is JSON."""
    import networkx as nx

    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri, node in network.nodes(data=True):
        facts: dict[str, list[str]] = {}
        for fact in node["facts"]:
            facts.setdefault(fact["label"], []).append(fact["value"])
        told = json.dumps(facts, ensure_ascii=False, sort_keys=True)
        plain.add_node(iri, label=node["label"], type=node["type"], kind=node["kind"], facts=told)
    for source, target, name, edge in network.edges(keys=True, data=True):
        sentence = edge["evidence"][0]["exact"] if edge["evidence"] else ""
        plain.add_edge(source, target, name, label=edge["label"], status=edge["status"], sentence=sentence)
    file = io.BytesIO()
    nx.write_graphml_xml(plain, file)
    return as_xml(file.getvalue())
