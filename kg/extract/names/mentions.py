"""Where the names of a document stand: runs of capitals, runs of the learned tagger, and known names in headlines."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from kg.extract.names.candidates import Candidates
from kg.extract.names.capitals import find_capitals
from kg.extract.names.gazetteer import company, place
from kg.extract.names.openings import Openings
from kg.extract.names.runs import Runs, Tagged, TokenSpan, overlap
from kg.iris import is_legal_form, without_legal_form
from kg.vocabulary.inflect import lemmas

__all__ = ["mentions"]

_FEWEST_WORDS = 4  # of a headline; what is shorter is a caption or an entry of a menu
_LONG_WORD = 4  # letters: shorter words are written small in headlines
_HEADLINE = 0.7  # the share of capitals from which they tell nothing
_LONGEST_KNOWN = 6  # words of a name that is looked for in headlines
_SURE = 0.5  # the probability from which a run that the tagger found is a name


def mentions(candidates: Candidates, tagged: Mapping[int, Sequence[Tagged]]) -> list[TokenSpan]:
    """Find the names of a document; `tagged` has what the tagger found, by sentence."""
    runs = candidates.runs
    free: list[TokenSpan] = []
    learned: list[TokenSpan] = []
    for number in range(len(runs.sentences)):
        sure = [t.span for t in tagged.get(number, ()) if t.probability >= _SURE]
        silent = runs.sentences[number].caps or _says_nothing(runs, number)
        here = [] if silent else list(candidates[number])
        here = [span for span in here if _bound(runs, span) or _fuller(span, sure)]
        free += here
        learned += [t for t in sure if not any(overlap(span, t) for span in here)]
    openings = Openings.of(runs, candidates.usage, free)
    trimmed = [span for span in map(openings.trimmed, free) if span]
    spelled = frozenset(_spelled(runs))
    found = [span for span in trimmed + learned if not _names_nothing(runs, span, spelled)]
    return found + list(_shouted(runs, found)) + list(_known(runs, found))


def _shouted(runs: Runs, found: Sequence[TokenSpan]) -> Iterator[TokenSpan]:
    """Find names in sentences that are all in capitals, beside those that the tagger found."""
    known = {runs.text(span).upper() for span in found if not runs.sentences[span.sentence].caps}
    done = {(span.sentence, i) for span in found for i in range(span.first, span.last)}
    for number in range(len(runs.sentences)):
        if runs.sentences[number].caps:
            yield from (s for s in find_capitals(runs, number, known) if not _taken(s, done))


def _says_nothing(runs: Runs, number: int) -> bool:
    """Tell a headline in capitals, a caption, an entry of a menu: there a capital tells no name."""
    if runs.sentences[number].prose:
        return False
    words = [t for t in runs.tokens[number] if t.text[0].isalpha() and len(t.text) >= _LONG_WORD]
    capitals = sum(t.text[0].isupper() for t in words)
    headline = len(words) >= _FEWEST_WORDS and capitals >= _HEADLINE * len(words)
    return headline or len(runs.tokens[number]) < _FEWEST_WORDS


def _spelled(runs: Runs) -> Iterator[str]:
    """Yield the letters that stand for common words: SUV of "sports utility vehicles (SUV)"."""
    for number, tokens in enumerate(runs.tokens):
        for i, token in enumerate(tokens):
            size = len(token.text)
            if (
                token.text.isupper()
                and size > 1
                and (runs.word(number, i - 1), runs.word(number, i + 1)) == ("(", ")")
            ):
                before = [t.text for t in tokens[max(0, i - 2 * size) : i - 1]]
                words = [part for text in before for part in text.split("-")]
                initials = "".join(w[0] for w in words if w.islower() and w not in runs.words.small)
                if words and words[-1].islower() and initials.endswith(token.text.lower()):
                    yield token.text


def _names_nothing(runs: Runs, span: TokenSpan, spelled: Container[str]) -> bool:
    """Tell what is only part of names, as "Ltd", "Holdings", "Group Inc.", and letters that stand for common words."""
    words = runs.words
    texts = [runs.word(span.sentence, i) for i in range(span.first, span.last)]
    texts = [text for text in texts if any(map(str.isalnum, text))]
    if len(texts) == 1:
        [text] = texts
        if text in spelled or words.common(text):
            return True
        if is_legal_form([text]) or text.lower() in words.low_descriptors | words.parties:
            return not (company(text) or place(text))
    return all(text.lower() in words.tails or is_legal_form([text]) for text in texts)


def _bound(runs: Runs, span: TokenSpan) -> bool:
    """Tell a run that grammar or a list holds together, more surely than the tagger cuts it: "Bank of Norland"."""
    text = runs.text(span)
    known = place(text) or company(text) or without_legal_form(text) != text
    return bool(known) or any(
        not runs.words.capital(runs.word(span.sentence, i)) for i in range(span.first, span.last)
    )


def _fuller(run: TokenSpan, tagged: Sequence[TokenSpan]) -> bool:
    """Tell whether a run of capitals stands beside what the tagger found: it holds one tagged name, or none."""
    touched = [t for t in tagged if overlap(run, t)]
    return not touched or (
        len(touched) == 1 and run.first <= touched[0].first and touched[0].last <= run.last
    )


def _known(runs: Runs, found: Sequence[TokenSpan]) -> Iterator[TokenSpan]:
    """Find the names of the text where capitals tell nothing: in headlines and captions, and of small letters."""
    forms = {runs.text(span) for span in found}
    begins = {runs.word(span.sentence, span.first) for span in found}
    done = {(span.sentence, i) for span in found for i in range(span.first, span.last)}
    small = {form for form in forms if form.isalnum() and form.islower() and not lemmas(form)}
    for number, tokens in enumerate(runs.tokens):
        if runs.sentences[number].prose and small:
            spans = (TokenSpan(number, i, i + 1) for i, t in enumerate(tokens) if t.text in small)
            yield from (s for s in spans if not _taken(s, done))
        i = len(tokens) if runs.sentences[number].prose or runs.sentences[number].caps else 0
        while i < len(tokens):
            longest = i + _LONGEST_KNOWN if tokens[i].text in begins else i
            ends = range(min(len(tokens), longest), i, -1)
            spans = (TokenSpan(number, i, end) for end in ends)
            span = next((s for s in spans if runs.text(s) in forms and not _taken(s, done)), None)
            if span:
                yield span
            i = span.last if span else i + 1


def _taken(span: TokenSpan, done: set[tuple[int, int]]) -> bool:
    return any((span.sentence, i) in done for i in range(span.first, span.last))
