"""Networks for the page: a small one with every kind of event, a hostile one, large ones."""

from __future__ import annotations

import json

import networkx as nx

LED = "Tidewater Robotics has raised US$240 million in a Series C round led by Larkspur Capital, with Quillon Ventures."
TALKS = "Grand Meridian is in talks to acquire Tidewater, people familiar with the matter said."
BASED = "Tidewater Robotics is based in Port Ellis."
GROWTH = "Revenue at Tidewater Robotics rose to US$88 million."

ICON = "M4 21V3h16v18z"
CLASSES = {
    "Acquisition": {
        "label": "acquisition",
        "colour": "#9c2f2f",
        "icon": ICON,
        "key": ["urn:acquirer", "urn:acquiree"],
    },
    "City": {"label": "city", "colour": "#2e7d32", "icon": ICON},
    "Company": {"label": "company", "colour": "#2f5fb3", "icon": ICON},
    "FundingRound": {"label": "funding round", "colour": "#8a6100", "icon": ICON},
    "Headquarters": {"label": "headquarters", "colour": "#2e7d32", "icon": ICON},
    "Investor": {"label": "investor", "colour": "#0f7b6c", "icon": ICON},
    "Metric": {"label": "metric", "colour": "#5c5f66", "icon": ICON},
}

# Each sets window.__pwn if it ever runs as markup or script.
HOSTILE = [
    "<script>window.__pwn=1</script>",
    "</script><script>window.__pwn=1</script>",
    "<!--<script>window.__pwn=1</script>",
    "<img src=x onerror=window.__pwn=1>",
    "\"><img src=x onerror='window.__pwn=1'>",
    "' onmouseover='window.__pwn=1' href='",
    "<svg/onload=window.__pwn=1>",
    '<a href="javascript:window.__pwn=1">href</a>',
    "</style><style onload=window.__pwn=1></style>",
    "</title><script>window.__pwn=1</script>",
    "<iframe srcdoc='<script>parent.__pwn=1</script>'></iframe>",
    "{{data}} {{library}} ${window.__pwn=1} {{constructor.constructor('window.__pwn=1')()}}",
    "\\u003cscript\\u003ewindow.__pwn=1\\u003c/script\\u003e",
    "\u202egnp.exe\u2066 \u0000\u0007\u2028window.__pwn=1\u2029 \ud800",
    "__proto__",
    "'\"`;alert(1);//",
    "(((a+)+)+$ [ \\",
    "</noscript><script>window.__pwn=1</script>",
    "</textarea></dialog><img src=x onerror=window.__pwn=1>",
    "<details open ontoggle=window.__pwn=1>",
    "<svg><animate onbegin=window.__pwn=1 attributeName=x dur=1s>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=window.__pwn=1></style></mglyph></math>",
    "<link rel=stylesheet href=https://evil.example/x.css><meta http-equiv=refresh content=0;url=https://evil.example>",
    "&lt;script&gt;window.__pwn=1&lt;/script&gt; %3Cscript%3Ewindow.__pwn=1%3C/script%3E",
    "red;background:url(https://evil.example/x.png)",
    "constructor",
    "hasOwnProperty",
    "<urn:a> } } DROP ALL ; INSERT DATA { <urn:a> <urn:b> <urn:c> } #",
    "]]><?xml-stylesheet href='javascript:window.__pwn=1'?>",
    "A" * 5_000,
    "\ufeff\u200b\u00ad \u05d0\u05d1 \u0627\u0644 \U0001f994",
]
ADDRESSES = [
    "javascript:window.__pwn=1",
    "JaVaScRiPt:window.__pwn=1//https://example.org",
    "data:text/html,<script>window.__pwn=1</script>",
    " javascript:window.__pwn=1",
    'https://example.org/"onmouseover="window.__pwn=1',
    "java\nscript:window.__pwn=1",
    "http://[",
    "//example.org",
    "file:///etc/passwd",
]


def evidence(
    sentence, *, url="https://news.example/a", article="a1", title="Harbour robots", date="2021-03-14"
):
    return [
        {
            "exact": sentence,
            "article": article,
            "title": title,
            "url": url,
            "published": date,
            "start": 0,
            "end": len(sentence),
        }
    ]


def fact(label, value, said, *, status="asserted", by=()):
    return {"label": label, "value": value, "status": status, "attributed_to": list(by), "evidence": said}


def node(network, iri, label, type_, *, kind="entity", aliases=(), facts=()):
    network.add_node(iri, label=label, type=type_, kind=kind, aliases=list(aliases), facts=list(facts))


def edge(network, ends, key, label, said, *, status="asserted", by=(), derived=False):
    attributes = {"label": label, "status": status, "attributed_to": list(by), "derived": derived}
    network.add_edge(*ends, key=key, predicate=f"urn:{key}", evidence=said, **attributes)


def business():
    """Make a small network with every kind of event: of one, of two carried and not, and of three."""
    network = nx.MultiDiGraph(classes=CLASSES)
    node(network, "urn:t", "Tidewater Robotics", "Company", aliases=["Tidewater"])
    node(network, "urn:l", "Larkspur Capital", "Investor")
    node(network, "urn:q", "Quillon Ventures", "Investor")
    node(network, "urn:g", "Grand Meridian", "Company")
    node(network, "urn:p", "Port Ellis", "City")
    led, talks = evidence(LED), evidence(TALKS, article="a2", url="", title="Talks", date="2021-06-02")
    based, growth = evidence(BASED), evidence(GROWTH)
    facts = [fact("amount", "US$240 million", led), fact("series", "Series C", led)]
    node(network, "urn:e/round", "Series C · US$240 million", "FundingRound", kind="event", facts=facts)
    edge(network, ("urn:e/round", "urn:t"), "company", "raised by", led)
    edge(network, ("urn:e/round", "urn:l"), "leadInvestor", "lead investor", led)
    edge(network, ("urn:e/round", "urn:q"), "investor", "investor", led)
    edge(network, ("urn:t", "urn:l"), "ledBy", "led by", led, derived=True)
    edge(network, ("urn:q", "urn:t"), "investedIn", "invested in", led, derived=True)
    node(network, "urn:e/seat", "Seat", "Headquarters", kind="event", facts=[fact("date", "2014", based)])
    edge(network, ("urn:e/seat", "urn:t"), "organization", "organization", based)
    edge(network, ("urn:e/seat", "urn:p"), "place", "place", based)
    edge(network, ("urn:t", "urn:p"), "headquarteredIn", "headquartered in", based, derived=True)
    node(network, "urn:e/talks", "Talks", "Acquisition", kind="event")
    for iri, key, label in (("urn:g", "acquirer", "acquirer"), ("urn:t", "acquiree", "target")):
        edge(network, ("urn:e/talks", iri), key, label, talks, status="rumoured", by=["people familiar"])
    node(
        network,
        "urn:e/growth",
        "Revenue",
        "Metric",
        kind="event",
        facts=[fact("revenue", "US$88 million", growth)],
    )
    edge(network, ("urn:e/growth", "urn:t"), "subject", "subject", growth)
    return network


def hostile():
    """Make a network that says something hostile in every field."""
    classes = {f"C{i}": {"label": text, "colour": text, "icon": text} for i, text in enumerate(HOSTILE)}
    network = nx.MultiDiGraph(classes=classes)
    size = len(HOSTILE)
    for i, text in enumerate(HOSTILE):
        said = evidence(text, url=ADDRESSES[i % len(ADDRESSES)], article=text, title=text, date=text)
        facts = [fact(text, text, said, by=[text])]
        node(network, f"urn:{i:02}{text}", text, f"C{i}", aliases=[text, ""], facts=facts)
        node(network, f"urn:e{i}", text, f"C{i}", kind="event", facts=facts)
    iris = sorted(iri for iri in network if not iri.startswith("urn:e"))
    for i, text in enumerate(HOSTILE):
        said = evidence(
            f"{text} {text}", url=ADDRESSES[i % len(ADDRESSES)], article=text, title="", date=text
        )
        edge(network, (iris[i], iris[(i + 1) % size]), text, text, said, by=[text], derived=True)
        for step in range(i % 4):
            edge(
                network,
                (f"urn:e{i}", iris[(i + 2 * step) % size]),
                text,
                text,
                said,
                status="rumoured",
                by=[text],
            )
    return network


def large(size):
    """Make a network of a few hubs and many others."""
    network = nx.MultiDiGraph(classes=CLASSES)
    shape = nx.barabasi_albert_graph(size, 1, seed=1)
    for number in shape:
        node(network, f"urn:{number}", f"Company {number}", "Company")
    for one, other in shape.edges:
        said = evidence(f"Company {one} works with Company {other}.", article=f"a{one % 40}")
        edge(network, (f"urn:{one}", f"urn:{other}"), "partneredWith", "partnered with", said, derived=True)
    return network


def held(text):
    """Read what the page's scripts are given, with what is left out because it is empty."""
    content = json.loads(text)
    card = {"by": [], "confidence": 1.0, "events": [], "roles": [], "rows": [], "sentences": [], "title": ""}
    content["nodes"] = [{"aliases": [], "folds": False, "cards": []} | one for one in content["nodes"]]
    content["edges"] = [{"dashes": False, "repeats": False} | one for one in content["edges"]]
    for one in [*content["nodes"], *content["edges"]]:
        one["cards"] = [card | told for told in one["cards"]]
    return content
