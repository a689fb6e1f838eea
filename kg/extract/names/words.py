"""The word lists that names need, and what the letters of a word tell."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.extract.names.cues import Cues
from kg.extract.names.gazetteer import place
from kg.extract.names.kinds import Kinds
from kg.iris import is_legal_form, normalise, without_legal_form
from kg.vocabulary import Lexicon, Ontology

__all__ = ["NameWords"]

_CONTRACTION = re.compile(r"(?:['’](?:d|ll|ve|s|re|m|t)|n['’]t)$")
_MIXED = re.compile(r"[a-z]{1,2}[A-Z]|\d[\w&-]*[A-Z]")  # iRobot, 23andMe, 7-Eleven
_PLURAL = re.compile(r"[A-Z]{2,5}s")  # "SUVs" are no name
_NUMBER = re.compile(r"\d[\d.,]*")


class NameWords:
    """The lists of the lexicon and of the language, made ready once."""

    def __init__(self, ontology: Ontology, lexicon: Lexicon) -> None:
        category, words = lexicon.category, lexicon.language.words
        self.not_names = category("NotName").keys()
        self.titles = category("TitleHead").keys() | category("TitleModifier").keys()
        self.title_heads = category("TitleHead").keys()
        self.demonyms = category("Demonym").keys()
        self.low_demonyms = {d.lower() for d in self.demonyms}
        self.heads = category("NameHead")
        self.low_heads = {h.lower() for h in self.heads}
        self.kinds = Kinds(ontology, lexicon)
        self.product_heads = {h.lower() for h, k in self.heads.items() if self.kinds.family(k) == "Product"}
        self.tails = {w.lower() for w in category("NameTail")}
        self.regions = category("Region").keys()
        self.descriptors = category("Descriptor")
        self.low_descriptors = self.descriptors.keys()
        self.low_honorifics = {h.lower() for h in category("Honorific")}
        self.closed = lexicon.language.closed
        self.openers = self.closed.keys() | words("names.openers")
        self.prefixes = words("names.prefixes")
        self.genitives, self.purposes = words("grammar.genitives"), words("names.purposes")
        self.articles, self.conjunctions = words("names.articles"), words("names.conjunctions")
        self.small = self.genitives | self.purposes | self.articles | self.conjunctions
        self.possessives, self.be = words("names.possessives"), words("grammar.be")
        self.clause_words = words("names.clause_words")
        self.such_openers = words("names.such_openers")
        self.called = words("names.called")
        self.particles = words("names.particles")
        self.and_heads = words("names.and_heads")
        self.of_heads = words("names.of_heads")
        self.for_heads = words("names.for_heads")
        self.numbered = words("names.numbered")
        self.units = words("names.units")
        self.nations = words("names.nations")
        self.periods = words("names.periods")
        self.parties = words("names.parties")
        self.leads = words("names.leads")
        self.same = {
            form: forms[0].lower() for forms in lexicon.language.table("names.same") for form in forms
        }
        self.also, self.now = words("names.also"), words("names.now")
        self.deeds, self.masses = words("names.deeds"), words("names.masses")
        self.moves = words("names.moves")
        self.acts = self.deeds | words("names.states")
        self.singular = words("names.singular")
        self.no_nouns = words("names.no_nouns")
        self.elliptic = words("names.elliptic")
        self.domain = re.compile(rf"[\w-]+(?:\.[\w-]+)*\.(?:{'|'.join(sorted(words('names.domains')))})")
        self.addresses = words("names.addresses")
        self.shapes = {name: re.compile(p) for name, p in lexicon.language.table("names.shapes").items()}
        self.cues = Cues(lexicon)
        self.capital = lru_cache(50_000)(self._capital)
        self.key = lru_cache(50_000)(self._key)

    def _key(self, name: str) -> str:
        """Fold a name to what its forms share: "Acme & Sons Ltd." is "acme and sons"."""
        folded = normalise(without_legal_form(name)).replace("&", f" {min(self.conjunctions)} ")
        return self.same.get(name) or " ".join(folded.split())

    def generic(self, name: str) -> bool:
        """Tell what stands for many things: "Company", "Group", "Issuer"."""
        low = name.lower()
        return (
            low in self.low_descriptors or low in self.tails or low in self.low_heads or is_legal_form([name])
        )

    def acronym(self, word: str) -> bool:
        """Tell what is no name alone but may stand inside one: "Acme AI Labs"."""
        return word in self.not_names and word.lower() not in self.titles and word.isalnum() and len(word) > 1

    def common(self, word: str) -> bool:
        """Tell what is a common word for all its capitals: "AI", "SUVs"."""
        return word in self.not_names or _PLURAL.fullmatch(word) is not None

    def _capital(self, word: str) -> bool:
        """Tell whether a word may be part of a name by its letters."""
        bare = _CONTRACTION.sub("", word)
        if bare != word and bare.lower() in self.openers:
            return False
        if not word or not word[0].isalnum() or word.endswith("-"):
            return False
        if self.common(word) or word in self.demonyms or self._measures(word) or self._pairs(word):
            return False
        caseless = word[0].isalpha() and not word[0].isupper() and not word[0].islower()
        return word[0].isupper() or caseless or bool(_MIXED.match(word))

    def _measures(self, word: str) -> bool:
        """Tell "500MW", "GW" and "FY25"."""
        if len(word) > 1 and word in self.units:
            return True
        number = _NUMBER.search(word)
        around = word[: number.start()] + word[number.end() :] if number else ""
        return around in (self.units if word[0].isdigit() else self.periods)

    def _pairs(self, word: str) -> bool:
        """Tell "Franco-German" and "US-China", which join two names for the moment."""
        parts = word.split("-")
        return len(parts) > 1 and all(
            p in self.nations
            or p in self.demonyms
            or p in self.regions
            or (p and (known := place(p)) and known[1])
            for p in parts
        )
