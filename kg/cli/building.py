"""The commands that write a store: build, remove, demo."""

from __future__ import annotations

import csv
import io
import os
import shutil
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from kg.api import Graph
from kg.cli.frame import (
    ConfidenceOption,
    ExtractorOption,
    OntologyOption,
    OutOption,
    app,
    examples,
    say,
)
from kg.ending import before_the_end, finish
from kg.pipeline import Summary
from kg.settings import Settings


@app.command(
    epilog=examples("kg build seeds", "kg build articles/ more.jsonl --out out", "cat story.txt | kg build -")
)
def build(
    paths: Annotated[
        list[str],
        typer.Argument(help="Files or folders (.txt, .md, .json, .jsonl), or - for standard input."),
    ],
    out: OutOption = Path("out"),
    ontology: OntologyOption = None,
    extractor: ExtractorOption = "both",
    min_confidence: ConfidenceOption = "balanced",
    workers: Annotated[int, typer.Option(min=1, help="Processes that read articles.")] = os.cpu_count() or 1,
    strict: Annotated[
        bool, typer.Option(help="End with exit code 3 if any article could not be read.")
    ] = False,
    report: Annotated[
        bool,
        typer.Option(help="Read everything again and list in OUT/missed.csv what gave no fact, and why."),
    ] = False,
) -> None:
    """Read articles into a graph, or bring it up to date: only what changed is read again.

    Leaves OUT/store (for the other commands), OUT/graph.ttl and OUT/graph.html.
    """
    settings = Settings.of(ontology, extractor, min_confidence, report=report)
    summary = _build(paths, out, settings, workers)
    finish()
    _report(summary)
    if report:
        from kg.graph.store import write_atomically

        write_atomically(out / "missed.csv", _missed(summary))
        say(f"missed {out / 'missed.csv'}")
    say(f"store  {out / 'store'}\nturtle {out / 'graph.ttl'}\npage   {out / 'graph.html'}")
    nothing = not (summary.written or summary.unchanged or summary.removed)
    if summary.failures and (strict or nothing):
        raise typer.Exit(3)


@app.command(epilog=examples("kg remove story.txt"))
def remove(
    articles: Annotated[
        list[str], typer.Argument(help="Identifiers of articles, as in the `article` column of a query.")
    ],
    out: OutOption = Path("out"),
) -> None:
    """Take articles out of the graph, with everything that only they say."""
    from kg import pipeline
    from kg.graph.store import Store

    Graph.open(out / "store")  # where there is none, none is made
    store = Store.open(out / "store", writable=True)
    pipeline.remove(store, articles)
    _leave(Graph(store, ontology=store.ontology), out)
    finish()
    say(f"removed {len(articles)}")


@app.command(epilog=examples("kg demo", "kg demo --out demo"))
def demo(out: OutOption = Path("out")) -> None:
    """Build the article that comes with kg, and answer a first question."""
    from kg.graph import query as sparql
    from kg.publish.answer import write
    from kg.vocabulary import folder

    summary = _build([str(folder("seeds"))], out, Settings(), 1)
    _report(summary)
    say(
        f"turtle {out / 'graph.ttl'}\npage   {out / 'graph.html'}   (open it in a browser)\n\nWho led the funding rounds?\n"
    )
    text = (
        "SELECT ?company ?amount ?currency ?series ?investor { "
        + _LED
        + " } ORDER BY DESC(?amount) ?investor"
    )
    write(sparql.run(Graph.open(out / "store").store.engine, text), "table")
    command = "kg" if shutil.which("kg") else f"{Path(sys.executable).parent / 'kg'}"
    say(f"\nNext, with `{command}`: query   query quotes   explain Shanghai   build YOUR-FOLDER")


_LED = (
    "GRAPH ?g { ?r a news:FundingRound ; news:company/rdfs:label ?company ; news:amount ?m ; news:series ?series ;"
    " news:leadInvestor/rdfs:label ?investor . ?m news:value ?amount ; news:currency ?currency }"
)


def _build(paths: list[str], out: Path, settings: Settings, workers: int) -> Summary:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from kg import pipeline
    from kg.graph.store import Store

    started = time.monotonic()
    sources = pipeline.find(paths)
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=console, disable=not console.is_terminal)
    with before_the_end(bar.stop), bar:
        task = bar.add_task("reading", total=None)
        store = Store.open(out / "store", writable=True)
        summary = pipeline.build(
            sources,
            store,
            settings=settings,
            workers=workers,
            progress=lambda done, total, met: bar.update(
                task, completed=done, total=total, description=f"reading, {met:,} articles"
            ),
        )
        current = (out / "graph.ttl").exists() and (out / "graph.html").exists()
        if summary.written or summary.removed or not current:
            bar.update(task, description="writing the Turtle and the page")
            _leave(Graph(store, summary, settings.ontology), out)
    summary.seconds = time.monotonic() - started
    return summary


def _leave(graph: Graph, out: Path) -> None:
    """Write the Turtle and the page beside the store."""
    graph.export(out / "graph.ttl")
    graph.view(out / "graph.html")


def _missed(summary: Summary) -> bytes:
    """Write what gave no fact as CSV (RFC 4180), by article and place."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow("article start end reason candidate confidence sentence".split())
    writer.writerows((*row[:5], row[5] or "", row[6]) for row in sorted(summary.missed))
    return table.getvalue().encode("utf-8")


def _report(summary: Summary) -> None:
    from kg.graph.query import named_queries

    for failure in summary.failures:
        reason = failure.reason if failure.kind == "empty" else f"failed: {failure.reason}"
        say(" ".join(f"{failure.path}: {reason}".split()))
    failed = len(summary.failures) - summary.empty
    kept = f"{summary.unchanged} unchanged, " if summary.unchanged else ""
    gone = f"{summary.removed} removed, " if summary.removed else ""
    say(f"articles  {summary.written} read, {kept}{gone}{summary.empty} empty, {failed} failed")
    say(f"entities  {summary.entities}")
    facts = ", ".join(f"{n} {name}" for name, n in summary.facts.items()) or "none"
    say(f"facts     {sum(summary.facts.values())} ({facts})")
    say(f"questions {len(named_queries())} (`kg query` lists them)")
    say(f"seconds   {summary.seconds:.1f}\n")
