"""Posts: who has which title where, from appositions, titles before names, and the verbs of coming and going."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kg.extract.frames.draft import Reading
from kg.extract.frames.status import verb_status
from kg.extract.grammar.clauses import PAST, VerbGroup
from kg.model import Claim, Entity, Filler, Status
from kg.vocabulary import Frame, Ontology

__all__ = ["Post", "posts"]

_BEFORE_TITLE = frozenset("DET ADJ ADV POSS POSSPRON NAME NOUN DEMONYM COUNT COMP DATE".split())
_APPOSITION = 9  # units between a person's comma and the title: a longer stretch tells of something else
_BEYOND = 8  # units after a title within which its person follows
_MARKS = 4  # units before a title among which "former" or "as" belongs to it


@dataclass(frozen=True, slots=True)
class Post:
    """A claim that a person has a title at an organization; `stated` if the text names that beside the title."""

    claim: Claim
    person: Entity
    organization: Entity
    stated: bool


@dataclass(frozen=True, slots=True)
class _Roles:
    """What the ontology calls a position and its roles."""

    event: str
    person: str
    organization: str
    title: str

    @classmethod
    @lru_cache(maxsize=8)
    def of(cls, ontology: Ontology) -> _Roles | None:
        """Find the event that has a title, a person and an organization; None where the ontology knows none."""
        for event in ontology.keys:
            title = ontology.role(event, "title")
            person, organization = (ontology.thing(event, f) for f in ("Person", "Organization"))
            if title and person and organization:
                return cls(event, person, organization, title)
        return None


def posts(reading: Reading) -> Iterator[Post]:
    """Yield what each title of a sentence says: a position, and what else its words mean ("founder")."""
    roles = _Roles.of(reading.ontology)
    if roles:
        for i, unit in enumerate(reading.row):
            if unit.tag == "TITLE":
                yield from _Title(reading, roles, i).read()


class _Title:
    """One title in its sentence."""

    def __init__(self, reading: Reading, roles: _Roles, i: int) -> None:
        self.reading = reading
        self.roles = roles
        self.i = i
        self.text = " ".join(reading.row[i].text.split())
        self.low = self.text.lower()

    def _words(self, name: str) -> frozenset[str]:
        return self.reading.language.words(f"posts.{name}")

    def read(self) -> Iterator[Post]:
        """Yield the claims of the title."""
        person, side = self._person()
        if person is None:
            return
        organization, stated = self._organization(side)
        if organization is None or (self._generic() and not stated):
            return
        evidence = self.reading.discourse.parsed.evidence(self.reading.number)
        meanings = list(self._meanings())
        has = self.roles
        if not any(self.low in frame.nouns for frame in meanings):
            status: Status = "former" if self._gone(person) else self._status()
            told: tuple[tuple[str, Filler], ...] = ((has.person, person), (has.organization, organization))
            yield Post(
                Claim(has.event, (*told, (has.title, self.text)), evidence, status),
                person,
                organization,
                stated,
            )
            before = self._predecessor()
            if before and before != person:
                had: Status = "former" if status == "asserted" else "asserted"
                told = ((has.person, before), told[1], (has.title, self.text))
                yield Post(Claim(has.event, told, evidence, had), before, organization, stated)
        for frame in meanings:
            told = ((frame.slots["of"], organization), (frame.slots["holder"], person))
            yield Post(Claim(frame.event, told, evidence), person, organization, stated)

    def _generic(self) -> bool:
        """Tell a title that says nothing without its organization: "senior analyst"."""
        *before, last = self.low.split()
        kinds = self._words("kinds")
        return last in self._words("generic") and (not before or (len(before) == 1 and before[0] in kinds))

    def _meanings(self) -> Iterator[Frame]:
        """Yield the frames of relations that the title's words name: a founder's."""
        for frame in self.reading.lexicon.frames:
            holder, of = frame.slots.get("holder", ""), frame.slots.get("of", "")
            ontology = self.reading.ontology
            fits = (
                frame.event != self.roles.event
                and any(ontology.family(r) == "Person" for r in ontology.ranges.get(holder, ()))
                and any(ontology.family(r) == "Organization" for r in ontology.ranges.get(of, ()))
            )
            words = self.low.replace("/", " ").split()
            if fits and any(_within(noun.split(), words) for noun in frame.nouns):
                yield frame

    def _is_person(self, j: int) -> Entity | None:
        """Return the person that unit j names, or what may be one by its two words."""
        reading = self.reading
        entity = reading.row[j].entity if 0 <= j < len(reading.row) else None
        if entity is None or not reading.accepts(self.roles.person, entity):
            return None
        known = reading.family(entity) == "Person"
        return entity if known or (entity.type == "Unknown" and len(entity.name.split()) > 1) else None

    def _person(self) -> tuple[Entity | None, str]:
        """Find the person of the title and on which side of it they stand."""
        if found := self._is_person(self.i + 1):
            return found, "after"
        if found := self._before():
            return found, "before"
        if found := self._after():
            return found, "after"
        return None, ""

    def _before(self) -> Entity | None:
        """Find who has the title said of them: "X, the chief", "X is chief", "X, who was chief", "X joins as chief"."""
        reading, i = self.reading, self.i
        until = self._words("until")
        j = i - 1
        while (
            j >= 0 and (reading.tag(j) in _BEFORE_TITLE or reading.low(j) in until) and not self._is_person(j)
        ):
            j -= 1
        tag = reading.tag(j)
        if tag in {"COMMA", "LPAR"} and i - j < _APPOSITION:
            return self._is_person(j - 1)
        k = j - 1 if tag == "AUX" else j
        while reading.tag(k) == "ADV":  # "who previously was"
            k -= 1
        if tag == "AUX" and (found := self._is_person(k)):
            return found
        if reading.tag(k) == "REL":
            return self._is_person(k - 1 - (reading.tag(k - 1) == "COMMA"))
        if tag == "PREP" and reading.low(j) in self._words("into"):
            return self._placed(j)
        if tag == "VERB" and reading.row[j].lemma in self._words("becoming") | self._words("appointing"):
            return self._placed(j + 1)
        return None

    def _after(self) -> Entity | None:
        """Find who follows the title's own words: "the chief executive of Acme, X", "chief of Acme X"."""
        reading, i = self.reading, self.i
        clauses = reading.clauses
        end = clauses.arguments(i + 1, nominal=True).end
        if reading.tag(end) == "COMMA" and (found := self._is_person(end + 1)):
            return found
        if (
            reading.tag(i + 1) == "COMMA"
            and reading.tag(i + 3) == "COMMA"
            and (found := self._is_person(i + 2))
        ):
            return found
        k = i + 1
        while reading.tag(k) == "PREP" and reading.tag(k + 1) in {"NAME", "DET"} and k < i + _BEYOND:
            phrase = clauses.phrase_after(k + 1)
            if not phrase:
                break
            if found := self._is_person(phrase.last):
                return found
            if found := self._is_person(phrase.head):
                return found if phrase.head > k + 1 else None
            k = phrase.last
        return None

    @cached_property
    def _governor(self) -> VerbGroup | None:
        """The verb before the title."""
        return next((g for g in reversed(self.reading.clauses.verbs) if g.main < self.i), None)

    def _placed(self, j: int) -> Entity | None:
        """Return who comes to the title by the verb before unit j: "appoints X as", "X joins as", "X takes over as"."""
        group, row = self._governor, self.reading.row
        if group is None or group.main >= j:
            return None
        if self._leaves(group):
            return self.reading.first(
                p for p in self.reading.clauses.subject(group) if self._is_person(p.head)
            )
        follows = group.lemma in self._words("following")
        comes = self._words("appointing") | self._words("taking") | self._words("becoming")
        if not (follows or group.lemma in comes):
            return None
        # Who is named after "succeeds" is the one before.
        after = [] if follows else [u.entity for u in row[group.last : j] if u.entity]
        before = [row[k].entity for k in range(group.first - 1, -1, -1)]
        people = (e for e in (*after, *before) if e and self.reading.family(e) == "Person")
        return next(people, None)

    def _predecessor(self) -> Entity | None:
        """Return Y of "X succeeds Y as chief"."""
        group, row = self._governor, self.reading.row
        if group is None or group.lemma not in self._words("following"):
            return None
        if self.reading.low(self.i - 1) not in self._words("into"):
            return None
        people = (u.entity for u in row[group.last : self.i] if u.entity)
        return next((e for e in people if self.reading.family(e) == "Person"), None)

    def _usable(self, entity: Entity | None) -> Entity | None:
        reading = self.reading
        usable = entity is not None and reading.accepts(self.roles.organization, entity)
        return entity if usable and entity and reading.family(entity) != "Person" else None

    def _organization(self, side: str) -> tuple[Entity | None, bool]:
        """Find the organization of the title, and whether the text names it beside the title."""
        reading = self.reading
        j = self.i - 1
        while reading.tag(j) in {"ADJ", "NOUN", "DEMONYM", "ADV"}:
            j -= 1
        if owner := reading.owner(j):
            found = self._usable(owner)
            return found, found is not None
        found, elsewhere = self._place_after(side)
        named = reading.tag(j) == "NAME"
        told = self._acting(j) or self._joined(j) or self._led(j)
        before = self._usable(reading.row[j].entity) if named else told
        found = before or found or (self._persons_owner() if side == "before" and not elsewhere else None)
        if found or elsewhere:
            return found, found is not None
        return self._usable(reading.discourse.focus), False

    def _place_after(self, side: str) -> tuple[Entity | None, bool]:
        """Find Acme of "chief of Acme", and whether something else stands there, which is no organization."""
        reading, i = self.reading, self.i
        k = i + 2 if side == "after" and reading.tag(i + 1) != "PREP" else i + 1
        joins = self._words("at") | (self._words("in") if side == "before" else frozenset())
        phrase = reading.clauses.phrase_after(k + 1) if reading.low(k) in joins else None
        if phrase is None:
            return None, False
        if found := self._usable(reading.entity(phrase)):
            return found, False
        if reading.tag(phrase.head) == "NAME":
            return None, True
        units = reading.row[phrase.first : phrase.last]
        return next((e for e in (self._usable(u.entity) for u in units) if e), None), False

    def _acting(self, j: int) -> Entity | None:
        """Return Acme of "Acme hires X", "Acme fires chief executive X", where j is the verb."""
        group = self._governor
        deals = self._words("appointing") | self._words("removing")
        if group is None or group.main != j or group.passive or group.lemma not in deals:
            return None
        return self._usable(self.reading.first(self.reading.clauses.subject(group)))

    def _joined(self, j: int) -> Entity | None:
        """Return Acme of "joins Acme as chief", where j is the "as"."""
        group = self._governor
        if group is None or self.reading.low(j) not in self._words("into"):
            return None
        return self._usable(self.reading.row[group.last].entity)

    def _led(self, j: int) -> Entity | None:
        """Return Acme of "Acme, led by chief executive X", where j is the "by"."""
        group, words = self._governor, self.reading.language.words("grammar.doers")
        if group is None or group.last != j or self.reading.low(j) not in words:
            return None
        if group.lemma not in self._words("leading") or group.form not in PAST:
            return None
        return self._usable(self.reading.first(self.reading.clauses.subject(group)))

    def _persons_owner(self) -> Entity | None:
        """Return Acme of "Acme's X, the chief executive"."""
        reading = self.reading
        comma = self.i - 1
        while comma > 0 and reading.tag(comma) != "COMMA":
            comma -= 1
        if reading.tag(comma - 2) != "POSS":
            return None
        return self._usable(reading.entity(reading.clauses.phrase_before(comma - 2)))

    def _gone(self, person: Entity) -> bool:
        """Tell whether the person had the title once, leaves it, or is removed: "was chief", "has resigned"."""
        reading, i = self.reading, self.i
        k = i - 1
        while reading.tag(k) in _BEFORE_TITLE:
            k -= 1
        if k >= 0 and (
            reading.low(k) in self._words("was") or reading.row[k].lemma in self._words("removing")
        ):
            return True
        for group in reading.clauses.verbs:
            if not (self._leaves(group) and verb_status(reading, group) == "asserted"):
                continue
            if group.main < i:
                if self._leaves_title(group, person):
                    return True
                continue
            who = reading.clauses.subject(group)
            if any(p.first <= i < p.last or reading.entity(p) == person for p in who):
                return True
        return False

    def _leaves(self, group: VerbGroup) -> bool:
        """Tell whether a verb says that its subject leaves a post, by itself or at the hands of others."""
        reading = self.reading
        phrase = f"{group.lemma} {reading.low(group.last)}"
        if phrase in self._words("leaving") or (group.lemma in self._words("leaving") and not group.passive):
            objects = reading.clauses.arguments(group.last).objects
            return all(reading.row[p.head].low in self._words("left") for p in objects)
        forced = group.lemma in self._words("removing") or phrase in self._words("removing")
        return forced and group.passive

    def _leaves_title(self, group: VerbGroup, person: Entity) -> bool:
        """Tell "X stepped down as chief": the title follows its verb, with nothing of a clause between."""
        reading = self.reading
        between = range(group.last, self.i)
        as_title = any(reading.low(k) in self._words("into") | self._words("from") for k in between)
        apart = any(reading.tag(k) in {"VERB", "COMMA", "PUNCT"} for k in between)
        return as_title and not apart and reading.first(reading.clauses.subject(group)) in {person, None}

    def _status(self) -> Status:
        reading, i = self.reading, self.i
        near = [reading.low(k) for k in range(max(0, i - _MARKS), i)]
        if any(w.removeprefix("-") in self._words("former") for w in near):
            return "former"
        group = self._governor
        if self._past(group):
            return "former"
        if group is None:
            return "asserted"
        comes = group.lemma in self._words("following") | self._words("appointing") | self._words("taking")
        comes &= not self._leaves(group)
        into = self._words("into") & set(near)
        becomes = group.lemma in self._words("becoming") and group.last <= i <= group.last + _MARKS
        direct = group.lemma in self._words("appointing") and group.last <= i
        if (comes and into) or becomes or direct:
            return verb_status(reading, group) or "asserted"
        be = [c for c in reading.clauses.copulas if c < i and i - c <= _MARKS + 1]
        if be and any(reading.tag(k) == "MODAL" for k in range(max(0, be[-1] - 2), be[-1])):
            return "planned"
        return "asserted"

    def _past(self, group: VerbGroup | None) -> bool:
        """Tell what ended with its time: "chief until 2020", "served as chief"."""
        reading = self.reading
        end = reading.clauses.arguments(self.i + 1, nominal=True).end
        until = any(reading.low(k) in self._words("until") for k in range(self.i + 1, end + 1))
        dated = any(reading.tag(k) == "DATE" for k in range(self.i + 1, end + 2))
        spent = group and group.lemma in self._words("spent") and group.form == "VBD" and not group.perfect
        return (until and dated) or (bool(spent) and reading.low(self.i - 1) in self._words("into"))


def _within(words: list[str], title: list[str]) -> bool:
    return any(title[k : k + len(words)] == words for k in range(len(title)))
