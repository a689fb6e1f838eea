"""The nouns of kg: plain frozen values, no I/O, nothing imported from the rest of the package.

Offsets are 0-based, half-open and count Unicode code points of `Document.text`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

Status: TypeAlias = Literal["asserted", "planned", "rumoured", "denied", "former"]


@dataclass(frozen=True, slots=True)
class Document:
    """One article as read.

    `text` is the article as read, and all offsets point into it. Of a text file it is the whole file, line ends
    as they are, unless the file holds HTML, invisible characters or other things that reading cleans away
    (`kg.read.clean`); then `text` is what is left. `regions` are the spans of it that hold prose: a header is part
    of the text, but is not read as prose. Where a headline came apart from the body, `text` is the headline, a
    blank line and the body, and `body_start` says where the body begins.
    """

    id: str
    text: str
    regions: tuple[tuple[int, int], ...]
    body_start: int = 0
    title: str = ""
    url: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document: `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Money:
    """An amount with its ISO 4217 currency and, where the text states one, its equivalent.

    >>> str(Money(Decimal(600_000_000), "USD"))
    'US$600 million'
    """

    value: Decimal
    currency: str
    qualifier: str = ""
    equivalent: Money | None = None

    def __str__(self) -> str:
        """Write the amount for people, in the largest unit that keeps it short."""
        sign = {"USD": "US$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}.get(self.currency)
        number = readable(self.value)
        return f"{sign}{number}" if sign else f"{number} {self.currency}"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the unit that it counts ("%", "x" for times, or nothing)."""

    value: Decimal
    unit: str = ""
    qualifier: str = ""

    def __str__(self) -> str:
        """Write the number for people, with its unit."""
        return f"{readable(self.value)}{self.unit}"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as exact as its text: `2018-04-09`, `2018-04`, `2018` or `--07` (a month of no known year)."""

    iso: str

    def __str__(self) -> str:
        """Write the date as it is."""
        return self.iso


Value: TypeAlias = Money | Quantity | PartialDate | str


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing, as one article names it: its fullest name first, the others as aliases."""

    type: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence that says something: `exact` is `text[start:end]` of the document."""

    start: int
    end: int
    exact: str


Filler: TypeAlias = Entity | Value


@dataclass(frozen=True, slots=True)
class Claim:
    """What one clause says: an event class with its roles, how certain it is, and who says so.

    `anaphoric` marks a mention that points back ("the round"), whose event was told earlier. `presumed` marks
    one that names its event without saying that it happened ("X's purchase of Y needs approval").
    `confidence` is how probable the claim is, from 0 to 1; `certainties` say it of each role, where they differ.
    """

    event: str
    roles: tuple[tuple[str, Filler], ...]
    evidence: Evidence
    status: Status = "asserted"
    attributed_to: Entity | None = None
    anaphoric: bool = False
    presumed: bool = False
    confidence: float = 1.0
    certainties: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Missed:
    """What gave no fact and why: a candidate that was rejected, or a sentence that looks like news."""

    evidence: Evidence
    reason: str
    candidate: Claim | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A role of an event, with every sentence that supports it. An event's own existence has role ''.

    `confidence` is how probable it is, from 0 to 1, by its most probable telling.
    """

    role: str
    filler: Filler | None
    status: Status
    evidence: tuple[Evidence, ...]
    attributed_to: tuple[Entity, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Event:
    """An event of one article after merging: its class and its statements."""

    type: str
    statements: tuple[Statement, ...]

    @property
    def status(self) -> Status:
        """The status of the event itself."""
        return self.statements[0].status

    def fillers(self, role: str) -> list[Filler]:
        """Return the fillers of a role, in the order of the text."""
        return [s.filler for s in self.statements if s.role == role and s.filler is not None]


@dataclass(frozen=True, slots=True)
class Article:
    """What extraction leaves of a document: everything that its named graph will hold."""

    document: Document
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    missed: tuple[Missed, ...] = ()


def readable(value: Decimal) -> str:
    """Write a number for people.

    >>> [readable(Decimal(n)) for n in ("6000000000", "1330000000", "4700", "12.5")]
    ['6 billion', '1.33 billion', '4,700', '12.5']
    """
    for size, name in ((12, "trillion"), (9, "billion"), (6, "million")):
        if abs(value) >= 10**size:
            return f"{(value / 10**size).normalize():f} {name}"
    return f"{value.normalize():,f}"
