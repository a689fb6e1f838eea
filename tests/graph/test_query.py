"""Queries: the named ones keep their contract, parameters are terms, and nothing hangs, crashes or leaves the machine."""

from __future__ import annotations

import http.server
import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from conftest import ROOT
from hypothesis import example, given
from hypothesis import strategies as st
from processes import PATIENCE

from kg.api import Graph
from kg.errors import InputError, UsageError
from kg.graph.query import load, named_queries, run
from kg.graph.store import Store

CONTRACT = {
    "funding-rounds": "article company amount currency series investor lead date valuation valuationCurrency status sentence",
    "acquisitions": "article acquirer target price currency date status sentence",
    "investments": "article investor target amount currency stake date status sentence",
    "partnerships": "article organization partner status sentence",
    "headquarters": "article organization place status sentence",
    "positions": "article person organization title status sentence",
    "founders": "article organization founder sentence",
    "foundings": "article organization date place sentence",
    "subsidiaries": "article parent subsidiary status sentence",
    "products": "article organization product sentence",
    "metrics": "article subject measure value unit date status sentence",
    "quotes": "article speaker text sentence",
    "listings": "article organization ticker exchange",
}
LABELS = [
    "plain",
    "",
    " ",
    '"',
    "'",
    '"""',
    "'''",
    "\\",
    '\\"',
    "}",
    "?_v",
    "$_v",
    "#",
    "\n",
    "\r\n",
    "<urn:x>",
]
LABELS += [
    '" } SERVICE <http://127.0.0.1:9/> { ?a ?b ?c',
    "a@en",
    "é",
    "e\u0301",
    "北京",
    "🦔",
    "\0",
    "\x1b",
    "%s",
    "{0}",
]
SERVICE = "SERVICE <http://127.0.0.1:{port}/> {{}}"

Rows = list[dict[str, str]]


def rows(store: ox.Store, text: str, **parameters: str) -> Rows:
    """Ask, and give the bound values of each row as text."""
    answer = run(store, text, parameters)
    names = [v.value for v in answer.variables]
    return [{n: row[n].value for n in names if row[n] is not None} for row in answer]


def test_the_contract_is_complete() -> None:
    """Every query of the contract exists; one that is not in it is an extra."""
    assert CONTRACT.keys() <= named_queries().keys()


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_a_named_query_keeps_its_contract(name: str, store: Store) -> None:
    """Each query says what it answers, selects the columns that scripts rely on, and finds its rows."""
    query = named_queries()[name]
    answer = run(store.engine, query.text)
    columns = [v.value for v in answer.variables]
    wanted = CONTRACT.get(name, "").split()
    assert query.summary
    assert columns[: len(wanted)] == wanted or set(wanted) <= set(columns)
    assert list(answer)


@pytest.fixture(scope="module")
def dataset(store: Store) -> rdflib.Dataset:
    """Give the same graphs to rdflib."""
    return Graph(store).to_rdflib()


# rdflib's query engine uses names that rdflib itself has deprecated.
@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
@pytest.mark.parametrize("name", sorted(named_queries()))
def test_another_engine_gives_the_same_rows(name: str, store: Store, dataset: rdflib.Dataset) -> None:
    """The file as it stands, in rdflib over the same named graphs, answers the same."""
    answer = dataset.query(named_queries()[name].text)
    names = [str(v) for v in answer.vars]
    theirs = [{n: str(row[n]) for n in names if row[n] is not None} for row in answer]
    ours = rows(store.engine, named_queries()[name].text)
    assert Counter(map(key, theirs)) == Counter(map(key, ours))


def key(row: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Make a row comparable; libraries spell a decimal in their own ways."""
    return tuple(sorted((n, re.sub(r"^(-?\d+)\.0+$", r"\1", v)) for n, v in row.items()))


def test_every_parameter_of_every_named_query_works(store: Store) -> None:
    """A parameter with a value that nothing has leaves no row; one that all have leaves all."""
    for query in named_queries().values():
        everything = rows(store.engine, query.text)
        for name in query.parameters:
            number = f"?_{name}_decimal" in query.text
            nothing, all_of_it = ("9" * 20, "0") if number else ("no such name", "")
            assert rows(store.engine, query.text, **{name: nothing}) == [], (query.name, name)
            assert rows(store.engine, query.text, **{name: all_of_it}) == everything


@pytest.fixture(scope="module")
def labelled() -> ox.Store:
    """Give a store whose literals hold all that is awkward in SPARQL."""
    store = ox.Store()
    predicate = ox.NamedNode("urn:label")
    for i, label in enumerate(LABELS):
        store.add(ox.Quad(ox.NamedNode(f"urn:{i}"), predicate, ox.Literal(label)))
    return store


@given(value=st.one_of(st.sampled_from(LABELS), st.text()))
@example(value="x'} UNION {?s ?p ?v")
@example(value="\\u0022")
@example(value="service SERVICE")
def test_a_parameter_is_a_term_and_never_text(labelled: ox.Store, value: str) -> None:
    """Asking for a label finds what comparing in Python finds, whatever the label holds."""
    text = "SELECT ?label { ?s <urn:label> ?label FILTER(?label = ?_v) } # ?_v"
    assert [row["label"] for row in rows(labelled, text, v=value)] == [x for x in LABELS if x == value]


@pytest.mark.parametrize(
    ("variable", "good", "bad"),
    [
        ("_n_integer", "-5", "5.5"),
        ("_n_decimal", "600000000.5", "1e9"),
        ("_n_date", "2024-02-29", "2024-2-9"),
        ("_n_iri", "urn:x", "not an iri>"),
        ("_n_decimal", "1", '1" } #'),
    ],
)
def test_a_typed_parameter_is_checked(variable: str, good: str, bad: str) -> None:
    """The variable's name says the type; a value that is not of it is refused."""
    text = f"SELECT (STR(?{variable}) AS ?x) {{}}"
    assert rows(ox.Store(), text, n=good) == [{"x": good}]
    with pytest.raises(UsageError, match="-p n: "):
        run(ox.Store(), text, {"n": bad})


def test_an_unknown_parameter_is_told_the_known_ones() -> None:
    """The message names the parameters that there are."""
    with pytest.raises(UsageError, match=r"-p compny: .* it has: company, min"):
        run(ox.Store(), load("funding-rounds"), {"compny": "x"})


def test_an_unknown_name_gets_a_suggestion() -> None:
    """A slip of the pen is answered with the name that was meant."""
    with pytest.raises(UsageError, match="did you mean acquisitions"):
        load("aquisitions")
    with pytest.raises(UsageError, match="lists the names"):
        load("zzz")


def test_a_question_is_a_name_a_file_or_sparql(tmp_path: Path) -> None:
    """Each of them is told from the others; a file that is none is one clear error."""
    file = tmp_path / "my own query.rq"
    file.write_bytes(b"\xef\xbb\xbfASK {}")
    assert load(str(file)) == "ASK {}"
    assert load("ASK {}") == "ASK {}"
    assert load("quotes").startswith("#+ summary:")
    assert load("# a note\nASK{}") == "# a note\nASK{}"
    file.write_bytes(b"\xff\xfe")
    for missing in (str(file), str(tmp_path / "none.rq"), str(tmp_path)):
        with pytest.raises(InputError, match="cannot be read"):
            load(missing)


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[int, list[str]]]:
    """Listen on this machine, and note every request."""
    hits: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            hits.append(self.path)
            self.send_response(500)
            self.end_headers()

        do_GET = do_POST  # noqa: N815 - the server's own names

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port, hits
        server.shutdown()


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { $S }",
        "SELECT * { sErViCe SILENT <$U> {} }",
        "SELECT * { ?a ?b ?c BIND(<$U> AS ?u) SERVICE ?u {} }",
        "SELECT * { ?a ?b ?c FILTER EXISTS { $S } }",
        "SELECT * { { SELECT * { $S } } }",
        "SELECT * { ?a ?b ?c MINUS { $S } }",
        "SELECT * { {}SERVICE<$U>{} }",
        "SELECT * { # a comment ends here \r $S \n }",
        "SELECT * { # '\n $S # '\n }",
        "PREFIX e: <urn:> SELECT * { ?a e:a\\' ?b . $S FILTER(?b != 'x') }",
        "PREFIX é: <urn:> SELECT * { OPTIONAL { ?a é:a\\' ?b } $S FILTER('x' = 'x') }",
        "PREFIX e: <urn:> SELECT * { OPTIONAL { ?a ?b e:.$S } }",
        "SELECT * { OPTIONAL { ?a ?b 'x'@en.$S } }",
        "SELECT * { OPTIONAL { ?a ?b true.$S } }",
        "SELECT * { FILTER(?a<'>'||1=1) $S FILTER('x'='x') }",
        "SELECT * { FILTER('a\\'' != 'b') $S FILTER('x' = 'x') }",
        "SELECT * { FILTER(1 < 2 && 3 > 2) $S FILTER('x' = 'x') }",
        "SELECT * { FILTER(\"\"\"'\"\"\" != '') $S FILTER('x' = 'x') }",
        "SELECT * { OPTIONAL { ?a <urn:\\u0041'> ?b } $S FILTER('x' = 'x') }",
        "SELECT * { \\u0053ERVICE <$U> {} }",
        "SELECT * FROM <$U> { ?a ?b ?c }",
        "SELECT * FROM NAMED <$U> { GRAPH ?g { ?a ?b ?c } }",
    ],
)
def test_no_query_leaves_this_machine(text: str, listener: tuple[int, list[str]]) -> None:
    """However SERVICE is written or hidden, it is refused, and nobody is asked."""
    port, hits = listener
    text = text.replace("$S", "SERVICE <$U> {}").replace("$U", f"http://127.0.0.1:{port}/")
    store = ox.Store()
    node = ox.NamedNode("urn:a'")
    store.add(ox.Quad(node, node, node))
    try:
        rows(store, text)
        refused = False
    except UsageError:
        refused = True
    assert hits == []
    assert refused or "FROM" in text


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x { BIND('SERVICE <http://x> {} \\\\service' AS ?x) }",
        "SELECT ?x { BIND(STR(<urn:SERVICE <http://x> {} \\\\service>) AS ?x) }".replace(
            " <http://x> {} \\\\", "-"
        ),
        "SELECT ?x { BIND('''a SERVICE's''' AS ?x) } # SERVICE",
        "PREFIX my: <urn:> SELECT ?x { BIND(1 AS ?service) BIND(STR(my:Service) AS ?x) }",
    ],
)
def test_the_word_service_is_not_refused_where_it_is_a_word(text: str) -> None:
    """In strings, IRIs, comments, variables and local names it means nothing, and stays as it is."""
    [row] = rows(ox.Store(), text)
    assert re.search("service", row["x"], re.IGNORECASE)
    assert "\\u" not in row["x"]


NESTED = {
    "braces": lambda n: "SELECT * { " + "{" * n + "}" * n + " }",
    "optional": lambda n: "SELECT * { " + "OPTIONAL{" * n + "}" * n + " }",
    "parentheses": lambda n: "SELECT * { FILTER(" + "(" * n + "1" + ")" * n + ") }",
    "negations": lambda n: "SELECT * { FILTER(" + "! " * n + "true) }",
    "path": lambda n: "SELECT * { ?a " + "(" * n + "<urn:p>" + ")" * n + " ?b }",
    "collection": lambda n: "SELECT * { ?a ?b " + "(" * n + ")" * n + " }",
}


@pytest.mark.parametrize("kind", NESTED)
def test_deep_nesting_is_refused(kind: str) -> None:
    """100 levels are answered; from 201 on one clear line says no, where the engine would crash."""
    list(run(ox.Store(), NESTED[kind](100)))
    for levels in (201, 5_000):
        with pytest.raises(UsageError, match="deeper than 200 levels"):
            run(ox.Store(), NESTED[kind](levels))


@pytest.mark.parametrize(
    "text",
    ["SELECT (1" + "+1" * 20_000 + " AS ?x) {}", "SELECT * { ?a <urn:p>" + "|<urn:p>" * 20_000 + " ?b }"],
)
def test_an_endless_chain_is_refused(text: str) -> None:
    """A chain that would overflow the engine's stack is refused too; a long string is not, nor are many VALUES."""
    with pytest.raises(UsageError, match="longer than"):
        run(ox.Store(), text)
    assert rows(ox.Store(), f"SELECT (STRLEN('{'x' * 100_000}') AS ?n) {{}}") == [{"n": "100000"}]
    assert rows(ox.Store(), f"SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{ {'<urn:a> ' * 5_000} }} }}") == [
        {"n": "5000"}
    ]


def test_the_limits_are_below_what_crashes() -> None:
    """The deepest and the longest query that passes is answered, or refused by the engine, without a crash."""
    texts = [make(195) for kind, make in NESTED.items() if kind != "collection"]  # that one is only slow
    texts += ["SELECT (1" + "+1" * 4_000 + " AS ?x) {}", "SELECT * {" + " FILTER(1)" * 990 + "}"]
    code = f"""
import pyoxigraph as ox
from kg.graph.query import run
for text in {texts!r}:
    list(run(ox.Store(), text))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("text", "line", "column", "word"),
    [
        ("SELECT ?x\nWHERE { ?x a \t§ }", 2, 15, "§"),
        ("SELECT * { ?é ?b § }", 1, 18, "§"),
        ("SELEC * {}", 1, None, ""),
        ("", 1, 1, ""),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", 1, None, ""),
        ("SELECT * {" + " ?a ?b ?c ." * 80 + " ?a ?b § }", 1, 898, "§"),
    ],
)
def test_a_mistake_is_shown_where_it_is(text: str, line: int, column: int | None, word: str) -> None:
    """Line, column, the line itself, and a caret below the very character."""
    with pytest.raises(UsageError) as caught:
        run(ox.Store(), text)
    head, shown, caret = str(caught.value).split("\n")
    found = re.match(r"query:(\d+):(\d+): ", head)
    assert found
    assert int(found[1]) == line
    assert column is None or int(found[2]) == column
    assert len(shown) < 130
    assert shown[len(caret) - 1 :].startswith(word)
    assert caret.endswith("^")


def test_an_unknown_prefix_is_named() -> None:
    """The message says which prefix, and lists those that need no declaration."""
    with pytest.raises(UsageError, match=r"query:2:\d+: unknown prefix nope; .*news, oa"):
        run(ox.Store(), "# a note\nSELECT * { ?s a nope:Thing }")


def test_known_prefixes_may_be_declared_or_not() -> None:
    """A declaration wins over the built-in one; a comment about prefixes changes nothing."""
    own = "PREFIX news: <urn:own#> SELECT (STR(news:x) AS ?x) {}"
    assert rows(ox.Store(), own) == [{"x": "urn:own#x"}]
    assert rows(ox.Store(), "# prefix news: is known\nSELECT (STR(news:x) AS ?x) {}")[0]["x"].startswith(
        "https://"
    )


def test_an_unknown_function_is_a_usage_error() -> None:
    """What the engine finds out only while it plans is one clear line too."""
    with pytest.raises(UsageError, match=r"query: .*urn:f"):
        run(ox.Store(), "SELECT (<urn:f>(1) AS ?x) {}")
