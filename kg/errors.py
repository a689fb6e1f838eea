"""Everything that kg raises on purpose.

    KgError
    ├── UsageError      exit 2    a wrong option, parameter or query name
    ├── InputError      exit 3    an article or file that cannot be read
    ├── StoreError
    │   ├── StoreBusy   exit 4    another process writes to the store
    │   └── StoreDamaged exit 5   the store exists but cannot be opened
    ├── OutputError     exit 6    a result that cannot be written
    └── QueryTimeout    exit 124  a query that ran past its limit

A message says what is wrong, where, and how to mend it, in one line.
"""

from __future__ import annotations

__all__ = [
    "InputError",
    "KgError",
    "OutputError",
    "QueryTimeout",
    "StoreBusy",
    "StoreDamaged",
    "StoreError",
    "UsageError",
]


class KgError(Exception):
    """Any error that a user can mend; `exit_code` is what the command line ends with."""

    exit_code = 1


class UsageError(KgError):
    """The call itself is wrong: an unknown name, a missing parameter, a query with a syntax error."""

    exit_code = 2


class InputError(KgError):
    """An input that is missing, empty or not text."""

    exit_code = 3


class StoreError(KgError):
    """The store cannot be used."""

    exit_code = 5


class StoreBusy(StoreError):  # noqa: N818 - the state of the store is the clearest name
    """Another process holds the store's write lock."""

    exit_code = 4


class StoreDamaged(StoreError):  # noqa: N818
    """The store's files contradict each other."""


class OutputError(KgError):
    """A result that cannot be written: no permission, no space, a directory in the way."""

    exit_code = 6


class QueryTimeout(KgError):  # noqa: N818
    """A query that ran past its time limit."""

    exit_code = 124
