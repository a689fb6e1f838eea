"""Which runs of tokens may be names: capitalised words, the small words that join them, the legal form at their end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.extract.names.gazetteer import company_at
from kg.extract.names.legal import legal_tail
from kg.extract.names.runs import Runs, TokenSpan
from kg.extract.names.usage import Usage, usage
from kg.vocabulary.inflect import lemmas

__all__ = ["Candidates"]

_LONGEST_NUMBER = 4  # digits of "Model 3", "Vision 2030"
_PARTICLES = 3
_FULL_WORD = 7  # letters: "Company", "Limited"; shorter legal forms are abbreviations and end a name


@dataclass(frozen=True, slots=True)
class Candidates:
    """The runs of a document that may be names; each sentence is looked through once, however often it is asked for."""

    runs: Runs
    usage: Usage
    _found: dict[int, tuple[TokenSpan, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, runs: Runs) -> Candidates:
        """Look at how the words of a document are used."""
        return cls(runs, usage(runs))

    def __getitem__(self, number: int) -> tuple[TokenSpan, ...]:
        """Return the runs of capitalised tokens of a sentence, with the small words that may join them."""
        if number not in self._found:
            self._found[number] = tuple(self._find(number))
        return self._found[number]

    def _find(self, number: int) -> Iterator[TokenSpan]:
        tokens = [t.text for t in self.runs.tokens[number]]
        i = 0
        while i < len(tokens):
            plain = tokens[i].islower() and tokens[i] not in self.usage.words
            begun = 0 if plain else self._begins(tokens, number, i)
            if not begun:
                i += 1
                continue
            j = i + begun
            while (
                j < len(tokens)
                and not self._incorporated(number, j)
                and (step := self._joins(tokens, number, i, j))
            ):
                j += step
            j += legal_tail(self.runs, number, j)
            yield from self._split_titles(TokenSpan(number, i, j))
            i = j

    def _begins(self, tokens: list[str], number: int, i: int) -> int:
        """Return how many tokens a name that begins at token i surely has, 0 where none begins."""
        words, word = self.runs.words, tokens[i]
        if word in self.usage.words:
            return 1
        listed = company_at(tokens, i)
        if listed > 1:
            return listed
        if not self.runs.free[number][i]:
            return 0
        national = word in words.demonyms and self.runs.word(number, i + 1) in words.heads
        return int(national or words.capital(word))

    def _joins(  # noqa: PLR0911 - a list of cases
        self, tokens: list[str], number: int, first: int, j: int
    ) -> int:
        """Return how many tokens from j on belong to the run that began at `first`."""
        words, word, before = self.runs.words, tokens[j], tokens[j - 1]
        if not self.runs.free[number][j]:
            return int(self._numbered(number, j))
        if words.capital(word):
            return 1
        if word in words.possessives:
            return int(before in self.usage.owned)
        if word.lower() in words.particles and (step := self._particles(number, j)):
            return step
        inside, closing = self.runs.word(number, j + 1), self.runs.word(number, j + 2)
        if (word, closing) == ("(", ")") and inside.lower() in words.tails:
            return 3 if legal_tail(self.runs, number, j + 3) else 0  # "Acme (Group) Co."
        following = inside if j + 1 < len(tokens) and self.runs.free[number][j + 1] else ""
        if word in words.genitives and before.lower() in words.of_heads:
            bridge = following.lower() in words.articles and words.capital(self.runs.word(number, j + 2))
            return 2 if words.capital(following) else 3 if bridge else 0
        if not words.capital(following):
            return 0
        if word in words.conjunctions:
            whole = (before, following) in self.usage.pairs or self._public(tokens, first, j)
            return 2 if whole else 0
        joins = word == "&" or words.acronym(word)
        return 2 if joins or (word in words.purposes and tokens[first] in words.for_heads) else 0

    def _particles(self, number: int, j: int) -> int:
        """Return how many tokens "van der Voort" has from j on, 0 where no capital follows the particles."""
        last = j
        while self.runs.word(number, last).lower() in self.runs.words.particles and last - j < _PARTICLES:
            last += 1
        return last + 1 - j if self.runs.words.capital(self.runs.word(number, last)) else 0

    def _incorporated(self, number: int, j: int) -> bool:
        """Tell whether a legal form that ends the name begins at token j; "Company" may go on: "Boring Company Trust"."""
        tail = legal_tail(self.runs, number, j)
        last, after = self.runs.word(number, j + tail - 1), self.runs.word(number, j + tail)
        goes_on = last.isalpha() and last.istitle() and len(last) >= _FULL_WORD
        if after.lower() in self.runs.words.tails and not legal_tail(self.runs, number, j + tail):
            return False  # "Grain & Co Group"
        return tail > 0 and not (
            goes_on and (after in self.runs.words.genitives or (after[:1].isupper() and not after.isupper()))
        )

    def _numbered(self, number: int, j: int) -> bool:
        """Tell whether a bare number at j belongs to the name before it: "Model 3"."""
        tokens = self.runs.tokens[number]
        word, before = tokens[j], tokens[j - 1]
        if word.text.istitle() and word.text.lower() in self.runs.words.openers:
            return True  # "Group Nine"
        bare = word.text.isdigit() and len(word.text) <= _LONGEST_NUMBER and word.start == before.end + 1
        return bare and (not lemmas(before.text.lower()) or before.text in self.runs.words.numbered)

    def _public(self, tokens: list[str], first: int, j: int) -> bool:
        """Tell "Food and Drug Administration" and "Ministry of Trade and Industry" from two names with "and"."""
        words = self.runs.words
        if words.genitives & set(tokens[first:j]) and tokens[first].lower() in words.and_heads:
            return bool(lemmas(tokens[j - 1].lower())) and bool(lemmas(tokens[j + 1].lower()))
        if not lemmas(tokens[j - 1].lower()) or not lemmas(tokens[j + 1].lower()):
            return False
        last = j + 1
        while last + 1 < len(tokens) and words.capital(tokens[last + 1]):
            last += 1
        return last > j + 1 and tokens[last].lower() in words.and_heads

    def _split_titles(self, span: TokenSpan) -> Iterator[TokenSpan]:
        """Cut titles and honorifics out of a run: "Chief Executive Ann Lee", "Acme President Ann Lee"."""
        words = self.runs.words
        first = span.first
        for i in range(span.first, span.last):
            low = self.runs.word(span.sentence, i).lower()
            opens = i == first and (low in words.titles or low in words.low_honorifics)
            heads = low in words.title_heads
            if not (opens and self._heads_title(span, i)) and not (heads and first < i):
                continue
            last = i
            while last - 1 > first and self.runs.word(span.sentence, last - 1).lower() in words.titles:
                last -= 1
            if first < last:
                yield TokenSpan(span.sentence, first, last)
            first = i + 1
        if first < span.last:
            yield TokenSpan(span.sentence, first, span.last)

    def _heads_title(self, span: TokenSpan, i: int) -> bool:
        """Tell whether the title words from token i on come to a head: "Chief Executive", but not "General Motors"."""
        words = self.runs.words
        for j in range(i, span.last):
            low = self.runs.word(span.sentence, j).lower()
            if low in words.title_heads:
                return True
            if low not in words.titles:
                break
        return self.runs.word(span.sentence, span.first).lower() in words.low_honorifics
