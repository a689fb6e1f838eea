"""The Turtle that kg exports is read alike by parsers that share no code with it: raptor, serd and N3.js."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from processes import PATIENCE
from rdflib.compare import graph_diff, to_isomorphic

import kg

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "seeds"

Parser = Callable[[Path], list[str]]


def rapper(path: Path) -> list[str]:
    """Give the command that has raptor turn a Turtle file into N-Triples."""
    return [program("rapper"), "-q", "-i", "turtle", "-o", "ntriples", str(path)]


def serdi(path: Path) -> list[str]:
    """Give the command that has serd turn a Turtle file into N-Triples."""
    return [program("serdi"), "-i", "turtle", "-o", "ntriples", str(path)]


def n3js(path: Path) -> list[str]:
    """Give the command that has N3.js turn a Turtle file into N-Triples."""
    if not (HERE / "node_modules" / "n3").is_dir():
        missing("N3.js is not installed: npm ci --prefix tests/foreign")
    return [program("node"), str(HERE / "count.mjs"), str(path)]


def program(name: str) -> str:
    """Find a program on PATH, or skip the test."""
    found = shutil.which(name)
    if found is None:
        missing(f"{name} is not on PATH")
    return str(found)


def missing(reason: str) -> None:
    """Skip the test, or fail it where KG_REQUIRE_FOREIGN says that every parser has been installed."""
    if os.environ.get("KG_REQUIRE_FOREIGN"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """Give the seed graph as a Turtle file and as N-Quads."""
    graph = kg.build([str(SEEDS)])
    turtle = tmp_path_factory.mktemp("turtle") / "seeds.ttl"
    turtle.write_bytes(graph.export("turtle"))
    return turtle, graph.export("nquads")


@pytest.fixture(autouse=True)
def _literals_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep rdflib from rewriting literals, which would hide a parser that changed one."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


def without_graph_names(nquads: bytes) -> rdflib.Graph:
    """Read N-Quads into one rdflib graph of triples."""
    # rdflib's own N-Quads reader warns of its own deprecated calls, so the graph names are dropped before.
    triples = (quad.triple for quad in pyoxigraph.parse(nquads, format=pyoxigraph.RdfFormat.N_QUADS))
    ntriples = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=ntriples, format="nt")


@pytest.mark.parametrize("parser", [rapper, serdi, n3js])
def test_a_foreign_parser_reads_the_same_graph(parser: Parser, exported: tuple[Path, bytes]) -> None:
    """A foreign parser finds as many triples in the Turtle as pyoxigraph does, and the very ones of the store."""
    turtle, nquads = exported
    done = subprocess.run(parser(turtle), capture_output=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr.decode()

    lines = [line for line in done.stdout.splitlines() if line.strip()]
    own = list(pyoxigraph.parse(path=str(turtle), format=pyoxigraph.RdfFormat.TURTLE))
    assert len(lines) == len(own) > 0

    read_back = to_isomorphic(rdflib.Graph().parse(data=done.stdout, format="nt"))
    stored = to_isomorphic(without_graph_names(nquads))
    if read_back != stored:
        _, only_read, only_stored = graph_diff(read_back, stored)
        pytest.fail(
            f"{parser.__name__} differs from the store\n"
            f"only in the Turtle:\n{only_read.serialize(format='nt')}\n"
            f"only in the store:\n{only_stored.serialize(format='nt')}"
        )


def test_the_turtle_has_no_blank_nodes(exported: tuple[Path, bytes]) -> None:
    """Every node of the exported Turtle has an IRI, so that two exports can be compared line by line."""
    triples = pyoxigraph.parse(path=str(exported[0]), format=pyoxigraph.RdfFormat.TURTLE)
    nodes = (node for triple in triples for node in (triple.subject, triple.object))
    assert not [node for node in nodes if isinstance(node, pyoxigraph.BlankNode)]
