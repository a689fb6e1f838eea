"""Extraction: what a document says, as claims; a pure function of the document and the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from kg.extract.decide.calibration import Calibration
from kg.extract.decide.combine import Proposals, combine
from kg.extract.decide.missed import missed
from kg.extract.discourse import quotation as quotes
from kg.extract.discourse.context import Context
from kg.extract.frames.figures import figures, listings
from kg.extract.frames.join import relate
from kg.extract.frames.posts import titles
from kg.extract.grammar.units import Unit, units
from kg.extract.learned.reader import Reader
from kg.extract.learned.schema import LABELS
from kg.extract.names.candidates import NameWords, Runs, Tagged, TokenSpan
from kg.extract.names.cluster import Names
from kg.extract.text.segment import Token, sentences, tokens
from kg.extract.text.values import Found, Values
from kg.model import Claim, Document, Entity, Filler, Missed
from kg.vocabulary import Lexicon, Ontology

__all__ = ["Extractor"]

_COMPOUND = re.compile(
    r"(?P<name>[A-Z].*?)(?P<rest>-(?:[a-z]+(?:ed|en|owned|made|built|led|run|backed|based)))$"
)


@dataclass(frozen=True, slots=True)
class Split:
    """A document in sentences and tokens, with the values of each sentence.

    `rows` keeps the units of a sentence with given names: most are the same once the learned tagger has been asked.
    """

    document: Document
    runs: Runs
    found: list[list[Found]]
    rows: dict[tuple[int, tuple[tuple[TokenSpan, Entity], ...]], list[Unit]] = field(default_factory=dict)


class Extractor:
    """Reads documents with one vocabulary.

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
        self.values = Values(lexicon)
        self.words = NameWords(lexicon)

    @cached_property
    def calibration(self) -> Calibration:
        """How frames and reader are weighed."""
        return Calibration.load()

    def __call__(self, document: Document, least: float = 0.0) -> tuple[list[Claim], list[Missed]]:
        """Return the claims of a document that are `least` probable or more, and what gave none."""
        found = self.proposals(document)
        claims, rejected = combine(found, self.calibration, least)
        typed = found.context.typed
        return [_retyped(claim, typed, self.ontology) for claim in claims], list(
            missed(found.context, claims, rejected)
        )

    def proposals(self, document: Document) -> Proposals:
        """Return what the frames claim and what the learned reader makes of each pair, not yet weighed."""
        split = self.split(document)
        context = self.context(split)
        if self.reader is None:
            return Proposals(context, self._frames(context), [])
        read = self.reader.encode(context)
        context = self.context(split, self.reader.names(context, read))
        claims = self._frames(context)
        if not self.frames:
            claims = [c for c in claims if not any(label.event == c.event for label in LABELS)]
        return Proposals(context, claims, *self.reader.score(context, read))

    def _frames(self, context: Context) -> list[Claim]:
        claims: list[Claim] = []
        context.quotes = quotes.find(context)
        for number in range(len(context.sentences)):
            self._notice_title(context, number, claims)
        quotes.attribute(context)
        context.topic.organization, context.topic.person = context.focus, None
        for number in range(len(context.sentences)):
            claims += listings(context, number)
            claims += relate(context, number)
            claims += figures(context, number)
        claims += quotes.claims(context)
        return claims

    @staticmethod
    def _notice_title(context: Context, number: int, claims: list[Claim]) -> None:
        """Read positions first: quotations need to know whose organization "we" is."""
        claims += titles(context, number)
        for group in context.clauses[number].verbs[:1]:
            for phrase in context.clauses[number].subject(group):
                entity = context.entity(number, phrase)
                if entity:
                    context.notice(entity)

    def split(self, document: Document) -> Split:
        """Cut a document into sentences, tokens and values."""
        text = document.text
        split = list(sentences(document))
        rows: list[list[Token]] = []
        found: list[list[Found]] = []
        free: list[list[bool]] = []
        for sentence in split:
            # Markdown's emphasis is no word of the sentence.
            words = [t for t in tokens(text, sentence.start, sentence.end) if t.text != "*"]
            row = [part for token in words for part in _parts(token)]
            values = self.values.find(text, sentence.start, sentence.end, document.published)
            rows.append(row)
            found.append(values)
            free.append([not any(v.span.start <= t.start < v.span.end for v in values) for t in row])
        return Split(document, Runs(self.words, split, rows, free), found)

    def context(self, split: Split, tagged: Sequence[Tagged] = ()) -> Context:
        """Name the names of a document, with or without the help of the learned tagger."""
        names = Names(split.runs, tagged)
        text = split.document.text
        rows = []
        for number, tokens_here in enumerate(split.runs.tokens):
            spans = names.by_sentence.get(number, {}).values()
            named = number, tuple((span, names.at[span]) for span in spans)
            if named not in split.rows:
                split.rows[named] = units(number, tokens_here, split.found[number], names, self.lexicon, text)
            rows.append(split.rows[named])
        return Context(split.document, split.runs.sentences, rows, names, self.ontology, self.lexicon)


def _parts(token: Token) -> list[Token]:
    """Cut "London-based" in two, so that the name in it is seen."""
    match = _COMPOUND.match(token.text)
    if not match:
        return [token]
    cut = token.start + match.end("name")
    return [Token(token.start, cut, match["name"]), Token(cut, token.end, match["rest"])]


def _retyped(claim: Claim, typed: dict[Entity, str], ontology: Ontology) -> Claim:
    """Give entities the types that their roles settled; what stayed unknown is an organization.

    A role that does not accept the type that its filler ended with is left out.
    """

    def final(filler: Filler) -> Filler:
        if not isinstance(filler, Entity):
            return filler
        kind = typed.get(filler, filler.type)
        return replace(filler, type="Organization" if kind in {"Unknown", "Entity"} else kind)

    sure = claim.certainties or (claim.confidence,) * len(claim.roles)
    told = [(role, final(filler), p) for (role, filler), p in zip(claim.roles, sure, strict=True)]
    told = [t for t in told if not isinstance(t[1], Entity) or ontology.accepts(t[0], t[1].type)]
    speaker = claim.attributed_to and final(claim.attributed_to)
    assert speaker is None or isinstance(speaker, Entity)
    roles, certainties = tuple((r, f) for r, f, _ in told), tuple(p for _, _, p in told)
    return replace(claim, roles=roles, certainties=certainties, attributed_to=speaker)
