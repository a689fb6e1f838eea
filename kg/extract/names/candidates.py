"""Which capitalised words may be names: runs of tokens, cut where titles and sentence openings end them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.names.runs import Runs, TokenSpan
from kg.extract.names.words import NameWords
from kg.extract.text.segment import Token
from kg.vocabulary.inflect import lemmas

__all__ = ["Candidates"]

_ENDINGS = frozenset("Inc. Ltd. Corp. Co. Cos.".split())
_SUFFIXES = _ENDINGS | frozenset("Inc Ltd Corp LLC LLP PLC plc Incorporated Limited S.A. N.V. AG SE".split())


@dataclass(frozen=True, slots=True)
class Candidates:
    """Finds the runs of a document that may be names."""

    runs: Runs

    @property
    def words(self) -> NameWords:
        """The word lists."""
        return self.runs.words

    def find(self, number: int) -> Iterator[TokenSpan]:
        """Yield runs of capitalised tokens, with the small words that may join them."""
        tokens, free = self.runs.tokens[number], self.runs.free[number]
        i = 0
        while i < len(tokens):
            national = (
                tokens[i].text in self.words.demonyms
                and i + 1 < len(tokens)
                and tokens[i + 1].text in self.words.heads
            )
            if not (free[i] and (national or self.words.capital(tokens[i].text))):
                i += 1
                continue
            j = i + 1
            while j < len(tokens) and (step := self._joins(tokens, free, i, j)):
                j += step
            yield from self._split_titles(TokenSpan(number, i, j))
            i = j

    def _joins(self, tokens: list[Token], free: list[bool], first: int, j: int) -> int:
        """Return how many tokens from j on belong to the run that began at `first`."""
        word = tokens[j].text
        if tokens[j - 1].text in _ENDINGS and word not in _ENDINGS | {","}:
            return 0
        if word == "," and j + 1 < len(tokens) and tokens[j + 1].text in _SUFFIXES:
            return 2
        inside, closing, after = ([t.text for t in tokens[j + 1 : j + 4]] + [""] * 3)[:3]
        tails = self.words.tails
        if (word, closing) == ("(", ")") and inside.lower() in tails and after.lower().rstrip(".") in tails:
            return 4  # "Acme (Group) Co."
        if not free[j]:
            bare = word.isdigit() and len(word) <= 4
            return int(bare and tokens[j].start == tokens[j - 1].end + 1 and self._numbered(tokens, j))
        if self.words.capital(word):
            return 1
        following = tokens[j + 1].text if j + 1 < len(tokens) and free[j + 1] else ""
        if not self.words.capital(following):
            return 0
        acronym = (
            word in self.words.not_names
            and word.lower() not in self.words.titles
            and word.isalnum()
            and len(word) > 1
        )
        if word == "&" or word.lower() in self.words.particles or word == "i" or acronym:
            return 2
        if word == "of" and tokens[j - 1].text.lower() in self.words.of_heads:
            return 2
        return 2 if word == "for" and tokens[first].text in self.words.for_heads else 0

    def _numbered(self, tokens: list[Token], j: int) -> bool:
        return not lemmas(tokens[j - 1].text.lower()) or tokens[j - 1].text in self.words.numbered

    def _split_titles(self, span: TokenSpan) -> Iterator[TokenSpan]:
        """Cut titles and honorifics out of a run: "Chief Executive Ann Lee", "Acme President Ann Lee"."""
        tokens = self.runs.tokens[span.sentence]
        first = span.first
        for i in range(span.first, span.last):
            low = tokens[i].text.lower()
            opens = i == first and (low in self.words.titles or tokens[i].text in self.words.honorifics)
            if not (opens and self._heads_title(span, i)) and not (
                low in self.words.title_heads and first < i < span.last
            ):
                continue
            if first < i and i + 1 == span.last and low not in self.words.title_heads:
                continue
            last = i
            while last > first and tokens[last - 1].text.lower() in self.words.titles and last - 1 > first:
                last -= 1
            if first < last:
                yield TokenSpan(span.sentence, first, last)
            first = i + 1
        if first < span.last:
            yield TokenSpan(span.sentence, first, span.last)

    def _heads_title(self, span: TokenSpan, i: int) -> bool:
        """Tell whether the title words from token i on come to a head: "Chief Executive", but not "General Motors"."""
        tokens = self.runs.tokens[span.sentence]
        while i < span.last and tokens[i].text.lower() in self.words.titles:
            if tokens[i].text.lower() in self.words.title_heads:
                return True
            i += 1
        return span.first < len(tokens) and tokens[span.first].text in self.words.honorifics

    def trimmed(self, span: TokenSpan, middle: set[str], openings: Counter[str]) -> TokenSpan | None:
        """Decide about the first word of a sentence, whose capital says nothing."""
        tokens = self.runs.tokens[span.sentence]
        first = span.first
        opening = first == 0 or tokens[first - 1].text in {"“", '"', "‘", ":", "•", "-", "–", "—", "*"}
        if not opening:
            return None if self._ordinary(span) else span
        begun = first
        while first < span.last:
            word = tokens[first].text
            low = word.lower()
            joined = re.fullmatch(r"[A-Z][a-z]+(?:-[a-z]+)+", word) and word not in middle
            if low in self.words.openers or joined:
                first += 1
                begun = first
                continue
            if begun < first and low.rstrip(".") in self.words.tails and first == span.last - 1:
                first = begun  # "General Electric Co.", which is not "Co."
                break
            rest = TokenSpan(span.sentence, first + 1, span.last)
            longer = first + 1 < span.last
            if longer and low in self.words.titles | self.words.descriptors.keys():
                first += 1
                continue
            if longer and self.runs.text(TokenSpan(span.sentence, first, span.last)) not in middle:
                tags = set(lemmas(low))
                if (word not in middle and tags and not tags & {"NOUN", "PROPN"}) or (
                    self.runs.text(rest) in middle and tags and word not in middle
                ):
                    first += 1
                    continue
            if not longer and word not in middle and word.isalpha() and (word.istitle() or len(word) < 2):
                plain = lemmas(low)
                if plain and openings[word] < 2:
                    return None
            break
        return TokenSpan(span.sentence, first, span.last) if first < span.last else None

    def _ordinary(self, span: TokenSpan) -> bool:
        text = self.runs.text(span)
        return len(text) < 2 or text.lower() in self.words.openers
