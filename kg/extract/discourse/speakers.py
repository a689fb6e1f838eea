"""Who speaks a quotation: the subject of the speech verb beside it, else whoever spoke the one before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.discourse.coreference import Discourse
from kg.extract.discourse.quotation import Quote
from kg.extract.grammar.clauses import Phrase
from kg.extract.grammar.units import Unit
from kg.model import Entity

__all__ = ["spoken"]

_SHORTEST = 3  # words: fewer are a phrase that is quoted, and change no speaker
_ACROSS = 12  # sentences of one quotation, at most
_NEAR = 12  # units before a speech verb among which a person is its subject where the clause shows none


def spoken(discourse: Discourse) -> tuple[Quote, ...]:
    """Return the quotations of a document with their speakers; what resumes another has the speaker of that."""
    found: list[Quote] = []
    previous: Quote | None = None
    sentences = discourse.parsed.sentences
    for quote in discourse.quotes:
        speaker = _speaker(discourse, quote)
        block = sentences[quote.sentence].block
        apart = block - sentences[previous.sentence].block if previous else 0
        if previous and quote.resumed:
            speaker = previous.speaker or speaker
        elif speaker is None and previous and (apart == 0 or (apart == 1 and _opens(discourse, quote))):
            speaker = previous.speaker
        same = previous is not None and apart == 0 and previous.speaker == speaker
        one = replace(quote, speaker=speaker, resumed=quote.resumed or same)
        found.append(one)
        if len(quote.text.split()) >= _SHORTEST:
            previous = one
    return tuple(found)


def _opens(discourse: Discourse, quote: Quote) -> bool:
    """Tell whether a quotation begins its sentence."""
    return quote.start - discourse.parsed.sentences[quote.sentence].start <= 1


def _speaker(discourse: Discourse, quote: Quote) -> Entity | None:
    for number in _attributing(discourse, quote):
        row = discourse.parsed.rows[number]
        for i, unit in enumerate(row):
            if not _speaks(discourse, unit):
                continue
            phrases = list(_candidates(discourse, number, i))
            entities = [discourse.entity(number, p) for p in phrases]
            entities += [_behalf(discourse, number, p) for p in phrases]
            for entity in filter(None, entities):
                if _can_speak(discourse, entity):
                    return entity
            near = [u.entity for u in row[max(0, i - _NEAR) : i] if u.entity and _person(discourse, u.entity)]
            if near:
                return near[-1]
    return _source(discourse, quote)


def _speaks(discourse: Discourse, unit: Unit) -> bool:
    forms = discourse.lexicon.forms("Speech")
    return unit.low in forms and unit.tag in {"VERB", "NOUN"} and not discourse.quote_at(unit.start)


def _candidates(discourse: Discourse, number: int, i: int) -> Iterator[Phrase]:
    """Yield the phrases that may be the subject of the speech verb i, the likeliest first."""
    clauses = discourse.parsed.clauses[number]
    row = clauses.row
    group = next((g for g in clauses.verbs if g.main == i), None)
    listened = row[i].lemma in discourse.lexicon.language.words("quotation.listened")
    after = None if listened else clauses.phrase_after(i + 1)
    if after and (named := _named(discourse, number, after)):
        yield named
    if after and (i == 0 or row[i - 1].tag in {"QUOTE", "COMMA"}):
        yield after
    if group:
        yield from clauses.subject(group)
    elif before := clauses.phrase_before(i):
        yield before
    if after:
        yield after


def _named(discourse: Discourse, number: int, phrase: Phrase) -> Phrase | None:
    """Return Ada Voss of "said Acme's chief executive, Ada Voss"."""
    clauses, at = discourse.parsed.clauses[number], phrase.last + 1
    if clauses.tag(phrase.head) != "TITLE" or (clauses.tag(phrase.last), clauses.tag(at)) != (
        "COMMA",
        "NAME",
    ):
        return None
    entity = clauses.row[at].entity
    return Phrase(at, at + 1) if entity and _person(discourse, entity) else None


def _behalf(discourse: Discourse, number: int, phrase: Phrase) -> Entity | None:
    """Return for whom a nameless speaker speaks: "Acme analysts", "a spokeswoman for Acme", "its statement"."""
    clauses = discourse.parsed.clauses[number]
    for i in range(phrase.first, phrase.last):
        unit = clauses.row[i]
        if unit.entity and discourse.organizational(unit.entity):
            return unit.entity
        if unit.tag == "POSSPRON":
            return discourse.owner(number, i)
    joins = discourse.lexicon.language.words("posts.at")
    if clauses.tag(phrase.last) == "PREP" and clauses.row[phrase.last].low in joins:
        whose = clauses.phrase_after(phrase.last + 1)
        return discourse.entity(number, whose) if whose else None
    return None


def _person(discourse: Discourse, entity: Entity) -> bool:
    return discourse.ontology.family(entity.type) == "Person"


def _can_speak(discourse: Discourse, entity: Entity) -> bool:
    return _person(discourse, entity) or discourse.organizational(entity)


def _source(discourse: Discourse, quote: Quote) -> Entity | None:
    """Return the first person after "according to" in the quotation's sentence."""
    row = discourse.parsed.rows[quote.sentence]
    sources = discourse.lexicon.language.words("quotation.source")
    at = next((i for i, u in enumerate(row) if u.low in sources), len(row))
    return next((u.entity for u in row[at:] if u.entity and _person(discourse, u.entity)), None)


def _attributing(discourse: Discourse, quote: Quote) -> list[int]:
    """Return where the words of attribution may be: its last sentence, its first, then the one before."""
    sentences, text = discourse.parsed.sentences, discourse.parsed.document.text
    block = sentences[quote.sentence].block
    far = range(quote.sentence, min(len(sentences), quote.sentence + _ACROSS))
    touched = [n for n in far if sentences[n].start < quote.end + 2 and sentences[n].block == block]
    after = touched[-1] + 1 if touched else quote.sentence + 1
    goes_on = after < len(sentences) and text[sentences[after].start :][:1].islower()
    before = quote.sentence - 1
    leads = before >= 0 and text[sentences[before].end - 1] == ":"
    found = [*touched[-1:], *touched[:1], *([after] if goes_on else []), *([before] if leads else [])]
    return list(dict.fromkeys(found))
