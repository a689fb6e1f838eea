"""Classes: claims with entities of no certain class in, the class that their roles ask for out."""

from __future__ import annotations

import pytest
from rows import ONTOLOGY, entity

from kg.extract.decide.classes import settled
from kg.model import Claim, Entity, Evidence

HERE = Evidence(0, 1, "x")


def claim(event: str, *roles: tuple[str, Entity], confidence: float = 0.9) -> Claim:
    """Make a claim."""
    return Claim(event, roles, HERE, confidence=confidence)


ACME = entity("Acme", "Unknown")


@pytest.mark.parametrize(
    ("claims", "kind"),
    [
        ([claim("Headquarters", ("organization", ACME))], "Organization"),
        ([claim("Position", ("person", ACME))], "Person"),
        # The surest claims count most.
        ([claim("Position", ("person", ACME), confidence=0.9), claim("Headquarters", ("organization", ACME), confidence=0.5)],
         "Person"),
        ([claim("Position", ("person", ACME), confidence=0.5), claim("Headquarters", ("organization", ACME), confidence=0.9)],
         "Organization"),
    ],
)  # fmt: skip
def test_roles_tell_the_class(claims: list[Claim], kind: str) -> None:
    """A name of which nothing else is known is what its roles ask for."""
    told = {
        f.type for c in settled(claims, frozenset(), ONTOLOGY) for _, f in c.roles if isinstance(f, Entity)
    }
    assert told == {kind}


def test_a_sure_class_stays() -> None:
    """A role that does not accept what its filler surely is is left out; the rest of the claim stays."""
    lima, ada = entity("Lima", "City"), entity("Ada Voss", "Person")
    claims = [claim("Position", ("person", ada), ("organization", lima))]
    [one] = settled(claims, frozenset([lima, ada]), ONTOLOGY)
    assert one.roles == (("person", ada),)
    assert len(one.certainties) == 1
