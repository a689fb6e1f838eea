"""The currencies and the calendar that kg ships, from the Unicode Common Locale Data Repository by Babel.

    python training/cldr.py

What newspapers write besides ("dlrs", "Rs.", "Tues.") stands in `money.toml` and `dates.toml`.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.numbers import get_territory_currencies

LANGUAGE = Path(__file__).parents[1] / "ontology" / "language" / "en"
ENGLISH = Locale("en")
SINCE = date(2000, 1, 1)  # older news is rare, and names such as "mark" and "crown" mean more things in it
HEAD = "# Made by training/cldr.py from the CLDR; what newspapers write besides stands in"


def names() -> dict[str, list[str]]:
    """Map each currency that has been legal tender since to its singular and plural.

    A name with a year in brackets tells two currencies of one country apart; nobody writes it.
    """
    codes = {
        code
        for territory in get_global("territory_currencies")
        for code in get_territory_currencies(territory, SINCE, date.max, tender=True)
    }
    plurals = ENGLISH._data["currency_names_plural"]
    found = {
        code: list(dict.fromkeys((plurals[code]["one"], plurals[code]["other"])))
        for code in sorted(codes)
        if code in plurals
    }
    return {code: forms for code, forms in found.items() if "(" not in forms[0]}


def signs(named: dict[str, list[str]]) -> dict[str, str]:
    """Map each sign that English text writes before an amount to its currency."""
    found = {ENGLISH.currency_symbols.get(code, code): code for code in named}
    return {sign: code for sign, code in sorted(found.items()) if sign != code and " " not in sign}


def months() -> dict[str, int]:
    """Map the names of the months, whole and short, to their numbers."""
    locales = map(Locale.parse, ("en", "en_GB"))
    return {
        name: n
        for locale in locales
        for width in ("wide", "abbreviated")
        for n, name in locale.months["format"][width].items()
    }


def weekdays() -> dict[str, int]:
    """Map the names of the days, whole and short, to their numbers from Monday, 0."""
    widths = ("wide", "abbreviated")
    return {name: n for width in widths for n, name in sorted(ENGLISH.days["format"][width].items())}


def files() -> dict[str, str]:
    """Return the text of each file by its name."""
    named = names()
    currencies = {"names": named, "signs": signs(named)}
    calendar = {"months": months(), "weekdays": weekdays()}
    return {
        "currencies.toml": _toml("money.toml", currencies),
        "calendar.toml": _toml("dates.toml", calendar),
    }


def _toml(beside: str, tables: dict[str, dict]) -> str:
    lines = [f"{HEAD} {beside}."]
    for table, entries in tables.items():
        lines += [
            "",
            f"[{table}]",
            *(f"{_key(k)} = {json.dumps(v, ensure_ascii=False)}" for k, v in entries.items()),
        ]
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    return name if name.isascii() and name.isalpha() else json.dumps(name, ensure_ascii=False)


def main() -> None:
    """Write the files."""
    for name, text in files().items():
        LANGUAGE.joinpath(name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
