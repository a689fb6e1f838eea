"""Which capitalised words may be names: runs of tokens, cut where titles and sentence openings end them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kg.extract.text.segment import Sentence, Token
from kg.vocabulary import Lexicon
from kg.vocabulary.inflect import lemmas

__all__ = ["PARTICLES", "NameWords", "Runs", "Tagged", "TokenSpan"]

_CLOSED = frozenset(
    "the a an this that these those it its he she they we you i my our your his her their who which"
    " what when where while although though because since if as at by for from in into of on onto to"
    " with without within after before and or but nor so yet not no now then there here also however"
    " meanwhile still even just only today yesterday about above across against along among around"
    " behind below beneath beside between beyond despite during except inside like near off out over"
    " past per through throughout toward towards under until up upon via both either each every all some"
    " any many much more most other another such several few first last next same one two three four"
    " five six seven eight nine ten how why whether unlike according earlier later recently once again"
    " perhaps maybe yes let's it's that's he's she's there's what's don't can't is are was were be been"
    " has have had do does did will would shares stocks sources".split()
)
_OF_HEADS = frozenset(
    "bank university ministry department institute house school bureau court council board college"
    " government office academy museum city state republic federation house center centre secretary"
    " governor world people".split()
)
_ENDINGS = frozenset("Inc. Ltd. Corp. Co. Cos.".split())
_SUFFIXES = _ENDINGS | frozenset("Inc Ltd Corp LLC LLP PLC plc Incorporated Limited S.A. N.V. AG SE".split())
PARTICLES = frozenset("de von van der den bin al la le du da di del dos ter".split())


@dataclass(frozen=True, slots=True, order=True)
class TokenSpan:
    """A run of tokens of one sentence: sentence number, first token, token past the last."""

    sentence: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Tagged:
    """A run of tokens that the learned tagger takes for a name of a class, or for a title."""

    span: TokenSpan
    type: str
    probability: float


class NameWords:
    """The lexicon's word lists that names need, made once."""

    def __init__(self, lexicon: Lexicon) -> None:
        category = lexicon.category
        self.not_names = category("NotName").keys() | {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"}
        self.titles = category("TitleHead").keys() | category("TitleModifier").keys()
        self.title_heads = category("TitleHead").keys()
        self.demonyms = category("Demonym").keys()
        self.heads = category("NameHead")
        self.low_heads = {h.lower() for h in self.heads}
        self.tails = {w.lower() for w in category("NameTail")}
        self.regions = {w.lower(): c for w, c in category("Region").items()}
        self.descriptors = category("Descriptor")
        self.honorifics = category("Honorific").keys()
        self.closed = lexicon.language.closed
        self.capital = lru_cache(50_000)(self._capital)

    def _capital(self, word: str) -> bool:
        """Tell whether a word may be part of a name by its letters."""
        bare = re.sub(r"['’](?:d|ll|ve|s|re|m|t)$", "", word)
        if bare != word and bare.lower() in _CLOSED:
            return False
        if not word or word in self.not_names or word in self.demonyms:
            return False
        if not word[0].isalnum() or (word[0].isdigit() and not re.search(r"[A-Za-z]{2}", word[1:])):
            return False
        return word[0].isupper() or bool(re.match(r"[a-z]{1,2}[A-Z]|\d+[A-Z]", word))


@dataclass(frozen=True, slots=True)
class Runs:
    """The tokens of a document, by sentence; `free` tells which of them no value has taken."""

    words: NameWords
    sentences: list[Sentence]
    tokens: list[list[Token]]
    free: list[list[bool]]

    def text(self, span: TokenSpan) -> str:
        """Return the words of a run as they stand."""
        tokens = self.tokens[span.sentence][span.first : span.last]
        pieces = [tokens[0].text]
        for left, right in pairwise(tokens):
            pieces += [" " * (right.start > left.end), right.text]
        return "".join(pieces)

    def find(self, number: int) -> Iterator[TokenSpan]:
        """Yield runs of capitalised tokens, with the small words that may join them."""
        tokens, free = self.tokens[number], self.free[number]
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
        if word == "&" or word.lower() in PARTICLES or word == "i" or acronym:
            return 2
        if word == "of" and tokens[j - 1].text.lower() in _OF_HEADS:
            return 2
        return (
            2 if word == "for" and tokens[first].text in {"Institute", "Center", "Centre", "Council"} else 0
        )

    def _numbered(self, tokens: list[Token], j: int) -> bool:
        return not lemmas(tokens[j - 1].text.lower()) or tokens[j - 1].text in {
            "Model",
            "Galaxy",
            "Windows",
            "Mobility",
            "Area",
        }

    def _split_titles(self, span: TokenSpan) -> Iterator[TokenSpan]:
        """Cut titles and honorifics out of a run: "Chief Executive Ann Lee", "Acme President Ann Lee"."""
        tokens = self.tokens[span.sentence]
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
        tokens = self.tokens[span.sentence]
        while i < span.last and tokens[i].text.lower() in self.words.titles:
            if tokens[i].text.lower() in self.words.title_heads:
                return True
            i += 1
        return span.first < len(tokens) and tokens[span.first].text in self.words.honorifics

    def trimmed(self, span: TokenSpan, middle: set[str], openings: Counter[str]) -> TokenSpan | None:
        """Decide about the first word of a sentence, whose capital says nothing."""
        tokens = self.tokens[span.sentence]
        first = span.first
        opening = first == 0 or tokens[first - 1].text in {"“", '"', "‘", ":", "•", "-", "–", "—", "*"}
        if not opening:
            return None if self._ordinary(span) else span
        begun = first
        while first < span.last:
            word = tokens[first].text
            low = word.lower()
            joined = re.fullmatch(r"[A-Z][a-z]+(?:-[a-z]+)+", word) and word not in middle
            if low in _CLOSED or joined:
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
            if longer and self.text(TokenSpan(span.sentence, first, span.last)) not in middle:
                tags = set(lemmas(low))
                if (word not in middle and tags and not tags & {"NOUN", "PROPN"}) or (
                    self.text(rest) in middle and tags and word not in middle
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
        text = self.text(span)
        return len(text) < 2 or text.lower() in _CLOSED
