"""What the world's names are: places from GeoNames, given names from Faker's locales."""

from __future__ import annotations

from functools import lru_cache

from kg.vocabulary import folder
from kg.vocabulary.inflect import lemmas

__all__ = ["given_names", "place"]

_LISTS = folder("ontology") / "language" / "en"  # made by training/gazetteer.py
_FAMOUS = 300_000
_AMBIGUOUS = frozenset(("georgia", "jordan", "chad", "mali", "guinea"))


@lru_cache(maxsize=50_000)
def place(name: str) -> tuple[str, bool] | None:
    """Return the class of a place name, and whether the name alone is enough to tell; None for no place.

    A small town, or one whose name is also a common word or a given name (March, Mobile, Florence), is a
    place only where the text says so.

    >>> place("Shanghai"), place("China"), place("Baar"), place("Bangalore"), place("Xyz")
    (('City', True), ('Country', True), ('City', False), ('City', False), None)
    """
    kind, population = _places().get(name.lower(), ("", 0))
    if not kind:
        return None
    if kind != "City":
        return kind, name.lower() not in _AMBIGUOUS
    common = bool(lemmas(name.lower())) or name in given_names()
    return kind, population >= _FAMOUS and (not common or population >= 10 * _FAMOUS)


@lru_cache(maxsize=1)
def _places() -> dict[str, tuple[str, int]]:
    """Map place names in lower case to their class and, for cities under their own name, their population."""
    rows = (line.split("\t") for line in _lines("places.tsv"))
    return {name: (kind, int(population)) for name, kind, population in rows}


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Return given names in Latin script.

    >>> "Joe" in given_names(), "Veloquent" in given_names()
    (True, False)
    """
    return frozenset(_lines("given-names.txt"))


def _lines(name: str) -> list[str]:
    return _LISTS.joinpath(name).read_text(encoding="utf-8").splitlines()
