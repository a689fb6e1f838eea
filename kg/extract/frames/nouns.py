"""Frames told by nouns: "X's acquisition of Y", "Y, a unit of X", "its Alpha software"."""

from __future__ import annotations

from kg.extract.frames.draft import Draft, Reading
from kg.extract.frames.status import noun_status, verb_status
from kg.extract.grammar.clauses import Phrase, VerbGroup
from kg.vocabulary import Frame, Word
from kg.vocabulary.lexicon import EVENT

__all__ = ["read_nouns"]


def read_nouns(reading: Reading) -> None:
    """Add the drafts of the sentence's nouns; its verbs must have been read."""
    for i in range(len(reading.row)):
        _noun(reading, i)


def _noun(reading: Reading, i: int) -> None:
    unit = reading.row[i]
    if (
        unit.tag not in {"NOUN", "TITLE", "ADJ"}
        or reading.clauses.tag(i + 1) == "NOUN"
        or reading.canonical(i) != i
    ):
        return
    last = unit.low.split()[-1]
    for word in reading.lexicon.nouns.get(last, ()):
        before = tuple(u.low for u in reading.row[max(0, i - len(word.rest)) : i])
        inside = tuple(unit.low.split()[:-1])[-len(word.rest) or len(unit.low) :]
        if word.rest and word.rest not in {before, inside}:
            continue
        for frame in word.frames:
            if "named" in frame.slots:
                _named(reading, frame, i, word)
                _enumerated(reading, frame, i, many=word.tag == "NNS")
            if "holder" in frame.slots:
                _holder(reading, frame, i, word)
            telling = (
                {"subject", "object"} if "holder" in frame.slots else {"subject", "object", "of", "from"}
            )
            if frame.slots.keys() & telling:
                _nominal(reading, frame, i, word)
        break


def _nominal(reading: Reading, frame: Frame, i: int, word: Word) -> None:
    if reading.forbidden(frame, max(0, i - 6), i + 8):
        return
    draft = Draft(frame, i, i)
    first = i - len(word.rest)
    left = reading.inside_left(draft, frame, first, i)
    role = frame.slots.get("subject")
    owned = any(r == role for r, _ in draft.roles)
    arguments = reading.clauses.arguments(i + 1, nominal=True)
    for prep, phrases in arguments.preps:
        reading.fill_prep(draft, _noun_role(frame, prep), prep, phrases)
        owned |= prep in {"by", "between"} and any(r == role for r, _ in draft.roles)
    governor = None if _acts(reading, i) else _governor(reading, left)
    supported = governor is not None and _supports(reading, governor)
    draft.presumed = not supported
    if role and not owned and governor and supported:
        reading.fill(draft, role, reading.subjects.get(governor.main, []))
    draft.status = noun_status(reading, left, i, governor)
    draft.presumed &= draft.status == "asserted"
    draft.anaphoric = reading.row[left].low in {"the", "this"} and not draft.roles
    if draft.roles:
        reading.drafts.append(draft)


def _acts(reading: Reading, i: int) -> bool:
    """Tell whether a noun is the subject of a verb after it: "they are committed, and the deal will help"."""
    for group in reading.clauses.verbs:
        relative = any(reading.clauses.tag(k) == "REL" for k in range(i, group.first))
        subject = reading.subjects.get(group.main, [])
        if group.finite and group.first > i and not relative and any(p.head == i for p in subject):
            return True
    return False


def _noun_role(frame: Frame, prep: str) -> str:
    if prep == "of":
        return frame.slots.get("of") or frame.slots.get("object") or ""
    if prep == "by":
        return frame.slots.get("by") or frame.slots.get("subject") or ""
    return frame.slots.get(prep, "")


def _governor(reading: Reading, left: int) -> VerbGroup | None:
    """Return the verb whose object or phrase the noun is: the nearest before it in its clause."""
    for group in reversed(reading.clauses.verbs):
        if (
            group.last <= left
            and not reading.clauses.inside_relative(group, left)
            and not any(reading.clauses.tag(k) in {"SUB", "PUNCT"} for k in range(group.last, left))
        ):
            return group
    return None


def _supports(reading: Reading, group: VerbGroup) -> bool:
    """Tell whether the verb's subject is the noun's: "signs a deal", "considers a deal"."""
    if group.lemma in reading.lexicon.category("StatusWords"):
        return True
    support = reading.lexicon.category("Support")
    low = reading.row[group.main].low
    return any(w.lemma in support for w in reading.lexicon.verbs.get(low, ()))


def _holder(reading: Reading, frame: Frame, i: int, word: Word) -> None:
    if reading.forbidden(frame, max(0, i - 3), i + 4):
        return
    draft = Draft(frame, i, i)
    of = frame.slots.get("of") or frame.slots.get("in") or ""
    of = "" if of == EVENT else of
    arguments = reading.clauses.arguments(i + 1, nominal=True)
    for prep, phrases in arguments.preps[:2]:
        reading.fill(draft, frame.slots.get(prep, ""), phrases)
    left = i - len(word.rest)
    while reading.clauses.tag(left - 1) in {"ADJ", "NOUN", "COUNT", "DEMONYM", "TITLE", "COMP"} or (
        reading.clauses.tag(left - 1) == "CC" and reading.clauses.tag(left - 2) == "NOUN"
    ):
        left -= 1
    owner = reading.context.owner(reading.number, left - 1)
    if owner:
        reading.assign(draft, of, owner)
    elif of and reading.clauses.tag(left - 1) == "NAME" and left == i - len(word.rest):
        reading.fill(draft, of, [Phrase(left - 1, left)])
    owned = (
        owner is not None and reading.clauses.tag(i + 1) == "COMMA" and reading.clauses.tag(i + 2) == "NAME"
    )
    holders = [Phrase(i + 2, i + 3)] if owned else _holders(reading, left, i)
    held = {f for _, f in draft.roles}
    others = [p for p in holders if reading.context.entity(reading.number, p) not in held]
    reading.fill(draft, frame.slots["holder"], others)
    if any(r == frame.slots["holder"] for r, _ in draft.roles):
        draft.anaphoric = EVENT in frame.slots.values()
        # Who sells its unit has it; only who becomes one is not one yet.
        becoming = (g for g in reading.clauses.verbs if g.last in {left, left - 1} and g.lemma == "become")
        governor = next(becoming, None)
        draft.status = noun_status(reading, left, i, governor)
        reading.drafts.append(draft)


def _named(reading: Reading, frame: Frame, i: int, word: Word) -> None:
    """Read a name before the noun for what it is, and its owner: "its Alpha software", "X's Alpha engine"."""
    name = i - len(word.rest) - 1
    while reading.clauses.tag(name) in {"NOUN", "ADJ"}:
        name -= 1
    if reading.clauses.tag(name) != "NAME":
        return
    draft = Draft(frame, i, i)
    role = frame.slots.get("owner", "")
    owner = reading.context.owner(reading.number, name - 1)
    maker = _maker(reading, frame, name)
    if owner:
        reading.assign(draft, role, owner)
    elif maker and reading.clauses.tag(name - 1) == "DET":
        reading.fill(draft, role, reading.subjects.get(maker.main, []))
    if draft.roles:
        reading.fill(draft, frame.slots["named"], [Phrase(name, name + 1)])
        draft.status = verb_status(reading, maker) if maker else "asserted"
        reading.drafts.append(draft)


def _maker(reading: Reading, frame: Frame, name: int) -> VerbGroup | None:
    """Return the verb that tells what the noun tells: "launches its Alpha software"."""
    governor = _governor(reading, name)
    words = reading.lexicon.verbs.get(reading.row[governor.main].low, ()) if governor else ()
    return governor if any(f.event == frame.event for word in words for f in word.frames) else None


def _enumerated(reading: Reading, frame: Frame, i: int, *, many: bool) -> None:
    """Read the names after the noun: "X's product, Alpha", "its products, Alpha and Beta", "brands such as"."""
    left = i
    while reading.clauses.tag(left - 1) in {"NOUN", "ADJ"}:
        left -= 1
    owner = reading.context.owner(reading.number, left - 1)
    k = i + 1
    while k < len(reading.row) and reading.row[k].low in {
        ",",
        "such",
        "as",
        "like",
        "including",
        "include",
        "the",
    }:
        k += 1
    if owner is None or k == i + 1 or reading.clauses.tag(k) != "NAME":
        return
    for phrase in reading.clauses.list_after(k)[0][: None if many else 1]:
        draft = Draft(frame, i, phrase.head)
        if reading.assign(draft, frame.slots.get("owner", ""), owner):
            reading.fill(draft, frame.slots["named"], [phrase])
            reading.drafts.append(draft)


def _holders(reading: Reading, left: int, i: int) -> list[Phrase]:
    """Find who a relational noun is said of: right after it, before its comma, or before "is"."""
    following = reading.clauses.tag(i + 1)
    if following == "NAME":
        return (
            reading.clauses.list_after(i + 1)[0]
            if reading.row[i].tag == "NOUN" and reading.row[i].low.endswith("s")
            else [Phrase(i + 1, i + 2)]
        )
    if following == "VERB" and reading.row[i + 1].lemma == "include":
        return reading.clauses.list_after(i + 2)[0]
    start = left
    while reading.clauses.tag(start - 1) in {"DET", "POSSPRON", "POSS", "NAME"}:
        start -= 1
    before = reading.clauses.tag(start - 1)
    if before in {"COMMA", "LPAR"} and (phrase := reading.clauses.phrase_before(start - 1)):
        return [phrase] if reading.row[phrase.head].tag == "NAME" else []
    if before == "VERB" and reading.row[start - 1].lemma in {"become", "remain"}:
        return reading.subjects.get(start - 1, [])
    if (
        before == "AUX"
        and (start - 1) in reading.clauses.copulas
        and (phrase := reading.clauses.phrase_before(start - 1))
    ):
        return [phrase]
    following_comma = reading.clauses.arguments(i + 1, nominal=True).end
    if (
        reading.clauses.tag(following_comma) == "COMMA"
        and start <= 1
        and (phrase := reading.clauses.phrase_after(following_comma + 1))
    ):
        return [phrase] if reading.row[phrase.head].tag == "NAME" else []
    return []
