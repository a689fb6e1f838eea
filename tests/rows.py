"""Rows, sentences and discourses built by hand, for the tables that each floor of extraction is tested with.

A row is written `Acme/NAME has/AUX bought/VERB:VBD Bolt/NAME`: a word, its tag, and the form of a verb. An underscore
stands for a space. A name is an entity of the class given after an equals sign, else a company.
"""

from __future__ import annotations

from decimal import Decimal

from kg.extract.discourse.coreference import Discourse
from kg.extract.grammar.clauses import Clauses, Forms
from kg.extract.grammar.parse import Parsed
from kg.extract.grammar.units import Unit
from kg.extract.names.cluster import Names
from kg.extract.text.segment import Sentence
from kg.model import Document, Entity, Money, PartialDate, Quantity, Value
from kg.vocabulary import Lexicon, Ontology
from kg.vocabulary.inflect import lemmas

ONTOLOGY = Ontology.load()
LEXICON = Lexicon.load()
FORMS = Forms.of(LEXICON.language)


def entity(name: str, kind: str = "Company") -> Entity:
    """Make an entity."""
    return Entity(kind, name)


def value(text: str, tag: str) -> Value | None:
    """Make the value of a unit: a sum in dollars, a share, a count, a date as it stands."""
    digits = Decimal("".join(c for c in text if c.isdigit()) or 0)
    made: dict[str, Value] = {
        "MONEY": Money(digits, "USD"),
        "PERCENT": Quantity(digits, "%"),
        "COUNT": Quantity(digits),
        "DATE": PartialDate(text),
        "SERIES": text,
    }
    return made.get(tag)


def row(notation: str, start: int = 0) -> list[Unit]:
    """Build a row from its notation, with offsets from `start` on."""
    units = []
    for item in notation.split():
        text, _, tag = item.rpartition("/")
        tag, _, kind = tag.partition("=")
        tag, _, form = tag.partition(":")
        text = text.replace("_", " ")
        low = text.lower()
        lemma = lemmas(low).get("VERB" if tag == "VERB" else "NOUN", low) if tag in {"VERB", "NOUN"} else ""
        named = entity(text, kind or "Company") if tag == "NAME" else None
        units.append(Unit(start, start + len(text), text, low, tag, named, value(text, tag), "", lemma, form))
        start += len(text) + 1
    return units


def clauses(notation: str) -> Clauses:
    """Build the clauses of a row."""
    return Clauses(row(notation), FORMS, ONTOLOGY.family)


def discourse(*notations: str) -> Discourse:
    """Build a discourse of one sentence for each row."""
    rows: list[list[Unit]] = []
    for notation in notations:
        rows.append(row(notation, rows[-1][-1].end + 1 if rows else 0))
    text = " ".join(unit.text for units in rows for unit in units)
    sentences = tuple(Sentence(r[0].start, r[-1].end, 0, prose=True) for r in rows)
    document = Document("a", text, ((0, len(text)),))
    parsed = Parsed(
        document, sentences, tuple(Clauses(r, FORMS, ONTOLOGY.family) for r in rows), Names({}, frozenset())
    )
    return Discourse.of(parsed, ONTOLOGY, LEXICON)
