"""The clause layer: verb groups and their subjects.

Between mentions and frames. It sets aside appositives, relative clauses and parentheses, so that a frame
sees SUBJECT VERB OBJECT PREP+OBJECT however much stands between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kg.extract.grammar.phrases import Arguments, Forms, Phrase, Phrases

__all__ = ["PAST", "Arguments", "Clauses", "Forms", "Phrase", "VerbGroup"]

PAST = frozenset(("VBD", "VBN"))
_FARTHEST = 120  # units that may stand between a subject and its verb
_DEEPEST = 4  # verbs that govern one another: "plans to try to agree to buy"
_GROUP = frozenset(("AUX", "MODAL", "NEG", "ADV", "TO"))


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A verb with its auxiliaries: units `first` to `main`, the main verb."""

    first: int
    main: int
    lemma: str
    form: str
    passive: bool
    infinitive: bool
    perfect: bool
    progressive: bool
    helpers: tuple[str, ...]

    @property
    def last(self) -> int:
        """The unit past the verb."""
        return self.main + 1

    @property
    def finite(self) -> bool:
        """Whether the group can head a clause of its own."""
        return not self.infinitive and (self.form in {"VBZ", "VBD", "VB"} or bool(self.helpers))


class Clauses(Phrases):
    """The phrases of one sentence, its verbs and who or what each is about."""

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
            be = bool(self.words.be.intersection(helpers))
            perfect = bool(self.words.have.intersection(helpers))
            infinitive = any(u.tag == "TO" for u in self.row[first:main])
            passive, progressive = be and unit.form in PAST, be and unit.form == "VBG"
            kind = passive, infinitive, perfect, progressive
            groups.append(VerbGroup(first, main, unit.lemma, unit.form, *kind, helpers))
        return groups

    @cached_property
    def copulas(self) -> list[int]:
        """The indices of forms of "be" that are verbs of their own: "X is a unit of Y"."""
        heads = {i for g in self.verbs for i in range(g.first, g.main)}
        return [
            i for i, u in enumerate(self.row) if u.tag == "AUX" and u.low in self.words.be and i not in heads
        ]

    def subject(self, group: VerbGroup) -> list[Phrase]:
        """Return the coordinated phrases of a verb's subject (of the patient, for a participle)."""
        if group.main not in self._subjects:
            self._subjects[group.main] = self._subject_before(group.first, group)
        return self._subjects[group.main]

    def said_of(self, copula: int) -> list[Phrase]:
        """Return the phrases of which "is" says something."""
        return self._subject_before(copula, None)

    @cached_property
    def _subjects(self) -> dict[int, list[Phrase]]:
        return {}

    def _subject_before(self, i: int, group: VerbGroup | None, depth: int = 0) -> list[Phrase]:
        if depth > _DEEPEST:
            return []
        j = i
        while self.tag(j - 1) in {"ADV", "QUOTE", "NEG"}:
            j -= 1
        j = self._before_date(j)
        previous = self.tag(j - 1)
        if previous == "REL":
            return self.antecedent(j - 1)
        infinitive = group is not None and group.infinitive
        if infinitive or previous in {"CC", "PREP", "TO", "SUB", "DATE"}:
            controller = self._for_subject(j) if infinitive else []
            controller = controller or self._controller(j, depth)
            # A headline has no verb to govern its infinitive: "X to acquire Y".
            if controller or not (infinitive or previous == "DATE"):
                return controller
        return self._beside(j, group, depth)

    def _before_date(self, i: int) -> int:
        """Return where a date before unit i begins: "Acme on Monday said", "it earlier this month bought"."""
        if self.tag(i - 1) == "DATE":
            j = i - 1
        elif self._low(i - 1) in self.words.times and self.tag(i - 2) in {"ADJ", "DET"}:
            j = i - 2
        else:
            return i
        while self.tag(j - 1) in {"PREP", "ADV"}:
            j -= 1
        return j if self.tag(j - 1) in {"NAME", "PRON", "RPAR", "TICKER", "COMMA"} else i

    def _for_subject(self, i: int) -> list[Phrase]:
        """Return X of "a deal for X to buy Y"."""
        own = self.phrase_before(i)
        return [own] if own and self._low(own.first - 1) in self.words.for_subject else []

    def _beside(self, i: int, group: VerbGroup | None, depth: int) -> list[Phrase]:
        """Return the subject that ends right before unit i, or that commas set apart from it."""
        previous = self.tag(i - 1)
        if previous == "END":
            return self._after_opening(group)
        if previous == "COMMA":
            return self._across_commas(i - 1, group, depth)
        if phrase := self.phrase_before(i):
            return self._leftmost(phrase, group)
        return self._controller(i, depth) if previous == "VERB" else []

    def _controller(self, i: int, depth: int) -> list[Phrase]:
        """Return the subject of the verb that governs what stands at i: "plans to ...", "... and ..."."""
        for other in reversed(self.verbs):
            if (
                other.main < i
                and (other.finite or other.form == "VBG")
                and not self.inside_relative(other, i)
            ):
                return self._subject_before(other.first, other, depth + 1)
        for copula in reversed(self.copulas):
            if copula < i:
                return self._subject_before(copula, None, depth + 1)
        return []

    def inside_relative(self, group: VerbGroup, i: int) -> bool:
        """Tell whether a verb lies in a relative clause that a comma has closed before i."""
        relative = any(self.tag(k) == "REL" for k in (group.first - 1, group.first - 2))
        return relative and any(self.tag(k) == "COMMA" for k in range(group.main, i))

    def antecedent(self, relative: int) -> list[Phrase]:
        """Return what a relative pronoun ("which", "whose") stands for."""
        j = relative
        while self.tag(j - 1) in {"COMMA", "PREP", "LPAR"}:
            j -= 1
        phrase = self.phrase_before(j)
        if not phrase:
            return []
        left = self._leftmost(phrase, None) if self.tag(relative - 1) == "COMMA" else [phrase]
        if any(self.row[p.head].tag == "NAME" for p in left):
            return left
        # "X, a startup that ...": what is said of the apposition is said of the name.
        named = self.phrase_before(phrase.first - 1) if self.tag(phrase.first - 1) == "COMMA" else None
        return [named] if named and self.row[named.head].tag == "NAME" else [phrase]

    def _after_opening(self, group: VerbGroup | None) -> list[Phrase]:
        """Return the subject that follows an opening participle: "Founded in 2013, X ..."."""
        if not group or group.form not in PAST | {"VBG"}:
            return []
        for j in range(group.last, len(self.row)):
            if self.tag(j) == "COMMA":
                phrase = self.phrase_after(j + 1)
                following = self.tag(phrase.last) if phrase else "END"
                if phrase and (
                    following in {"VERB", "AUX", "MODAL", "ADV", "COMMA", "TICKER", "REL", "LPAR"}
                ):
                    return [phrase]
        return []

    def _across_commas(self, comma: int, group: VerbGroup | None, depth: int) -> list[Phrase]:
        """Find the subject behind a closed appositive or relative clause: "X, a startup that ..., raised"."""
        opening = max(0, comma - _FARTHEST)
        cuts = [k for k in range(opening, comma + 1) if self.tag(k) == "COMMA"]
        starts = [opening, *[k + 1 for k in cuts]]
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
            if any(t in {"VERB", "AUX", "MODAL"} for t in rest) and not (
                group and group.form in PAST and end == comma
            ):
                if self.tag(phrase.last) in {"VERB", "AUX", "MODAL"} and end != comma:
                    continue
                if group and not group.finite:
                    return self._controller(comma, depth)
                continue
            if self.row[phrase.head].tag in {"NAME", "PRON", "NOUN", "TITLE"}:
                return [phrase]
        phrase = self.phrase_before(comma)
        return [phrase] if phrase and group and group.form in PAST else self._controller(comma, depth)

    def _leftmost(self, phrase: Phrase, group: VerbGroup | None) -> list[Phrase]:
        """Follow "A and B", "X of Y" and "X's deal to buy Y" leftwards to what the clause is about."""
        phrases = [phrase]
        while True:
            first = phrases[0].first
            previous = self.tag(first - 1)
            if previous == "CC" and self.row[first - 1].low in self.words.both:
                k = first - 1 - (self.tag(first - 2) == "COMMA")
                other = self.phrase_before(k)
                if (
                    other
                    and self.row[other.head].tag in {"NAME", "PRON"}
                    and self.row[phrases[0].head].tag == "NAME"
                ):
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
                if other and self.tag(other.first - 1) != "VERB":
                    phrases = [other]
                    continue
            if previous == "VERB" and group and group.finite and (deal := self._deal(first - 1)):
                phrases = [deal]
                continue
            return phrases

    def _deal(self, infinitive: int) -> Phrase | None:
        """Return the noun phrase that governs an infinitive: "X's deal to buy", "a deal for X to buy"."""
        deal = self.phrase_before(infinitive - 1) if self.tag(infinitive - 1) == "TO" else None
        if deal and self._low(deal.first - 1) in self.words.for_subject:
            deal = self.phrase_before(deal.first - 1)
        return deal if deal and self.tag(deal.head) == "NOUN" else None
