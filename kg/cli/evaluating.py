"""The command that compares: evaluate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.frame import ConfidenceOption, ExtractorOption, OntologyOption, app, examples
from kg.evaluate.score import Score, Tally, interval
from kg.evaluate.shorthand import core

_NARROWEST = 17  # columns for the names of kinds, as our own need


@app.command(
    epilog=examples("kg evaluate gold.jsonl", "kg evaluate gold.jsonl --articles articles.json --errors 20")
)
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Annotated articles, a JSON object a line.")],
    articles: Annotated[
        list[str] | None,
        typer.Option("--articles", "-a", help="Where the texts are, if GOLD holds only ids."),
    ] = None,
    errors: Annotated[
        int, typer.Option("--errors", "-e", min=0, help="List so many wrong and missed facts of each kind.")
    ] = 0,
    ontology: OntologyOption = None,
    extractor: ExtractorOption = "both",
    min_confidence: ConfidenceOption = "balanced",
) -> None:
    """Compare what kg reads in annotated articles with their annotation: precision, recall and F1 by kind.

    A fact's kind is an event class of the ontology, its keys are the roles: "kind": "lawsuit", "plaintiff": "Acme".
    """
    from kg import pipeline
    from kg.settings import Settings

    settings = Settings.of(ontology, extractor, min_confidence)
    scores = dict(pipeline.evaluate(gold, articles or [], settings))
    kinds = sorted({kind for score in scores.values() for kind in score.tallies})
    width = max(map(len, [*kinds, " " * _NARROWEST])) + 1
    typer.echo(f"{'kind':{width}}{'right':>7}{'wrong':>7}{'missed':>7}{'P':>7}{'R':>7}{'F1':>7}   95 % of F1")
    for kind in kinds:
        _row(f"{kind:{width}}", list(scores.values()), [kind])
    between = core(pipeline.vocabulary(settings.ontology)[0])
    _row(f"{'core':{width}}", list(scores.values()), [k for k in kinds if k in between])
    _row(f"{'all':{width}}", list(scores.values()), kinds)
    agree = Tally()
    for score in scores.values():
        agree += score.statuses
    typer.echo(f"{'status right':{width}} {agree.precision:.2f} of {agree.right + agree.wrong} facts found")
    if errors:
        _errors(scores, errors)


def _row(name: str, scores: Sequence[Score], kinds: Iterable[str]) -> None:
    kinds = list(kinds)
    total = Tally()
    for score in scores:
        total += score.total(kinds)
    low, high = interval(scores, kinds)
    typer.echo(
        f"{name}{total.right:7}{total.wrong:7}{total.missed:7}"
        f"{total.precision:7.2f}{total.recall:7.2f}{total.f1:7.2f}   {low:.2f} to {high:.2f}"
    )


def _errors(scores: dict[str, Score], most: int) -> None:
    """List what went wrong, each with its article and its sentence."""
    listed: dict[tuple[str, str], list[str]] = defaultdict(list)
    for article, score in scores.items():
        for fault, atoms in (("wrong", score.wrong), ("missed", score.missed)):
            for kind, words, sentence in atoms:
                listed[kind, fault].append(f"  {article}: {words}\n      {' '.join(sentence.split())}")
    for (kind, fault), lines in sorted(listed.items()):
        typer.echo(f"\n{kind}, {fault} ({len(lines)})")
        for line in lines[:most]:
            typer.echo(line)
