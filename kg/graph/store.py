"""The store: one named graph per article, on disk (RocksDB) or in memory; the only room that writes.

A batch of articles is dropped and written again in one transaction, so a killed build leaves whole
articles only, and a rerun goes on from there.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.ending import whole
from kg.errors import InputError, OutputError, StoreBusy, StoreDamaged
from kg.iris import PROV, SCHEMA

__all__ = ["Store", "write_atomically"]

_MEND = "remove the folder and build again"
_TRIES, _PAUSE = 100, 0.05  # of a reader beside a writer; seconds
_FINGERPRINT = f"""
    SELECT ?g ?content ?activity WHERE {{
        GRAPH ?g {{ ?g <{SCHEMA}sha256> ?content ; <{PROV}wasGeneratedBy> ?activity }} }}"""


class Store:
    """An Oxigraph store with its stamp: a small JSON file beside it, `<store>.json`.

    The stamp tells which article came from where (`sources`), so that an article that has gone from its
    folder can go from the graph; the roots of builds that did not come to their end (`unfinished`), where
    articles without a source are from; the ontology; and how many quads there should be, so that a damaged
    store is noticed.

    >>> store = Store.memory()
    >>> len(store)
    0
    """

    def __init__(self, engine: ox.Store, path: Path | None = None) -> None:
        self.engine = engine
        self.path = path
        stamp = _stamp(path)
        self.sources: dict[str, str] = stamp.get("sources", {})
        self.unfinished: set[str] = set(stamp.get("unfinished", ()))
        self.ontology = Path(stamp["ontology"]) if stamp.get("ontology") else None
        self._counted = True

    @classmethod
    def memory(cls) -> Store:
        """Return an empty store in memory."""
        return cls(ox.Store())

    @classmethod
    def open(cls, path: str | Path, *, writable: bool = False) -> Store:
        """Open the store in a folder; where `writable`, make it if it is missing.

        Raises InputError for a missing store, StoreBusy where another process writes to it all the time, StoreDamaged
        where its files are broken, OutputError where the folder cannot be written.
        """
        path = Path(path)
        before = _stamp(path)
        with _translated(path):
            if writable:
                path.parent.mkdir(parents=True, exist_ok=True)
                engine = ox.Store(str(path))
            elif (path / "CURRENT").exists() or any(path.glob("MANIFEST-*")):
                engine = _read_only(path)
            else:
                inside = path / "store"
                hint = (
                    f"did you mean {inside}?"
                    if inside.is_dir()
                    else "`kg build PATH --out OUT` makes OUT/store"
                )
                raise InputError(f"{path}: no store there; {hint}")
            store = cls(engine, path)
            expected = before.get("quads")
            # A writer that came in between has changed the stamp, and its count is not for us.
            if before == _stamp(path) and expected is not None and expected != len(store):
                raise StoreDamaged(
                    f"{path}: damaged (holds {len(store):,} quads where {expected:,} were written); {_MEND}"
                )
        return store

    def __len__(self) -> int:
        return len(self.engine)

    def guarded(self) -> AbstractContextManager[None]:
        """Turn the engine's own errors into StoreBusy, StoreDamaged or OutputError."""
        return _translated(self.path or Path("memory"))

    def finish(self) -> None:
        """Bring everything to the disk and count it."""
        with self.guarded():
            if self.path:
                self.engine.flush()
            known = {g.value for g in self.engine.named_graphs() if isinstance(g, ox.NamedNode)}
        self.sources = {iri: root for iri, root in self.sources.items() if iri in known}
        self._write_stamp(len(self.engine))
        self._counted = True

    def _write_stamp(self, quads: int | None) -> None:
        if self.path:
            stamp = {
                "quads": quads,
                "ontology": str(self.ontology.resolve()) if self.ontology else None,
                "unfinished": sorted(self.unfinished),
                "sources": dict(sorted(self.sources.items())),
            }
            content = (json.dumps(stamp, indent=1) + "\n").encode()
            path = _stamp_path(self.path)
            if not path.exists() or path.read_bytes() != content:
                write_atomically(path, content)

    def fingerprints(self) -> dict[str, tuple[str, str]]:
        """Return, for each article's graph, the hash of its content and the activity that read it."""
        with self.guarded():
            rows = self.engine.query(_FINGERPRINT)
            assert isinstance(rows, ox.QuerySolutions)
            return {r["g"].value: (r["content"].value, r["activity"].value) for r in rows}

    def replace(self, graphs: Iterable[tuple[str, Sequence[ox.Quad]]]) -> None:
        """Drop and write the graphs of articles, all or none."""
        updates = []
        for iri, quads in graphs:
            node = ox.NamedNode(iri)
            updates.append(f"DROP SILENT GRAPH {node}")
            if quads:
                lines = "\n".join(f"{q.triple} ." for q in quads)
                updates.append(f"INSERT DATA {{ GRAPH {node} {{\n{lines}\n}} }}")
        if not updates:
            return
        if self._counted:
            # Until `finish` no count holds: a build killed now leaves whole articles, not a damaged store.
            self._write_stamp(None)
            self._counted = False
        with self.guarded():
            self.engine.update(" ;\n".join(updates))

    def __iter__(self) -> Iterator[ox.Quad]:
        """Yield every quad, in no order that means something."""
        with self.guarded():
            yield from self.engine


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that whoever looks finds the old bytes or the new, never a part.

    Raises OutputError where it cannot be written.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(content)  # /dev/stdout, or a pipe, which must not be replaced
        else:
            _replace(path.resolve(), content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"{path}: cannot be written ({reason}); make room or choose another --out"
        ) from error


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with whole:
        try:
            with temporary.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            with suppress(OSError):
                temporary.unlink()


def _read_only(path: Path) -> ox.Store:
    """Open the engine for reading, in a state that its writer has left.

    The engine looks at one file after the other. A writer that merges them meanwhile may take one away, or
    the record of a deletion whose quads have been read; then the reader looks again.
    """
    for _ in range(_TRIES):
        before = set(path.iterdir())
        try:
            engine = ox.Store.read_only(str(path))
        except (OSError, RuntimeError):
            if before <= set(path.iterdir()):
                raise
        else:
            if before <= set(path.iterdir()):
                return engine
        time.sleep(_PAUSE)
    raise StoreBusy(f"{path}: another build is writing to it; wait for it")


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:  # of whoever reads our output, not of the store
        raise
    except (OSError, RuntimeError) as error:
        text = str(error)
        first = re.sub(r"\s+", " ", text)[:160]
        if "LOCK" in text or "lock hold" in text:
            raise StoreBusy(
                f"{path}: in use by another build; wait for it or build into another --out"
            ) from error
        if isinstance(error, RuntimeError) or "IO error: No such file" in text:
            raise StoreDamaged(f"{path}: damaged ({first}); {_MEND}") from error
        raise OutputError(
            f"{path}: cannot be written ({error.strerror or first}); make room or choose another --out"
        ) from error


def _stamp_path(path: Path) -> Path:
    return path.with_name(path.name + ".json")


def _stamp(path: Path | None) -> dict[str, Any]:
    """Read what the last writer left beside its store; nothing where the store itself has gone."""
    try:
        stamp = json.loads(_stamp_path(path).read_text("utf-8")) if path and path.is_dir() else {}
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}
