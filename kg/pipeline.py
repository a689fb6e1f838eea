"""The order of things: read, extract, write; the only file that knows it."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import pyoxigraph as ox

from kg import read
from kg.errors import UsageError
from kg.extract import Extractor
from kg.graph.quads import ArticleQuads
from kg.graph.store import Store
from kg.iris import DATA, article_iri, digest
from kg.model import Article, Document
from kg.resolve import resolve
from kg.vocabulary import Lexicon, Ontology, folder

__all__ = ["Summary", "build", "extract"]

VERSION = "0.1.0"
_BATCH = 64
_POOL_FROM = 16


@dataclass(slots=True)
class Summary:
    """What a build did: articles by outcome, what it found, how long it took."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0
    empty: int = 0
    failures: list[read.Failure] = field(default_factory=list)
    entities: int = 0
    facts: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0


@lru_cache(maxsize=4)
def vocabulary(path: Path | None = None) -> tuple[Ontology, Extractor]:
    """Load an ontology folder once per process."""
    ontology = Ontology.load(path)
    return ontology, Extractor(ontology, Lexicon.load(path))


def extract(document: Document, ontology: Path | None = None) -> Article:
    """Read one document: a pure function, the same everywhere.

    >>> article = extract(Document("a", "Foo Inc acquired Bar Ltd.", ((0, 25),)))
    >>> [event.type for event in article.events]
    ['Acquisition']
    """
    terms, extractor = vocabulary(ontology)
    return resolve(document, extractor(document), terms)


def build(
    paths: Sequence[str | Path],
    store: Store,
    *,
    ontology: Path | None = None,
    workers: int = 1,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Summary:
    """Bring a store up to date with articles: new and changed ones are read, vanished ones removed.

    `progress` is called with the number of sources done and their total. Raises InputError where a path is
    missing, StoreError or OutputError where the store cannot be written; a broken article is a failure in
    the summary and nothing else.
    """
    started = time.monotonic()
    sources = read.find(paths)
    vocabulary(ontology)
    activity = _activity(ontology)
    known = store.fingerprints()
    summary = Summary()
    seen: dict[str, str] = {}

    def fresh() -> Iterator[tuple[Document, str, str, Path | None]]:
        for done, source in enumerate(sources):
            for item in read.read(source):
                iri = article_iri(item.id)
                if isinstance(item, read.Failure):
                    summary.failures.append(item)
                    summary.empty += item.kind == "empty"
                    seen.setdefault(iri, source.root)
                    continue
                content = digest(item.text, item.title, item.url, item.published, repr(item.regions))
                if iri in seen:
                    reason = "another article has the same id; rename the file or give one an `Id:` line"
                    summary.failures.append(read.Failure(item.id, source.path, f"{source.path}: {reason}"))
                    continue
                seen[iri] = source.root
                if known.get(iri) == (content, activity):
                    summary.unchanged += 1
                else:
                    yield item, content, activity, ontology
            progress(done + 1, len(sources))

    for batch in _batches(_mapped(fresh(), workers)):
        store.begin({iri: seen[iri] for iri, _ in batch})
        store.replace(batch)
        summary.written += len(batch)
    roots = {s.root for s in sources} - {"-"}
    gone = sorted(iri for iri, root in store.sources.items() if root in roots and iri not in seen and iri in known)
    store.replace((iri, ()) for iri in gone)
    summary.removed = len(gone)
    store.finish()
    summary.entities, summary.facts = count(store, vocabulary(ontology)[0])
    summary.seconds = time.monotonic() - started
    return summary


def _mapped(
    jobs: Iterator[tuple[Document, str, str, Path | None]], workers: int
) -> Iterator[tuple[str, list[ox.Quad]]]:
    """Extract in this process, or in several once there is enough to do."""
    first = list(islice(jobs, _POOL_FROM))
    if workers <= 1 or len(first) < _POOL_FROM:
        yield from map(_job, first)
        yield from map(_job, jobs)
        return
    # Forking a process that holds the store's threads can hang; a fresh interpreter cannot.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        chunk = first
        while chunk:
            for iri, lines in pool.map(_text_job, chunk, chunksize=8):
                yield iri, list(ox.parse(lines, format=ox.RdfFormat.N_QUADS))
            chunk = list(islice(jobs, workers * _BATCH))


def _job(job: tuple[Document, str, str, Path | None]) -> tuple[str, list[ox.Quad]]:
    document, content, activity, ontology = job
    quads = ArticleQuads(extract(document, ontology), vocabulary(ontology)[0], content, activity)
    return quads.graph.value, quads.quads


def _text_job(job: tuple[Document, str, str, Path | None]) -> tuple[str, bytes]:
    """Send quads between processes as N-Quads, which pickle faster than the terms."""
    iri, quads = _job(job)
    lines = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert lines is not None
    return iri, lines


def _batches(graphs: Iterable[tuple[str, list[ox.Quad]]]) -> Iterator[list[tuple[str, list[ox.Quad]]]]:
    graphs = iter(graphs)
    while batch := list(islice(graphs, _BATCH)):
        yield batch


def _activity(ontology: Path | None) -> str:
    """Name the reading itself by everything but the article that decides its result."""
    files = sorted((ontology or folder("ontology")).glob("*.ttl"))
    parts = [VERSION, *(f.read_text("utf-8") for f in files)]
    return f"{DATA}extraction/{VERSION}-{digest(*parts)[:12]}"


def count(store: Store, ontology: Ontology) -> tuple[int, dict[str, int]]:
    """Count the entities and, by event class, the facts of a store."""
    rows = store.engine.query(
        "SELECT ?type (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s a ?type } } GROUP BY ?type"
    )
    assert isinstance(rows, ox.QuerySolutions)
    counts = Counter({r["type"].value.rsplit("#", 1)[-1]: int(r["n"].value) for r in rows})
    events = {name: counts[name] for name in sorted(ontology.keys) if counts[name]}
    return counts["Entity"], events


def dump(summary: Summary) -> str:
    """Write a summary as JSON, for scripts."""
    plain = {
        "written": summary.written,
        "unchanged": summary.unchanged,
        "removed": summary.removed,
        "empty": summary.empty,
        "failed": len(summary.failures) - summary.empty,
        "entities": summary.entities,
        "facts": summary.facts,
        "seconds": round(summary.seconds, 2),
    }
    return json.dumps(plain)


def remove(store: Store, articles: Sequence[str]) -> None:
    """Take articles out of a store by their identifiers, all or none; UsageError for one that is not there."""
    known = store.fingerprints()
    unknown = [a for a in articles if article_iri(a) not in known]
    if unknown:
        raise UsageError(f"{unknown[0]}: no such article in the store; the `article` column of a query shows them")
    store.replace((article_iri(a), ()) for a in articles)
    store.finish()
