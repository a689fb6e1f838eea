"""Where a name begins at the start of a sentence, whose first capital says nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kg.extract.names.gazetteer import company, company_at, given_names
from kg.extract.names.runs import Runs, TokenSpan
from kg.extract.names.usage import OPENINGS, Usage
from kg.iris import is_legal_form
from kg.vocabulary.inflect import lemmas

__all__ = ["Openings"]

_SEVERAL = 2  # names that begin with a common word: it is no accident of the sentence's start
_LEADING = frozenset(("PREP", "SUB"))  # "In Target", "While Target": twice the same says nothing
_COMPOUND = re.compile(r"[A-Z][a-z]+(?:-[a-z]+)+")


@dataclass(frozen=True, slots=True)
class Openings:
    """Cuts the words off a run that only the start of a sentence has capitalised.

    `middle` has the names and their words that stand inside sentences, where a capital tells; `first` counts the
    names of the document that begin with a word, `texts` how often each stands there.
    """

    runs: Runs
    usage: Usage
    middle: frozenset[str]
    first: Counter[str]
    texts: Counter[str]

    @classmethod
    def of(cls, runs: Runs, usage: Usage, spans: Iterable[TokenSpan]) -> Openings:
        """Look at all the runs of a document."""
        middle: set[str] = set()
        texts: Counter[str] = Counter()
        for span in spans:
            text = runs.text(span)
            texts[text] += 1
            if runs.word(span.sentence, span.first - 1) not in OPENINGS:
                middle.add(text)
                middle.update(t.text for t in runs.tokens[span.sentence][span.first : span.last])
        return cls(runs, usage, frozenset(middle), Counter(text.split()[0] for text in texts), texts)

    def trimmed(self, span: TokenSpan) -> TokenSpan | None:
        """Return what of a run is a name, None where nothing is."""
        number, first = span.sentence, span.first
        if self.runs.word(number, first - 1) not in OPENINGS:
            return None if self._ordinary(span) else span
        while first < span.last and self._opener(TokenSpan(number, first, span.last)):
            first += 1
        if first == span.first:
            first = self._described(span)
        return TokenSpan(number, first, span.last) if first < span.last else None

    def _described(self, span: TokenSpan) -> int:
        """Return where the name begins in a run whose first word, no function word, is capitalised in any case."""
        number, first = span.sentence, span.first
        while first < span.last and not self._sure(TokenSpan(number, first, span.last)):
            if first < span.last - 1 and self._describes(TokenSpan(number, first, span.last)):
                first += 1
            elif first == span.last - 1 and first == span.first and self._common(number, first):
                return span.last
            else:
                break
        return first

    def _sure(self, span: TokenSpan) -> bool:
        """Tell whether a run is known as a whole, from the lists or from the middle of a sentence."""
        word = self.runs.word(span.sentence, span.first)
        words = [t.text for t in self.runs.tokens[span.sentence][span.first : span.last]]
        longer = len(words) > 1
        return word in self.usage.words or (
            longer and (company_at(words, 0) > 1 or self.runs.text(span) in self.middle)
        )

    def _opener(self, span: TokenSpan) -> bool:
        """Tell whether a run begins with a word that is no part of it: a function word, or one that nobody capitalises."""
        words = self.runs.words
        word, after = self.runs.word(span.sentence, span.first), self.runs.word(span.sentence, span.first + 1)
        low = word.lower()
        if _COMPOUND.fullmatch(word) and word not in self.middle:
            return True
        letters = word.isupper() and len(word) > 1  # "US" is no "us"
        if letters or not (low in words.openers or low in words.prefixes) or self._sure(span):
            return False
        if span.last - span.first == 1:
            return not (company(word) is not None and after in words.deeds)
        return words.closed.get(low) == "DET" or not self._opens_name(span)

    def _opens_name(self, span: TokenSpan) -> bool:
        """Tell whether a function word belongs to the name after it, which alone would be none: "On Holding has"."""
        words = self.runs.words
        rest = [self.runs.word(span.sentence, i) for i in range(span.first + 1, span.last)]
        if self.runs.word(span.sentence, span.last) not in words.acts:
            return False
        headed = rest[-1] in words.heads or is_legal_form([rest[-1]]) or bool(words.genitives & set(rest))
        plain = all(lemmas(w.lower()) or w.lower() in words.tails or is_legal_form([w]) for w in rest[:2])
        leads = words.closed.get(self.runs.word(span.sentence, span.first).lower()) in _LEADING
        again = self.texts[self.runs.text(span)] >= _SEVERAL and not leads
        return (headed or again) and plain and company(" ".join(rest)) is None

    def _describes(self, span: TokenSpan) -> bool:
        """Tell whether the first word only describes the name after it: "Startup Acme", "Buying Acme"."""
        words = self.runs.words
        word = self.runs.word(span.sentence, span.first)
        low = word.lower()
        rest = self.runs.text(TokenSpan(span.sentence, span.first + 1, span.last))
        following = self.runs.word(span.sentence, span.first + 1)
        if not following[0].isupper():
            return False  # "Bank of Norland"
        if low in words.title_heads:
            return True
        if low in words.titles or low in words.low_descriptors:
            return low not in words.low_heads and not self._plain(following)
        tags = lemmas(low).keys()
        if word in self.middle or word in given_names() or not tags:
            return False
        return rest in self.middle or (not tags & {"NOUN", "PROPN"} and not self._plain(following))

    def _plain(self, word: str) -> bool:
        """Tell a word of which names like "General Motors" and "Business Machines" are made, and that is none alone."""
        named = (
            word in given_names()
            or word in self.middle
            or company(word) is not None
            or word in self.runs.words.heads
        )
        return word in self.runs.words.heads or (bool(lemmas(word.lower())) and not named)

    def _common(self, number: int, i: int) -> bool:
        """Tell whether a lone word is a common one, and nothing says that it is a name."""
        word = self.runs.word(number, i)
        if word in self.middle or not word.isalpha() or not (word.istitle() or len(word) == 1):
            return False
        low, after = word.lower(), self.runs.word(number, i + 1)
        tags = lemmas(low)
        words = self.runs.words
        pair = after in words.conjunctions and words.capital(self.runs.word(number, i + 2))
        known = company(word) is not None and (pair or after in words.acts | words.moves | words.possessives)
        # "Square bought Acme": a lone singular noun, without an article, that does what companies do.
        does = (
            after in self.runs.words.deeds and tags.get("NOUN") == low and low not in self.runs.words.masses
        )
        return bool(tags) and not known and not does and self.first[word] < _SEVERAL

    def _ordinary(self, span: TokenSpan) -> bool:
        text = self.runs.text(span)
        if company(text) is not None:
            return False
        return len(text) <= 1 or (not text.isupper() and text.lower() in self.runs.words.openers)
