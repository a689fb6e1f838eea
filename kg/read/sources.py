"""What there is to read: arguments expanded to a sorted list of sources, nothing opened yet."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError

SUFFIXES = frozenset({".txt", ".md", ".markdown", ".json", ".jsonl"})
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read: a file, or standard input.

    `path` is the path as given or found, `root` the absolute path of the argument that it came from
    (links in it followed), `id` the name of its article: the POSIX path below a folder that was given,
    or the name of a file that was given. All of them are "-" for standard input.
    """

    path: str
    root: str
    id: str


def find(paths: Sequence[str | Path]) -> list[Source]:
    r"""Expand files, folders and "-" (standard input) to the sources below them, sorted by id.

    A folder gives its .txt, .md, .markdown, .json and .jsonl files at any depth; hidden files and folders
    and links to folders are passed over. A file given by name is taken whatever its suffix. The list does
    not depend on the order of the arguments, and a file reached twice stands in it once, with the id from
    the outermost folder. A subfolder that cannot be listed is a source too, so that reading reports it.

    Raises `InputError` for a path that does not exist and for a folder without an article.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> (folder / "2024").mkdir()
    >>> _ = (folder / "2024" / "deal.txt").write_text("Northwind Robotics buys Tern Labs.")
    >>> _ = (folder / "notes.csv").write_text("1,2")
    >>> [source.id for source in find([folder, "-"])]
    ['-', '2024/deal.txt']
    """
    found: dict[str, Source] = {}
    for given in paths:
        for absolute, source in expand(given):
            known = found.get(absolute)
            if known is None or rank(source) < rank(known):
                found[absolute] = source
    return sorted(found.values(), key=lambda source: (source.id, source.root, source.path))


def rank(source: Source) -> tuple[int, str, str]:
    """Order the ways to reach one file: by the outermost folder first."""
    return len(source.root), source.root, source.path


def expand(given: str | Path) -> Iterator[tuple[str, Source]]:
    """Yield each source of one argument with the absolute path that tells it from the others."""
    if str(given) == STDIN:
        yield STDIN, Source(STDIN, STDIN, STDIN)
        return
    path = Path(given)
    try:
        path.stat()
        is_folder = path.is_dir()
        root = path.resolve() if is_folder else path.parent.resolve() / path.name
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(
            f"no such file or folder: {shown(given)}; check the spelling and the current folder",
        ) from None
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise InputError(
            f"cannot reach {shown(given)} ({reason}): check the path and its permissions"
        ) from error
    if not is_folder:
        yield str(root), Source(os.fspath(given), str(root), encodable(path.name))
        return
    empty = True
    for name in names(path):
        empty = False
        yield str(root / name), Source(str(path / name), str(root), encodable(name.as_posix()))
    if empty:
        raise InputError(
            f"no articles (.txt, .md, .json, .jsonl) in {shown(given)}; "
            "give another folder, or name the files themselves",
        )


def names(folder: Path) -> Iterator[Path]:
    """Yield the articles below a folder, relative to it, and the subfolders that cannot be listed."""
    errors: list[OSError] = []
    for here, folders, files in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(here, name)
            if not name.startswith(".") and path.suffix.lower() in SUFFIXES and is_ordinary(path):
                yield path.relative_to(folder)
    for error in errors:
        denied = Path(error.filename)
        if denied == folder:
            raise InputError(
                f"cannot list the folder {shown(folder)} ({error.strerror}): make it readable",
            ) from error
        yield denied.relative_to(folder)


def is_ordinary(path: Path) -> bool:
    """Say whether a path is no pipe or socket, which would block the reader for ever.

    A broken link or a file out of reach counts as ordinary: reading reports it, where skipping would hide it.
    """
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return True


def encodable(name: str) -> str:
    r"""Escape what UTF-8 cannot hold, as in file names in another encoding.

    >>> encodable("caf\udce9.txt")
    'caf\\udce9.txt'
    """
    return name.encode("utf-8", "backslashreplace").decode()


def shown(path: str | Path) -> str:
    r"""Write a path on one line, whatever characters it holds.

    >>> print(shown("two\nlines.txt"))
    two\nlines.txt
    """
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in str(path))
