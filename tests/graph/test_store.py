"""The store: one graph per article, all or none, and every fault of the disk is one clear error."""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import ROOT, funding, hostile, quads_of, talks
from hypothesis import given
from hypothesis import strategies as st
from processes import PATIENCE

from kg.errors import InputError, KgError, OutputError, StoreBusy, StoreDamaged
from kg.graph.store import Store, write_atomically

A, B = "https://w3id.org/kg-news/id/article/a", "https://w3id.org/kg-news/id/article/b"


def some(graph: str, *values: str) -> list[ox.Quad]:
    """Make a few quads of one graph."""
    node, predicate = ox.NamedNode(graph), ox.NamedNode("urn:p")
    return [ox.Quad(node, predicate, ox.Literal(value), node) for value in values]


def run(code: str, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run Python as a process of its own."""
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False, **options
    )


def filled(path: Path) -> Path:
    """Make a store with enough in it to need several files."""
    store = Store.open(path, writable=True)
    store.replace(
        (f"urn:g{i}", some(f"urn:g{i}", *(f"value {i} {j}" for j in range(20)))) for i in range(100)
    )
    store.finish()
    store.engine.optimize()
    del store
    gc.collect()
    return path


def test_replacing_an_article_leaves_the_others_alone() -> None:
    """A graph written again holds the new quads and nothing of the old ones."""
    store = Store.memory()
    store.replace([(A, some(A, "one", "two")), (B, some(B, "other"))])
    store.replace([(A, some(A, "three"))])
    assert sorted(store, key=str) == sorted(some(A, "three") + some(B, "other"), key=str)
    store.replace([(B, ())])
    assert sorted(store, key=str) == some(A, "three")


def test_writing_twice_is_writing_once() -> None:
    """A batch that was committed but never acknowledged does no harm when it comes again."""
    store = Store.memory()
    quads = quads_of([funding(), talks(), hostile()])
    graphs = [
        (g, [q for q in quads if q.graph_name.value == g])
        for g in sorted({q.graph_name.value for q in quads})
    ]
    store.replace(graphs)
    once = sorted(store, key=str)
    store.replace(graphs)
    assert sorted(store, key=str) == once == sorted(quads, key=str)


@given(st.text())
def test_any_literal_survives_the_way_in(value: str) -> None:
    """Words come out of the store as they went in, whatever characters they hold."""
    store = Store.memory()
    store.replace([(A, some(A, value))])
    assert sorted(store, key=str) == some(A, value)


def test_a_store_on_disk_is_found_again(tmp_path: Path) -> None:
    """What was written is there in the next process, and a finished store that is finished again is not touched."""
    path = tmp_path / "a b" / "store"
    store = Store.open(path, writable=True)
    store.sources[A] = "/somewhere"
    store.replace([(A, some(A, "één"))])
    store.finish()
    stamp = path.with_name("store.json")
    before = stamp.read_bytes(), stamp.stat().st_mtime_ns
    store.finish()
    assert (stamp.read_bytes(), stamp.stat().st_mtime_ns) == before
    code = (
        "import sys; from kg.graph.store import Store; s = Store.open(sys.argv[1]); print(len(s), s.sources)"
    )
    done = run(code, str(path))
    assert done.stdout == f"1 {{'{A}': '/somewhere'}}\n", done.stderr


def test_a_missing_store_is_said_to_be_missing(tmp_path: Path) -> None:
    """Reading makes no store, and the message says how to make one."""
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(InputError, match="kg build PATH"):
            Store.open(path / "store")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "store").mkdir()
    for file in ("", "notes.txt"):  # nobody is told to remove a folder that was never a store
        (tmp_path / "store" / file).touch()
        with pytest.raises(InputError, match="no store there"):
            Store.open(tmp_path / "store")


@pytest.mark.parametrize("writable", [True, False])
def test_a_place_that_cannot_be_a_store(tmp_path: Path, writable: bool) -> None:
    """A file in the way is one clear error, for reading as for writing."""
    file = tmp_path / "file"
    file.write_text("x")
    for path in (file, file / "store", file / "below" / "store"):
        with pytest.raises(OutputError if writable else InputError, match=str(path)):
            Store.open(path, writable=writable)
    assert file.read_text() == "x"


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    """While one process writes, another that wants to gets StoreBusy, and one that reads is served."""
    path = tmp_path / "store"
    code = """
import sys; from kg.graph.store import Store; from kg.errors import StoreBusy
try: Store.open(sys.argv[1], writable=True)
except StoreBusy as error: print(error.exit_code, error)
print(len(Store.open(sys.argv[1])))
"""
    store = Store.open(path, writable=True)
    store.replace([(A, some(A, "one"))])
    store.finish()
    done = run(code, str(path))
    assert done.stdout == f"4 {path}: in use by another build; wait for it or build into another --out\n1\n"
    with pytest.raises(StoreBusy):
        Store.open(path, writable=True)
    del store


def flip(path: Path) -> None:
    """Spoil the middle of a file."""
    content = bytearray(path.read_bytes())
    for i in range(len(content) // 2, len(content) // 2 + 40):
        content[i] ^= 0xFF
    path.write_bytes(content)


def largest(path: Path) -> Path:
    """Give the largest table file of a store."""
    return max(path.glob("*.sst"), key=lambda file: (file.stat().st_size, file.name))


DAMAGE: dict[str, Callable[[Path], object]] = {
    "CURRENT empty": lambda path: (path / "CURRENT").write_bytes(b""),
    "CURRENT gone": lambda path: (path / "CURRENT").unlink(),
    "CURRENT garbage": lambda path: (path / "CURRENT").write_bytes(b"\0\xff"),
    "MANIFEST cut": lambda path: [os.truncate(m, m.stat().st_size // 2) for m in path.glob("MANIFEST*")],
    "MANIFEST empty": lambda path: [os.truncate(m, 0) for m in path.glob("MANIFEST*")],
    "MANIFEST gone": lambda path: [m.unlink() for m in path.glob("MANIFEST*")],
    "table gone": lambda path: largest(path).unlink(),
    "tables flipped": lambda path: [flip(table) for table in path.glob("*.sst")],
}


@pytest.mark.parametrize("writable", [False, True])
@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_noticed(tmp_path: Path, name: str, writable: bool) -> None:
    """Files that are cut, spoilt or gone are StoreDamaged, one line that says what to do, and never an empty graph."""
    path = filled(tmp_path / "store")
    DAMAGE[name](path)
    with pytest.raises(StoreDamaged, match="remove the folder and build again") as caught:
        list(Store.open(path, writable=writable))
    assert caught.value.exit_code == 5
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)


def test_removing_the_folder_mends_a_damaged_store(tmp_path: Path) -> None:
    """What the message advises works, although the stamp of the old store is still there."""
    path = filled(tmp_path / "store")
    for file in path.iterdir():
        file.unlink()
    path.rmdir()
    store = Store.open(path, writable=True)
    assert (len(store), store.sources) == (0, {})


@pytest.mark.parametrize("stamp", ["", "{", "[]", "null", '{"quads": null}', "\x00"])
def test_a_lost_stamp_costs_the_check_alone(tmp_path: Path, stamp: str) -> None:
    """A store opens without its stamp, and with one that is no longer JSON."""
    path = filled(tmp_path / "store")
    path.with_name("store.json").write_text(stamp)
    assert len(Store.open(path)) == 2000


def test_an_unfinished_write_is_not_damage(tmp_path: Path) -> None:
    """A writer killed between two batches leaves whole articles, which the next one sees."""
    path = tmp_path / "store"
    code = """
import os, sys, pyoxigraph as ox; from kg.graph.store import Store
store = Store.open(sys.argv[1], writable=True); node = ox.NamedNode("urn:g1")
store.replace([("urn:g1", [ox.Quad(node, node, ox.Literal(str(i)), node) for i in range(500)])])
if sys.argv[2] == "finish": store.finish(); store.replace([("urn:g1", ())])
os.kill(os.getpid(), 9)
"""
    for last, left in (("kill", 500), ("finish", 0)):
        assert run(code, str(path), last).returncode == -signal.SIGKILL
        assert len(Store.open(path)) == left
        assert json.loads(path.with_name("store.json").read_text())["quads"] is None


def test_a_reader_opens_the_store_of_a_busy_writer(tmp_path: Path) -> None:
    """The writer merges and removes files all the time; whoever opens the store meanwhile finds one batch, whole."""
    path = tmp_path / "store"
    code = """
import sys, time, pyoxigraph as ox; from kg.graph.store import Store
store = Store.open(sys.argv[1], writable=True); node = ox.NamedNode("urn:g1")
for batch in range(10**6):
    store.replace([("urn:g1", [ox.Quad(node, node, ox.Literal(f"{batch} {i}"), node) for i in range(500)])])
    store.finish()
    time.sleep(0.2)
    if batch == 20: print("ready", flush=True)
"""
    command = [sys.executable, "-c", code, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        try:
            assert writer.stdout
            assert writer.stdout.readline() == b"ready\n"
            for _ in range(40):
                quads = list(Store.open(path))
                batches = {str(q.object).partition(" ")[0] for q in quads}
                assert (len(quads), len(batches)) == (500, 1)
        finally:
            writer.kill()


def test_a_full_disk_is_one_clear_error(tmp_path: Path) -> None:
    """Where no file may grow any further, writing ends in OutputError; what was finished before is still there."""
    path = filled(tmp_path / "store")
    code = """
import resource, signal, sys, pyoxigraph as ox; from kg.graph.store import Store; from kg.errors import OutputError
store = Store.open(sys.argv[1], writable=True)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
node = ox.NamedNode("urn:new")
try:
    for batch in range(100):
        store.replace([("urn:new", [ox.Quad(node, node, ox.Literal(f"{batch} {i}" * 20), node) for i in range(500)])])
        store.finish()
except OutputError as error:
    print(error.exit_code, error)
"""
    done = run(code, str(path))
    assert done.stdout.startswith(f"6 {path}: cannot be written ("), done.stderr
    assert done.stdout.count("\n") == 1
    store = Store.open(path, writable=True)
    assert [q for q in store if q.subject.value == "urn:g7"] == sorted(
        some("urn:g7", *(f"value 7 {j}" for j in range(20))), key=str
    )
    store.replace([("urn:new", ())])
    store.finish()
    assert len(Store.open(path)) == 2000


def test_a_writer_that_is_killed_leaves_the_old_file(tmp_path: Path) -> None:
    """At whatever moment it is killed, the file holds the old bytes or the new, all of them."""
    path = tmp_path / "graph.ttl"
    code = """
import sys; from pathlib import Path; from kg.graph.store import write_atomically
print("ready", flush=True)
while True:
    for letter in b"ab": write_atomically(Path(sys.argv[1]), bytes([letter]) * 3_000_000)
"""
    command = [sys.executable, "-c", code, str(path)]
    for pause in (0.0, 0.004, 0.011, 0.03):
        write_atomically(path, b"a" * 3_000_000)
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(pause)
            process.kill()
        content = path.read_bytes()
        assert len(content) == 3_000_000
        assert len(set(content)) == 1


def test_a_file_that_cannot_be_written_is_left_alone(tmp_path: Path) -> None:
    """A folder or a file in the way, or a disk without room, is OutputError, and leaves nothing half done."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "old").write_text("old")
    for path in (tmp_path / "folder", tmp_path / "old" / "new", tmp_path / ("x" * 300)):
        with pytest.raises(OutputError, match="cannot be written"):
            write_atomically(path, b"new")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, limits[1]))
    try:
        with pytest.raises(OutputError, match="File too large"):
            write_atomically(tmp_path / "old", b"new" * 100)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, ignored)
    assert (tmp_path / "old").read_text() == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder", "old"]


def test_a_link_and_a_pipe_stay_what_they_are(tmp_path: Path) -> None:
    """Writing to a link writes to where it points; a pipe or device is written into, never replaced."""
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_atomically(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    write_atomically(tmp_path / "pipe", b"through")
    assert os.read(reader, 100) == b"through"
    os.close(reader)
    assert (tmp_path / "pipe").is_fifo()


def test_every_error_has_a_code_of_its_own() -> None:
    """Scripts tell the faults apart by the exit code; the base class stands for what has none."""

    def tree(kind: type[KgError]) -> list[type[KgError]]:
        return [kind, *(k for sub in kind.__subclasses__() for k in tree(sub))]

    codes = {kind.__name__: kind.exit_code for kind in tree(KgError)}
    assert codes == {
        "KgError": 1, "UsageError": 2, "InputError": 3, "StoreBusy": 4, "StoreError": 5, "StoreDamaged": 5,
        "OutputError": 6, "QueryTimeout": 124,
    }  # fmt: skip
