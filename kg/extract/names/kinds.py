"""The classes of things as names need them: their families, and which of several a name's votes speak for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from kg.vocabulary import Lexicon, Ontology
from kg.vocabulary.traits import FAMILIES

__all__ = ["Kinds"]

#: Votes that a family has before anything is seen: most names of business news are organizations'. Of two that are even
#: the first has it, for a product that is seen at all is seen as one.
_PRIOR = {"Product": 3, "Organization": 5}


class Kinds:
    """Tells classes of things by what the ontology says of them.

    >>> kinds = Kinds(Ontology.load(), Lexicon.load())
    >>> kinds.best({"Investor": 2, "Company": 1, "Person": 5}), kinds.best({}), kinds.family("City")
    ('Investor', 'Unknown', 'Place')
    """

    def __init__(self, ontology: Ontology, lexicon: Lexicon) -> None:
        self._families = {k: ontology.family(k) for k in ontology.labels if ontology.is_thing(k)}
        #: Of each family, the class that stands for all of it; and the classes of places, by what the gazetteer calls them.
        self.general = {family: ontology.anchored(family) for family in FAMILIES}
        self.places = {kind: ontology.anchored(kind) or self.general["Place"] for kind in ("City", "Country")}
        self.places["Place"] = self.general["Place"]
        denoted = (kind for words in lexicon.words.values() for kind in words.values())
        self._words = Counter(denoted)

    def family(self, kind: str) -> str:
        """Return the family of a class; one outside of the families is a family of its own, "Unknown" too."""
        family = self._families.get(kind, "")
        return family if family in FAMILIES else kind

    def best(self, votes: Mapping[str, int]) -> str:
        """Return the class with most votes, counted first by family; "Unknown" where little speaks for any."""
        if not votes:
            return "Unknown"
        families = dict(_PRIOR)
        for kind, count in votes.items():
            family = self.family(kind)
            families[family] = families.get(family, 0) + count
        family = max(families, key=lambda f: (families[f], f in _PRIOR))
        if families[family] <= _PRIOR.get(family, 0):
            return "Unknown"
        inside = [kind for kind in votes if self.family(kind) == family]
        # Where votes are even, the class that fewer words denote is the narrower one, and the better guess.
        return max(inside, key=lambda k: (k != self.general.get(family), votes[k], -self._words[k]))
