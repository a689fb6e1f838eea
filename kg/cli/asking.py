"""The commands that answer questions: query, explain."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from kg.api import Graph
from kg.cli.frame import STORE, StoreOption, app, examples, limited
from kg.errors import InputError, UsageError


class Table(StrEnum):
    """How `kg query` writes its answer."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    xml = "xml"
    turtle = "turtle"


@app.command(
    epilog=examples(
        "kg query",
        "kg query funding-rounds -p min=100000000",
        "kg query acquisitions --format csv",
        "kg query my.rq",
        "echo 'SELECT * {?s a news:Person}' | kg query -",
    )
)
def query(
    question: Annotated[
        str,
        typer.Argument(
            help="A named query, a file, SPARQL itself, or - for standard input; nothing lists the names."
        ),
    ] = "",
    parameters: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="NAME=VALUE", help="A parameter of the query."),
    ] = None,
    form: Annotated[Table, typer.Option("--format", "-f", help="How to write the answer.")] = Table.table,
    timeout: Annotated[float, typer.Option(min=0.01, help="Seconds after which a query is given up.")] = 60.0,
    store: StoreOption = STORE,
) -> None:
    """Ask a question: one of the named queries, or SPARQL of your own."""
    from kg.graph import query as sparql
    from kg.publish.answer import listing, write

    if not question:
        listing(sparql.named_queries())
        return
    text = _standard_input() if question == "-" else sparql.load(question)
    pairs = dict(_pair(p) for p in parameters or [])
    opened = Graph.open(store).store
    with limited(timeout), opened.guarded():
        write(sparql.run(opened.engine, text, pairs), form.value)


@app.command(epilog=examples("kg explain Shanghai", "kg explain 'led by'"))
def explain(
    words: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="An entity's name or IRI, or a relation; quote a name of several words."
        ),
    ],
    store: StoreOption = STORE,
) -> None:
    """Show what the graph says about something, and the sentences that say so."""
    from kg.publish.answer import explanation

    if not words.strip():
        raise UsageError("explain: say of what; `kg query entities` lists the names")
    found = explanation(Graph.open(store).to_networkx(), words)
    if not found:
        raise UsageError(f"{words}: nothing in the graph has that name; `kg query entities` lists the names")
    typer.echo(found, nl=False)


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise UsageError(f"-p {text}: not of the form name=value")
    return name, value


def _standard_input() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"standard input: not UTF-8 text (byte {error.start}); give a SPARQL query"
        ) from error
