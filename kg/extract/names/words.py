"""The word lists that names need, and what the letters of a word tell."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.extract.names.cues import Cues
from kg.vocabulary import Lexicon

__all__ = ["NameWords"]

_CONTRACTION = re.compile(r"['’](?:d|ll|ve|s|re|m|t)$")


class NameWords:
    """The lists of the lexicon and of the language, made ready once."""

    def __init__(self, lexicon: Lexicon) -> None:
        category, words = lexicon.category, lexicon.language.words
        self.not_names = category("NotName").keys()
        self.titles = category("TitleHead").keys() | category("TitleModifier").keys()
        self.title_heads = category("TitleHead").keys()
        self.demonyms = category("Demonym").keys()
        self.heads = category("NameHead")
        self.low_heads = {h.lower() for h in self.heads}
        self.tails = {w.lower() for w in category("NameTail")}
        self.descriptors = category("Descriptor")
        self.honorifics = category("Honorific").keys()
        self.closed = lexicon.language.closed
        self.openers = self.closed.keys() | words("names.openers")
        self.clause_words = words("names.clause_words")
        self.such_openers = words("names.such_openers")
        self.particles = words("names.particles")
        self.of_heads = words("names.of_heads")
        self.for_heads = words("names.for_heads")
        self.numbered = words("names.numbered")
        self.shapes = {name: re.compile(p) for name, p in lexicon.language.table("names.shapes").items()}
        self.cues = Cues(lexicon)
        self.capital = lru_cache(50_000)(self._capital)

    def _capital(self, word: str) -> bool:
        """Tell whether a word may be part of a name by its letters."""
        bare = _CONTRACTION.sub("", word)
        if bare != word and bare.lower() in self.openers:
            return False
        if not word or word in self.not_names or word in self.demonyms:
            return False
        if not word[0].isalnum() or (word[0].isdigit() and not re.search(r"[A-Za-z]{2}", word[1:])):
            return False
        return word[0].isupper() or bool(re.match(r"[a-z]{1,2}[A-Z]|\d+[A-Z]", word))
