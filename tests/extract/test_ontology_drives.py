"""The ontology drives: extraction knows classes and roles by what the ontology says of them, never by their names."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from rdflib import OWL, RDFS, SH, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

import kg
from kg.extract import Extractor
from kg.extract.decide.calibration import Calibration
from kg.extract.learned.network import Network
from kg.extract.learned.reader import Reader
from kg.extract.learned.schema import WEIGHTS
from kg.iris import ONTOLOGY
from kg.model import Document, Entity, Event, Filler
from kg.pipeline import check, extract
from kg.read import find, read
from kg.resolve import resolve
from kg.settings import DEFAULT, Settings
from kg.vocabulary import Lexicon, Ontology, folder
from kg.vocabulary.traits import WRITTEN

TESTS = Path(__file__).parents[1]
#: Articles that tell of every kind of event.
LONG = (
    *(TESTS / "cases" / name for name in ("acquisition.txt", "partners.txt", "round.md")),
    TESTS.parent / "seeds" / "sensetime-series-c.txt",
)
LEX = "https://w3id.org/kg-news/lexicon#"
TRAIT = "https://w3id.org/kg-news/trait#"
#: What an article tells: of each event its class, its status, and its roles with their fillers, as sure as they are.
Facts = list[tuple[str, str, list[tuple[str, str, float, tuple[int, ...]]]]]


@cache
def documents() -> list[Document]:
    """Read the golden cases and the seed article."""
    paths = [p for p in (TESTS / "cases").iterdir() if p.suffix in {".txt", ".md"}]
    return [document for path in (*sorted(paths), *LONG) for document in opened(path)]


def opened(path: Path) -> list[Document]:
    """Read one file."""
    return [item for item in read(find([path])[0]) if isinstance(item, Document)]


def copied(path: Path, change: Callable[[Graph], Graph]) -> Path:
    """Copy the ontology, its three graphs changed."""
    shutil.copytree(folder("ontology"), path)
    for file in sorted(path.glob("*.ttl")):
        change(Graph().parse(file)).serialize(file, format="turtle")
    return path


# Every term of ours renamed.


@dataclass(frozen=True)
class Renamed:
    """An ontology with other names, the weights with labels of these names, and the way back."""

    ontology: Path
    weights: Path
    back: Mapping[str, str]


def renamed(path: Path, names: Iterable[str]) -> Renamed:
    """Give terms names that mean nothing and stand in another order, in all files that name them."""
    new = {n: ("Q" if n[0].isupper() else "q") + hashlib.sha256(n.encode()).hexdigest()[:8] for n in names}

    def node(old: Node) -> Node:
        name = str(old).removeprefix(ONTOLOGY)
        return URIRef(ONTOLOGY + new.get(name, name)) if str(old).startswith(ONTOLOGY) else old

    def change(graph: Graph) -> Graph:
        changed = Graph()
        for triple in graph:
            changed.add(tuple(map(node, triple)))  # type: ignore[arg-type]
        return changed

    ontology, weights = copied(path / "ontology", change), path / "weights"
    for file in (ontology / "language" / "en").glob("*.toml"):  # rows of cues that name a class
        text = re.sub(
            r'(class = "|@\w+/)(\w+)', lambda m: m[1] + new.get(m[2], m[2]), file.read_text("utf-8")
        )
        file.write_text(text, "utf-8")
    weights.mkdir()
    for file in WEIGHTS.iterdir():
        if file.suffix != ".json" or file.stem == "tokenizer":
            (weights / file.name).symlink_to(file)
            continue
        text = re.sub(r'(?<=["."])\w+(?=[".])', lambda m: new.get(m[0], m[0]), file.read_text("utf-8"))
        (weights / file.name).write_text(text, "utf-8")
    return Renamed(ontology, weights, {v: k for k, v in new.items()})


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Renamed]:
    """Give a function that renames: the names of events, roles and values, or those of things as well."""
    ontology = Ontology.load()
    ours = [n for n in ontology.labels if n not in {*WRITTEN, "colour", "icon"}]
    assert {"FundingRound", "acquirer", "Date", "MonetaryAmount", "ledBy", "Company"} <= set(ours)

    @cache
    def make(what: str) -> Renamed:
        names = [n for n in ours if what == "everything" or not ontology.is_thing(n)]
        return renamed(tmp_path_factory.mktemp("renamed"), names)

    return make


def extractor(kind: str, ontology: Path | None = None, weights: Path = WEIGHTS) -> Extractor:
    """Make an extractor of an ontology and weights of one's own."""
    terms, lexicon = Ontology.load(ontology), Lexicon.load(ontology)
    if kind == "frames":
        made = Extractor(terms, lexicon)
    else:
        made = Extractor(terms, lexicon, Reader(Network(weights), terms, lexicon), frames=kind == "both")
    made.calibration = Calibration.load(weights)
    return made


def facts(one: Extractor, document: Document, back: Mapping[str, str] | None = None) -> Facts:
    """Return what an article tells, under the names that `back` leads to."""

    def name(new: str) -> str:
        return (back or {}).get(new, new)

    def shown(filler: Filler | None) -> str:
        return f"{filler.name} ({name(filler.type)})" if isinstance(filler, Entity) else str(filler)

    claims, _ = one(document, DEFAULT.confidence)
    return sorted(
        (
            name(event.type),
            event.status,
            sorted(
                (name(s.role), shown(s.filler), s.confidence, tuple(sorted(e.start for e in s.evidence)))
                for s in event.statements
            ),
        )
        for event in resolve(document, claims, one.ontology).events
    )


@pytest.mark.parametrize("kind", ["frames", "both"])
@pytest.mark.parametrize(
    "what",
    [
        "events, roles and values",
        "everything",
    ],
)  # fmt: skip
def test_other_names_for_our_terms_change_nothing(
    told: Callable[[str], Renamed], what: str, kind: str
) -> None:
    """The same facts, as sure, from the same sentences, under names that mean nothing."""
    other = told(what)
    ours, theirs = extractor(kind), extractor(kind, other.ontology, other.weights)
    assert not theirs.ontology.keys.keys() & ours.ontology.keys.keys()
    found = 0
    for document in documents():
        expected = facts(ours, document)
        assert facts(theirs, document, other.back) == expected
        found += len(expected)
    assert found > 10


@pytest.mark.parametrize("what", ["events, roles and values", "everything"])
def test_an_ontology_of_other_names_is_sound_and_builds(told: Callable[[str], Renamed], what: str) -> None:
    """`kg check` finds nothing in it, and a graph is built with it: no article fails for a name."""
    other = told(what)
    assert check(other.ontology) == []
    graph = kg.build([*LONG], ontology=other.ontology)
    assert graph.summary is not None
    assert not graph.summary.failures
    assert graph.summary.written == len(LONG)
    assert graph.summary.entities
    assert graph.summary.facts
    assert graph.validate() == []


# Terms taken out.


def without(*events: str) -> Callable[[Graph], Graph]:
    """Take events out: their classes, the roles that are theirs alone, the frames, shapes and edges that name them."""
    ontology = Ontology.load()
    alone = {role for role, domains in ontology.domains.items() if domains and {*domains} <= {*events}}
    classes = {URIRef(ONTOLOGY + event) for event in events}
    gone = classes | {URIRef(ONTOLOGY + role) for role in alone}
    edges = {URIRef(ONTOLOGY + c.property) for c in ontology.chains if {c.first, c.second} & alone}

    def change(graph: Graph) -> Graph:
        for union in list(graph.objects(None, OWL.unionOf)):
            members = Collection(graph, union)
            kept = [m for m in members if m not in gone]
            if len(kept) < len(members):
                members.clear()
                members += kept
        frames = {s for s, o in graph.subject_objects(URIRef(LEX + "evokes")) if o in classes}
        shapes = {s for s, o in graph.subject_objects(SH.targetClass) if o in classes}
        endings = {
            s
            for s, node in graph.subject_objects(URIRef(TRAIT + "endedBy"))
            if graph.value(node, URIRef(TRAIT + "event")) in gone
        }
        for subject in gone | frames | shapes | edges:
            graph.remove((subject, None, None))
        for subject in endings:
            graph.remove((subject, URIRef(TRAIT + "endedBy"), None))
        return graph

    return change


@pytest.mark.parametrize("event", sorted(Ontology.load().keys))
def test_an_ontology_without_one_of_our_events_is_read_all_the_same(tmp_path: Path, event: str) -> None:
    """What it lacks is not told, and what it has is."""
    path = copied(tmp_path / "ontology", without(event))
    assert check(path) == []
    kinds = {e.type for p in LONG for d in opened(p) for e in extract(d, Settings(path)).events}
    assert event not in kinds
    assert len(kinds) >= 5


# Terms added.

PREFIXES = f"""
@prefix : <{ONTOLOGY}> . @prefix lex: <{LEX}> . @prefix owl: <{OWL}> . @prefix rdfs: <{RDFS}> .
"""
NEWS = """
:Drug a owl:Class ; rdfs:label "drug"@en ; rdfs:comment "A medicine."@en ; rdfs:subClassOf :Product .
:Law a owl:Class ; rdfs:label "law"@en ; rdfs:comment "What a parliament passes."@en ; rdfs:subClassOf :Entity .

:Approval a owl:Class ; rdfs:label "approval"@en ; rdfs:comment "A regulator lets a drug be sold."@en ;
    rdfs:subClassOf :Event ; owl:hasKey ( :regulator :drug ) .
:regulator a owl:ObjectProperty, owl:FunctionalProperty ; rdfs:label "regulator"@en ; rdfs:comment "Who approves."@en ;
    rdfs:domain :Approval ; rdfs:range :Organization .
:drug a owl:ObjectProperty, owl:FunctionalProperty ; rdfs:label "drug"@en ; rdfs:comment "What is approved."@en ;
    rdfs:domain :Approval ; rdfs:range :Drug .
:decidedOn a owl:DatatypeProperty, owl:FunctionalProperty ; rdfs:label "decided on"@en ; rdfs:comment "When."@en ;
    rdfs:domain :Approval ; rdfs:range :Date .

:Trial a owl:Class ; rdfs:label "trial"@en ; rdfs:comment "A drug is tried on patients."@en ;
    rdfs:subClassOf :Event ; owl:hasKey ( :sponsor :patients ) .
:sponsor a owl:ObjectProperty, owl:FunctionalProperty ; rdfs:label "sponsor"@en ; rdfs:comment "Who pays."@en ;
    rdfs:domain :Trial ; rdfs:range :Organization .
:tried a owl:ObjectProperty, owl:FunctionalProperty ; rdfs:label "tried"@en ; rdfs:comment "Which drug."@en ;
    rdfs:domain :Trial ; rdfs:range :Drug .
:Headcount a owl:Class ; rdfs:label "headcount"@en ; rdfs:comment "A number of people."@en ; rdfs:subClassOf :Quantity .
:patients a owl:ObjectProperty, owl:FunctionalProperty ; rdfs:label "patients"@en ; rdfs:comment "How many."@en ;
    rdfs:domain :Trial ; rdfs:range :Headcount .

:Passage a owl:Class ; rdfs:label "passage"@en ; rdfs:comment "A law is passed."@en ;
    rdfs:subClassOf :Event ; owl:hasKey ( :legislator :law ) .
:legislator a owl:ObjectProperty, owl:FunctionalProperty ; rdfs:label "legislator"@en ; rdfs:comment "Who passes it."@en ;
    rdfs:domain :Passage ; rdfs:range :Organization .
:law a owl:ObjectProperty, owl:FunctionalProperty ; rdfs:label "law"@en ; rdfs:comment "What is passed."@en ;
    rdfs:domain :Passage ; rdfs:range :Law .
"""
LEXICON = """
lex:drugNouns a lex:Descriptor ; lex:denotes :Drug ; lex:word "drug", "pill", "vaccine", "medicine" .
lex:lawNames a lex:NameHead ; lex:denotes :Law ; lex:word "Act", "Bill" .
lex:approve a lex:Frame ; lex:evokes :Approval ; lex:verb "approve", "clear" ; lex:noun "approval", "clearance" ;
    lex:subject :regulator ; lex:object :drug ; lex:for :drug ; lex:from :regulator .
lex:enroll a lex:Frame ; lex:evokes :Trial ; lex:verb "enroll", "recruit" ; lex:noun "trial", "study" ;
    lex:subject :sponsor ; lex:object :patients ; lex:of :tried ; lex:with :patients .
lex:pass a lex:Frame ; lex:evokes :Passage ; lex:verb "pass" ; lex:subject :legislator ; lex:object :law .
"""


def added(path: Path) -> Path:
    """Add classes and words to an ontology folder."""
    for name, addition in (("news.ttl", NEWS), ("lexicon.ttl", LEXICON)):
        file = path / name
        file.write_text(f"{file.read_text('utf-8')}\n{PREFIXES}\n{addition}", "utf-8")
    return path


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the ontology and add classes of things and of events, with a few words for them."""
    path = added(copied(tmp_path_factory.mktemp("own") / "ontology", lambda graph: graph))
    assert check(path) == []
    return path


def shown(event: Event) -> dict[str, str]:
    """Return the fillers of an event, things with their class."""
    told = ((s.role, s.filler) for s in event.statements[1:])
    return {r: f"{f.name} ({f.type})" if isinstance(f, Entity) else str(f) for r, f in told}


def only(text: str, kind: str, own: Path, reader: str) -> dict[str, str]:
    """Return the one event of a class that a text tells."""
    document = Document("a", text, ((0, len(text)),), published="2022-06-01")
    [event] = [e for e in extract(document, Settings(own, reader)).events if e.type == kind]
    return shown(event)


APPROVED = {"regulator": "Medicines Agency (Government)", "drug": "Veltrexa (Drug)"}


@pytest.mark.parametrize("reader", ["frames", "both"])
@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("The Medicines Agency approved the drug Veltrexa.", ""),
        ("The Medicines Agency approved Brightmere’s drug Veltrexa.", ""),
        ("The Medicines Agency approved Veltrexa, a cancer drug, on March 3, 2021.", "2021-03-03"),
        ("Veltrexa, a pill for asthma, was approved by the Medicines Agency in 2021.", "2021"),
        ("The Medicines Agency's approval of Veltrexa came on May 4, 2022.", "2022-05-04"),
    ],
)
def test_a_class_of_things_of_ones_own_is_recognised_and_fills_a_role(
    own: Path, text: str, date: str, reader: str
) -> None:
    """A few words tell a drug, or the role that it fills does; a date role by any name is filled with the date."""
    assert only(text, "Approval", own, reader) == APPROVED | ({"decidedOn": date} if date else {})


def test_a_drug_stays_a_product_too(own: Path) -> None:
    """What one sentence makes a product, and another a drug, is the narrower of the two in both."""
    text = "Brightmere Pharma launched its Veltrexa software. The Medicines Agency approved Veltrexa."
    document = Document("a", text, ((0, len(text)),))
    events = {e.type: shown(e) for e in extract(document, Settings(own, "frames")).events}
    assert events["Approval"]["drug"] == events["ProductOffering"]["product"] == "Veltrexa (Drug)"


@pytest.mark.parametrize("reader", ["frames", "both"])
def test_a_class_outside_of_the_four_families_is_recognised(own: Path, reader: str) -> None:
    """A law is neither an organization nor a person, a place or a product."""
    told = only("The Norland Parliament passed the Data Act in 2021.", "Passage", own, reader)
    assert told == {"legislator": "Norland Parliament (Government)", "law": "Data Act (Law)", "date": "2021"}


@pytest.mark.parametrize("reader", ["frames", "both"])
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Brightmere Pharma enrolled 300 patients.", {}),
        ("Brightmere Pharma has enrolled about 300 patients in 2021.", {"date": "2021"}),
        ("300 patients were recruited by Brightmere Pharma.", {}),
        (
            "Brightmere Pharma's trial of the drug Veltrexa with 300 patients began in 2020.",
            {"tried": "Veltrexa (Drug)", "date": "2020"},
        ),
    ],
)
def test_a_count_of_ones_own_is_read(own: Path, text: str, told: dict[str, str], reader: str) -> None:
    """A role whose range is read as a count takes the number, in active, passive and nominal."""
    assert only(text, "Trial", own, reader) == told | {
        "sponsor": "Brightmere Pharma (Company)",
        "patients": "300",
    }


@pytest.mark.parametrize("reader", ["frames", "both", "learned"])
def test_an_ontology_with_none_of_our_events_tells_its_own(tmp_path: Path, reader: str) -> None:
    """Whoever needs only approvals and trials gets these, and no trace of ours."""
    path = added(copied(tmp_path / "ontology", without(*Ontology.load().keys)))
    assert check(path) == []
    story = "Brightmere Pharma enrolled 300 patients. It raised $5 million. “We are very glad,” said Maria Keller.\n"
    articles = (*(d for p in LONG for d in opened(p)), Document("a", story, ((0, len(story)),)))
    told = [e for article in articles for e in extract(article, Settings(path, reader)).events]
    assert [shown(e) for e in told] == [{"sponsor": "Brightmere Pharma (Company)", "patients": "300"}]


def test_terms_of_ones_own_reach_the_graph(own: Path, tmp_path: Path) -> None:
    """A drug is a product to every query, the count a number, the date typed as exactly as the text has it."""
    article = tmp_path / "a.txt"
    article.write_text(
        "The Medicines Agency approved the drug Veltrexa in March 2021.\nBrightmere Pharma enrolled 300 patients.\n",
        "utf-8",
    )
    graph = kg.build(article, ontology=own)
    assert graph.validate() == []
    for pattern in (
        "?e a news:Approval ; news:drug ?d ; news:decidedOn '2021-03'^^xsd:gYearMonth . ?d a news:Drug, news:Product",
        "?e a news:Trial ; news:patients ?n . ?n news:value 300.0",
    ):
        assert graph.query(f"ASK {{ GRAPH ?g {{ {pattern} }} }}") is True
