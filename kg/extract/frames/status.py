"""Status by grammar: has it happened, is it planned, rumoured, denied or over, or is it not told at all.

Verbs, nouns and posts are judged by one table of cues, `status.toml` of the language: a cue counts where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal, TypeAlias

from kg.extract.frames.draft import Reading
from kg.extract.grammar.clauses import PAST, VerbGroup
from kg.model import Status
from kg.vocabulary import Language

__all__ = ["noun_status", "relation_status", "verb_status"]

Mark: TypeAlias = Status | Literal["untold", ""]

_ORDER: tuple[Mark, ...] = ("untold", "denied", "former", "rumoured", "planned")
_BACK = 8  # units: a governor stands nearer to its infinitive than that
_VERDICT = 6  # units between "is" and the verdict, or between the verdict and "that"
_APART = frozenset(("PREP", "DATE", "ADV", "DET", "ADJ", "NOUN", "NAME"))  # between a verb and its "that"
_CONTENT = frozenset(("VERB", "NOUN", "ADJ", "AUX", "MODAL", "NEG", "DET", "TITLE", "ADV"))


@lru_cache(maxsize=8)
def _cues(language: Language) -> dict[str, dict[str, Mark]]:
    """Return the status of each cue, by where it stands."""
    found: dict[str, dict[str, Mark]] = {}
    for rule in language.table("status.cues"):
        words = rule["words"].split() if isinstance(rule["words"], str) else rule["words"]
        found.setdefault(rule["where"], {}).update(dict.fromkeys(words, rule["status"]))
    return found


class _Judge:
    """The cues around the verbs and nouns of one sentence."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.row = reading.row
        self.verbs = reading.clauses.verbs
        self.cues = _cues(reading.language)
        self.negating = tuple(sorted(reading.language.words("grammar.negating")))

    def _of(self, where: str, i: int) -> Mark:
        """Return what unit i says as a cue, by its lemma with or without a particle, or as it stands."""
        words = self.cues[where]
        low, lemma = self.reading.low(i), self.row[i].lemma
        if low.endswith(self.negating):
            low = next(end for end in self.negating if low.endswith(end))
        phrase = f"{lemma or low} {self.reading.low(i + 1)}"
        return words.get(phrase) or words.get(lemma) or words.get(low) or ""

    def verb(self, group: VerbGroup) -> Iterator[Mark]:
        """Yield what the cues of a verb say."""
        if self._asked(group):
            yield "untold"
        first = group.first
        while self.reading.tag(first - 1) == "ADV":
            first -= 1
        yield from (self._of("helper", k) for k in range(first, group.main))
        yield from self._inverted(group)
        yield self._own(group)
        if group.infinitive or group.form == "VBG":
            yield from self._governors(group)
        if group.infinitive and not any(g.main < group.first for g in self.verbs):
            yield "planned"  # as headlines have it: "X to acquire Y"
        if self._counterfactual(group):
            yield "former"
        yield from self._opening(group)

    def _own(self, group: VerbGroup) -> Mark:
        return self.cues["own"].get(group.lemma, "")

    def _counterfactual(self, group: VerbGroup) -> bool:
        """Tell what "would have" been and has not."""
        return self.reading.language.words("status.counterfactual") <= set(group.helpers)

    def _asked(self, group: VerbGroup) -> bool:
        """Tell whether a verb stands in a question, and in no relative clause of it, which tells what is known."""
        last = self.reading.low(len(self.row) - 1)
        marks = (
            {last, self.reading.low(len(self.row) - 2)}
            if self.reading.tag(len(self.row) - 1) == "QUOTE"
            else {last}
        )
        if "?" not in marks:
            return False
        known = group.form in PAST and any(
            self.reading.tag(k) == "REL" for k in (group.first - 1, group.first - 2)
        )
        return not known

    def _inverted(self, group: VerbGroup) -> Iterator[Mark]:
        """Read "Had X bought Y": the helper before the subject."""
        subject = self.reading.clauses.subject(group)
        i = subject[0].first - 1 if subject and subject[0].first <= group.first else -1
        if (
            i >= 0
            and self.reading.tag(i) in {"AUX", "MODAL", "VERB"}
            and self.reading.tag(i - 1) in {"END", "COMMA", "CC", "QUOTE"}
        ):
            yield self.cues["inverted"].get(self.reading.low(i), "")

    def _governors(self, group: VerbGroup) -> Iterator[Mark]:
        """Walk back from an infinitive or gerund to the verb that governs it, and on while that is governed."""
        noun = -1
        for k in range(group.first - 1, max(-1, group.first - 1 - _BACK), -1):
            unit = self.row[k]
            if unit.tag == "SUB":  # "denied that it was in talks to buy"
                told = self._of("governor", self._told(k)) if k else ""
                yield told if told == "denied" else ""
            if unit.tag in {"PUNCT", "SUB", "REL"} or (
                unit.tag == "NAME" and noun < 0 and k < group.first - 1
            ):
                break
            if unit.tag not in _CONTENT:
                continue
            yield self._of("governor", k)
            if unit.tag == "NOUN" and noun < 0:
                noun = k
            governor = next((g for g in self.verbs if g.main == k), None)
            if governor:
                if group.infinitive and (governor.passive or governor.form in PAST) and k == group.first - 1:
                    yield self._of("reported", k)
                yield from (self._of("governor", h) for h in range(governor.first, k))
                if governor.infinitive:
                    yield from self._governors(governor)
                break
        if noun >= 0 and (acting := self.reading.acts(noun)):
            yield from self.fate(acting)

    def fate(self, group: VerbGroup) -> Iterator[Mark]:
        """Yield what a verb says of the event whose noun is its subject."""
        helpers = [self._of("helper", k) for k in range(group.first, group.main)]
        mark = self._of("fate", group.main)
        if "denied" in helpers and mark == "former":
            return
        if mark != "planned" or group.passive or group.form not in PAST:
            yield mark
        yield from helpers

    def _opening(self, group: VerbGroup) -> Iterator[Mark]:
        """Read what opens the verb's clause: "if X buys Y", "denied that it had", "it is not true that"."""
        subject = self.reading.clauses.subject(group)
        start = subject[0].first if subject and subject[0].first < group.first else group.first
        i = start - 1
        if (
            self.reading.tag(i) in {"SUB", "VERB", "PREP"}
            and (mark := self.cues["opening"].get(self.reading.low(i))) == "untold"
        ):
            yield mark
        if self.reading.tag(i) == "SUB":
            i = self._told(i)
        if i < 0:
            return
        reported = self._of("opening", i) if self.reading.tag(i) in {"NOUN", "VERB"} else ""
        if reported == "rumoured" and self.row[i].tag == "NOUN":
            yield "denied" if self._judged(group.last) else "rumoured"
            i -= 1 + (self.reading.tag(i - 1) in {"DET", "ADJ"})
        yield from self._verdict(max(0, start - _VERDICT), start)
        governor = next((g for g in self.verbs if g.main == i), None)
        # What is said to be planned may be done all the same; what is denied is not.
        if governor and self.cues["governor"].get(governor.lemma) == "denied":
            yield "denied"

    def _told(self, i: int) -> int:
        """Return the verb or noun before "that" at i: also of "denied on Friday that", "denied in a letter that"."""
        k = i - 1
        while k > i - _VERDICT and self.reading.tag(k) in _APART:
            k -= 1
        apart = self.reading.tag(k) == "VERB" and self.reading.tag(k + 1) in {"PREP", "DATE", "ADV"}
        return k if apart else i - 1

    def _verdict(self, first: int, last: int) -> Iterator[Mark]:
        """Read "it is not true that", "it is untrue that" before a clause."""
        if self.reading.tag(last - 1) != "SUB":
            return
        for k in range(first, last - 1):
            untrue = self._of("verdict", k) or (
                self.reading.tag(k) == "NEG" and self.reading.tag(k + 1) == "ADJ"
            )
            if untrue and any(c < k + 1 and c >= first - 1 for c in self.reading.clauses.copulas):
                yield "denied"

    def _judged(self, start: int) -> bool:
        """Tell whether what was reported is called untrue later in the sentence."""
        for copula in self.reading.clauses.copulas:
            if copula >= start:
                near = range(copula, min(len(self.row), copula + _VERDICT))
                return any(self._of("verdict", k) for k in near)
        return False

    def noun(self, left: int, noun: int, governor: VerbGroup | None) -> Iterator[Mark]:
        """Yield what the words of a noun's phrase, its verb and the verb it acts in say."""
        yield from self.modifiers(max(left - 2, governor.last if governor else 0), noun)
        acting = self.reading.acts(noun)
        outer = self._outer(left)
        if outer >= 0 and not acting:
            yield self._of("governor", outer)
            acting = self.reading.acts(outer)
        if acting:
            yield from self.fate(acting)
            if self._asked(acting):
                yield "untold"

    def modifiers(self, first: int, noun: int) -> Iterator[Mark]:
        """Yield what the words before a noun say of it, from unit `first` on."""
        yield from (self._of("modifier", k) for k in range(max(0, first), noun))

    def _outer(self, left: int) -> int:
        """Return the noun that the phrase at unit `left` belongs to: "talks over the sale"; -1 for none that counts."""
        while self.reading.tag(left) in {"DET", "POSSPRON"}:
            left -= 1
        preposition = left if self.reading.tag(left) == "PREP" else left - 1
        if self.reading.tag(preposition) != "PREP" or self.reading.tag(preposition - 1) != "NOUN":
            return -1
        return preposition - 1 if self._of("governor", preposition - 1) else -1


def _settled(marks: Iterable[Mark]) -> Status | None:
    """Return the status that holds of several; None for what is not told at all."""
    found = set(marks)
    mark = next((m for m in _ORDER if m in found), "asserted")
    return None if mark in {"untold", ""} else mark  # type: ignore[return-value]


def verb_status(reading: Reading, group: VerbGroup) -> Status | None:
    """Judge a verb by its helpers, what governs it and what opens its clause; None if it tells of nothing."""
    return _settled(_Judge(reading).verb(group))


def relation_status(reading: Reading, left: int, noun: int) -> Status | None:
    """Judge "its former unit" by its own words: whatever becomes of the unit, it is one."""
    return _settled(_Judge(reading).modifiers(left - 2, noun))


def noun_status(reading: Reading, left: int, noun: int, governor: VerbGroup | None) -> Status | None:
    """Judge a noun by the words of its phrase, then by its verbs: "a proposed deal", "the deal collapsed"."""
    judge = _Judge(reading)
    near = _settled(judge.noun(left, noun, governor))
    if near != "asserted" or not governor:
        return near
    own = judge._of("governor", governor.main)  # noqa: SLF001 - one engine
    # Who sues to block a deal has not blocked it.
    if own == "former":
        return "planned" if governor.infinitive else "former"
    status = verb_status(reading, governor)
    if own:
        status = _settled([own, *([status] if status else ["untold"])])
    if governor.lemma in reading.lexicon.category("Parting"):
        return "former" if status == "asserted" else "asserted"
    # Who does not comment on a deal, or confirm it, does not deny it.
    silent = status == "denied" and governor.lemma in reading.lexicon.category("Speech")
    return "rumoured" if silent else status
