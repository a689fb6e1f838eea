"""`kg.build` and `kg.Graph`: what a Python program or a notebook works with."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
from conftest import story

import kg
from kg.publish.export import FORMATS

DEAL = "Northwind Robotics acquired Tern Labs for $40 million.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with three articles."""
    folder = tmp_path_factory.mktemp("articles")
    for number in range(2):
        (folder / f"{number}.txt").write_text(story(number), "utf-8")
    (folder / "deal.txt").write_text(DEAL, "utf-8")
    return folder


@pytest.fixture(scope="module")
def graph(folder: Path) -> kg.Graph:
    """Give a graph in memory."""
    return kg.build(folder)


def test_a_graph_is_built_in_memory_from_any_kind_of_path(folder: Path, graph: kg.Graph) -> None:
    """A path as text, as a Path, or a list of them give one graph, and a summary of what was read."""
    assert graph.summary
    assert (graph.summary.written, graph.summary.failures) == (3, [])
    for paths in (str(folder), [folder], [str(p) for p in folder.iterdir()]):
        assert kg.build(paths).export("nquads") == graph.export("nquads")
    assert len(graph) == len(list(graph.store)) > 50


def test_rows_are_dicts_of_text(graph: kg.Graph) -> None:
    """A named query takes its parameters as keywords; SPARQL works as well; ASK and CONSTRUCT have their own types."""
    [row] = graph.query("acquisitions", company="tern labs")
    assert (row["acquirer"], row["target"], row["price"], row["currency"]) == (
        *("Northwind Robotics", "Tern Labs", "40000000", "USD"),
    )
    assert row["sentence"] == DEAL.strip()
    assert graph.query("ASK { ?s a news:Acquisition }") is True
    triples = graph.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 2")
    assert isinstance(triples, list)
    assert all(isinstance(t, ox.Triple) for t in triples)
    with pytest.raises(kg.UsageError):
        graph.query("SELECT nonsense")
    with pytest.raises(kg.UsageError):
        graph.query("acquisitions", nobody="x")


def test_a_store_can_be_built_again_while_its_graph_is_in_use(folder: Path, tmp_path: Path) -> None:
    """The graph of the first build does not stand in the way of the second, as in a notebook."""
    one = kg.build(folder / "deal.txt", tmp_path)
    two = kg.build(folder, tmp_path)
    assert one.query("acquisitions")
    assert two.export("nquads") == kg.build(folder).export("nquads")
    assert kg.Graph.open(tmp_path / "store").export("nquads") == two.export("nquads")


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_is_bytes_and_a_file(graph: kg.Graph, tmp_path: Path, form: str) -> None:
    """A format's name gives bytes and writes nothing; a path writes them too."""
    content = graph.export(form)
    assert list(tmp_path.iterdir()) == []
    path = tmp_path / "new" / f"graph.{FORMATS[form][0]}"
    assert graph.export(path) == path.read_bytes() == content
    assert graph.export(str(path)) == content


def test_the_graph_goes_to_other_libraries(graph: kg.Graph) -> None:
    """The network goes to networkx, and to rdflib a dataset with one named graph per article."""
    assert isinstance(graph.to_networkx(), nx.MultiDiGraph)
    dataset = graph.to_rdflib()
    found = {(str(g.identifier), str(s), str(p), str(o)) for g in dataset.graphs() if len(g) for s, p, o in g}
    ours = list(graph.store)
    assert found == {(q.graph_name.value, q.subject.value, q.predicate.value, q.object.value) for q in ours}
    assert len({q.graph_name for q in ours}) == 3


def test_the_page_is_text_and_a_file(graph: kg.Graph, tmp_path: Path) -> None:
    """`view` gives the page, and writes it where it is told to."""
    page = graph.view(tmp_path / "graph.html", title="Two & three")
    assert (tmp_path / "graph.html").read_text("utf-8") == page
    assert "Two &amp; three" in page


def test_a_graph_conforms(graph: kg.Graph) -> None:
    """What kg builds, its own shapes find well formed."""
    assert graph.validate() == []


def test_errors_are_those_of_the_tree(tmp_path: Path) -> None:
    """Missing paths, missing stores, impossible places: each has its class, all are KgError."""
    with pytest.raises(kg.InputError, match="no such file or folder"):
        kg.build(tmp_path / "none", tmp_path / "out")
    assert not (tmp_path / "out").exists()
    with pytest.raises(kg.InputError, match="kg build"):
        kg.Graph.open(tmp_path / "none")
    (tmp_path / "file.txt").write_text(DEAL)
    with pytest.raises(kg.OutputError, match="another --out"):
        kg.build(tmp_path / "file.txt", tmp_path / "file.txt")
    assert issubclass(kg.OutputError, kg.KgError)


def test_a_graph_remembers_its_own_ontology(folder: Path, tmp_path: Path) -> None:
    """A graph built with an ontology of one's own is opened with that ontology again."""
    own = tmp_path / "own"
    own.mkdir()
    for file in (Path(__file__).parents[1] / "ontology").glob("*.ttl"):
        text = file.read_text("utf-8")
        (own / file.name).write_text(
            text.replace('rdfs:label "acquisition"', 'rdfs:label "takeover"'), "utf-8"
        )
    built = kg.build(folder / "deal.txt", tmp_path / "out", ontology=own)
    opened = kg.Graph.open(tmp_path / "out" / "store")
    for graph in (built, opened):
        assert graph.to_networkx().graph["classes"]["Acquisition"]["label"] == "takeover"
