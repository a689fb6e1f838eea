"""What a document seems to say and the graph does not hold: for those who judge or mend the extraction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.discourse.coreference import Discourse
from kg.model import Claim, Missed

__all__ = ["missed"]


def missed(discourse: Discourse, claims: Iterable[Claim], rejected: Iterable[Missed]) -> Iterator[Missed]:
    """Yield the rejected candidates, then the sentences with money or two organizations that gave nothing."""
    yield from rejected
    told = {claim.evidence.start for claim in claims}
    for number, row in enumerate(discourse.parsed.rows):
        evidence = discourse.parsed.evidence(number)
        if evidence.start in told or not discourse.parsed.sentences[number].prose:
            continue
        organizations = {u.entity for u in row if u.entity and discourse.organizational(u.entity)}
        if any(u.tag == "MONEY" for u in row):
            yield Missed(evidence, "money, and no fact")
        elif len(organizations) > 1:
            yield Missed(evidence, "two organizations, and no fact")
