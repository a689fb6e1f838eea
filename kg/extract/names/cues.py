"""Cues: what tells what a name names, read from the table in `names.toml` and looked up by the words that are seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from kg.errors import InputError
from kg.vocabulary import Lexicon

__all__ = ["Cue", "Cues", "Seen"]

#: What is seen of a name: at each position some words, each with the class that it denotes, or nothing.
Seen: TypeAlias = Mapping[str, Mapping[str, str]]

_ANY = "@any"
_NAME = frozenset("first last whole shape listed maker".split())
_MENTION = frozenset(
    "before two capital called after owned bracket tail title such then next prior owner".split()
)


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """A row of the table: what must be seen, what must not, and the votes for a class.

    Without a class, it votes for the one that the word seen denotes.
    """

    why: str
    when: Mapping[str, Mapping[str, str]]
    unless: Mapping[str, Mapping[str, str]]
    kind: str
    votes: int

    def match(self, seen: Seen) -> str:
        """Return the class that the cue votes for, nothing where it does not hold."""
        if any(_common(words, seen.get(position, {})) for position, words in self.unless.items()):
            return ""
        kind = self.kind
        for position, words in self.when.items():
            word = _common(words, seen.get(position, {}))
            if not word:
                return ""
            kind = kind or words.get(word) or seen[position][word]
        return kind


def _common(words: Mapping[str, str], seen: Mapping[str, str]) -> str:
    """Return the first word seen that is one of the words of a cue, nothing where there is none."""
    return next((word for word in seen if word in words or (_ANY in words and word)), "")


class Cues:
    """The table of cues, ready to look up.

    >>> cues = Cues(Lexicon.load())
    >>> [(kind, cue.why) for kind, cue in cues.of_mention({"before": {"startup": ""}, "after": {"launched": ""}})]
    [('Company', 'startup Acme'), ('Organization', 'Acme launched')]
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._by_word: dict[tuple[str, str], list[Cue]] = defaultdict(list)
        for row in lexicon.language.table("names.cue"):
            cue = self._cue(row)
            # A cue of mentions is looked up by what is seen around them, not by the name, which is always the same.
            position = next((p for p in cue.when if p in _MENTION), next(iter(cue.when)))
            for word in cue.when[position]:
                self._by_word[position, word].append(cue)

    def of_name(self, seen: Seen) -> Iterator[tuple[str, Cue]]:
        """Yield the classes that the cues of names find in one, with the cues."""
        return self._found(seen, _NAME)

    def of_mention(self, seen: Seen) -> Iterator[tuple[str, Cue]]:
        """Yield the classes that the cues of mentions find in a name and its surroundings, with the cues."""
        return self._found(seen, _MENTION)

    def _found(self, seen: Seen, positions: frozenset[str]) -> Iterator[tuple[str, Cue]]:
        for position, words in seen.items():
            if position in positions:
                for word in (*words, _ANY):
                    for cue in self._by_word.get((position, word), ()):
                        if positions is _NAME and any(p in _MENTION for p in cue.when):
                            continue
                        if kind := cue.match(seen):
                            yield kind, cue

    def _cue(self, row: dict[str, Any]) -> Cue:
        conditions = {k: v for k, v in row.items() if k not in {"why", "class", "votes", "not"}}
        if wrong := sorted((conditions.keys() | row.get("not", {}).keys()) - _NAME - _MENTION):
            where = self._lexicon.language.path / "names.toml"
            raise InputError(f"{where}: cue {row.get('why')!r}: no position {wrong[0]!r}; correct it")
        when = {position: self._words(value) for position, value in conditions.items()}
        unless = {position: self._words(value) for position, value in row.get("not", {}).items()}
        return Cue(row["why"], when, unless, row.get("class", ""), row["votes"])

    def _words(self, value: str | list[str]) -> dict[str, str]:
        """Read the words of a condition, in lower case, with the class that each denotes."""
        found: dict[str, str] = {}
        for word in value.split() if isinstance(value, str) else value:
            name, _, kind = word.removeprefix("@").partition("/")
            if word == _ANY or not word.startswith("@"):
                found[word] = ""
            elif name in self._lexicon.words:
                found |= self._category(name, kind)
            else:
                listed = self._lexicon.language.table("names.lists")[name]
                found |= dict.fromkeys(listed.split() if isinstance(listed, str) else listed, "")
        return found

    def _category(self, name: str, kind: str) -> dict[str, str]:
        """Return the words of a category of the lexicon that denote a class, or all; a noun also in the plural."""
        words = {w.lower(): k for w, k in self._lexicon.category(name).items() if kind in {"", k}}
        return {w + "s": k for w, k in words.items()} | words if name == "Descriptor" else words
