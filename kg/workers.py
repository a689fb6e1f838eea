"""Work shared among processes, in order: each answers over a pipe of its own, and none outlives its build.

The process pools of the standard library share queues and locks. Where a worker is killed while it answers, they
wait for the rest for ever; where the build itself is ended, the locks are left to the system; and Ctrl-C, which a
terminal sends to all, reaches the workers too.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

from kg.ending import SIGNALS, whole
from kg.errors import KgError

__all__ = ["shared"]

#: Items that go to a process at once: a message costs about as much as a short article.
_CHUNK = 8
#: Chunks for each process that are asked for ahead, so that one slow article does not keep the others waiting.
_AHEAD = 8

Item = TypeVar("Item")
Answer = TypeVar("Answer")


def shared(function: Callable[[Item], Answer], items: Iterable[Item], workers: int) -> Generator[Answer]:
    """Apply a function of a module to items in several processes; the answers come in the order of the items.

    Raises what the function raises, and KgError where the system ends a process.

    >>> list(shared(abs, [-1, 2, -3], workers=2))
    [1, 2, 3]
    """
    items = iter(items)
    asked: deque[Future[list[Answer]]] = deque()
    with ThreadPoolExecutor(workers) as threads, _Workers(function) as pool:
        while chunk := list(islice(items, _CHUNK)):
            asked.append(threads.submit(pool.ask, chunk))
            if len(asked) > workers * _AHEAD:
                yield from asked.popleft().result()
        while asked:
            yield from asked.popleft().result()


@dataclass(slots=True)
class _Workers(Generic[Item, Answer]):
    """Processes that apply a function; one more is started whenever all others are busy."""

    function: Callable[[Item], Answer]
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)
    idle: list[Connection] = field(default_factory=list)
    closed: bool = False

    def ask(self, items: list[Item]) -> list[Answer]:
        """Have a process answer, and wait for it."""
        try:
            worker = self._free()
            worker.send((self.function, items))
            answers: list[Answer] | Exception = worker.recv()
        except (EOFError, OSError) as error:
            raise KgError(
                "a process that reads articles was killed, perhaps for want of memory;"
                " run the same command again with fewer --workers"
            ) from error
        self.idle.append(worker)
        if isinstance(answers, Exception):
            raise answers
        return answers

    def _free(self) -> Connection:
        try:
            return self.idle.pop()
        except IndexError:
            return self._start()

    def _start(self) -> Connection:
        ours, theirs = Pipe()
        code = f"import sys; sys.path[:] = {sys.path!r}; from kg.workers import _answer; _answer({theirs.fileno()})"
        with whole:
            if self.closed:
                raise EOFError
            # A fork of a process that holds the store's threads can hang; a fresh interpreter cannot. In a session
            # of its own it hears no Ctrl-C.
            process = subprocess.Popen(  # noqa: S603 - nothing of it comes from outside
                [sys.executable, "-c", code],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
            self.started.append(process)
        theirs.close()  # so that ours comes to an end with the process
        return ours

    def __enter__(self) -> _Workers[Item, Answer]:
        return self

    def __exit__(self, *_: object) -> None:
        """End them at once, whatever they are doing."""
        with whole:
            self.closed = True
        for process in self.started:
            process.kill()
            process.wait()


def _answer(descriptor: int) -> None:
    """Be a worker: answer until the other end of the pipe is closed, if only because its process is no more."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    pipe = Connection(descriptor)
    messages: SimpleQueue[bytes] = SimpleQueue()

    def listen() -> None:
        with suppress(EOFError, OSError):
            while True:
                messages.put(pipe.recv_bytes())
        os._exit(1)

    threading.Thread(target=listen, daemon=True).start()
    with suppress(OSError):
        while True:
            function, items = pickle.loads(messages.get())  # noqa: S301 - of our own making
            pipe.send(_applied(function, items))


def _applied(function: Callable[[Any], object], items: list[Any]) -> list[object] | Exception:
    try:
        return [function(item) for item in items]
    except Exception as error:  # noqa: BLE001 - it is raised where it was asked
        return error
