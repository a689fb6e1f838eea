"""Saying how time grows with size, on a machine of any speed that may be busy with other things."""

from __future__ import annotations

import time
from collections.abc import Callable
from math import inf

#: Where the size doubles, linear time doubles and quadratic time quadruples. What is longer is measured again.
LINEAR = 2.5
#: Measurements of each size at most. Other programs can only make one longer, so the shortest counts.
TRIES = 8
#: Seconds that are too few to be compared; what is quadratic takes more at the sizes of the tests.
NOTHING = 0.02


def grows_linearly(work: Callable[[int], object], size: int) -> bool:
    """Say whether twice the size takes about twice the time.

    One size where it takes longer may be that from which on the data fit no cache: the next one decides.
    """
    work(size)  # what is loaded or made ready at first use is not counted
    return _doubles(work, size) or _doubles(work, 2 * size)


def _doubles(work: Callable[[int], object], size: int) -> bool:
    once = twice = inf
    for attempt in range(TRIES):
        once, twice = min(once, _seconds(work, size)), min(twice, _seconds(work, 2 * size))
        if attempt and twice < max(LINEAR * once, NOTHING):
            return True
    return False


def _seconds(work: Callable[[int], object], size: int) -> float:
    started = time.process_time()
    work(size)
    return time.process_time() - started
