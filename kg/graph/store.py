"""The store: one named graph per article, on disk (RocksDB) or in memory; the only room that writes.

A batch of articles is dropped and written again in one transaction, so a killed build leaves whole
articles only, and a rerun goes on from there.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError, OutputError, StoreBusy, StoreDamaged
from kg.iris import PROV, SCHEMA

__all__ = ["Store", "write_atomically"]

_FINGERPRINT = f"""
    SELECT ?g ?content ?activity WHERE {{
        GRAPH ?g {{ ?g <{SCHEMA}sha256> ?content ; <{PROV}wasGeneratedBy> ?activity }} }}"""


class Store:
    """An Oxigraph store with its stamp: a small JSON file beside it, `<store>.json`.

    The stamp tells which article came from which source, so that an article that has gone from its folder
    can go from the graph, and how many quads there should be, so that a damaged store is noticed.

    >>> store = Store.memory()
    >>> len(store)
    0
    """

    def __init__(self, engine: ox.Store, path: Path | None, *, writable: bool) -> None:
        self.engine = engine
        self.path = path
        self.writable = writable
        self.sources: dict[str, str] = self._stamp().get("sources", {})

    @classmethod
    def memory(cls) -> Store:
        """Return an empty store in memory."""
        return cls(ox.Store(), None, writable=True)

    @classmethod
    def open(cls, path: str | Path, *, writable: bool = False) -> Store:
        """Open the store in a folder; where `writable`, make it if it is missing.

        Raises InputError for a missing store, StoreBusy where another process writes to it, StoreDamaged
        where its files are broken, OutputError where the folder cannot be written.
        """
        path = Path(path)
        try:
            if writable:
                path.parent.mkdir(parents=True, exist_ok=True)
                store = cls(ox.Store(str(path)), path, writable=True)
            elif not (path / "CURRENT").exists():
                raise InputError(f"{path}: no store there; make one with `kg build PATH --out {path.parent}`")
            else:
                store = cls(ox.Store.read_only(str(path)), path, writable=False)
            store._check()  # noqa: SLF001
        except (OSError, RuntimeError, ValueError) as error:
            raise _translate(error, path) from error
        return store

    def __len__(self) -> int:
        return len(self.engine)

    def _stamp(self) -> dict[str, dict[str, str]]:
        try:
            return json.loads(self._stamp_path().read_text("utf-8")) if self.path else {}  # type: ignore[no-any-return]
        except (FileNotFoundError, json.JSONDecodeError):
            return {}

    def _stamp_path(self) -> Path:
        assert self.path is not None
        return self.path.with_name(self.path.name + ".json")

    def _check(self) -> None:
        expected = self._stamp().get("quads")
        if isinstance(expected, int) and expected != len(self.engine):
            raise StoreDamaged(
                f"{self.path}: holds {len(self.engine):,} quads where {expected:,} were written;"
                " remove the folder and build again"
            )

    def begin(self, sources: dict[str, str]) -> None:
        """Note where the articles of a build come from, before any of them is written."""
        self.sources.update(sources)
        self._write_stamp(None)

    def finish(self) -> None:
        """Bring everything to the disk and count it."""
        if self.path:
            self.engine.flush()
        known = {g.value for g in self.engine.named_graphs() if isinstance(g, ox.NamedNode)}
        self.sources = {iri: root for iri, root in self.sources.items() if iri in known}
        self._write_stamp(len(self.engine))

    def _write_stamp(self, quads: int | None) -> None:
        if self.path:
            stamp = {"quads": quads, "sources": dict(sorted(self.sources.items()))}
            write_atomically(self._stamp_path(), (json.dumps(stamp, indent=1) + "\n").encode())

    def fingerprints(self) -> dict[str, tuple[str, str]]:
        """Return, for each article's graph, the hash of its content and the activity that read it."""
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
        if updates:
            try:
                self.engine.update(" ;\n".join(updates))
            except OSError as error:
                raise _translate(error, self.path or Path()) from error

    def quads(self) -> list[ox.Quad]:
        """Return every quad, in a stable order."""
        return sorted(self.engine, key=str)


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that whoever looks finds the old bytes or the new, never a part.

    Raises OutputError where it cannot be written.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise OutputError(f"{path}: cannot be written ({reason}); choose another --out") from error
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _translate(error: Exception, path: Path) -> Exception:
    text = str(error)
    first = re.sub(r"\s+", " ", text)[:160]
    if "LOCK" in text or "lock hold" in text:
        return StoreBusy(f"{path}: in use by another kg process; wait for it or build into another --out")
    if "Corruption" in text or "checksum" in text:
        return StoreDamaged(f"{path}: damaged ({first}); remove the folder and build again")
    if isinstance(error, OSError):
        return OutputError(f"{path}: cannot be opened for writing ({error.strerror or first}); choose another --out")
    return StoreDamaged(f"{path}: cannot be opened ({first}); remove the folder and build again")
