"""The network: entities and events are nodes, roles and direct edges are edges, everything in a stable order."""

from __future__ import annotations

import random

import networkx as nx
import pyoxigraph as ox
from conftest import HOLLIS, LUMEN, TERN, Telling, quads_of

from kg.graph.network import to_networkx
from kg.model import Article


def nodes(network: nx.MultiDiGraph[str]) -> dict[str, str]:
    """Give the nodes by their label."""
    return {data["label"]: node for node, data in network.nodes(data=True)}


def test_the_order_of_the_quads_does_not_matter(quads: list[ox.Quad]) -> None:
    """Shuffled quads, or quads given twice, give the same network in the same order."""
    shuffled = [*quads, *quads]
    random.Random(5).shuffle(shuffled)  # noqa: S311
    one, other = to_networkx(quads), to_networkx(shuffled)
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))


def test_every_edge_says_where_it_is_from(articles: list[Article], quads: list[ox.Quad]) -> None:
    """An edge has a label, a status and sentences, each with its article and its place in it."""
    texts = {a.document.id: a.document for a in articles}
    network = to_networkx(quads)
    assert network.number_of_edges() > 20
    for *_, edge in network.edges(data=True):
        assert edge["label"]
        assert edge["status"]
        assert edge["evidence"]
        for said in edge["evidence"]:
            document = texts[said["article"]]
            text = document.text[document.body_start :]
            assert said["exact"] in {text[said["start"] : said["end"]], document.title}


def test_direct_edges_are_marked(quads: list[ox.Quad]) -> None:
    """An edge that a rule derived is told from a role of an event."""
    network = to_networkx(quads)
    names = nodes(network)
    derived = {(a, b) for a, b, d in network.edges(data="derived") if d}
    assert (names["Hollis Park Capital"], names["Lumen Robotics Inc."]) in derived
    kinds = nx.get_node_attributes(network, "kind")
    assert all(kinds[a] == kinds[b] == "entity" for a, b in derived)


def test_what_one_article_says_and_another_denies_is_two_edges() -> None:
    """A deal asserted here and denied there shows both, each with its own sentence and speaker."""
    told = []
    for name, status in (("a", "asserted"), ("b", "denied"), ("c", "denied")):
        a = Telling(name)
        said = a.say(f"A sentence that calls it {status}, in {name}.")
        roles = ("investor", HOLLIS), ("investee", TERN)
        a.event("Investment", said, *roles, status=status, by=LUMEN if name == "c" else HOLLIS)
        told.append(a.article())
    network = to_networkx(quads_of(told))
    edges = [d for *_, k, d in network.edges(keys=True, data=True) if k.startswith("investee")]
    assert sorted((d["status"], len(d["evidence"]), len(d["attributed_to"])) for d in edges) == [
        ("asserted", 1, 1),
        ("denied", 2, 2),
    ]
