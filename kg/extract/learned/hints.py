"""What the grammars and the word lists say of each unit, as the encoder is told it."""

from __future__ import annotations

from collections.abc import Container

from kg.extract.grammar.parse import Parsed
from kg.extract.grammar.units import Unit
from kg.vocabulary import Lexicon, Ontology

__all__ = ["hints"]


def hints(parsed: Parsed, ontology: Ontology, lexicon: Lexicon) -> list[list[str]]:
    """Return a hint for each unit of each sentence.

    It is the family of a name, the tag of a value or title, or IT for a pronoun and for "company" and its like.
    """
    things = lexicon.category("Descriptor").keys()
    return [[_hint(unit, ontology, things) for unit in row] for row in parsed.rows]


def _hint(unit: Unit, ontology: Ontology, things: Container[str]) -> str:
    if unit.entity:
        return "Unknown" if unit.entity.type == "Unknown" else ontology.family(unit.entity.type)
    return "IT" if unit.tag in {"PRON", "POSSPRON"} or unit.low in things else unit.tag
