"""The lexicon: which words tell of which event, and the lists of words that recognition needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.iris import ONTOLOGY
from kg.vocabulary.inflect import noun_forms, verb_forms
from kg.vocabulary.language import Language
from kg.vocabulary.ontology import Ontology, parse
from kg.vocabulary.resources import folder

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

LEXICON = "https://w3id.org/kg-news/lexicon#"
EVENT = "@event"
_NOT_SLOTS = {"verb", "noun", "adjective", "evokes", "needs", "unless", "only", "status", "measure"}


@dataclass(frozen=True, slots=True)
class Frame:
    """A way to tell of an event: its words, and the role behind each grammatical slot.

    `needs` lists roles and `beside` words of which one must be there; `unless` words that forbid it; `only` a
    status that it must have, `status` one that its words give it; `measure` what its figure measures.
    """

    name: str
    event: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    slots: dict[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    only: str = ""
    status: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """One inflected form of a frame's word: its further words ("set up"), its form's tag, its frames."""

    lemma: str
    rest: tuple[str, ...]
    tag: str
    frames: tuple[Frame, ...]


class Lexicon:
    """Frames by the forms of their words, word lists by category, and the tables of the language.

    >>> lexicon = Lexicon.load()
    >>> [(w.lemma, w.tag) for w in lexicon.verbs["acquired"]]
    [('acquire', 'VBD'), ('acquire', 'VBN')]
    >>> lexicon.words["Descriptor"]["startup"]
    'Company'
    """

    def __init__(
        self, frames: tuple[Frame, ...], words: dict[str, dict[str, str]], language: Language
    ) -> None:
        self.frames = frames
        self.words = words
        self.language = language
        self._forms: dict[str, frozenset[str]] = {}

    @classmethod
    def load(cls, path: Path | None = None) -> Lexicon:
        """Read `lexicon.ttl` and `language/` of a folder, by default of the one that comes with kg.

        Of several classes that a word denotes, the narrowest holds: a drug is a product too. Raises InputError where
        a file is missing or broken.
        """
        entries = parse((path or folder("ontology")) / "lexicon.ttl")
        return cls.of(entries, Language.load(path), lambda: Ontology.load(path))

    @classmethod
    def of(cls, entries: Graph, language: Language, ontology: Callable[[], Ontology]) -> Lexicon:
        """Make a lexicon of the graph of its file; the ontology is asked for where a word denotes several classes."""
        words = _words(entries)
        several = [denoted for listed in words.values() for denoted in listed.values() if len(denoted) > 1]
        if several:
            ancestors = ontology().ancestors
            for denoted in several:
                denoted.sort(key=lambda name: -len(ancestors(name)))
        first = {
            kind: {word: denoted[0] for word, denoted in listed.items()} for kind, listed in words.items()
        }
        return cls(tuple(_frames(entries)), first, language)

    @cached_property
    def verbs(self) -> dict[str, tuple[Word, ...]]:
        """Frames by each form of their verbs' first word."""
        by_lemma: dict[str, list[Frame]] = defaultdict(list)
        for frame in self.frames:
            for verb in frame.verbs:
                by_lemma[verb].append(frame)
        for verb in (
            *self.words.get("Speech", ()),
            *self.words.get("Support", ()),
            *self.words.get("HasVerb", ()),
        ):
            by_lemma[verb] = by_lemma.get(verb, [])
        forms: dict[str, list[Word]] = defaultdict(list)
        for lemma, frames in sorted(by_lemma.items()):
            first, *rest = lemma.split()
            for form, tags in verb_forms(first).items():
                forms[form] += [Word(lemma, tuple(rest), tag, tuple(frames)) for tag in tags]
        return {form: tuple(sorted(words, key=lambda w: -len(w.rest))) for form, words in forms.items()}

    @cached_property
    def nouns(self) -> dict[str, tuple[Word, ...]]:
        """Frames by the last word of their nouns; `rest` holds the words before it."""
        by_noun: dict[str, list[Frame]] = defaultdict(list)
        for frame in self.frames:
            for noun in frame.nouns:
                by_noun[noun].append(frame)
        forms: dict[str, list[Word]] = defaultdict(list)
        for noun, frames in sorted(by_noun.items()):
            *rest, last = noun.split()
            for form, tag in noun_forms(last).items():
                forms[form].append(Word(noun, tuple(rest), tag, tuple(frames)))
        return {form: tuple(sorted(words, key=lambda w: -len(w.rest))) for form, words in forms.items()}

    @cached_property
    def adjectives(self) -> dict[str, tuple[Frame, ...]]:
        """Frames by adjective; "London-based" is the adjective "based" with a compound."""
        return {
            word: tuple(f for f in self.frames if word in f.adjectives)
            for word in sorted({a for f in self.frames for a in f.adjectives})
        }

    def forms(self, name: str) -> frozenset[str]:
        """Return all forms of the verbs of a word list."""
        if name not in self._forms:
            wanted = self.category(name).keys()
            told = (form for form, words in self.verbs.items() if any(w.lemma in wanted for w in words))
            self._forms[name] = frozenset(told)
        return self._forms[name]

    def category(self, name: str) -> dict[str, str]:
        """Return a word list, empty where the lexicon has none."""
        return self.words.get(name, {})


def _local(node: object) -> str:
    return str(node).removeprefix(ONTOLOGY).removeprefix(LEXICON)


def _frames(graph: Graph) -> Iterator[Frame]:
    from rdflib import RDF, URIRef

    def strings(subject: Node, name: str) -> tuple[str, ...]:
        return tuple(sorted(_local(o) for o in graph.objects(subject, URIRef(LEXICON + name))))

    for subject in sorted(graph.subjects(RDF.type, URIRef(LEXICON + "Frame")), key=str):
        needed = sorted(graph.objects(subject, URIRef(LEXICON + "needs")), key=str)
        slots = {
            _local(p): EVENT if str(o) == LEXICON + "event" else _local(o)
            for p, o in graph.predicate_objects(subject)
            if str(p).startswith(LEXICON) and _local(p) not in _NOT_SLOTS
        }
        yield Frame(
            name=_local(subject),
            event=next(iter(strings(subject, "evokes")), ""),
            verbs=strings(subject, "verb"),
            nouns=strings(subject, "noun"),
            adjectives=strings(subject, "adjective"),
            slots=dict(sorted(slots.items())),
            needs=tuple(_local(n) for n in needed if isinstance(n, URIRef)),
            beside=tuple(str(n) for n in needed if not isinstance(n, URIRef)),
            unless=strings(subject, "unless"),
            only=next(iter(strings(subject, "only")), ""),
            status=next(iter(strings(subject, "status")), ""),
            measure=next(iter(strings(subject, "measure")), ""),
        )


def _words(graph: Graph) -> dict[str, dict[str, list[str]]]:
    """Return the words of each kind of list, with all the classes that the lists say they denote."""
    from rdflib import RDF, URIRef

    words: dict[str, dict[str, list[str]]] = {}
    denotes = URIRef(LEXICON + "denotes")
    for subject, kind in sorted(graph.subject_objects(RDF.type), key=str):
        if not str(kind).startswith(LEXICON) or _local(kind) == "Frame":
            continue
        denoted = next((_local(o) for o in graph.objects(subject, denotes)), "")
        listed = words.setdefault(_local(kind), {})
        for word in sorted(graph.objects(subject, URIRef(LEXICON + "word")), key=str):
            listed.setdefault(str(word), []).append(denoted)
    return words
