"""From claims to events: tellings of one event become one, by the keys that the ontology gives its class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.iris import normalise
from kg.model import (
    Article,
    Claim,
    Document,
    Entity,
    Event,
    Evidence,
    Filler,
    Missed,
    Money,
    PartialDate,
    Quantity,
    Statement,
    Status,
)
from kg.vocabulary import Ontology

__all__ = ["resolve"]

_OF_FIGURES = 2  # keys that two figures share at least to be one: a thing has many figures
_CERTAINTY: dict[Status, int] = {"asserted": 0, "former": 1, "planned": 2, "denied": 3, "rumoured": 4}


@dataclass(slots=True)
class _Support:
    """What speaks for a statement: sentences, who says so, and the highest confidence."""

    evidence: list[Evidence] = field(default_factory=list)
    speakers: list[Entity] = field(default_factory=list)
    confidence: float = 0.0

    def add(self, claim: Claim, confidence: float) -> None:
        """Add a claim's sentence and speaker."""
        if claim.evidence not in self.evidence:
            self.evidence.append(claim.evidence)
        if claim.attributed_to and claim.attributed_to not in self.speakers:
            self.speakers.append(claim.attributed_to)
        self.confidence = max(self.confidence, confidence)

    def first(self, evidence: Evidence) -> None:
        """Put a sentence before the others: it is the primary source."""
        self.evidence = [evidence, *(e for e in self.evidence if e != evidence)]

    def statement(self, role: str, filler: Filler | None, status: Status) -> Statement:
        """Return what is supported; a sentence that names the filler says more than one that points to it."""
        forms = (filler.name, *filler.aliases) if isinstance(filler, Entity) else ()
        naming = [e for e in self.evidence if any(form in e.exact for form in forms)]
        evidence = tuple(naming or self.evidence)
        return Statement(role, filler, status, evidence, tuple(self.speakers), round(self.confidence, 2))


@dataclass(slots=True, eq=False)
class _Growing:
    """An event while claims join it; `number` counts them in the order of the text."""

    type: str
    status: Status
    presumed: bool
    number: int
    support: _Support = field(default_factory=_Support)
    roles: dict[tuple[str, Filler], _Support] = field(default_factory=dict)

    def support_of(self, role: str, filler: Filler) -> _Support:
        """Return what speaks for a filler of a role, to be added to."""
        return self.roles.setdefault((role, filler), _Support())

    def get(self, role: str) -> list[Filler]:
        """Return the fillers of a role."""
        return [filler for name, filler in self.roles if name == role]


def resolve(
    document: Document, claims: Iterable[Claim], ontology: Ontology, missed: Iterable[Missed] = ()
) -> Article:
    """Merge the claims of a document into events.

    >>> from kg.model import Evidence
    >>> a, b = Entity("Company", "A"), Entity("Company", "B")
    >>> told = [Claim("Acquisition", (("acquirer", a), ("acquiree", b)), Evidence(0, 9, "A buys B.")),
    ...         Claim("Acquisition", (("acquiree", b), ("price", Money(5, "USD"))), Evidence(10, 20, "B for $5."))]
    >>> article = resolve(Document("x", "", ()), told, Ontology.load())
    >>> len(article.events), len(article.events[0].fillers("acquirer"))
    (1, 1)
    """
    told_of = _Events(ontology)
    for claim in claims:
        same = [g for g in told_of.near(claim) if _same(g, claim, ontology)]
        # "The round" is the one whose sum was told.
        told = (g for g in same if claim.anaphoric and any(isinstance(f, Money) for _, f in g.roles))
        # Else the one that knows most of what the claim says; among equals, the last one told.
        known = next(told, None) or max(same, key=lambda g: _overlap(g, claim), default=None)
        if known is None:
            known = _Growing(claim.event, claim.status, claim.presumed, len(told_of.all))
        _join(known, claim, ontology)
        told_of.note(known)
    events = tuple(_event(g, ontology) for g in told_of.all if _complete(g, ontology))
    entities = dict.fromkeys(s.filler for e in events for s in e.statements if isinstance(s.filler, Entity))
    return Article(document, tuple(entities), events, tuple(missed))


class _Events:
    """The events of a document, found by who has a key role in them: no claim is compared with all others."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.all: dict[_Growing, None] = {}
        self._by_type: dict[str, dict[_Growing, None]] = defaultdict(dict)
        self._having: dict[tuple[str, str, Filler], dict[_Growing, None]] = defaultdict(dict)
        self._lacking: dict[tuple[str, str], dict[_Growing, None]] = defaultdict(dict)

    def note(self, event: _Growing) -> None:
        """Remember an event, and what it has by now."""
        self.all[event] = None
        self._by_type[event.type][event] = None
        keys = self.ontology.keys.get(event.type, ())
        for role in keys:
            self._lacking[event.type, role][event] = None
        for role, filler in event.roles:
            if role in keys:
                self._having[event.type, role, filler][event] = None
                self._lacking[event.type, role].pop(event, None)

    def near(self, claim: Claim) -> list[_Growing]:
        """Return the events that may be what a claim tells of, the last one told first.

        They have the claim's entity in one of its key roles, the role that fewest do, or nothing in it.
        """
        places: list[list[dict[_Growing, None]]] = []
        for role in self.ontology.keys.get(claim.event, ()):
            said = dict.fromkeys(f for r, f in claim.roles if r == role and isinstance(f, Entity))
            if said:
                having = [self._having[claim.event, role, filler] for filler in said]
                places.append([*having, self._lacking[claim.event, role]])
        if not places:
            return list(reversed(self._by_type[claim.event])) if claim.anaphoric else []
        fewest = min(places, key=lambda found: sum(map(len, found)))
        events = {event for some in fewest for event in some}
        return sorted(events, key=lambda event: event.number, reverse=True)


def _same(event: _Growing, claim: Claim, ontology: Ontology) -> bool:
    """Tell whether a claim is about an event: no role contradicts, and one entity or the words say so."""
    if any(_crossed(event, role, filler, ontology) for role, filler in claim.roles):
        return False
    keys = ontology.keys.get(claim.event, ())
    shared = False
    compared = 0
    for role in keys:
        said = [f for r, f in claim.roles if r == role]
        known = event.get(role)
        if not said or not known:
            continue
        compared += 1
        if not _agree(known, said):
            return False
        shared |= any(isinstance(f, Entity) for f in said)
    if ontology.role(claim.event, "measure") and compared < _OF_FIGURES:
        return False
    return shared or (claim.anaphoric and not any(isinstance(f, Entity) for r, f in claim.roles if r in keys))


def _crossed(event: _Growing, role: str, filler: Filler, ontology: Ontology) -> bool:
    """Tell whether something has another role in an event already: who sells a firm does not buy it as well."""
    has = {r for r, f in event.roles if f == filler} if isinstance(filler, Entity) else set()
    related = (role in ontology.ancestors(r) or r in ontology.ancestors(role) for r in has)
    return bool(has) and not any(related)


def _overlap(event: _Growing, claim: Claim) -> tuple[int, bool]:
    """Count what an event has of a claim already: its roles, and its sentence."""
    return sum(item in event.roles for item in claim.roles), claim.evidence in event.support.evidence


def _agree(known: list[Filler], said: list[Filler]) -> bool:
    """Compare the fillers of a key role: equal, or one told more exactly."""
    if len(known) > 1 or len(said) > 1:
        return set(known) <= set(said) or set(said) <= set(known)
    return _alike(known[0], said[0])


def _alike(one: Filler, other: Filler) -> bool:
    if isinstance(one, Money) and isinstance(other, Money):
        pairs = [(a.value, a.currency) for a in (one, one.equivalent) if a]
        return any((b.value, b.currency) in pairs for b in (other, other.equivalent) if b)
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return (one.value, one.unit) == (other.value, other.unit)
    if isinstance(one, PartialDate) and isinstance(other, PartialDate):
        return one.iso.startswith(other.iso) or other.iso.startswith(one.iso)
    if isinstance(one, str) and isinstance(other, str):
        a, b = set(normalise(one).split()), set(normalise(other).split())
        return a <= b or b <= a
    return one == other


def _join(event: _Growing, claim: Claim, ontology: Ontology) -> None:
    event.support.add(claim, claim.confidence)
    # Naming a deal that is only rumoured does not make it done.
    firmer = event.presumed or _CERTAINTY[claim.status] < _CERTAINTY[event.status]
    if firmer and not claim.presumed:
        event.status, event.presumed = claim.status, False
        event.support.first(claim.evidence)
    for number, (role, filler) in enumerate(claim.roles):
        confidence = claim.certainties[number] if claim.certainties else claim.confidence
        known = event.get(role)
        if role in ontology.functional and known:
            if not _alike(known[0], filler):
                continue
            better = _fuller(known[0], filler)
            support = event.roles.pop((role, known[0]))
            event.roles[role, better] = support
            filler = better  # noqa: PLW2901 - the fuller telling takes the place of the other
        event.support_of(role, filler).add(claim, confidence)
        for above in ontology.superproperties.get(role, ()):
            if above in ontology.ranges:
                event.support_of(above, filler).add(claim, confidence)


def _fuller(one: Filler, other: Filler) -> Filler:
    def size(filler: Filler) -> tuple[bool, int, str]:
        equivalent = isinstance(filler, Money) and filler.equivalent is not None
        return equivalent, len(str(filler)), str(filler)

    return max(one, other, key=size)


def _complete(event: _Growing, ontology: Ontology) -> bool:
    """Tell whether an event tells something: its required roles are there, and one more than its key entity."""
    required = ontology.required.get(event.type, ())
    if any(len(event.get(role)) < required.count(role) for role in required):
        return False
    return len(event.roles) > 1


def _event(event: _Growing, ontology: Ontology) -> Event:
    own = event.support.statement("", None, event.status)
    order = list(ontology.ranges)
    roles = sorted(event.roles.items(), key=lambda item: order.index(item[0][0]))
    return Event(event.type, (own, *(support.statement(r, f, event.status) for (r, f), support in roles)))
