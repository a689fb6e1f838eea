"""Extraction: what a document says, as claims; a pure function of the document and the vocabulary."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from kg.extract.decide.calibration import Calibration
from kg.extract.decide.classes import settled
from kg.extract.decide.missed import missed
from kg.extract.decide.weigh import Proposals, weigh
from kg.extract.discourse.coreference import Discourse
from kg.extract.discourse.speakers import spoken
from kg.extract.frames import Told, held, told
from kg.extract.grammar.parse import Known, Parsed, parse
from kg.extract.learned.lists import shared
from kg.extract.learned.reader import Reader
from kg.extract.names.candidates import Candidates
from kg.extract.names.cluster import find_names
from kg.extract.names.runs import Runs
from kg.extract.names.words import NameWords
from kg.extract.text.paragraphs import as_read, quoted
from kg.extract.text.segment import Segmenter
from kg.extract.text.split import Split, split
from kg.extract.text.values import Values
from kg.model import Claim, Document, Missed
from kg.vocabulary import Lexicon, Ontology

__all__ = ["Extractor"]


class Extractor:
    """Reads documents with one vocabulary: text, names, grammar, discourse, frames and reader, decision.

    >>> extractor = Extractor(Ontology.load(), Lexicon.load())
    >>> [claim.event for claim in extractor(Document("a", "Foo Inc acquired Bar Ltd.", ((0, 25),)))[0]]
    ['Acquisition']
    """

    def __init__(
        self, ontology: Ontology, lexicon: Lexicon, reader: Reader | None = None, *, frames: bool = True
    ) -> None:
        self.ontology = ontology
        self.lexicon = lexicon
        self.reader = reader
        self.frames = frames
        self.segmenter = Segmenter(lexicon)
        self.values = Values(lexicon)
        self.words = NameWords(ontology, lexicon)

    @cached_property
    def calibration(self) -> Calibration:
        """How frames and reader are weighed."""
        return Calibration.load()

    def __call__(self, document: Document, least: float = 0.0) -> tuple[list[Claim], list[Missed]]:
        """Return the claims of a document that are `least` probable or more, and what gave none."""
        proposals = self.proposals(document)
        claims, rejected = weigh(proposals, self.calibration, least)
        sure = proposals.discourse.parsed.names.sure
        told = [as_read(claim, document) for claim in settled(claims, sure, self.ontology)]
        return told, [quoted(one, document) for one in missed(proposals.discourse, claims, rejected)]

    def split(self, document: Document) -> Split:
        """Cut a document into sentences, tokens and values."""
        return split(document, self.segmenter, self.values)

    def parsed(self, document: Document) -> Parsed:
        """Parse a document by the grammars alone, as the encoder is given it."""
        cut = self.split(document)
        return parse(cut, find_names(self._candidates(cut)), self.ontology, self.lexicon, {})

    def proposals(self, document: Document) -> Proposals:
        """Return what the frames tell and what the learned reader makes of each pair, not yet weighed."""
        cut = self.split(document)
        candidates, known = self._candidates(cut), Known()
        parsed = parse(cut, find_names(candidates), self.ontology, self.lexicon, known)
        if self.reader is None:
            return Proposals(*self._told(parsed))
        encoded = self.reader.encode(parsed)
        names = find_names(candidates, self.reader.names(cut.tokens, encoded))
        parsed = parse(cut, names, self.ontology, self.lexicon, known)
        discourse, frames = self._told(parsed)
        if not self.frames:
            learned = {label.event for label in self.reader.labels}
            frames = Told(tuple(claim for claim in frames.claims if claim.event not in learned))
        read = self.reader.score(parsed, encoded)
        read = replace(read, scored=tuple(shared(parsed, read.scored)))
        return Proposals(discourse, frames, read, self.reader.labels)

    def _candidates(self, cut: Split) -> Candidates:
        return Candidates.of(Runs(self.words, list(cut.sentences), list(cut.tokens), cut.free))

    def _told(self, parsed: Parsed) -> tuple[Discourse, Told]:
        """Read posts first, then who speaks: quotations need to know whose organization "we" is."""
        discourse = Discourse.of(parsed, self.ontology, self.lexicon)
        posts = held(discourse)
        employers = {post.person: post.organization for post in reversed(posts)}
        discourse = discourse.told(spoken(discourse), employers)
        return discourse, told(discourse, posts)
