"""Frames and the learned reader together: what is sure enough stays, with how sure it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from kg.extract.decide.calibration import Calibration
from kg.extract.discourse.context import Context
from kg.extract.learned.events import claims as learned_claims
from kg.extract.learned.events import decode, role_pairs
from kg.extract.learned.reader import Scored
from kg.extract.learned.schema import Label
from kg.model import Claim, Entity, Filler, Missed, PartialDate

__all__ = ["Proposals", "combine"]

_WORTH_TELLING = 0.25
_EVEN = 0.5
# Who or what has one event of a kind in a sentence.
_ONCE = frozenset(
    [
        ("Position", "person"),
        ("Headquarters", "organization"),
        ("ProductOffering", "product"),
        ("Subsidiary", "subsidiary"),
    ]
)
Key = tuple[Label, Filler, Filler]


@dataclass(frozen=True, slots=True)
class Proposals:
    """What the frames claim, and what the learned reader makes of each pair that it looked at.

    `seen` is None where no reader was asked.
    """

    context: Context
    frames: list[Claim]
    scored: list[Scored]
    seen: frozenset[tuple[Filler, Filler]] | None = None

    def probabilities(self) -> dict[Key, float]:
        """Return the reader's probability for each labelled pair of fillers, wherever it is highest."""
        best: dict[Key, float] = {}
        for s in self.scored:
            key = s.label, s.first, s.second
            best[key] = max(best.get(key, 0.0), s.probability)
        return best


def combine(proposals: Proposals, calibration: Calibration, least: float) -> tuple[list[Claim], list[Missed]]:
    """Weigh what both say of each pair: what is `least` probable or more, and what is rejected."""
    odds = _Odds(proposals, calibration)
    framed = {pair for claim in proposals.frames for pair in role_pairs(claim)}
    weighed = [_weighed(claim, odds, least) for claim in proposals.frames]
    kept = [claim for claim in weighed if claim.confidence >= least]
    rejected = [_unsure(claim, least) for claim in weighed if claim.confidence < least]
    new = []
    read = _Read(proposals.context, kept)
    for s in decode(s for s in proposals.scored if not _origin(proposals.context, s)):
        key = s.label, s.first, s.second
        probability = odds(*key, framed=key in framed)
        taken = key not in framed and read.otherwise(s)
        if probability >= least and not taken:
            new.append((s, probability))
        elif probability >= _WORTH_TELLING and key not in framed:
            evidence = proposals.context.evidence(s.mentions[1].sentence)
            candidate = Claim(s.label.event, _roles(s), evidence, s.status, confidence=probability)
            rejected.append(
                Missed(evidence, "a frame makes another fact of it", candidate)
                if taken
                else _unsure(candidate, least)
            )
    claims = _parted([*kept, *learned_claims(proposals.context, _nearest(new, framed), framed)])
    return claims, list(dict.fromkeys(rejected))


def _nearest(read: list[tuple[Scored, float]], framed: set[Key]) -> list[tuple[Scored, float]]:
    """Leave out what is read across sentences where one sentence says the same."""

    def inside(s: Scored) -> bool:
        return s.mentions[0].sentence == s.mentions[1].sentence

    told = framed | {(s.label, s.first, s.second) for s, _ in read if inside(s)}
    return [(s, p) for s, p in read if inside(s) or (s.label, s.first, s.second) not in told]


def _parted(claims: list[Claim]) -> list[Claim]:
    """Mark as former what a sale told in the same sentence ended: "X sold its unit Y to Z"."""
    buyers = {
        (claim.evidence.start, sold): [f for r, f in claim.roles if r == "acquirer"]
        for claim in claims
        if (claim.event, claim.status) == ("Acquisition", "asserted")
        for role, sold in claim.roles
        if role == "acquiree"
    }

    def ended(claim: Claim) -> bool:
        roles = dict(claim.roles)
        bought_by = buyers.get((claim.evidence.start, roles.get("subsidiary", "")), [])
        had = claim.event == "Subsidiary" and claim.status == "asserted"
        return had and bool(bought_by) and roles.get("parent") not in bought_by

    return [replace(claim, status="former") if ended(claim) else claim for claim in claims]


class _Odds:
    """How probable a labelled pair of fillers is, by reader and frames together."""

    def __init__(self, proposals: Proposals, calibration: Calibration) -> None:
        self.best = proposals.probabilities()
        self.seen = proposals.seen
        self.calibration = calibration

    def __call__(self, label: Label, first: Filler, second: Filler, *, framed: bool) -> float:
        seen = self.seen is not None and (first, second) in self.seen
        probability = self.best.get((label, first, second), 0.0) if seen else None
        odds = self.calibration.both(label, probability, framed=framed)
        # What a frame says, it says of words that stand there: the reader's doubt makes it unsure, not unlikely.
        return max(odds, _EVEN) if framed else odds


class _Read:
    """What the frames have read: a figure says one thing, two organizations are one thing to each other.

    And a person has the positions that were found in the sentence.
    """

    def __init__(self, context: Context, kept: Sequence[Claim]) -> None:
        self.context = context
        self.used = {
            (c.evidence.start, f)
            for c in kept
            for r, f in c.roles
            if (c.event, r) in _ONCE or not isinstance(f, Entity)
        }
        self.related = {(c.evidence.start, pair) for c in kept for pair in _organizations(c.roles)}

    def otherwise(self, s: Scored) -> bool:
        """Tell whether a frame has made another fact of what a pair would say."""
        starts = [self.context.sentences[m.sentence].start for m in s.mentions]
        return any(
            (start, filler) in self.used
            for start, (role, filler) in zip(starts, _roles(s), strict=True)
            if (s.label.event, role) in _ONCE or not isinstance(filler, Entity | PartialDate | str)
        ) or any((start, pair) in self.related for start in starts for pair in _organizations(_roles(s)))


def _roles(s: Scored) -> tuple[tuple[str, Filler], tuple[str, Filler]]:
    return (s.label.first, s.first), (s.label.second, s.second)


def _organizations(roles: Sequence[tuple[str, Filler]]) -> Iterator[frozenset[Entity]]:
    """Yield the pairs of things among the fillers that are neither people nor places."""
    things = [
        f for _, f in roles if isinstance(f, Entity) and f.type not in {"Person", "Country", "City", "Place"}
    ]
    yield from map(frozenset, combinations(things, 2))


def _origin(context: Context, s: Scored) -> bool:
    """Tell "Peru's Acme", which says where it comes from, from "Lima's Acme", which says where it sits."""
    if s.label.event != "Headquarters" or not isinstance(s.second, Entity) or s.second.type != "Country":
        return False
    end = s.mentions[1].end
    return context.document.text[end : end + 2] in {"'s", "’s"}


def _unsure(claim: Claim, least: float) -> Missed:
    return Missed(claim.evidence, f"confidence {claim.confidence:.2f}, below {least:g}", claim)


def _weighed(claim: Claim, odds: _Odds, least: float) -> Claim:
    """Leave out of a claim the roles that are not sure enough; it is as sure as its surest pair."""
    pairs = list(role_pairs(claim))
    if not pairs or odds.seen is None:
        return replace(claim, confidence=claim.confidence * odds.calibration.alone(claim.event))
    best: dict[tuple[str, Filler], float] = {}
    for label, first, second in pairs:
        p = odds(label, first, second, framed=True)
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
