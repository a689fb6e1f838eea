"""Quotations as claims: who said which words."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.discourse.coreference import Discourse
from kg.extract.discourse.quotation import Quote
from kg.model import Claim

__all__ = ["quoted"]

_SHORTEST = 3  # words: fewer are a phrase that is quoted, not a statement
_WHOLE = 30  # words, a rule of thumb: so long a part is a statement by itself, whatever follows "he said"


def quoted(discourse: Discourse) -> Iterator[Claim]:
    """Yield a claim for each quotation of three words or more that has a speaker.

    A quotation that goes on after the words of attribution, or in the next paragraph, is one with what follows.
    """
    ontology = discourse.ontology
    event, words = next(
        ((e, role) for e in ontology.keys if (role := ontology.role(e, "quotation"))), ("", "")
    )
    speaker = next((r for r in ontology.roles(event) if not ontology.reads(r)), "") if event else ""
    if not speaker:
        return
    for parts in _wholes(discourse.quotes):
        first = parts[0]
        if first.speaker and len(first.text.split()) >= _SHORTEST:
            text = " ".join(part.text for part in parts)
            evidence = discourse.parsed.evidence(first.sentence)
            yield Claim(event, ((speaker, first.speaker), (words, text)), evidence)


def _wholes(quotes: tuple[Quote, ...]) -> list[list[Quote]]:
    """Join each quotation with what resumes it, unless its first part is long; a word or two are no part of any."""
    found: list[list[Quote]] = []
    for quote in quotes:
        if len(quote.text.split()) < _SHORTEST:
            continue
        if quote.resumed and found and len(found[-1][0].text.split()) < _WHOLE:
            found[-1].append(quote)
        else:
            found.append([quote])
    return found
