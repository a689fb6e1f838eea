"""Answers: tables that a terminal cannot be tricked with, the W3C's formats, and explanations that quote."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.graph.network import to_networkx
from kg.graph.query import named_queries, run
from kg.graph.store import Store
from kg.publish.answer import explanation, listing, plain, write

Capture = pytest.CaptureFixture[str]
HOSTILE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
VALUES = [
    "plain",
    'a "b", c',
    "one\ntwo",
    "=1+1",
    "[bold]x[/bold]",
    ":smile:",
    "\\",
    "\x1b[31mred\u202e",
    "",
    "é 北",
]


@pytest.fixture(scope="module")
def values() -> ox.Store:
    """Give a store with awkward literals."""
    store = ox.Store()
    for i, value in enumerate(VALUES):
        store.add(ox.Quad(ox.NamedNode(f"urn:{i}"), ox.NamedNode("urn:p"), ox.Literal(value)))
    return store


def shown(store: ox.Store, capsys: Capture, text: str, form: str) -> str:
    """Give what an answer looks like."""
    write(run(store, text), form)
    return capsys.readouterr().out


ALL = "SELECT ?s ?value ?none { ?s <urn:p> ?value OPTIONAL { ?s <urn:q> ?none } } ORDER BY ?s"


def test_csv_is_the_format_of_the_w3c(values: ox.Store, capsys: Capture) -> None:
    """SPARQL 1.1 CSV: CRLF, quotes doubled, IRIs and literals bare, unbound empty, nothing added to a formula."""
    write(run(values, ALL), "csv")
    out = capsys.readouterr().out
    assert out.startswith("s,value,none\r\n")
    rows = list(csv.reader(io.StringIO(out, newline="")))
    assert rows[1:] == [[f"urn:{i}", value, ""] for i, value in enumerate(VALUES)]


def test_tsv_writes_terms(values: ox.Store, capsys: Capture) -> None:
    """SPARQL 1.1 TSV: variables with their mark, terms as in Turtle, one line for each row."""
    lines = shown(values, capsys, ALL, "tsv").rstrip("\n").split("\n")
    assert lines[0] == "?s\t?value\t?none"
    assert len(lines) == len(VALUES) + 1
    assert lines[1] == '<urn:0>\t"plain"\t'


def test_json_and_xml_are_the_formats_of_the_w3c(values: ox.Store, capsys: Capture) -> None:
    """Both have the variables in their order and each row's terms; nothing else is on standard output."""
    found = json.loads(shown(values, capsys, ALL, "json"))
    assert found["head"]["vars"] == ["s", "value", "none"]
    assert [b["value"]["value"] for b in found["results"]["bindings"]] == VALUES
    tree = ET.fromstring(shown(values, capsys, ALL, "xml"))  # noqa: S314 - our own bytes
    namespace = "{http://www.w3.org/2005/sparql-results#}"
    assert tree.tag == namespace + "sparql"
    literals = [node.text or "" for node in tree.iter(namespace + "literal")]
    assert literals == [value.replace("\x1b", "\ufffd") for value in VALUES]


@pytest.mark.parametrize("form", ["table", "json", "xml"])
def test_a_yes_or_no_question_has_an_answer(values: ox.Store, capsys: Capture, form: str) -> None:
    """ASK answers in words for people, and in the W3C's formats for programs."""
    yes, no = (shown(values, capsys, f"ASK {{ <urn:{n}> ?p ?o }}", form) for n in (0, "none"))
    assert yes != no
    assert form != "table" or (yes, no) == ("yes\n", "no\n")


def test_triples_are_answered_in_turtle(values: ox.Store, capsys: Capture) -> None:
    """CONSTRUCT and DESCRIBE give Turtle that reads again; Turtle for anything else is refused."""
    out = shown(values, capsys, "CONSTRUCT { ?s <urn:p> ?o } WHERE { ?s <urn:p> ?o }", "table")
    assert {q.object.value for q in ox.parse(out, format=ox.RdfFormat.TURTLE)} == set(VALUES)
    with pytest.raises(UsageError, match="only a CONSTRUCT or DESCRIBE"):
        shown(values, capsys, ALL, "turtle")


def test_a_table_obeys_no_text(values: ox.Store, capsys: Capture) -> None:
    """Control characters are taken out, markup and emoji codes stay text, and each row is one line."""
    write(run(values, ALL), "table")
    out, err = capsys.readouterr()
    assert not HOSTILE.search(out)
    lines = [line.split(maxsplit=1) for line in out.splitlines()]
    assert lines[0] == ["s", "value"]
    assert [line[1].strip() if len(line) > 1 else "" for line in lines[1:]] == [
        *("plain", 'a "b", c', "one two", "=1+1", "[bold]x[/bold]", ":smile:", "\\", "[31mred", "", "é 北"),
    ]
    assert err == "10 rows\n"


def test_known_iris_are_short_in_a_table(store: Store, capsys: Capture) -> None:
    """An IRI of a known namespace is shown with its prefix."""
    out = shown(store.engine, capsys, "SELECT DISTINCT ?t { GRAPH ?g { ?s a ?t } } ORDER BY ?t", "table")
    assert "news:Acquisition" in out
    assert "http" not in out


def test_no_rows_are_a_head_and_a_count(capsys: Capture) -> None:
    """An empty answer is a table without rows."""
    write(run(ox.Store(), "SELECT ?a ?b { ?a ?b ?c }"), "table")
    out, err = capsys.readouterr()
    assert out.split() == ["a", "b"]
    assert err == "0 rows\n"


@given(st.text())
def test_plain_text_is_harmless(text: str) -> None:
    """No control character but the line's own end is left, and harmless text is not touched."""
    assert not HOSTILE.search(plain(text).replace("\t", ""))
    assert plain(plain(text)) == plain(text)
    assert not text.isprintable() or HOSTILE.search(text) or plain(text) == text


def test_the_listing_tells_what_can_be_asked(capsys: Capture) -> None:
    """Each named query has a line with its summary and its parameters."""
    queries = named_queries()
    listing(queries)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(queries)
    for line, query in zip(lines, queries.values(), strict=True):
        assert query.summary in line
        assert all(f"[-p {name}=...]" in line for name in query.parameters)


@pytest.mark.parametrize("words", ["Lumen Robotics Inc.", "lumen", "LUMEN ROBOTICS", "Robotics"])
def test_a_thing_is_explained_by_its_sentences(store: Store, words: str) -> None:
    """By name, alias or part of a name, in any case: its facts, each with status, sentence and place."""
    text = explanation(to_networkx(list(store)), words)
    assert "Lumen Robotics Inc. (Company)  https://" in text
    assert "“Lumen Robotics Inc. raised 6 billion yuan (US$938 million)" in text
    assert "[rumoured]" in text
    assert re.search(r"\(https://news\.example/lumen\?a=1, \d+-\d+\)", text)


def test_a_relation_is_explained_too(store: Store) -> None:
    """Words of a relation show all pairs that it holds between."""
    text = explanation(to_networkx(list(store)), "led by")
    assert "Lumen Robotics Inc. — led by — Hollis Park Capital" in text


def test_an_explanation_obeys_no_text(store: Store) -> None:
    """Hostile names and sentences come out as text."""
    text = explanation(to_networkx(list(store)), "evil")
    assert "Evil" in text
    assert not HOSTILE.search(text)


def test_what_nothing_is_called_has_no_explanation(store: Store) -> None:
    """An unknown name gives nothing, so that the caller can say so."""
    assert explanation(to_networkx(list(store)), "zzz zzz") == ""
