"""What a document remembers while it is read: its names, what it is about, who spoke last."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from kg.extract.discourse.quotation import Quote
from kg.extract.grammar.clauses import Clauses, Phrase
from kg.extract.grammar.units import Unit
from kg.extract.names.cluster import Names
from kg.extract.names.gazetteer import place
from kg.extract.text.segment import Sentence
from kg.model import Document, Entity, Evidence, Filler, Value
from kg.vocabulary import Lexicon, Ontology

__all__ = ["Context"]

_HE = frozenset(["he", "she", "him", "his", "her"])
_IT = frozenset(["it", "its", "they", "their", "them", "itself"])
_WE = frozenset(["we", "our", "us"])


@dataclass(slots=True)
class _Topic:
    organization: Entity | None = None
    person: Entity | None = None


class Context:
    """One document's state: every stage that resolves a phrase asks here."""

    def __init__(
        self,
        document: Document,
        sentences: list[Sentence],
        rows: list[list[Unit]],
        names: Names,
        ontology: Ontology,
        lexicon: Lexicon,
    ) -> None:
        self.document = document
        self.sentences = sentences
        self.rows = rows
        self.clauses = [Clauses(row) for row in rows]
        self.names = names
        self.ontology = ontology
        self.lexicon = lexicon
        self.quotes: list[Quote] = []
        self.employers: dict[Entity, Entity] = {}
        self.typed: dict[Entity, str] = {}
        self.focus = self._focus()
        self.topic = _Topic(self.focus)

    def _focus(self) -> Entity | None:
        """Find the organization that the article is about: named most often, in the first lines above all."""
        counts: Counter[Entity] = Counter()
        order: dict[Entity, int] = {}
        for number, row in enumerate(self.rows):
            for unit in row:
                if unit.entity and self.is_organization(unit.entity):
                    counts[unit.entity] += 3 if number < 2 else 1
                    order.setdefault(unit.entity, len(order))
        return max(counts, key=lambda e: (counts[e], -order[e]), default=None)

    def is_organization(self, entity: Entity) -> bool:
        """Tell whether an entity is, or may be, an organization."""
        return self.ontology.family(entity.type) == "Organization" or entity.type == "Unknown"

    def evidence(self, number: int) -> Evidence:
        """Return a sentence as evidence."""
        sentence = self.sentences[number]
        return Evidence(sentence.start, sentence.end, self.document.text[sentence.start : sentence.end])

    def notice(self, entity: Entity) -> None:
        """Remember the subject of a clause."""
        if entity.type == "Person":
            self.topic.person = entity
        elif self.is_organization(entity):
            self.topic.organization = entity

    def quote_at(self, offset: int) -> Quote | None:
        """Return the quotation that an offset lies in."""
        i = bisect_right(self.quotes, offset, key=lambda q: q.start) - 1
        return self.quotes[i] if i >= 0 and offset < self.quotes[i].end else None

    @cached_property
    def speech(self) -> list[list[int]]:
        """The units of each sentence that are verbs of speech."""
        said = self.lexicon.category("Speech").keys()
        forms = {form for form, words in self.lexicon.verbs.items() if any(w.lemma in said for w in words)}
        return [
            [i for i, u in enumerate(row) if u.low in forms and u.tag in {"VERB", "NOUN"}]
            for row in self.rows
        ]

    def accepts(self, role: str, entity: Entity) -> bool:
        """Tell whether an entity may fill a role; one of no certain type takes the role's."""
        kind = self.typed.get(entity, entity.type)
        if kind == "Unknown":
            return True
        if self.ontology.accepts(role, kind):
            return True
        soft = entity not in self.names.sure and self.ontology.family(kind) != "Place"
        return soft and entity not in self.typed

    def settle(self, role: str, entity: Entity) -> None:
        """Give an entity of no certain type the class that its role asks for."""
        kind = self.typed.get(entity, entity.type)
        if kind == "Unknown" or not self.ontology.accepts(role, kind):
            wanted = self.ontology.ranges[role]
            # A union's first class is the likeliest; two words make a person rather than a company.
            several = len(entity.name.split()) > 1
            likely = [c for c in wanted if c != "Person"] or ["Person"]
            known = place(entity.name) if likely[0] == "Place" else None
            self.typed[entity] = (
                known[0] if known else "Person" if several and wanted[0] == "Person" else likely[0]
            )

    def fill(self, number: int, phrase: Phrase, role: str) -> list[Filler]:
        """Return what a phrase puts into a role: a value of the right kind, a named or known thing."""
        ranges = self.ontology.ranges.get(role, ())
        row = self.rows[number]
        inside = row[phrase.first : phrase.last]
        if "MonetaryAmount" in ranges or "Quantity" in ranges:
            wanted = {"MonetaryAmount": "MONEY", "Quantity": "PERCENT"}
            tags = {wanted[r] for r in ranges if r in wanted}
            after = row[phrase.last : phrase.last + 2]
            if len(after) == 2 and after[0].low == "of":
                inside = [*inside, after[1]]
            return _first(u.value for u in inside if u.tag in tags)
        if role == "series":
            return _first(u.value for u in inside if u.tag == "SERIES")
        if role == "title":
            return _first(u.text for u in inside if u.tag == "TITLE")
        if "Text" in ranges:
            words = [u.text for u in inside if u.tag not in {"DET", "POSSPRON"}]
            return _first([" ".join(words) or None])
        if "Date" in ranges:
            return []
        entity = self.entity(number, phrase)
        return [entity] if entity and self.accepts(role, entity) else []

    def entity(self, number: int, phrase: Phrase) -> Entity | None:
        """Return the thing that a phrase stands for: its name, or what a pronoun or "the firm" refers to."""
        row = self.rows[number]
        head = row[phrase.head]
        if head.tag == "NAME":
            return head.entity
        if head.tag in {"PRON", "POSSPRON"}:
            return self.referent(head, number)
        first = row[phrase.first]
        kind = self.lexicon.category("Descriptor").get(head.low)
        inside = {u.tag for u in row[phrase.first : phrase.last]}
        # In "the London-based company" the name says where, in "the Acme company" it says who.
        named = "POSS" in inside or ("NAME" in inside and "COMP" not in inside)
        definite = first.low in {"the", "this"} and not named
        if head.tag in {"NOUN", "TITLE"} and kind and definite and not self.quote_at(head.start):
            if kind == "Person":
                return self.topic.person
            if self.ontology.family(kind) == "Organization":
                return self.topic.organization or self.focus
        return None

    def owner(self, number: int, i: int) -> Entity | None:
        """Return whose the phrase is that unit i opens or stands before: "X's", "its", "whose"."""
        clauses, unit = self.clauses[number], self.rows[number][i] if i >= 0 else None
        if unit is None:
            return None
        if unit.tag == "POSSPRON":
            return self.referent(unit, number)
        phrases: list[Phrase] = []
        if unit.tag == "POSS":
            phrases = [p for p in [clauses.phrase_before(i)] if p]
        elif unit.low == "whose":
            phrases = clauses.antecedent(i)
        return next((e for e in (self.entity(number, p) for p in phrases) if e), None)

    def referent(self, pronoun: Unit, number: int) -> Entity | None:
        """Return what a pronoun refers to; "we" in a quotation is the speaker's organization."""
        quote = self.quote_at(pronoun.start)
        if pronoun.low in _WE:
            speaker = quote.speaker if quote else None
            return self.employers.get(speaker, self.focus) if speaker else None
        if quote:
            return None
        if pronoun.low in _HE:
            return self._person_before(pronoun.start, number)
        return self.topic.organization or self.focus if pronoun.low in _IT else None

    def _person_before(self, offset: int, number: int) -> Entity | None:
        for n in range(number, max(-1, number - 6), -1):
            for unit in reversed(self.rows[n]):
                if unit.entity and unit.end <= offset and unit.entity.type == "Person":
                    return unit.entity
        return None


def _first(values: Iterable[Value | None]) -> list[Filler]:
    first = next((value for value in values if value is not None), None)
    return [] if first is None else [first]
