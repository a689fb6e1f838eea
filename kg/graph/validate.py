"""SHACL: is the graph well formed, by the shapes of the ontology folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.vocabulary import folder
from kg.vocabulary.ontology import parse

__all__ = ["Finding", "validate"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One result of a SHACL report."""

    focus_node: str
    path: str
    message: str

    def __str__(self) -> str:
        """Write the finding in one line."""
        return " ".join(filter(None, (self.focus_node, self.path, self.message)))


def validate(quads: list[ox.Quad], ontology: Path | None = None) -> list[Finding]:
    """Check triples against `shapes.ttl`; no finding means that the graph conforms (W3C SHACL).

    >>> validate([])
    []
    """
    import pyshacl
    from rdflib import RDF, SH, Graph

    path = ontology or folder("ontology")
    triples = sorted({q.triple for q in quads}, key=str)
    data = Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
    _, report, _ = pyshacl.validate(
        data,
        shacl_graph=parse(path / "shapes.ttl"),
        ont_graph=parse(path / "news.ttl"),
        inference="none",
        advanced=False,
        js=False,
        inplace=True,
    )
    assert isinstance(report, Graph)
    return sorted(
        Finding(*(str(report.value(r, p) or "") for p in (SH.focusNode, SH.resultPath, SH.resultMessage)))
        for r in report.subjects(RDF.type, SH.ValidationResult)
    )
