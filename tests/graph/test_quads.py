"""The quads of an article: every statement has a status and its sentences, and the same article gives the same lines."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import pyoxigraph as ox
import rdflib
from hypothesis import example, given
from hypothesis import strategies as st

from kg.graph.quads import ArticleQuads, decimal, digits, entity_key, term
from kg.iris import DCTERMS, OA, ONTOLOGY, PROV, RDF, XSD, normalise
from kg.model import Article, Document, Entity, Event, Evidence, PartialDate, Statement
from kg.vocabulary import Ontology

STATUSES = {"asserted", "planned", "rumoured", "denied", "former"}


def by_subject(quads: list[ox.Quad]) -> dict[str, dict[str, list[str]]]:
    """Index quads: subject, predicate, values."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        found[quad.subject.value][quad.predicate.value].append(quad.object.value)
    return found


def statements(quads: list[ox.Quad]) -> dict[str, dict[str, list[str]]]:
    """Give the statement nodes with what is said of them."""
    found = by_subject(quads)
    return {s: p for s, p in found.items() if ONTOLOGY + "Statement" in p[RDF + "type"]}


def written(article: Article) -> list[ox.Quad]:
    """Write one article."""
    return ArticleQuads(article, Ontology.load(), "hash", "https://w3id.org/kg-news/id/extraction/test").quads


def test_every_statement_has_one_status_and_its_sentences(quads: list[ox.Quad]) -> None:
    """A statement names its triple, one of five statuses, and the sentence that it was derived from."""
    found = statements(quads)
    assert found
    for said in found.values():
        assert all(len(said[RDF + part]) == 1 for part in ("subject", "predicate", "object"))
        [status] = said[ONTOLOGY + "status"]
        assert status.removeprefix(ONTOLOGY) in STATUSES
        assert said[PROV + "wasDerivedFrom"]
        assert set(said[PROV + "hadPrimarySource"]) <= set(said[PROV + "wasDerivedFrom"])


def test_every_triple_about_an_event_is_a_statement(articles: list[Article], quads: list[ox.Quad]) -> None:
    """No role of an event stands in the graph without a statement about it; a label alone may."""
    ontology = Ontology.load()
    told = {
        (p[RDF + "subject"][0], p[RDF + "predicate"][0], p[RDF + "object"][0])
        for p in statements(quads).values()
    }
    events = {s for s, p, o in told if p == RDF + "type" and ontology.is_event(o.removeprefix(ONTOLOGY))}
    assert len(events) == sum(len(a.events) for a in articles)
    for quad in quads:
        if quad.subject.value in events and not quad.predicate.value.endswith("#label"):
            assert (quad.subject.value, quad.predicate.value, quad.object.value) in told


def test_offsets_point_at_the_words(articles: list[Article]) -> None:
    """`text[start:end]` is the quoted sentence: of the body, or of `#title` where the title came apart."""
    for article in articles:
        document = article.document
        found = by_subject(written(article))
        sentences = [p for p in found.values() if OA + "SpecificResource" in p[RDF + "type"]]
        assert sentences
        for sentence in sentences:
            [source] = sentence[OA + "hasSource"]
            selectors = [found[s] for s in sentence[OA + "hasSelector"]]
            [exact] = [v for s in selectors for v in s[OA + "exact"]]
            [start] = [int(v) for s in selectors for v in s[OA + "start"]]
            [end] = [int(v) for s in selectors for v in s[OA + "end"]]
            title = source.endswith("#title")
            text = document.title if title else document.text[document.body_start :]
            assert text[start:end] == exact
            assert DCTERMS + "identifier" in found[source.removesuffix("#title")]


def test_only_a_title_kept_apart_is_a_source_of_its_own(articles: list[Article]) -> None:
    """A headline inside the text counts as text; one that came beside the body is `#title`."""
    for article in articles:
        sources = {q.object.value for q in written(article) if q.predicate.value == OA + "hasSource"}
        assert any(s.endswith("#title") for s in sources) == bool(article.document.body_start)


def test_there_are_no_blank_nodes(quads: list[ox.Quad]) -> None:
    """Every node has a name, so that graphs merge as sets do."""
    assert not [q for q in quads if ox.BlankNode in {type(q.subject), type(q.object)}]


def test_each_quad_stands_once_and_in_its_article(articles: list[Article]) -> None:
    """The quads of an article are sorted, distinct, and all in the article's own graph."""
    for article in articles:
        quads = written(article)
        assert quads == sorted(set(quads), key=str)
        assert len({q.graph_name for q in quads}) == 1
        assert quads == written(article)


def test_what_is_not_asserted_gives_no_direct_edge(articles: list[Article]) -> None:
    """Direct edges stand beside asserted events alone, and their statements are asserted."""
    ontology = Ontology.load()
    direct = {ONTOLOGY + chain.property for chain in ontology.chains}
    funding, talks, _ = map(written, articles)
    assert [q for q in funding if q.predicate.value in direct]
    assert not [q for q in talks if q.predicate.value in direct]
    for said in statements(funding).values():
        if said[RDF + "predicate"][0] in direct:
            assert said[ONTOLOGY + "status"] == [ONTOLOGY + "asserted"]


def test_a_direct_edge_leads_from_one_thing_to_another() -> None:
    """A firm that is both ends of a deal gets no edge to itself."""
    firm = Entity("Company", "Echo Inc")
    roles = (Statement(r, firm, "asserted", (Evidence(0, 4, "Echo"),)) for r in ("investor", "investee"))
    event = Event("Investment", (Statement("", None, "asserted", (Evidence(0, 4, "Echo"),)), *roles))
    quads = written(Article(Document("echo", "Echo", ((0, 4),)), (firm,), (event,)))
    assert not [q for q in quads if q.subject == q.object]


def test_the_store_changes_no_literal(quads: list[ox.Quad]) -> None:
    """Literals are canonical: what comes out of the store is what went in."""
    store = ox.Store()
    store.extend(quads)
    assert set(store) == set(quads)


def test_both_libraries_read_the_lines_alike(quads: list[ox.Quad]) -> None:
    """N-Triples written here and read by rdflib hold the same triples, hostile names and words included."""
    triples = {q.triple for q in quads}
    lines = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    graph = rdflib.Graph().parse(data=lines, format="nt")
    back = ox.parse(graph.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)
    assert {q.triple for q in back} == triples


@given(st.decimals(allow_nan=False, allow_infinity=False))
@example(Decimal("123456789012345678901234567890.10"))
@example(Decimal("-0.00"))
@example(Decimal("1E+30"))
def test_a_number_keeps_its_value_and_has_one_spelling(value: Decimal) -> None:
    """No digit is lost, and the store writes the number as we do."""
    assert Decimal(digits(value)) == value
    assert digits(value + 0) == digits(+value)
    store = ox.Store()
    node = ox.NamedNode("urn:a")
    store.add(ox.Quad(node, node, decimal(value)))
    [quad] = store
    assert quad.object == decimal(value)


@given(st.dates())
def test_a_date_has_the_type_of_its_precision(day: object) -> None:
    """A day, a month, a year and a month of no year are four datatypes, and all legal for rdflib."""
    iso = str(day)
    kinds = {iso: "date", iso[:7]: "gYearMonth", iso[:4]: "gYear", f"--{iso[5:7]}": "gMonth"}
    for text, kind in kinds.items():
        literal = term(PartialDate(text))
        assert (literal.value, literal.datatype.value) == (text, XSD + kind)


def test_a_published_date_keeps_its_precision(articles: list[Article]) -> None:
    """An article of a year is dated by the year; an address that is no web address is left out."""
    kinds = {}
    for article in articles:
        for quad in written(article):
            if quad.predicate.value.endswith("datePublished"):
                kinds[quad.object.value] = quad.object.datatype.value.removeprefix(XSD)
            assert "javascript" not in quad.object.value
    assert kinds == {"2024-03-05": "date", "2024": "gYear"}


@given(st.text(min_size=1).filter(str.strip))
@example("Group")
@example("The Company Inc.")
@example("Holdings Ltd")
def test_a_name_has_a_key(name: str) -> None:
    """No organization's name is folded away, whatever legal form or tail it consists of."""
    assert entity_key(Entity("Company", name), "Organization") or not normalise(name)


def test_an_edge_that_two_events_entail_has_one_confidence() -> None:
    """The direct edge of two rounds with one investor is as sure as the surer of them."""
    company, backer = Entity("Company", "Foo"), Entity("Investor", "Bar")
    said = (Evidence(0, 3, "Foo"),)
    rounds = [
        Event(
            "FundingRound",
            (
                Statement("", None, "asserted", said, confidence=sure),
                Statement("company", company, "asserted", said, confidence=sure),
                Statement("series", series, "asserted", said, confidence=sure),
                Statement("investor", backer, "asserted", said, confidence=sure),
            ),
        )
        for series, sure in (("Seed", 0.6), ("Series A", 0.9))
    ]
    article = Article(Document("a", "Foo", ((0, 3),)), (company, backer), tuple(rounds))
    quads = ArticleQuads(article, Ontology.load(), "", "urn:activity").quads
    edges = {q.subject for q in quads if q.object.value.endswith("investedIn")}
    sure = [q.object.value for q in quads if q.subject in edges and q.predicate.value.endswith("confidence")]
    assert sure == ["0.9"]


def test_a_direct_edge_rests_on_the_sentences_that_tell_both_ends() -> None:
    """Where a sentence tells both, those that tell one alone are left out; where none does, both count."""
    one, two, both = (Evidence(n, n + 5, name) for n, name in ((0, "One.."), (6, "Two.."), (12, "Both.")))

    def cited(buyer: tuple[Evidence, ...], bought: tuple[Evidence, ...]) -> set[str]:
        deal = Event(
            "Acquisition",
            (
                Statement("", None, "asserted", buyer + bought),
                Statement("acquirer", Entity("Company", "Acme"), "asserted", buyer),
                Statement("acquiree", Entity("Company", "Bolt"), "asserted", bought),
            ),
        )
        quads = written(Article(Document("x", "One.. Two.. Both.", ()), (), (deal,)))
        found = by_subject(quads)
        [edge] = [s for s in statements(quads).values() if s[RDF + "predicate"] == [ONTOLOGY + "acquired"]]
        quotes = [found[s][OA + "hasSelector"] for s in edge[PROV + "wasDerivedFrom"]]
        return {found[q][OA + "exact"][0] for some in quotes for q in some if OA + "exact" in found[q]}

    assert cited((one, both), (two, both)) == {"Both."}
    assert cited((one,), (two,)) == {"One..", "Two.."}
