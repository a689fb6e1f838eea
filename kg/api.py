"""`Graph`: what a build leaves, to ask, look at, validate and hand on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import pipeline
from kg.graph import query as sparql
from kg.graph.store import Store, write_atomically
from kg.graph.validate import Finding, validate
from kg.pipeline import Summary
from kg.publish.export import FORMATS, export, format_of
from kg.vocabulary import Ontology

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

__all__ = ["Graph", "build"]


class Graph:
    """A knowledge graph in memory or on disk.

    >>> import kg
    >>> graph = kg.build(["seeds"])
    >>> sorted({row["series"] for row in graph.query("funding-rounds", min="600000000")})
    ['Series C']
    """

    def __init__(self, store: Store, summary: Summary | None = None, ontology: Path | None = None) -> None:
        self.store = store
        self.summary = summary
        self._ontology = ontology

    @classmethod
    def open(cls, store: str | Path) -> Graph:
        """Open the store that `kg build` left, to read; InputError where there is none."""
        return cls(Store.open(store))

    def __len__(self) -> int:
        return len(self.store)

    def query(self, question: str, /, **parameters: str) -> list[dict[str, str]] | bool | list[ox.Triple]:
        """Answer a named query, a file or SPARQL text; rows are dicts of what is bound, as text.

        Raises UsageError for a fault in the question.
        """
        answer = sparql.run(self.store.engine, sparql.load(question), parameters)
        if isinstance(answer, ox.QueryBoolean):
            return bool(answer)
        if isinstance(answer, ox.QueryTriples):
            return list(answer)
        names = [v.value for v in answer.variables]
        return [{n: row[n].value for n in names if row[n] is not None} for row in answer]

    def validate(self) -> list[Finding]:
        """Check the graph against the SHACL shapes; an empty list means that it conforms."""
        return validate(self.store.quads(), self._ontology)

    def export(self, to: str | Path = "turtle") -> bytes:
        """Return the graph in a format (turtle, trig, ntriples, nquads, jsonld, rdfxml, graphml).

        Given a Path, or a name with the suffix of a format, writes that file too.
        """
        form = format_of(str(to))
        content = export(self.store.quads(), form, self.to_networkx)
        if isinstance(to, Path) or to not in FORMATS:
            write_atomically(Path(to), content)
        return content

    def view(self, path: str | Path | None = None, title: str = "Business news") -> str:
        """Return the network page as HTML; given a path, write it there too."""
        from kg.publish.view import render

        page = render(self.to_networkx(title), title=title)
        if path is not None:
            write_atomically(Path(path), page.encode("utf-8"))
        return page

    def to_networkx(self, title: str = "") -> nx.MultiDiGraph[str]:
        """Return the graph as a networkx MultiDiGraph of entities and events."""
        from kg.graph.network import to_networkx

        return to_networkx(self.store.quads(), Ontology.load(self._ontology), title)

    def to_rdflib(self) -> rdflib.Dataset:
        """Return the graph as an rdflib Dataset, one named graph per article."""
        import rdflib

        dataset = rdflib.Dataset()
        dataset.parse(data=self.export("trig"), format="trig")
        return dataset


def build(
    paths: str | Path | Sequence[str | Path],
    out: str | Path | None = None,
    *,
    ontology: str | Path | None = None,
    workers: int = 1,
) -> Graph:
    """Read articles into a graph: in memory, or in the store `out/store` which it brings up to date.

    `paths` are files or folders (.txt, .md, .json, .jsonl); `ontology` is a folder with news.ttl,
    lexicon.ttl and shapes.ttl in place of the one that comes with kg. Raises KgError's children.

    >>> import kg
    >>> kg.build("seeds").summary.written
    1
    """
    several = [paths] if isinstance(paths, str | Path) else list(paths)
    store = Store.open(Path(out) / "store", writable=True) if out else Store.memory()
    folder = Path(ontology) if ontology else None
    return Graph(store, pipeline.build(several, store, ontology=folder, workers=workers), folder)
