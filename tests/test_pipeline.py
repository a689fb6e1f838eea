"""Builds: the store ends as if it had been built at once from what is there, whatever happened on the way."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, story
from processes import PATIENCE, alive, children, eventually, has_loaded, needs_proc, started

from kg import pipeline
from kg.errors import InputError, UsageError
from kg.graph.store import Store
from kg.graph.validate import validate
from kg.iris import DCTERMS, OA, article_iri
from kg.model import Document
from kg.pipeline import Summary
from kg.publish.export import export

Stories = Callable[[Path, int], Path]


def lines(store: Store) -> bytes:
    """Write a store as N-Quads, which shows every difference."""
    return export(list(store), "nquads", lambda: None)  # type: ignore[arg-type, return-value]


def build(store: Store, *paths: Path, workers: int = 1) -> Summary:
    """Bring a store up to date with paths."""
    return pipeline.build(pipeline.find(paths), store, workers=workers)


def clean(*paths: Path) -> bytes:
    """Give what a build from nothing gives."""
    store = Store.memory()
    build(store, *paths)
    return lines(store)


def outcome(summary: Summary) -> tuple[int, int, int, int]:
    """Give the counts of a summary: written, unchanged, removed, failures."""
    return summary.written, summary.unchanged, summary.removed, len(summary.failures)


@pytest.fixture
def folder(tmp_path: Path, write_stories: Stories) -> Path:
    """Give a folder of four articles."""
    return write_stories(tmp_path / "articles", 4)


def test_a_file_name_that_is_not_utf_8_costs_nothing(folder: Path) -> None:
    """Its article is read like any other."""
    try:
        (folder / os.fsdecode(b"caf\xe9.txt")).write_text("Norvik acquired Tern Labs.")
    except OSError:
        pytest.skip("this file system has only UTF-8 names")
    store = Store.memory()
    assert outcome(build(store, folder)) == (5, 0, 0, 0)
    assert outcome(build(store, folder)) == (0, 5, 0, 0)


def test_building_twice_is_building_once(folder: Path) -> None:
    """The second build reads every article, writes none, and leaves the same lines."""
    store = Store.memory()
    assert outcome(build(store, folder)) == (4, 0, 0, 0)
    once = lines(store)
    assert outcome(build(store, folder)) == (0, 4, 0, 0)
    assert lines(store) == once == clean(folder)


def test_nothing_is_written_where_nothing_changed(folder: Path, tmp_path: Path) -> None:
    """On disk, a build without changes leaves the stamp and its count as they are."""
    for _ in range(2):
        store = Store.open(tmp_path / "out" / "store", writable=True)
        build(store, folder)
        stamp = (tmp_path / "out" / "store.json").stat().st_mtime_ns
        del store
    assert (tmp_path / "out" / "store.json").stat().st_mtime_ns == stamp


def test_an_edited_article_replaces_its_own_graph(folder: Path) -> None:
    """Only the edited article is read again, and only its lines differ."""
    store = Store.memory()
    build(store, folder)
    before = lines(store).splitlines()
    (folder / "story-001.txt").write_text(story(77), "utf-8")
    assert outcome(build(store, folder)) == (1, 3, 0, 0)
    assert lines(store) == clean(folder)
    own = article_iri("story-001.txt").encode()
    changed = set(before) ^ set(lines(store).splitlines())
    assert changed
    assert all(own in line for line in changed)


def test_a_removed_file_takes_its_facts_with_it(folder: Path) -> None:
    """After removal the graph is the one built without the article, byte for byte."""
    store = Store.memory()
    build(store, folder)
    (folder / "story-002.txt").unlink()
    assert outcome(build(store, folder)) == (0, 3, 1, 0)
    assert lines(store) == clean(folder)


def test_an_article_is_removed_by_name(folder: Path) -> None:
    """`remove` does the same without the folder; an unknown name removes nothing at all."""
    store = Store.memory()
    build(store, folder)
    with pytest.raises(UsageError, match=r"none\.txt: no such article"):
        pipeline.remove(store, ["story-002.txt", "none.txt"])
    pipeline.remove(store, ["story-002.txt", "story-000.txt"])
    for name in ("story-002.txt", "story-000.txt"):
        (folder / name).unlink()
    assert lines(store) == clean(folder)


def test_other_folders_keep_their_articles(folder: Path, tmp_path: Path, write_stories: Stories) -> None:
    """Building one folder neither reads nor removes what came from another."""
    other = write_stories(tmp_path / "other", 6)
    for number in range(4):
        (other / f"story-{number:03}.txt").unlink()
    store = Store.memory()
    build(store, folder)
    assert outcome(build(store, other)) == (2, 0, 0, 0)
    assert lines(store) == clean(folder, other)


def test_an_article_may_move_to_another_folder(folder: Path, tmp_path: Path) -> None:
    """It keeps its name and its graph, belongs to its new folder, and goes only from there."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "more.txt").write_text(story(9), "utf-8")
    store = Store.memory()
    build(store, folder, other)
    (folder / "story-003.txt").rename(other / "story-003.txt")
    assert outcome(build(store, folder, other)) == (0, 5, 0, 0)
    moved = lines(store)
    assert outcome(build(store, folder)) == (0, 3, 0, 0)
    assert lines(store) == moved
    (other / "story-003.txt").unlink()
    assert outcome(build(store, other)) == (0, 1, 1, 0)
    assert lines(store) == clean(folder, other)


def test_two_articles_of_one_id_are_one_clear_failure(folder: Path, tmp_path: Path) -> None:
    """The first in the order of names is kept, the other is named with its path, the rest are unharmed."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "story-001.txt").write_text(story(50), "utf-8")
    store = Store.memory()
    summary = build(store, other, folder)
    assert outcome(summary) == (4, 0, 0, 1)
    [failure] = summary.failures
    assert failure.path == str(other / "story-001.txt")
    assert "same id" in failure.reason
    assert lines(store) == clean(folder)


BROKEN = {
    "empty.txt": b"",
    "blank.md": b" \n\t\n",
    "binary.txt": bytes(range(256)) * 10,
    "latin.txt": "Caf\xe9 Ltd acquired Bar Inc.".encode("latin-1"),
    "huge.txt": b"Foo Inc acquired Bar Ltd. " * 800_000,
    "broken.json": b'{"text": "Foo Inc acquired',
    "list.json": b"[1, null]",
}


def test_broken_articles_cost_only_themselves(folder: Path) -> None:
    """Each broken file is named with its path and a reason in one line; the others are read as without them."""
    alone = clean(folder)
    for name, content in BROKEN.items():
        (folder / name).write_bytes(content)
    good = b'{"id": "one", "text": "Foo Inc acquired Bar Ltd."}\n'
    (folder / "lines.jsonl").write_bytes(good + b"{broken\n" + good.replace(b'"one"', b'"two"'))
    store = Store.memory()
    summary = build(store, folder)
    assert summary.written == 6
    assert {Path(f.path).name for f in summary.failures} == {*BROKEN, "lines.jsonl"}
    assert summary.empty == 2
    for failure in summary.failures:
        assert failure.reason
        assert "\n" not in failure.reason
    pipeline.remove(store, ["one", "two"])
    assert lines(store) == alone


def test_an_article_that_can_no_longer_be_read_is_gone(folder: Path) -> None:
    """Its sentences cannot be shown any more, so its facts go, and the graph is what a clean build gives."""
    store = Store.memory()
    build(store, folder)
    (folder / "story-001.txt").write_bytes(b"\0\1\2")
    assert outcome(build(store, folder)) == (0, 3, 1, 1)
    assert lines(store) == clean(folder)


def test_what_extraction_fails_on_costs_only_itself(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of kg itself on one article is a failure of that article, with a request to report it."""
    real = pipeline.extract

    def extract(document: Document, ontology: Path | None = None) -> object:
        if document.id == "story-002.txt":
            raise RecursionError("deep\nwithin")
        return real(document, ontology)

    store = Store.memory()
    build(store, folder)
    monkeypatch.setattr(pipeline, "extract", extract)
    (folder / "story-002.txt").write_text(story(60), "utf-8")
    summary = build(store, folder)
    assert outcome(summary) == (0, 3, 1, 1)
    assert "RecursionError: deep within" in summary.failures[0].reason
    (folder / "story-002.txt").unlink()
    assert lines(store) == clean(folder)


_SENTENCES = f"""
    SELECT ?id ?source ?exact ?start ?end {{ GRAPH ?g {{
        ?g <{DCTERMS}identifier> ?id . ?s <{OA}hasSource> ?source ; <{OA}hasSelector> ?quote, ?position .
        ?quote <{OA}exact> ?exact . ?position <{OA}start> ?start ; <{OA}end> ?end }} }}"""


def test_every_fact_points_into_what_was_given(folder: Path) -> None:
    """Offsets count in the file's text, or for JSON in the value of `text`, or in the title as `#title`."""
    windows = "\ufeffNorthwind Robotics bought Tern Labs.\r\n\r\nIt is based in Berlin — 🦔.\r\nNorthwind Robotics acquired Acme Ltd."
    (folder / "windows.txt").write_bytes(windows.encode())
    title, text = "Northwind Robotics acquires Tern Labs", "Dorne Foods acquired Brill Foods for $3 million."
    (folder / "apart.jsonl").write_text(json.dumps({"id": "apart", "title": title, "text": text}))
    given = {p.name: p.read_text("utf-8") for p in folder.glob("story*.txt")}
    given |= {"windows.txt": windows.removeprefix("\ufeff"), "apart": text, "apart#title": title}
    store = Store.memory()
    build(store, folder)
    rows = list(store.engine.query(_SENTENCES))
    for row in rows:
        part = "#title" if row["source"].value.endswith("#title") else ""
        start, end = int(row["start"].value), int(row["end"].value)
        assert given[row["id"].value + part][start:end] == row["exact"].value
    assert {row["id"].value for row in rows} == set(given) - {"apart#title"}
    assert validate(list(store)) == []


def test_a_missing_path_or_an_empty_folder_is_an_input_error(tmp_path: Path) -> None:
    """Nothing is opened before all paths are found."""
    with pytest.raises(InputError):
        pipeline.find([tmp_path / "none"])
    with pytest.raises(InputError):
        pipeline.find([tmp_path])


def test_progress_is_told_article_by_article(folder: Path) -> None:
    """The callback hears how many sources are done, of how many, and how many articles were met."""
    heard: list[tuple[int, int, int]] = []
    sources = pipeline.find([folder])
    pipeline.build(sources, Store.memory(), progress=lambda *n: heard.append(n))
    assert heard == sorted(heard)
    assert heard[-1][:2] == (4, 4)
    assert {met for _, _, met in heard} == set(range(1, heard[-1][2] + 1))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, write_stories: Stories) -> Path:
    """Give a folder of articles enough for several batches."""
    return write_stories(tmp_path_factory.mktemp("many") / "articles", 150)


@pytest.fixture(scope="module")
def expected(many: Path) -> bytes:
    """Give what these articles make."""
    return clean(many)


def test_work_may_be_shared_and_shuffled(many: Path, expected: bytes) -> None:
    """Two workers and paths in any order give the bytes that one worker gives."""
    files = sorted(many.iterdir())
    random.Random(4).shuffle(files)  # noqa: S311
    store = Store.memory()
    summary = build(store, *files, workers=2)
    assert outcome(summary) == (150, 0, 0, 0)
    assert lines(store) == expected


def test_the_seed_of_hashes_does_not_matter(many: Path) -> None:
    """Processes with other hash seeds write the same bytes."""
    code = """
import sys; from pathlib import Path; from kg import pipeline; from kg.graph.store import Store
store = Store.memory()
pipeline.build(pipeline.find(sorted(Path(sys.argv[1]).iterdir())[:8]), store)
print("\\n".join(sorted(map(str, store.engine))))
"""
    runs = [
        subprocess.run(
            [sys.executable, "-c", code, str(many)], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True, check=True, timeout=PATIENCE,
        ).stdout
        for seed in ("0", "1")
    ]  # fmt: skip
    assert len(runs[0]) > 1000
    assert runs[0] == runs[1]


BUILD = """
import sys; from pathlib import Path; from kg import pipeline; from kg.graph.store import Store
sources = pipeline.find([sys.argv[1]])
store = Store.open(sys.argv[2], writable=True)
pipeline._BATCH = 8
"""
AND_TELL = """
pipeline.build(sources, store, workers=int(sys.argv[3]), progress=lambda *n: print(n, flush=True))
"""


def test_a_killed_build_goes_on(many: Path, expected: bytes, tmp_path: Path) -> None:
    """Killed at any moment, the store opens with whole articles only, and the next build ends as a clean one."""
    path = tmp_path / "store"
    whole = set(expected.splitlines())
    graphs = Counter(line.rsplit(b" ", 2)[-2] for line in whole)
    rng = random.Random(time.time_ns())  # noqa: S311 - another moment each time
    for _ in range(6):
        command = [sys.executable, "-c", BUILD + AND_TELL, str(many), str(path), "1"]
        with started(*command, cwd=tmp_path) as process:
            assert process.stdout
            for _ in range(rng.randrange(1, 140)):
                process.stdout.readline()
            time.sleep(rng.uniform(0, 0.02))
            process.kill()
        found = lines(Store.open(path)).splitlines()
        assert set(found) <= whole
        kept = Counter(line.rsplit(b" ", 2)[-2] for line in found)
        assert all(count == graphs[graph] for graph, count in kept.items())
    store = Store.open(path, writable=True)
    summary = build(store, many)
    assert summary.written + summary.unchanged == 150
    assert lines(store) == expected


DIE = """
import os
replace, batches = Store.replace, []
def counted(self, graphs):
    replace(self, graphs)
    batches.append(1)
    if len(batches) == 3: os.kill(os.getpid(), 9)
Store.replace = counted
pipeline.build(sources, store)
"""


def test_an_article_that_goes_while_a_build_is_dead_is_removed(
    tmp_path: Path, many: Path, write_stories: Stories
) -> None:
    """What a killed build wrote and its folder no longer has, the next build of the folder takes out."""
    folder = write_stories(tmp_path / "articles", 40)
    path = tmp_path / "store"
    with started(sys.executable, "-c", BUILD + DIE, str(folder), str(path), cwd=tmp_path) as process:
        assert process.wait(PATIENCE) == -signal.SIGKILL
    assert len(Store.open(path).fingerprints()) == 24
    (folder / "story-000.txt").unlink()
    store = Store.open(path, writable=True)
    build(store, many / "story-149.txt")
    assert len(store.fingerprints()) == 25
    build(store, folder)
    assert lines(store) == clean(folder, many / "story-149.txt")
    assert not store.unfinished


def test_a_lost_stamp_removes_nothing(folder: Path, tmp_path: Path, write_stories: Stories) -> None:
    """Without the record of where articles came from, none is taken for gone."""
    other = write_stories(tmp_path / "other", 6)
    path = tmp_path / "out" / "store"
    build(Store.open(path, writable=True), folder)
    path.with_name("store.json").unlink()
    store = Store.open(path, writable=True)
    for _ in range(2):
        assert build(store, other / "story-005.txt").removed == 0
    assert len(store.fingerprints()) == 5


@needs_proc
@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize("moment", ["they start", "they work"])
def test_workers_end_with_their_build(many: Path, tmp_path: Path, moment: str, sent: signal.Signals) -> None:
    """No worker process outlives a build that is killed or interrupted, and none of them speaks of it."""
    command = [sys.executable, "-c", BUILD + AND_TELL, str(many), str(tmp_path / "store"), "2"]
    with started(*command, cwd=tmp_path) as process:
        eventually(lambda: len(children(process.pid)) == 2, "the workers have started")
        workers = children(process.pid)
        if moment == "they work":
            eventually(lambda: any(has_loaded(worker, "onnxruntime") for worker in workers), moment)
        process.send_signal(sent)
        _, errors = process.communicate(timeout=PATIENCE)
        eventually(lambda: not any(map(alive, workers)), "no worker is left behind")
    assert errors.count(b"Traceback") <= (sent == signal.SIGINT)  # the bare script's own


KILL = """
import os, signal
replace = Store.replace
def killing(self, graphs):
    replace(self, graphs)
    for thread in Path("/proc/self/task").iterdir():
        for child in (thread / "children").read_text().split(): os.kill(int(child), signal.SIGKILL)
Store.replace = killing
pipeline.build(sources, store, workers=2)
"""


@needs_proc
def test_a_killed_worker_is_one_clear_error(many: Path, expected: bytes, tmp_path: Path) -> None:
    """Where the system kills a worker, the build says so, and the next one goes on."""
    path = tmp_path / "store"
    with started(sys.executable, "-c", BUILD + KILL, str(many), str(path), cwd=tmp_path) as process:
        _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert errors.endswith(
        b"KgError: a process that reads articles was killed, perhaps for want of memory;"
        b" run the same command again with fewer --workers\n"
    )
    store = Store.open(path, writable=True)
    assert build(store, many).unchanged >= 8
    assert lines(store) == expected


def test_a_file_of_the_same_name_elsewhere_does_not_take_its_place(tmp_path: Path) -> None:
    """Two folders built one after the other, each with a story.txt: the first stays, the second is a failure."""
    for name, text in (("a", "Veloquent acquired Brightmere."), ("b", "Kestrelis acquired Quantora.")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "story.txt").write_text(text, "utf-8")
    store = Store.memory()
    pipeline.build(pipeline.find([tmp_path / "a"]), store)
    before = sorted(store, key=str)
    summary = pipeline.build(pipeline.find([tmp_path / "b"]), store)
    assert [f.id for f in summary.failures] == ["story.txt"]
    assert "has the same id" in summary.failures[0].reason
    assert sorted(store, key=str) == before
