"""The names of a text, for the tests of the names floor."""

from __future__ import annotations

from functools import lru_cache

from kg.extract import Extractor
from kg.extract.names.candidates import Candidates
from kg.extract.names.cluster import Names, find_names
from kg.extract.names.runs import Runs
from kg.model import Document, Entity
from kg.vocabulary import Lexicon, Ontology


@lru_cache(maxsize=1)
def extractor() -> Extractor:
    """Make an extractor without the learned reader."""
    return Extractor(Ontology.load(), Lexicon.load())


def cut(text: str) -> Runs:
    """Cut a text into sentences and tokens."""
    split = extractor().split(Document("a", text, ((0, len(text)),)))
    return Runs(extractor().words, list(split.sentences), list(split.tokens), split.free)


def named(text: str) -> Names:
    """Find the names of a text."""
    return find_names(Candidates.of(cut(text)))


def things(text: str) -> list[Entity]:
    """Return what a text names, in its order."""
    found = named(text).at
    return list(dict.fromkeys(found[span] for span in sorted(found)))


def labels(text: str) -> list[str]:
    """Return the full names of what a text names, in its order."""
    return [thing.name for thing in things(text)]
