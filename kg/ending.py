"""How a signal may end the process at any moment and leave nothing half done.

The store is safe whenever the process dies, for it writes in transactions. What is not takes `whole` while it is
half done (a file beside its final place, a worker that waits for its orders), or names an action that puts it in
order before the end. Signals are heard in `kg.__main__`; who uses kg as a library has his own way with them.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

__all__ = ["SIGNALS", "before_the_end", "finish", "prepare", "whole"]

#: What ends a command: Ctrl-C, and what other processes send.
SIGNALS = (signal.SIGINT, signal.SIGTERM)
#: Held while something is half done. Who ends the process takes it first, and keeps it.
whole = threading.RLock()
_actions: list[Callable[[], object]] = []
_finished = threading.Event()


@contextmanager
def before_the_end(action: Callable[[], object]) -> Iterator[None]:
    """Have something done if the process is to end meanwhile, by another thread than this one."""
    _actions.append(action)
    try:
        yield
    finally:
        _actions.remove(action)


def finish() -> None:
    """Say that the work is done and only its report is left, which no signal cuts short.

    Where the process is being ended already, this does not return: what goes wrong on the way is not told.
    """
    with whole:
        _finished.set()


def prepare() -> bool:
    """Bring everything into order for the end of the process; false where it ends by itself anyway."""
    whole.acquire()
    if _finished.is_set():
        whole.release()
        return False
    for action in reversed(_actions):
        with suppress(Exception):  # the process ends, come what may
            action()
    return True
