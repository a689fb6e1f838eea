"""The network page in a browser: what a reader sees, does and takes away, and that nothing leaves or runs."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
from pathlib import Path

import networks
import networkx as nx
import pyoxigraph as ox
import pytest
from networks import BASED, GROWTH, HOSTILE, LED, TALKS, business, edge, evidence, fact, hostile, large, node
from processes import PATIENCE

import kg
from kg.publish.view import Page, render

CHROMIUM = os.environ.get("KG_CHROMIUM") or shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--enable-unsafe-swiftshader",  # WebGL without a GPU
]
#: Milliseconds after which a browser gives up, and those between two clicks that are no double click.
LONG, APART = 1000 * PATIENCE, 500
AXE = Path(__file__).parents[1] / "foreign" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def launch():
    """Give a function that starts a browser with further arguments."""
    if not CHROMIUM:
        pytest.skip("no Chromium: install it or name it in KG_CHROMIUM")
    api = pytest.importorskip("playwright.sync_api", reason="needs playwright: pip install playwright")
    with api.sync_playwright() as playwright:
        started = []

        def launch(*more):
            arguments = [*ARGUMENTS, *more]
            started.append(playwright.chromium.launch(executable_path=CHROMIUM, args=arguments, timeout=LONG))
            return started[-1]

        yield launch
        for browser in started:
            browser.close()


@pytest.fixture(scope="module")
def browser(launch):
    return launch()


class Opener:
    """Opens pages; every request, script error and violation in them is kept and must not happen."""

    def __init__(self, browser, folder):
        self.browser, self.folder, self.pages = browser, folder, []

    def __call__(self, network, *, title="Tidewater in the news", fragment="", ready=True, **options):
        """Open a network, or a page that is written already, and wait until it is drawn."""
        html = network if isinstance(network, str) else render(network, title=title)
        file = self.folder / f"page{len(self.pages)}.html"
        file.write_text(html, encoding="utf-8", newline="\n")
        page = self.browser.new_page(**{"viewport": {"width": 1280, "height": 800}} | options)
        page.set_default_timeout(LONG)
        page.trouble = []
        page.on(
            "request",
            lambda r: r.url.split("#")[0] != file.as_uri() and page.trouble.append(f"request {r.url}"),
        )
        page.on("pageerror", lambda e: page.trouble.append(f"error {e}"))
        page.on("console", lambda m: m.type == "error" and page.trouble.append(f"console {m.text}"))
        page.on("dialog", lambda d: (page.trouble.append(f"dialog {d.message}"), d.dismiss()))
        page.on("popup", lambda p: page.trouble.append(f"popup {p.url}"))
        page.add_init_script(
            "window.__violations = [];"
            "addEventListener('securitypolicyviolation', (e) => __violations.push(`${e.violatedDirective} ${e.blockedURI}`));"
        )
        page.goto(file.as_uri() + fragment)
        if ready and options.get("java_script_enabled", True):
            page.locator("html[data-ready]").wait_for(state="attached")
            settle(page)
        self.pages.append(page)
        return page

    def close(self):
        """See that nothing happened that must not."""
        for page in self.pages:
            if page.evaluate("'__violations' in window"):
                assert page.evaluate("__violations") == []
            assert page.trouble == []
            page.context.close()


@pytest.fixture
def opened(browser, tmp_path):
    opener = Opener(browser, tmp_path)
    yield opener
    opener.close()


def settle(page, *ids):
    """Wait until the picture stands still: drawing after drawing, the labels and these nodes lie where they lay."""
    page.evaluate(
        """(ids) => new Promise((done) => {
            let before, still = 0;
            const look = () => {
                const now = JSON.stringify([kgPage.labels(), ids.map(kgPage.spot)]);
                still = now === before ? still + 1 : 0;
                before = now;
                if (still < 5) requestAnimationFrame(look);
                else done();
            };
            look();
        })""",
        ids,
    )


def held(page):
    return networks.held(page.locator("#data").text_content())


def id_of(page, label):
    return next(n["id"] for n in held(page)["nodes"] if n["label"] == label)


def at(page, id_):
    """Return where a node stands in the window."""
    box = page.locator("#network").bounding_box()
    spot = page.evaluate("(id) => kgPage.spot(id)", id_)
    return box["x"] + spot["x"], box["y"] + spot["y"]


def click(page, label):
    page.mouse.click(*at(page, id_of(page, label)))


def find(page, label):
    page.locator("#search").fill(label)
    page.keyboard.press("Enter")


def heading(page):
    return page.locator("#panel h2").text_content()


def counts(page):
    return page.locator("#counts").text_content()


def action(page, name):
    page.locator("#panel").get_by_role("button", name=name, exact=True).click()


def colours(page):
    """Count the colours on the canvas."""
    return page.evaluate(
        "() => { const c = document.querySelector('#network canvas');"
        " const d = new Uint32Array(c.getContext('2d').getImageData(0, 0, c.width, c.height).data.buffer);"
        " return new Set(d).size; }"
    )


def taken(page, what):
    """Take the picture or its data away, and return the file's content."""
    page.locator("#take > summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=what).click()
    return Path(download.value.path()).read_bytes()


class TestReading:
    """What a reader sees and selects."""

    def test_the_network_is_drawn(self, opened):
        """The canvas shows nodes, lines and labels, and the counts say how many."""
        page = opened(business())
        assert colours(page) > 50
        assert counts(page) == "5 entities · 1 event · 5 relations · 2 articles"
        assert page.title() == page.locator("h1").text_content() == "Tidewater in the news"
        assert not page.locator("#table").is_visible()

    def test_no_label_covers_another(self, opened):
        """Every node and every line of a small network has its label, and no two labels overlap."""
        page = opened(business(), viewport={"width": 1440, "height": 900})
        boxes = page.evaluate("kgPage.labels()")
        drawn = {n["id"] for n in held(page)["nodes"]}
        lines = {e["id"] for e in held(page)["edges"] if not e["repeats"]}
        assert {box["id"] for box in boxes} == drawn | lines
        for i, one in enumerate(boxes):
            for other in boxes[i + 1 :]:
                apart = (
                    one["x2"] <= other["x1"]
                    or other["x2"] <= one["x1"]
                    or one["y2"] <= other["y1"]
                    or other["y2"] <= one["y1"]
                )
                assert apart or one["id"] == other["id"], (one, other)

    def test_search_selects(self, opened):
        """`/` goes to the search box, an alias finds its entity and Enter selects it."""
        page = opened(business())
        page.keyboard.press("/")
        page.keyboard.type("tidewater")
        assert "Tidewater Robotics" in page.locator("#matches li").first.text_content()
        page.keyboard.press("Enter")
        assert heading(page) == "Tidewater Robotics"
        assert "Also Tidewater" in page.locator("#panel").text_content()

    def test_click_on_a_node_shows_its_sentences(self, opened):
        """A click on a node tells its facts and relations with sentence, names marked, link, date, who says it."""
        page = opened(business())
        click(page, "Tidewater Robotics")
        panel = page.locator("#panel")
        assert heading(page) == "Tidewater Robotics"
        assert set(panel.locator("blockquote p").all_text_contents()) == {LED, TALKS, BASED, GROWTH}
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

    def test_the_sentence_and_link_are_those_of_the_graph(self, opened, store):
        """What the page shows of an entity is what SPARQL finds: the same sentences, the same address."""
        graph = kg.Graph(store)
        page = opened(graph.view())
        click(page, "Hollis Park Capital")
        shown = set(page.locator("#panel blockquote p").all_text_contents())
        found = graph.query(
            """SELECT DISTINCT ?sentence ?url { GRAPH ?g { ?s rdf:object ?o ; rdf:predicate ?p ; prov:wasDerivedFrom/oa:hasSelector/oa:exact ?sentence .
            ?o rdfs:label "Hollis Park Capital" FILTER(?p IN (news:investor, news:leadInvestor, news:ledBy))
            OPTIONAL { ?g schema:url ?url } } }"""
        )
        assert shown == {row["sentence"] for row in found}
        links = page.locator("#panel blockquote a").evaluate_all(
            "(all) => all.map((a) => a.getAttribute('href'))"
        )
        assert set(links) == {row["url"] for row in found if "url" in row}

    def test_click_on_a_line_shows_its_sentence(self, opened):
        """A click on a line tells what it says, with the facts of the event behind it."""
        page = opened(business())
        line = next(e["id"] for e in held(page)["edges"] if e["cards"][0]["title"] == "headquartered in")
        box = page.locator("#network").bounding_box()
        spot = page.evaluate("(id) => kgPage.point(id, 0.8)", line)
        page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])
        assert heading(page) == "Tidewater Robotics → Port Ellis"
        assert page.locator("#panel blockquote p").text_content() == BASED
        assert page.locator("#panel dd").all_text_contents() == ["2014"]

    def test_panel_leads_from_node_to_node(self, opened):
        """The names in the panel are buttons that select their nodes; Escape lets go."""
        page = opened(business())
        click(page, "Grand Meridian")
        action(page, "Tidewater Robotics")
        assert heading(page) == "Tidewater Robotics"
        page.keyboard.press("Escape")
        assert heading(page) == "Read the evidence"

    def test_arrow_keys_walk_along_the_lines(self, opened):
        """From the focused picture an arrow key goes to the neighbour that lies that way, and says so."""
        page = opened(business())
        page.locator("#network").focus()
        page.keyboard.press("ArrowDown")
        first = heading(page)
        assert page.locator("#announcement").text_content().startswith(first)
        here, neighbours = at(page, id_of(page, first)), {}
        labels = {n["id"]: n["label"] for n in held(page)["nodes"]}
        for line in held(page)["edges"]:
            ends = {line["from"], line["to"]}
            if id_of(page, first) in ends and not line["repeats"]:
                other = (ends - {id_of(page, first)}).pop()
                neighbours[labels[other]] = at(page, other)[0] - here[0]
        right = max(neighbours, key=neighbours.get)
        key = "ArrowRight" if neighbours[right] > 0 else "ArrowLeft"
        page.keyboard.press(key)
        assert neighbours[heading(page)] * (1 if key == "ArrowRight" else -1) > 0
        assert heading(page) in page.locator("#announcement").text_content()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "panel"

    def test_deep_link(self, opened):
        """The address names the selection, and opens the page with it; one that names nothing does no harm."""
        page = opened(business())
        click(page, "Grand Meridian")
        fragment = page.evaluate("location.hash")
        assert fragment == "#node=urn%3Ag"
        assert heading(opened(business(), fragment=fragment)) == "Grand Meridian"
        assert heading(opened(business(), fragment="#path=urn%3Ag,urn%3Ap")).startswith(
            "Grand Meridian → Port"
        )
        assert heading(opened(business(), fragment="#node=%E0%A4%A")) == "Read the evidence"


class TestChoosing:
    """What a reader leaves out, brings in, and follows."""

    def test_filters(self, opened):
        """Clearing a type, a relation or a status hides its nodes and lines; one button brings all back."""
        page = opened(business())
        page.get_by_role("checkbox", name="investor 2").uncheck()
        assert counts(page).startswith("3 entities · 1 event · 3 relations")
        page.get_by_role("checkbox", name="rumoured").uncheck()
        assert counts(page).startswith("3 entities · 1 event · 2 relations")
        page.get_by_role("checkbox", name="headquartered in").uncheck()
        assert counts(page).startswith("3 entities · 1 event · 1 relation ·")
        page.get_by_role("button", name="Reset filters").click()
        assert counts(page).startswith("5 entities · 1 event · 5 relations")

    def test_rare_relations_are_folded(self, opened):
        """The six most frequent relations stand in the legend, the others behind a fold."""
        network = business()
        for number in range(9):
            said = evidence(f"Relation {number}.")
            edge(network, ("urn:g", "urn:p"), f"r{number}", f"relation {number}", said, derived=True)
        page = opened(network)
        assert page.locator("#relations li").count() == 6
        assert not page.locator("#rare li").first.is_visible()
        page.locator("#more summary").click()
        assert page.locator("#rare li").first.is_visible()

    def test_events_as_nodes_or_folded(self, opened):
        """Folded, the round gives way to the direct lines between those who meet in it."""
        page = opened(business())
        page.get_by_role("button", name="Events").click()
        assert counts(page).startswith("5 entities · 0 events · 4 relations")
        click(page, "Larkspur Capital")
        assert "led by" in page.locator("#panel .card").text_content()
        assert "US$240 million" in page.locator("#panel .card").text_content()

    def test_hide_only_this_expand_and_pin(self, opened):
        """A node can be hidden, left alone with its neighbours, given them back, and kept in spite of filters."""
        page = opened(business())
        click(page, "Quillon Ventures")
        action(page, "Hide")
        assert counts(page).startswith("4 entities")
        click(page, "Port Ellis")
        action(page, "Only this")
        assert counts(page).startswith("2 entities · 0 events · 1 relation")
        settle(page, id_of(page, "Tidewater Robotics"))
        click(page, "Tidewater Robotics")
        action(page, "Expand (2)")
        assert counts(page).startswith("3 entities · 1 event · 3 relations")
        page.get_by_role("button", name="Reset filters").click()
        find(page, "Larkspur Capital")
        action(page, "Pin")
        page.get_by_role("checkbox", name="investor 2").uncheck()
        assert counts(page).startswith("4 entities")

    def test_time_range(self, opened):
        """Two handles choose a range; what was told outside of it goes, and the handles do not cross."""
        page = opened(business())
        assert page.locator("#range").text_content() == "2021-03 – 2021-06"
        page.locator("#since").focus()
        page.keyboard.press("End")
        assert page.locator("#range").text_content() == "2021-06 – 2021-06"
        assert counts(page).startswith("2 entities · 0 events · 1 relation")
        page.locator("#until").focus()
        page.keyboard.press("Home")
        assert page.locator("#range").text_content() == "2021-06 – 2021-06"
        page.get_by_role("button", name="Reset filters").click()
        assert counts(page).startswith("5 entities")

    def test_shortest_path(self, opened):
        """From the panel and the search: the lines between two nodes, each with its sentence."""
        page = opened(business())
        click(page, "Grand Meridian")
        action(page, "Path to …")
        page.keyboard.type("port ellis")
        page.keyboard.press("Enter")
        assert heading(page) == "Grand Meridian → Port Ellis"
        assert "2 steps" in page.locator("#panel .kind").text_content()
        assert page.locator("#panel blockquote p").all_text_contents() == [TALKS, BASED]
        page.get_by_role("checkbox", name="rumoured").uncheck()
        assert heading(page) == "Read the evidence"

    def test_no_path(self, opened):
        """Where nothing leads from one to the other, the page says so."""
        network = business()
        node(network, "urn:z", "Zephyr", "Company")
        page = opened(network)
        click(page, "Grand Meridian")
        action(page, "Path to …")
        click(page, "Zephyr")
        assert "Nothing that passes the filters" in page.locator("#panel").text_content()


class TestTakingAway:
    """Pictures, data and a query of what is on the screen."""

    def test_pictures(self, opened):
        """PNG and SVG show the network; the SVG is well-formed and holds the labels as text."""
        page = opened(business())
        png = taken(page, "PNG picture")
        assert png.startswith(b"\x89PNG\r\n\x1a\n")
        assert len(png) > 10_000
        svg = taken(page, "SVG picture").decode()
        assert (
            page.evaluate(
                "(text) => new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror')",
                svg,
            )
            is None
        )
        assert {"Larkspur Capital", "Port Ellis", "raised by", "acquisition (rumoured)"} <= set(
            re.findall("<text[^>]*>([^<]*)</text>", svg)
        )

    def test_data(self, opened):
        """The JSON holds what passes the filters, with IRIs, sentences and sources."""
        page = opened(business())
        page.get_by_role("checkbox", name="rumoured").uncheck()
        content = json.loads(taken(page, "JSON data"))
        assert {n["id"] for n in content["nodes"]} == {
            "urn:t",
            "urn:l",
            "urn:q",
            "urn:g",
            "urn:p",
            "urn:e/round",
        }
        assert {e["status"] for e in content["edges"]} == {"asserted"}
        seat = next(e for e in content["edges"] if e["target"] == "urn:p")
        assert seat["facts"][0]["evidence"][0] == {
            "sentence": BASED,
            "article": "a1",
            "title": "Harbour robots",
            "url": "https://news.example/a",
            "published": "2021-03-14",
        }

    def test_query(self, opened, store):
        """The SPARQL query finds in the store the sentences that the page shows of the selection."""
        graph = kg.Graph(store)
        page = opened(graph.view())
        for label in ("Lumen Robotics Inc.", "Ada Osei", "Tern Labs"):
            click(page, label)
            shown = {" ".join(t.split()) for t in page.locator("#panel blockquote p").all_text_contents()}
            page.locator("#take > summary").click()
            page.get_by_role("button", name="SPARQL query …").click()
            rows = graph.query(page.locator("#query-text").input_value())
            clean = {re.sub("[\x00-\x1f\x7f\u202e\ufffe]", "", " ".join(r["sentence"].split())) for r in rows}
            assert {re.sub("[\ufffe]", "", text) for text in shown} <= clean
            assert rows
            page.get_by_role("button", name="Copy").click()
            page.locator("#copied", has_text="Copied").wait_for()
            page.get_by_role("button", name="Close").click()


class TestEverywhere:
    """Themes, widths, print, no JavaScript, no WebGL, no network."""

    def test_table_and_theme(self, opened):
        """The table and the other theme are one click away, and the way back leads to the drawing."""
        page = opened(business(), color_scheme="dark")
        paper = "getComputedStyle(document.body).backgroundColor"
        dark = page.evaluate(paper)
        page.get_by_role("button", name="Light").click()
        assert page.evaluate(paper) != dark
        page.get_by_role("button", name="Table").click()
        rows = page.locator("#rows tr")
        assert {LED, TALKS, BASED, GROWTH} <= set(rows.locator("blockquote p").all_text_contents())
        before = rows.count()
        page.get_by_role("button", name="Table").click()
        page.get_by_role("checkbox", name="rumoured").uncheck()
        page.get_by_role("button", name="Table").click()
        assert rows.count() == before - 1
        page.get_by_role("button", name="Table").click()
        settle(page)
        assert colours(page) > 50

    def test_phone_width(self, opened):
        """At phone width nothing overflows sideways and the panel is in view."""
        page = opened(business(), viewport={"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert page.locator("#panel").bounding_box()["y"] < 700
        assert page.locator("#network").bounding_box()["height"] > 250

    def test_print(self, opened):
        """On paper stand the picture and, of a network of this size, every fact."""
        page = opened(business())
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        assert {LED, TALKS, BASED, GROWTH} <= set(page.locator("#rows blockquote p").all_text_contents())
        assert page.locator("#rows").is_visible()
        assert page.locator("#printed").bounding_box()["height"] > 150
        assert not page.locator("#panel").is_visible()
        page.emulate_media(media="screen")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator("#printed").count() == 0
        assert page.locator("#network").is_visible()

    def test_without_javascript(self, opened):
        """Without JavaScript the table stands in the page with every sentence and source, and no empty controls."""
        page = opened(business(), java_script_enabled=False)
        assert page.locator("noscript tbody tr").count() == 15
        assert set(page.locator("noscript q").all_text_contents()) == {LED, TALKS, BASED, GROWTH}
        assert page.locator("noscript q").first.bounding_box()["height"] > 10
        assert page.locator("noscript li a").first.get_attribute("href") == "https://news.example/a"
        assert not page.locator("#app").is_visible()
        assert not page.locator("#tools").is_visible()

    def test_silent_network(self, launch, tmp_path):
        """Where every host accepts a connection and stays silent, the page is drawn and asks none of them."""
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]  # the system accepts, and nobody answers
            opener = Opener(launch(f"--host-resolver-rules=MAP * 127.0.0.1:{port}"), tmp_path)
            file = tmp_path / "silent.html"
            file.write_text(render(business(), title="T"), encoding="utf-8")
            page = opener.browser.new_page()
            page.set_default_timeout(LONG)
            asked = []
            page.on("request", lambda r: asked.append(r.url))
            page.goto(file.as_uri(), wait_until="commit")
            page.locator("html[data-ready]").wait_for(state="attached")
            assert colours(page) > 50
            assert asked == [file.as_uri()]
            page.close()

    def test_empty_network(self, opened):
        """A page without nodes says so."""
        page = opened(nx.MultiDiGraph(classes={}))
        assert heading(page) == "Nothing to show"

    def test_a_new_class_needs_no_change_of_the_page(self, opened):
        """A class that the ontology has gained appears in the legend under its label, drawn in its colour."""
        network = business()
        network.graph["classes"]["Vessel"] = {"label": "vessel", "colour": "#123456", "icon": ""}
        node(network, "urn:v", "Grey Heron", "Vessel")
        page = opened(network)
        assert page.get_by_role("checkbox", name="vessel 1").is_checked()
        sign = page.locator("#types li", has_text="vessel").locator(".sign")
        assert sign.evaluate("(e) => getComputedStyle(e).backgroundColor") == "rgb(18, 52, 86)"
        del network.graph["classes"]["Vessel"]

    @pytest.mark.parametrize("width", [1280, 390], ids=["wide", "phone"])
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_no_barriers(self, opened, scheme, width):
        """Axe finds no violation: not at first, not with a selection, a table, a query, a path or open folds."""
        if not AXE.exists():
            if os.environ.get("KG_REQUIRE_FOREIGN"):
                pytest.fail("axe-core is not installed")
            pytest.skip("no axe-core: npm ci --prefix tests/foreign")
        page = opened(business(), color_scheme=scheme, viewport={"width": width, "height": 844})
        page.evaluate(AXE.read_text("utf-8"))

        def check(state):
            found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
            assert [(v["id"], v["nodes"][0]["html"]) for v in found] == [], state

        check("first")
        page.locator("#legend").evaluate("(e) => { e.open = true; }")
        check("legend")
        page.locator("#legend").evaluate("(e) => { e.open = innerWidth > 900; }")
        page.keyboard.press("/")
        page.keyboard.type("o")
        check("search")
        page.keyboard.type("ta")
        page.locator("#search").fill("tidewater")
        page.keyboard.press("Enter")
        check("selection")
        action(page, "Path to …")
        page.keyboard.type("grand")
        page.keyboard.press("Enter")
        check("path")
        page.locator("#take > summary").click()
        check("menu")
        page.get_by_role("button", name="SPARQL query …").click()
        check("query")
        page.get_by_role("button", name="Close").last.click()
        page.get_by_role("button", name="Table").click()
        check("table")


def with_a_pair(network):
    """Add two that are linked in two manners, and with nothing else."""
    for name in "xy":
        node(network, f"urn:{name}", f"Company {name}", "Company")
    for label, status in (("owns", "asserted"), ("acquired", "rumoured")):
        said = evidence(f"Company x {label} Company y.", article="a1")
        edge(network, ("urn:x", "urn:y"), label, label, said, derived=True, status=status)
    return network


def pair(page):
    """Find one of the two, and their lines."""
    ids = {n["iri"]: n["id"] for n in held(page)["nodes"]}
    return ids["urn:x"], [e for e in held(page)["edges"] if e["from"] == ids["urn:x"]]


class TestLargeNetworks:
    """What sigma draws, and what is not drawn at first."""

    def test_the_search_reaches_what_is_not_drawn(self, opened):
        """Past 10,000 nodes the page says what it draws, and search and expansion bring in the others."""
        page = opened(large(10_050))
        notice = "Drawn are the 10,000 most connected of 10,050 nodes."
        assert page.locator("#notice").text_content().startswith(notice)
        assert counts(page).startswith("10,000 entities")
        left = next(n for n in held(page)["nodes"] if "x" not in n)
        page.locator("#search").fill(left["label"])
        page.keyboard.press("Enter")
        assert heading(page) == left["label"]
        assert counts(page).startswith("10,001 entities")
        assert page.locator("#panel blockquote p").count() == 1

    def test_click_and_filter(self, opened):
        """A click selects, a filter hides, as in a small network."""
        page = opened(large(2_500))
        hub = max(held(page)["nodes"], key=lambda n: n["size"])
        page.locator("#search").fill(hub["label"])
        page.keyboard.press("Enter")
        settle(page, hub["id"])
        page.keyboard.press("Escape")
        page.mouse.click(*at(page, hub["id"]))
        assert heading(page) == hub["label"]
        page.get_by_role("checkbox", name="partnered with").uncheck()
        assert "0 relations" in counts(page)
        assert taken(page, "PNG picture").startswith(b"\x89PNG")

    def test_lines_between_the_same_two_lie_apart(self, opened):
        """What is said in two manners between the same two is drawn as two lines, each of which can be clicked."""
        page = opened(with_a_pair(large(2_500)))
        first, both = pair(page)
        page.evaluate("(id) => kgPage.show(id)", first)
        settle(page, first)
        box = page.locator("#network").bounding_box()
        for line in both:
            spot = page.evaluate("(id) => kgPage.point(id, 0.5)", line["id"])
            page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])
            assert line["cards"][0]["title"] in page.locator("#panel .kind").text_content()
            page.wait_for_timeout(APART)

    def test_the_lines_follow_the_view(self, opened):
        """After a drag and a zoom the lines are drawn where their ends are."""
        page = opened(with_a_pair(large(2_500)))
        first, both = pair(page)
        page.evaluate("(id) => kgPage.show(id)", first)
        settle(page, first)
        box = page.locator("#network").bounding_box()
        page.mouse.move(box["x"] + 60, box["y"] + 60)
        page.mouse.down()
        page.mouse.move(box["x"] + 90, box["y"] + 80, steps=4)
        page.mouse.up()
        page.locator("#zoom-out").click()
        inked = (
            "(id) => { const lines = document.querySelector('.sigma-lines');"
            " const inked = ({ x, y }) => lines.getContext('2d').getImageData(x - 1, y - 1, 3, 3).data.some((part) => part > 0);"
            " return lines.style.transform === '' && [0.4, 0.45, 0.5, 0.55, 0.6].some((t) => inked(kgPage.point(id, t))); }"
        )
        for line in both:
            page.wait_for_function(inked, arg=line["id"])

    def test_the_table_and_back(self, opened):
        """What was redrawn behind the table is drawn when the picture comes back."""
        page = opened(with_a_pair(large(2_500)))
        page.get_by_role("button", name="Table").click()
        page.get_by_role("button", name="Dark").click()
        page.get_by_role("button", name="Table").click()
        settle(page)
        width = page.locator("#network").bounding_box()["width"]
        assert all(
            w == width
            for w in page.locator("#network canvas").evaluate_all("(all) => all.map((c) => c.width)")
        )
        assert page.evaluate("kgPage.labels().length")

    def test_an_unsteady_click(self, opened):
        """A click that moves by a pixel selects; a drag keeps the node where it was taken hold of."""
        page = opened(with_a_pair(large(2_500)))
        first, _ = pair(page)
        page.evaluate("(id) => kgPage.show(id)", first)
        settle(page, first)
        x, y = at(page, first)
        page.mouse.move(x + 9, y + 6)
        page.mouse.down()
        page.mouse.move(x + 10, y + 6)
        page.mouse.up()
        assert heading(page) == "Company x"
        assert at(page, first) == pytest.approx((x, y), abs=0.5)
        page.wait_for_timeout(APART)
        page.mouse.down()
        page.mouse.move(x + 60, y + 46, steps=4)
        page.mouse.up()
        settle(page)
        assert at(page, first) == pytest.approx((x + 50, y + 40), abs=2)

    def test_an_address_leads_to_a_line(self, opened):
        """The line that an address names is in view and told."""
        network = with_a_pair(large(2_500))
        page = opened(network, fragment="#line=urn%3Ax,urn%3Ay,rumoured,acquired")
        page.locator("#panel .kind", has_text="acquired").wait_for()
        ids = [n["id"] for n in held(page)["nodes"] if n["iri"] in {"urn:x", "urn:y"}]
        settle(page, *ids)
        ends = [at(page, one) for one in ids]
        assert abs(ends[0][0] - ends[1][0]) > 50

    def test_when_webgl_is_lost(self, opened):
        """Where the graphics driver gives up, the canvas takes over."""
        page = opened(large(2_100))
        page.evaluate(
            "document.querySelector('.sigma-nodes').getContext('webgl2').getExtension('WEBGL_lose_context').loseContext()"
        )
        page.locator(".vis-network canvas").wait_for()
        settle(page)
        assert colours(page) > 50
        page.trouble[:] = [one for one in page.trouble if "WebGL" not in one]

    def test_without_webgl(self, launch, tmp_path):
        """Without WebGL the canvas draws the same."""
        opener = Opener(launch("--disable-3d-apis"), tmp_path)
        page = opener(large(2_500))
        assert colours(page) > 50
        assert counts(page).startswith("2,500 entities")
        page.trouble[:] = [one for one in page.trouble if "WebGL" not in one]
        opener.close()


def test_hostile_texts_never_execute(opened):
    """Hostile texts in every field do nothing on load, hover or click, in search, table, query or exports."""
    assert len(HOSTILE) >= 30
    page = opened(hostile(), title=HOSTILE[1])
    for n in held(page)["nodes"]:
        page.evaluate("(id) => kgPage.show(id)", n["id"])
        spot = at(page, n["id"])
        page.mouse.move(spot[0] + 3, spot[1] + 3)
        page.mouse.click(*spot)
        assert heading(page) == n["label"]
        assert page.locator("#panel blockquote").count()
        page.locator("#panel blockquote p").first.hover()
        fragment = page.evaluate("location.hash")
        page.evaluate("(hash) => { location.hash = hash; }", fragment)
    for text in HOSTILE:
        page.locator("#search").fill(re.sub(r"[\ud800-\udfff]", "", text))
        page.keyboard.press("Enter")
        page.evaluate(
            "(hash) => { location.hash = hash; }", f"#node={text}".encode("utf-8", "replace").decode()
        )
    page.keyboard.press("Escape")
    for what in ("PNG picture", "JSON data"):
        taken(page, what)
    svg = taken(page, "SVG picture").decode()
    assert not re.search("<(?!/?(svg|polygon|polyline|circle|text|path)[ >])", svg)
    page.locator("#take > summary").click()
    page.get_by_role("button", name="SPARQL query …").click()
    query = page.locator("#query-text").input_value()
    ox.Store().query(query)
    page.get_by_role("button", name="Close").last.click()
    for button in ("Relation labels", "Dark", "Table"):
        page.get_by_role("button", name=button, exact=True).click()
    page.locator("#rows td").first.hover()
    links = page.locator("a[href]").evaluate_all("(all) => all.map((a) => a.protocol)")
    assert set(links) <= {"https:", "http:"}
    assert page.locator("body img, body iframe, body [onerror], body [onload]").count() == 0
    assert page.evaluate("window.__pwn") is None


class TestOddWays:
    """What an impatient reader does, and frames that are not to be seen yet."""

    def test_filters_apply_to_facts(self, opened):
        """A fact outside of the range or of a status that is cleared is told neither in the panel nor in the table."""
        network = business()
        network.nodes["urn:t"]["facts"].append(
            fact("ticker", "TDW", evidence("It lists as TDW."), status="planned")
        )
        page = opened(network)
        click(page, "Tidewater Robotics")
        assert "It lists as TDW." in page.locator("#panel").text_content()
        page.get_by_role("checkbox", name="rumoured").uncheck()
        page.locator("#since").focus()
        page.keyboard.press("End")
        assert "It lists as TDW." not in page.locator("#panel").text_content()
        page.get_by_role("button", name="Table").click()
        assert page.locator("#rows tr").count() == 0

    def test_a_search_leaves_the_filters_alone(self, opened):
        """What is asked for by name is shown in spite of the filter on its type, and only that."""
        page = opened(business())
        page.get_by_role("checkbox", name="investor 2").uncheck()
        find(page, "Larkspur Capital")
        assert heading(page) == "Larkspur Capital"
        assert counts(page).startswith("4 entities")
        assert page.get_by_role("button", name="Reset filters").is_visible()

    def test_a_path_that_was_not_wanted_after_all(self, opened):
        """Escape and a selection end the question for a path; from a node to itself there is none."""
        page = opened(business())
        for way_out in ("Escape", "panel"):
            find(page, "Grand Meridian")
            action(page, "Path to …")
            if way_out == "Escape":
                page.keyboard.press("Escape")
            else:
                action(page, "Tidewater Robotics")
            assert page.locator("#search").get_attribute("placeholder") == "Find a name"
            find(page, "Port Ellis")
            assert heading(page) == "Port Ellis"
        action(page, "Path to …")
        find(page, "Port Ellis")
        assert heading(page) == "Port Ellis"

    def test_addresses(self, opened):
        """A line is found again by what it says; an address leads out of the table; a path may lead nowhere."""
        network = business()
        edge(
            network,
            ("urn:t", "urn:p"),
            "leftFor",
            "left for",
            evidence("It left."),
            derived=True,
            status="former",
        )
        node(network, "urn:z", "Zephyr", "Company")
        page = opened(network)
        line = next(e for e in held(page)["edges"] if e["status"] == "former")
        box = page.locator("#network").bounding_box()
        spot = page.evaluate("(id) => kgPage.point(id, 0.5)", line["id"])
        page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])
        assert "left for" in page.locator("#panel .kind").text_content()
        other = opened(network, fragment=page.evaluate("location.hash"))
        assert "left for" in other.locator("#panel .kind").text_content()
        page.get_by_role("button", name="Table").click()
        page.evaluate("location.hash = '#path=urn%3Ag,urn%3Az'")
        page.locator("#panel h2", has_text="Zephyr").wait_for()
        assert "Nothing that passes" in page.locator("#panel").text_content()

    def test_a_frame_in_a_notebook(self, opened):
        """In a frame that is folded at first the page waits until it is seen; its dialog can be closed."""
        frame = Page(render(business(), title="T"))._repr_html_()
        page = opened(f"<!doctype html><div id=cell style='display:none'>{frame}</div>", ready=False)
        page.frames[1].wait_for_load_state("load")
        page.evaluate("document.getElementById('cell').style.display = 'block'")
        inner = page.frame_locator("iframe")
        inner.locator("html[data-ready]").wait_for(state="attached")
        assert inner.locator("#counts").text_content().startswith("5 entities")
        assert inner.locator("#network").is_visible()
        inner.locator("#take > summary").click()
        inner.get_by_role("button", name="SPARQL query …").click()
        inner.get_by_role("button", name="Close").click()
        assert not inner.locator("#query").is_visible()

    def test_a_low_window(self, opened):
        """On a phone on its side the page is higher than the window, and the picture has room."""
        page = opened(business(), viewport={"width": 700, "height": 330})
        assert page.locator("#network").bounding_box()["height"] > 150
        assert counts(page).startswith("5 entities")

    def test_the_browsers_own_keys(self, opened):
        """With Ctrl, Alt or Meta the keys are the browser's; Escape in the dialog keeps the selection."""
        page = opened(business())
        click(page, "Grand Meridian")
        page.locator("#network").focus()
        page.keyboard.press("Alt+ArrowLeft")
        assert heading(page) == "Grand Meridian"
        page.locator("#take > summary").click()
        page.get_by_role("button", name="SPARQL query …").click()
        page.keyboard.press("Escape")
        assert heading(page) == "Grand Meridian"

    def test_sigma_drags_and_clicks_lines(self, opened):
        """In a large network a dragged node is not selected, and a click on a line tells what it says."""
        page = opened(large(2_100))
        hub = max(held(page)["nodes"], key=lambda n: n["size"])
        page.evaluate("(id) => kgPage.show(id)", hub["id"])
        settle(page)
        x, y = at(page, hub["id"])
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 40, y + 30, steps=4)
        page.mouse.up()
        settle(page)
        assert heading(page) == "Read the evidence"
        moved = at(page, hub["id"])
        assert abs(moved[0] - x - 40) < 5
        middles = [
            page.evaluate("(id) => kgPage.point(id, 0.5)", e["id"])
            for e in held(page)["edges"]
            if hub["id"] in {e["from"], e["to"]}
        ]
        box = page.locator("#network").bounding_box()
        here = (moved[0] - box["x"], moved[1] - box["y"])
        near = min(middles, key=lambda m: abs(abs(m["x"] - here[0]) + abs(m["y"] - here[1]) - 150))
        page.mouse.move(box["x"] + near["x"], box["y"] + near["y"])
        settle(page)
        page.mouse.click(box["x"] + near["x"], box["y"] + near["y"])
        page.wait_for_function("document.querySelector('#panel h2').textContent.includes('Company')")
        assert page.locator("#panel blockquote").count()
