"""The command line: arguments in, text out. Data goes to standard output, everything else to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.api import Graph
from kg.errors import KgError, UsageError
from kg.pipeline import VERSION, Summary
from kg.publish.export import FORMATS

app = typer.Typer(
    name="kg",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    help="Business news in, a knowledge graph out: build it, ask it, look at it, hand it on.",
    epilog="Exit codes: 0 done, 1 findings, 2 wrong call, 3 unreadable input, 4 store busy, 5 store damaged,"
    " 6 output not writable, 124 query timeout, 130 interrupted.",
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Table(StrEnum):
    """How `kg query` writes its answer."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    xml = "xml"
    turtle = "turtle"


Export = StrEnum("Export", {name: name for name in FORMATS})  # type: ignore[misc]
StoreOption = Annotated[
    Path, typer.Option("--store", "-s", envvar="KG_STORE", help="The store that `kg build` left.", show_default=True)
]
OutOption = Annotated[Path, typer.Option("--out", "-o", help="The folder for store/, graph.ttl and graph.html.")]
_STORE = Path("out/store")


def _example(*lines: str) -> str:
    return "Examples:\n\n" + "\n\n".join(f"`{line}`" for line in lines)


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
) -> None:
    if version:
        typer.echo(f"kg {VERSION}")
        raise typer.Exit
    del context


@app.command(epilog=_example("kg build seeds", "kg build articles/ more.jsonl --out out", "cat story.txt | kg build -"))
def build(
    paths: Annotated[list[str], typer.Argument(help="Files or folders (.txt, .md, .json, .jsonl), or - for standard input.")],
    out: OutOption = Path("out"),
    ontology: Annotated[Path | None, typer.Option(help="A folder with news.ttl, lexicon.ttl and shapes.ttl of your own.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that read articles.")] = os.cpu_count() or 1,
    strict: Annotated[bool, typer.Option(help="End with exit code 3 if any article could not be read.")] = False,
) -> None:
    """Read articles into a graph, or bring it up to date: only what changed is read again.

    Leaves OUT/store (for the other commands), OUT/graph.ttl and OUT/graph.html.
    """
    summary = _build(paths, out, ontology, workers)
    _report(summary)
    _say(f"store  {out / 'store'}\nturtle {out / 'graph.ttl'}\npage   {out / 'graph.html'}")
    nothing = not (summary.written or summary.unchanged or summary.removed)
    if summary.failures and (strict or nothing):
        raise typer.Exit(3)


@app.command(epilog=_example("kg query", "kg query funding-rounds -p min=100000000", "kg query acquisitions --format csv", "kg query my.rq", "echo 'SELECT * {?s a news:Person}' | kg query -"))
def query(
    question: Annotated[str, typer.Argument(help="A named query, a file, or - for standard input; nothing lists the names.")] = "",
    parameters: Annotated[list[str] | None, typer.Option("--param", "-p", metavar="NAME=VALUE", help="A parameter of the query.")] = None,
    form: Annotated[Table, typer.Option("--format", "-f", help="How to write the answer.")] = Table.table,
    timeout: Annotated[float, typer.Option(min=0.01, help="Seconds after which a query is given up.")] = 60.0,
    store: StoreOption = _STORE,
) -> None:
    """Ask a question: one of the named queries, or SPARQL of your own."""
    from kg.graph import query as sparql
    from kg.publish.answer import listing, write

    if not question:
        listing(sparql.named_queries())
        return
    text = sys.stdin.read() if question == "-" else sparql.load(question)
    pairs = dict(_pair(p) for p in parameters or [])
    answer = sparql.run(Graph.open(store).store.engine, text, pairs, timeout=timeout)
    write(answer, form.value)


@app.command(epilog=_example("kg view", "kg view --out network.html --title 'AI funding'"))
def view(
    out: Annotated[Path, typer.Option("--out", "-o", help="The HTML file to write.")] = Path("out/graph.html"),
    title: Annotated[str, typer.Option(help="The page's title.")] = "Business news",
    store: StoreOption = _STORE,
) -> None:
    """Write the network as one HTML file that opens with no network."""
    Graph.open(store).view(out, title)
    typer.echo(out)


@app.command(epilog=_example("kg export", "kg export --format nquads > graph.nq", "kg export --out graph.jsonld"))
def export(
    form: Annotated[Export, typer.Option("--format", "-f", help="The format; by default that of --out's suffix.")] = Export("turtle"),
    out: Annotated[Path | None, typer.Option("--out", "-o", help="A file to write; its suffix decides the format.")] = None,
    store: StoreOption = _STORE,
) -> None:
    """Write the graph for other tools: Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML or GraphML."""
    graph = Graph.open(store)
    if out:
        graph.export(out)
        typer.echo(out)
    else:
        sys.stdout.buffer.write(graph.export(form.value))


@app.command(epilog=_example("kg explain Shanghai", "kg explain 'led by'"))
def explain(
    words: Annotated[str, typer.Argument(help="A name, or words of a fact: an entity's label or IRI, a relation.")],
    store: StoreOption = _STORE,
) -> None:
    """Show what the graph says about something, and the sentences that say so."""
    from kg.publish.answer import explanation

    found = explanation(Graph.open(store).to_networkx(), words)
    if not found:
        raise UsageError(f"{words}: nothing in the graph has that name; `kg query entities` lists the names")
    typer.echo(found, nl=False)


@app.command(epilog=_example("kg check", "kg check --ontology my-ontology"))
def check(
    ontology: Annotated[Path | None, typer.Option(help="A folder with news.ttl, lexicon.ttl and shapes.ttl of your own.")] = None,
    store: StoreOption = _STORE,
) -> None:
    """Check the ontology, the lexicon and, where there is a store, the graph; exit code 1 on a finding."""
    from kg.vocabulary.check import check as check_vocabulary

    findings = [str(f) for f in check_vocabulary(ontology)]
    checked = "ontology, lexicon"
    if store.exists() or store != _STORE:
        findings += [f"graph: {f}" for f in Graph.open(store).validate()]
        checked += ", graph"
    for finding in findings:
        typer.echo(finding)
    _say(f"{checked}: {len(findings)} findings")
    if findings:
        raise typer.Exit(1)


@app.command(epilog=_example("kg remove story.txt"))
def remove(
    articles: Annotated[list[str], typer.Argument(help="Identifiers of articles, as in the `article` column of a query.")],
    out: OutOption = Path("out"),
) -> None:
    """Take articles out of the graph, with everything that only they say."""
    from kg.pipeline import remove as take_out

    with _interruptible():
        graph = Graph(_writable(out))
        take_out(graph.store, articles)
        _leave(graph, out)
    _say(f"removed {len(articles)}")


@app.command(epilog=_example("kg demo", "kg demo --out demo"))
def demo(out: OutOption = Path("out")) -> None:
    """Build the article that comes with kg, and answer a first question."""
    from kg.graph import query as sparql
    from kg.publish.answer import write
    from kg.vocabulary import folder

    summary = _build([str(folder("seeds"))], out, None, 1)
    _report(summary)
    _say(f"turtle {out / 'graph.ttl'}\npage   {out / 'graph.html'}   (open it in a browser)\n\nWho led the funding rounds?\n")
    text = "SELECT ?company ?amount ?currency ?series ?investor { " + _LED + " } ORDER BY DESC(?amount) ?investor"
    write(sparql.run(Graph.open(out / "store").store.engine, text), "table")
    _say("\nNext: kg query   kg query quotes   kg explain Shanghai   kg build YOUR-FOLDER")


_LED = (
    "GRAPH ?g { ?r a news:FundingRound ; news:company/rdfs:label ?company ; news:amount ?m ; news:series ?series ;"
    " news:leadInvestor/rdfs:label ?investor . ?m news:value ?amount ; news:currency ?currency }"
)


def _build(paths: list[str], out: Path, ontology: Path | None, workers: int) -> Summary:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from kg import pipeline

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with _interruptible(), Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("reading", total=None)
        store = _writable(out)
        summary = pipeline.build(
            paths,
            store,
            ontology=ontology,
            workers=workers,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
        bar.update(task, description="writing")
        _leave(Graph(store, summary, ontology), out)
    return summary


def _writable(out: Path):  # type: ignore[no-untyped-def]  # noqa: ANN202
    from kg.graph.store import Store

    return Store.open(out / "store", writable=True)


def _leave(graph: Graph, out: Path) -> None:
    """Write the Turtle and the page beside the store."""
    graph.export(out / "graph.ttl")
    graph.view(out / "graph.html")


def _report(summary: Summary) -> None:
    for failure in summary.failures:
        if failure.kind == "failed":
            _say(f"failed: {failure.reason}")
    failed = len(summary.failures) - summary.empty
    kept = f"{summary.unchanged} unchanged, " if summary.unchanged else ""
    gone = f"{summary.removed} removed, " if summary.removed else ""
    _say(f"articles  {summary.written} read, {kept}{gone}{summary.empty} empty, {failed} failed")
    _say(f"entities  {summary.entities}")
    facts = ", ".join(f"{n} {name}" for name, n in summary.facts.items()) or "none"
    _say(f"facts     {sum(summary.facts.values())} ({facts})")
    _say(f"seconds   {summary.seconds:.1f}\n")


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise UsageError(f"-p {text}: not of the form name=value")
    return name, value


def _say(text: str) -> None:
    typer.echo(text, err=True)


@contextmanager
def _interruptible() -> Iterator[None]:
    """Turn Ctrl-C and SIGTERM into one line; what was written so far stays whole."""
    import signal

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    previous = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, previous)


def main() -> None:
    """Run the command line; every expected fault is one line and a documented exit code."""
    try:
        app()
    except KgError as error:
        _say(f"error: {error}")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        _say("interrupted; run the same command again to go on")
        sys.exit(130)
    except BrokenPipeError:
        # The reader has left (`kg query ... | head`): nothing is wrong, and nothing more can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
