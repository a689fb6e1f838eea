"""The order of things: read, extract, write; the only file that knows it."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pyoxigraph as ox

from kg import read
from kg.errors import InputError, KgError, UsageError
from kg.extract import Extractor
from kg.graph.quads import ArticleQuads
from kg.graph.store import Store
from kg.iris import DATA, ONTOLOGY, article_iri, digest
from kg.model import Article, Document
from kg.resolve import resolve
from kg.vocabulary import Lexicon, Ontology, folder
from kg.vocabulary.check import check

__all__ = ["VERSION", "Summary", "build", "extract", "find", "remove"]

VERSION = "0.1.0"
_BATCH = 64
_POOL_FROM = 16
_COUNT = "SELECT ?type (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s a ?type } } GROUP BY ?type"


@dataclass(slots=True)
class Summary:
    """What a build did: articles by outcome, what it found, how long it took."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0
    failures: list[read.Failure] = field(default_factory=list)
    entities: int = 0
    facts: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def empty(self) -> int:
        """How many of the failures are articles without words."""
        return sum(failure.kind == "empty" for failure in self.failures)


class Job(NamedTuple):
    """One article to extract, with all that decides the result: picklable, for any process."""

    document: Document
    path: str
    content: str
    activity: str
    ontology: Path | None


Graph: TypeAlias = tuple[str, list[ox.Quad]]


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


def find(paths: Sequence[str | Path]) -> list[read.Source]:
    """List the articles' files below paths; InputError for a path that is missing or holds none."""
    return read.find(paths)


def build(
    sources: Sequence[read.Source],
    store: Store,
    *,
    ontology: Path | None = None,
    workers: int = 1,
    progress: Callable[[int, int, int], None] | None = None,
) -> Summary:
    """Bring a store up to date with articles: it ends as if it had been built from them alone.

    New and changed articles are read; those that are gone, or can no longer be read, are removed, if they
    came from the same folders. `progress` is called with the sources done, their total, and the articles met
    so far. Raises StoreError or OutputError where the store cannot be written; a broken article is a failure
    in the summary and nothing else.
    """
    started = time.monotonic()
    faults = check(ontology) if ontology else []
    if faults:
        more = f" (and {len(faults) - 1} more: `kg check --ontology {ontology}`)" if len(faults) > 1 else ""
        raise InputError(f"{ontology}: {faults[0]}{more}")
    terms, _ = vocabulary(ontology)
    store.ontology = ontology
    roots = {source.root for source in sources}
    unfinished, store.unfinished = store.unfinished, store.unfinished | roots
    reading = _Reading(sources, store, ontology, progress)
    results = _mapped(reading.jobs(), workers)
    while batch := list(islice(results, _BATCH)):
        graphs = [result for result in batch if not isinstance(result, read.Failure)]
        reading.fail(result for result in batch if isinstance(result, read.Failure))
        store.replace(graphs)
        reading.summary.written += len(graphs)
    summary = reading.summary
    store.sources.update(reading.seen)
    roots.discard("-")
    resumed = bool(unfinished) and unfinished <= roots
    gone = reading.gone(store.sources, roots, resumed=resumed)
    store.replace((iri, ()) for iri in gone)
    summary.removed = len(gone)
    store.unfinished = set() if resumed else unfinished
    store.finish()
    summary.entities, summary.facts = count(store, terms)
    summary.seconds = time.monotonic() - started
    return summary


class _Reading:
    """The articles of one build while they are read: the new ones are jobs, the others are counted."""

    def __init__(
        self,
        sources: Sequence[read.Source],
        store: Store,
        ontology: Path | None,
        progress: Callable[[int, int, int], None] | None,
    ) -> None:
        self.sources = sources
        self.known = store.fingerprints()
        self.origins = dict(store.sources)
        self.ontology = ontology
        self.activity = _activity(ontology)
        self.progress = progress
        self.summary = Summary()
        self.seen: dict[str, str] = {}
        self.met = 0

    def jobs(self) -> Iterator[Job]:
        """Read the sources one after the other."""
        for done, source in enumerate(self.sources, 1):
            for item in read.read(source):
                self.met += 1
                if isinstance(item, read.Failure):
                    self.summary.failures.append(item)
                else:
                    yield from self._changed(item, source)
                self._tell(done - 1)
            self._tell(done)

    def _tell(self, done: int) -> None:
        if self.progress:
            self.progress(done, len(self.sources), self.met)

    def _changed(self, document: Document, source: read.Source) -> Iterator[Job]:
        iri = article_iri(document.id)
        origin = self.origins.get(iri, source.root)
        elsewhere = origin != source.root and Path(origin, document.id).is_file()
        if iri in self.seen or elsewhere:
            where = f" in {origin}" if elsewhere else ""
            reason = f"another article{where} has the same id; rename the file or give it an `Id:` of its own"
            self.summary.failures.append(read.Failure(document.id, source.path, reason))
            return
        self.seen[iri] = source.root
        content = digest(
            document.text, document.title, document.url, document.published, repr(document.regions)
        )
        if self.known.get(iri) == (content, self.activity):
            self.summary.unchanged += 1
        else:
            yield Job(document, source.path, content, self.activity, self.ontology)

    def fail(self, failures: Iterable[read.Failure]) -> None:
        """Note articles that were read and could not be extracted."""
        for failure in failures:
            self.summary.failures.append(failure)
            del self.seen[article_iri(failure.id)]

    def gone(self, origins: Mapping[str, str], roots: set[str], *, resumed: bool) -> list[str]:
        """List the articles from these roots that were not read again: they are gone, or broken by now.

        `resumed` says that articles of unknown origin are from these roots too.
        """
        return sorted(
            iri
            for iri in self.known.keys() - self.seen.keys()
            if (origins[iri] in roots if iri in origins else resumed)
        )


def _mapped(jobs: Iterator[Job], workers: int) -> Iterator[Graph | read.Failure]:
    """Extract in this process, or in several once there is enough to do."""
    first = list(islice(jobs, _POOL_FROM))
    if workers <= 1 or len(first) < _POOL_FROM:
        yield from map(_job, chain(first, jobs))
        return
    # Forking a process that holds the store's threads can hang; a fresh interpreter cannot.
    with ProcessPoolExecutor(workers, get_context("spawn"), _follow_parent) as pool:
        part = first
        try:
            while part:
                with _no_interrupts():
                    results = pool.map(_text_job, part, chunksize=8)
                for result in results:
                    yield result if isinstance(result, read.Failure) else _parsed(*result)
                part = list(islice(jobs, workers * _BATCH))
        except BrokenProcessPool as error:
            raise KgError(
                "a process that reads articles was killed, perhaps for want of memory;"
                " run the same command again with fewer --workers"
            ) from error


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Hold Ctrl-C back while workers start: they inherit that for good, and leave it to this process."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    previous = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, previous)


def _follow_parent() -> None:
    """End with the parent, even where it is killed."""
    parent = parent_process()
    assert parent is not None

    def follow() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


def _job(job: Job) -> Graph | read.Failure:
    try:
        article = extract(job.document, job.ontology)
    except Exception as error:  # noqa: BLE001 - whatever one article sets off must not cost the others
        reason = f"kg fails on it ({type(error).__name__}: {error}); leave it out, and please report it"
        return read.Failure(job.document.id, job.path, " ".join(reason.split()))
    quads = ArticleQuads(article, vocabulary(job.ontology)[0], job.content, job.activity)
    return quads.graph.value, quads.quads


def _text_job(job: Job) -> tuple[str, bytes] | read.Failure:
    """Send quads between processes as N-Quads, which pickle faster than the terms."""
    result = _job(job)
    if isinstance(result, read.Failure):
        return result
    iri, quads = result
    lines = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert lines is not None
    return iri, lines


def _parsed(iri: str, lines: bytes) -> Graph:
    return iri, list(ox.parse(lines, format=ox.RdfFormat.N_QUADS))


def _activity(ontology: Path | None) -> str:
    """Name the reading itself by everything but the article that decides its result."""
    files = sorted((ontology or folder("ontology")).glob("*.ttl"))
    parts = [VERSION, *(f.read_text("utf-8") for f in files)]
    return f"{DATA}extraction/{VERSION}-{digest(*parts)[:12]}"


def count(store: Store, ontology: Ontology) -> tuple[int, dict[str, int]]:
    """Count the entities and, by event class, the facts of a store."""
    counts: Counter[str] = Counter()
    with store.guarded():
        rows = store.engine.query(_COUNT)
        assert isinstance(rows, ox.QuerySolutions)
        for row in rows:
            counts[row["type"].value.removeprefix(ONTOLOGY)] = int(row["n"].value)
    events = {name: counts[name] for name in sorted(ontology.keys) if counts[name]}
    return counts["Entity"], events


def remove(store: Store, articles: Sequence[str]) -> None:
    """Take articles out of a store by their identifiers, all or none; UsageError for one that is not there."""
    known = store.fingerprints()
    unknown = [a for a in articles if article_iri(a) not in known]
    if unknown:
        raise UsageError(
            f"{unknown[0]}: no such article in the store; the `article` column of a query shows them"
        )
    store.replace((article_iri(a), ()) for a in articles)
    store.finish()
