"""Answers for people and programs: tables, W3C result formats, explanations."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Any, Protocol

import networkx as nx
import pyoxigraph as ox

from kg.errors import OutputError, UsageError
from kg.iris import PREFIXES, normalise
from kg.publish.export import as_xml

__all__ = ["explanation", "listing", "plain", "write"]

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FORMATS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}


class _Named(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def parameters(self) -> list[str]: ...


def plain(text: str) -> str:
    r"""Take out what a terminal would obey: control characters and text-direction marks.

    >>> plain("a\x1b[31mb")
    'a[31mb'
    """
    return _CONTROL.sub("", text)


def write(answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, form: str) -> None:
    """Write an answer to standard output; a CONSTRUCT answers in Turtle, whatever the format.

    Raises OutputError where standard output takes no more.
    """
    try:
        _write(answer, form)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"standard output: cannot be written ({error.strerror or error})") from error


def _write(answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, form: str) -> None:
    if isinstance(answer, ox.QueryTriples):
        triples = sorted(answer, key=str)
        sys.stdout.buffer.write(ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b"")
    elif form == "turtle":
        raise UsageError(
            "--format turtle: only a CONSTRUCT or DESCRIBE query answers in Turtle; choose another format"
        )
    elif form != "table":
        content = answer.serialize(format=_FORMATS[form]) or b""
        sys.stdout.buffer.write(as_xml(content) if form == "xml" else content)
        sys.stdout.buffer.write(b"\n" if form in {"json", "xml"} else b"")
    elif isinstance(answer, ox.QueryBoolean):
        print("yes" if answer else "no")  # noqa: T201
    else:
        _table(
            [v.value for v in answer.variables],
            [[_text(row[i]) for i in range(len(answer.variables))] for row in answer],
        )


def _text(term: Any) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        for prefix, iri in PREFIXES.items():
            local = term.value.removeprefix(iri)
            if local != term.value and "/" not in local and "#" not in local:
                return f"{prefix}:{local}"
        return _flat(f"<{term.value}>")
    return _flat(str(getattr(term, "value", term)))


def _table(names: list[str], rows: list[list[str]]) -> None:
    """Print a table as wide as the terminal, without empty columns; the count goes to standard error."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    used = [i for i in range(len(names)) if not rows or any(row[i] for row in rows)]
    table = Table(box=None, header_style="bold", pad_edge=False)
    for i in used:
        number = bool(rows) and all(re.fullmatch(r"-?[\d.]*", row[i]) for row in rows)
        table.add_column(names[i], justify="right" if number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(row[i]) for i in used))
    console = Console(width=None if sys.stdout.isatty() else 200)
    with console.capture() as drawn:
        console.print(table, highlight=False)
    # Not rich's own way, which ends the process with code 1 where the reader has left.
    print("\n".join(map(str.rstrip, drawn.get().splitlines())))  # noqa: T201
    print(f"{len(rows)} row{'s' * (len(rows) != 1)}", file=sys.stderr)  # noqa: T201


def listing(queries: Mapping[str, _Named]) -> None:
    """Print the named queries with what they answer and their parameters."""
    width = max(map(len, queries), default=0)
    for query in queries.values():
        parameters = "".join(f" [-p {p}=...]" for p in query.parameters)
        print(f"{query.name:{width}}  {query.summary}{parameters}")  # noqa: T201


def explanation(network: nx.MultiDiGraph[str], words: str) -> str:
    """Write what the network says of everything named by `words`, sentence by sentence; "" if nothing is.

    An exact name comes before names that hold the words, and those before relations.
    """
    prefix, colon, local = words.partition(":")
    words = PREFIXES[prefix] + local if colon and prefix in PREFIXES else words
    wanted = normalise(words)
    nodes = [
        n
        for n, d in network.nodes(data=True)
        if words == n or wanted in map(normalise, (d["label"], *d["aliases"]))
    ]
    nodes = nodes or [n for n, d in network.nodes(data=True) if wanted in normalise(d["label"])]
    lines: list[str] = []
    told: set[tuple[str, str, str]] = set()
    for node in nodes:
        data = network.nodes[node]
        lines.append(_line(0, f"{data['label']} ({data['type']})", node))
        if data["aliases"]:
            lines.append(_line(2, f"also called {', '.join(data['aliases'])}"))
        for fact in data["facts"]:
            lines += _said(f"{fact['label']}: {fact['value']}", fact)
        own = [e for e in network.edges(keys=True, data=True) if node in e[:2] and e[:3] not in told]
        lines += _edges(network, own)
        told.update(e[:3] for e in own)
    if not nodes:
        named = {wanted}
        every = network.edges(keys=True, data=True)
        lines += _edges(network, [e for e in every if named & {normalise(e[3]["label"]), normalise(e[2])}])
    return "".join(lines)


def _edges(network: nx.MultiDiGraph[str], edges: list[tuple[str, str, str, dict[str, Any]]]) -> list[str]:
    lines: list[str] = []
    for source, target, _, edge in edges:
        ends = network.nodes[source]["label"], network.nodes[target]["label"]
        lines += _said(f"{ends[0]} — {edge['label']} — {ends[1]}", edge)
    return lines


def _said(what: str, edge: dict[str, Any]) -> list[str]:
    who = f", says {', '.join(edge['attributed_to'])}" if edge["attributed_to"] else ""
    lines = [_line(2, what, f"[{edge['status']}{who}]")]
    for evidence in edge["evidence"]:
        where = evidence["url"] or evidence["article"]
        place = f"({where}, {evidence['start']}-{evidence['end']})"
        lines.append(_line(6, f"“{evidence['exact']}”", place))
    return lines


def _line(indent: int, *parts: str) -> str:
    return " " * indent + "  ".join(map(_flat, parts)) + "\n"


def _flat(text: str) -> str:
    return " ".join(plain(text).split())
