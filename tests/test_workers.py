"""Workers: the answers of one process, from several; none of them outlives the work."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from processes import children, eventually, needs_proc

from kg.errors import KgError
from kg.workers import shared


@settings(max_examples=5)
@given(st.lists(st.integers(), max_size=100), st.integers(1, 3))
def test_the_answers_are_those_of_one_process(items: list[int], workers: int) -> None:
    """Each item has its answer, in the order of the items, however many share them."""
    assert list(shared(abs, items, workers)) == list(map(abs, items))


def test_what_the_function_raises_is_raised() -> None:
    """A fault on one item comes out as in one process, and the answers before it are given."""
    answers = shared(int, ["1"] * 8 + ["one"], 2)
    assert [next(answers) for _ in range(8)] == [1] * 8
    with pytest.raises(ValueError, match="one"):
        next(answers)


@needs_proc
def test_items_are_taken_as_they_are_needed() -> None:
    """There may be more items than memory holds; who has enough closes it, and the processes end."""
    taken = count()
    before = children(os.getpid())

    def items() -> Iterator[int]:
        while True:
            yield next(taken)

    with closing(shared(abs, items(), 2)) as answers:
        assert [next(answers) for _ in range(100)] == list(range(100))
        assert children(os.getpid()) - before
    assert next(taken) < 1000
    assert children(os.getpid()) <= before


@needs_proc
def test_a_killed_process_is_one_clear_error() -> None:
    """At whatever moment a process is killed, also while it answers at length, the work ends with an error."""
    size = 3_000_000
    rng = random.Random(time.time_ns())  # noqa: S311 - another moment each time
    for _ in range(5):
        before = children(os.getpid())
        answers = shared(bytes, [size] * 200, 1)
        assert len(next(answers)) == size
        (worker,) = children(os.getpid()) - before
        time.sleep(rng.uniform(0, 0.02))
        os.kill(worker, signal.SIGKILL)
        with pytest.raises(KgError, match="was killed, perhaps for want of memory"):
            list(answers)
        eventually(lambda before=before: children(os.getpid()) <= before, "no process is left")
