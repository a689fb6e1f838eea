"""From an article's events to the quads of its named graph.

Every role of an event becomes a triple and a `news:Statement` about that triple, with its status and the
sentences that it was derived from (PROV-O), each addressed by position and by quotation (W3C Web
Annotation). There are no blank nodes: the same article gives the same lines.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from decimal import Decimal
from functools import cached_property
from itertools import product

from pyoxigraph import Literal, NamedNode, Quad

from kg.iris import (
    DATA,
    DCTERMS,
    OA,
    ONTOLOGY,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    XSD,
    article_iri,
    digest,
    entity_iri,
    event_iri,
    normalise,
    slug,
    without_legal_form,
)
from kg.model import Article, Entity, Event, Evidence, Filler, Money, PartialDate, Quantity, Statement, Value
from kg.vocabulary import Ontology

A = NamedNode(RDF + "type")
LABEL = NamedNode(RDFS + "label")
_LONGEST_LABEL = 80
_TAIL = re.compile(r"(?<=\w) (?:company|group|holdings?)$")


def entity_key(entity: Entity, family: str) -> str:
    """Fold an entity's name to what it is called by everywhere.

    >>> entity_key(Entity("Company", "Foo Group Inc."), "Organization"), entity_key(Entity("Person", "Bo Group"), "Person")
    ('foo', 'bo group')
    """
    if family != "Organization":
        return normalise(entity.name)
    return _TAIL.sub("", normalise(without_legal_form(entity.name)))


def term(value: Value) -> Literal:
    """Write a text or a date as a literal in canonical form.

    >>> print(term(PartialDate("2018-04")), term("Series C"))
    "2018-04"^^<http://www.w3.org/2001/XMLSchema#gYearMonth> "Series C"
    """
    if isinstance(value, PartialDate):
        kinds = {10: "date", 7: "gYearMonth"}
        kind = "gMonth" if value.iso.startswith("--") else kinds.get(len(value.iso), "gYear")
        return Literal(value.iso, datatype=NamedNode(XSD + kind))
    return Literal(str(value))


def decimal(value: Decimal) -> Literal:
    """Write a number as a canonical xsd:decimal.

    >>> print(decimal(Decimal("6.30E+3")))
    "6300"^^<http://www.w3.org/2001/XMLSchema#decimal>
    """
    return Literal(digits(value), datatype=NamedNode(XSD + "decimal"))


def digits(value: Decimal) -> str:
    """Write all digits of a number, as `Decimal.normalize` would if it did not round to 28 of them.

    >>> digits(Decimal("-0.0")), digits(Decimal("2.50"))
    ('0', '2.5')
    """
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


class ArticleQuads:
    """The named graph of one article."""

    def __init__(self, article: Article, ontology: Ontology, content: str, activity: str) -> None:
        self.article = article
        self.document = article.document
        self.ontology = ontology
        self.content = content
        self.activity = NamedNode(activity)
        self.graph = NamedNode(article_iri(self.document.id))
        self.confidence: dict[NamedNode, float] = {}

    @cached_property
    def quads(self) -> list[Quad]:
        """All quads of the graph, sorted, each once."""
        found = {q for part in (self._about(), *map(self._event, self.article.events)) for q in part}
        for node, sure in self.confidence.items():
            found.add(self._quad(node, ONTOLOGY + "confidence", decimal(Decimal(f"{sure:.2f}"))))
        return sorted(found, key=str)

    def _quad(self, s: NamedNode, p: str | NamedNode, o: NamedNode | Literal) -> Quad:
        return Quad(s, NamedNode(p) if isinstance(p, str) else p, o, self.graph)

    def _about(self) -> Iterator[Quad]:
        yield self._quad(self.graph, A, NamedNode(SCHEMA + "NewsArticle"))
        yield self._quad(self.graph, DCTERMS + "identifier", Literal(self.document.id))
        yield self._quad(self.graph, SCHEMA + "sha256", Literal(self.content))
        yield self._quad(self.graph, PROV + "wasGeneratedBy", self.activity)
        yield self._quad(self.activity, A, NamedNode(PROV + "Activity"))
        if self.document.title:
            yield self._quad(self.graph, SCHEMA + "headline", Literal(self.document.title))
        if re.match(r"https?://[^\s<>\"{}|\\^`]+$", self.document.url):
            yield self._quad(
                self.graph, SCHEMA + "url", Literal(self.document.url, datatype=NamedNode(XSD + "anyURI"))
            )
        if self.document.published:
            yield self._quad(self.graph, SCHEMA + "datePublished", term(PartialDate(self.document.published)))

    def _event(self, event: Event) -> Iterator[Quad]:
        node = self._event_node(event)
        yield self._quad(node, LABEL, Literal(event_label(event, self.ontology)))
        for statement in event.statements:
            if statement.filler is None:
                yield from self._statement(node, A, NamedNode(ONTOLOGY + event.type), statement)
            else:
                value, described = self._filler(statement.filler)
                yield from described
                yield from self._statement(node, NamedNode(ONTOLOGY + statement.role), value, statement)
        if event.status == "asserted":
            yield from self._direct(event)

    def _direct(self, event: Event) -> Iterator[Quad]:
        """Derive the direct edges that the ontology's property chains entail."""
        told = [s for s in event.statements if isinstance(s.filler, Entity) and s.status == "asserted"]
        for chain in self.ontology.chains:
            firsts = [s for s in told if s.role == chain.first]
            seconds = [s for s in told if s.role == chain.second]
            for first, second in product(firsts, seconds):
                assert isinstance(first.filler, Entity)
                assert isinstance(second.filler, Entity)
                subject, target = self._entity_node(first.filler), self._entity_node(second.filler)
                if subject != target:
                    together = tuple(e for e in second.evidence if e in first.evidence)
                    both = Statement(
                        chain.property,
                        second.filler,
                        "asserted",
                        together or tuple(dict.fromkeys(second.evidence + first.evidence)),
                        tuple(dict.fromkeys(first.attributed_to + second.attributed_to)),
                        min(first.confidence, second.confidence),
                    )
                    yield from self._statement(subject, NamedNode(ONTOLOGY + chain.property), target, both)

    def _statement(
        self, s: NamedNode, p: NamedNode, o: NamedNode | Literal, statement: Statement
    ) -> Iterator[Quad]:
        yield self._quad(s, p, o)
        node = NamedNode(f"{self.graph.value}#statement-{digest(str(s), str(p), str(o))[:16]}")
        yield self._quad(node, A, NamedNode(ONTOLOGY + "Statement"))
        yield self._quad(node, RDF + "subject", s)
        yield self._quad(node, RDF + "predicate", p)
        yield self._quad(node, RDF + "object", o)
        yield self._quad(node, ONTOLOGY + "status", NamedNode(ONTOLOGY + statement.status))
        # Two events may entail one direct edge: it is as sure as the surer of them.
        self.confidence[node] = max(self.confidence.get(node, 0.0), statement.confidence)
        for speaker in statement.attributed_to:
            who, described = self._filler(speaker)
            yield from described
            yield self._quad(node, ONTOLOGY + "attributedTo", who)
        for i, evidence in enumerate(statement.evidence):
            sentence = yield from self._sentence(evidence)
            yield self._quad(node, PROV + "wasDerivedFrom", sentence)
            if i == 0:
                yield self._quad(node, PROV + "hadPrimarySource", sentence)

    def _sentence(self, evidence: Evidence) -> Generator[Quad, None, NamedNode]:
        """Address a sentence; a generator that also returns its node."""
        start, end, source = evidence.start, evidence.end, self.graph
        part = ""
        if self.document.body_start:
            if start < self.document.body_start:
                part, source = "title-", NamedNode(self.graph.value + "#title")
            else:
                start, end = start - self.document.body_start, end - self.document.body_start
        base = f"{self.graph.value}#{part}char={start},{end}"
        node, position, quote = NamedNode(base), NamedNode(base + "/position"), NamedNode(base + "/quote")
        yield self._quad(node, A, NamedNode(OA + "SpecificResource"))
        yield self._quad(node, OA + "hasSource", source)
        yield self._quad(node, OA + "hasSelector", position)
        yield self._quad(node, OA + "hasSelector", quote)
        yield self._quad(position, A, NamedNode(OA + "TextPositionSelector"))
        yield self._quad(position, OA + "start", Literal(start))
        yield self._quad(position, OA + "end", Literal(end))
        yield self._quad(quote, A, NamedNode(OA + "TextQuoteSelector"))
        yield self._quad(quote, OA + "exact", Literal(evidence.exact))
        return node

    def _entity_node(self, entity: Entity) -> NamedNode:
        family = self.ontology.family(entity.type)
        return NamedNode(entity_iri(family, entity_key(entity, family)))

    def _event_node(self, event: Event) -> NamedNode:
        keys = self.ontology.keys.get(event.type) or sorted({s.role for s in event.statements} - {""})
        parts = [f"{k}={v}" for k in keys for v in sorted(str(self._filler(f)[0]) for f in event.fillers(k))]
        return NamedNode(event_iri(event.type, *parts))

    def _filler(self, filler: Filler) -> tuple[NamedNode | Literal, list[Quad]]:
        """Return the RDF term of a filler and the quads that describe it."""
        if isinstance(filler, Entity):
            node = self._entity_node(filler)
            quads = [
                self._quad(node, A, NamedNode(ONTOLOGY + c)) for c in self.ontology.ancestors(filler.type)
            ]
            quads.append(self._quad(node, LABEL, Literal(filler.name)))
            quads += [self._quad(node, SKOS + "altLabel", Literal(a)) for a in filler.aliases]
            return node, quads
        if isinstance(filler, Money | Quantity):
            return self._number(filler)
        return term(filler), []

    def _number(self, number: Money | Quantity) -> tuple[NamedNode, list[Quad]]:
        unit = number.currency if isinstance(number, Money) else number.unit
        name = "-".join(filter(None, (unit, digits(number.value), number.qualifier)))
        quads: list[Quad] = []
        equivalent = number.equivalent if isinstance(number, Money) else None
        if equivalent:
            other, quads = self._number(equivalent)
            name += " " + other.value.rsplit("/", 1)[1]
        kind, part, unit_property = (
            ("MonetaryAmount", "monetary-amount", "currency")
            if isinstance(number, Money)
            else ("QuantitativeValue", "quantity", "unit")
        )
        node = NamedNode(f"{DATA}{part}/{slug(name)}")
        quads.append(self._quad(node, A, NamedNode(ONTOLOGY + self.ontology.anchored(kind))))
        quads.append(self._quad(node, LABEL, Literal(str(number))))
        quads.append(self._quad(node, ONTOLOGY + "value", decimal(number.value)))
        if unit:
            quads.append(self._quad(node, ONTOLOGY + unit_property, Literal(unit)))
        if number.qualifier:
            quads.append(self._quad(node, ONTOLOGY + "qualifier", Literal(number.qualifier)))
        if equivalent:
            quads.append(self._quad(node, ONTOLOGY + "statedEquivalent", other))
        return node, quads


def event_label(event: Event, ontology: Ontology) -> str:
    """Name an event for people: by the values of its key roles, else by its class and the entities.

    >>> from kg.model import Event, Statement
    >>> deal = Event("Acquisition", (Statement("", None, "asserted", ()),
    ...     Statement("acquiree", Entity("Company", "Bolt"), "asserted", ())))
    >>> event_label(deal, Ontology.load())
    'acquisition: Bolt'
    >>> sum_of = Statement("amount", Money(Decimal(5000000), "USD"), "asserted", ())
    >>> event_label(Event("FundingRound", (*deal.statements, sum_of)), Ontology.load())
    'US$5 million'
    """
    keys = ontology.keys.get(event.type) or sorted({s.role for s in event.statements} - {""})
    fillers = [f for k in keys for f in event.fillers(k)]
    values = ", ".join(str(f) for f in fillers if not isinstance(f, Entity))
    named = ", ".join(f.name for f in fillers if isinstance(f, Entity))
    label = values or f"{ontology.labels.get(event.type, event.type)}: {named}"
    return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1] + "…"
