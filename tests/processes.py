"""Watching other processes, and waiting for them without knowing how fast the machine is."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
#: Seconds after which a test gives something up: far more than the slowest machine needs, for it only ends a hang.
PATIENCE = 300

needs_proc = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's /proc")


def eventually(condition: Callable[[], object], what: str) -> None:
    """Wait until something is so, however slow the machine."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"still not so: {what}"
        time.sleep(0.005)


@contextmanager
def started(*command: str, cwd: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start a command in a session of its own, with its output and errors to read; it does not outlive the test."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=cwd, env=environment, stdout=pipe, stderr=pipe, start_new_session=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def children(pid: int) -> set[int]:
    """List the processes that a process has started and not yet seen the end of."""
    found: set[int] = set()
    for thread in Path(f"/proc/{pid}/task").glob("*"):
        found |= {int(child) for child in _read(thread / "children").split()}
    return found


def alive(pid: int) -> bool:
    """Say whether a process runs; one that only waits to be reaped does not."""
    return _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()[:1] not in ([], ["Z"])


def hears(pid: int) -> bool:
    """Say whether a process answers SIGTERM by itself, which Python does not do of its own accord."""
    lines = _read(Path(f"/proc/{pid}/status")).splitlines()
    caught = next((line.split()[1] for line in lines if line.startswith("SigCgt:")), "0")
    return bool(int(caught, 16) >> (signal.SIGTERM - 1) & 1)


def has_loaded(pid: int, library: str) -> bool:
    """Say whether a process has a library in memory, which begins while it is being imported."""
    return library in _read(Path(f"/proc/{pid}/maps"))


def _read(file: Path) -> str:
    """Read a file of /proc; nothing where its process is no more."""
    try:
        return file.read_text()
    except OSError:
        return ""
