"""Signals: whenever one comes, the command says one line, leaves nothing half done, and goes on the next time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pytest
from processes import PATIENCE, ROOT, alive, children, eventually, has_loaded, hears, needs_proc, started

import kg

pytestmark = needs_proc

LINE = b"interrupted; run the same command again to go on\n"
INT, TERM = signal.SIGINT, signal.SIGTERM
Send = Callable[[int, int], None]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, write_stories: Callable[[Path, int], Path]) -> Path:
    """Give a folder of articles enough for workers."""
    return write_stories(tmp_path_factory.mktemp("interrupted") / "articles", 24)


@pytest.fixture(scope="module")
def whole(folder: Path) -> bytes:
    """Give the graph of these articles."""
    graph = kg.build(folder).export("nquads")
    assert isinstance(graph, bytes)
    return graph


class Run(NamedTuple):
    """A build that runs: its process, and where it writes."""

    pid: int
    out: Path

    def has(self, name: str) -> bool:
        """Say whether it has written a file by now."""
        return (self.out / name).exists()


#: When a signal is sent: a name, and what is so from then on.
MOMENTS: dict[str, Callable[[Run], object]] = {
    "at first": lambda run: hears(run.pid),
    "its own parts are imported": lambda run: has_loaded(run.pid, "pyoxigraph"),
    "the store is made": lambda run: run.has("store"),
    "numpy is imported": lambda run: has_loaded(run.pid, "_multiarray_umath"),
    "the reader is loaded": lambda run: has_loaded(run.pid, "onnxruntime"),
    "workers start": lambda run: children(run.pid),
    "workers load the reader": lambda run: any(has_loaded(p, "onnxruntime") for p in children(run.pid)),
    "articles are written": lambda run: run.has("store.json"),
    "the Turtle is written": lambda run: run.has("graph.ttl"),
}


@pytest.mark.parametrize(
    ("moment", "workers", "sent"),
    [
        ("at first", "1", (os.kill, INT)),
        ("at first", "2", (os.kill, TERM)),
        ("its own parts are imported", "1", (os.kill, TERM)),
        ("the store is made", "1", (os.kill, INT)),
        ("numpy is imported", "1", (os.kill, INT)),
        ("numpy is imported", "1", (os.kill, TERM)),
        ("the reader is loaded", "1", (os.kill, INT)),
        ("workers start", "2", (os.killpg, INT)),
        ("workers start", "2", (os.killpg, TERM)),
        ("workers load the reader", "2", (os.killpg, INT)),
        ("workers load the reader", "2", (os.kill, TERM)),
        ("articles are written", "1", (os.kill, TERM)),
        ("articles are written", "2", (os.killpg, INT)),
        ("the Turtle is written", "1", (os.kill, INT)),
        ("the Turtle is written", "2", (os.killpg, TERM)),
    ],
)
def test_an_interrupted_build_says_one_line(
    tmp_path: Path, folder: Path, whole: bytes, moment: str, workers: str, sent: tuple[Send, signal.Signals]
) -> None:
    """Whatever it is at, alone or with its workers, it ends with code 130, and the next build goes on from there."""
    out = tmp_path / "out"
    command = [sys.executable, "-m", "kg", "build", str(folder), "--workers", workers]
    with started(*command, cwd=tmp_path) as process:
        run = Run(process.pid, out)
        eventually(lambda: process.poll() is not None or MOMENTS[moment](run), moment)
        workers_then = children(process.pid)
        if process.returncode is None:  # else its number may be another's by now
            send, number = sent
            send(process.pid, number)
        printed, said = process.communicate(timeout=PATIENCE)
        eventually(lambda: not any(map(alive, workers_then)), "no worker is left behind")
    assert printed == b""
    if moment == "the Turtle is written" and process.returncode == 0:  # it was faster than this test
        assert said.endswith(b"graph.html\n")
    else:
        assert (process.returncode, said) == (130, LINE)
    assert not list(out.glob(".*"))
    if (out / "graph.ttl").exists():
        assert list(ox.parse((out / "graph.ttl").read_bytes(), format=ox.RdfFormat.TURTLE))
    if (out / "graph.html").exists():
        assert (out / "graph.html").read_text("utf-8").endswith("</html>\n")
    assert kg.build(folder, out).export("nquads") == whole


def test_a_finished_build_is_not_interrupted(tmp_path: Path, folder: Path) -> None:
    """Once all is written, the report is told to its end and the exit code is that of the build."""
    command = [sys.executable, "-m", "kg", "build", str(folder / "story-000.txt"), "--report"]
    with started(*command, cwd=tmp_path) as process:
        assert process.stderr
        first = process.stderr.readline()
        os.kill(process.pid, TERM)
        os.kill(process.pid, INT)
        printed, said = process.communicate(timeout=PATIENCE)
    assert (process.returncode, printed) == (0, b"")
    assert first.startswith(b"articles ")
    assert said.endswith(b"graph.html\n")


def test_ctrl_c_reaches_a_build_in_the_background(tmp_path: Path, folder: Path) -> None:
    """A shell without job control has its jobs ignore SIGINT; a build answers it all the same."""
    command = ["sh", "-c", 'trap "" INT; exec "$0" -m kg build "$1"', sys.executable, str(folder)]
    with started(*command, cwd=tmp_path) as process:
        eventually(lambda: hears(process.pid), "it hears")
        process.send_signal(INT)
        assert process.communicate(timeout=PATIENCE) == (b"", LINE)
    assert process.returncode == 130


BUSY = {
    "computes": "while True: pass",
    "waits in the system": "time.sleep(10_000)",
    "imports": "import endless",
}


@pytest.mark.parametrize("busy", BUSY)
def test_an_article_without_end_is_interrupted(tmp_path: Path, folder: Path, busy: str) -> None:
    """However long one article takes, and whatever it is at, the signal is answered."""
    (tmp_path / "endless.py").write_text("print('busy', flush=True)\nwhile True: pass\n")
    code = f"""
import sys, time
sys.path.append({str(tmp_path)!r})
from kg import __main__, pipeline
def extract(document, settings):
    print("busy", flush=True)
    {BUSY[busy]}
pipeline.extract = extract
sys.argv = ["kg", "build", {str(folder)!r}, "--workers", "1"]
__main__.main()
"""
    with started(sys.executable, "-c", code, cwd=tmp_path) as process:
        assert process.stdout
        for _ in range(2 if busy == "imports" else 1):
            assert process.stdout.readline() == b"busy\n"
        process.send_signal(TERM)
        assert process.communicate(timeout=PATIENCE) == (b"", LINE)
    assert process.returncode == 130


def test_what_is_being_written_is_written_to_its_end(tmp_path: Path) -> None:
    """A signal that comes while a file is written waits for it: the file is whole, and none is beside it."""
    code = """
import os, signal, sys, time
from pathlib import Path
from kg import __main__
__main__._listen()
from kg.graph.store import write_atomically
sync = os.fsync
def slow(descriptor):
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(0.5)
    sync(descriptor)
os.fsync = slow
write_atomically(Path("graph.ttl"), b"whole")
time.sleep(10_000)
"""
    with started(sys.executable, "-c", code, cwd=tmp_path) as process:
        assert process.communicate(timeout=PATIENCE) == (b"", LINE)
    assert process.returncode == 130
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"graph.ttl": b"whole"}


def test_a_terminal_is_left_as_it_was(tmp_path: Path, folder: Path) -> None:
    """The bar that shows how far a build is hides the cursor; it is back before the line is said."""
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "kg", "build", str(folder), "--workers", "1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdin=theirs, stderr=theirs) as process:
        os.close(theirs)
        seen = b""
        while b"reading" not in seen:
            seen += os.read(ours, 10_000)
        process.send_signal(INT)
        with suppress(OSError):  # the end of a terminal
            while more := os.read(ours, 10_000):
                seen += more
    os.close(ours)
    assert process.returncode == 130
    assert seen.endswith(LINE.replace(b"\n", b"\r\n"))
    assert seen.count(b"\x1b[?25l") == seen.count(b"\x1b[?25h") == 1


def test_a_question_is_ended_by_the_signal_itself(kept: Path) -> None:
    """While the engine answers, a signal ends the process at once and in silence: nothing can be lost."""
    text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    command = [sys.executable, "-m", "kg", "query", text, "--store", str(kept), "--timeout", "10_000"]
    for sent in (INT, TERM):
        with started(*command, cwd=kept.parent) as process:
            eventually(lambda process=process: hears(process.pid), "the command has begun")
            eventually(lambda process=process: not hears(process.pid), "the engine has begun")
            process.send_signal(sent)
            assert process.communicate(timeout=PATIENCE) == (b"", b"")
        assert process.returncode == -sent
