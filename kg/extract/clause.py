"""The clause layer: verb groups, noun phrases, subjects, objects and prepositional phrases of a sentence.

Between mentions and frames. It sets aside appositives, relative clauses and parentheses, so that a frame
sees SUBJECT VERB OBJECT PREP+OBJECT however much stands between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from kg.extract.units import Unit

__all__ = ["Arguments", "Clauses", "Phrase", "VerbGroup"]

_NOMINAL = frozenset(
    ("DET", "ADJ", "NOUN", "NAME", "POSS", "POSSPRON", "MONEY", "PERCENT", "COUNT", "SERIES", "DEMONYM", "TITLE", "TICKER",
     "COMP", "PRON")
)  # fmt: skip
_GROUP = frozenset(("AUX", "MODAL", "NEG", "ADV", "TO"))
_BE = frozenset(("is", "are", "was", "were", "be", "been", "being", "am", "'s", "’s", "get", "gets", "got", "getting"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: units `first` to `last`, of which `last - 1` is the head."""

    first: int
    last: int

    @property
    def head(self) -> int:
        """The index of the head."""
        return self.last - 1


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A verb with its auxiliaries: units `first` to `last`, the main verb at `main`."""

    first: int
    main: int
    last: int
    lemma: str
    form: str
    passive: bool
    infinitive: bool
    helpers: tuple[str, ...]

    @property
    def finite(self) -> bool:
        """Whether the group can head a clause of its own."""
        return not self.infinitive and (self.form in {"VBZ", "VBD", "VB"} or bool(self.helpers))


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


class Clauses:
    """The grammar of one sentence."""

    def __init__(self, row: list[Unit]) -> None:
        self.row = row

    def tag(self, i: int) -> str:
        """The tag of unit i, or "END" outside the sentence."""
        return self.row[i].tag if 0 <= i < len(self.row) else "END"

    @cached_property
    def verbs(self) -> list[VerbGroup]:
        """The verb groups, in order."""
        groups = []
        for main, unit in enumerate(self.row):
            if unit.tag != "VERB":
                continue
            first = main
            while self.tag(first - 1) in _GROUP:
                first -= 1
            while first < main and self.row[first].tag == "ADV":
                first += 1
            helpers = tuple(u.low for u in self.row[first:main] if u.tag != "ADV")
            last = main + 1
            passive = unit.form in {"VBN", "VBD"} and bool(_BE & set(helpers))
            infinitive = any(u.tag == "TO" for u in self.row[first:main])
            groups.append(VerbGroup(first, main, last, unit.lemma, unit.form, passive, infinitive, helpers))
        return groups

    @cached_property
    def copulas(self) -> list[int]:
        """The indices of forms of "be" that are verbs of their own: "X is a unit of Y"."""
        heads = {i for g in self.verbs for i in range(g.first, g.main)}
        return [i for i, u in enumerate(self.row) if u.tag == "AUX" and u.low in _BE and i not in heads]

    def phrase_before(self, i: int) -> Phrase | None:
        """Return the noun phrase that ends right before unit i."""
        last = i
        while self.tag(last - 1) in {"RPAR"}:
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
            last += 1
        while last - 1 > i and self.tag(last - 1) == "TICKER":
            last -= 1
        return Phrase(i, last) if last > i and self.tag(last - 1) not in {"DET", "POSS", "POSSPRON"} else None

    def _participle_modifies(self, first: int, i: int) -> bool:
        return i > first and self.row[i].form in {"VBN", "VBD", "VBG"} and self.tag(i - 1) in {"DET", "POSSPRON", "POSS", "ADJ"}

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
            joined = self.tag(k) == "CC" and self.row[k].low in {"and", "or", "&"} or self.row[k].low in {"including"} if k < len(self.row) else False
            k += bool(joined)
            if self.row[k].low in {"also", "as"} if k < len(self.row) else False:
                k += 1
            if not (comma or joined):
                return phrases, j
            following = self.phrase_after(k)
            if not following or not self._continues(following, comma=comma, joined=bool(joined)):
                skipped = self._past_appositive(j)
                if skipped > j and self.tag(skipped) in {"COMMA", "CC"}:
                    j = skipped if self.tag(skipped) == "CC" else skipped
                    continue
                return phrases, j
            phrases.append(following)
            j = following.last

    def _continues(self, phrase: Phrase, *, comma: bool, joined: bool) -> bool:
        """Tell whether a phrase after a comma or "and" is one more of the list, not a new clause."""
        head = self.row[phrase.head]
        after = self.tag(phrase.last)
        if after in {"VERB", "AUX", "MODAL", "ADV"} and not (after == "VERB" and self.row[phrase.last].form in {"VBN", "VBG"}):
            return False
        if head.tag in {"NAME", "MONEY", "PERCENT"}:
            return True
        if comma and not joined and head.tag == "NOUN" and self.tag(phrase.first) in {"NOUN", "ADJ"}:
            return after in {"COMMA", "CC"}
        return joined and head.tag in {"NOUN", "TITLE", "COUNT"} and not (comma and self.tag(phrase.first) == "DET")

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
        found = Arguments(end=i)
        j, prep = i, ""
        while j < len(self.row):
            tag = self.tag(j)
            if tag in {"ADV", "QUOTE", "NEG", "DATE"}:
                j, prep = j + 1, prep if tag != "DATE" else ""
            elif tag == "PREP":
                prep, j = self.row[j].low, j + 1
            elif tag in _NOMINAL and (prep or not nominal):
                phrases, end = self.list_after(j)
                if not phrases:
                    break
                self._place(found, prep, phrases)
                j, prep = end, ""
            elif tag in {"LPAR", "TICKER"} and (past := self._past_parentheses(j)) > j:
                j = past
            elif tag == "COMMA" and (past := self._past_comma(j)) > j:
                j = past
            else:
                break
        found.end = j
        return found

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

    def subject(self, group: VerbGroup) -> list[Phrase]:
        """Return the coordinated phrases of a verb's subject (of the patient, for a participle)."""
        return self._subject_before(group.first, group)

    def _subject_before(self, i: int, group: VerbGroup | None, depth: int = 0) -> list[Phrase]:
        if depth > 4:
            return []
        j = i
        while self.tag(j - 1) in {"ADV", "QUOTE", "NEG"}:
            j -= 1
        previous = self.tag(j - 1)
        if previous == "REL":
            return self._antecedent(j - 1)
        if previous == "CC" or (group and group.infinitive) or previous in {"PREP", "TO", "SUB"} or previous == "DATE":
            controller = self._controller(j, depth)
            if controller or previous != "DATE":
                return controller
        if previous == "END":
            return self._after_opening(group)
        if previous == "COMMA":
            return self._across_commas(j - 1, group, depth)
        phrase = self.phrase_before(j)
        if phrase:
            return self._leftmost(phrase, group)
        return self._controller(j, depth) if previous == "VERB" else []

    def _controller(self, i: int, depth: int) -> list[Phrase]:
        """Return the subject of the verb that governs what stands at i: "plans to ...", "... and ..."."""
        for other in reversed(self.verbs):
            if other.main < i and (other.finite or other.form == "VBG") and not self._inside_relative(other, i):
                return self._subject_before(other.first, other, depth + 1)
        for copula in reversed(self.copulas):
            if copula < i:
                return self._subject_before(copula, None, depth + 1)
        return []

    def _inside_relative(self, group: VerbGroup, i: int) -> bool:
        """Tell whether a verb lies in a relative clause that a comma has closed before i."""
        relative = any(self.tag(k) == "REL" for k in (group.first - 1, group.first - 2))
        return relative and any(self.tag(k) == "COMMA" for k in range(group.main, i))

    def _antecedent(self, relative: int) -> list[Phrase]:
        j = relative
        while self.tag(j - 1) in {"COMMA", "PREP", "LPAR"}:
            j -= 1
        phrase = self.phrase_before(j)
        if not phrase:
            return []
        left = self._leftmost(phrase, None) if self.tag(relative - 1) == "COMMA" else [phrase]
        return left if any(self.row[p.head].tag == "NAME" for p in left) else [phrase]

    def _after_opening(self, group: VerbGroup | None) -> list[Phrase]:
        """Return the subject that follows an opening participle: "Founded in 2013, X ..."."""
        if not group or group.form not in {"VBN", "VBD", "VBG"}:
            return []
        for j in range(group.last, len(self.row)):
            if self.tag(j) == "COMMA":
                phrase = self.phrase_after(j + 1)
                following = self.tag(phrase.last) if phrase else "END"
                if phrase and (following in {"VERB", "AUX", "MODAL", "ADV", "COMMA", "TICKER", "REL", "LPAR"}):
                    return [phrase]
        return []

    def _across_commas(self, comma: int, group: VerbGroup | None, depth: int) -> list[Phrase]:
        """Find the subject behind a closed appositive or relative clause: "X, a startup that ..., raised"."""
        cuts = [k for k in range(comma + 1) if self.tag(k) == "COMMA"]
        starts = [0, *[k + 1 for k in cuts]]
        for start, end in zip(starts, [*cuts, comma], strict=False):
            if start >= end:
                continue
            j = start
            while self.tag(j) in {"CC", "ADV", "SUB", "QUOTE"}:
                j += 1
            phrase = self.phrase_after(j)
            if not phrase or phrase.last > end:
                continue
            rest = [self.tag(k) for k in range(phrase.last, end)]
            if any(t in {"VERB", "AUX", "MODAL"} for t in rest) and not (group and group.form in {"VBN", "VBD"} and end == comma):
                if self.tag(phrase.last) in {"VERB", "AUX", "MODAL"} and end != comma:
                    continue
                if group and not group.finite:
                    return self._controller(comma, depth)
                continue
            if self.row[phrase.head].tag in {"NAME", "PRON", "NOUN", "TITLE"}:
                return [phrase]
        phrase = self.phrase_before(comma)
        return [phrase] if phrase and group and group.form in {"VBN", "VBD"} else self._controller(comma, depth)

    def _leftmost(self, phrase: Phrase, group: VerbGroup | None) -> list[Phrase]:
        """Follow "A and B" and "X of Y" leftwards to what the clause is about."""
        phrases = [phrase]
        while True:
            first = phrases[0].first
            previous = self.tag(first - 1)
            if previous == "CC" and self.row[first - 1].low in {"and", "&"}:
                k = first - 1 - (self.tag(first - 2) == "COMMA")
                other = self.phrase_before(k)
                if other and self.row[other.head].tag in {"NAME", "PRON"} and self.row[phrases[0].head].tag == "NAME":
                    phrases.insert(0, other)
                    continue
                return phrases
            if previous == "COMMA" and len(phrases) > 1:
                other = self.phrase_before(first - 1)
                if other and self.row[other.head].tag == "NAME":
                    phrases.insert(0, other)
                    continue
                return phrases
            if previous == "PREP" and not (group and not group.finite and not group.helpers):
                other = self.phrase_before(first - 1)
                if other and self.tag(other.first - 1) not in {"VERB", "PREP"}:
                    phrases = [other]
                    continue
                if other and self.tag(other.first - 1) == "PREP":
                    phrases = [other]
                    continue
                return phrases
            return phrases
