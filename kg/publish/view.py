"""The network page: one HTML file that needs nothing else, drawn by the vis-network that pyvis bundles.

Of pyvis only the builder and the library are used. Its own page loads from a CDN, runs hostile titles as
HTML and lays out in the browser; here the shell in `page/` is ours, positions are computed beforehand, a
content security policy admits exactly our scripts, and every text reaches the page as text.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import math
import re
import unicodedata
from collections import Counter, defaultdict
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlsplit

from kg.errors import KgError
from kg.publish.page.layout import places, width
from kg.publish.page.plan import Statement, of_fact, plan

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["render"]

LIMIT = 2_000  # a canvas without a GPU still pans at some ten frames a second
DASHES = {"planned": [9, 5], "rumoured": [2, 5], "denied": [12, 4, 2, 4], "former": [4, 9]}
OPTIONS = {
    "edges": {"arrows": {"to": {"scaleFactor": 0.55}}, "chosen": False, "smooth": False},
    "interaction": {"hover": True, "selectConnectedEdges": False},
    "layout": {"improvedLayout": False},
    "nodes": {"chosen": False},
    "physics": {"enabled": False},
}
BOOT = 'document.documentElement.classList.add("js");'

Attributes: TypeAlias = dict[str, Any]


def render(network: nx.MultiDiGraph, *, title: str) -> str:
    """Return the page that shows a network, to be written as UTF-8.

    Nodes carry `label`, `type`, `kind`, `aliases` and `facts`; edges `label`, `status`, `attributed_to`,
    `derived` and `evidence`; `network.graph["classes"]` says how each type is called and drawn. Equal
    networks give equal bytes. Past 2,000 nodes only the most connected are shown, and the page says so.

    >>> import networkx
    >>> network = networkx.MultiDiGraph(classes={"City": {"label": "city", "colour": "#2e7d32", "symbol": "T"}})
    >>> network.add_node("urn:a", label="Ayr <b>", type="City", kind="entity", aliases=[], facts=[])
    >>> page = render(network, title="Ayr & co")
    >>> "<title>Ayr &amp; co</title>" in page, "Ayr <b>" in page
    (True, False)
    """
    title = _clean(title).strip() or "Network"
    kept, total = _most_connected(network)
    nodes = {iri: _clean(attributes) for iri, attributes in sorted(network.nodes(data=True)) if iri in kept}
    said = [
        Statement(source, target, *(_clean(a[k]) for k in ("label", "status", "attributed_to", "evidence")))
        for source, target, _, a in sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3])
        if source in kept and target in kept
    ]
    rows = _table(nodes, said)  # first, since planning merges statements
    sources = _Sources()
    data = _drawing(nodes, said, _clean(network.graph.get("classes", {})), sources)
    shown = len(data["nodes"])
    library, style, script = _library(), _page("style.css"), _page("page.js")
    slots = {
        "boot": BOOT,
        "csp": _policy(scripts=(BOOT, library, script), styles=(style,)),
        "data": _json(data | {"articles": sources.articles, "sentences": sources.sentences}),
        "facts": f"{len(rows):,}",
        "library": library,
        "notice": f"Showing the {shown:,} most connected of {total:,} nodes." if total > shown else "",
        "rows": "\n".join(rows),
        "script": script,
        "style": style,
        "title": html.escape(title),
    }
    # One pass over the shell, so that a text that looks like a slot stays a text.
    return re.sub(r"\{\{(\w+)\}\}", lambda slot: slots[slot[1]], _page("shell.html"))


def _clean(value: Any) -> Any:
    """Strip what could reorder, hide or break text: controls, bidi marks, lone surrogates."""
    if isinstance(value, dict):
        return {_clean(key): _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    if not isinstance(value, str):
        return value
    spaced = re.sub(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]+", " ", value)
    # The two joiners are Cf as well, but Persian, Indic scripts and emoji need them.
    return "".join(
        c for c in spaced if c in "\u200c\u200d" or unicodedata.category(c) not in {"Cc", "Cf", "Cs"}
    )


def _web(url: str) -> str:
    """Return the address if a browser may be sent there, else nothing.

    >>> _web("https://example.org/a"), _web("javascript:alert(1)"), _web("http://[bad")
    ('https://example.org/a', '', '')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname or re.search(r'[\s"<>\\]', url):
        return ""
    return url


class _Sources:
    """Every article and every sentence once; `cite` answers with the numbers of the sentences."""

    def __init__(self) -> None:
        self.articles: list[list[Any]] = []
        self.sentences: list[list[Any]] = []
        self._numbers: dict[tuple[Any, ...], int] = {}

    def cite(self, evidence: list[Attributes]) -> list[int]:
        ordered = sorted(
            evidence, key=lambda e: (e["published"], e["article"], e["start"], e["end"], e["exact"])
        )
        # The identifier keeps two articles of one title apart.
        articles = (
            [e["title"] or e["url"] or e["article"], _web(e["url"]), e["published"], e["article"]]
            for e in ordered
        )
        rows = [[e["exact"], self._number(self.articles, a)] for e, a in zip(ordered, articles, strict=True)]
        return list(dict.fromkeys(self._number(self.sentences, row) for row in rows))

    def _number(self, shelf: list[list[Any]], row: list[Any]) -> int:
        number = self._numbers.setdefault(tuple(row), len(shelf))
        if number == len(shelf):
            shelf.append(row)
        return number


def _most_connected(network: nx.MultiDiGraph) -> tuple[set[str], int]:
    """Return the nodes to keep and how many could be drawn; an event stays only with all its entities."""
    events = {n for n, kind in network.nodes(data="kind") if kind == "event"}
    ends = {n: set(network.successors(n)) - events for n in events}
    ranked = sorted((-network.degree(n), n) for n in network if n not in events or len(ends[n]) > 2)
    kept = {n for _, n in ranked[:LIMIT]}
    kept |= {n for n, targets in ends.items() if len(targets) < 3}
    return {n for n in kept if ends.get(n, set()) <= kept}, len(ranked)


def _drawing(
    nodes: dict[str, Attributes], said: list[Statement], classes: dict[str, Attributes], sources: _Sources
) -> Attributes:
    """Build what the page draws with pyvis, and hang on each node and line what its panel says."""
    try:
        from pyvis.network import Network
    except ImportError as missing:
        raise KgError("the network page needs pyvis: pip install 'pyvis>=0.3.2'") from missing
    kinds = {name: classes.get(name, {}) for name in sorted({a["type"] for a in nodes.values()})}
    names = {name: kind.get("label") or name for name, kind in kinds.items()}
    planned = plan(nodes, said, names)
    ids = {iri: f"n{number}" for number, iri in enumerate(planned.drawn)}

    def card(one: Statement) -> Attributes:
        told = {"by": one.by, "rows": one.rows, "status": one.status, "title": one.label}
        roles = [[label, ids[iri]] for label, iri in one.roles]
        return told | {"roles": roles, "sentences": sources.cite(one.evidence)}

    lines: dict[tuple[str, str, str, bool, bool], list[Statement]] = defaultdict(list)
    for one in planned.lines:
        lines[one.source, one.target, one.status, one.arrow, one.repeats].append(one)
    links = sorted({(a, b) for (a, b, *_, repeats) in lines if not repeats})
    degree = Counter(end for link in links for end in link)
    size = {iri: min(26, 12 + round(3.2 * math.sqrt(max(0, degree[iri] - 1)))) for iri in planned.drawn}
    at = places({iri: (width(nodes[iri]["label"]), size[iri]) for iri in planned.drawn}, links)
    picture = Network(directed=True, cdn_resources="in_line")
    picture.options = OPTIONS
    for iri, number in ids.items():
        node, kind = nodes[iri], kinds[nodes[iri]["type"]]
        event, colour = node["kind"] == "event", str(kind.get("colour", ""))
        told = [*map(of_fact, node["facts"]), *planned.alone.get(iri, [])]
        picture.add_node(
            number,
            label=node["label"].strip() or "?",
            shape="square" if event else "dot",
            color=colour if re.fullmatch("#[0-9a-fA-F]{6}", colour) else "#5c5f66",
            size=size[iri] - 2 * event,  # a square of equal radius looks larger
            x=at[iri][0],
            y=at[iri][1],
            aliases=node["aliases"],
            cards=list(map(card, told)),
            symbol=str(kind.get("symbol") or names[node["type"]])[:1],
            type=names[node["type"]],
        )
    bends: Counter[frozenset[str]] = Counter()
    for line, ones in sorted(lines.items(), key=lambda item: (item[0][-1], item[0])):
        source, target, status, arrow, repeats = line
        # Parallel lines fan out: one straight, the others to one side and the other by turns.
        nth = bends[frozenset((source, target))]
        bends[frozenset((source, target))] += 1
        side = (nth % 2 == 0) == (source < target)
        picture.add_edge(
            ids[source],
            ids[target],
            id=f"e{len(picture.edges)}",
            label=", ".join(dict.fromkeys(one.label for one in ones)),
            arrows="to" if arrow else "",
            cards=list(map(card, ones)),
            dashes=DASHES.get(status, False),
            repeats=repeats,
            smooth={
                "enabled": nth > 0,
                "roundness": (nth + 1) // 2 * 0.22,
                "type": "curvedCW" if side else "curvedCCW",
            },
            status=status,
        )
    return {"nodes": picture.nodes, "edges": picture.edges, "options": picture.options, "dashes": DASHES}


def _table(nodes: dict[str, Attributes], said: list[Statement]) -> list[str]:
    """Write every fact as a table row, for readers without JavaScript and for screen readers."""
    told = [(nodes[one.source]["label"], one.label, nodes[one.target]["label"], one) for one in said]
    for attributes in nodes.values():
        facts = map(of_fact, attributes["facts"])
        told.extend((attributes["label"], one.rows[0][0], one.rows[0][1], one) for one in facts)
    rows = []
    for subject, label, value, one in sorted(told, key=lambda row: (*row[:3], row[3].status)):
        quotes = []
        for e in one.evidence:
            name, url = html.escape(e["title"] or e["url"] or e["article"]), _web(e["url"])
            source = f'<a href="{html.escape(url)}" rel="noopener noreferrer">{name}</a>' if url else name
            quotes.append(
                f"<p><q>{html.escape(e['exact'])}</q> <small>{source} {html.escape(e['published'])}</small></p>"
            )
        texts = (subject, label, value, one.status, ", ".join(one.by))
        cells = "".join(f"<td>{html.escape(text)}</td>" for text in texts)
        rows.append(f"<tr>{cells}<td>{''.join(quotes)}</td></tr>")
    return rows


def _json(data: Attributes) -> str:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return re.sub("[<>&\u2028\u2029]", lambda c: f"\\u{ord(c[0]):04x}", text)


def _page(name: str) -> str:
    return files("kg.publish").joinpath("page", name).read_text(encoding="utf-8")


def _library() -> str:
    """Read vis-network, less the comment that sends an open debugger after a source map."""
    found = sorted(
        files("pyvis").joinpath("lib").iterdir(), key=lambda f: [int(n) for n in re.findall(r"\d+", f.name)]
    )
    text = found[-1].joinpath("vis-network.min.js").read_text(encoding="utf-8")
    return re.sub(r"\n//# sourceMappingURL=.*\s*\Z", "", text)


def _policy(*, scripts: tuple[str, ...], styles: tuple[str, ...]) -> str:
    """Admit these scripts and styles, known from their sources, and nothing else."""

    def hashes(texts: tuple[str, ...]) -> str:
        digests = (hashlib.sha256(text.encode()).digest() for text in texts)
        return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)

    return (
        f"default-src 'none'; script-src {hashes(scripts)}; style-src {hashes(styles)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
