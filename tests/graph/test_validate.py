"""SHACL: a well-formed graph has no findings, a broken one has a finding that says where."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.graph.validate import validate
from kg.iris import OA, ONTOLOGY, PROV


def test_a_graph_of_every_kind_of_event_conforms(quads: list[ox.Quad]) -> None:
    """Quads made from articles with every event class and status have no findings."""
    assert validate(quads) == []


@pytest.mark.parametrize(
    "gone", [PROV + "wasDerivedFrom", ONTOLOGY + "status", OA + "exact", ONTOLOGY + "currency"]
)
def test_what_is_missing_is_found(quads: list[ox.Quad], gone: str) -> None:
    """A graph without sentences, statuses, words or currencies is reported, node by node, in a stable order."""
    broken = [q for q in quads if q.predicate.value != gone]
    findings = validate(broken)
    assert findings == sorted(findings)
    assert {f.path for f in findings} == {gone}
    assert all(f.focus_node.startswith("https://w3id.org/kg-news/id/") and f.message for f in findings)
    assert str(findings[0]).startswith(findings[0].focus_node)
