"""The network page against pyvis' own, in one browser: size, first picture, frames while dragging.

    python bench/view.py [NODES ...]

A random network (Barabási and Albert, two lines for each new node) by kg and by pyvis with its defaults but with
its scripts inside the page. `first` is the first picture: with kg the page says so, with pyvis it is the end of
its layout. CPU seconds are those of all processes of the browser, once it has started and is at rest. Needs Chromium
and playwright.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import networkx as nx  # noqa: E402 - the checkout comes first

from kg.publish.view import render  # noqa: E402

CAP = 60  # seconds after which a page counts as not drawn
DRAG = 3  # seconds of dragging
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--enable-unsafe-swiftshader"]
FRAMES = """() => { window.frames_ = 0; const tick = () => { frames_++; requestAnimationFrame(tick); }; tick(); }"""


def shape(size: int) -> nx.Graph:
    """Draw the random network."""
    return nx.barabasi_albert_graph(size, 2, seed=1)


def ours(size: int) -> str:
    """Make kg's page, with a sentence behind every line."""
    network = nx.MultiDiGraph(
        classes={"Company": {"label": "company", "colour": "#2f5fb3", "icon": "M4 21V3h16v18z"}}
    )
    for n in shape(size):
        network.add_node(str(n), label=f"Company {n}", type="Company", kind="entity", aliases=[], facts=[])
    for a, b in shape(size).edges:
        sentence = f"Company {a} works with Company {b}."
        where = {"exact": sentence, "start": 0, "end": len(sentence), "article": f"a{a % 500}"}
        where |= {"title": f"Story {a % 500}", "url": "", "published": f"2024-0{1 + a % 9}-01"}
        told = {"label": "partnered with", "status": "asserted", "attributed_to": [], "evidence": [where]}
        network.add_edge(str(a), str(b), "partneredWith", **told)
    return render(network, title="Bench")


def theirs(size: int) -> str:
    """Make pyvis' page with its defaults."""
    from pyvis.network import Network

    picture = Network(cdn_resources="in_line")
    picture.add_nodes(list(range(size)), label=[f"Company {n}" for n in range(size)])
    for a, b in shape(size).edges:
        picture.edges.append({"from": a, "to": b})  # add_edge looks through all edges each time
    return str(picture.generate_html())


def cpu(pid: int) -> float:
    """Add up the CPU seconds of a process and its descendants."""
    total, children = 0.0, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append((int(stat.parent.name), fields))
    waiting = [pid]
    while waiting:
        for child, fields in children.get(waiting.pop(), []):
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
            waiting.append(child)
    return total


def rested(pid: int) -> float:
    """Wait until a process and its descendants have nothing to do, and return their CPU seconds."""
    last, now = -1.0, cpu(pid)
    while now - last > 0.02:
        time.sleep(0.5)
        last, now = now, cpu(pid)
    return now


def measure(make: Callable[[int], str], size: int, drawn: str) -> dict[str, object]:
    """Open one page in a browser of its own."""
    from playwright.sync_api import Error, sync_playwright

    started = time.process_time()
    html = make(size)
    writing = time.process_time() - started
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "page.html"
        file.write_text(html, encoding="utf-8")
        path = os.environ.get("KG_CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.route(
            "**/*", lambda route: route.continue_() if route.request.url == file.as_uri() else route.abort()
        )
        before, clock = rested(os.getpid()), time.monotonic()
        row: dict[str, object] = {
            "nodes": size,
            "page": make.__name__,
            "MB": round(len(html.encode()) / 1e6, 2),
        }
        row["written s"] = round(writing, 1)
        try:
            page.goto(file.as_uri(), wait_until="commit", timeout=CAP * 1000)
            page.wait_for_function(drawn, timeout=CAP * 1000, polling=50)
            page.evaluate(
                "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
            )
            row["first s"] = round(time.monotonic() - clock, 2)
            row["first CPU s"] = round(cpu(os.getpid()) - before, 2)
            row["frames/s"] = frames(page)
        except Error:
            row["first s"] = f">{CAP}"
        browser.close()
    return row


def frames(page: object) -> float:
    """Drag the background about, and count the frames."""
    page.evaluate(FRAMES)  # type: ignore[attr-defined]
    mouse = page.mouse  # type: ignore[attr-defined]
    mouse.move(520, 400)
    mouse.down()
    before, start = page.evaluate("frames_"), time.monotonic()  # type: ignore[attr-defined]
    step = 0
    while time.monotonic() - start < DRAG:
        step += 1
        mouse.move(520 + 80 * (step % 2), 400 + step % 50)
    count = page.evaluate("frames_") - before  # type: ignore[attr-defined]
    rate = count / (time.monotonic() - start)
    mouse.up()
    return round(float(rate), 1)


def main() -> None:
    """Print a row for each page."""
    sizes = [int(n) for n in sys.argv[1:]] or [100, 1_000, 10_000, 50_000]
    names = ("nodes", "page", "MB", "written s", "first s", "first CPU s", "frames/s")
    print("| " + " | ".join(names) + " |\n|" + " --- |" * len(names), flush=True)
    settled = "() => window.network && network.physics.stabilized"
    for size in sizes:
        for make, drawn in ((ours, "() => 'ready' in document.documentElement.dataset"), (theirs, settled)):
            row = measure(make, size, drawn)
            print("| " + " | ".join(str(row.get(name, "")) for name in names) + " |", flush=True)


if __name__ == "__main__":
    main()
