"""Compounds that hold a name: "London-based", "Ex-Acme"."""

from __future__ import annotations

from kg.extract.names.words import NameWords
from kg.extract.text.segment import Token

__all__ = ["parts"]


def parts(token: Token, words: NameWords) -> list[Token]:
    """Cut what a hyphen joins to a name off it, so that the name is seen: "London-based" is London and "-based"."""
    if "-" not in token.text:
        return [token]
    if words.hyphen_prefix.match(token.text):
        first = token.text.index("-") + 1
        rest = Token(token.start + first, token.end, token.text[first:])
        return [Token(token.start, token.start + first, token.text[:first]), *parts(rest, words)]
    match = words.compound.match(token.text)
    if not match:
        return [token]
    cut = token.start + match.end("name")
    return [Token(token.start, cut, match["name"]), Token(cut, token.end, match["rest"])]
