"""A relation of one's own is a few lines of Turtle: no Python changes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import kg
from kg.model import Document, Entity, Event
from kg.pipeline import extract
from kg.settings import Settings
from kg.vocabulary import folder
from kg.vocabulary.check import check

ONTOLOGY = """
:Lawsuit a owl:Class ; rdfs:label "lawsuit"@en ; rdfs:comment "One party takes another to court."@en ;
    rdfs:subClassOf :Event ; owl:hasKey ( :plaintiff :defendant ) ; :colour "#555555" ; :symbol "L" .
:plaintiff a owl:ObjectProperty, owl:FunctionalProperty ; rdfs:label "plaintiff"@en ; rdfs:comment "Who sues."@en ;
    rdfs:domain :Lawsuit ; rdfs:range [ a owl:Class ; owl:unionOf ( :Organization :Person ) ] .
:defendant a owl:ObjectProperty, owl:FunctionalProperty ; rdfs:label "defendant"@en ; rdfs:comment "Who is sued."@en ;
    rdfs:domain :Lawsuit ; rdfs:range [ a owl:Class ; owl:unionOf ( :Organization :Person ) ] .
:sued a owl:ObjectProperty ; rdfs:label "sued"@en ; rdfs:comment "The subject took the object to court."@en ;
    rdfs:domain :Entity ; rdfs:range :Entity ;
    owl:propertyChainAxiom ( [ owl:inverseOf :plaintiff ] :defendant ) .

:Supply a owl:Class ; rdfs:label "supply"@en ; rdfs:comment "One company supplies another."@en ;
    rdfs:subClassOf :Event ; owl:hasKey ( :supplier :customer ) .
:supplier a owl:ObjectProperty, owl:FunctionalProperty ; rdfs:label "supplier"@en ; rdfs:comment "Who delivers."@en ;
    rdfs:domain :Supply ; rdfs:range :Organization .
:customer a owl:ObjectProperty, owl:FunctionalProperty ; rdfs:label "customer"@en ; rdfs:comment "Who buys."@en ;
    rdfs:domain :Supply ; rdfs:range :Organization .
"""

LEXICON = """
lex:sue a lex:Frame ; lex:evokes :Lawsuit ;
    lex:verb "sue" ; lex:noun "lawsuit", "suit" ;
    lex:subject :plaintiff ; lex:object :defendant ; lex:against :defendant .

lex:supply a lex:Frame ; lex:evokes :Supply ;
    lex:verb "supply" ; lex:subject :supplier ; lex:object :customer .

lex:supplierNoun a lex:Frame ; lex:evokes :Supply ;
    lex:noun "supplier" ; lex:holder :supplier ; lex:of :customer ; lex:to :customer .
"""

SHAPES = """
shape:Lawsuit a sh:NodeShape ; sh:targetClass :Lawsuit ;
    sh:property [ sh:path :plaintiff ; sh:minCount 1 ] ; sh:property [ sh:path :defendant ; sh:minCount 1 ] .
shape:Supply a sh:NodeShape ; sh:targetClass :Supply ;
    sh:property [ sh:path :supplier ; sh:minCount 1 ] ; sh:property [ sh:path :customer ; sh:minCount 1 ] .
"""


@pytest.fixture(scope="module")
def ontology(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the ontology and add two relations that kg does not know."""
    path = tmp_path_factory.mktemp("vocabulary") / "ontology"
    shutil.copytree(folder("ontology"), path)
    for name, addition in (("news.ttl", ONTOLOGY), ("lexicon.ttl", LEXICON), ("shapes.ttl", SHAPES)):
        file = path / name
        file.write_text(file.read_text("utf-8") + addition, "utf-8")
    return path


def told(text: str, kind: str, ontology: Path) -> list[Event]:
    article = extract(Document("a", text, ((0, len(text)),)), Settings(ontology))
    return [e for e in article.events if e.type == kind]


def pair(event: Event, first: str, second: str) -> tuple[str, str]:
    one, other = event.fillers(first)[0], event.fillers(second)[0]
    assert isinstance(one, Entity)
    assert isinstance(other, Entity)
    return one.name, other.name


@pytest.mark.parametrize(
    "text",
    [
        "Veloquent sued Brightmere in a federal court in March.",
        "Brightmere was sued by Veloquent over patents.",
        "Brightmere, sued by Veloquent over patents, denied wrongdoing.",
        "Veloquent, a maker of pumps that employs 300 people, has sued Brightmere.",
        "Veloquent’s lawsuit against Brightmere was filed on Monday.",
        "The lawsuit by Veloquent against Brightmere was filed on Monday.",
        "Veloquent filed a lawsuit against Brightmere.",
    ],
)
def test_one_frame_reads_active_passive_and_nominal(ontology: Path, text: str) -> None:
    """The lexicon names the slots of the active verb; the other readings follow."""
    [lawsuit] = told(text, "Lawsuit", ontology)
    assert pair(lawsuit, "plaintiff", "defendant") == ("Veloquent", "Brightmere")
    assert lawsuit.status == "asserted"


@pytest.mark.parametrize(
    "text",
    [
        "Veloquent is a supplier of Brightmere.",
        "Veloquent, a supplier to Brightmere, lost a contract.",
        "Brightmere's supplier Veloquent lost a contract.",
        "Veloquent supplies Brightmere.",
        "Brightmere is supplied by Veloquent.",
    ],
)
def test_a_relational_noun_is_read_in_every_position(ontology: Path, text: str) -> None:
    """Read "X is a supplier of Y", "X, a supplier to Y", "Y's supplier X"."""
    [supply] = told(text, "Supply", ontology)
    assert pair(supply, "supplier", "customer") == ("Veloquent", "Brightmere")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Veloquent plans to sue Brightmere.", "planned"),
        ("Veloquent will sue Brightmere.", "planned"),
        ("Veloquent is considering suing Brightmere.", "rumoured"),
        ("Veloquent may sue Brightmere.", "rumoured"),
        ("Veloquent did not sue Brightmere.", "denied"),
    ],
)
def test_status_comes_with_the_verb(ontology: Path, text: str, status: str) -> None:
    """Intentions, reports and denials are told apart from what happened."""
    [lawsuit] = told(text, "Lawsuit", ontology)
    assert lawsuit.status == status


def test_the_new_relation_reaches_graph_and_checks(ontology: Path, tmp_path: Path) -> None:
    """It has its direct edge, its colour in the network, and a sound vocabulary."""
    article = tmp_path / "a.txt"
    article.write_text("Veloquent sued Brightmere in a federal court.", "utf-8")
    graph = kg.build(article, ontology=ontology)
    assert (
        graph.query(
            "ASK { GRAPH ?g { ?a news:sued ?b . ?a rdfs:label 'Veloquent' . ?b rdfs:label 'Brightmere' } }"
        )
        is True
    )
    assert graph.validate() == []
    assert check(ontology) == []
    assert any(key == "sued" for _, _, key in graph.to_networkx().edges(keys=True))


def test_what_can_never_fire_is_named(ontology: Path, tmp_path: Path) -> None:
    """`kg check` names a frame without words, one without slots, and a role of another class."""
    broken = tmp_path / "ontology"
    shutil.copytree(ontology, broken)
    file = broken / "lexicon.ttl"
    file.write_text(
        file.read_text("utf-8")
        + "lex:mute a lex:Frame ; lex:evokes :Lawsuit ; lex:subject :plaintiff .\n"
        + 'lex:lost a lex:Frame ; lex:evokes :Lawsuit ; lex:verb "litigate" ; lex:subject :acquirer ; lex:object :nothing .\n',
        "utf-8",
    )
    findings = "\n".join(check(broken))
    assert "mute: can never fire" in findings
    assert "acquirer, whose domain is not Lawsuit" in findings
    assert "nothing, which is no property" in findings
