"""One sentence while its frames are read: drafts of claims, and how phrases fill their roles."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.extract.discourse.context import Context
from kg.extract.grammar.clauses import Arguments, Clauses, Phrase
from kg.extract.grammar.units import Unit
from kg.model import Entity, Filler, Status
from kg.vocabulary import Frame
from kg.vocabulary.lexicon import EVENT

__all__ = ["Draft", "Reading"]


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
    status: Status = "asserted"
    anaphoric: bool = False
    presumed: bool = False
    partners: list[Filler] = field(default_factory=list)
    others: list[tuple[str, Filler]] = field(default_factory=list)

    def add(self, role: str, fillers: list[Filler]) -> None:
        """Add fillers to a role, each once."""
        for filler in fillers:
            if (role, filler) not in self.roles:
                self.roles.append((role, filler))


class Reading:
    """What the readers of verbs, nouns and modifiers share about one sentence."""

    def __init__(self, context: Context, number: int) -> None:
        self.context = context
        self.number = number
        self.row: list[Unit] = context.rows[number]
        self.clauses: Clauses = context.clauses[number]
        self.lexicon = context.lexicon
        self.ontology = context.ontology
        self.drafts: list[Draft] = []
        self.subjects: dict[int, list[Phrase]] = {}

    def fill(self, draft: Draft, role: str, phrases: list[Phrase]) -> None:
        """Fill a role from phrases; a functional role keeps its first filler."""
        if not role:
            return
        for phrase in phrases:
            if role == EVENT:
                self._event_phrase(draft, phrase)
            else:
                fillers = self.context.fill(self.number, phrase, role)
                many = role not in self.ontology.functional
                if many or not any(r == role for r, _ in draft.roles):
                    draft.add(role, fillers)
                elif phrase is not phrases[0] and self.ontology.ranges[role] != ("Place",):
                    draft.others += [(role, filler) for filler in fillers if isinstance(filler, Entity)]

    def assign(self, draft: Draft, role: str, entity: Entity) -> bool:
        """Put an entity into a role that accepts it, and tell whether it does."""
        accepted = bool(role) and role != EVENT and self.context.accepts(role, entity)
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
            unit = self.row[i]
            # "Investors included X" tells of a round just told; "its investors" are those of any.
            bare = phrase.first == i == phrase.last - 1
            same = any(
                f.event == draft.frame.event
                for w in self.lexicon.nouns.get(unit.low, ())
                if bare or w.rest == tuple(u.low for u in self.row[i - len(w.rest) : i])
                for f in w.frames
            )
            if same or unit.tag == "SERIES":
                draft.anchor, draft.anaphoric = self.canonical(i), True
                self.inside_left(draft, self._frame_of(draft.frame.event), i + (unit.tag == "SERIES"), i)
                return
        head = self.row[phrase.head]
        if head.tag == "PRON" and head.low in {"which", "that", "it", "they"}:
            draft.anaphoric = True

    def inside_left(self, draft: Draft, frame: Frame, first: int, noun: int) -> int:
        """Read what stands before the noun in its phrase: the owner, an amount, a series. Return its start."""
        left = first
        while self.clauses.tag(left - 1) in {
            "ADJ",
            "NOUN",
            "MONEY",
            "SERIES",
            "COUNT",
            "PERCENT",
            "DEMONYM",
            "COMP",
            "TITLE",
        } or (
            self.clauses.tag(left - 1) == "VERB"
            and self.row[left - 1].form in {"VBG", "VBN", "VBD"}
            and self.clauses.tag(left - 2) in {"DET", "POSS", "POSSPRON"}
        ):
            left -= 1
        inside = Phrase(left, noun + 1)
        for role in self._value_roles(frame):
            draft.add(role, self.context.fill(self.number, inside, role))
        owner = frame.slots.get("subject")
        previous = self.clauses.tag(left - 1)
        entity = self.context.owner(self.number, left - 1)
        possessive = [r for r in (owner, frame.slots.get("object")) if r]
        if entity and not any(self.assign(draft, role, entity) for role in possessive):
            return left
        if previous == "NAME" and owner and "series" in self._value_roles(frame):
            self.fill(draft, owner, [Phrase(left - 1, left)])
        return left - 1 if previous in {"POSSPRON", "DET"} else left

    def canonical(self, i: int) -> int:
        """Return the noun that stands for an event told by two: "round of funding" is told by its last."""
        longer = self.clauses.tag(i + 1) == "PREP" and self.row[i + 1].low == "of"
        if longer and self.clauses.tag(i + 2) == "NOUN":
            phrase = (self.row[i].low, "of")
            if any(w.rest == phrase for w in self.lexicon.nouns.get(self.row[i + 2].low, ())):
                return i + 2
        return i

    def _frame_of(self, event: str) -> Frame:
        keys = self.ontology.keys[event]
        frames = [f for f in self.lexicon.frames if f.event == event and f.slots.get("subject") in keys]
        return next(iter(frames), Frame("", event))

    def absorb(self, draft: Draft, arguments: Arguments) -> None:
        """Share the anchor of an event noun among the arguments: "raised $5m in a round led by X" is one round."""
        for phrase in arguments.phrases():
            for i in range(phrase.first, phrase.last):
                low = self.row[i].low
                frames = [
                    f
                    for w in self.lexicon.nouns.get(low, ())
                    for f in w.frames
                    if f.event == draft.frame.event
                ]
                if "series" in self._value_roles(draft.frame):
                    draft.add("series", self.context.fill(self.number, Phrase(i, i + 1), "series"))
                if frames and "subject" in frames[0].slots and draft.anchor == draft.trigger:
                    draft.anchor = self.canonical(i)

    def forbidden(self, frame: Frame, first: int, last: int) -> bool:
        """Tell whether a word that silences the frame stands among units `first` to `last`."""
        if not frame.unless:
            return False
        text = " " + " ".join(u.low for u in self.row[first:last]) + " "
        return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in frame.unless)

    def _value_roles(self, frame: Frame) -> list[str]:
        """Return the roles whose value may stand before the noun: "a $5 million Series A round"."""
        roles = [*self.ontology.keys[frame.event], *(r for slot, r in frame.slots.items() if slot != "at")]
        numbers = {"MonetaryAmount", "Quantity"}
        return [
            r for r in dict.fromkeys(roles) if r == "series" or numbers & set(self.ontology.ranges.get(r, ()))
        ]
