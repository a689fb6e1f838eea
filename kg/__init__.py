"""Business news in, a knowledge graph out: typed, tied to its sentences, asked with SPARQL.

>>> import kg
>>> graph = kg.build("seeds")
>>> graph.query("headquarters")[0]["place"]
'Shanghai'
"""

from kg.api import Graph, build
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
