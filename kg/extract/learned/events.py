"""From scored pairs to claims: one reading for each value, functional roles, pairs joined into events."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from kg.extract.learned.reader import Scored
from kg.extract.learned.schema import LABELS, Label
from kg.model import Claim, Filler
from kg.vocabulary import Ontology

if TYPE_CHECKING:
    from kg.extract.discourse.context import Context

__all__ = ["claims", "decode", "role_pairs"]

_VALUES = frozenset(
    [("FundingRound", "amount"), ("FundingRound", "valuation"), ("Acquisition", "price"), ("Investment", "amount"),
     ("Investment", "stake"), ("Metric", "figure")]
)  # fmt: skip
_ONE_FIRST = frozenset([("ProductOffering", "product"), ("Subsidiary", "subsidiary"), ("Position", "title")])
_DIRECTED = frozenset(["Acquisition", "Investment", "Subsidiary"])
# The pairs that make an event, and those that add a role to one that shares their mention.
_STARTS = frozenset(
    label
    for label in LABELS
    if label.first in {"company", "acquirer", "participant", "parent", "person", "subject"}
    or (label.event in {"Headquarters", "Founding", "ProductOffering"})
    or label.second == "investee"
) - {Label("Position", "person", "title")}
_ADDS = frozenset(LABELS) - _STARTS - {Label("Position", "organization", "title")}


def decode(scored: Iterable[Scored]) -> list[Scored]:
    """Keep what can hold together: the best of what excludes each other."""
    best: dict[tuple[Label, int, int], Scored] = {}
    for s in scored:
        key = (s.label, s.mentions[0].start, s.mentions[1].start)
        if key not in best or best[key].probability < s.probability:
            best[key] = s
    kept = list(best.values())
    kept = _strongest(kept, lambda s: ("value", s.mentions[1].start) if s.label[::2] in _VALUES else None)
    kept = _strongest(kept, lambda s: (s.label, s.second) if s.label[::2] in _ONE_FIRST else None)
    kept = _strongest(
        kept,
        lambda s: (s.label, frozenset([s.first, s.second])) if s.label.event in _DIRECTED else None,
    )
    return sorted(kept, key=lambda s: (s.mentions[1].start, s.mentions[0].start, s.label))


def _strongest(scored: Sequence[Scored], group: Callable[[Scored], object]) -> list[Scored]:
    """Keep in each group what agrees with its most probable member; None is no group."""
    best: dict[object, Scored] = {}
    for s in scored:
        key = group(s)
        if key is not None and (key not in best or best[key].probability < s.probability):
            best[key] = s

    def agrees(s: Scored) -> bool:
        key = group(s)
        return key is None or (s.label, s.first, s.second) == (
            best[key].label,
            best[key].first,
            best[key].second,
        )

    return [s for s in scored if agrees(s)]


def claims(
    context: Context, scored: Sequence[tuple[Scored, float]], known: Container[tuple[Label, Filler, Filler]]
) -> Iterator[Claim]:
    """Yield a claim for each event that the pairs tell, with its confidence; `known` pairs start none."""
    adding = [(s, p) for s, p in sorted(scored, key=lambda item: -item[1]) if s.label in _ADDS]
    for s, confidence in scored:
        if s.label not in _STARTS:
            continue
        event, one, other = s.label
        told = [
            (one, s.first, confidence),
            (other, s.second, confidence),
            *_further(s, adding, context.ontology),
        ]
        roles = tuple((role, filler) for role, filler, _ in told)
        # A frame that has the position has its title too.
        if (s.label, s.first, s.second) in known and (len(roles) == 2 or event == "Position"):
            continue
        if event == "Metric":
            roles += (("measure", _measure(context, s)),)
        number = max(m.sentence for m in s.mentions)
        sure = tuple(p for _, _, p in told) + (confidence,) * (len(roles) - len(told))
        evidence = context.evidence(number)
        yield Claim(event, roles, evidence, s.status, presumed=True, confidence=confidence, certainties=sure)


def _further(
    s: Scored, adding: Sequence[tuple[Scored, float]], ontology: Ontology
) -> Iterator[tuple[str, Filler, float]]:
    """Yield the roles that pairs sharing a mention in its role add to an event, each role once."""
    event, one, other = s.label
    done = {one, other}
    # Who leads is an investor too.
    places = {
        (one, s.mentions[0].start),
        *((above, s.mentions[1].start) for above in ontology.ancestors(other)),
    }
    for t, confidence in adding:
        first, second = (t.label.first, t.mentions[0].start), (t.label.second, t.mentions[1].start)
        for here, far, filler in ((first, t.label.second, t.second), (second, t.label.first, t.first)):
            if t.label.event == event and here in places and far not in done:
                done.add(far)
                yield far, filler, confidence


def _measure(context: Context, s: Scored) -> str:
    """Name what a figure counts: the measure word nearest to it, or the noun after it."""
    mention = s.mentions[1]
    row = context.rows[mention.sentence]
    i = next((k for k, u in enumerate(row) if u.start == mention.start), 0)
    measures = context.lexicon.category("Measure")
    near = sorted(range(max(0, i - 9), min(len(row), i + 7)), key=lambda k: (abs(k - i), k))
    for k in near:
        for size in (3, 2, 1):
            words = " ".join(u.low for u in row[k : k + size])
            if words in measures:
                return words
    for k in range(i + 1, min(len(row), i + 5)):
        if row[k].tag == "NOUN":
            return row[k].low
    return "value"


def role_pairs(claim: Claim) -> Iterator[tuple[Label, Filler, Filler]]:
    """Yield what a claim says as labelled pairs of its fillers."""
    for number, (one, first) in enumerate(claim.roles):
        for other, second in claim.roles[number + 1 :]:
            for label in LABELS:
                if label.event == claim.event and label[1:] == (one, other):
                    yield label, first, second
                elif label.event == claim.event and label[1:] == (other, one):
                    yield label, second, first
