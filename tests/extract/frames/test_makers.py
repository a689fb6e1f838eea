"""Products by their maker's name tell of an offering, and of no other event that takes a product."""

from __future__ import annotations

import pytest

from kg.model import Document, Entity
from kg.pipeline import extract
from kg.settings import Settings


@pytest.mark.parametrize("reader", ["frames", "both"])
@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("Brightmere opened a store on Monday. Brightmere Pay, an app, works there.", "Brightmere Pay"),
        ("Brightmere fell on Monday. Investors blamed Brightmere Wallet, its app, for that.", "Brightmere Wallet"),
        ("Traders blamed Brightmere's Nimbus, a new app, for the loss.", "Nimbus"),
    ],
)  # fmt: skip
def test_a_product_is_its_makers(text: str, product: str, reader: str) -> None:
    """Its name begins with the maker's, or follows it: the maker offers it, and invests in nothing."""
    [event] = extract(Document("a", text, ((0, len(text)),)), Settings(extractor=reader)).events
    fillers = {s.role: s.filler.name for s in event.statements[1:] if isinstance(s.filler, Entity)}
    assert (event.type, fillers) == (
        "ProductOffering",
        {"organization": "Brightmere", "product": product},
    )
