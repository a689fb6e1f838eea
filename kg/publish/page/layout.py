"""Where the nodes of the network page stand: computed beforehand, so that one network always looks the same."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

__all__ = ["places", "width"]

Places: TypeAlias = dict[str, tuple[int, int]]

SMALL = 120  # nodes of a part for which a stress layout and room for every label are affordable
ROOMY = 60  # nodes of a network in which all labels are to be read at first sight
LINE = 210  # length of a typical line in such a network, in canvas units
DENSE = 0.5  # of that in a larger one, where labels come with the zoom
GAP = 40  # between parts that no line joins
ASPECT = 1.25  # width to height of the whole, as of most screens less the panels
CLEAR = 36  # between a line and the middle of a node that it does not belong to
LONGEST, WRAPPED = 36, 16  # characters of a label: labels.js cuts what is longer, and makes two lines of it
_LABELS_ALONE = 250  # of the rounds of a layout, those after which only labels are moved
CELL = 20  # step in which the parts are put beside each other
PIVOTS = 50  # nodes from which a large part is measured
NEAR = 12  # nodes around it that push a node of a large part away


def width(label: str) -> float:
    """Estimate the width of a label on the canvas, in canvas units; a long one stands in two lines.

    >>> width("Acme") < width("Acme Holdings") < width("x" * 36) == width("x" * 99)
    True
    >>> width("Northern Tidewater Group") == width("Tidewater Group")
    True
    """

    def one(line: str) -> float:
        return sum(14 if unicodedata.east_asian_width(c) in "WF" else 7.6 for c in line)

    label = label[:LONGEST]
    halves = [(label[:i], label[i + 1 :]) for i, c in enumerate(label) if c == " " and len(label) > WRAPPED]
    return min([one(label), *(max(map(one, two)) for two in halves)]) + 10


def places(room: Mapping[str, tuple[float, float]], links: Iterable[tuple[str, str]]) -> Places:
    """Lay out each connected part by itself and put them together, largest first; `room` is label width, radius.

    >>> at = places({"a": (40, 12), "b": (40, 12), "c": (40, 12)}, [("a", "b")])
    >>> at["a"][1] == at["b"][1] and abs(at["a"][0] - at["b"][0]) > 100
    True
    """
    import networkx as nx
    import numpy as np

    whole = nx.Graph(list(links))
    whole.add_nodes_from(room)
    parts = sorted((sorted(part) for part in nx.connected_components(whole)), key=lambda p: (-len(p), p[0]))
    laid, sizes = [], []
    size = 1 if len(room) <= ROOMY else DENSE
    for names in parts:
        label = 1 if size == 1 else 0.4  # on its way to being left out
        half = np.array([[max(room[n][0] / 2 * label, room[n][1]), room[n][1] + 18 * label] for n in names])
        at = _part(names, [(a, b) for a, b in sorted(map(sorted, whole.edges(names)))], half, LINE * size)
        corner = (at - half).min(0)
        laid.append(at - corner)
        sizes.append((at + half).max(0) - corner + GAP * size)
    found: Places = {}
    for names, at, corner in zip(parts, laid, _packed(sizes), strict=True):
        spots = np.rint(at + corner).astype(int).tolist()
        found |= {name: (x, y) for name, (x, y) in zip(names, spots, strict=True)}
    return found


def _packed(sizes: list[Any]) -> list[tuple[float, float]]:
    """Give each part its corner: as high as it fits, then as far left, in a frame of the usual aspect."""
    import numpy as np

    wide = [math.ceil(w / CELL) for w, _ in sizes]
    area = sum(w * h for w, h in sizes)
    frame = max([math.ceil(math.sqrt(area * ASPECT) / CELL), *wide])
    skyline = np.zeros(frame)
    corners: list[tuple[float, float]] = []
    for (_, high), columns in zip(sizes, wide, strict=True):
        tops = np.lib.stride_tricks.sliding_window_view(skyline, columns).max(1)
        x = int(tops.argmin())
        y = float(tops[x])
        skyline[x : x + columns] = y + high
        corners.append((x * CELL, y))
    return corners


def _part(names: list[str], links: list[tuple[str, str]], half: Any, line: float) -> Any:
    """Lay out what hangs together, with lines of about that length."""
    import networkx as nx
    import numpy as np

    index = {name: number for number, name in enumerate(names)}
    ends = np.array([[index[a], index[b]] for a, b in links], dtype=int).reshape(-1, 2)
    if len(names) > SMALL:
        return _large(len(names), ends, line)
    # Built anew, because the order of a subgraph view follows a set.
    part = nx.Graph()
    part.add_nodes_from(names)
    part.add_edges_from(links)
    found = nx.kamada_kawai_layout(part)
    at = np.array([found[name] for name in names], dtype=float)
    lengths = np.hypot(*(at[ends[:, 0]] - at[ends[:, 1]]).T)
    return _spread(at * (line / lengths.mean() if links else 1), half, ends)


def _large(count: int, ends: Any, line: float) -> Any:
    """Lay out a large part: far apart by distance from pivots (Brandes and Pich 2007), close by by forces.

    A stress layout takes time by the square of the nodes, this by the nodes.
    """
    import numpy as np
    from scipy.sparse import coo_matrix, csgraph
    from scipy.spatial import cKDTree

    ones = np.ones(len(ends))
    joined = coo_matrix((ones, (ends[:, 0], ends[:, 1])), (count, count)).tocsr()
    joined = joined + joined.T
    degree = np.asarray(joined.sum(1)).ravel()
    pivots = [int(degree.argmax())]
    distances = [csgraph.dijkstra(joined, indices=pivots[0], unweighted=True)]
    while len(pivots) < PIVOTS:
        pivots.append(int(np.min(distances, axis=0).argmax()))
        distances.append(csgraph.dijkstra(joined, indices=pivots[-1], unweighted=True))
    squares = np.array(distances).T ** 2
    centred = squares - squares.mean(0) - squares.mean(1)[:, None] + squares.mean()
    _, axes = np.linalg.eigh(centred.T @ centred)
    at = -centred @ axes[:, [-1, -2]]
    at *= 0.25 * line * math.sqrt(count) / np.abs(at).mean()
    at += np.random.RandomState(1).normal(scale=line / 4, size=at.shape)  # twins must not stand in one place
    weight = 1 / np.maximum(1, np.minimum(degree[ends[:, 0]], degree[ends[:, 1]]))
    for step in range(90):
        push = np.zeros_like(at)
        far, near = cKDTree(at).query(at, min(NEAR + 1, count))
        reach = line * (1 + np.log1p(degree) / 3)
        close = np.maximum(0, reach[:, None] - far[:, 1:]) / np.maximum(far[:, 1:], 1)
        push += ((at[:, None] - at[near[:, 1:]]) * close[..., None]).sum(1) * 0.25
        way = at[ends[:, 1]] - at[ends[:, 0]]
        length = np.maximum(np.hypot(*way.T), 1)
        pull = way * (np.maximum(0, length - line) / length * weight)[:, None] * 0.4
        for axis in (0, 1):
            push[:, axis] += np.bincount(ends[:, 0], pull[:, axis], count)
            push[:, axis] -= np.bincount(ends[:, 1], pull[:, axis], count)
        most = line * (1 - step / 90)
        size = np.maximum(np.hypot(*push.T), 1e-9)
        at = at + push * np.minimum(1, most / size)[:, None]
    return at


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
        if len(ends) and step < _LABELS_ALONE:  # the last rounds serve the labels alone
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
