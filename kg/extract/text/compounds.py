"""Compounds that hold a name: "London-based", "Ex-Acme"."""

from __future__ import annotations

import re

from kg.extract.text.tokens import Token, alternatives
from kg.vocabulary.language import Language

__all__ = ["Compounds"]


class Compounds:
    """Cuts what a hyphen joins to a name off it, so that the name is seen.

    >>> compounds = Compounds(Language.load())
    >>> [t.text for t in compounds(Token(0, 12, "London-based"))], [t.text for t in compounds(Token(0, 7, "Ex-Acme"))]
    (['London', '-based'], ['Ex-', 'Acme'])
    """

    def __init__(self, language: Language) -> None:
        ends = alternatives(language.words("names.compound_ends"))
        prefixes = alternatives(language.words("names.hyphen_prefixes"))
        self._end = re.compile(rf"(?P<name>[A-Z].*?)-(?:[a-z]+(?:ed|en)|{ends})$")
        self._prefix = re.compile(rf"(?i:{prefixes})-(?=[A-Z])")

    def __call__(self, token: Token) -> list[Token]:
        """Return the parts of a token, or the token alone."""
        if "-" not in token.text:
            return [token]
        if prefix := self._prefix.match(token.text):
            begun, rest = _cut(token, prefix.end())
            return [begun, *self(rest)]
        end = self._end.match(token.text)
        return list(_cut(token, end.end("name"))) if end else [token]


def _cut(token: Token, at: int) -> tuple[Token, Token]:
    middle = token.start + at
    return Token(token.start, middle, token.text[:at]), Token(middle, token.end, token.text[at:])
