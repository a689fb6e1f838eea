"""Noun phrases: what stands before and after a word, coordination, and what a verb or noun takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields

from kg.extract.grammar.units import Unit
from kg.vocabulary import Language

__all__ = ["Arguments", "Forms", "Phrase", "Phrases"]

_NOMINAL = frozenset(
    ("DET", "ADJ", "NOUN", "NAME", "POSS", "POSSPRON", "MONEY", "PERCENT", "COUNT", "SERIES", "DEMONYM", "TITLE", "TICKER",
     "COMP", "PRON")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: units `first` to `last`, of which `last - 1` is the head."""

    first: int
    last: int

    @property
    def head(self) -> int:
        """The index of the head."""
        return self.last - 1


@dataclass(slots=True)
class Arguments:
    """What follows a verb or noun: objects, a complement, and phrases by preposition."""

    objects: list[Phrase] = field(default_factory=list)
    complements: list[Phrase] = field(default_factory=list)
    preps: list[tuple[str, list[Phrase]]] = field(default_factory=list)
    end: int = 0

    def phrases(self) -> Iterator[Phrase]:
        """Every phrase, in order."""
        yield from self.objects
        for _, phrases in self.preps:
            yield from phrases


@dataclass(frozen=True, slots=True)
class Forms:
    """The words by which constructions are known."""

    be: frozenset[str]
    have: frozenset[str]
    joins: frozenset[str]
    also: frozenset[str]
    such: frozenset[str]
    examples: frozenset[str]
    pairs: frozenset[str]
    amounts: frozenset[str]
    both: frozenset[str]
    genitives: frozenset[str]
    for_subject: frozenset[str]
    times: frozenset[str]

    @classmethod
    def of(cls, language: Language) -> Forms:
        """Take them from the tables of a language."""
        names = (f.name for f in fields(cls))
        return cls(*(language.words(f"grammar.{name}") for name in names))


class Phrases:
    """The phrases of one sentence; `family` tells what a class of things is at bottom."""

    def __init__(self, row: list[Unit], words: Forms, family: Callable[[str], str]) -> None:
        self.row = row
        self.words = words
        self.family = family
        self._arguments: dict[tuple[int, bool], Arguments] = {}

    def tag(self, i: int) -> str:
        """Return the tag of unit i, or "END" outside the sentence."""
        return self.row[i].tag if 0 <= i < len(self.row) else "END"

    def _low(self, i: int) -> str:
        return self.row[i].low if 0 <= i < len(self.row) else ""

    def phrase_before(self, i: int) -> Phrase | None:
        """Return the noun phrase that ends right before unit i."""
        last = i
        while self.tag(last - 1) == "RPAR":
            opening = last - 1
            while opening >= 0 and self.tag(opening) != "LPAR":
                opening -= 1
            if opening < 0:
                return None
            last = opening
        while self.tag(last - 1) == "TICKER":
            last -= 1
        first = last
        while self.tag(first - 1) in _NOMINAL:
            first -= 1
            if self.tag(first) in {"DET", "PRON"}:
                break
        return Phrase(first, last) if first < last and self.tag(last - 1) not in {"POSS", "DET"} else None

    def phrase_after(self, i: int) -> Phrase | None:
        """Return the noun phrase that begins at unit i."""
        last = i
        while self.tag(last) in _NOMINAL or (self.tag(last) == "VERB" and self._participle_modifies(i, last)):
            if last > i and self.tag(last) in {"DET", "POSSPRON", "PRON"}:
                break
            if self.tag(last) == "TITLE" and last > i and self._names_person(last - 1):
                break
            if self.tag(last) == "ADJ" and last > i and (self.tag(last - 1) == "NAME" or self._such(last)):
                break  # "to Acme last year", "vendors such as"
            last += 1
        while last - 1 > i and self.tag(last - 1) == "TICKER":
            last -= 1
        return Phrase(i, last) if last > i and self.tag(last - 1) not in {"DET", "POSS", "POSSPRON"} else None

    def _such(self, i: int) -> bool:
        return self._low(i) in self.words.such and self._low(i + 1) in self.words.also

    def _names_person(self, i: int) -> bool:
        entity = self.row[i].entity
        return entity is not None and self.family(entity.type) == "Person"

    def _participle_modifies(self, first: int, i: int) -> bool:
        return (
            i > first
            and self.row[i].form in {"VBN", "VBD", "VBG"}
            and self.tag(i - 1) in {"DET", "POSSPRON", "POSS", "ADJ"}
        )

    def list_after(self, i: int) -> tuple[list[Phrase], int]:
        """Return the coordinated phrases from unit i on ("A, B and C") and where they end."""
        first = self.phrase_after(i)
        if not first:
            return [], i
        phrases, j = [first], first.last
        while True:
            j = self._past_parentheses(j)
            k = j
            comma = self.tag(k) == "COMMA"
            k += comma
            opened = self._past_examples(k, phrases[-1])
            joined = self._low(k) in self.words.joins or opened > k
            k = max(opened, k + joined)
            k += self._low(k) in self.words.also
            if not (comma or joined):
                return phrases, j
            following = self.phrase_after(k)
            if not following or not self._continues(following, comma=comma, joined=joined):
                skipped = self._past_appositive(j)
                if skipped > j and self.tag(skipped) in {"COMMA", "CC"}:
                    j = skipped
                    continue
                return phrases, j
            phrases.append(following)
            j = following.last

    def _past_examples(self, k: int, kind: Phrase) -> int:
        """Return where A begins in "vendors such as A", ", among them A", "such vendors as A", or k."""
        if self.tag(kind.head) == "NAME":
            return k
        if self._low(kind.first) in self.words.such and self._low(k) in self.words.also:
            return k + 1
        return self._past_opener(k)

    def _past_opener(self, k: int) -> int:
        """Return what follows "including", "such as" and their like, or k."""
        if self._low(k) in self.words.examples:
            return k + 1
        return k + 2 if f"{self._low(k)}-{self._low(k + 1)}" in self.words.pairs else k

    def _continues(self, phrase: Phrase, *, comma: bool, joined: bool) -> bool:
        """Tell whether a phrase after a comma or "and" is one more of the list, not a new clause."""
        head = self.row[phrase.head]
        after = self.tag(phrase.last)
        if after in {"VERB", "AUX", "MODAL", "ADV"} and not (
            after == "VERB" and self.row[phrase.last].form in {"VBN", "VBG"}
        ):
            return False
        if head.tag in {"NAME", "MONEY", "PERCENT"}:
            return True
        if comma and not joined and head.tag == "NOUN" and self.tag(phrase.first) in {"NOUN", "ADJ"}:
            return after in {"COMMA", "CC"}
        return (
            joined
            and head.tag in {"NOUN", "TITLE", "COUNT"}
            and not (comma and self.tag(phrase.first) == "DET")
        )

    def _past_parentheses(self, j: int) -> int:
        while self.tag(j) == "TICKER":
            j += 1
        if self.tag(j) == "LPAR":
            k = j
            while k < len(self.row) and self.tag(k) != "RPAR":
                k += 1
            return k + 1 if k < len(self.row) else j
        return j

    def _past_appositive(self, j: int) -> int:
        """Return where ", a startup based in X" that begins at the comma j ends, or j."""
        if self.tag(j) != "COMMA" or self.tag(j + 1) not in {"DET", "REL", "TITLE", "POSSPRON", "ADV"}:
            return j
        k = j + 1
        while k < len(self.row) and self.tag(k) not in {"COMMA", "PUNCT"}:
            k += 1
        return k if self.tag(k) == "COMMA" else j

    def arguments(self, i: int, *, nominal: bool = False) -> Arguments:
        """Collect what follows from unit i on, up to the end of the clause."""
        if (i, nominal) not in self._arguments:
            self._arguments[i, nominal] = self._collect(i, nominal=nominal)
        return self._arguments[i, nominal]

    def _collect(self, i: int, *, nominal: bool) -> Arguments:
        found = Arguments(end=i)
        j, prep = i, ""
        while j < len(self.row):
            tag = self.tag(j)
            if (past := self._exemplified(found, j)) > j:
                j, prep = past, ""
            elif tag in {"ADV", "QUOTE", "NEG", "DATE"}:
                j, prep = j + 1, prep if tag != "DATE" else ""
            elif tag == "PREP":
                prep, j = self.row[j].low, j + 1
            elif tag in _NOMINAL and (prep or not nominal):
                phrases, end = self.list_after(j)
                if not phrases:
                    break
                if (
                    self._low(phrases[-1].head) in self.words.amounts
                    and self._low(end) in self.words.genitives
                ):
                    j = end + 1  # "with a number of vendors" is with vendors
                    continue
                self._place(found, prep, phrases)
                j, prep = end, ""
            elif (tag in {"LPAR", "TICKER"} and (past := self._past_parentheses(j)) > j) or (
                tag == "COMMA" and (past := self._past_comma(j)) > j
            ):
                j = past
            else:
                break
        found.end = j
        return found

    def _exemplified(self, found: Arguments, j: int) -> int:
        """Add the names of "such as A and B" to the things that they are examples of; return where they end, or j."""
        opener = j + (self.tag(j) == "COMMA")
        k = self._past_opener(opener)
        phrases, end = self.list_after(k) if k > opener and self.tag(k) == "NAME" else ([], j)
        lists = [found.objects, *(some for _, some in found.preps)]
        many = [some for some in lists if some and self._many(some[-1].head)]
        if not phrases or not many:
            return j
        many[-1].extend(phrases)
        return end

    def _many(self, i: int) -> bool:
        return self.tag(i) == "NOUN" and self._low(i).endswith("s")

    @staticmethod
    def _place(found: Arguments, prep: str, phrases: list[Phrase]) -> None:
        if prep:
            found.preps.append((prep, phrases))
        elif not found.objects and not found.preps:
            found.objects = phrases
        elif not found.complements:
            found.complements = phrases

    def _past_comma(self, j: int) -> int:
        """Step over a comma that does not end the clause."""
        past = self._past_appositive(j)
        if past > j:
            following = self.tag(past + 1)
            return past + 1 if following in {"PREP", "DATE"} else j
        return j + 1 if self.tag(j + 1) in {"PREP", "DATE"} else j
