"""The network page: what it draws, that nothing in it executes, and that it asks the network for nothing."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

from kg.publish.view import render

CHROMIUM = os.environ.get("KG_CHROMIUM") or shutil.which("chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

LED = "Tidewater Robotics has raised US$240 million in a Series C round led by Larkspur Capital, with Quillon Ventures."
TALKS = "Grand Meridian is in talks to acquire Tidewater, people familiar with the matter said."
BASED = "Tidewater Robotics is based in Port Ellis."
GROWTH = "Revenue at Tidewater Robotics rose to US$88 million."

CLASSES = {
    "Acquisition": {"label": "acquisition", "colour": "#9c2f2f", "symbol": "A"},
    "City": {"label": "city", "colour": "#2e7d32", "symbol": "T"},
    "Company": {"label": "company", "colour": "#2f5fb3", "symbol": "C"},
    "FundingRound": {"label": "funding round", "colour": "#8a6100", "symbol": "$"},
    "Headquarters": {"label": "headquarters", "colour": "#2e7d32", "symbol": "H"},
    "Investor": {"label": "investor", "colour": "#0f7b6c", "symbol": "I"},
    "Metric": {"label": "metric", "colour": "#5c5f66", "symbol": "#"},
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
    network.add_edge(*ends, key=key, evidence=said, **attributes)


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
    classes = {f"C{i}": {"label": text, "colour": text, "symbol": text} for i, text in enumerate(HOSTILE)}
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


def data(page):
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    return json.loads(found[1])


def drawn(page):
    """Return the lines as (from, label, status, to, hidden until asked)."""
    held = data(page)
    labels = {n["id"]: n["label"] for n in held["nodes"]}
    return {
        (labels[e["from"]], e["label"], e["status"], labels[e["to"]], e["repeats"]) for e in held["edges"]
    }


class TestWhatIsDrawn:
    """Which entities, events and relations become nodes and lines."""

    def test_events_of_three_are_nodes_and_smaller_ones_are_not(self):
        """Only the funding round, in which three entities meet, is drawn as a node of its own."""
        squares = [n["label"] for n in data(render(business(), title="T"))["nodes"] if n["shape"] == "square"]
        assert squares == ["Series C · US$240 million"]

    def test_lines(self):
        """Repeating lines wait for the switch, a carried event keeps its line, a rumour gets one of its own."""
        assert drawn(render(business(), title="T")) == {
            ("Series C · US$240 million", "raised by", "asserted", "Tidewater Robotics", False),
            ("Series C · US$240 million", "lead investor", "asserted", "Larkspur Capital", False),
            ("Series C · US$240 million", "investor", "asserted", "Quillon Ventures", False),
            ("Tidewater Robotics", "led by", "asserted", "Larkspur Capital", True),
            ("Quillon Ventures", "invested in", "asserted", "Tidewater Robotics", True),
            ("Tidewater Robotics", "headquartered in", "asserted", "Port Ellis", False),
            ("Grand Meridian", "acquisition", "rumoured", "Tidewater Robotics", False),
        }

    def test_a_direct_line_with_a_sentence_of_its_own_is_shown(self):
        """A line that says more than the drawn event does not count as its repetition."""
        network = business()
        own = evidence("Quillon bought in.", article="a9")
        network.edges["urn:q", "urn:t", "investedIn"]["evidence"] = evidence(LED) + own
        assert ("Quillon Ventures", "invested in", "asserted", "Tidewater Robotics", False) in drawn(
            render(network, title="T")
        )

    def test_the_carrier_of_an_event_is_shown_beside_a_drawn_event(self):
        """Who founded and also led in the same sentence keeps the line that the founding gave rise to."""
        network = business()
        said = evidence(LED)
        node(network, "urn:e/founding", "Founding", "Headquarters", kind="event")
        edge(network, ("urn:e/founding", "urn:q"), "founder", "founder", said)
        edge(network, ("urn:e/founding", "urn:t"), "organization", "organization", said)
        assert ("Quillon Ventures", "invested in", "asserted", "Tidewater Robotics", False) in drawn(
            render(network, title="T")
        )

    def test_a_rumour_is_not_hidden_in_an_asserted_line(self):
        """A rumoured deal between two that an asserted line joins already still gets its own line."""
        network = business()
        edge(
            network,
            ("urn:g", "urn:t"),
            "partneredWith",
            "partnered with",
            evidence("They work."),
            derived=True,
        )
        lines = drawn(render(network, title="T"))
        assert ("Grand Meridian", "acquisition", "rumoured", "Tidewater Robotics", False) in lines
        assert ("Grand Meridian", "partnered with", "asserted", "Tidewater Robotics", False) in lines

    def test_symmetric_relation_is_one_line_without_arrow(self):
        """What is said both ways is one line without an arrow; nothing is joined to itself."""
        network = business()
        for source, target in (("urn:g", "urn:p"), ("urn:p", "urn:g"), ("urn:g", "urn:g")):
            edge(
                network, (source, target), "partneredWith", "partnered with", evidence("Both."), derived=True
            )
        found = [e for e in data(render(network, title="T"))["edges"] if e["label"] == "partnered with"]
        assert [e["arrows"] for e in found] == [""]

    def test_status_has_its_own_stroke(self):
        """Each doubtful status is drawn in dashes of its own."""
        seen = set()
        for status in ("asserted", "planned", "rumoured", "denied", "former"):
            network = business()
            for _, _, attributes in network.out_edges("urn:e/talks", data=True):
                attributes["status"] = status
            lines = data(render(network, title="T"))["edges"]
            seen.add(str(next(e["dashes"] for e in lines if e["label"] == "acquisition")))
        assert len(seen) == 5

    def test_labels_do_not_collide(self):
        """In a small network every label has room below its node."""
        nodes = data(render(large(60), title="T"))["nodes"]
        boxes = [(n["x"], n["y"], 7.6 * len(n["label"]), n["size"]) for n in nodes]
        for i, (x, y, width, size) in enumerate(boxes):
            for x2, y2, width2, size2 in boxes[i + 1 :]:
                assert abs(x - x2) > (width + width2) / 2 or abs(y - y2) > size + size2 + 18

    def test_empty_network(self):
        """A network without nodes gives a page without facts."""
        page = render(nx.MultiDiGraph(classes={}), title="")
        assert data(page)["nodes"] == []
        assert "<h1>Network</h1>" in page


class TestBytes:
    """What the file itself holds, seen without a browser."""

    def test_same_bytes_whatever_the_hash_seed(self):
        """Two processes with different hash seeds write the same page."""
        program = (
            "import sys; sys.path.insert(0, sys.argv[1]); import hashlib, test_view as t;"
            "print([hashlib.sha256(t.render(n, title='T').encode()).hexdigest() for n in (t.business(), t.large(300))])"
        )
        paths = os.pathsep.join(
            [str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
        )
        found = {
            subprocess.run(
                [sys.executable, "-c", program, str(Path(__file__).parent)],
                env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": paths},
                capture_output=True,
                check=True,
                text=True,
            ).stdout
            for seed in ("1", "2")
        }
        assert len(found) == 1

    def test_order_of_insertion_does_not_matter(self):
        """A network built in another order gives the same page."""
        network = business()
        other = nx.MultiDiGraph(**network.graph)
        other.add_nodes_from(reversed(list(network.nodes(data=True))))
        other.add_edges_from(reversed(list(network.edges(keys=True, data=True))))
        assert render(network, title="T") == render(other, title="T")

    def test_only_the_most_connected_are_shown(self):
        """Past 2,000 nodes the page shows the most connected ones and says so."""
        page = render(large(2_050), title="T")
        assert len(data(page)["nodes"]) == 2_000
        assert "Showing the 2,000 most connected of 2,050 nodes." in page

    def test_hostile_texts_leave_no_markup(self):
        """No hostile text reaches the page unescaped, and the page can be written as UTF-8."""
        page = render(hostile(), title=HOSTILE[1])
        page.encode("utf-8")
        for text in HOSTILE:
            empty = render(nx.MultiDiGraph(classes={}), title=text)
            assert (
                len(re.findall("<(?:script|img|svg|iframe|style)\\b", empty.replace(library(empty), ""))) == 5
            )
        assert "<script>window.__pwn" not in page
        assert "<img src=x" not in page
        assert not re.search(
            "[\u202a-\u202e\u2066-\u2069\u2028\u2029\x00\x07]", page.replace(library(page), "")
        )
        assert not re.findall(
            r'href="(?!https?://|data:,")',
            page.split("<script")[0] + page.split("</main>")[1].split("<script")[0],
        )


def library(page):
    """Return the text of the drawing library, which holds odd characters of its own."""
    return max(re.findall(r"<script>(.*?)</script>", page, re.DOTALL), key=len)


@pytest.fixture(scope="module")
def browser():
    if not CHROMIUM:
        pytest.skip("no Chromium: install it or name it in KG_CHROMIUM")
    api = pytest.importorskip("playwright.sync_api", reason="needs playwright: pip install playwright")
    with api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def opened(browser, tmp_path):
    """Open a network in the browser; every request, script error and violation is kept and must not happen."""
    pages = []

    def open_(network, *, title="Tidewater in the news", **options):
        file = tmp_path / f"page{len(pages)}.html"
        file.write_text(render(network, title=title), encoding="utf-8", newline="\n")
        page = browser.new_page(**{"viewport": {"width": 1280, "height": 800}} | options)
        page.trouble = []
        page.on("request", lambda r: r.url != file.as_uri() and page.trouble.append(f"request {r.url}"))
        page.on("pageerror", lambda e: page.trouble.append(f"error {e}"))
        page.on("console", lambda m: m.type == "error" and page.trouble.append(f"console {m.text}"))
        page.on("dialog", lambda d: (page.trouble.append(f"dialog {d.message}"), d.dismiss()))
        page.on("popup", lambda p: page.trouble.append(f"popup {p.url}"))
        page.add_init_script(
            "window.__violations = [];"
            "addEventListener('securitypolicyviolation', (e) => __violations.push(`${e.violatedDirective} ${e.blockedURI}`));"
        )
        page.goto(file.as_uri())
        page.wait_for_timeout(150)
        pages.append(page)
        return page

    yield open_
    for page in pages:
        if page.evaluate("'__violations' in window"):
            assert page.evaluate("__violations") == []
        assert page.trouble == []
        page.context.close()


def at(page, id_):
    """Return where a node stands in the window."""
    box = page.locator("#network").bounding_box()
    spot = page.evaluate("(id) => kgNetwork.canvasToDOM(kgNetwork.getPosition(id))", id_)
    return box["x"] + spot["x"], box["y"] + spot["y"]


def id_of(page, label):
    held = json.loads(page.locator("#data").text_content())
    return next(n["id"] for n in held["nodes"] if n["label"] == label)


def colours(page):
    """Count the colours on the canvas."""
    return page.evaluate(
        "() => { const c = document.querySelector('#network canvas');"
        " const d = new Uint32Array(c.getContext('2d').getImageData(0, 0, c.width, c.height).data.buffer);"
        " return new Set(d).size; }"
    )


class TestInTheBrowser:
    """What a reader sees and does."""

    def test_the_network_is_drawn(self, opened):
        """The canvas shows nodes, lines and labels, and the counts say how many."""
        page = opened(business())
        assert colours(page) > 50
        assert page.locator("#counts").text_content() == "5 entities · 1 event · 5 relations · 2 articles"
        assert page.title() == page.locator("h1").text_content() == "Tidewater in the news"
        assert not page.locator("#table").is_visible()

    def test_search_selects(self, opened):
        """`/` goes to the search box, an alias finds its entity and Enter selects it."""
        page = opened(business())
        page.keyboard.press("/")
        page.keyboard.type("tidewater")
        assert "Tidewater Robotics" in page.locator("#matches li").first.text_content()
        page.keyboard.press("Enter")
        assert page.locator("#panel h2").text_content() == "Tidewater Robotics"
        assert "Also Tidewater" in page.locator("#panel").text_content()

    def test_click_on_a_node_shows_its_sentences(self, opened):
        """A click on a node tells its facts and relations with sentence, names marked, link and date."""
        page = opened(business())
        page.mouse.click(*at(page, id_of(page, "Tidewater Robotics")))
        panel = page.locator("#panel")
        assert panel.locator("h2").text_content() == "Tidewater Robotics"
        quotes = [quote.text_content() for quote in panel.locator("blockquote p").all()]
        assert set(quotes) == {LED, TALKS, BASED, GROWTH}
        assert "US$88 million" in panel.text_content()
        assert "Tidewater Robotics" in panel.locator("mark").all_text_contents()
        link = panel.locator("blockquote", has_text=LED).locator("a")
        assert link.get_attribute("href") == "https://news.example/a"
        assert link.text_content() == "Harbour robots"
        rumour = panel.locator(".card", has_text=TALKS)
        assert rumour.locator(".status").text_content() == "rumoured"
        assert "according to people familiar" in rumour.text_content()
        assert rumour.locator("a").count() == 0
        assert "2021-06-02" in rumour.text_content()

    def test_click_on_a_line_shows_its_sentence(self, opened):
        """A click on a line tells what it says, with the facts of the event behind it."""
        page = opened(business())
        held = json.loads(page.locator("#data").text_content())
        line = next(e["id"] for e in held["edges"] if e["label"] == "headquartered in")
        box = page.locator("#network").bounding_box()
        spot = page.evaluate(
            "(id) => kgNetwork.canvasToDOM(kgNetwork.body.edges[id].edgeType.getPoint(0.8))", line
        )
        page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])
        assert page.locator("#panel h2").text_content() == "Tidewater Robotics → Port Ellis"
        assert page.locator("#panel blockquote p").text_content() == BASED
        assert page.locator("#panel dd").all_text_contents() == ["2014"]

    def test_panel_leads_from_node_to_node(self, opened):
        """The names in the panel are buttons that select their nodes; Escape lets go."""
        page = opened(business())
        page.mouse.click(*at(page, id_of(page, "Grand Meridian")))
        page.locator("#panel").get_by_role("button", name="Tidewater Robotics").click()
        assert page.locator("#panel h2").text_content() == "Tidewater Robotics"
        page.keyboard.press("Escape")
        assert page.locator("#panel h2").text_content() == "Read the evidence"

    def test_filters(self, opened):
        """Clearing a type or a status hides its nodes and lines."""
        page = opened(business())
        page.get_by_role("checkbox", name="investor").uncheck()
        assert page.locator("#counts").text_content().startswith("3 entities · 1 event · 3 relations")
        page.get_by_role("checkbox", name="rumoured").uncheck()
        assert page.locator("#counts").text_content().startswith("3 entities · 1 event · 2 relations")

    def test_direct_edges_switch(self, opened):
        """The switch shows the direct lines that a drawn event already tells."""
        page = opened(business())
        page.get_by_role("button", name="Direct edges").click()
        assert "7 relations" in page.locator("#counts").text_content()

    def test_table_and_theme(self, opened):
        """The table and the other theme are one click away, and the way back leads to the drawing."""
        page = opened(business(), color_scheme="dark")
        paper = "getComputedStyle(document.body).backgroundColor"
        dark = page.evaluate(paper)
        page.get_by_role("button", name="Light").click()
        assert page.evaluate(paper) != dark
        page.get_by_role("button", name="Table").click()
        assert page.locator("#table tbody tr").count() == 15
        assert page.locator("#table").is_visible()
        page.get_by_role("button", name="Table").click()
        page.wait_for_timeout(200)
        assert colours(page) > 50

    def test_phone_width(self, opened):
        """At phone width nothing overflows sideways and the panel is in view."""
        page = opened(business(), viewport={"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert page.locator("#panel").bounding_box()["y"] < 700
        assert page.locator("#network").bounding_box()["height"] > 250

    def test_without_javascript(self, opened):
        """Without JavaScript the table stands in the page with every sentence, and no empty controls."""
        page = opened(business(), java_script_enabled=False)
        assert page.locator("#table").is_visible()
        assert page.locator("#table tbody tr").count() == 15
        for sentence in (LED, TALKS, BASED, GROWTH):
            assert page.get_by_text(sentence).first.is_visible()
        assert not page.locator("#app").is_visible()

    def test_large_network(self, opened):
        """A network of 1,500 nodes is drawn without an error."""
        page = opened(large(1_500))
        assert colours(page) > 50
        assert "1,500 entities" in page.locator("#counts").text_content()

    def test_empty_network(self, opened):
        """A page without nodes says so."""
        page = opened(nx.MultiDiGraph(classes={}))
        assert page.locator("#panel h2").text_content() == "Nothing to show"

    def test_hostile_texts_never_execute(self, opened):
        """Hostile texts in every field do nothing on load, on hover, on click, in the search or in the table."""
        network = hostile()
        page = opened(network, title=HOSTILE[1])
        for n in json.loads(page.locator("#data").text_content())["nodes"]:
            page.evaluate(
                "(id) => kgNetwork.moveTo({ position: kgNetwork.getPosition(id), scale: 1.5 })", n["id"]
            )
            spot = at(page, n["id"])
            page.mouse.move(spot[0] + 3, spot[1] + 3)
            page.mouse.click(*spot)
            assert page.locator("#panel h2").text_content() == n["label"]
            assert page.locator("#panel blockquote").count()
            page.locator("#panel blockquote p").first.hover()
        for text in HOSTILE:
            page.locator("#search").fill(re.sub(r"[\ud800-\udfff]", "", text))
            page.keyboard.press("Enter")
        for button in ("Relation labels", "Dark", "Table"):
            page.get_by_role("button", name=button, exact=True).click()
        page.locator("td").first.hover()
        links = page.locator("a").evaluate_all("(all) => all.map((a) => a.protocol)")
        assert set(links) <= {"https:", "http:"}
        assert page.locator("body img, body iframe, body [onerror], body [onload]").count() == 0
        assert page.evaluate("window.__pwn") is None
