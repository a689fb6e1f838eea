"""Texts on their way into the page: nothing in them may reorder it, run in it, or lead out of the web."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit

__all__ = ["as_json", "clean", "web"]


def clean(value: Any) -> Any:
    r"""Strip what could reorder, hide or break text: controls, bidi marks, surrogates, noncharacters; also inside of lists.

    >>> clean(["a\u202eb\nc", 1])
    ['ab c', 1]
    """
    if isinstance(value, dict):
        return {clean(key): clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [clean(item) for item in value]
    return _clean(value) if isinstance(value, str) else value


@lru_cache(maxsize=100_000)
def _clean(text: str) -> str:
    spaced = re.sub(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]+", " ", text)
    for character in filter(_harmful, set(spaced)):
        spaced = spaced.replace(character, "")
    return spaced


@cache
def _harmful(character: str) -> bool:
    # The two joiners are Cf as well, but Persian, Indic scripts and emoji need them.
    noncharacter = ord(character) & 0xFFFE == 0xFFFE  # noqa: PLR2004 - as Unicode defines them
    kind = unicodedata.category(character)
    return character not in "\u200c\u200d" and (noncharacter or kind in {"Cc", "Cf", "Cs"})


def web(url: str) -> str:
    """Return the address if a browser may be sent there, else nothing.

    >>> web("https://example.org/a"), web("javascript:alert(1)"), web("http://[bad")
    ('https://example.org/a', '', '')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname or re.search(r'[\s"<>\\]', url):
        return ""
    return url


def as_json(data: Any) -> str:
    r"""Write JSON that may stand inside of a script element.

    >>> as_json({"a": "</script>"})
    '{"a":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return re.sub("[<>&\u2028\u2029]", lambda c: f"\\u{ord(c[0]):04x}", text)
