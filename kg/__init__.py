"""Business news in, a knowledge graph out: typed, tied to its sentences, asked with SPARQL.

>>> import kg
>>> graph = kg.build("seeds")
>>> graph.query("headquarters")[0]["place"]
'Shanghai'
"""

from kg.errors import (
    InputError,
    KgError,
    OutputError,
    QueryTimeout,
    StoreBusy,
    StoreDamaged,
    StoreError,
    UsageError,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.api import Graph, build
    from kg.graph.validate import Finding
    from kg.pipeline import VERSION as __version__  # noqa: N811 - the name that tools look for
    from kg.pipeline import Summary

__all__ = [
    "Finding",
    "Graph",
    "InputError",
    "KgError",
    "OutputError",
    "QueryTimeout",
    "StoreBusy",
    "StoreDamaged",
    "StoreError",
    "Summary",
    "UsageError",
    "__version__",
    "build",
]


def __getattr__(name: str) -> object:
    """Import what is heavy at its first use: the command line hears signals before that."""
    from importlib import import_module

    if name in {"Graph", "build"}:
        return getattr(import_module("kg.api"), name)
    if name == "Finding":
        return import_module("kg.graph.validate").Finding
    if name in {"Summary", "__version__"}:
        return getattr(import_module("kg.pipeline"), name.replace("__version__", "VERSION"))
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *__all__]
