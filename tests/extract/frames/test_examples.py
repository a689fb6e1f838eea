"""Examples: what is said of a kind is said of those that are named as examples of it."""

from __future__ import annotations

import pytest

from kg.model import Document, Entity
from kg.pipeline import extract
from kg.settings import Settings


@pytest.mark.parametrize(
    "objects",
    [
        "rivals such as Brolly and Quillon",
        "rivals like Brolly and Quillon",
        "rivals including Brolly and Quillon",
        "three rivals, among them Brolly and Quillon",
        "such rivals as Brolly and Quillon",
        "three rivals in Europe, including Brolly and Quillon, for $5 million",
        "rivals across Africa such as Brolly and Quillon",
    ],
)
def test_examples_are_told_of_each(objects: str) -> None:
    """Each example is acquired, and the place that the kind stands in is not."""
    text = f"Norvane has acquired {objects}."
    events = extract(Document("a", text, ((0, len(text)),)), Settings(extractor="frames")).events
    acquired = {f.name for e in events for f in e.fillers("acquiree") if isinstance(f, Entity)}
    assert (acquired, {e.type for e in events}) == ({"Brolly", "Quillon"}, {"Acquisition"})


def test_what_is_named_is_no_kind() -> None:
    """Examples of a name are not looked for: "Acme, including its unit" lists nothing."""
    text = "Norvane has acquired Brolly, including Quillon."
    events = extract(Document("a", text, ((0, len(text)),)), Settings(extractor="frames")).events
    assert [f.name for e in events for f in e.fillers("acquiree") if isinstance(f, Entity)] == ["Brolly"]
