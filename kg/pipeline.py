"""The order of things: read, extract, write; the only file that knows it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pyoxigraph as ox

from kg import read
from kg.errors import InputError, UsageError
from kg.evaluate.gold import annotated
from kg.evaluate.score import Score, compare
from kg.extract import Extractor
from kg.extract.learned.schema import WEIGHTS, Schema
from kg.graph.quads import ArticleQuads
from kg.graph.store import Store
from kg.iris import DATA, ONTOLOGY, article_iri, digest
from kg.model import Article, Document, Entity, Missed
from kg.resolve import resolve
from kg.settings import DEFAULT, Settings
from kg.vocabulary import Lexicon, Ontology, folder
from kg.vocabulary.check import check as vocabulary_faults
from kg.workers import shared

__all__ = [
    "VERSION",
    "Summary",
    "build",
    "check",
    "evaluate",
    "extract",
    "find",
    "remove",
]

VERSION = "0.1.0"
_BATCH = 64
_POOL_FROM = 16
_COUNT = "SELECT ?type (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s a ?type } } GROUP BY ?type"


#: What gave no fact: article, start, end, reason, candidate, confidence, sentence.
Row: TypeAlias = tuple[str, int, int, str, str, float, str]


@dataclass(slots=True)
class Summary:
    """What a build did: articles by outcome, what it found and, if asked, missed, how long it took."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0
    failures: list[read.Failure] = field(default_factory=list)
    entities: int = 0
    facts: dict[str, int] = field(default_factory=dict)
    missed: list[Row] = field(default_factory=list)
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
    settings: Settings


class Result(NamedTuple):
    """What became of an article: its graph, and a row for everything that gave no fact."""

    iri: str
    quads: list[ox.Quad]
    missed: list[Row]


@lru_cache(maxsize=4)
def vocabulary(path: Path | None = None) -> tuple[Ontology, Lexicon]:
    """Load an ontology folder once per process."""
    return Ontology.load(path), Lexicon.load(path)


@lru_cache(maxsize=4)
def _extractor(path: Path | None, kind: str) -> Extractor:
    """Make an extractor ready, once per process."""
    ontology, lexicon = vocabulary(path)
    if kind == "frames":
        return Extractor(ontology, lexicon)
    from kg.extract.learned.network import network
    from kg.extract.learned.reader import Reader

    return Extractor(ontology, lexicon, Reader(network(), ontology, lexicon), frames=kind == "both")


def extract(document: Document, settings: Settings = DEFAULT) -> Article:
    """Read one document: a pure function, the same everywhere.

    >>> article = extract(Document("a", "Foo Inc acquired Bar Ltd.", ((0, 25),)))
    >>> [event.type for event in article.events]
    ['Acquisition']
    """
    extractor = _extractor(settings.ontology, settings.extractor)
    claims, missed = extractor(document, settings.confidence)
    return resolve(document, claims, extractor.ontology, missed)


def check(ontology: Path | None = None) -> list[str]:
    """Return the faults of an ontology folder: what is unsound in it, and what nothing that reads can ever fill."""
    return vocabulary_faults(ontology, Schema.load().labels)


def find(paths: Sequence[str | Path]) -> list[read.Source]:
    """List the articles' files below paths; InputError for a path that is missing or holds none."""
    return read.find(paths)


def build(
    sources: Sequence[read.Source],
    store: Store,
    *,
    settings: Settings = DEFAULT,
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
    ontology = settings.ontology
    faults = check(ontology) if ontology else []
    if faults:
        more = f" (and {len(faults) - 1} more: `kg check --ontology {ontology}`)" if len(faults) > 1 else ""
        raise InputError(f"{ontology}: {faults[0]}{more}")
    terms, _ = vocabulary(ontology)
    store.ontology = ontology
    roots = {source.root for source in sources}
    unfinished, store.unfinished = store.unfinished, store.unfinished | roots
    reading = _Reading(sources, store, settings, progress)
    with closing(_mapped(reading.jobs(), workers)) as results:
        while batch := list(islice(results, _BATCH)):
            read_well = [result for result in batch if not isinstance(result, read.Failure)]
            reading.fail(result for result in batch if isinstance(result, read.Failure))
            store.replace((result.iri, result.quads) for result in read_well)
            reading.summary.written += len(read_well)
            reading.summary.missed += (row for result in read_well for row in result.missed)
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
        settings: Settings,
        progress: Callable[[int, int, int], None] | None,
    ) -> None:
        self.sources = sources
        self.known = store.fingerprints()
        self.again = settings.report
        self.origins = dict(store.sources)
        self.settings = settings
        self.activity = _activity(settings)
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
        if self.known.get(iri) == (content, self.activity) and not self.again:
            self.summary.unchanged += 1
        else:
            yield Job(document, source.path, content, self.activity, self.settings)

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


def _mapped(jobs: Iterator[Job], workers: int) -> Generator[Result | read.Failure]:
    """Extract in this process, or in several once there is enough to do."""
    first = list(islice(jobs, _POOL_FROM))
    if workers <= 1 or len(first) < _POOL_FROM:
        yield from map(_job, chain(first, jobs))
        return
    with closing(shared(_text_job, chain(first, jobs), workers)) as results:
        for result in results:
            yield result if isinstance(result, read.Failure) else _parsed(*result)


def _job(job: Job) -> Result | read.Failure:
    try:
        article = extract(job.document, job.settings)
    except Exception as error:  # noqa: BLE001 - whatever one article sets off must not cost the others
        reason = f"kg fails on it ({type(error).__name__}: {error}); leave it out, and please report it"
        return read.Failure(job.document.id, job.path, " ".join(reason.split()))
    quads = ArticleQuads(article, vocabulary(job.settings.ontology)[0], job.content, job.activity)
    rows = [_row(article, missed) for missed in article.missed] if job.settings.report else []
    return Result(quads.graph.value, quads.quads, rows)


def _row(article: Article, missed: Missed) -> Row:
    """Write what was missed as a row: article, start, end, reason, candidate, confidence, sentence."""
    at, candidate = missed.evidence, missed.candidate
    roles = candidate.roles if candidate else ()
    fillers = "; ".join(f"{r} {f.name if isinstance(f, Entity) else f}" for r, f in roles)
    words = f"{candidate.event}: {fillers}" if candidate else ""
    sure = round(candidate.confidence, 2) if candidate else 0.0
    return article.document.id, at.start, at.end, missed.reason, words, sure, " ".join(at.exact.split())


def _text_job(job: Job) -> tuple[str, bytes, list[Row]] | read.Failure:
    """Send quads between processes as N-Quads, which pickle faster than the terms."""
    result = _job(job)
    if isinstance(result, read.Failure):
        return result
    lines = ox.serialize(result.quads, format=ox.RdfFormat.N_QUADS)
    assert lines is not None
    return result.iri, lines, result.missed


def _parsed(iri: str, lines: bytes, rows: list[Row]) -> Result:
    return Result(iri, list(ox.parse(lines, format=ox.RdfFormat.N_QUADS)), rows)


def _activity(settings: Settings) -> str:
    """Name the reading itself by everything but the article that decides its result."""
    ontology = settings.ontology or folder("ontology")
    files = sorted(f for f in ontology.rglob("*") if f.is_file())
    parts = [
        VERSION,
        *(sha256(f.read_bytes()).hexdigest() for f in files),
        settings.extractor,
        str(settings.confidence),
    ]
    parts += [sha256(f.read_bytes()).hexdigest() for f in sorted(WEIGHTS.iterdir())]
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
    return counts[ontology.anchored("Thing")], events


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


def evaluate(
    gold: Path, articles: Sequence[str | Path] = (), settings: Settings = DEFAULT
) -> Iterator[tuple[str, Score]]:
    """Read annotated articles and compare: the id and the score of each, in the order of the annotation.

    The texts are those of `articles`, or stand in the annotation itself. Raises InputError for a broken
    annotation, and for one without its text.
    """
    ontology, _ = vocabulary(settings.ontology)
    wanted = list(annotated(gold, ontology))
    found = (item for source in find(list(articles) or [gold]) for item in read.read(source))
    documents = {item.id: item for item in found if isinstance(item, Document)}
    for one in wanted:
        if one.id not in documents:
            raise InputError(f"{gold}: no text for {one.id}; say with --articles where the articles are")
        yield one.id, compare(extract(documents[one.id], settings), one, ontology)
