"""The commands that hand the graph on, and check it first: view, export, check."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.api import Graph
from kg.cli.frame import STORE, OntologyOption, StoreOption, app, examples, say
from kg.publish.export import FORMATS, format_of

Export = StrEnum("Export", {name: name for name in FORMATS})  # type: ignore[misc]


@app.command(epilog=examples("kg view", "kg view --out network.html --title 'AI funding'"))
def view(
    out: Annotated[Path, typer.Option("--out", "-o", help="The HTML file to write.")] = Path(
        "out/graph.html"
    ),
    title: Annotated[str, typer.Option(help="The page's title.")] = "Business news",
    store: StoreOption = STORE,
) -> None:
    """Write the network as one HTML file that opens with no network."""
    Graph.open(store).view(out, title)
    typer.echo(out)


@app.command(
    epilog=examples("kg export", "kg export --format nquads > graph.nq", "kg export --out graph.jsonld")
)
def export(
    form: Annotated[
        Export | None,
        typer.Option("--format", "-f", help="The format; by default that of --out's suffix, or turtle."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="A file to write in place of standard output.")
    ] = None,
    store: StoreOption = STORE,
) -> None:
    """Write the graph for other tools: Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML or GraphML."""
    from kg.graph.store import write_atomically

    graph = Graph.open(store)
    content = graph.export(form.value if form else format_of(out.name) if out else "turtle")
    if out:
        write_atomically(out, content)
        typer.echo(out)
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


@app.command(epilog=examples("kg check", "kg check --ontology my-ontology"))
def check(
    ontology: OntologyOption = None,
    store: StoreOption = STORE,
) -> None:
    """Check the ontology, the lexicon and, where there is a store, the graph; exit code 1 on a finding."""
    from kg import pipeline

    findings = pipeline.check(ontology)
    checked = "ontology, lexicon"
    if store.exists() or store != STORE:
        findings += [f"graph: {f}" for f in Graph.open(store, ontology).validate()]
        checked += ", graph"
    for finding in findings:
        typer.echo(finding)
    say(f"{checked}: {len(findings)} findings")
    if findings:
        raise typer.Exit(1)
