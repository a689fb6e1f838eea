"""Where the data files are: inside the installed package, or at the top of a checkout."""

from __future__ import annotations

from pathlib import Path


def folder(name: str) -> Path:
    """Return the folder `ontology`, `queries` or `seeds` that came with kg.

    >>> sorted(p.name for p in folder("ontology").glob("*.ttl"))
    ['lexicon.ttl', 'news.ttl', 'shapes.ttl']
    """
    package = Path(__file__).resolve().parent.parent
    installed = package / "_data" / name
    return installed if installed.is_dir() else package.parent / name
