"""Frames told by nouns: "X's acquisition of Y", "Y, a unit of X", "its Alpha software"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from kg.extract.frames.draft import Draft, Reading
from kg.extract.frames.status import noun_status, relation_status, verb_status
from kg.extract.grammar.clauses import Phrase, VerbGroup
from kg.model import Entity, Status
from kg.vocabulary import Frame, Word
from kg.vocabulary.lexicon import EVENT

__all__ = ["nouns"]

# Units beside a noun among which a word silences its frame; less where the noun only names a relation.
_SILENT_BEFORE, _SILENT_AFTER = 6, 8
_SILENT_RELATION_BEFORE, _SILENT_RELATION_AFTER = 3, 4
_RELATION_PREPS = 2  # phrases after "unit", "investor": the next one belongs to the clause
_BEFORE_RELATION = frozenset(("ADJ", "NOUN", "COUNT", "DEMONYM", "TITLE", "COMP"))


def nouns(reading: Reading) -> Iterator[Draft]:
    """Yield the drafts of the sentence's nouns."""
    for i, unit in enumerate(reading.row):
        if (
            unit.tag not in {"NOUN", "TITLE", "ADJ"}
            or reading.tag(i + 1) == "NOUN"
            or reading.canonical(i) != i
        ):
            continue
        word = _word(reading, i)
        for frame in word.frames if word else ():
            assert word is not None
            if "named" in frame.slots:
                yield from _named(reading, frame, i, word)
                yield from _enumerated(reading, frame, i, many=word.tag == "NNS")
            relation = "holder" in frame.slots
            if relation:
                yield from _holder(reading, frame, i, word)
            if frame.slots.keys() & (
                {"subject", "object"} if relation else {"subject", "object", "of", "from"}
            ):
                yield from _nominal(reading, frame, i, word)


def _word(reading: Reading, i: int) -> Word | None:
    """Return the lexicon's noun at unit i, the longest that fits; a title may hold one."""
    *inside, last = reading.row[i].low.split()
    for word in reading.lexicon.nouns.get(last, ()):
        before = tuple(u.low for u in reading.row[max(0, i - len(word.rest)) : i])
        if not word.rest or word.rest in {before, tuple(inside)[-len(word.rest) :]}:
            return word
    return None


def _nominal(reading: Reading, frame: Frame, i: int, word: Word) -> Iterator[Draft]:
    if reading.forbidden(frame, i - _SILENT_BEFORE, i + _SILENT_AFTER):
        return
    draft = Draft(frame, i, i)
    left = reading.inside_left(draft, frame, i - len(word.rest), i)
    role = frame.slots.get("subject")
    owned = role is not None and draft.has(role)
    for prep, phrases in reading.clauses.arguments(i + 1, nominal=True).preps:
        reading.fill_prep(draft, _noun_role(frame, prep), prep, phrases)
        owned |= prep in reading.language.words("grammar.doers") and role is not None and draft.has(role)
    governor = None if reading.acts(i) else reading.governor(left)
    supported = governor is not None and _supports(reading, governor)
    receiver = frame.slots.get("receiver", "")
    if receiver and governor and governor.lemma in reading.lexicon.category("Receiving"):
        reading.fill(draft, receiver, reading.clauses.subject(governor))
        owned = True
    if role and not owned and governor and supported:
        reading.fill(draft, role, reading.clauses.subject(governor))
    draft.status = noun_status(reading, left, i, governor)
    if frame.status and draft.status == "asserted":
        draft.status = cast("Status", frame.status)
    draft.presumed = not supported and draft.status == "asserted"
    draft.anaphoric = reading.low(left) in reading.language.words("reference.definite") and not draft.roles
    if draft.roles:
        yield draft


def _noun_role(frame: Frame, prep: str) -> str:
    """Return the role of a preposition after a noun: "of" takes the verb's object, "by" its subject."""
    stands_for = {"of": "object", "by": "subject"}.get(prep, "")
    return frame.slots.get(prep) or frame.slots.get(stands_for) or ""


def _supports(reading: Reading, group: VerbGroup) -> bool:
    """Tell whether the verb's subject is the noun's: "signs a deal", "considers a deal"."""
    if group.lemma in reading.language.words("status.supporting"):
        return True
    support = reading.lexicon.category("Support")
    return any(w.lemma in support for w in reading.lexicon.verbs.get(reading.row[group.main].low, ()))


def _holder(reading: Reading, frame: Frame, i: int, word: Word) -> Iterator[Draft]:
    if reading.forbidden(frame, i - _SILENT_RELATION_BEFORE, i + _SILENT_RELATION_AFTER):
        return
    draft = Draft(frame, i, i)
    of = frame.slots.get("of") or frame.slots.get("in") or ""
    of = "" if of == EVENT else of
    for prep, phrases in reading.clauses.arguments(i + 1, nominal=True).preps[:_RELATION_PREPS]:
        reading.fill(draft, frame.slots.get(prep, ""), phrases)
    begin = i - len(word.rest)
    # "Its Bolt unit" is Bolt.
    inside = reading.tag(begin - 1) == "NAME" and reading.tag(begin - 2) in {"POSS", "POSSPRON"}
    inside = inside and reading.tag(i + 1) != "NAME"
    left = begin - 1 if inside else _phrase_start(reading, begin)
    owner, counting = _owner(reading, left - 1), _counting(reading, left)
    if owner:
        reading.assign(draft, of, owner)
    elif of and reading.tag(left - 1) == "NAME" and left == begin:
        reading.fill(draft, of, [Phrase(left - 1, left)])
    elif of and counting:
        reading.fill(draft, of, reading.clauses.subject(counting))
    owned = owner is not None and reading.tag(i + 1) == "COMMA" and reading.tag(i + 2) == "NAME"
    holders = [Phrase(i + 2, i + 3)] if owned else _holders(reading, left, i, counting)
    holders = [Phrase(left, begin)] if inside else holders
    held = {f for _, f in draft.roles}
    reading.fill(draft, frame.slots["holder"], [p for p in holders if reading.entity(p) not in held])
    if draft.has(frame.slots["holder"]):
        draft.anaphoric = EVENT in frame.slots.values()
        if counting:
            draft.status = verb_status(reading, counting)
        else:
            draft.status = _held_status(reading, left, i, owned=owner is not None)
        yield draft


def _phrase_start(reading: Reading, left: int) -> int:
    """Return where the phrase of a relational noun begins, without its article: also of "growing list of units"."""
    while reading.tag(left - 1) in _BEFORE_RELATION or (
        reading.tag(left - 1) == "CC" and reading.tag(left - 2) == "NOUN"
    ):
        left -= 1
    words = reading.clauses.words
    while reading.low(left - 1) in words.genitives and reading.low(left - 2) in words.amounts:
        left -= 2
        while reading.tag(left - 1) in _BEFORE_RELATION | {"VERB", "ADV"}:
            left -= 1
    return left


def _held_status(reading: Reading, left: int, i: int, *, owned: bool) -> Status | None:
    """Judge a relation: who sells its unit, or may, has it; only who becomes one is not one yet."""
    if owned:
        return relation_status(reading, left, i)
    becoming = reading.language.words("posts.becoming")
    verb = _operating(reading, left - (reading.tag(left - 1) == "DET"))
    governors = (
        g
        for g in reading.clauses.verbs
        if (g.last in {left, left - 1} and g.lemma in becoming) or (g.main == verb and not g.infinitive)
    )
    return noun_status(reading, left, i, next(governors, None))


def _owner(reading: Reading, i: int) -> Entity | None:
    """Return whose relation unit i tells; "X bought Y from its parent Z" tells of Y's."""
    apart = reading.tag(i) == "POSSPRON" and reading.low(i - 1) in reading.language.words("posts.from")
    if apart and reading.tag(i - 2) == "NAME":
        return reading.row[i - 2].entity
    return reading.owner(i)


def _named(reading: Reading, frame: Frame, i: int, word: Word) -> Iterator[Draft]:
    """Read a name before the noun for what it is, and its owner: "its Alpha software", "X's Alpha engine"."""
    name = i - len(word.rest) - 1
    while reading.tag(name) in {"NOUN", "ADJ"}:
        name -= 1
    if reading.tag(name) != "NAME":
        return
    draft = Draft(frame, i, i)
    role = frame.slots.get("owner", "")
    owner = reading.owner(name - 1)
    maker = _maker(reading, frame, name)
    if owner:
        reading.assign(draft, role, owner)
    elif maker and reading.tag(name - 1) == "DET":
        reading.fill(draft, role, reading.clauses.subject(maker))
    if draft.roles:
        reading.fill(draft, frame.slots["named"], [Phrase(name, name + 1)])
        draft.status = verb_status(reading, maker) if maker else "asserted"
        yield draft


def _maker(reading: Reading, frame: Frame, name: int) -> VerbGroup | None:
    """Return the verb that tells what the noun tells: "launches its Alpha software"."""
    governor = reading.governor(name)
    words = reading.lexicon.verbs.get(reading.row[governor.main].low, ()) if governor else ()
    return governor if any(f.event == frame.event for word in words for f in word.frames) else None


def _enumerated(reading: Reading, frame: Frame, i: int, *, many: bool) -> Iterator[Draft]:
    """Read the names after the noun: "X's product, Alpha", "its products, Alpha and Beta", "brands such as"."""
    left = i
    while reading.tag(left - 1) in {"NOUN", "ADJ"}:
        left -= 1
    owner = reading.owner(left - 1)
    k = i + 1
    while reading.low(k) in reading.language.words("grammar.lists"):
        k += 1
    if owner is None or k == i + 1 or reading.tag(k) != "NAME":
        return
    for phrase in reading.clauses.list_after(k)[0][: None if many else 1]:
        draft = Draft(frame, i, phrase.head)
        if reading.assign(draft, frame.slots.get("owner", ""), owner):
            reading.fill(draft, frame.slots["named"], [phrase])
            yield draft


def _examples(reading: Reading, i: int) -> list[Phrase]:
    """Return A and B of "units including A and B", "units such as A and B", "units: A and B"."""
    k = i + 1
    while reading.low(k) in reading.language.words("grammar.lists"):
        k += 1
    phrases = reading.clauses.list_after(k)[0] if k > i + 1 and reading.tag(k) == "NAME" else []
    return phrases if len(phrases) > 1 else []


def _holders(reading: Reading, left: int, i: int, counting: VerbGroup | None) -> list[Phrase]:
    """Find who a relational noun is said of: what its verb counts, or right after it, before its comma or "is"."""
    if counting:
        return reading.clauses.arguments(counting.last).objects
    return _named_after(reading, i) or _named_before(reading, left) or _after_opening(reading, left, i)


def _named_after(reading: Reading, i: int) -> list[Phrase]:
    """Return X of "the unit X", A and B of "units include A and B"."""
    following = reading.tag(i + 1)
    if following == "NAME":
        several = reading.tag(i) == "NOUN" and reading.low(i).endswith("s")
        return reading.clauses.list_after(i + 1)[0] if several else [Phrase(i + 1, i + 2)]
    if following == "VERB" and reading.row[i + 1].lemma in reading.language.words("grammar.including"):
        return reading.clauses.list_after(i + 2)[0]
    return _examples(reading, i)


def _named_before(reading: Reading, left: int) -> list[Phrase]:
    """Return X of "X, a unit", "X is a unit", "X became a unit"."""
    clauses, row = reading.clauses, reading.row
    start = left
    while reading.tag(start - 1) in {"DET", "POSSPRON", "POSS", "NAME"}:
        start -= 1
    while reading.tag(start - 1) in {"NEG", "ADV"}:  # "is not a unit", "is still a unit"
        start -= 1
    before = reading.tag(start - 1)
    phrase = clauses.phrase_before(start - 1)
    if before in {"COMMA", "LPAR"} and phrase:
        return [phrase] if reading.tag(phrase.head) == "NAME" else []
    verb = _operating(reading, start)
    if verb is not None or (
        before == "VERB" and row[start - 1].lemma in reading.language.words("posts.becoming")
    ):
        main = start - 1 if verb is None else verb
        return next((clauses.subject(g) for g in clauses.verbs if g.main == main), [])
    return [phrase] if before == "AUX" and (start - 1) in clauses.copulas and phrase else []


def _operating(reading: Reading, start: int) -> int | None:
    """Return the verb of "X operates as a unit", "X will go on as a unit", where the noun's phrase begins at `start`."""
    i = start - 1
    if reading.low(i) not in reading.language.words("grammar.also"):
        return None
    while reading.tag(i - 1) in {"ADV", "NEG", "TO", "AUX"}:
        i -= 1
    operates = reading.tag(i - 1) == "VERB" and reading.row[i - 1].lemma in reading.language.words(
        "posts.operating"
    )
    return i - 1 if operates else None


def _counting(reading: Reading, left: int) -> VerbGroup | None:
    """Return the verb of "counts A and B among its units", "has A as a unit", where the noun's phrase begins at `left`."""
    words = reading.language.words
    start = left
    while reading.tag(start - 1) in {"DET", "POSSPRON"}:
        start -= 1
    if reading.low(start - 1) not in words("grammar.among"):
        return None
    near = (g for g in reversed(reading.clauses.verbs) if g.main < start)
    group = next(near, None)
    return group if group and group.lemma in words("grammar.counting") and not group.passive else None


def _after_opening(reading: Reading, left: int, i: int) -> list[Phrase]:
    """Return X of "A unit of Y, X makes pumps"."""
    start = left - (reading.tag(left - 1) in {"DET", "POSSPRON"})
    comma = reading.clauses.arguments(i + 1, nominal=True).end
    if start > 0 or reading.tag(comma) != "COMMA":
        return []
    phrase = reading.clauses.phrase_after(comma + 1)
    return [phrase] if phrase and reading.tag(phrase.head) == "NAME" else []
