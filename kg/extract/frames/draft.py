"""One sentence while its frames are read: drafts of claims, and how phrases fill their roles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.extract.discourse.coreference import Discourse
from kg.extract.grammar.clauses import Arguments, Clauses, Phrase, VerbGroup
from kg.extract.grammar.units import Unit
from kg.model import Entity, Filler, Status
from kg.vocabulary import Frame
from kg.vocabulary.lexicon import EVENT

__all__ = ["Draft", "Reading"]

_NUMBERS = frozenset(("money", "percent", "count"))
_TAGS = _NUMBERS | {"series", "title", "ticker"}  # grammars whose values are units of a sentence
_BEFORE_NOUN = frozenset("ADJ NOUN MONEY SERIES COUNT PERCENT DEMONYM COMP TITLE".split())


@dataclass(slots=True)
class Draft:
    """A claim in the making. `anchor` is the unit that stands for the event: drafts that share it are one.

    `partners` are those that one thing is "with", `others` what stands beside the filler of a functional role;
    each of them makes an event of its own.
    """

    frame: Frame
    trigger: int
    anchor: int
    roles: list[tuple[str, Filler]] = field(default_factory=list)
    status: Status | None = "asserted"
    anaphoric: bool = False
    presumed: bool = False
    partners: list[Filler] = field(default_factory=list)
    others: list[tuple[str, Filler]] = field(default_factory=list)

    def add(self, role: str, fillers: Iterable[Filler]) -> None:
        """Add fillers to a role, each once."""
        for filler in fillers:
            if (role, filler) not in self.roles:
                self.roles.append((role, filler))

    def has(self, role: str) -> bool:
        """Tell whether a role is filled."""
        return any(r == role for r, _ in self.roles)


class Reading:
    """One sentence of a discourse, as the readers of verbs, nouns, modifiers, posts and figures see it."""

    def __init__(self, discourse: Discourse, number: int) -> None:
        self.discourse = discourse
        self.number = number
        self.clauses: Clauses = discourse.parsed.clauses[number]
        self.row: list[Unit] = self.clauses.row
        self.lexicon = discourse.lexicon
        self.language = discourse.lexicon.language
        self.ontology = discourse.ontology

    def tag(self, i: int) -> str:
        """Return the tag of unit i, "END" outside the sentence."""
        return self.clauses.tag(i)

    def low(self, i: int) -> str:
        """Return unit i in lower case, "" outside the sentence."""
        return self.row[i].low if 0 <= i < len(self.row) else ""

    def agents(self, group: VerbGroup) -> list[Phrase]:
        """Return who acts by a verb: its subject, or of "X's deal to buy Y" the owner of the deal."""
        subject = self.clauses.subject(group)
        if group.infinitive and len(subject) == 1 and self.tag(subject[0].head) == "NOUN":
            for i in range(subject[0].first, subject[0].head):
                if self.tag(i) == "POSSPRON":
                    return [Phrase(i, i + 1)]
                if self.tag(i) == "POSS" and (owner := self.clauses.phrase_before(i)):
                    return [owner]
        return subject

    def entity(self, phrase: Phrase | None) -> Entity | None:
        """Return the thing that a phrase stands for."""
        return self.discourse.entity(self.number, phrase) if phrase else None

    def first(self, phrases: Iterable[Phrase]) -> Entity | None:
        """Return the first thing that one of some phrases stands for."""
        return next((e for e in map(self.entity, phrases) if e), None)

    def owner(self, i: int) -> Entity | None:
        """Return whose the phrase is that unit i opens or stands before."""
        return self.discourse.owner(self.number, i)

    def family(self, entity: Entity) -> str:
        """Return what an entity is at bottom: "Person", "Organization", ..., "Entity" where that is unknown."""
        return self.ontology.family(entity.type)

    def quoted(self, i: int) -> bool:
        """Tell whether unit i stands in a quotation."""
        return self.discourse.quote_at(self.row[i].start) is not None

    def accepts(self, role: str, entity: Entity) -> bool:
        """Tell whether an entity may fill a role; one of no certain class may fill any but a place's."""
        if entity.type == "Unknown" or self.ontology.accepts(role, entity.type):
            return True
        if self.ontology.narrowed(role, entity.type):
            return True
        return entity not in self.discourse.parsed.names.sure and self.family(entity) != "Place"

    def fillers(self, phrase: Phrase, role: str) -> list[Filler]:
        """Return what a phrase puts into a role: a value that the range's grammar reads, or a thing."""
        grammars = self.ontology.reads(role)
        inside = self.row[phrase.first : phrase.last]
        if not grammars:
            entity = self.entity(phrase)
            return [entity] if entity and self.accepts(role, entity) else []
        if (
            grammars & _NUMBERS and self.low(phrase.last) in self.clauses.words.genitives
        ):  # "a sum of $5 million"
            inside = [*inside, *self.row[phrase.last + 1 : phrase.last + 2]]
        tags = {g.upper() for g in grammars & _TAGS}
        unit = next((u for u in inside if u.tag in tags), None)
        if unit:
            return [unit.text if unit.value is None else unit.value]
        words = [u.text for u in inside if u.tag not in {"DET", "POSSPRON"}]
        return [" ".join(words)] if "text" in grammars and words else []

    def fill(self, draft: Draft, role: str, phrases: Iterable[Phrase]) -> None:
        """Fill a role from phrases; a functional role keeps its first filler."""
        if not role:
            return
        for n, phrase in enumerate(phrases):
            if role == EVENT:
                self._event_phrase(draft, phrase)
                continue
            fillers = self.fillers(phrase, role)
            if role not in self.ontology.functional or not draft.has(role):
                draft.add(role, fillers)
            elif n and not self._placed(role):
                draft.others += [(role, filler) for filler in fillers if isinstance(filler, Entity)]

    def _placed(self, role: str) -> bool:
        """Tell whether a role is one of places: "in Paris, France" are not two of them."""
        return {self.ontology.family(r) for r in self.ontology.ranges[role]} == {"Place"}

    def assign(self, draft: Draft, role: str, entity: Entity) -> bool:
        """Put an entity into a role that accepts it, and tell whether it does."""
        accepted = bool(role) and role != EVENT and self.accepts(role, entity)
        if accepted:
            draft.add(role, [entity])
        return accepted

    def fill_prep(self, draft: Draft, role: str, prep: str, phrases: list[Phrase]) -> None:
        """Fill a role from a preposition; those that one thing is "with" are with it one by one."""
        before = len(draft.roles)
        self.fill(draft, role, phrases)
        if prep == "with" and role == draft.frame.slots.get("subject"):
            draft.partners += [f for _, f in draft.roles[before:]]

    def _event_phrase(self, draft: Draft, phrase: Phrase) -> None:
        """Tie a draft to the event that a phrase names: "the round", "its Series D", "the $20 million round"."""
        for i in range(phrase.last - 1, phrase.first - 1, -1):
            # "Investors included X" tells of a round just told; "its investors" are those of any.
            bare = phrase.first == i == phrase.last - 1
            same = any(
                f.event == draft.frame.event
                for w in self.lexicon.nouns.get(self.row[i].low, ())
                if bare or w.rest == tuple(u.low for u in self.row[i - len(w.rest) : i])
                for f in w.frames
            )
            series = self.tag(i) == "SERIES"
            if same or series:
                draft.anchor, draft.anaphoric = self.canonical(i), True
                self.inside_left(draft, self._frame_of(draft.frame.event), i + series, i)
                return
        head = self.row[phrase.head]
        if head.tag == "PRON" and head.low in self.language.words("reference.told"):
            draft.anaphoric = True

    def inside_left(self, draft: Draft, frame: Frame, first: int, noun: int) -> int:
        """Read what stands before the noun in its phrase: the owner, an amount, a series. Return its start."""
        left = first
        while self.tag(left - 1) in _BEFORE_NOUN or (
            self.tag(left - 1) == "VERB"
            and self.row[left - 1].form in {"VBG", "VBN", "VBD"}
            and self.tag(left - 2) in {"DET", "POSS", "POSSPRON"}
        ):
            left -= 1
        inside = Phrase(left, noun + 1)
        values = self._value_roles(frame)
        for role in values:
            draft.add(role, self.fillers(inside, role))
        owner = frame.slots.get("subject")
        previous = self.tag(left - 1)
        entity = self.owner(left - 1)
        possessive = [r for r in (owner, frame.slots.get("object")) if r]
        if entity and not any(self.assign(draft, role, entity) for role in possessive):
            return left
        staged = any("series" in self.ontology.reads(r) for r in values)
        if previous == "NAME" and owner and staged:
            self.fill(draft, owner, [Phrase(left - 1, left)])
        return left - 1 if previous in {"POSSPRON", "DET"} else left

    def canonical(self, i: int) -> int:
        """Return the noun that stands for an event told by two: "round of funding" is told by its last."""
        if (
            self.tag(i + 1) == "PREP"
            and self.low(i + 1) in self.clauses.words.genitives
            and self.tag(i + 2) == "NOUN"
        ):
            phrase = (self.row[i].low, self.row[i + 1].low)
            if any(w.rest == phrase for w in self.lexicon.nouns.get(self.row[i + 2].low, ())):
                return i + 2
        return i

    def _frame_of(self, event: str) -> Frame:
        keys = self.ontology.keys[event]
        frames = (f for f in self.lexicon.frames if f.event == event and f.slots.get("subject") in keys)
        return next(frames, Frame("", event))

    def absorb(self, draft: Draft, arguments: Arguments) -> None:
        """Share the anchor of an event noun among the arguments: "raised $5m in a round led by X" is one round."""
        staged = [r for r in self._value_roles(draft.frame) if "series" in self.ontology.reads(r)]
        for phrase in arguments.phrases():
            for i in range(phrase.first, phrase.last):
                nouns = self.lexicon.nouns.get(self.row[i].low, ())
                frames = [f for w in nouns for f in w.frames if f.event == draft.frame.event]
                for role in staged:
                    draft.add(role, self.fillers(Phrase(i, i + 1), role))
                if frames and "subject" in frames[0].slots and draft.anchor == draft.trigger:
                    draft.anchor = self.canonical(i)

    def forbidden(self, frame: Frame, first: int, last: int) -> bool:
        """Tell whether a word that silences the frame stands among units `first` to `last`."""
        if not frame.unless:
            return False
        text = " " + " ".join(u.low for u in self.row[max(0, first) : last]) + " "
        return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in frame.unless)

    def _value_roles(self, frame: Frame) -> list[str]:
        """Return the roles whose value may stand before the noun: "a $5 million Series A round"."""
        roles = [*self.ontology.keys[frame.event], *(r for slot, r in frame.slots.items() if slot != "at")]
        return [r for r in dict.fromkeys(roles) if self.ontology.reads(r) & (_NUMBERS | {"series"})]

    def governor(self, left: int) -> VerbGroup | None:
        """Return the verb whose object or phrase begins at unit `left`: the nearest before it in its clause."""
        for group in reversed(self.clauses.verbs):
            if (
                group.last <= left
                and not self.clauses.inside_relative(group, left)
                and not any(self.tag(k) in {"SUB", "PUNCT"} for k in range(group.last, left))
            ):
                return group
        return None

    def acts(self, noun: int) -> VerbGroup | None:
        """Return the finite verb whose subject a noun heads: "the deal will help"."""
        for group in self.clauses.verbs:
            if group.finite and group.first > noun:
                relative = any(self.tag(k) == "REL" for k in range(noun, group.first))
                if not relative and any(p.head == noun for p in self.clauses.subject(group)):
                    return group
        return None
