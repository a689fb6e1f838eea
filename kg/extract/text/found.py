"""What the value grammars find, and the pieces that their patterns share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import Span, Value

__all__ = ["GAP", "Found", "cased", "either"]

#: White space inside a value: of one line, or with one line break where the text is wrapped at a column.
GAP = r"(?:[^\S\r\n]{1,8}(?:\r?\n[^\S\r\n]{0,80})?|\r?\n[^\S\r\n]{0,80})"


@dataclass(frozen=True, slots=True)
class Found:
    """A value and where it stands; `kind` is money, percent, count, date, series or ticker.

    `extra` is the exchange of a ticker.
    """

    span: Span
    kind: str
    value: Value
    extra: str = ""


def either(words: Iterable[str]) -> str:
    """Write words as a regular expression, the longest first; a space in one is any gap, or a hyphen.

    >>> re.findall(either(["at", "at least"]), "at least, at-least, at")
    ['at least', 'at-least', 'at']
    """
    forms = sorted(words, key=lambda w: (-len(w), w))
    return "(?:" + "|".join(f"(?:{GAP}|-)".join(map(re.escape, form.split())) for form in forms) + ")"


def cased(words: Iterable[str]) -> str:
    """Write words as `either` does, each beginning in a small or a capital letter.

    >>> re.findall(cased(["in", "last"]), "In July, last July")
    ['In', 'last']
    """
    forms = sorted(words, key=lambda w: (-len(w), w))
    return "(?:" + "|".join(_first_of_any_case(form) for form in forms) + ")"


def _first_of_any_case(form: str) -> str:
    first, *rest = form.split()
    begin = f"[{first[0]}{first[0].upper()}]" if first[0].islower() else re.escape(first[0])
    return f"(?:{GAP}|-)".join((begin + re.escape(first[1:]), *map(re.escape, rest)))
