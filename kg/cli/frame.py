"""What all commands share: the application, how faults and signals end it, common options."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from kg.ending import SIGNALS, finish
from kg.errors import KgError, OutputError, QueryTimeout
from kg.pipeline import VERSION
from kg.publish.answer import plain

STORE = Path("out/store")
StoreOption = Annotated[
    Path, typer.Option("--store", "-s", envvar="KG_STORE", help="The store that `kg build` left.")
]
OutOption = Annotated[
    Path, typer.Option("--out", "-o", help="The folder for store/, graph.ttl and graph.html.")
]
OntologyOption = Annotated[
    Path | None, typer.Option(help="A folder with news.ttl, lexicon.ttl and shapes.ttl of your own.")
]
ExtractorOption = Annotated[
    str, typer.Option(help="Whom to believe: `both`, or `frames` or `learned` alone.", metavar="NAME")
]
ConfidenceOption = Annotated[
    str,
    typer.Option(
        help="How sure a fact must be: `balanced`, `strict`, or a number from 0 to 1.", metavar="LEAST"
    ),
]


class Commands(TyperGroup):
    """The commands: every expected fault of any of them is one line and a documented exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except KgError as error:
            finish()
            say(f"error: {error}")
            raise typer.Exit(error.exit_code) from error
        except BrokenPipeError as error:
            # The reader has left (`kg query ... | head`): nothing is wrong, and nothing more can be said.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit from error
        except OSError as error:
            finish()
            say(f"error: standard output: cannot be written ({error.strerror or error})")
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(OutputError.exit_code) from error
        return result


app = typer.Typer(
    name="kg",
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    help="Business news in, a knowledge graph out: build it, ask it, look at it, hand it on.",
    epilog="Exit codes: 0 done, 1 findings, 2 wrong call, 3 unreadable input, 4 store busy, 5 store damaged,"
    " 6 output not writable, 124 query timeout, 130 interrupted.",
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
) -> None:
    """Answer what needs no command."""
    if version:
        typer.echo(f"kg {VERSION}")
        raise typer.Exit


def examples(*lines: str) -> str:
    """Write the examples of a command, each in a line of its own."""
    return "Examples:\n\n" + "\n\n".join(f"`{line}`" for line in lines)


def say(text: str) -> None:
    """Tell the user something that is not the result."""
    typer.echo(plain(text), err=True)


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """End the process when a query takes too long, or in silence at a signal: nothing else stops the engine.

    A reader holds nothing that could be lost.
    """

    def give_up() -> None:
        say(f"error: query: ran past {seconds:g} s; raise --timeout or ask for less")
        os._exit(QueryTimeout.exit_code)

    timer = threading.Timer(seconds, give_up)
    timer.daemon = True
    previous = {number: signal.signal(number, signal.SIG_DFL) for number in SIGNALS}
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        for number, handler in previous.items():
            signal.signal(number, handler)
