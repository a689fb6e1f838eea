"""The network page: what it draws, and what the file holds, seen without a browser."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import networkx as nx
from networks import HOSTILE, LED, business, edge, evidence, held, hostile, large, node

import kg
from kg.publish.view import Page, render


def data(page):
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    return held(found[1])


def drawn(page):
    """Return the lines as (from, label, status, to, hidden until asked)."""
    content = data(page)
    labels = {n["id"]: n["label"] for n in content["nodes"]}
    return {
        (labels[e["from"]], said(e), e["status"], labels[e["to"]], e["repeats"]) for e in content["edges"]
    }


def said(line):
    """Return what is said on a line."""
    return ", ".join(dict.fromkeys(card["title"] for card in line["cards"]))


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
        found = [e for e in data(render(network, title="T"))["edges"] if said(e) == "partnered with"]
        assert [e["arrows"] for e in found] == [""]

    def test_the_line_of_an_event_runs_along_its_key(self):
        """A rumoured deal, which has no direct line, points from the buyer to the bought, whatever their names."""
        for names in ({}, {"urn:g": "urn:z"}):
            network = nx.relabel_nodes(business(), names)
            (line,) = [e for e in data(render(network, title="T"))["edges"] if said(e) == "acquisition"]
            labels = {n["id"]: n["label"] for n in data(render(network, title="T"))["nodes"]}
            ends = labels[line["from"]], labels[line["to"]]
            assert (*ends, line["arrows"]) == ("Grand Meridian", "Tidewater Robotics", "to")

    def test_status_has_its_own_stroke(self):
        """Each doubtful status is drawn in dashes of its own."""
        seen = set()
        for status in ("asserted", "planned", "rumoured", "denied", "former"):
            network = business()
            for _, _, attributes in network.out_edges("urn:e/talks", data=True):
                attributes["status"] = status
            lines = data(render(network, title="T"))["edges"]
            seen.add(str(next(e["dashes"] for e in lines if said(e) == "acquisition")))
        assert len(seen) == 5

    def test_what_two_articles_say_is_told_once(self):
        """A value of an event that two articles give stands once in its panel, with both sentences."""
        network = business()
        amount = network.nodes["urn:e/round"]["facts"][0]
        again = amount | {"evidence": evidence("The round brought $240m.", article="b")}
        network.nodes["urn:e/round"]["facts"].append(again)
        cards = [c for e in data(render(network, title="T"))["edges"] if e["repeats"] for c in e["cards"]]
        assert [row for row in cards[0]["rows"] if row[0] == "amount"] == [["amount", "US$240 million"]]

    def test_an_event_folds_where_direct_lines_reach_all_who_meet_in_it(self):
        """The round can be folded, its amount then stands on the direct lines; a rumoured one cannot."""
        content = data(render(business(), title="T"))
        assert [n["folds"] for n in content["nodes"] if n["shape"] == "square"] == [True]
        rows = [row for e in content["edges"] if e["repeats"] for card in e["cards"] for row in card["rows"]]
        assert ["amount", "US$240 million"] in rows
        network = business()
        network.remove_edge("urn:q", "urn:t", "investedIn")
        content = data(render(network, title="T"))
        assert [n["folds"] for n in content["nodes"] if n["shape"] == "square"] == [False]

    def test_labels_do_not_collide(self):
        """In a small network every label, in two lines where it is long, has room below its node."""
        network = large(40)
        for number in range(0, 40, 3):
            network.nodes[f"urn:{number}"]["label"] += " and Associates"
        boxes = []
        for n in data(render(network, title="T"))["nodes"]:
            words = n["label"].split()
            one = n["label"] if len(n["label"]) <= 16 else " ".join(words[2:])
            boxes.append((n["x"], n["y"], 7.6 * len(one), n["size"]))
        for i, (x, y, width, size) in enumerate(boxes):
            for x2, y2, width2, size2 in boxes[i + 1 :]:
                assert abs(x - x2) > (width + width2) / 2 or abs(y - y2) > size + size2 + 18

    def test_every_node_has_its_own_place(self):
        """Also in a large part, whose twins are equally far from everything."""
        nodes = data(render(large(500), title="T"))["nodes"]
        assert len({(n["x"], n["y"]) for n in nodes}) == 500

    def test_a_style_that_is_none_is_left_out(self):
        """A colour is six hexadecimal digits and an icon the data of a path; anything else is not drawn."""
        for style in data(render(hostile(), title="T"))["classes"].values():
            assert style["icon"] == ""
            assert re.fullmatch("#[0-9a-f]{6}", style["colour"])

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

    def test_the_renderer_goes_by_size(self):
        """Up to 2,000 nodes the page brings vis-network alone, past that sigma as well."""
        small, more = render(large(2_000), title="T"), render(large(2_001), title="T")
        assert (data(small)["renderer"], data(more)["renderer"]) == ("vis", "sigma")
        assert ("kgSigma=" in small, "kgSigma=" in more) == (False, True)

    def test_sigma_is_what_the_locked_manifest_builds(self):
        """The vendored file is the recorded one, carries its licence, and the manifest pins what it holds."""
        vendor = Path(kg.__file__).parent / "publish" / "page" / "vendor"
        recorded, name = (vendor / "sigma.js.sha256").read_text("utf-8").split()
        content = (vendor / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == recorded
        manifest = json.loads((vendor / "package.json").read_text("utf-8"))
        locked = json.loads((vendor / "package-lock.json").read_text("utf-8"))["packages"]
        for package, version in (manifest["dependencies"] | manifest["devDependencies"]).items():
            assert locked[f"node_modules/{package}"]["version"] == version
            assert locked[f"node_modules/{package}"]["integrity"].startswith("sha512-")
        assert b"sigma 3.0.3" in content
        assert b"Permission is hereby granted" in content

    def test_a_notebook_shows_it_in_a_frame(self):
        """The frame holds the whole page as an attribute, and may run scripts but not reach the notebook."""
        frame = Page(render(business(), title="T"), 400)._repr_html_()
        assert frame.count("<") == 2
        assert 'height="400"' in frame
        assert "allow-same-origin" not in frame

    def test_hostile_texts_leave_no_markup(self):
        """No hostile text reaches the page unescaped, and the page can be written as UTF-8."""
        page = render(hostile(), title=HOSTILE[1])
        page.encode("utf-8")
        own = own_text(page)
        assert len(re.findall("<(?:script|img|svg|iframe|style|link|math)\\b", own)) == 7
        for text in HOSTILE:
            empty = own_text(render(nx.MultiDiGraph(classes={}), title=text))
            assert len(re.findall("<(?:script|img|svg|iframe|style|link|math)\\b", empty)) == 7
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u2028\u2029\x00\x07]", own)
        assert not re.findall(r'href="(?!https?://|data:,"|#source-)', own)


def own_text(page):
    """Return the page without its libraries and scripts, which hold odd characters and markup of their own."""
    return re.sub(r"(<script>).*?(</script>)", r"\1\2", page, flags=re.DOTALL)
