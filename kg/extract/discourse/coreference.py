"""What a phrase stands for: a name, or what a pronoun or "the company" refers to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from kg.extract.discourse.quotation import Quote, quotations
from kg.extract.discourse.topic import Topics, focus, organizational, topics
from kg.extract.grammar.clauses import Phrase
from kg.extract.grammar.parse import Parsed
from kg.extract.grammar.units import Unit
from kg.iris import normalise
from kg.model import Entity
from kg.vocabulary import Lexicon, Ontology

__all__ = ["Discourse"]

_OPENING = 8  # units before the pronoun of a phrase that opens a sentence
_NEAR = 6  # sentences that "he" and "the executive" look back: a longer way leads to somebody else


@dataclass(frozen=True)
class Discourse:
    """A parsed document, with what goes on across its sentences.

    `employers` holds the organization of each person who has a post there; `focus` is the organization that the
    document is about.
    """

    parsed: Parsed
    ontology: Ontology
    lexicon: Lexicon
    quotes: tuple[Quote, ...] = ()
    employers: Mapping[Entity, Entity] | None = None

    @classmethod
    def of(cls, parsed: Parsed, ontology: Ontology, lexicon: Lexicon) -> Discourse:
        """Find the quotations of a document; nobody is known to speak them yet."""
        found = quotations(parsed.document.text, parsed.sentences, lexicon.language)
        return cls(parsed, ontology, lexicon, tuple(found))

    def told(self, quotes: tuple[Quote, ...], employers: Mapping[Entity, Entity]) -> Discourse:
        """Return the same document once it is known who speaks and who works where."""
        return replace(self, quotes=quotes, employers=employers)

    @cached_property
    def focus(self) -> Entity | None:
        """The organization that the document is about."""
        return focus(self.parsed, self.ontology)

    @cached_property
    def makers(self) -> dict[str, Entity]:
        """The organizations of the document by each of their names, as products may begin with."""
        entities = dict.fromkeys(u.entity for row in self.parsed.rows for u in row if u.entity)
        firms = [e for e in entities if self.organizational(e)]
        return {normalise(name): e for e in reversed(firms) for name in (e.name, *e.aliases)}

    @cached_property
    def _topics(self) -> Topics:
        speech = self.lexicon.forms("Speech")
        return topics(self.parsed, self.ontology, speech, lambda offset: self.quote_at(offset) is not None)

    def organizational(self, entity: Entity) -> bool:
        """Tell whether an entity is, or may be, an organization."""
        return organizational(entity, self.ontology)

    def quote_at(self, offset: int) -> Quote | None:
        """Return the quotation that an offset lies in."""
        i = bisect_right(self.quotes, offset, key=lambda q: q.start) - 1
        return self.quotes[i] if i >= 0 and offset < self.quotes[i].end else None

    def topic(self, offset: int) -> Entity | None:
        """Return the organization that the text speaks of at an offset: what it is about, if that acted lately."""
        lately = self._topics.before(offset)
        return self.focus if self.focus in lately or not lately else lately[-1]

    def subject(self, offset: int) -> Entity | None:
        """Return the organization that acted last before an offset."""
        lately = self._topics.before(offset)
        return lately[-1] if lately else self.focus

    def entity(self, number: int, phrase: Phrase) -> Entity | None:
        """Return the thing that a phrase of sentence `number` stands for."""
        row = self.parsed.rows[number]
        head, first = row[phrase.head], row[phrase.first]
        if head.tag == "NAME":
            return head.entity
        if head.tag in {"PRON", "POSSPRON"}:
            return self.referent(head, number)
        kind = self.lexicon.category("Descriptor").get(head.low)
        if named := self._named_in(row, phrase, self.ontology.family(kind) if kind else ""):
            return named
        if kind and head.tag == "NOUN" and (described := self._described(number, phrase, kind)):
            return described
        inside = {u.tag for u in row[phrase.first : phrase.last]}
        # In "the London-based company" the name says where, in "the Acme company" it says who.
        told = "POSS" in inside or ("NAME" in inside and "COMP" not in inside)
        definite = first.low in self.lexicon.language.words("reference.definite") and not told
        if not (kind and definite and head.tag in {"NOUN", "TITLE"}) or self.quote_at(head.start):
            return None
        family = self.ontology.family(kind)
        if family == "Person":
            return self._person_before(head.start, number)
        return self.topic(head.start) if family == "Organization" else None

    def _named_in(self, row: list[Unit], phrase: Phrase, family: str) -> Entity | None:
        """Return Acme of "the Acme group" and "the Acme electric utility", of "its Acme unit" and "Bolt's Acme business".

        `family` is that of what the head of the phrase is a word for; "an Acme unit" is only a unit of Acme.
        """
        i = phrase.head - 1
        while i > phrase.first and row[i].tag in {"NOUN", "ADJ"}:
            i -= 1
        entity = row[i].entity if i >= phrase.first else None
        if entity is None:
            return None
        if i > phrase.first and row[i - 1].tag in {"POSS", "POSSPRON"}:
            relation = any(
                "holder" in f.slots
                for w in self.lexicon.nouns.get(row[phrase.head].low, ())
                for f in w.frames
            )
            if family == "Organization" or relation:
                return entity if self.organizational(entity) else None
        return entity if family == self.ontology.family(entity.type) else None

    def _described(self, number: int, phrase: Phrase, kind: str) -> Entity | None:
        """Return X for "a startup" in "X is a startup founded by Y" and "X is now a bank that has"."""
        clauses = self.parsed.clauses[number]
        i = phrase.first - 1
        while clauses.tag(i) == "ADV":
            i -= 1
        indefinite = clauses.row[phrase.first].low in self.lexicon.language.words("reference.indefinite")
        if not indefinite or i not in clauses.copulas:
            return None
        things = (clauses.row[p.head].entity for p in clauses.said_of(i))
        fits = {self.ontology.family(kind), "Entity"}
        return next(
            (e for e in things if e and (e.type == "Unknown" or self.ontology.family(e.type) in fits)), None
        )

    def owner(self, number: int, i: int) -> Entity | None:
        """Return whose the phrase is that unit i opens or stands before: "X's", "its", "whose"."""
        clauses = self.parsed.clauses[number]
        unit = clauses.row[i] if i >= 0 else None
        if unit is None:
            return None
        if unit.tag == "POSSPRON":
            return self.referent(unit, number)
        phrases: list[Phrase] = []
        if unit.tag == "POSS":
            phrases = [p for p in [clauses.phrase_before(i)] if p]
        elif unit.low in self.lexicon.language.words("reference.whose"):
            phrases = clauses.antecedent(i)
        return next((e for e in (self.entity(number, p) for p in phrases) if e), None)

    def referent(self, pronoun: Unit, number: int) -> Entity | None:
        """Return what a pronoun refers to; "we" in a quotation is the speaker's organization."""
        words = self.lexicon.language.words
        quote = self.quote_at(pronoun.start)
        if pronoun.low in words("reference.we"):
            speaker = quote.speaker if quote else None
            return (self.employers or {}).get(speaker, self.focus) if speaker else None
        if quote:
            return None
        if pronoun.low in words("reference.he"):
            return self._ahead(pronoun, number, "Person") or self._person_before(pronoun.start, number)
        if pronoun.low in words("reference.it"):
            return self._ahead(pronoun, number, "Organization") or self.subject(pronoun.start)
        return None

    def _ahead(self, pronoun: Unit, number: int, family: str) -> Entity | None:
        """Return Acme for the pronoun of "Known for its pumps, Acme has ..." and "Since its founding, Acme has ..."."""
        clauses = self.parsed.clauses[number]
        row = clauses.row
        i = next(k for k, unit in enumerate(row) if unit.start == pronoun.start)
        finite = [(g.main, clauses.subject(g)) for g in clauses.verbs if g.finite and g.main > i]
        if (
            i > _OPENING
            or any(u.tag in {"NAME", "AUX", "MODAL", "SUB", "QUOTE"} for u in row[:i])
            or not finite
        ):
            return None
        main, subject = finite[0]
        for phrase in subject:
            entity = row[phrase.head].entity
            apart = any(u.tag == "COMMA" for u in row[i : phrase.first])
            if entity and i < phrase.head < main and apart:
                fits = self.ontology.family(entity.type) in {family, "Entity"} or entity.type == "Unknown"
                return entity if fits else None
        return None

    def _person_before(self, offset: int, number: int) -> Entity | None:
        for n in range(number, max(-1, number - _NEAR), -1):
            for unit in reversed(self.parsed.rows[n]):
                if unit.entity and unit.end <= offset and self.ontology.family(unit.entity.type) == "Person":
                    return unit.entity
        return None
