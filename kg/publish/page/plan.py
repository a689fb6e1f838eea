"""What the network page draws as nodes and lines, and what stands only in its panels.

Drawing every event as a node would bury the entities, so an event is a node only where three or more meet
in it. An event of two is told by the line between them, an event of one in the panel of that one. Direct
lines that only repeat a drawn event are marked: the page shows them in its place once events are folded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, TypeAlias

__all__ = ["Plan", "Statement", "of_fact", "plan"]

Attributes: TypeAlias = dict[str, Any]
Pair: TypeAlias = tuple[str, ...]

DOUBT = ("denied", "rumoured", "planned", "former", "asserted")


@dataclass(slots=True)
class Statement:
    """Something said between two nodes or of one (then without ends), with who says it and where.

    `rows` are labels and values told along with it, `roles` who plays which part where a line stands for a
    whole event; `repeats` marks a line that a drawn event already tells. `predicate` is the IRI of what is said,
    `events` are those of the events that are told along with it.
    """

    source: str
    target: str
    label: str
    status: str
    by: list[str]
    evidence: list[Attributes]
    confidence: float = 1.0
    predicate: str = ""
    events: list[str] = field(default_factory=list)
    arrow: bool = True
    repeats: bool = False
    rows: list[list[str]] = field(default_factory=list)
    roles: list[list[str]] = field(default_factory=list)

    @property
    def cited(self) -> set[tuple[Any, ...]]:
        """The places in the articles that say it."""
        return {(e["article"], e["start"], e["end"], e["exact"]) for e in self.evidence}


@dataclass(slots=True)
class Plan:
    """The nodes to draw, what the lines between them say, and by entity what events say of it alone.

    `folding` holds the drawn events that direct lines can stand for.
    """

    drawn: list[str]
    lines: list[Statement]
    alone: dict[str, list[Statement]]
    folding: set[str] = field(default_factory=set)


def of_edge(source: str, target: str, edge: Attributes) -> Statement:
    """Make a statement of an edge of the network.

    >>> of_edge("a", "b", dict(label="owns", status="asserted", attributed_to=[], evidence=[])).label
    'owns'
    """
    return _said(source, target, edge["label"], edge)


def of_fact(fact: Attributes) -> Statement:
    """Make a statement of a literal fact.

    >>> of_fact(dict(label="ticker", value="ACM", status="asserted", attributed_to=[], evidence=[])).rows
    [['ticker', 'ACM']]
    """
    one = _said("", "", "", fact)
    one.rows = [[fact["label"], fact["value"]]]
    return one


def _said(source: str, target: str, label: str, said: Attributes) -> Statement:
    by, evidence = said["attributed_to"], said["evidence"]
    sure, name = said.get("confidence", 1.0), said.get("predicate", "")
    return Statement(source, target, label, said["status"], by, evidence, confidence=sure, predicate=name)


def plan(  # noqa: C901 - one pass, so that what it carries stays in sight
    nodes: dict[str, Attributes], said: Iterable[Statement], classes: dict[str, Attributes]
) -> Plan:
    """Sort events and edges into nodes, lines and panels; `classes` give the `label` and the `key` of each type.

    >>> nodes = {i: dict(kind="entity", type="Company", label=i, facts=[]) for i in "ab"}
    >>> nodes["e"] = dict(kind="event", type="Acquisition", label="deal", facts=[])
    >>> said = [Statement("e", end, "party", "planned", [], []) for end in "ab"]
    >>> classes = {"Acquisition": dict(label="purchase", key=[])}
    >>> [(one.source, one.label, one.status, one.target) for one in plan(nodes, said, classes).lines]
    [('a', 'purchase', 'planned', 'b')]
    """
    roles, pairs = _sorted_out(nodes, said)
    result = Plan([iri for iri in nodes if iri not in roles], [], defaultdict(list))
    told: dict[Pair, set[tuple[Any, ...]]] = defaultdict(set)
    meeting: dict[Pair, list[Statement]] = defaultdict(list)
    carriers: set[int] = set()
    for event, parts in roles.items():
        ends = tuple(sorted({part.target for part in parts}))
        whole = _summed(event, nodes[event], parts, classes)
        if len(ends) == 1:
            result.alone[ends[0]].append(whole)
        elif len(ends) == 2:  # noqa: PLR2004 - a line has two ends
            found = _carried(whole, pairs[ends])
            carriers.update(map(id, found))
            if not found:
                _directed(whole, ends, parts, classes[nodes[event]["type"]]["key"])
                whole.roles = [[part.label, part.target] for part in parts]
                result.lines.append(whole)
        elif ends:
            result.drawn.append(event)
            result.lines += parts
            for two in combinations(ends, 2):
                told[two] |= whole.cited
                meeting[two].append(whole)
    reached: dict[str, set[str]] = defaultdict(set)
    for pair, lines in pairs.items():
        for line in lines:  # a carrier tells what no drawn event tells, even where the sentence is the same
            line.repeats = pair in told and id(line) not in carriers and line.cited <= told[pair]
            result.lines.append(line)
            for whole in meeting[pair] if line.repeats and line.status == "asserted" else ():
                if whole.cited & line.cited:
                    reached[whole.events[0]] |= set(pair)
                    line.events = line.events + whole.events
                    line.rows = line.rows + [row for row in whole.rows if row not in line.rows]
    ends_of = {event: {part.target for part in roles[event]} for event in reached}
    result.folding = {event for event, ends in ends_of.items() if ends == reached[event]}
    return result


def _sorted_out(
    nodes: dict[str, Attributes], said: Iterable[Statement]
) -> tuple[dict[str, list[Statement]], dict[Pair, list[Statement]]]:
    """Part the roles of each event from the direct edges of each pair; a relation said both ways is one."""
    roles: dict[str, list[Statement]] = {iri: [] for iri, a in nodes.items() if a["kind"] == "event"}
    pairs: dict[Pair, list[Statement]] = defaultdict(list)
    for one in said:
        if one.target in roles:
            continue  # an event within an event is told by the table alone
        if one.source in roles:
            roles[one.source].append(one)
        elif one.source != one.target:
            pair = pairs[tuple(sorted((one.source, one.target)))]
            back = (one.target, one.label, one.status)
            twin = next((other for other in pair if (other.source, other.label, other.status) == back), None)
            if twin:
                twin.arrow, twin.evidence = False, twin.evidence + one.evidence
                twin.by = sorted({*twin.by, *one.by})
                twin.confidence = max(twin.confidence, one.confidence)
            else:
                pair.append(one)
    return roles, pairs


def _carried(event: Statement, lines: list[Statement]) -> list[Statement]:
    """Hand an event of two to the direct lines of the same status, if possible to those it gave rise to."""
    alike = [line for line in lines if line.status == event.status]
    carriers = [line for line in alike if line.cited & event.cited] or alike
    for line in carriers:
        line.rows = line.rows + [row for row in event.rows if row not in line.rows]
        line.evidence = line.evidence + event.evidence
        line.by, line.events = sorted({*line.by, *event.by}), line.events + event.events
    return carriers


def _directed(whole: Statement, ends: Pair, parts: list[Statement], key: list[str]) -> None:
    """Let the line of an event of two run from whom the first role of its key names to whom the second names."""
    whole.source, whole.target = ends
    first, second = ({p.target for p in parts if p.predicate == name} for name in (*key, "", "")[:2])
    if {len(first), len(second), len(first | second)} == {1, 2}:
        whole.source, whole.target, whole.arrow = *first, *second, True


def _summed(iri: str, event: Attributes, roles: list[Statement], classes: dict[str, Attributes]) -> Statement:
    """Say an event in one statement, as doubtful as the most doubtful of its parts."""
    facts = [of_fact(fact) for fact in event["facts"]]
    rows = dict.fromkeys(tuple(row) for fact in facts for row in fact.rows)  # each article may say it again
    parts = [*roles, *facts]

    def every() -> Iterator[str]:
        return (name for part in parts for name in part.by)

    return Statement(
        source="",
        target="",
        label=classes[event["type"]]["label"],
        status=min((part.status for part in parts), key=DOUBT.index, default="asserted"),
        by=sorted(set(every())),
        evidence=[e for part in parts for e in part.evidence],
        confidence=max((part.confidence for part in parts), default=1.0),
        events=[iri],
        arrow=False,
        rows=[list(row) for row in rows],
    )
