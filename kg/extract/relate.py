"""Frames over clauses: which verb or noun tells of which event, and what fills its roles.

One frame gives its active, passive, participial, possessive and nominal readings; the lexicon names only
the slots of the active verb and the prepositions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.extract.clause import Arguments, Clauses, Phrase, VerbGroup
from kg.extract.context import Context
from kg.extract.units import Unit
from kg.model import Claim, Entity, Filler, PartialDate, Status
from kg.vocabulary import Frame
from kg.vocabulary.lexicon import EVENT, Word

__all__ = ["Draft", "relate"]

_PAST = frozenset(("VBD", "VBN"))


@dataclass(slots=True)
class Draft:
    """A claim in the making. `anchor` is the unit that stands for the event: drafts that share it are one."""

    frame: Frame
    trigger: int
    anchor: int
    roles: list[tuple[str, Filler]] = field(default_factory=list)
    status: Status = "asserted"
    anaphoric: bool = False
    partners: list[Filler] = field(default_factory=list)

    def add(self, role: str, fillers: list[Filler]) -> None:
        """Add fillers to a role, each once."""
        for filler in fillers:
            if (role, filler) not in self.roles:
                self.roles.append((role, filler))


class _Sentence:
    """Reads the frames of one sentence."""

    def __init__(self, context: Context, number: int) -> None:
        self.context = context
        self.number = number
        self.row: list[Unit] = context.rows[number]
        self.clauses: Clauses = context.clauses[number]
        self.lexicon = context.lexicon
        self.ontology = context.ontology
        self.drafts: list[Draft] = []
        self.subjects: dict[int, list[Phrase]] = {}

    def read(self) -> Iterator[Claim]:
        """Yield the claims of the sentence."""
        for group in self.clauses.verbs:
            self._verb(group)
        for i in range(len(self.row)):
            self._noun(i)
            self._compound(i)
            self._origin(i)
        for draft in self._joined():
            for one in self._split(draft):
                claim = self._claim(one)
                if claim:
                    yield claim
        self._remember()

    def _remember(self) -> None:
        """Leave the sentence's subject to the next one."""
        for copula in self.clauses.copulas[:1]:
            phrase = self.clauses.phrase_before(copula)
            entity = self.context.entity(self.number, phrase) if phrase else None
            if entity:
                self.context.notice(entity)

    # Verbs.

    def _verb(self, group: VerbGroup) -> None:
        subject = self.clauses.subject(group)
        self.subjects[group.main] = subject
        word = self._word(group)
        start = group.last + (len(word.rest) if word else 0)
        arguments = self.clauses.arguments(start)
        for frame in word.frames if word else ():
            self._verb_frame(frame, group, subject, arguments)
        if not self.context.quote_at(self.row[group.main].start):
            for phrase in subject:
                entity = self.context.entity(self.number, phrase)
                if entity and group.finite:
                    self.context.notice(entity)

    def _word(self, group: VerbGroup) -> Word | None:
        """Return the lexicon's verb, the longest that fits: "set up" before "set"."""
        for word in self.lexicon.verbs.get(self.row[group.main].low, ()):
            following = tuple(u.low for u in self.row[group.last : group.last + len(word.rest)])
            if following == word.rest and word.frames:
                return word
        return None

    def _verb_frame(self, frame: Frame, group: VerbGroup, subject: list[Phrase], arguments: Arguments) -> None:
        if self._forbidden(frame, max(0, group.first - 6), max(arguments.end, group.last + 4)):
            return
        draft = Draft(frame, group.main, group.main)
        passive = self._passive(frame, group, arguments)
        left, right = ("object", "") if passive else ("subject", "object")
        own = {left: subject, right: arguments.objects, "complement": arguments.complements}
        for slot, phrases in own.items():
            if slot in frame.slots:
                self._fill(draft, frame.slots[slot], phrases)
        for prep, phrases in arguments.preps:
            role = frame.slots.get("subject") if passive and prep == "by" else frame.slots.get(prep)
            self._fill_prep(draft, role or "", prep, phrases)
        self._absorb(draft, arguments)
        if EVENT in frame.slots.values() and not (draft.anaphoric or draft.anchor != draft.trigger):
            if frame.slots.get("object") == EVENT or frame.slots.get("subject") == EVENT or arguments.objects:
                return
            draft.anaphoric = True
        needs = {n for n in frame.needs}
        if needs and not (needs & {r for r, _ in draft.roles} or needs & self._heads(arguments)):
            return
        draft.status = self._status(group)
        self.drafts.append(draft)

    def _heads(self, arguments: Arguments) -> set[str]:
        return {self.row[p.head].lemma or self.row[p.head].low for p in arguments.phrases()}

    def _passive(self, frame: Frame, group: VerbGroup, arguments: Arguments) -> bool:
        """Tell the participle of "the round, led by X" from the past tense of "X led the round"."""
        if group.passive:
            return True
        if group.form not in _PAST or any(h in {"has", "have", "had", "having"} for h in group.helpers):
            return False
        if any(prep == "by" for prep, _ in arguments.preps) and not arguments.objects:
            return True
        if "subject" not in frame.slots:
            return "object" in frame.slots and not arguments.objects
        if arguments.objects or group.helpers:
            return False
        role = frame.slots.get("object")
        ranges = self.ontology.ranges.get(role or "", ())
        entity = any(self.ontology.family(r) != "Entity" for r in ranges)
        return entity and not any(p in frame.slots and not self._place_or_date(frame, p) for p, _ in arguments.preps)

    def _place_or_date(self, frame: Frame, prep: str) -> bool:
        return "Place" in self.ontology.ranges.get(frame.slots[prep], ())

    # Nouns.

    def _noun(self, i: int) -> None:
        unit = self.row[i]
        if unit.tag not in {"NOUN", "TITLE", "ADJ"} or self.clauses.tag(i + 1) == "NOUN" or self._canonical(i) != i:
            return
        last = unit.low.split()[-1]
        for word in self.lexicon.nouns.get(last, ()):
            before = tuple(u.low for u in self.row[max(0, i - len(word.rest)) : i])
            inside = tuple(unit.low.split()[:-1])[-len(word.rest) or len(unit.low) :]
            if word.rest and before != word.rest and inside != word.rest:
                continue
            for frame in word.frames:
                if "named" in frame.slots:
                    self._named(frame, i, word)
                if "holder" in frame.slots:
                    self._holder(frame, i, word)
                if frame.slots.keys() & {"subject", "object", "of", "from"} - ({"of", "from"} if "holder" in frame.slots else set()):
                    self._nominal(frame, i, word)
            break

    def _canonical(self, i: int) -> int:
        """Return the noun that stands for an event told by two: "round of funding" is told by its last."""
        longer = self.clauses.tag(i + 1) == "PREP" and self.row[i + 1].low == "of"
        if longer and self.clauses.tag(i + 2) == "NOUN":
            phrase = (self.row[i].low, "of")
            if any(w.rest == phrase for w in self.lexicon.nouns.get(self.row[i + 2].low, ())):
                return i + 2
        return i

    def _nominal(self, frame: Frame, i: int, word: Word) -> None:
        if self._forbidden(frame, max(0, i - 6), i + 8):
            return
        draft = Draft(frame, i, i)
        first = i - len(word.rest)
        left = self._inside_left(draft, frame, first, i)
        role = frame.slots.get("subject")
        owned = any(r == role for r, _ in draft.roles)
        arguments = self.clauses.arguments(i + 1, nominal=True)
        for prep, phrases in arguments.preps:
            self._fill_prep(draft, self._noun_role(frame, prep), prep, phrases)
            owned |= prep in {"by", "between"} and any(r == role for r, _ in draft.roles)
        governor = self._governor(left)
        if role and not owned and governor and self._supports(governor):
            self._fill(draft, role, self.subjects.get(governor.main, []))
        if governor:
            draft.status = self._status(governor)
        draft.anaphoric = self.row[left].low in {"the", "this"} and not draft.roles
        if draft.roles:
            self.drafts.append(draft)

    def _noun_role(self, frame: Frame, prep: str) -> str:
        if prep == "of":
            return frame.slots.get("of") or frame.slots.get("object") or ""
        if prep == "by":
            return frame.slots.get("by") or frame.slots.get("subject") or ""
        return frame.slots.get(prep, "")

    def _inside_left(self, draft: Draft, frame: Frame, first: int, noun: int) -> int:
        """Read what stands before the noun in its phrase: the owner, an amount, a series. Return its start."""
        left = first
        while self.clauses.tag(left - 1) in {"ADJ", "NOUN", "MONEY", "SERIES", "COUNT", "PERCENT", "DEMONYM", "COMP", "TITLE"} or (
            self.clauses.tag(left - 1) == "VERB" and self.row[left - 1].form in {"VBG", "VBN", "VBD"} and self.clauses.tag(left - 2) in {"DET", "POSS", "POSSPRON"}
        ):
            left -= 1
        inside = Phrase(left, noun + 1)
        for role in self._roles(frame.event):
            if self._is_value(role):
                draft.add(role, self.context.fill(self.number, inside, role))
        owner = frame.slots.get("subject")
        previous = self.clauses.tag(left - 1)
        if previous == "POSSPRON" and owner:
            entity = self.context.referent(self.row[left - 1], self.number)
            if entity and self.context.accepts(owner, entity):
                draft.add(owner, [entity])
        elif previous == "POSS" and (phrase := self.clauses.phrase_before(left - 1)):
            for role in filter(None, (owner, frame.slots.get("object"))):
                before = len(draft.roles)
                self._fill(draft, role, [phrase])
                if len(draft.roles) > before:
                    break
        elif previous == "NAME" and owner and frame.event == "FundingRound":
            self._fill(draft, owner, [Phrase(left - 1, left)])
        return left - 1 if previous in {"POSSPRON", "DET"} else left

    def _roles(self, event: str) -> list[str]:
        return [r for r, domain in self.ontology.domains.items() if event in domain and r in self.ontology.ranges]

    def _is_value(self, role: str) -> bool:
        return role in {"series", "amount", "stake", "price"} and self.ontology.ranges[role] != ()

    def _governor(self, left: int) -> VerbGroup | None:
        """Return the verb whose object or phrase the noun is: the nearest before it in its clause."""
        for group in reversed(self.clauses.verbs):
            if group.last <= left and not any(self.clauses.tag(k) in {"SUB", "PUNCT"} for k in range(group.last, left)):
                return group
        return None

    def _supports(self, group: VerbGroup) -> bool:
        support = self.lexicon.category("Support")
        low = self.row[group.main].low
        return any(w.lemma in support for w in self.lexicon.verbs.get(low, ()))

    # Relational nouns: "Y, a unit of X", "X's unit Y", "Y is a unit of X".

    def _holder(self, frame: Frame, i: int, word: Word) -> None:
        if self._forbidden(frame, max(0, i - 3), i + 4):
            return
        draft = Draft(frame, i, i)
        of = frame.slots.get("of") or frame.slots.get("in") or ""
        of = "" if of == EVENT else of
        arguments = self.clauses.arguments(i + 1, nominal=True)
        for prep, phrases in arguments.preps[:2]:
            self._fill(draft, frame.slots.get(prep, ""), phrases)
        left = i - len(word.rest)
        while self.clauses.tag(left - 1) in {"ADJ", "NOUN", "COUNT", "DEMONYM", "TITLE", "COMP"} or (
            self.clauses.tag(left - 1) == "CC" and self.clauses.tag(left - 2) == "NOUN"
        ):
            left -= 1
        owner = self.clauses.tag(left - 1)
        if owner == "POSS" and (phrase := self.clauses.phrase_before(left - 1)):
            self._fill(draft, of, [phrase])
        elif owner == "NAME" and of:
            self._fill(draft, of, [Phrase(left - 1, left)])
        elif owner == "POSSPRON" and of and (entity := self.context.referent(self.row[left - 1], self.number)):
            draft.add(of, [entity] if self.context.accepts(of, entity) else [])
        owned = owner in {"POSS", "POSSPRON"} and self.clauses.tag(i + 1) == "COMMA" and self.clauses.tag(i + 2) == "NAME"
        holders = [Phrase(i + 2, i + 3)] if owned else self._holders(left, i)
        held = {f for _, f in draft.roles}
        for phrase in holders:
            entity = self.context.entity(self.number, phrase)
            if entity and entity not in held:
                self._fill(draft, frame.slots["holder"], [phrase])
        if word.lemma in {"owner", "parent", "parent company"}:
            swap = {"subsidiary": "parent", "parent": "subsidiary"}
            draft.roles = [(swap.get(r, r), f) for r, f in draft.roles]
        if any(r == frame.slots["holder"] for r, _ in draft.roles):
            draft.anaphoric = EVENT in frame.slots.values()
            draft.status = self._near_status(left)
            self.drafts.append(draft)

    def _named(self, frame: Frame, i: int, word: Word) -> None:
        """Read a name before the noun for what it is, and its owner: "its Alpha software", "X's Alpha engine"."""
        name = i - len(word.rest) - 1
        while self.clauses.tag(name) in {"NOUN", "ADJ"}:
            name -= 1
        if self.clauses.tag(name) != "NAME":
            return
        draft = Draft(frame, i, i)
        owner = frame.slots.get("owner", "")
        if self.clauses.tag(name - 1) == "POSS" and (phrase := self.clauses.phrase_before(name - 1)):
            self._fill(draft, owner, [phrase])
        elif self.clauses.tag(name - 1) == "POSSPRON" and (entity := self.context.referent(self.row[name - 1], self.number)):
            draft.add(owner, [entity] if self.context.accepts(owner, entity) else [])
        if draft.roles:
            self._fill(draft, frame.slots["named"], [Phrase(name, name + 1)])
            self.drafts.append(draft)

    def _holders(self, left: int, i: int) -> list[Phrase]:
        """Find who a relational noun is said of: right after it, before its comma, or before "is"."""
        following = self.clauses.tag(i + 1)
        if following == "NAME":
            return self.clauses.list_after(i + 1)[0] if self.row[i].tag == "NOUN" and self.row[i].low.endswith("s") else [Phrase(i + 1, i + 2)]
        start = left
        while self.clauses.tag(start - 1) in {"DET", "POSSPRON", "POSS", "NAME"} and self.clauses.tag(start - 1) != "COMMA":
            start -= 1
        before = self.clauses.tag(start - 1)
        if before in {"COMMA", "LPAR"} and (phrase := self.clauses.phrase_before(start - 1)):
            return [phrase] if self.row[phrase.head].tag == "NAME" else []
        if before == "AUX" and (start - 1) in self.clauses.copulas and (phrase := self.clauses.phrase_before(start - 1)):
            return [phrase]
        following_comma = self.clauses.arguments(i + 1, nominal=True).end
        if self.clauses.tag(following_comma) == "COMMA" and start <= 1 and (phrase := self.clauses.phrase_after(following_comma + 1)):
            return [phrase] if self.row[phrase.head].tag == "NAME" else []
        return []

    # Compounds: "London-based X", "X-owned Y".

    def _origin(self, i: int) -> None:
        """Read a city before what it describes: "Osaka utility X", "X, a Nagoya startup"."""
        unit = self.row[i]
        right = self.clauses.phrase_after(i + 1) if unit.entity and unit.entity.type == "City" else None
        if not right or self.clauses.tag(i + 1) not in {"NOUN", "ADJ"}:
            return
        head = right.last - 1 if self.row[right.head].tag != "NAME" else right.last - 2
        if self.lexicon.category("Descriptor").get(self.row[head].low) not in {"Company", "Investor"}:
            return
        for frame in self.lexicon.frames:
            if "origin" in frame.slots:
                draft = Draft(frame, i, i)
                self._fill(draft, frame.slots["origin"], [Phrase(i, i + 1)])
                self._fill(draft, frame.slots["modified"], self._modified(right, i + 1))
                self.drafts.append(draft)

    def _compound(self, i: int) -> None:
        unit = self.row[i]
        if unit.tag != "COMP" or self.clauses.tag(i - 1) != "NAME":
            return
        left = Phrase(i - 1, i)
        right = self.clauses.phrase_after(i + 1)
        modified = self._modified(right, i)
        word = unit.low.removeprefix("-")
        frames = list(self.lexicon.adjectives.get(word, ()))
        for frame in frames:
            draft = Draft(frame, i, i)
            self._fill(draft, frame.slots.get("compound", ""), [left])
            self._fill(draft, frame.slots.get("modified", ""), modified)
            self.drafts.append(draft)
        for found in () if frames else self.lexicon.verbs.get(word, ()):
            for frame in found.frames if found.tag in _PAST and not found.rest else ():
                if {"subject", "object"} <= frame.slots.keys() and EVENT not in frame.slots.values():
                    draft = Draft(frame, i, i)
                    self._fill(draft, frame.slots["subject"], [left])
                    self._fill(draft, frame.slots["object"], modified)
                    self.drafts.append(draft)

    def _modified(self, right: Phrase | None, i: int) -> list[Phrase]:
        """Return what "London-based startup" says is in London: the name beside it, or the one it stands for."""
        if not right:
            return []
        if self.row[right.head].tag == "NAME":
            return [right]
        start = i - 1
        while self.clauses.tag(start - 1) in {"ADJ", "DET", "NOUN", "DEMONYM", "COUNT"}:
            start -= 1
        if self.clauses.tag(start - 1) == "COMMA" and (phrase := self.clauses.phrase_before(start - 1)):
            if self.row[phrase.head].tag == "NAME":
                return [phrase]
        if self.clauses.tag(start - 1) == "AUX" and (phrase := self.clauses.phrase_before(start - 1)):
            return [phrase]
        if self.row[start].low in {"the", "this"}:
            return [Phrase(start, right.last)]
        return []

    # Filling.

    def _fill(self, draft: Draft, role: str, phrases: list[Phrase]) -> None:
        if not role:
            return
        for phrase in phrases:
            if role == EVENT:
                self._event_phrase(draft, phrase)
            else:
                fillers = self.context.fill(self.number, phrase, role)
                many = role not in self.ontology.functional
                if fillers and (many or not any(r == role for r, _ in draft.roles)):
                    draft.add(role, fillers)

    def _fill_prep(self, draft: Draft, role: str, prep: str, phrases: list[Phrase]) -> None:
        """Fill a role from a preposition; those that one thing is "with" are with it one by one."""
        before = len(draft.roles)
        self._fill(draft, role, phrases)
        if prep == "with" and role == draft.frame.slots.get("subject"):
            draft.partners += [f for _, f in draft.roles[before:]]

    def _event_phrase(self, draft: Draft, phrase: Phrase) -> None:
        """Tie a draft to the event that a phrase names: "the round", "its Series D", "the $20 million round"."""
        for i in range(phrase.last - 1, phrase.first - 1, -1):
            unit = self.row[i]
            same = any(f.event == draft.frame.event for w in self.lexicon.nouns.get(unit.low, ()) for f in w.frames)
            if same or unit.tag == "SERIES":
                draft.anchor, draft.anaphoric = self._canonical(i), True
                self._inside_left(draft, self._frame_of(draft.frame.event), i + (unit.tag == "SERIES"), i)
                return
        head = self.row[phrase.head]
        if head.tag == "PRON" and head.low in {"which", "that", "it", "they"}:
            draft.anaphoric = True

    def _frame_of(self, event: str) -> Frame:
        owner = self.ontology.keys[event][0]
        return next(f for f in self.lexicon.frames if f.event == event and f.slots.get("subject") == owner)

    def _absorb(self, draft: Draft, arguments: Arguments) -> None:
        """Share the anchor of an event noun among the arguments: "raised $5m in a round led by X" is one round."""
        for phrase in arguments.phrases():
            for i in range(phrase.first, phrase.last):
                low = self.row[i].low
                frames = [f for w in self.lexicon.nouns.get(low, ()) for f in w.frames if f.event == draft.frame.event]
                if self.row[i].tag == "SERIES" and draft.frame.event == "FundingRound":
                    draft.add("series", [self.row[i].value] if self.row[i].value else [])
                if frames and "subject" in frames[0].slots and draft.anchor == draft.trigger:
                    draft.anchor = self._canonical(i)

    def _forbidden(self, frame: Frame, first: int, last: int) -> bool:
        if not frame.unless:
            return False
        text = " " + " ".join(u.low for u in self.row[first:last]) + " "
        return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in frame.unless)

    # Status.

    def _status(self, group: VerbGroup) -> Status:
        """Judge by the helpers of a verb and by what governs it: "would invest", "plans to", "in talks to"."""
        words = self.lexicon.category("StatusWords")
        marks = ["denied" if h.endswith(("n't", "n’t")) else words.get(h, "") for h in group.helpers]
        marks += [words.get(self.row[k].low, "") for k in range(group.first, group.main)]
        if group.infinitive or group.form == "VBG":
            marks += self._governing_marks(group, words)
        marks += [words.get(self.row[k].low, "") for k in range(max(0, group.first - 2), group.first) if self.row[k].tag == "ADV"]
        for status in ("denied", "rumoured", "planned"):
            if status in marks:
                return status  # type: ignore[return-value]
        return "asserted"

    def _governing_marks(self, group: VerbGroup, words: dict[str, str]) -> list[str]:
        marks = []
        for k in range(group.first - 1, max(-1, group.first - 8), -1):
            unit = self.row[k]
            if unit.tag in {"PUNCT", "SUB", "REL"}:
                break
            if unit.tag in {"VERB", "NOUN", "ADJ", "AUX", "MODAL", "NEG"}:
                marks.append(words.get(unit.lemma or unit.low, words.get(unit.low, "")))
                governor = next((g for g in self.clauses.verbs if g.main == k), None)
                if governor:
                    marks += [words.get(h, "") for h in governor.helpers]
                    break
        return marks

    def _near_status(self, left: int) -> Status:
        words = self.lexicon.category("StatusWords")
        near = [words.get(self.row[k].low) for k in range(max(0, left - 2), left + 1)]
        return "former" if "former" in near else "asserted"

    # Finishing.

    def _joined(self) -> Iterator[Draft]:
        """Join drafts of one class with one anchor."""
        joined: dict[tuple[str, int], Draft] = {}
        for draft in self.drafts:
            key = (draft.frame.event, draft.anchor)
            if key in joined:
                for role, filler in draft.roles:
                    known = [f for r, f in joined[key].roles if r == role]
                    if not known or role not in self.ontology.functional:
                        joined[key].add(role, [filler])
                joined[key].anaphoric &= draft.anaphoric
                if joined[key].status == "asserted":
                    joined[key].status = draft.status
            else:
                joined[key] = draft
        yield from joined.values()

    @staticmethod
    def _split(draft: Draft) -> Iterator[Draft]:
        """Tell "deals with B and C" as one event with each."""
        if len(draft.partners) < 2 or len(draft.partners) == len(draft.roles):
            yield draft
            return
        for partner in draft.partners:
            others = [f for f in draft.partners if f != partner]
            roles = [(r, f) for r, f in draft.roles if f not in others]
            yield Draft(draft.frame, draft.trigger, draft.anchor, roles, draft.status, draft.anaphoric)

    def _claim(self, draft: Draft) -> Claim | None:
        frame = draft.frame
        if frame.only and draft.status != frame.only:
            return None
        entities = [f for _, f in draft.roles if isinstance(f, Entity)]
        if len(entities) == 2 and entities[0] == entities[1]:
            return None
        if self._mere_place(draft):
            return None
        keys = self.ontology.keys.get(frame.event, ())
        pointing = draft.anaphoric or not any(isinstance(f, Entity) for r, f in draft.roles if r in keys)
        told = len(draft.roles) > 1 or (bool(draft.roles) and pointing)
        dated = frame.event == "Founding" and bool(draft.roles)
        if frame.measure or not (told or dated):
            return None
        default = frame.slots.get("topic")
        topic = self.context.topic.organization or self.context.focus
        if default and topic and not any(r == default for r, _ in draft.roles) and self.context.accepts(default, topic):
            draft.roles.append((default, topic))
        for role, filler in draft.roles:
            if isinstance(filler, Entity):
                self.context.settle(role, filler)
        date = self._date(draft.trigger)
        if date and not any(r == "date" for r, _ in draft.roles):
            draft.roles.append(("date", date))
        evidence = self.context.evidence(self.number)
        speaker = self._attributed(draft)
        return Claim(frame.event, tuple(draft.roles), evidence, draft.status, speaker, draft.anaphoric)

    def _mere_place(self, draft: Draft) -> bool:
        """Tell "invested in Lagos" (where) from "invested $5 million in Lagos" (into what): only a sum makes it a target."""
        figures = any(not isinstance(f, Entity) for _, f in draft.roles)
        return not figures and any(
            isinstance(f, Entity) and self.ontology.family(f.type) == "Place" and self.ontology.ranges[r] != ("Place",)
            for r, f in draft.roles
        )

    def _date(self, trigger: int) -> PartialDate | None:
        """Return the sentence's date: the only one, or the nearest to the trigger in the same stretch."""
        dates = [i for i, u in enumerate(self.row) if u.tag == "DATE"]
        if not dates:
            return None
        nearest = min(dates, key=lambda i: (abs(i - trigger), i))
        between = range(min(nearest, trigger) + 1, max(nearest, trigger))
        verbs = sum(self.clauses.tag(k) == "VERB" for k in between)
        value = self.row[nearest].value
        close = len(dates) == 1 and verbs <= 1 or verbs == 0 and len(between) < 8
        return value if close and isinstance(value, PartialDate) else None

    def _attributed(self, draft: Draft) -> Entity | None:
        """Return who says so: the speaker of the quotation, or of the clause before "that"."""
        quote = self.context.quote_at(self.row[draft.trigger].start)
        if quote:
            return quote.speaker
        speech = self.lexicon.category("Speech")
        for group in self.clauses.verbs:
            low = self.row[group.main].low
            if any(w.lemma in speech for w in self.lexicon.verbs.get(low, ())) and group.main != draft.trigger:
                clause_follows = group.main < draft.trigger and self.clauses.tag(group.last) in {"SUB", "PRON", "NAME", "DET"}
                trails = group.main > draft.trigger and self.clauses.tag(group.first - 1) in {"NAME", "PRON"}
                if clause_follows or trails:
                    for phrase in self.subjects.get(group.main, []):
                        return self.context.entity(self.number, phrase)
        return None


def relate(context: Context, number: int) -> Iterator[Claim]:
    """Yield what the frames find in sentence `number`."""
    yield from _Sentence(context, number).read()
