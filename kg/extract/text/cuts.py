"""Cuts: where a text ends inside of a number, or in a word that belongs to it."""

from __future__ import annotations

import re

from kg.extract.text.found import GAP, either
from kg.vocabulary.language import Language

__all__ = ["Cuts"]

_MARK = r"[.,]?\s{0,3}(?:…|\.\.\.|\[(?:…|\.\.\.|\+\d))"  # "…", "[...]", "[+1034 chars]"
_END = r"[^\S\n]*(?:\Z|\n[^\S\n]*(?:\n|\Z))"  # of a sentence or a paragraph, with no mark before it


class Cuts:
    """The signs that a text was cut, and the words that are cut with it, in one language.

    >>> cuts = Cuts(Language.load())
    >>> texts = "$12…", "$12 mil", "$12 to", "$12 in all", "$12."
    >>> [cuts.after(text, 3, len(text)) for text in texts]
    [True, True, True, False, False]
    """

    def __init__(self, language: Language) -> None:
        joining = [language.table("numbers.range")[word] for word in ("to", "and")]
        self._words = (*language.table("numbers.sizes"), *joining)
        # What a cut leaves of a range and of thousands: "$12 to", "$12-$", "$13 0".
        rest = rf"(?:{GAP}?(?:[-–—]|{either(joining)}\b){GAP}?[^\w\s]{{0,3}}|[ \u00a0\u2009\u202f]\d{{1,2}})?[,'’]?"
        word = rf"{GAP}?([^\W\d_]{{1,10}})"
        self._mark, self._end = (re.compile(f"(?:{rest}|{word}){cut}") for cut in (_MARK, _END))

    def after(self, text: str, at: int, end: int) -> bool:
        """Tell whether a number that ends at `at` may be cut there, in a sentence that ends at `end`."""
        m = self._mark.match(text, at) or self._end.match(text, at, end)
        if not m:
            return False
        return not m[1] or any(word.startswith(m[1].lower()) for word in self._words)
