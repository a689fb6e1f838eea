"""The ontology as code needs it: classes with their families, roles with their ranges, keys, chains."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from kg.errors import InputError
from kg.iris import ONTOLOGY, SCHEMA
from kg.vocabulary.resources import folder
from kg.vocabulary.traits import ANCHORS, FAMILIES, TRAIT

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

#: What a class may be drawn with: a colour, and the data of an SVG path.
COLOUR = re.compile("#[0-9a-fA-F]{6}")
ICON = re.compile("M[MmLlHhVvCcSsQqTtAaZz0-9 ,.-]+")


def _remembered(
    method: Callable[Concatenate[Ontology, Arguments], Result],
) -> Callable[Concatenate[Ontology, Arguments], Result]:
    """Look a thing up once for each ontology: every sentence asks."""
    name = f"_{method.__name__}_known"

    @wraps(method)
    def remembered(self: Ontology, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        known: dict[tuple[object, ...], Result] = self.__dict__.setdefault(name, {})
        if args not in known:
            known[args] = method(self, *args, **kwargs)
        return known[args]

    return remembered


@dataclass(frozen=True, slots=True)
class Chain:
    """A direct property and the two roles of one event that entail it (`owl:propertyChainAxiom`)."""

    property: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Ending:
    """An event class that ends a state: `thing` is the role of what changes hands, in the state and in the event.

    `holder` is the role of who has it in the state and of who gets it in the event.
    """

    state: str
    event: str
    thing: tuple[str, str]
    holder: tuple[str, str]


@dataclass(frozen=True, eq=False)
class Ontology:
    """Names are local names of the ontology's namespace; `labels` has one for every term.

    `styles` holds the colour and the icon of a class, empty where it has none of its own; `required` the roles
    without which an event class tells nothing, each as often as it is needed. `anchors` says of what kind in
    schema.org a class is, `read_as` which grammars read the values of a range, `once` for which role an event class
    holds once in a sentence, `directed` which event classes are not the same turned round.
    """

    labels: dict[str, str]
    superclasses: dict[str, tuple[str, ...]]
    styles: dict[str, tuple[str, str]]
    domains: dict[str, tuple[str, ...]]
    ranges: dict[str, tuple[str, ...]]
    superproperties: dict[str, tuple[str, ...]]
    functional: frozenset[str]
    keys: dict[str, tuple[str, ...]]
    required: dict[str, tuple[str, ...]]
    chains: tuple[Chain, ...] = field(default=())
    anchors: dict[str, str] = field(default_factory=dict)
    read_as: dict[str, tuple[str, ...]] = field(default_factory=dict)
    once: dict[str, tuple[str, ...]] = field(default_factory=dict)
    directed: frozenset[str] = frozenset()
    endings: tuple[Ending, ...] = ()

    @classmethod
    def load(cls, path: Path | None = None) -> Ontology:
        """Read `news.ttl` and `shapes.ttl` of a folder, by default of the one that comes with kg.

        Raises InputError where a file is missing or is not Turtle.

        >>> ontology = Ontology.load()
        >>> ontology.family("Investor"), ontology.keys["Acquisition"], ontology.required["Acquisition"]
        ('Organization', ('acquirer', 'acquiree'), ('acquiree', 'acquirer'))
        """
        path = path or folder("ontology")
        return cls.of(parse(path / "news.ttl"), parse(path / "shapes.ttl"))

    @classmethod
    def of(cls, news: Graph, shapes: Graph) -> Ontology:
        """Make an ontology of the graphs of its two files."""
        return _compile(news, shapes)

    @_remembered
    def ancestors(self, name: str) -> tuple[str, ...]:
        """Return a class or property and everything above it, nearest first.

        >>> Ontology.load().ancestors("Company")
        ('Company', 'Organization', 'Entity')
        """
        seen = [name]
        for term in seen:
            above = (*self.superclasses.get(term, ()), *self.superproperties.get(term, ()))
            seen.extend(t for t in above if t not in seen)
        return tuple(seen)

    def style(self, name: str) -> tuple[str, str]:
        """Return the colour and the icon of a class, each from the nearest class above that has one.

        >>> ontology = Ontology.load()
        >>> ontology.style("City")[0] == ontology.style("Place")[0], ontology.style("Text")
        (True, ('', ''))
        """
        styles = [self.styles.get(a, ("", "")) for a in self.ancestors(name)]
        colour, icon = (next(filter(None, found), "") for found in zip(*styles, strict=True))
        return colour, icon

    @_remembered
    def family(self, name: str) -> str:
        """Return the family of an entity class: the part of its IRI that tells people from places.

        >>> ontology = Ontology.load()
        >>> ontology.family("Investor"), ontology.family("City"), ontology.family("Unknown")
        ('Organization', 'Place', 'Entity')
        """
        kinds = (self.anchors.get(a) for a in self.ancestors(name))
        return next((kind for kind in kinds if kind in FAMILIES), "Entity")

    @_remembered
    def anchored(self, kind: str) -> str:
        """Return the class that stands for a kind of schema.org: `Organization`, `City`; "" where there is none.

        >>> Ontology.load().anchored("City")
        'City'
        """
        known = (name for name, anchor in self.anchors.items() if anchor == kind)
        return min(known, key=lambda name: len(self.ancestors(name)), default="")

    def reads(self, role: str) -> frozenset[str]:
        """Return the grammars whose values may fill a role; empty for a role of things.

        >>> sorted(Ontology.load().reads("figure")), Ontology.load().reads("acquirer")
        (['count', 'money', 'percent'], frozenset())
        """
        return self._reads.get(role, frozenset())

    @cached_property
    def _reads(self) -> dict[str, frozenset[str]]:
        return {
            role: frozenset(g for name in names for g in self.grammars(name))
            for role, names in self.ranges.items()
        }

    def grammars(self, name: str) -> tuple[str, ...]:
        """Return which grammars read the values of a class or datatype: its own, or those of the nearest above."""
        return next((self.read_as[a] for a in self.ancestors(name) if self.read_as.get(a)), ())

    @_remembered
    def roles(self, event: str) -> tuple[str, ...]:
        """Return the roles that an event of a class may have: its own before those above, its key before others."""
        above = self.ancestors(event)
        order = list(dict.fromkeys([*self.keys.get(event, ()), *self.ranges]))
        found = [
            (min(above.index(d) for d in domains if d in above), order.index(role), role)
            for role, domains in self.domains.items()
            if role in self.ranges and set(domains) & set(above)
        ]
        return tuple(role for _, _, role in sorted(found))

    @_remembered
    def role(self, event: str, grammar: str) -> str:
        """Return the first role of an event class whose values a grammar reads, "" where it has none.

        >>> ontology = Ontology.load()
        >>> ontology.role("Position", "title"), ontology.role("Metric", "date"), ontology.role("Position", "money")
        ('title', 'date', '')
        """
        return next((role for role in self.roles(event) if grammar in self.reads(role)), "")

    @_remembered
    def thing(self, event: str, family: str) -> str:
        """Return the first role of an event class that things of a family fill, "" where there is none.

        >>> Ontology.load().thing("Position", "Person")
        'person'
        """
        return next(
            (r for r in self.roles(event) if any(self.family(c) == family for c in self.ranges[r])), ""
        )

    @_remembered
    def accepts(self, role: str, name: str) -> bool:
        """Tell whether a filler of class `name` may fill a role.

        >>> ontology = Ontology.load()
        >>> ontology.accepts("person", "Company"), ontology.accepts("investee", "City")
        (False, True)
        """
        return any(r in self.ancestors(name) for r in self.ranges[role])

    def narrowed(self, role: str, name: str) -> str:
        """Return the class of a role's range that is below a class, "" where none is: a product may be a drug.

        What kind of place a place is, a list says.
        """
        if self.family(name) == "Place":
            return ""
        return next((r for r in self.ranges[role] if r != name and name in self.ancestors(r)), "")

    def is_event(self, name: str) -> bool:
        """Tell whether a class is an event."""
        return "Event" in map(self.anchors.get, self.ancestors(name))

    def is_thing(self, name: str) -> bool:
        """Tell whether a class is one of things with names."""
        return "Thing" in map(self.anchors.get, self.ancestors(name))


def parse(path: Path) -> Graph:
    """Read one Turtle file; a fault is an InputError that names file and line."""
    from rdflib import Graph

    try:
        return Graph().parse(path, format="turtle")
    except FileNotFoundError:
        raise InputError(
            f"{path}: no such file; the folder needs news.ttl, lexicon.ttl and shapes.ttl"
        ) from None
    except Exception as error:
        line = getattr(error, "lines", None)
        where = f"{path}:{line + 1}" if isinstance(line, int) else str(path)
        raise InputError(f"{where}: not Turtle: {str(error).splitlines()[0][:200]}") from error


def _compile(graph: Graph, shapes: Graph) -> Ontology:
    from rdflib import OWL, RDF, RDFS, Literal, URIRef
    from rdflib.collection import Collection

    def local(node: Node | None) -> str:
        return str(node).removeprefix(ONTOLOGY)

    def ours(node: Node) -> bool:
        return str(node).startswith(ONTOLOGY)

    def related(predicate: URIRef, subject: Node) -> tuple[str, ...]:
        return tuple(sorted(local(o) for o in graph.objects(subject, predicate) if ours(o)))

    def classes(predicate: URIRef, subject: Node) -> tuple[str, ...]:
        """Read a domain or range: one class, or the members of a union in their order."""
        found: list[str] = []
        for node in graph.objects(subject, predicate):
            union = graph.value(node, OWL.unionOf)
            members = Collection(graph, union) if union is not None and not ours(node) else [node]
            found += [local(m) for m in members if ours(m)]
        return tuple(dict.fromkeys(found))

    terms = sorted({s for s in graph.subjects(RDFS.label) if isinstance(s, URIRef) and ours(s)})
    colour, icon = URIRef(ONTOLOGY + "colour"), URIRef(ONTOLOGY + "icon")
    chains = []
    for prop, chain in sorted(graph.subject_objects(OWL.propertyChainAxiom)):
        match list(Collection(graph, chain)):
            case [first, second] if (inverse := graph.value(first, OWL.inverseOf)) is not None:
                chains.append(Chain(local(prop), local(inverse), local(second)))
    return Ontology(
        labels={local(t): str(graph.value(t, RDFS.label)) for t in terms},
        superclasses={local(t): related(RDFS.subClassOf, t) for t in terms},
        styles={
            local(t): (str(graph.value(t, colour) or ""), str(graph.value(t, icon) or "")) for t in terms
        },
        domains={local(t): classes(RDFS.domain, t) for t in terms},
        ranges={local(t): classes(RDFS.range, t) for t in terms},
        superproperties={local(t): related(RDFS.subPropertyOf, t) for t in terms},
        functional=frozenset(local(t) for t in graph.subjects(RDF.type, OWL.FunctionalProperty)),
        keys={
            local(t): tuple(map(local, Collection(graph, k))) for t, k in graph.subject_objects(OWL.hasKey)
        },
        required=_required(shapes, local),
        anchors=_anchors(graph, local),
        read_as={
            local(t): tuple(sorted(str(o) for o in graph.objects(t, URIRef(TRAIT + "readAs")))) for t in terms
        },
        once={local(t): related(URIRef(TRAIT + "onceFor"), t) for t in terms},
        directed=frozenset(local(t) for t in graph.subjects(URIRef(TRAIT + "directed"), Literal(True))),
        endings=tuple(_endings(graph, local)),
        chains=tuple(sorted(chains, key=lambda c: (c.property, c.first, c.second))),
    )


def _required(shapes: Graph, local: Callable[[Node | None], str]) -> dict[str, tuple[str, ...]]:
    from rdflib import SH

    required: dict[str, list[str]] = {}
    for shape, target in sorted(shapes.subject_objects(SH.targetClass)):
        for prop in shapes.objects(shape, SH.property):
            count = shapes.value(prop, SH.minCount)
            path = shapes.value(prop, SH.path)
            if count is not None and int(str(count)) > 0 and str(path).startswith(ONTOLOGY):
                required.setdefault(local(target), []).extend([local(path)] * int(str(count)))
    return {name: tuple(sorted(roles)) for name, roles in required.items()}


def _anchors(graph: Graph, local: Callable[[Node | None], str]) -> dict[str, str]:
    """Return the classes that are declared below a class of schema.org by which we know their kind."""
    from rdflib import RDFS

    return {
        local(term): str(above).removeprefix(SCHEMA)
        for term, above in sorted(graph.subject_objects(RDFS.subClassOf))
        if str(above).removeprefix(SCHEMA) in ANCHORS and str(term).startswith(ONTOLOGY)
    }


def _endings(graph: Graph, local: Callable[[Node | None], str]) -> Iterator[Ending]:
    from rdflib import URIRef
    from rdflib.collection import Collection

    for state, ending in sorted(graph.subject_objects(URIRef(TRAIT + "endedBy"))):
        event, thing, holder = (graph.value(ending, URIRef(TRAIT + n)) for n in ("event", "thing", "holder"))
        if event is not None and thing is not None and holder is not None:
            match [[local(n) for n in Collection(graph, pair)] for pair in (thing, holder)]:
                case [[a, b], [c, d]]:
                    yield Ending(local(state), local(event), (a, b), (c, d))
