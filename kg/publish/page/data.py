"""What the page's scripts are given: nodes, lines, classes, sentences, articles."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any, TypeAlias

from kg.errors import KgError
from kg.publish.page.layout import places, width
from kg.publish.page.plan import Statement, of_fact, plan
from kg.publish.page.texts import web
from kg.vocabulary.ontology import COLOUR, ICON

__all__ = ["CANVAS", "LIMIT", "data"]

CANVAS = 2_000  # nodes that vis-network draws well on a canvas, which needs no GPU; for more there is sigma
LIMIT = 10_000  # nodes that are drawn at once: the most connected; the search reaches the others
MANY = 300  # nodes that can no longer be seen from near at once
DASHES = {"planned": [9, 5], "rumoured": [2, 5], "denied": [12, 4, 2, 4], "former": [4, 9]}
OPTIONS = {
    "edges": {"arrows": {"to": {"scaleFactor": 0.55}}, "chosen": False, "smooth": False},
    "interaction": {"hover": True, "selectConnectedEdges": False},
    "layout": {"improvedLayout": False},
    "nodes": {"chosen": False},
    "physics": {"enabled": False},
}
GREY = "#5c5f66"

Attributes: TypeAlias = dict[str, Any]


def data(nodes: dict[str, Attributes], said: list[Statement], classes: dict[str, Attributes]) -> Attributes:
    """Return what there is to draw and to tell, ready for JSON; the nodes that have a place are drawn at once.

    >>> node = dict(label="Ayr", type="City", kind="entity", aliases=[], facts=[])
    >>> found = data({"urn:a": node}, [], {"City": {"label": "city", "colour": "#2e7d32", "icon": "M0 0h9v9z"}})
    >>> found["nodes"][0]["label"], found["classes"]["City"]["label"], found["renderer"]
    ('Ayr', 'city', 'vis')
    """
    styles = {
        name: _style(name, classes.get(name, {})) for name in sorted({a["type"] for a in nodes.values()})
    }
    planned = plan(
        nodes,
        said,
        {name: {"key": classes.get(name, {}).get("key", [])} | style for name, style in styles.items()},
    )
    ids = {iri: f"n{number}" for number, iri in enumerate(planned.drawn)}
    links = sorted({(one.source, one.target) for one in planned.lines if not one.repeats})
    degree = Counter(end for link in links for end in link)
    swell = 1 if len(planned.drawn) <= MANY else 1.5  # seen from far
    size = {
        iri: round(swell * min(26, 12 + 3.2 * math.sqrt(max(0, degree[iri] - 1)))) for iri in planned.drawn
    }
    first = sorted(planned.drawn, key=lambda iri: (-degree[iri], iri))[:LIMIT]
    room = {iri: (width(nodes[iri]["label"]), size[iri]) for iri in sorted(first)}
    at = places(room, [(a, b) for a, b in links if a in room and b in room])
    sources = _Sources()

    def card(one: Statement) -> Attributes:
        told = {"by": one.by, "confidence": one.confidence, "status": one.status, "title": one.label}
        roles, cited = [[label, ids[iri]] for label, iri in one.roles], sources.cite(one.evidence)
        rdf = {"events": one.events, "predicate": one.predicate}
        return _filled(told | rdf | {"roles": roles, "rows": one.rows, "sentences": cited})

    def dot(iri: str) -> Attributes:
        node, event = nodes[iri], nodes[iri]["kind"] == "event"
        told = [*map(of_fact, node["facts"]), *planned.alone.get(iri, [])]
        place = dict(zip("xy", at[iri], strict=True)) if iri in at else {}
        return place | _filled(
            {
                "id": ids[iri],
                "label": node["label"].strip() or "?",
                "shape": "square" if event else "dot",
                "color": styles[node["type"]]["colour"],
                "size": size[iri] - 2 * event,  # a square of equal radius looks larger
                "aliases": node["aliases"],
                "cards": list(map(card, told)),
                "folds": iri in planned.folding,
                "iri": iri,
                "type": node["type"],
            }
        )

    dots = list(map(dot, planned.drawn))
    lines = list(_lines(planned.lines, ids, card))
    small = len(dots) <= CANVAS
    if small:
        dots, lines = _by_pyvis(dots, lines)
    return {
        "articles": sources.articles,
        "classes": styles,
        "dashes": DASHES,
        "edges": lines,
        "nodes": dots,
        "options": OPTIONS,
        "renderer": "vis" if small else "sigma",
        "sentences": sources.sentences,
    }


def _filled(told: Attributes) -> Attributes:
    """Leave out what says nothing: core.js fills it in again."""
    plain: Attributes = {"confidence": 1.0}
    return {k: v for k, v in told.items() if v is not False and v not in ("", []) and v != plain.get(k)}


def _style(name: str, kind: Attributes) -> Attributes:
    """Say how a class is called and drawn; what is no colour or no path of SVG is left out."""
    colour, icon = str(kind.get("colour", "")), str(kind.get("icon", ""))
    return {
        "label": kind.get("label") or name,
        "colour": colour if COLOUR.fullmatch(colour) else GREY,
        "icon": icon if ICON.fullmatch(icon) else "",
    }


def _lines(
    told: list[Statement], ids: dict[str, str], card: Callable[[Statement], Attributes]
) -> list[Attributes]:
    """Join what is said between the same two in the same manner to one line; parallel lines fan out."""
    lines: dict[tuple[bool, str, str, str, bool], list[Statement]] = defaultdict(list)
    for one in told:
        lines[one.repeats, one.source, one.target, one.status, one.arrow].append(one)
    found: list[Attributes] = []
    bends: Counter[frozenset[str]] = Counter()
    for (repeats, source, target, status, arrow), ones in sorted(lines.items()):
        # One is straight, the others bend to one side and the other by turns.
        nth = bends[frozenset((source, target))]
        bends[frozenset((source, target))] += 1
        side = (nth % 2 == 0) == (source < target)
        bent = {"roundness": (nth + 1) // 2 * 0.22, "type": "curvedCW" if side else "curvedCCW"}
        line = {
            "id": f"e{len(found)}",
            "from": ids[source],
            "to": ids[target],
            "cards": list(map(card, ones)),
            "dashes": DASHES.get(status, False),
            "repeats": repeats,
            "smooth": {"enabled": True} | bent if nth else "",
            "status": status,
        }
        found.append(_filled(line) | {"arrows": "to" if arrow else ""})  # pyvis would fill in the arrow
    return found


def _by_pyvis(dots: list[Attributes], lines: list[Attributes]) -> tuple[list[Attributes], list[Attributes]]:
    """Let pyvis build the network that vis-network draws."""
    try:
        from pyvis.network import Network
    except ImportError as missing:
        raise KgError("the network page needs pyvis: pip install 'pyvis>=0.3.2'") from missing
    picture = Network(directed=True, cdn_resources="in_line")
    for dot in dots:
        picture.add_node(dot["id"], **{key: value for key, value in dot.items() if key != "id"})
    for line in lines:
        rest = {key: value for key, value in line.items() if key not in {"from", "to"}}
        picture.add_edge(line["from"], line["to"], **rest)
    return picture.nodes, picture.edges


class _Sources:
    """Every article and every sentence once; `cite` answers with the numbers of the sentences."""

    def __init__(self) -> None:
        self.articles: list[list[str]] = []
        self.sentences: list[list[Any]] = []
        self._numbers: dict[tuple[Any, ...], int] = {}

    def cite(self, evidence: list[Attributes]) -> list[int]:
        ordered = sorted(
            evidence, key=lambda e: (e["published"], e["article"], e["start"], e["end"], e["exact"])
        )
        numbers = []
        for e in ordered:
            # The identifier keeps two articles of one title apart.
            article = [e["title"] or e["url"] or e["article"], web(e["url"]), e["published"], e["article"]]
            numbers.append(self._number(self.sentences, [e["exact"], self._number(self.articles, article)]))
        return list(dict.fromkeys(numbers))

    def _number(self, shelf: list[list[Any]], row: list[Any]) -> int:
        number = self._numbers.setdefault(tuple(row), len(shelf))
        if number == len(shelf):
            shelf.append(row)
        return number
