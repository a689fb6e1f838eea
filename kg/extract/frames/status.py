"""Status by grammar: helpers, governing verbs, negation."""

from __future__ import annotations

from kg.extract.frames.draft import Reading
from kg.extract.grammar.clauses import VerbGroup
from kg.model import Status

__all__ = ["noun_status", "verb_status"]


_TALK = frozenset("report reports rumour rumours rumor rumors speculation claim claims suggestions".split())
_ORDER: tuple[Status, ...] = ("denied", "former", "rumoured", "planned")


def verb_status(reading: Reading, group: VerbGroup) -> Status:
    """Judge by the helpers of a verb and by what governs it: "would invest", "plans to", "in talks to"."""
    words = reading.lexicon.category("StatusWords")
    marks = ["denied" if h.endswith(("n't", "n’t")) else words.get(h, "") for h in group.helpers]
    marks += [words.get(reading.row[k].low, "") for k in range(group.first, group.main)]
    if group.infinitive or group.form == "VBG":
        marks += _governing_marks(reading, group, words)
    if group.infinitive and not any(g.main < group.first for g in reading.clauses.verbs):
        marks.append("planned")
    # What ends something is said by the verb itself; what "would have" been has not been.
    if words.get(group.lemma) == "former" or {"would", "have"} <= set(group.helpers):
        marks.append("former")
    marks += _clause_marks(reading, group, words)
    marks += [
        words.get(reading.row[k].low, "")
        for k in range(max(0, group.first - 2), group.first)
        if reading.row[k].tag == "ADV"
    ]
    return next((status for status in _ORDER if status in marks), "asserted")


def _clause_marks(reading: Reading, group: VerbGroup, words: dict[str, str]) -> list[str]:
    """Read what opens the verb's clause: "if X buys Y", "denied that it had", "denied it had"."""
    subject = reading.subjects.get(group.main, [])
    start = subject[0].first if subject and subject[0].first < group.first else group.first
    opening = start - 1
    marks = []
    if reading.clauses.tag(opening) == "SUB":
        marks.append(words.get(reading.row[opening].low, ""))
        opening -= 1
        marks += [m for m in [words.get(reading.row[opening].low, "")] if m == "rumoured" and opening >= 0]
    if opening > 0 and reading.row[opening].low in _TALK:
        opening -= 1 + (reading.clauses.tag(opening - 1) in {"DET", "ADJ"})
    governor = next((g for g in reading.clauses.verbs if g.main == opening), None)
    # What is said to be planned may be done all the same; what is denied is not.
    marks += [m for m in [words.get(governor.lemma, "")] if m == "denied"] if governor else []
    return marks


def _governing_marks(reading: Reading, group: VerbGroup, words: dict[str, str]) -> list[str]:
    marks = []
    for k in range(group.first - 1, max(-1, group.first - 8), -1):
        unit = reading.row[k]
        if unit.tag in {"PUNCT", "SUB", "REL"}:
            break
        if unit.tag in {"VERB", "NOUN", "ADJ", "AUX", "MODAL", "NEG", "DET"}:
            marks.append(words.get(unit.lemma or unit.low, words.get(unit.low, "")))
            governor = next((g for g in reading.clauses.verbs if g.main == k), None)
            if governor:
                marks += [words.get(h, "") for h in governor.helpers]
                marks.append(_phrasal(reading, governor, words))
                break
    return marks


def _phrasal(reading: Reading, group: VerbGroup, words: dict[str, str]) -> str:
    """Read a verb with the particle after it: "call off", "walk away"."""
    particle = reading.row[group.last].low if group.last < len(reading.row) else ""
    return words.get(f"{group.lemma} {particle}", "")


def noun_status(reading: Reading, left: int, noun: int, governor: VerbGroup | None) -> Status:
    """Judge a noun by the words of its phrase, then by its verb: "a proposed deal", "considers a deal"."""
    words = reading.lexicon.category("StatusWords")
    near_by = range(max(0, left - 2, governor.last if governor else 0), noun)
    marks = {words.get(reading.row[k].low) for k in near_by}
    if governor:
        low = reading.row[governor.main].low
        own = {words.get(governor.lemma), words.get(low), _phrasal(reading, governor, words)}
        # Who sues to block a deal has not blocked it.
        marks |= {"planned" if mark == "former" and governor.infinitive else mark for mark in own}
    near = next((status for status in _ORDER if status in marks), None)
    if near or not governor:
        return near or "asserted"
    status = verb_status(reading, governor)
    if governor.lemma in reading.lexicon.category("Parting"):
        return "former" if status == "asserted" else "asserted"
    # Who does not comment on a deal, or confirm it, does not deny it.
    silent = status == "denied" and governor.lemma in reading.lexicon.category("Speech")
    return "rumoured" if silent else status
