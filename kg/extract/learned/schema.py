"""What a learned reader can say: the classes of its tags, the types of its mentions, and its labels."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from kg.model import Status

__all__ = ["STATUSES", "TYPES", "WEIGHTS", "Label", "Schema"]

WEIGHTS = Path(__file__).parent / "weights"
TYPES = (
    "Organization", "Person", "Place", "Product", "TITLE", "MONEY", "PERCENT", "COUNT", "DATE", "SERIES",
)  # fmt: skip
STATUSES: tuple[Status, ...] = ("asserted", "planned", "rumoured", "denied", "former")


class Label(NamedTuple):
    """What a pair of mentions can be to each other: two roles of one event."""

    event: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Schema:
    """The classes and labels that weights were trained on, by the names that the ontology has for them."""

    classes: tuple[str, ...]
    labels: tuple[Label, ...]

    @classmethod
    def load(cls, folder: Path = WEIGHTS) -> Schema:
        """Read the `labels.json` that stands beside weights.

        >>> Schema.load().labels[0]
        Label(event='FundingRound', first='company', second='leadInvestor')
        """
        stored = json.loads((folder / "labels.json").read_text("utf-8"))
        return cls((*stored["classes"], "TITLE"), tuple(Label(*label) for label in stored["labels"]))

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags of word pieces: none, or the beginning or inside of each class."""
        return ("O", *(f"{mark}-{name}" for name in self.classes for mark in "BI"))
