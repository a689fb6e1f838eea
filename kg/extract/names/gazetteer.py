"""What the world's names are: places from GeoNames, given names from Faker, listed companies from pytickersymbols."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from kg.extract.text.tokens import Tokenizer
from kg.vocabulary import Language, folder
from kg.vocabulary.inflect import lemmas

__all__ = ["company", "company_at", "given_names", "odd_companies", "place"]

_LISTS = folder("ontology") / "language" / "en"  # made by training/gazetteer.py
_FAMOUS = 300_000  # inhabitants of a city whose name alone tells; ten times as many where it is also a word


@lru_cache(maxsize=50_000)
def place(name: str) -> tuple[str, bool] | None:
    """Return the class of a place name, and whether the name alone is enough to tell; None for no place.

    A small town, or one whose name is also a common word or a given name (March, Mobile, Florence), is a
    place only where the text says so.

    >>> place("Shanghai"), place("China"), place("Baar"), place("Bangalore"), place("Xyz")
    (('City', True), ('Country', True), ('City', False), ('City', False), None)
    """
    kind, people = _places().get(name.lower(), ("", 0))
    if not kind:
        return None
    if kind != "City":
        return kind, people > 0
    common = bool(lemmas(name.lower())) or name in given_names()
    return kind, people >= _FAMOUS and (not common or people >= 10 * _FAMOUS)


@lru_cache(maxsize=1)
def _places() -> dict[str, tuple[str, int]]:
    rows = (line.split("\t") for line in _lines("places.tsv"))
    return {name: (kind, int(people)) for name, kind, people in rows}


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Return given names in Latin script.

    >>> "Joe" in given_names(), "Veloquent" in given_names()
    (True, False)
    """
    return frozenset(_lines("given-names.txt"))


@lru_cache(maxsize=50_000)
def company(name: str) -> bool | None:
    """Tell whether a listed company is called so, and whether the name alone is enough to tell; None for no company.

    >>> company("Procter & Gamble"), company("Target"), company("Xyz")
    (True, False, None)
    """
    return _companies().get(name.replace("’", "'"))


def company_at(words: Sequence[str], i: int) -> int:
    """Return how many tokens from i on are the name of a listed company, the longest; 0 where none begins.

    >>> company_at("Shares of Bank of America fell".split(), 2), company_at("Marks and Spencer".split(), 0)
    (3, 3)
    """
    for name in _companies_by_token().get(words[i], ()):
        here = words[i : i + len(name)]
        if len(here) == len(name) and all(map(_same, name, here)):
            return len(name)
    return 0


def _same(one: str, other: str) -> bool:
    """Compare two tokens; "&" may be written as a word."""
    return one == other.replace("’", "'") or (one == "&" and other.islower())


@lru_cache(maxsize=1)
def odd_companies() -> frozenset[str]:
    """Return the listed companies' names that look like none, as a text may write them: "3M", "lululemon".

    >>> sorted({"3M", "lululemon", "apple", "cisco"} & odd_companies())
    ['3M', 'cisco', 'lululemon']
    """
    names = (name for name, plain in _companies().items() if plain and " " not in name)
    return frozenset(form for name in names for form in (name, name.lower()) if not form[0].isupper())


@lru_cache(maxsize=1)
def _companies() -> dict[str, bool]:
    rows = (line.split("\t") for line in _lines("companies.tsv"))
    return {name: how == "plain" for name, how in rows}


@lru_cache(maxsize=1)
def _companies_by_token() -> dict[str, list[tuple[str, ...]]]:
    """Map the first token of each company's name to the names, as tokens, that begin with it, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    tokens = Tokenizer(Language.load())
    for name in sorted(_companies(), key=lambda n: (-len(n), n)):
        name_tokens = tuple(t.text for t in tokens(name, 0, len(name)))
        found[name_tokens[0]].append(name_tokens)
    return dict(found)


def _lines(name: str) -> list[str]:
    return _LISTS.joinpath(name).read_text(encoding="utf-8").splitlines()
