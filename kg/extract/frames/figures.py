"""Figures: measures with their amounts, counted things, and targets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeAlias

from kg.extract.frames.draft import Reading
from kg.extract.frames.status import verb_status
from kg.extract.grammar.clauses import PAST, VerbGroup
from kg.model import Claim, Entity, Filler, PartialDate, Quantity, Status
from kg.vocabulary import Frame, Ontology

__all__ = ["figures"]

_VALUES = frozenset(("MONEY", "PERCENT", "COUNT"))
_NUMBERS = frozenset(("money", "percent", "count"))
_LONGEST_MEASURE = 3  # words: "assets under management"
_BEFORE = 6  # units before a measure among which its verb stands
_AFTER = 9  # units after a measure within which its figure stands; fewer past a comma
_AFTER_COMMA = 4
_COUNTED_AFTER = 4  # units from a number to what it counts: "more than 350 corporate customers"
_VERB_NEAR = 9  # units between "employs" and the number
_DAY = 2  # hyphens of a full date
_VALUED_AT = 8  # units between "valued" and the sum

Told: TypeAlias = Iterator[tuple[Claim, frozenset[int], bool]]


@dataclass(frozen=True, slots=True)
class _Roles:
    """What the ontology calls a figure's event and its roles."""

    event: str
    subject: str
    measure: str
    figure: str
    date: str

    @classmethod
    @lru_cache(maxsize=8)
    def of(cls, ontology: Ontology) -> _Roles | None:
        """Find the event that has a measure; None where the ontology knows none."""
        for event in ontology.keys:
            measure = ontology.role(event, "measure")
            subject = next((r for r in ontology.roles(event) if not ontology.reads(r)), "")
            figure = next((r for r in ontology.roles(event) if ontology.reads(r) & _NUMBERS), "")
            if measure and subject and figure:
                return cls(event, subject, measure, figure, ontology.role(event, "date"))
        return None


def figures(reading: Reading) -> Iterator[tuple[Claim, bool]]:
    """Yield the figures of a sentence, and of each whether the sentence names whose it is; each number once.

    Targets come first, then measures, then counted things.
    """
    roles = _Roles.of(reading.ontology)
    if roles is None or (reading.row and reading.quoted(0)):
        return
    one = _Figures(reading, roles)
    done: set[int] = set()
    for claims in (one.targets(), one.valuations(), one.measures(), one.counts()):
        for claim, used, stated in claims:
            if not used & done and not reading.quoted(min(used)):
                done |= used
                yield claim, stated


class _Figures:
    """The figures of one sentence."""

    def __init__(self, reading: Reading, roles: _Roles) -> None:
        self.reading = reading
        self.roles = roles
        self.row = reading.row
        self.clauses = reading.clauses

    def _words(self, name: str) -> frozenset[str]:
        return self.reading.language.words(f"figures.{name}")

    def _claim(
        self,
        subject: Entity | None,
        measure: str,
        i: int,
        status: Status | None = "asserted",
        date: PartialDate | None = None,
        *,
        falls: bool = False,
        stated: bool = True,
    ) -> Told:
        value = self.row[i].value
        if subject is None or value is None or status is None:
            return
        if falls and isinstance(value, Quantity):
            value = replace(value, value=-abs(value.value))
        roles: list[tuple[str, Filler]] = [
            (self.roles.subject, subject), (self.roles.measure, measure), (self.roles.figure, value)
        ]  # fmt: skip
        date = date or self._date(i)
        if date and self.roles.date:
            roles.append((self.roles.date, date))
        evidence = self.reading.discourse.parsed.evidence(self.reading.number)
        stated &= any(u.entity == subject for u in self.row)
        yield Claim(self.roles.event, tuple(roles), evidence, status), frozenset([i]), stated

    def _date(self, i: int) -> PartialDate | None:
        """Return the date of a figure: the nearest in its clause."""
        dates = [j for j, u in enumerate(self.row) if u.tag == "DATE" and self._dates(j)]
        near = [j for j in dates if not any(u.tag == "VERB" for u in self.row[min(i, j) : max(i, j)])]
        value = self.row[min(near, key=lambda j: (abs(j - i), j < i))].value if near else None
        return value if isinstance(value, PartialDate) else None

    def _dates(self, j: int) -> bool:
        """Tell whether a date may be a figure's: a day is mostly that of the report, but not in "as of May 3"."""
        day = isinstance(value := self.row[j].value, PartialDate) and value.iso.count("-") == _DAY
        return not day or self.reading.low(j - 1) in self._words("until")

    def _subject(self, group: VerbGroup) -> Entity | None:
        return self.reading.first(self.clauses.subject(group))

    def _person(self, entity: Entity) -> bool:
        return self.reading.family(entity) == "Person"

    def _frame(self, group: VerbGroup, *, target: bool) -> Frame | None:
        words = self.reading.lexicon.verbs.get(self.row[group.main].low, ())
        frames = (f for w in words for f in w.frames if f.event == self.roles.event and f.measure)
        return next((f for f in frames if bool(f.only) == target), None)

    def targets(self) -> Told:
        """Read "X aims to grow its Y to A by 2020 and B by 2025": each figure with the date that follows it."""
        row, clauses = self.row, self.clauses
        for group in clauses.verbs:
            frame = self._frame(group, target=True)
            if frame is None or verb_status(self.reading, group) != frame.only:
                continue
            end = next((k for k in range(group.last, len(row)) if row[k].tag == "PUNCT"), len(row))
            values = [k for k in range(group.last, end) if row[k].tag in _VALUES]
            reaching = (k for k in range(group.last, end) if row[k].low in self._words("reaching"))
            object_end = next(reaching, values[0] if values else end)
            words = [u.text for u in row[group.last : object_end] if u.tag not in {"POSSPRON", "DET"}]
            if not words:
                continue
            measure = f"{frame.measure}: {' '.join(words)}"
            for k, following in zip(values, [*values[1:], end], strict=False):
                value = next((row[d].value for d in range(k, following) if row[d].tag == "DATE"), None)
                date = value if isinstance(value, PartialDate) else None
                if row[k].tag == "MONEY" or date or k == values[0]:
                    yield from self._claim(self._subject(group), measure, k, "planned", date)

    def valuations(self) -> Told:
        """Read verbs that measure by themselves: "valued at $1 billion", "raised $163 million to date"."""
        row, clauses = self.row, self.clauses
        for group in clauses.verbs if any(u.tag == "MONEY" for u in row) else ():
            if group.lemma in self._words("total_verbs") and self._in_total(group):
                stop = min(clauses.arguments(group.last).end + 1, len(row))
                sums = (k for k in range(group.last, stop) if row[k].tag == "MONEY")
                if (k := next(sums, None)) is not None:
                    for measure in self._words("total_measure"):
                        status = verb_status(self.reading, group)
                        yield from self._claim(self._subject(group), measure, k, status)
            frame = self._frame(group, target=False)
            if frame:
                objects = clauses.arguments(group.last).objects
                phrases = clauses.subject(group) if group.passive or group.form in PAST else objects
                named = [p for p in objects if row[p.head].tag not in _VALUES]
                subject = self.reading.first(named or phrases) or self._topic(group.main)
                near = range(group.last, min(group.last + _VALUED_AT, len(row)))
                if (at := next((k for k in near if row[k].tag == "MONEY"), None)) is not None:
                    yield from self._claim(subject, frame.measure, at, verb_status(self.reading, group))

    def _in_total(self, group: VerbGroup) -> bool:
        stop = self.clauses.arguments(group.last).end + _BEFORE
        text = " ".join(u.low for u in self.row[max(0, group.first - _BEFORE) : stop])
        return any(words in text for words in self._words("total"))

    def _topic(self, i: int) -> Entity | None:
        return self.reading.discourse.topic(self.row[i].start)

    def measures(self) -> Told:
        """Read "revenue of $1 billion", "net income rose 15% to $2 billion", "$1 billion in revenue"."""
        row = self.row
        known = self.reading.lexicon.category("Measure")
        i = 0 if any(u.tag in {"MONEY", "PERCENT"} for u in row) else len(row)
        while i < len(row):
            sizes = range(min(_LONGEST_MEASURE, len(row) - i), 0, -1)
            size = next((n for n in sizes if " ".join(u.low for u in row[i : i + n]) in known), 0)
            if not size or row[i].tag == "VERB":
                i += 1
                continue
            measure = " ".join(u.low for u in row[i : i + size])
            owner, stated = self._owner(i)
            for k in self._values(i, i + size):
                if row[k].tag in {"MONEY", "PERCENT"}:
                    yield from self._measured(owner, measure, i, k, stated=stated)
            i += size

    def _measured(self, owner: Entity | None, measure: str, i: int, k: int, *, stated: bool) -> Told:
        """Tell what value k is of a measure by the words beside it: "sales fell 4%" is a change, and negative."""
        units = self.row[max(0, min(i, k) - _BEFORE) : max(i, k)]
        near = {u.lemma or u.low for u in units} | {u.low for u in units}
        status: Status = "planned" if near & self._words("expected") else "asserted"
        itself = measure.rsplit(maxsplit=1)[-1] in self._words("shares")
        if self.row[k].tag != "PERCENT" or itself:
            yield from self._claim(owner, measure, k, status, stated=stated)
        else:
            falls = bool(near & self._words("falls"))
            yield from self._claim(owner, f"{measure} change", k, status, falls=falls, stated=stated)

    def _values(self, first: int, last: int) -> Iterator[int]:
        """Yield the values that a measure word governs: "$X in MEASURE" before it, or after it in its clause."""
        row, reading = self.row, self.reading
        join = first - 1
        while reading.tag(join) in {"ADJ", "NOUN"} and first - join < _LONGEST_MEASURE:
            join -= 1
        if reading.low(join) in self._words("before"):
            before = join - 1 - (reading.tag(join - 1) == "NOUN")  # "12% in profit", "a 12% fall in profit"
            if reading.tag(before) in _VALUES:
                yield before
                return
        if reading.tag(first - 1) == "MONEY":
            yield first - 1
            return
        for k in range(last, min(last + _AFTER, len(row))):
            if row[k].tag in {"PUNCT", "REL", "SUB", "CC"} or (
                row[k].tag == "COMMA" and k > last + _AFTER_COMMA
            ):
                return
            if row[k].tag in _VALUES:
                yield k

    def _owner(self, i: int) -> tuple[Entity | None, bool]:
        """Return whose measure it is, and whether its clause says so.

        It is its possessor or the subject of its verb, else whoever speaks, or what the text is about.
        """
        row, clauses, reading = self.row, self.clauses, self.reading
        j = i - 1
        while reading.tag(j) in {"ADJ", "NOUN", "COUNT", "DATE", "MONEY", "PERCENT"}:
            j -= 1
        if (owner := reading.owner(j)) is not None:
            return owner, True
        if reading.tag(j) == "NAME":
            return row[j].entity, True
        for prep, phrases in clauses.arguments(i + 1, nominal=True).preps[:1]:
            if prep in self._words("of") and (stated := reading.first(phrases)):
                return stated, True
        group = next((g for g in reversed(clauses.verbs) if g.main < i), None)
        if group and (subject := self._subject(group)) and not self._person(subject):
            return subject, True
        named = any(u.entity and reading.discourse.organizational(u.entity) for u in row)
        return (self._speaking() if named else reading.discourse.focus), False

    def _speaking(self) -> Entity | None:
        """Return the organization that is the subject of the sentence's first verb: "X said profit fell"."""
        subjects = map(self._subject, self.clauses.verbs[:1])
        return next((s for s in subjects if s and not self._person(s)), None)

    def counts(self) -> Told:
        """Read "employs 230 people", "its 85 stores", "has more than 350 companies as customers"."""
        row, reading = self.row, self.reading
        counted, having = (reading.lexicon.category(name) for name in ("Counted", "HasVerb"))
        for i, unit in enumerate(row):
            if unit.tag != "COUNT":
                continue
            near = range(i + 1, min(i + _COUNTED_AFTER, len(row)))
            head = next((k for k in near if row[k].low in counted), None)
            apart = {"COMMA", "PREP", "VERB", "PUNCT", "CC"}
            if head is None or any(row[k].tag in apart for k in range(i + 1, head)):
                continue
            measure = " ".join(u.low for u in row[i + 1 : head + 1])
            if row[head].low in self._words("employees"):
                measure = "employees"
            group = next(
                (g for g in reversed(self.clauses.verbs) if g.main < i and i - g.main < _VERB_NEAR), None
            )
            words = reading.lexicon.verbs.get(row[group.main].low, ()) if group else ()
            has = any(w.lemma in having for w in words)
            owner = reading.owner(i - 1)
            if owner is None and group and has:
                owner = self._subject(group) or self._topic(group.main)
            if owner and not self._person(owner):
                status = verb_status(reading, group) if group and has else "asserted"
                yield from self._claim(owner, measure, i, status)
