"""What the learned reader can say: the classes of its tags, the types of its mentions, and its labels."""

from __future__ import annotations

from typing import NamedTuple

from kg.model import Status

__all__ = ["CLASSES", "LABELS", "STATUSES", "TAGS", "TYPES", "Label"]

CLASSES = (
    "Company", "Investor", "Government", "University", "Organization",
    "Person", "Country", "City", "Place", "Product", "TITLE",
)  # fmt: skip
TAGS = ("O", *(f"{mark}-{name}" for name in CLASSES for mark in "BI"))
TYPES = (
    "Organization", "Person", "Place", "Product", "TITLE", "MONEY", "PERCENT", "COUNT", "DATE", "SERIES",
)  # fmt: skip
STATUSES: tuple[Status, ...] = ("asserted", "planned", "rumoured", "denied", "former")


class Label(NamedTuple):
    """What a pair of mentions can be to each other: two roles of one event."""

    event: str
    first: str
    second: str


LABELS = (
    Label("FundingRound", "company", "leadInvestor"),
    Label("FundingRound", "company", "investor"),
    Label("FundingRound", "company", "amount"),
    Label("FundingRound", "company", "series"),
    Label("FundingRound", "company", "date"),
    Label("FundingRound", "company", "valuation"),
    Label("FundingRound", "amount", "investor"),
    Label("FundingRound", "amount", "series"),
    Label("FundingRound", "amount", "date"),
    Label("Acquisition", "acquirer", "acquiree"),
    Label("Acquisition", "acquiree", "price"),
    Label("Acquisition", "acquiree", "date"),
    Label("Investment", "investor", "investee"),
    Label("Investment", "investor", "amount"),
    Label("Investment", "investor", "stake"),
    Label("Investment", "investee", "date"),
    Label("Partnership", "participant", "participant"),
    Label("Headquarters", "organization", "place"),
    Label("Position", "person", "organization"),
    Label("Position", "person", "title"),
    Label("Position", "organization", "title"),
    Label("Founding", "organization", "founder"),
    Label("Founding", "organization", "date"),
    Label("Founding", "organization", "foundingPlace"),
    Label("Subsidiary", "parent", "subsidiary"),
    Label("ProductOffering", "organization", "product"),
    Label("Metric", "subject", "figure"),
    Label("Metric", "figure", "date"),
)
