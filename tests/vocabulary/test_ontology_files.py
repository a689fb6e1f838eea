"""The ontology folder: described, aligned, sound, and readable by other tools."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, Graph, Namespace, URIRef

from kg.errors import InputError
from kg.iris import ONTOLOGY
from kg.vocabulary import Lexicon, Ontology, folder
from kg.vocabulary.check import check

ONTOLEX = Namespace("http://www.w3.org/ns/lemon/ontolex#")
LEX = "https://w3id.org/kg-news/lexicon#"
KINDS = ("FundingRound Investment Acquisition Partnership Headquarters Position Founding Subsidiary"
         " ProductOffering Metric Quotation Listing").split()  # fmt: skip


@pytest.fixture(scope="module")
def news() -> Graph:
    return Graph().parse(folder("ontology") / "news.ttl")


def test_every_term_has_a_label_and_a_comment(news: Graph) -> None:
    """A reader of the ontology never meets a bare name."""
    terms = {s for s in news.subjects(RDF.type) if isinstance(s, URIRef) and s.startswith(ONTOLOGY)}
    assert len(terms) > 60
    for term in terms:
        assert news.value(term, RDFS.label), term
        assert news.value(term, RDFS.comment), term


def test_the_ontology_has_a_versioned_iri(news: Graph) -> None:
    """`owl:versionIRI` tells two states of the ontology apart."""
    assert str(news.value(URIRef("https://w3id.org/kg-news/ontology"), OWL.versionIRI)).endswith("/0.1.0")


@pytest.mark.parametrize(
    "vocabulary", ["schema.org", "w3.org/ns/org#", "w3.org/ns/prov#", "wikidata.org/prop"]
)
def test_terms_are_aligned_with_the_vocabularies_that_people_know(news: Graph, vocabulary: str) -> None:
    """Some class or property is tied to each of schema.org, W3C ORG, PROV-O and Wikidata."""
    assert any(vocabulary in str(o) for o in news.objects() if isinstance(o, URIRef))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_event_has_a_key_a_shape_and_roles(kind: str) -> None:
    """What makes two tellings one, what it needs to be told, and what it consists of."""
    ontology = Ontology.load()
    assert ontology.is_event(kind)
    assert ontology.keys[kind]
    assert ontology.required[kind]
    assert any(kind in domain for domain in ontology.domains.values())


def test_the_vocabulary_that_ships_is_sound() -> None:
    """`kg check` finds nothing in it."""
    assert check() == []


def test_the_shorthand_expands_to_ontolex() -> None:
    """Each word of a frame becomes a lexical entry with a form and a sense that refers to an event class."""
    store = ox.Store()
    store.load((folder("ontology") / "lexicon.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    triples = store.query((folder("ontology") / "ontolex.rq").read_text("utf-8"))
    assert isinstance(triples, ox.QueryTriples)
    lemon = Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
    entries = set(lemon.subjects(RDF.type, ONTOLEX.LexicalEntry))
    words = sum(len(f.verbs) + len(f.nouns) + len(f.adjectives) for f in Lexicon.load().frames)
    assert len(entries) == words
    for entry in entries:
        form, sense = lemon.value(entry, ONTOLEX.canonicalForm), lemon.value(entry, ONTOLEX.sense)
        assert form is not None
        assert lemon.value(form, ONTOLEX.writtenRep)
        assert sense is not None
        assert str(lemon.value(sense, ONTOLEX.reference)).startswith(ONTOLOGY)
    acquire = URIRef(LEX + "acquire-verb-buy")
    assert acquire in entries


@pytest.mark.parametrize(
    ("file", "old", "new", "finding"),
    [
        ("news.ttl", 'rdfs:comment "What is paid."@en ;', "", "price: has no rdfs:comment"),
        ("news.ttl", ':colour "#a8325e"', ':colour "pink"', "Product: its colour pink is none"),
        ("news.ttl", ':icon "M12 2 3', ':icon "a box 12 2 3', "Product: its icon is not the data"),
        (
            "news.ttl",
            "owl:hasKey ( :parent :subsidiary )",
            "owl:hasKey ( :owner )",
            "its key owner is no property",
        ),
        ("lexicon.ttl", "lex:evokes :Acquisition", "lex:evokes :Merger", "evokes Merger, which is no class"),
        (
            "lexicon.ttl",
            "lex:between :participant",
            "lex:betwixt :participant",
            "neither a position nor a preposition",
        ),
        ("shapes.ttl", "sh:path :acquiree ; sh:minCount 1", "sh:path :prey ; sh:minCount 1", "requires prey"),
        ("lexicon.ttl", "lex:acquire a lex:Frame ;", "lex:acquire a lex:Frame ", "lexicon.ttl:"),
    ],
)
def test_check_names_the_file_and_the_term(
    tmp_path: Path, file: str, old: str, new: str, finding: str
) -> None:
    """Each fault is one line that says where it is."""
    path = tmp_path / "ontology"
    shutil.copytree(folder("ontology"), path)
    text = (path / file).read_text("utf-8")
    assert old in text
    (path / file).write_text(text.replace(old, new), "utf-8")
    assert any(finding in line for line in check(path)), check(path)


def test_a_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    """A folder that is no ontology says which files it needs."""
    with pytest.raises(InputError, match=r"news\.ttl"):
        Ontology.load(tmp_path)
