"""Where the nodes of the network page stand: computed beforehand, so that one network always looks the same."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

__all__ = ["places", "width"]

Places: TypeAlias = dict[str, tuple[int, int]]

SMALL = 150  # up to here a stress layout and room for every label are affordable
LINE = 200  # length of a typical line, in canvas units
GAP = 40  # between parts that no line joins
ASPECT = 1.5  # width to height of the whole, as of most screens less the panels
CLEAR = 34  # between a line and the middle of a node that it does not belong to


def width(label: str) -> float:
    """Estimate the width of a label on the canvas, in canvas units; page.js cuts it at 28 characters.

    >>> width("Acme") < width("Acme Holdings") < width("x" * 28) == width("x" * 99)
    True
    """
    return sum(14 if unicodedata.east_asian_width(c) in "WF" else 7.6 for c in label[:28]) + 10


def places(room: Mapping[str, tuple[float, float]], links: Iterable[tuple[str, str]]) -> Places:
    """Lay out each connected part by itself and shelve the parts, largest first; `room` is label width, radius.

    >>> at = places({"a": (40, 12), "b": (40, 12), "c": (40, 12)}, [("a", "b")])
    >>> at["a"][1] == at["b"][1] and abs(at["a"][0] - at["b"][0]) > 100
    True
    """
    import networkx as nx
    import numpy as np

    whole = nx.Graph(list(links))
    whole.add_nodes_from(room)
    parts = sorted((sorted(part) for part in nx.connected_components(whole)), key=lambda p: (-len(p), p[0]))
    laid = []
    for names in parts:
        half = np.array([[room[name][0] / 2, room[name][1] + 14] for name in names])
        at = _part(names, [(a, b) for a, b in sorted(map(sorted, whole.edges(names)))], half)
        corner = (at - half).min(0)
        laid.append((names, at - corner, (at + half).max(0) - corner))
    area = sum((wide + GAP) * (high + GAP) for _, _, (wide, high) in laid)
    limit = max([math.sqrt(area * ASPECT), *(wide for _, _, (wide, _) in laid)])
    found: Places = {}
    x = y = shelf = 0.0
    for names, at, (wide, high) in laid:
        if x and x + wide > limit:
            x, y, shelf = 0.0, y + shelf + GAP, 0.0
        shifted = np.rint(at + np.array([x, y])).astype(int).tolist()
        found |= {name: (px, py) for name, (px, py) in zip(names, shifted, strict=True)}
        x, shelf = x + wide + GAP, max(shelf, high)
    return found


def _part(names: list[str], links: list[tuple[str, str]], half: Any) -> Any:
    import networkx as nx
    import numpy as np

    # Built anew, because the order of a subgraph view follows a set.
    part = nx.Graph()
    part.add_nodes_from(names)
    part.add_edges_from(links)
    small = len(names) <= SMALL
    found = nx.kamada_kawai_layout(part) if small else nx.forceatlas2_layout(part, max_iter=40, seed=1)
    at = np.array([found[name] for name in names], dtype=float)
    if not small:
        return at * (24 * math.sqrt(len(names)) / at.std())
    index = {name: number for number, name in enumerate(names)}
    ends = np.array([[index[a], index[b]] for a, b in links], dtype=int).reshape(-1, 2)
    lengths = np.hypot(*(at[ends[:, 0]] - at[ends[:, 1]]).T)
    return _spread(at * (LINE / lengths.mean() if links else 1), half, ends)


def _spread(at: Any, half: Any, ends: Any) -> Any:
    """Push nodes apart until no label touches another and no line runs through a foreign node."""
    import numpy as np

    count = np.arange(len(at))
    order = np.sign(count[:, None] - count[None])
    foreign = (count[:, None] != ends[:, 0]) & (count[:, None] != ends[:, 1])
    for step in range(400):
        apart = at[:, None] - at[None]
        overlap = half[:, None] + half[None] - abs(apart)
        hit = (overlap > 0).all(-1) & (order != 0)
        sideways = overlap[..., 0] < overlap[..., 1]
        away = np.where(apart == 0, order[..., None], np.sign(apart)) * overlap
        push = (np.where((hit[..., None]) & np.stack((sideways, ~sideways), -1), away, 0) * 0.3).sum(1)
        crossed = False
        if len(ends) and step < 250:  # the last rounds serve the labels alone
            start, way = at[ends[:, 0]], at[ends[:, 1]] - at[ends[:, 0]]
            along = ((at[:, None] - start) * way).sum(-1) / np.maximum((way**2).sum(-1), 1)
            off = at[:, None] - (start + np.clip(along, 0, 1)[..., None] * way)
            far = np.maximum(np.hypot(off[..., 0], off[..., 1]), 1)
            near = np.where(foreign & (far < CLEAR), (CLEAR - far) / far, 0)
            push += (near[..., None] * off).sum(1) * 0.2
            crossed = bool(near.any())
        if not hit.any() and not crossed:
            break
        at = at + push
    return at
