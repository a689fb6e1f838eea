"""`python -m kg` and `kg`: the command line, which answers signals from its first moment to its last."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import suppress

from kg import ending

_LINE = b"interrupted; run the same command again to go on\n"


def main() -> None:
    """Run the command line."""
    _listen()
    try:
        from kg.cli import app

        app()
    finally:
        ending.finish()
        for number in ending.SIGNALS:  # the interpreter, as it ends, would bring back what they do by default
            signal.signal(number, signal.SIG_IGN)


def _listen() -> None:
    """Have a thread of its own end the process at a signal, also where the parent had it ignored.

    An exception in the main thread would do harm where it happens to be: imports, for one, do not survive it.
    """
    heard, told = os.pipe()
    os.set_blocking(told, False)
    threading.Thread(target=_answer, args=(heard,), daemon=True).start()
    signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    for number in ending.SIGNALS:
        signal.signal(number, lambda *_: None)


def _answer(heard: int) -> None:
    os.read(heard, 1)
    if ending.prepare():
        with suppress(OSError):
            os.write(2, _LINE)
        os._exit(130)


if __name__ == "__main__":
    main()
