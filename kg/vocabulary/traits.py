"""What kg knows of every ontology: traits, the grammars of values, the classes of schema.org, the terms of its graphs."""

from __future__ import annotations

from typing import get_args

from kg.model import Status

__all__ = ["ANCHORS", "FAMILIES", "GRAMMARS", "TRAIT", "WRITTEN"]

TRAIT = "https://w3id.org/kg-news/trait#"
#: What a thing is at bottom: the kinds that names, grammar and IRIs tell apart. A class is of a kind if it is below
#: the class of that name in schema.org, so no class of the ontology is known by its own name.
FAMILIES = ("Organization", "Person", "Place", "Product")
#: The classes of schema.org by which kg knows what a class is for: those of things, of events and of numbers.
ANCHORS = ("Thing", *FAMILIES, "City", "Country", "Event", "MonetaryAmount", "QuantitativeValue")
#: What `trait:readAs` may say, and which values each grammar finds in a text.
GRAMMARS = {
    "money": "a sum with its currency",
    "percent": "a share in percent, or a multiple",
    "count": "a number of things",
    "date": "a day, a month or a year",
    "series": "the stage of a funding round",
    "title": "the words for a position",
    "ticker": "the symbol of a listed security",
    "exchange": "the exchange that stands before a ticker",
    "measure": "the words for what a figure counts",
    "quotation": "the words inside quotation marks",
    "text": "any other words",
}
#: The terms of the ontology that kg itself writes into every graph, so that they have to be there by these names.
WRITTEN = (
    *("Statement", "Status", *get_args(Status), "status", "confidence", "attributedTo"),
    *("value", "currency", "unit", "qualifier", "statedEquivalent"),
)
