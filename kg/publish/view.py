"""The network page: one HTML file that needs nothing else.

Of pyvis only the builder and its vis-network are used. Its own page loads from a CDN, runs hostile titles as
HTML and lays out in the browser; here the shell in `page/` is ours, positions are computed beforehand, a
content security policy admits exactly our scripts, and every text reaches the page as text.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING

from kg.iris import PREFIXES
from kg.publish.page.data import data
from kg.publish.page.plan import of_edge
from kg.publish.page.table import rows
from kg.publish.page.texts import as_json, clean

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Page", "render"]

BOOT = 'document.documentElement.classList.add("js");'
#: The scripts of the page in their order; they share one scope.
SCRIPTS = "core time draw vis sigma labels panel legend search path picture table main".split()


def render(network: nx.MultiDiGraph[str], *, title: str) -> str:
    """Return the page that shows a network, to be written as UTF-8.

    Nodes carry `label`, `type`, `kind`, `aliases` and `facts`; edges `label`, `predicate`, `status`,
    `confidence`, `attributed_to` and `evidence`; `network.graph["classes"]` says how each type is called and
    drawn. Equal networks give equal bytes. Past 10,000 nodes only the most connected are drawn at first.

    >>> import networkx
    >>> network = networkx.MultiDiGraph(classes={"City": {"label": "city", "colour": "#2e7d32", "icon": ""}})
    >>> network.add_node("urn:a", label="Ayr <b>", type="City", kind="entity", aliases=[], facts=[])
    >>> page = render(network, title="Ayr & co")
    >>> "<title>Ayr &amp; co</title>" in page, "Ayr <b>" in page
    (True, False)
    """
    title = clean(title).strip() or "Network"
    nodes = {clean(iri): clean(attributes) for iri, attributes in sorted(network.nodes(data=True))}
    edges = sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3])
    said = [of_edge(clean(source), clean(target), clean(told)) for source, target, _, told in edges]
    table, sources = rows(nodes, said)  # first, since planning merges statements
    content = data(nodes, said, clean(network.graph.get("classes", {})))
    content["prefixes"] = {name: PREFIXES[name] for name in ("dcterms", "news", "oa", "prov", "rdf", "rdfs")}
    libraries = [_vis(), *([_read("vendor/sigma.js")] if content["renderer"] == "sigma" else [])]
    script = "\n".join(
        ['"use strict";', "(() => {", *(_read(f"script/{name}.js") for name in SCRIPTS), "})();"]
    )
    style = _read("style.css")
    slots = {
        "boot": BOOT,
        "csp": _policy(scripts=(BOOT, *libraries, script), styles=(style,)),
        "data": as_json(content),
        "facts": f"{len(table):,}",
        "libraries": "\n".join(f"<script>{library}</script>" for library in libraries),
        "rows": "\n".join(table),
        "script": script,
        "sources": "\n".join(sources),
        "style": style,
        "title": html.escape(title),
    }
    # One pass over the shell, so that a text that looks like a slot stays a text.
    return re.sub(r"\{\{(\w+)\}\}", lambda slot: slots[slot[1]], _read("shell.html"))


@dataclass(frozen=True, slots=True)
class Page:
    """The network page as a notebook shows it: in a frame of its own, which knows nothing of the notebook."""

    html: str = field(repr=False)
    height: int = 640

    def _repr_html_(self) -> str:
        return (
            f'<iframe srcdoc="{html.escape(self.html)}" width="100%" height="{self.height}" title="Network"'
            ' style="border: 0" sandbox="allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox allow-modals"></iframe>'
        )


def _read(name: str) -> str:
    return files("kg.publish").joinpath("page", *name.split("/")).read_text(encoding="utf-8")


def _vis() -> str:
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
