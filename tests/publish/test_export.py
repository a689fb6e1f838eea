"""Exports: what another tool reads is what the store holds, in every format, with the same bytes every time."""

from __future__ import annotations

import io
import json
import random
import re

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.graph.network import to_networkx
from kg.iris import PREFIXES
from kg.publish.export import FORMATS, export, format_of

RDF_FORMATS = {name: form for name, (_, form) in FORMATS.items() if form}
#: What rdflib calls the same formats.
THEIRS = {
    "turtle": "turtle",
    "trig": "trig",
    "ntriples": "nt",
    "nquads": "nquads",
    "jsonld": "json-ld",
    "rdfxml": "xml",
}
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def written(quads: list[ox.Quad], form: str) -> bytes:
    """Export quads."""
    return export(quads, form, lambda: to_networkx(quads))


def expected(quads: list[ox.Quad], form: str) -> set[ox.Triple] | set[ox.Quad]:
    """Give what a format can hold of quads: datasets all, the others the union; XML not every character."""
    if RDF_FORMATS[form].supports_datasets:
        return set(quads)
    triples = {q.triple for q in quads}
    return {clean(t) for t in triples} if form == "rdfxml" else triples


def clean(triple: ox.Triple) -> ox.Triple:
    """Put U+FFFD for what XML cannot hold."""
    value = triple.object
    if isinstance(value, ox.Literal):
        value = ox.Literal(NOT_XML.sub("\ufffd", value.value), datatype=value.datatype)
    return ox.Triple(triple.subject, triple.predicate, value)


def read(content: bytes, form: str) -> set[ox.Triple] | set[ox.Quad]:
    """Read an export again."""
    quads = ox.parse(content, format=RDF_FORMATS[form])
    return set(quads) if RDF_FORMATS[form].supports_datasets else {q.triple for q in quads}


@pytest.mark.parametrize("form", RDF_FORMATS)
def test_an_export_reads_as_the_store(quads: list[ox.Quad], form: str) -> None:
    """Parsing what was written gives the very quads, or their union where the format knows no graphs."""
    assert read(written(quads, form), form) == expected(quads, form)


# rdflib's dataset parsers use names that rdflib itself has deprecated.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("form", RDF_FORMATS)
def test_another_library_reads_the_same(quads: list[ox.Quad], form: str) -> None:
    """In every format rdflib finds the same triples, control characters and hostile names included."""
    graph = rdflib.Dataset(default_union=True) if RDF_FORMATS[form].supports_datasets else rdflib.Graph()
    graph.parse(data=written(quads, form), format=THEIRS[form])
    triples = "".join(
        f"{s.n3()} {p.n3()} {o.n3() if isinstance(o, rdflib.URIRef) else literal(o)} .\n"
        for s, p, o in graph.triples((None, None, None))
    )
    found = {q.triple for q in ox.parse(triples, format=ox.RdfFormat.N_TRIPLES)}
    assert found == {q.triple if isinstance(q, ox.Quad) else q for q in expected(quads, form)}


def literal(value: rdflib.Literal) -> str:
    """Write a literal by its text as read, which rdflib's own writer would change."""
    datatype = ox.NamedNode(str(value.datatype)) if value.datatype else None
    return str(ox.Literal(str(value), datatype=datatype))


@pytest.mark.parametrize("form", FORMATS)
def test_the_bytes_do_not_depend_on_the_order(quads: list[ox.Quad], form: str) -> None:
    """The same graph gives the same bytes, however its quads were ordered or repeated across articles."""
    shuffled = list(quads)
    random.Random(3).shuffle(shuffled)  # noqa: S311
    assert written(quads, form) == written(shuffled, form)


@pytest.mark.parametrize("form", ["turtle", "trig"])
def test_every_prefix_is_declared(quads: list[ox.Quad], form: str) -> None:
    """The prefixes of the vocabularies are declared, and used: few IRIs are written out."""
    text = written(quads, form).decode()
    for prefix, iri in PREFIXES.items():
        assert prefix == "id" or f"@prefix {prefix}: <{iri}> .\n" in text
    assert "a news:FundingRound" in text
    assert "<https://w3id.org/kg-news/ontology#" not in text.replace(
        "@prefix news: <https://w3id.org/kg-news/ontology#>", ""
    )


@given(st.text())
@example("\r")
@example("a\r\nb\rc\n")
@example("]]>&amp;<![CDATA[")
@example("\x00\x01\x08\x0b\x0c\x1f\x7f\x85\u2028\ufffe\uffff")
@example(" lead and trail ")
@example('"""\\"\\\\')
@settings(max_examples=60)
def test_any_text_survives_any_format(value: str) -> None:
    """A literal with any characters comes back from every format, from XML with what XML can hold."""
    graph = ox.NamedNode("https://w3id.org/kg-news/id/article/a")
    node = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    quads = [ox.Quad(graph, node, ox.Literal(value), graph)]
    for form in RDF_FORMATS:
        assert read(written(quads, form), form) == expected(quads, form)
    back = rdflib.Graph().parse(data=written(quads, "rdfxml"), format="xml")
    assert [str(o) for o in back.objects()] == [NOT_XML.sub("\ufffd", value)]


def test_an_empty_graph_is_a_file_of_every_format() -> None:
    """Nothing to write is no error, and reads as nothing."""
    for form in RDF_FORMATS:
        assert read(written([], form), form) == set()
    assert nx.read_graphml(io.BytesIO(written([], "graphml"))).number_of_nodes() == 0


def test_graphml_holds_the_network(quads: list[ox.Quad]) -> None:
    """What networkx reads are the nodes and edges that it wrote, with label, type, status and first sentence."""
    network = to_networkx(quads)
    back = nx.read_graphml(io.BytesIO(written(quads, "graphml")), force_multigraph=True)
    assert set(back.nodes) == set(network.nodes)
    assert sorted((a, b, k) for a, b, k in back.edges(keys=True)) == sorted(network.edges(keys=True))
    for node, data in network.nodes(data=True):
        assert back.nodes[node]["type"] == data["type"]
        assert back.nodes[node]["label"] == NOT_XML.sub("\ufffd", data["label"])
        facts = json.loads(back.nodes[node]["facts"])
        assert sum(map(len, facts.values())) == len(data["facts"])
    for a, b, k, data in network.edges(keys=True, data=True):
        edge = back.edges[a, b, k]
        assert edge["status"] == data["status"]
        sentence = NOT_XML.sub("\ufffd", data["evidence"][0]["exact"])
        assert edge["sentence"].split() == sentence.split()


def test_a_format_has_two_names() -> None:
    """A format is meant by its own name or by the suffix of a file, in any case; another is told the choice."""
    for name, (suffix, _) in FORMATS.items():
        assert format_of(name) == format_of(f"a.b.{suffix.upper()}") == name
    for unknown in ("", "graph", "graph.csv", "ttl.zip"):
        with pytest.raises(
            UsageError, match="choose from turtle, trig, ntriples, nquads, jsonld, rdfxml, graphml"
        ):
            format_of(unknown)
