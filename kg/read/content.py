"""Bytes from files and standard input, decoded as they are, within the limits."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, TypeAlias

Kind: TypeAlias = Literal["empty", "failed"]

#: The most bytes of text that one article may have.
LIMIT = 5_000_000
#: The most bytes of a .json file, which has to be in memory as a whole.
JSON_LIMIT = 40 * LIMIT
#: The most bytes of one line of a .jsonl file: JSON may write a character of text as six (`\u00e9`).
LINE_LIMIT = 8 * LIMIT

SURROGATE = re.compile("[\ud800-\udfff]")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that could not be read: `reason` says in one line what, where and how to mend it.

    `kind` is "empty" for an article without words (its reason starts so too), "failed" for all else.

    >>> Failure("a.txt", "news/a.txt", "empty: give it text or leave it out", "empty").kind
    'empty'
    """

    id: str
    path: str
    reason: str
    kind: Kind = "failed"


class ReadError(Exception):
    """Why an article cannot be read; it never leaves this package.

    >>> str(ReadError("no text", "give it a text"))
    'no text: give it a text'
    >>> ReadError("no text", "give it a text").failure("a", "a.jsonl", "line 3").reason
    'no text in line 3: give it a text'
    """

    def __init__(self, what: str, mend: str, kind: Kind = "failed") -> None:
        super().__init__(f"{what}: {mend}")
        self.what = what
        self.mend = mend
        self.kind = kind

    def failure(self, name: str, path: str, where: str = "") -> Failure:
        """Make it a value, with the place inside the file."""
        reason = f"{self.what} in {where}: {self.mend}" if where else str(self)
        return Failure(name, path, reason, self.kind)


def too_long(size: int | None, limit: int, mend: str) -> ReadError:
    """Say that there are too many bytes; the size is None where it is not known.

    >>> print(too_long(20_000_000, LIMIT, "split it into articles"))
    too long (20,000,000 bytes, the limit is 5,000,000): split it into articles
    """
    stated = f"{size:,}" if size is not None else f"more than {limit:,}"
    return ReadError(f"too long ({stated} bytes, the limit is {limit:,})", mend)


def unreadable(error: OSError | ValueError) -> ReadError:
    """Turn an error of the operating system into one line."""
    if isinstance(error, FileNotFoundError):
        return ReadError(
            "the file is gone", "it was moved or deleted, or is a broken link; list the folder again"
        )
    if isinstance(error, PermissionError):
        return ReadError("permission denied", "make it readable for this user")
    if isinstance(error, IsADirectoryError):
        return ReadError("it is a folder", "give it as an argument, and make it readable for this user")
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return ReadError(f"cannot be read ({reason})", "check the file and its disk")


def load(path: str, limit: int, mend: str) -> bytes:
    """Read a whole file of at most `limit` bytes; a longer one is not read at all, where its size is known."""
    try:
        with Path(path).open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            data = b"" if size > limit else file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise unreadable(error) from error
    if size > limit:
        raise too_long(size, limit, mend)
    if len(data) > limit:  # a pipe, or a file that grew
        raise too_long(None, limit, mend)
    return data


def standard_input() -> bytes:
    """Read standard input: at most `LIMIT` bytes of text, or `JSON_LIMIT` bytes of what may be JSON."""
    mend = "split it into articles"
    try:
        data = sys.stdin.buffer.read(LIMIT + 1)
        limit = LIMIT
        if len(data) > LIMIT and starts_like_json(data):
            limit = JSON_LIMIT
            data += sys.stdin.buffer.read(JSON_LIMIT - LIMIT)
    except (OSError, ValueError) as error:
        raise unreadable(error) from error
    except AttributeError:  # a process without standard input has None there
        raise ReadError("no standard input", "pipe the article in, or give a file") from None
    if len(data) > limit:
        raise too_long(None, limit, mend)
    return data


def starts_like_json(data: bytes) -> bool:
    """Say whether the first character is a bracket."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def lines(path: str) -> Iterator[bytes | ReadError]:
    """Yield the lines of a file one at a time; a line past the limit is passed over and yields the error.

    Raises `ReadError` where the file itself cannot be read.
    """
    try:
        with Path(path).open("rb") as file:
            if file.peek(2)[:2] in UTF_16:  # a line end has two bytes there
                text = decode(load(path, JSON_LIMIT, "save it as UTF-8"))
                yield from split(io.BytesIO(text.encode()))
            else:
                yield from split(file)
    except (OSError, ValueError) as error:
        raise unreadable(error) from error


def split(file: BinaryIO) -> Iterator[bytes | ReadError]:
    """Yield the lines of an open file."""
    while line := file.readline(LINE_LIMIT + 1):
        if len(line) <= LINE_LIMIT:
            yield line
            continue
        yield too_long(None, LINE_LIMIT, "split it into articles")
        while line and not line.endswith(b"\n"):
            line = file.readline(LINE_LIMIT)


def decode(data: bytes) -> str:
    r"""Decode UTF-8, or UTF-16 that has a byte order mark; the mark is left out, line ends stay as they are.

    Raises `ReadError` for anything else, with the offset in bytes.

    >>> decode(b"\xef\xbb\xbfone\r\ntwo")
    'one\r\ntwo'
    >>> decode(b"caf\xe9")
    Traceback (most recent call last):
    kg.read.content.ReadError: not UTF-8 (byte 0xe9 at offset 3): save it as UTF-8
    """
    wide = data[:2] in UTF_16
    zero = -1 if wide else data.find(0)
    if zero >= 0:
        raise binary(zero)
    try:
        text = data.decode("utf-16" if wide else "utf-8")
    except UnicodeDecodeError as error:
        encoding = "UTF-16" if wide else "UTF-8"
        raise ReadError(
            f"not {encoding} (byte 0x{data[error.start]:02x} at offset {error.start:,})",
            "save it as UTF-8",
        ) from error
    zero = text.find("\0")
    if zero >= 0:
        raise binary(2 * zero + 2)
    text = text.removeprefix("\ufeff")
    if re.match(r"\s*<(?:!doctype\s+html|html)\b", text[:500], re.IGNORECASE):
        raise ReadError("HTML, which is not read yet", "save the text of the page")
    return text


def binary(offset: int) -> ReadError:
    """Say that it is not text at all."""
    return ReadError(
        f"binary, not text (a NUL byte at offset {offset:,})", "give plain text, Markdown or JSON"
    )


def scalar(value: str) -> str:
    r"""Replace halves of surrogate pairs, which JSON and file names can hold but no UTF-8; the length stays.

    >>> scalar("a\ud800b")
    'a\ufffdb'
    """
    return SURROGATE.sub("\ufffd", value)
