"""`Graph`: what a build leaves, to ask, look at, validate and hand on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import pipeline
from kg.graph import query as sparql
from kg.graph.store import Store, write_atomically
from kg.graph.validate import Finding, validate
from kg.pipeline import Summary
from kg.publish.export import FORMATS, export, format_of
from kg.settings import Settings
from kg.vocabulary import Ontology

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from kg.publish.view import Page

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
    def open(cls, store: str | Path, ontology: Path | None = None) -> Graph:
        """Open the store that `kg build` left, to read; InputError where there is none.

        `ontology` takes the place of the one that it was built with.
        """
        opened = Store.open(store)
        return cls(opened, ontology=ontology or opened.ontology)

    def __len__(self) -> int:
        return len(self.store)

    def query(self, question: str, /, **parameters: object) -> list[dict[str, str]] | bool | list[ox.Triple]:
        """Answer a named query, a file or SPARQL text; rows are dicts of what is bound, as text.

        Raises UsageError for a fault in the question.
        """
        text = sparql.load(question)
        with self.store.guarded():
            answer = sparql.run(self.store.engine, text, {k: str(v) for k, v in parameters.items()})
            if isinstance(answer, ox.QueryBoolean):
                return bool(answer)
            if isinstance(answer, ox.QueryTriples):
                return list(answer)
            names = [v.value for v in answer.variables]
            return [{n: row[n].value for n in names if row[n] is not None} for row in answer]

    def validate(self) -> list[Finding]:
        """Check the graph against the SHACL shapes; an empty list means that it conforms."""
        return validate(list(self.store), self._ontology)

    def export(self, to: str | Path = "turtle") -> bytes:
        """Return the graph in a format (turtle, trig, ntriples, nquads, jsonld, rdfxml, graphml).

        Given a Path, or a name with the suffix of a format, writes that file too.
        """
        form = format_of(str(to))
        content = export(self.store, form, self.to_networkx)
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

    def show(self, title: str = "Business news", height: int = 640) -> Page:
        """Return the network page to be seen in a notebook, in a frame of that many pixels.

        >>> import kg
        >>> kg.build("seeds").show(height=400)._repr_html_().startswith("<iframe")
        True
        """
        from kg.publish.view import Page

        return Page(self.view(title=title), height)

    def to_networkx(self, title: str = "") -> nx.MultiDiGraph[str]:
        """Return the graph as a networkx MultiDiGraph of entities and events."""
        from kg.graph.network import to_networkx

        return to_networkx(list(self.store), Ontology.load(self._ontology), title)

    def to_rdflib(self) -> rdflib.Dataset:
        """Return the graph as an rdflib Dataset: a named graph per article, their union by default."""
        import rdflib

        dataset = rdflib.Dataset(default_union=True)
        triples: dict[str, list[ox.Triple]] = {}
        for quad in self.store:
            triples.setdefault(quad.graph_name.value, []).append(quad.triple)  # type: ignore[union-attr]
        for iri, of_article in triples.items():
            lines = ox.serialize(of_article, format=ox.RdfFormat.N_TRIPLES)
            dataset.graph(rdflib.URIRef(iri)).parse(data=lines, format="nt")
        return dataset


def build(
    paths: str | Path | Sequence[str | Path],
    out: str | Path | None = None,
    *,
    ontology: str | Path | None = None,
    extractor: str = "both",
    min_confidence: str | float = "balanced",
    workers: int = 1,
) -> Graph:
    """Read articles into a graph: in memory, or in the store `out/store` which it brings up to date.

    `paths` are files or folders (.txt, .md, .json, .jsonl); `ontology` is a folder with news.ttl,
    lexicon.ttl and shapes.ttl in place of the one that comes with kg. `extractor` is "both", "frames" or
    "learned"; `min_confidence` is "balanced", "strict" or a number from 0 to 1. Raises KgError's children.

    >>> import kg
    >>> kg.build("seeds").summary.written
    1
    """
    sources = pipeline.find([paths] if isinstance(paths, str | Path) else paths)
    folder = Path(ontology) if ontology else None
    settings = Settings.of(folder, extractor, min_confidence)
    place = Path(out) / "store" if out else None
    store = Store.open(place, writable=True) if place else Store.memory()
    summary = pipeline.build(sources, store, settings=settings, workers=workers)
    if place:
        # To read holds no lock, so that the next build may come while this graph is still in use.
        del store
        store = Store.open(place)
    return Graph(store, summary, folder)
