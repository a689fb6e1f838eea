"""Frames and the learned reader together: what is sure enough stays, with how sure it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from kg.extract.decide.calibration import Calibration, Clues
from kg.extract.discourse.coreference import Discourse
from kg.extract.frames import Told
from kg.extract.learned.events import Labels, decode, role_pairs
from kg.extract.learned.events import claims as learned_claims
from kg.extract.learned.reader import Read, Scored
from kg.extract.learned.schema import Label
from kg.model import Claim, Entity, Filler, Missed, PartialDate, Quantity
from kg.vocabulary import Ontology

__all__ = ["Proposals", "weigh"]

_WORTH_TELLING = 0.25  # of rejected candidates, those that are not far from being kept
_EVEN = 0.5
Key = tuple[Label, Filler, Filler]


@dataclass(frozen=True, slots=True)
class Proposals:
    """What the frames tell of a document, and what the learned reader makes of it, if one was asked.

    `labels` are those of the reader.
    """

    discourse: Discourse
    told: Told
    read: Read | None = None
    labels: tuple[Label, ...] = ()

    def clues(self) -> dict[Key, Clues]:
        """Return what speaks for each labelled pair of fillers that the reader or a frame proposes."""
        best: dict[Key, Scored] = {}
        for s in self.read.scored if self.read else ():
            key = s.label, s.first, s.second
            if key not in best or best[key].probability < s.probability:
                best[key] = s
        found = {
            key: Clues(s.probability, across=s.mentions[0].sentence != s.mentions[1].sentence)
            for key, s in best.items()
        }
        seen = self.read.seen if self.read else frozenset[tuple[Filler, Filler]]()
        for claims, how in ((self.told.guessed, "guessed"), (self.told.claims, "stated")):
            for key in (pair for claim in claims for pair in role_pairs(claim, self.labels)):
                before = found.get(key) or Clues(0.0 if key[1:] in seen else None)
                found[key] = before._replace(**{how: True})
        return found


def weigh(proposals: Proposals, calibration: Calibration, least: float) -> tuple[list[Claim], list[Missed]]:
    """Weigh what both say of each pair: what is `least` probable or more, and what is rejected."""
    discourse, told = proposals.discourse, proposals.told
    odds = _Odds(proposals, calibration)
    labels = Labels.of(proposals.labels, discourse.ontology)
    framed = {key for key, clues in odds.clues.items() if clues.stated or clues.guessed}
    weighed = [_weighed(claim, odds, least) for claim in told.claims]
    # Whatever is asked for, so that who asks for less gets some of what who asks for more gets.
    stated = [claim for claim in weighed if claim.confidence >= _EVEN]
    weighed += [_weighed(claim, odds, least) for claim in told.guessed]
    kept = [claim for claim in weighed if claim.confidence >= least]
    rejected = [_unsure(claim, least) for claim in weighed if claim.confidence < least]
    new = []
    overruled = _Overruled(discourse, stated, told.untold)
    scored = proposals.read.scored if proposals.read else ()
    for s in decode((s for s in scored if not _origin(discourse, s)), labels):
        key = s.label, s.first, s.second
        probability = odds(key)
        taken = key not in framed and overruled(s)
        if probability >= least and not taken:
            new.append((s, probability))
        elif probability >= _WORTH_TELLING and key not in framed:
            evidence = discourse.parsed.evidence(s.mentions[1].sentence)
            candidate = Claim(s.label.event, _roles(s), evidence, s.status, confidence=probability)
            rejected.append(
                Missed(evidence, "a frame makes another fact of it", candidate)
                if taken
                else _unsure(candidate, least)
            )
    new = _apart(_nearest(new, framed), framed, discourse)
    vocabulary = discourse.ontology, discourse.lexicon
    read = learned_claims(discourse.parsed, new, framed, labels, vocabulary)
    claims = _parted([*kept, *read], discourse.ontology)
    return claims, list(dict.fromkeys(rejected))


def _nearest(read: list[tuple[Scored, float]], framed: set[Key]) -> list[tuple[Scored, float]]:
    """Leave out what is read across sentences where one sentence says the same."""

    def inside(s: Scored) -> bool:
        return s.mentions[0].sentence == s.mentions[1].sentence

    told = framed | {(s.label, s.first, s.second) for s, _ in read if inside(s)}
    return [(s, p) for s, p in read if inside(s) or (s.label, s.first, s.second) not in told]


def _apart(
    read: list[tuple[Scored, float]], framed: set[Key], discourse: Discourse
) -> list[tuple[Scored, float]]:
    """Leave out that A and B are partners where "X works with A and B" says that each is X's."""
    partners: dict[tuple[Label, Filler], set[Filler]] = defaultdict(set)
    for label, a, b in framed | {(s.label, s.first, s.second) for s, _ in read}:
        if label.first == label.second:
            partners[label, a].add(b)
            partners[label, b].add(a)

    def beside(s: Scored) -> bool:
        both = partners[s.label, s.first] & partners[s.label, s.second]
        if not both or s.mentions[0].sentence != s.mentions[1].sentence:
            return False
        clauses = discourse.parsed.clauses[s.mentions[0].sentence]
        start = min(m.start for m in s.mentions)
        first = next((i for i, u in enumerate(clauses.row) if u.start == start), 0)
        listed = {clauses.row[phrase.head].entity for phrase in clauses.list_after(first)[0]}
        after = {u.entity for u in clauses.row[first:]}  # "A and B work with X": so do A and B
        return {s.first, s.second} <= listed and bool(both - after)

    return [(s, p) for s, p in read if not beside(s)]


def _parted(claims: list[Claim], ontology: Ontology) -> list[Claim]:
    """Mark as former the states that an event told in the same sentence ended: "X sold its unit Y to Z"."""
    ended: dict[tuple[int, str, Filler], list[Filler]] = {}
    for ending in ontology.endings:
        for claim in claims:
            if (claim.event, claim.status) == (ending.event, "asserted"):
                now = [f for r, f in claim.roles if r == ending.holder[1]]
                for thing in (f for r, f in claim.roles if r == ending.thing[1]):
                    ended[claim.evidence.start, ending.state, thing] = now

    def over(claim: Claim) -> bool:
        roles = dict(claim.roles)
        for ending in ontology.endings:
            now = ended.get((claim.evidence.start, ending.state, roles.get(ending.thing[0], "")), [])
            if ending.state == claim.event and claim.status == "asserted" and now:
                return roles.get(ending.holder[0]) not in now
        return False

    return [replace(claim, status="former") if over(claim) else claim for claim in claims]


class _Odds:
    """How probable a labelled pair of fillers is, by reader and frames together."""

    def __init__(self, proposals: Proposals, calibration: Calibration) -> None:
        self.clues = proposals.clues()
        self.seen = proposals.read is not None
        self.labels = proposals.labels
        self.calibration = calibration

    def __call__(self, key: Key) -> float:
        clues = self.clues[key]
        odds = self.calibration.both(key[0], clues)
        # What a frame says, it says of words that stand there: the reader's doubt makes it unsure, not unlikely.
        return max(odds, _EVEN) if clues.stated else odds


class _Overruled:
    """What the frames know better than the reader.

    A figure says one thing, two organizations are one thing to each other, a person has the positions that were
    found in the sentence, and what a sentence only asks or supposes, it does not tell.
    """

    def __init__(self, discourse: Discourse, kept: Sequence[Claim], untold: Sequence[Claim]) -> None:
        self.sentences = discourse.parsed.sentences
        self.once = discourse.ontology.once
        self.family = discourse.ontology.family
        self.used = {
            (c.evidence.start, _unsigned(f))
            for c in kept
            for r, f in c.roles
            if r in self.once.get(c.event, ()) or not isinstance(f, Entity)
        }
        self.ancestors = discourse.ontology.ancestors
        self.roles = {(c.evidence.start, c.event, f): set[str]() for c in kept for _, f in c.roles}
        for c in kept:
            for role, filler in c.roles:
                self.roles[c.evidence.start, c.event, filler].add(role)
        told = [*kept, *untold]
        self.related = {(c.evidence.start, pair) for c in told for pair in self._things(c.roles)}

    def __call__(self, s: Scored) -> bool:
        """Tell whether a frame has made another fact of what a pair would say."""
        starts = [self.sentences[m.sentence].start for m in s.mentions]
        if any(
            self._less(s, start, role, filler)
            for start, (role, filler) in zip(starts, _roles(s), strict=True)
        ):
            return True
        return any(
            (start, _unsigned(filler)) in self.used
            for start, (role, filler) in zip(starts, _roles(s), strict=True)
            if role in self.once.get(s.label.event, ()) or not isinstance(filler, Entity | PartialDate | str)
        ) or any((start, pair) in self.related for start in starts for pair in self._things(_roles(s)))

    def _less(self, s: Scored, start: int, role: str, filler: Filler) -> bool:
        """Tell whether the frames say less of a filler: who takes part in a round does not lead it."""
        said = self.roles.get((start, s.label.event, filler), set())
        return role not in said and bool(said.intersection(self.ancestors(role)[1:]))

    def _things(self, roles: Sequence[tuple[str, Filler]]) -> Iterator[frozenset[Entity]]:
        """Yield the pairs of things among the fillers that are neither people nor places."""
        things = [
            f for _, f in roles if isinstance(f, Entity) and self.family(f.type) not in {"Person", "Place"}
        ]
        yield from map(frozenset, combinations(things, 2))


def _unsigned(filler: Filler) -> Filler:
    """Return a value as it is written: the frames know that "fell 4%" is less than nothing."""
    return replace(filler, value=abs(filler.value)) if isinstance(filler, Quantity) else filler


def _roles(s: Scored) -> tuple[tuple[str, Filler], tuple[str, Filler]]:
    return (s.label.first, s.first), (s.label.second, s.second)


def _origin(discourse: Discourse, s: Scored) -> bool:
    """Tell "Peru's Acme", which says where it comes from, from "Lima's Acme", which says where it sits."""
    ontology = discourse.ontology
    seat = {ontology.family(c) for c in ontology.ranges.get(s.label.second, ())} == {"Place"}
    country = ontology.anchored("Country")
    if not seat or not isinstance(s.second, Entity) or country not in ontology.ancestors(s.second.type):
        return False
    possessives = discourse.lexicon.language.words("names.possessives")
    return discourse.parsed.document.text.startswith(tuple(possessives), s.mentions[1].end)


def _unsure(claim: Claim, least: float) -> Missed:
    return Missed(claim.evidence, f"confidence {claim.confidence:.2f}, below {least:g}", claim)


def _weighed(claim: Claim, odds: _Odds, least: float) -> Claim:
    """Leave out of a claim the roles that are not sure enough; it is as sure as its surest pair."""
    pairs = list(role_pairs(claim, odds.labels))
    if not pairs or not odds.seen:
        return replace(claim, confidence=claim.confidence * odds.calibration.alone(claim.event))
    best: dict[tuple[str, Filler], float] = {}
    for label, first, second in pairs:
        p = odds((label, first, second))
        for role, filler in ((label.first, first), (label.second, second)):
            best[role, filler] = max(best.get((role, filler), 0.0), p)
    surest = max(best.values())
    told = [(item, best.get(item, surest)) for item in claim.roles]
    kept = [(item, p) for item, p in told if p >= least] or told
    return replace(
        claim,
        roles=tuple(item for item, _ in kept),
        confidence=surest,
        certainties=tuple(p for _, p in kept),
    )
