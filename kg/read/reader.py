"""One source in, its documents and failures out: the suffix says which way it is read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kg.model import Document
from kg.read import text as texts
from kg.read.articles import read_json, read_lines, read_piped
from kg.read.content import LIMIT, Failure, ReadError, decode, load, scalar, standard_input, too_long
from kg.read.sources import STDIN, Source

SPLIT = "split it into articles"


def read(source: Source) -> Iterator[Document | Failure]:
    r"""Read one source: one document of a text, many of a .json or .jsonl file.

    Whatever cannot be read yields a `Failure` instead; nothing is raised, and a bad line of a .jsonl file
    costs none of the others. The text is the decoded file, line ends as they are, without a byte order mark;
    offsets count its code points. Only where it holds markup or characters that `clean` mends does it differ
    from the file.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp(), "deal.txt")
    >>> _ = path.write_bytes(b"Northwind Robotics buys Tern Labs\r\n\r\nNo price was given.")
    >>> article, = read(Source(str(path), str(path), "deal.txt"))
    >>> article.id, article.title, article.regions
    ('deal.txt', 'Northwind Robotics buys Tern Labs', ((0, 56),))
    """
    try:
        if source.root == STDIN:
            yield from read_standard_input(source)
            return
        path = Path(source.path)
        suffix = path.suffix.lower()
        if suffix == ".json":
            yield from read_json(source)
        elif suffix == ".jsonl":
            yield from read_lines(source)
        else:
            text = decode(load(source.path, LIMIT, SPLIT))
            yield texts.document(text, source.id, scalar(path.stem), markdown=suffix in {".md", ".markdown"})
    except ReadError as error:
        yield error.failure(source.id, source.path)


def read_standard_input(source: Source) -> Iterator[Document | Failure]:
    """Read standard input, as JSON articles where all of it is such, else as one text without a file's title."""
    data = standard_input()
    # The name comes from the content: piping the same article in again replaces it.
    source = replace(source, id=f"stdin-{hashlib.sha256(data).hexdigest()[:12]}")
    try:
        text = decode(data)
        articles = read_piped(text, source) if text.lstrip()[:1] in {"{", "["} else []
        if articles:
            yield from articles
            return
        if len(data) > LIMIT:
            raise too_long(len(data), LIMIT, SPLIT)
        yield texts.document(text, source.id, stem="")
    except ReadError as error:
        yield error.failure(source.id, source.path)
