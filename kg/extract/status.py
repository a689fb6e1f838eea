"""Status by grammar: helpers, governing verbs, negation."""

from __future__ import annotations

from kg.extract.clause import VerbGroup
from kg.extract.reading import Reading
from kg.model import Status

__all__ = ["near_status", "verb_status"]


def verb_status(reading: Reading, group: VerbGroup) -> Status:
    """Judge by the helpers of a verb and by what governs it: "would invest", "plans to", "in talks to"."""
    words = reading.lexicon.category("StatusWords")
    marks = ["denied" if h.endswith(("n't", "n’t")) else words.get(h, "") for h in group.helpers]
    marks += [words.get(reading.row[k].low, "") for k in range(group.first, group.main)]
    if group.infinitive or group.form == "VBG":
        marks += _governing_marks(reading, group, words)
    marks += _reporting_marks(reading, group, words)
    if group.infinitive and not any(g.main < group.first for g in reading.clauses.verbs):
        marks.append("planned")
    marks += [
        words.get(reading.row[k].low, "")
        for k in range(max(0, group.first - 2), group.first)
        if reading.row[k].tag == "ADV"
    ]
    order: tuple[Status, ...] = ("denied", "rumoured", "planned")
    return next((status for status in order if status in marks), "asserted")


def _reporting_marks(reading: Reading, group: VerbGroup, words: dict[str, str]) -> list[str]:
    """Read "denied that it had ...": what the verb before "that" says of the clause."""
    that = next((k for k in range(group.first - 1, -1, -1) if reading.clauses.tag(k) == "SUB"), -1)
    governor = next((g for g in reading.clauses.verbs if g.last == that), None)
    return [m for m in [words.get(governor.lemma, "")] if m == "denied"] if governor else []


def _governing_marks(reading: Reading, group: VerbGroup, words: dict[str, str]) -> list[str]:
    marks = []
    for k in range(group.first - 1, max(-1, group.first - 8), -1):
        unit = reading.row[k]
        if unit.tag in {"PUNCT", "SUB", "REL"}:
            break
        if unit.tag in {"VERB", "NOUN", "ADJ", "AUX", "MODAL", "NEG"}:
            marks.append(words.get(unit.lemma or unit.low, words.get(unit.low, "")))
            governor = next((g for g in reading.clauses.verbs if g.main == k), None)
            if governor:
                marks += [words.get(h, "") for h in governor.helpers]
                break
    return marks


def near_status(reading: Reading, left: int) -> Status:
    """Judge a noun by the words right before it: "the former unit"."""
    words = reading.lexicon.category("StatusWords")
    near = [words.get(reading.row[k].low) for k in range(max(0, left - 2), left + 1)]
    return "former" if "former" in near else "asserted"
