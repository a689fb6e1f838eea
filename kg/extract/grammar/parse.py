"""A document as the floors above see it: sentences of units, with their clauses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kg.extract.grammar.clauses import Clauses, Forms
from kg.extract.grammar.units import Unit, units
from kg.extract.names.cluster import Names
from kg.extract.names.runs import TokenSpan
from kg.extract.text.segment import Sentence
from kg.extract.text.split import Split
from kg.model import Document, Entity, Evidence
from kg.vocabulary import Lexicon, Ontology

__all__ = ["Known", "Parsed", "parse"]

#: Sentences that were parsed with given names: most are the same once the learned tagger has been asked.
Known = dict[tuple[int, tuple[tuple[TokenSpan, Entity], ...]], Clauses]


@dataclass(frozen=True)
class Parsed:
    """A document's sentences, each with its clauses, and the names in them."""

    document: Document
    sentences: tuple[Sentence, ...]
    clauses: tuple[Clauses, ...]
    names: Names

    @cached_property
    def rows(self) -> tuple[list[Unit], ...]:
        """The units of each sentence."""
        return tuple(c.row for c in self.clauses)

    def evidence(self, number: int) -> Evidence:
        """Return a sentence as evidence."""
        sentence = self.sentences[number]
        return Evidence(sentence.start, sentence.end, self.document.text[sentence.start : sentence.end])


def parse(split: Split, names: Names, ontology: Ontology, lexicon: Lexicon, known: Known) -> Parsed:
    """Parse the sentences of a document, except those that are `known` with the same names; add them to it."""
    clauses = []
    words = Forms.of(lexicon.language)
    for number, (tokens, found) in enumerate(zip(split.tokens, split.found, strict=True)):
        spans = names.by_sentence.get(number, {}).values()
        key = number, tuple((span, names.at[span]) for span in spans)
        if key not in known:
            row = units(number, tokens, found, names, lexicon, split.document.text)
            known[key] = Clauses(row, words, ontology.family)
        clauses.append(known[key])
    return Parsed(split.document, split.sentences, tuple(clauses), names)
