"""Paths in, documents out: text, Markdown, JSON and JSON Lines, from files, folders or standard input.

`find` says what there is to read, `read` reads one source of it. Whatever bytes a source holds, `read`
gives a `Document` or a `Failure` that says why not; it never raises.
"""

from kg.read.content import LIMIT, Failure
from kg.read.reader import read
from kg.read.sources import Source, find

__all__ = ["LIMIT", "Failure", "Source", "find", "read"]
