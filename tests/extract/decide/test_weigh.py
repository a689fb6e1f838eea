"""Weighing: what the frames tell and what the reader makes of each pair in, claims with their confidence out."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest
from rows import discourse, entity

from kg.extract.decide.calibration import Calibration
from kg.extract.decide.weigh import Proposals, weigh
from kg.extract.discourse.coreference import Discourse
from kg.extract.frames import Told
from kg.extract.learned.pairs import Mention
from kg.extract.learned.reader import Read, Scored
from kg.extract.learned.schema import Label, Schema
from kg.model import Claim, Entity, Filler, Missed, Status

LABELS = Schema.load().labels
BOUGHT = Label("Acquisition", "acquirer", "acquiree")
INVESTED = Label("Investment", "investor", "investee")
SEAT = Label("Headquarters", "organization", "place")
OWNED = Label("Subsidiary", "parent", "subsidiary")
WORKS = Label("Partnership", "participant", "participant")
#: The reader's odds as they are; a frame makes them three times as high, and its word alone is worth as much.
PLAIN = Calibration(
    {".".join(label): (0.0, math.log(3), math.log(3), 1.0, 0.0, 0.0) for label in LABELS},
    {"Acquisition": 0.9},
)


def mention(of: Discourse, filler: Entity) -> Mention:
    """Find where a name stands first."""
    number, unit = next((n, u) for n, row in enumerate(of.parsed.rows) for u in row if u.entity == filler)
    return Mention(unit.start, unit.end, number, of.ontology.family(filler.type))


def pair(
    of: Discourse, label: Label, first: Entity, second: Entity, p: float, status: Status = "asserted"
) -> Scored:
    """Let the reader say something of two names."""
    return Scored(label, first, second, p, status, (mention(of, first), mention(of, second)))


def claim(of: Discourse, label: Label, first: Entity, second: Entity, number: int = 0) -> Claim:
    """Let a frame say something of two names."""
    return Claim(label.event, ((label.first, first), (label.second, second)), of.parsed.evidence(number))


def weighed(
    of: Discourse, told: Told, *scored: Scored, least: float = 0.5, unseen: bool = False
) -> tuple[list[Claim], list[Missed]]:
    """Weigh frames and reader; the reader has looked at every pair, or at none."""
    names = [u.entity for row in of.parsed.rows for u in row if u.entity]
    seen: set[tuple[Filler, Filler]] = set() if unseen else {(a, b) for a in names for b in names}
    return weigh(Proposals(of, told, Read(scored, frozenset(seen)), LABELS), PLAIN, least)


def said(claims: list[Claim]) -> Iterator[tuple[str, ...]]:
    """Write claims as their event and the names in it, in the order of the roles."""
    for one in claims:
        yield one.event, *(f.name for _, f in one.roles if isinstance(f, Entity))


ACME, BOLT, ZIP = entity("Acme"), entity("Bolt"), entity("Zip")
DEAL = "Acme/NAME bought/VERB:VBD Bolt/NAME"


@pytest.mark.parametrize(
    ("framed", "reader", "confidence"),
    [
        (True, 0.9, 0.96),  # both
        (True, 0.5, 0.75),
        (True, 0.1, 0.5),  # what a frame says, the reader's doubt makes unsure and not unlikely
        (True, None, 0.75),  # the reader did not look
        (False, 0.9, 0.9),
        (False, 0.5, 0.5),
        (False, 0.3, None),
    ],
)
def test_frame_and_reader_are_weighed(framed: bool, reader: float | None, confidence: float | None) -> None:
    """Two that say the same are surer than one; what is less sure than asked for is no claim."""
    of = discourse(DEAL)
    told = Told((claim(of, BOUGHT, ACME, BOLT),) if framed else ())
    scored = () if reader is None else (pair(of, BOUGHT, ACME, BOLT, reader),)
    claims, _ = weighed(of, told, *scored, unseen=reader is None)
    assert [round(c.confidence, 2) for c in claims] == ([] if confidence is None else [confidence])


def test_without_a_reader_a_frame_is_as_sure_as_its_like() -> None:
    """Frames alone have the confidence that their event was measured to have."""
    of = discourse(DEAL)
    [one], _ = weigh(Proposals(of, Told((claim(of, BOUGHT, ACME, BOLT),))), PLAIN, 0.5)
    assert one.confidence == pytest.approx(0.9)


def test_a_guess_has_no_floor() -> None:
    """Whom a frame only guesses, the reader's doubt makes unlikely."""
    of = discourse(DEAL)
    guess = Told((), guessed=(claim(of, BOUGHT, ACME, BOLT),))
    assert weighed(of, guess, pair(of, BOUGHT, ACME, BOLT, 0.1))[0] == []
    assert list(said(weighed(of, guess, pair(of, BOUGHT, ACME, BOLT, 0.5))[0])) == [
        ("Acquisition", "Acme", "Bolt")
    ]


@pytest.mark.parametrize(
    ("label", "first", "second", "kept"),
    [
        (BOUGHT, ACME, BOLT, True),
        (OWNED, ACME, BOLT, False),  # two organizations are one thing to each other in a sentence
        (INVESTED, BOLT, ACME, False),
        (BOUGHT, ZIP, BOLT, True),  # "Acme and Zip bought Bolt": the reader may add to an event
        (SEAT, BOLT, entity("Lima", "City"), True),
    ],
)  # fmt: skip
def test_what_a_frame_has_read_is_not_read_otherwise(
    label: Label, first: Entity, second: Entity, kept: bool
) -> None:
    """Of a sentence that a frame has read, the reader adds what is not another reading of the same names."""
    of = discourse("Acme/NAME and/CC Zip/NAME bought/VERB:VBD Bolt/NAME of/PREP Lima/NAME=City")
    told = Told((claim(of, BOUGHT, ACME, BOLT),))
    claims, rejected = weighed(of, told, pair(of, label, first, second, 0.9))
    names = {n for row in said(claims) for n in row}
    assert ({label.event, first.name, second.name} <= names) == kept
    assert [m.reason for m in rejected] == ([] if kept else ["a frame makes another fact of it"])


def test_what_a_sentence_only_supposes_is_not_told() -> None:
    """Of names in a question that a frame has understood, the reader tells nothing."""
    of = discourse(DEAL)
    untold = Told((), untold=(claim(of, BOUGHT, ACME, BOLT),))
    assert weighed(of, untold, pair(of, BOUGHT, ACME, BOLT, 0.9))[0] == []


@pytest.mark.parametrize(
    ("row", "together"),
    [
        ("Acme/NAME works/VERB:VBZ with/PREP Bolt/NAME and/CC Zip/NAME", False),
        ("Bolt/NAME and/CC Zip/NAME work/VERB:VBP with/PREP Acme/NAME", True),
    ],
)
def test_partners_of_one_are_not_each_others(row: str, together: bool) -> None:
    """Whoever works with two works with each; the two need not know each other, unless they act together."""
    of = discourse(row)
    scored = [
        pair(of, WORKS, ACME, BOLT, 0.9),
        pair(of, WORKS, ACME, ZIP, 0.9),
        pair(of, WORKS, BOLT, ZIP, 0.9),
    ]
    found = {frozenset(names) for _, *names in said(weighed(of, Told(()), *scored)[0])}
    assert ({"Bolt", "Zip"} in found) == together
    assert {frozenset({"Acme", "Bolt"}), frozenset({"Acme", "Zip"})} <= found


def test_one_sentence_is_believed_before_two() -> None:
    """What a sentence says of two names is not said again of a name elsewhere."""
    of = discourse("Acme/NAME grew/VERB:VBD", DEAL)
    far = mention(of, ACME), mention(of, BOLT)
    inside = Mention(of.parsed.rows[1][0].start, of.parsed.rows[1][0].end, 1, "Organization"), far[1]
    scored = [Scored(BOUGHT, ACME, BOLT, 0.9, "asserted", where) for where in (far, inside)]
    [one], _ = weighed(of, Told(()), *scored)
    assert one.evidence == of.parsed.evidence(1)


def test_an_event_of_the_sentence_ends_a_state() -> None:
    """Whoever sold a unit was its parent; whoever bought it is its parent now."""
    of = discourse("Acme/NAME sold/VERB:VBD its/POSSPRON unit/NOUN Bolt/NAME to/PREP Zip/NAME")
    claims = (claim(of, OWNED, ACME, BOLT), claim(of, BOUGHT, ZIP, BOLT))
    found, _ = weighed(of, Told(claims))
    assert {(c.event, c.status) for c in found} == {("Subsidiary", "former"), ("Acquisition", "asserted")}


def test_what_was_nearly_kept_is_reported() -> None:
    """A candidate that is too unsure is told with its confidence; what is out of the question is not."""
    of = discourse(DEAL)
    for p, reasons in ((0.4, ["confidence 0.40, below 0.5"]), (0.2, [])):
        claims, rejected = weighed(of, Told(()), pair(of, BOUGHT, ACME, BOLT, p))
        assert (claims, [m.reason for m in rejected]) == ([], reasons)
