"""A language as data: the word lists and tables of one folder, `ontology/language/en` for English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.vocabulary.resources import folder

__all__ = ["Language"]


class Language:
    """The tables of a language, each named by its file and its key: `closed.DET` is `DET` of `closed.toml`.

    A list is a string of words, or an array where a member has several words. A table maps words to what they
    mean. Rules are an array of tables. A name that the files lack is an InputError that says where to add it.

    >>> language = Language.load()
    >>> "the" in language.words("closed.DET"), language.closed["with"]
    (True, 'PREP')
    """

    def __init__(self, path: Path, tables: Mapping[str, Any]) -> None:
        self.path = path
        self._tables = tables
        self._words: dict[str, frozenset[str]] = {}

    @classmethod
    def load(cls, path: Path | None = None) -> Language:
        """Read `language/en` of an ontology folder, or of the one that comes with kg where that has none.

        Raises InputError where a file is not TOML.
        """
        own = path / "language" / "en" if path else None
        path = own if own and own.is_dir() else folder("ontology") / "language" / "en"
        tables: dict[str, Any] = {}
        for file in sorted(path.glob("*.toml")):
            try:
                tables[file.stem] = tomllib.loads(file.read_text("utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise InputError(f"{file}: not TOML: {error}") from error
        return cls(path, tables)

    @property
    def names(self) -> list[str]:
        """The names of all lists and tables."""
        return [f"{file}.{key}" for file, tables in self._tables.items() for key in tables]

    def table(self, name: str) -> Any:
        """Return a table or an array as it stands."""
        file, _, key = name.partition(".")
        found = self._tables.get(file, {}).get(key)
        if found is None:
            raise InputError(f"{self.path / file}.toml: has no `{key}`; add it, if only empty")
        return found

    def words(self, name: str) -> frozenset[str]:
        """Return a list of words, or the words that a table has an entry for."""
        if name not in self._words:
            found = self.table(name)
            self._words[name] = frozenset(found.split() if isinstance(found, str) else found)
        return self._words[name]

    @cached_property
    def closed(self) -> dict[str, str]:
        """The closed classes: the part of speech of each word that has one for good, the first of several."""
        found: dict[str, str] = {}
        for tag, words in self._tables.get("closed", {}).items():
            for word in words.split():
                found.setdefault(word, tag)
        return found
