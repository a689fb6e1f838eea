"""Invented articles for the tests: some built by hand as values, some written as files, and a way to run `kg`."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, settings
from processes import PATIENCE, ROOT

from kg.graph.quads import ArticleQuads
from kg.graph.store import Store
from kg.iris import digest
from kg.model import (
    Article,
    Document,
    Entity,
    Event,
    Evidence,
    Filler,
    Money,
    PartialDate,
    Quantity,
    Statement,
    Status,
)
from kg.vocabulary import Ontology

ACTIVITY = "https://w3id.org/kg-news/id/extraction/test"

# How long an example takes says more of the machine than of the code.
settings.register_profile("kg", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kg")


class Telling:
    """An article that is made sentence by sentence; `apart` keeps its title out of the body, as JSON does."""

    def __init__(
        self, name: str, title: str = "", *, apart: bool = False, url: str = "", published: str = ""
    ):
        self.name, self.title, self.url, self.published = name, title, url, published
        self.text = f"{title}\n\n" if title else ""
        self.body_start = len(self.text) if apart else 0
        self.events: list[Event] = []

    def headline(self) -> Evidence:
        """Give the title as evidence."""
        return Evidence(0, len(self.title), self.title)

    def say(self, sentence: str) -> Evidence:
        """Add a sentence, and give it as evidence."""
        start = len(self.text)
        self.text += sentence + "\n"
        return Evidence(start, start + len(sentence), sentence)

    def event(
        self,
        kind: str,
        evidence: Evidence,
        *roles: tuple[str, Filler],
        status: Status = "asserted",
        by: Entity | None = None,
    ) -> None:
        """Add an event that a sentence tells."""
        speakers = (by,) if by else ()
        told = [("", None), *roles]
        self.events.append(
            Event(kind, tuple(Statement(r, f, status, (evidence,), speakers) for r, f in told))
        )

    def article(self) -> Article:
        """Give it as extraction leaves it."""
        regions = ((0, len(self.text)),)
        document = Document(
            self.name, self.text, regions, self.body_start, self.title, self.url, self.published
        )
        fillers = [s.filler for e in self.events for s in e.statements]
        entities = dict.fromkeys(f for f in fillers if isinstance(f, Entity))
        return Article(document, tuple(entities), tuple(self.events))


def dollars(amount: int) -> Money:
    return Money(Decimal(amount), "USD")


LUMEN = Entity("Company", "Lumen Robotics Inc.", ("Lumen", "Lumen Robotics"))
HOLLIS = Entity("Investor", "Hollis Park Capital")
QUILL = Entity("Investor", 'Quill & "Sons" Ventures')
ADA = Entity("Person", "Ada Osei")
PORT = Entity("City", "Port Ellis")
TERN = Entity("Company", "Tern Labs")


def funding() -> Article:
    """Tell of a round with a stated equivalent, a seat, a founding, a position, a figure, a target."""
    a = Telling(
        "funding.txt", "Lumen raises money", url="https://news.example/lumen?a=1", published="2024-03-05"
    )
    said = a.say(
        "Lumen Robotics Inc. raised 6 billion yuan (US$938 million) in a Series C round led by Hollis."
    )
    yuan = Money(Decimal(6_000_000_000), "CNY", "", dollars(938_000_000))
    backers = [("investor", HOLLIS), ("leadInvestor", HOLLIS), ("investor", QUILL)]
    more = [("amount", yuan), ("series", "Series C"), ("date", PartialDate("2024-03"))]
    a.event("FundingRound", said, ("company", LUMEN), *backers, *more, ("valuation", dollars(4_500_000_000)))
    said = a.say("It is based in Port Ellis.")
    a.event("Headquarters", said, ("organization", LUMEN), ("place", PORT))
    said = a.say("Ada Osei, its chief executive, founded it in July.")
    roles = [("organization", LUMEN), ("founder", ADA)]
    a.event("Founding", said, *roles, ("date", PartialDate("--07")), ("foundingPlace", PORT))
    a.event("Position", said, ("person", ADA), ("organization", LUMEN), ("title", "chief executive"))
    said = a.say("“We aim for 40% by 2030,” said Ada Osei.")
    a.event("Quotation", said, ("speaker", ADA), ("text", "We aim for 40% by 2030,"), by=ADA)
    goal = ("figure", Quantity(Decimal("40.0"), "%", "at least"))
    told = [("subject", LUMEN), ("measure", "share"), goal, ("date", PartialDate("2030"))]
    a.event("Metric", said, *told, status="planned", by=ADA)
    return a.article()


def talks() -> Article:
    """Tell what is only rumoured, denied, planned or past, the first of it in a title kept apart."""
    a = Telling("talks.jsonl#1", "Tern in talks to buy Lumen", apart=True, published="2024")
    a.event("Acquisition", a.headline(), ("acquirer", TERN), ("acquiree", LUMEN), status="rumoured")
    said = a.say("Hollis Park Capital denied that it invested in Tern Labs.")
    a.event("Investment", said, ("investor", HOLLIS), ("investee", TERN), status="denied", by=HOLLIS)
    said = a.say("Tern Labs and Lumen plan to work together.")
    a.event("Partnership", said, ("participant", TERN), ("participant", LUMEN), status="planned")
    said = a.say("Tern Labs was once based in Port Ellis.")
    a.event("Headquarters", said, ("organization", TERN), ("place", PORT), status="former")
    return a.article()


def hostile() -> Article:
    """Tell of things whose names and words hold all that is awkward to write down."""
    a = Telling('déjà vu/"#1"?.txt', url="javascript:alert(1)")
    firm = Entity(
        "Company", '<b>{Evil} \\ "O\'Neil"</b> #1 `|^', ("[bold]x[/bold]", "=HYPERLINK(1)", "🦔 北京")
    )
    tool = Entity("Product", "line one\r\nline two\ttab ]]> &amp; \x0b\x1b[31m\u202e")
    said = a.say("The firm sells\r\na \x0b\x01\x1b[31mtool\x7f\u202e\ufffe \\ \"\"\" ''' it says.")
    a.event("ProductOffering", said, ("organization", firm), ("product", tool))
    a.event("Subsidiary", said, ("parent", firm), ("subsidiary", TERN))
    a.event("Listing", said, ("organization", firm), ("ticker", "EV.L"), ("exchange", "=1+1"))
    stake = ("stake", Quantity(Decimal("12.50"), "%"))
    a.event("Investment", said, ("investor", firm), ("investee", TERN), ("amount", dollars(1)), stake)
    a.event("Acquisition", said, ("acquirer", firm), ("acquiree", TERN), ("price", dollars(5_000_000)))
    a.event("Partnership", said, ("participant", firm), ("participant", LUMEN), ("participant", TERN))
    a.event("Quotation", said, ("speaker", ADA), ("text", said.exact))
    return a.article()


def quads_of(articles: Sequence[Article]) -> list[ox.Quad]:
    """Write articles as quads."""
    ontology = Ontology.load()
    return [
        quad
        for article in articles
        for quad in ArticleQuads(article, ontology, digest(article.document.text), ACTIVITY).quads
    ]


@pytest.fixture(scope="session")
def articles() -> list[Article]:
    """Articles with every event class, every status and every kind of value."""
    return [funding(), talks(), hostile()]


@pytest.fixture(scope="session")
def quads(articles: list[Article]) -> list[ox.Quad]:
    """Give the quads of these articles."""
    return quads_of(articles)


@pytest.fixture(scope="session")
def store(quads: list[ox.Quad]) -> Store:
    """Give a store in memory that holds them."""
    store = Store.memory()
    store.engine.extend(quads)
    return store


@pytest.fixture(scope="session")
def kept(quads: list[ox.Quad], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a store on disk that holds them."""
    path = tmp_path_factory.mktemp("kept") / "store"
    store = Store.open(path, writable=True)
    graphs: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name.value, []).append(quad)
    store.replace(graphs.items())
    store.finish()
    return path


STEMS = ("Arbor", "Brill", "Calder", "Dorne", "Ember", "Fenwick", "Garnet", "Halden", "Isling", "Juno")
SORTS = ("Robotics", "Systems", "Energy", "Foods", "Software")


def story(number: int) -> str:
    """Write an invented article; a number gives the same one every time."""
    rng = random.Random(number)  # noqa: S311 - no secret is made here
    names = [f"{a} {b}" for a in STEMS for b in SORTS]
    one, two, three = rng.sample(names, 3)
    amount = rng.randint(2, 900)
    return (
        f"{one} acquired {two} for ${amount} million on March {1 + number % 28}, 2024.\n\n"
        f"{three} is headquartered in Berlin. {one} has raised ${amount + 1} million in a Series B round led by "
        f"{three}. “It was year number {number},” said Maria Keller, chief executive officer of {one}.\n"
    )


@pytest.fixture(scope="session")
def write_stories() -> Callable[[Path, int], Path]:
    """Give a function that writes a number of articles into a new folder."""

    def write(folder: Path, count: int) -> Path:
        folder.mkdir()
        for number in range(count):
            (folder / f"story-{number:03}.txt").write_text(story(number), "utf-8")
        return folder

    return write


@pytest.fixture
def kg(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Give a function that runs `kg` as a process of its own, in an empty folder."""

    def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("env", {})}
        command = [sys.executable, "-m", "kg", *arguments]
        defaults = {
            "cwd": tmp_path,
            "capture_output": True,
            "text": True,
            "encoding": "utf-8",
            "timeout": PATIENCE,
        }
        return subprocess.run(command, check=False, env=environment, **{**defaults, **options})

    return run
