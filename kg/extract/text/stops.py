"""Which full stops, and other marks, end a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kg.extract.text.classes import of_classes
from kg.extract.text.tokens import alternatives
from kg.model import Span
from kg.vocabulary import Lexicon

__all__ = ["FINISHED", "Stops"]

# How far around a mark is looked: what is farther off decides nothing, and no text takes more than its length in time.
_NEAR = 200
# Words in lower case that a sentence has at least before a name at its end.
_SAID = 3
# How far after a quotation the verb of speech may be, behind the name of who asked.
_ASKED = 40
# Of the words of a headline, this share begins with a capital.
_HEADLINE = 0.6

_CLOSING = r"(?:''|[\"”’'»“)\]*_])*"
#: What a finished sentence ends in, with the marks that close behind it.
FINISHED = re.compile(rf"[.!?…。！？]{_CLOSING}$|[:\"”»]$|''$")
_STOP = re.compile(
    rf"(?P<mark>[.!?…]+)(?P<closing>{_CLOSING})(?P<space>\s+)|(?P<glued>(?<=[a-z][a-z]|\d%)[.!?])(?=[A-Z][a-z])|[。！？]+"
)
_BEFORE = re.compile(r"[^\s(\[\"“„«‘—–/-]*$")
_AFTER = re.compile(r"(?P<marks>[\"“”‘’'«„(\[`*_]*)(?P<word>[^\s,;:)\]\"”’'—–/]*)")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_LOWER_NAME = re.compile(r"[a-z]{1,3}[A-Z]|[a-z]+\.[a-z]{2,}\b")
_LOWER_WORD = re.compile(r"\b[a-z]{2,}")
_ADDRESS = re.compile(r"\w[.@]\w")
_TICKER = re.compile(r"[A-Z]{1,5}(?:[,.:;)]|\s+[—–-]|\s+and\b)")
_SOON = re.compile(r"(?:\S+\s+){1,4}?[a-z]{2,}")


@dataclass(frozen=True)
class _Place:
    """A mark that may end the sentence which began at `start`, with the words on both sides of it."""

    line: str
    start: int
    stop: re.Match[str]
    headline: bool

    @cached_property
    def before(self) -> str:
        """The words of the sentence before the mark, as far as they are near."""
        return self.line[max(self.start, self.stop.start() - _NEAR) : self.stop.start()]

    @property
    def around(self) -> str:
        """The text on both sides."""
        return self.before + self.line[self.stop.start() : self.stop.start() + _NEAR]

    @cached_property
    def word(self) -> str:
        """The word that the mark stands behind."""
        found = _BEFORE.search(self.before)
        return found[0] if found else ""

    @property
    def following(self) -> str:
        """The word behind the mark, without marks before it."""
        found = _AFTER.match(self.line, self.stop.end())
        return found["word"] if found else ""

    @property
    def bracket(self) -> bool:
        """Whether a bracket opens behind the mark."""
        found = _AFTER.match(self.line, self.stop.end())
        return found is not None and "(" in found["marks"]

    @property
    def number(self) -> bool:
        """Whether a number follows."""
        return self.following[:1].isdigit()

    @property
    def item(self) -> bool:
        """Whether the sentence is nothing but the number of an item so far."""
        return self.word.isdigit() and self.stop.start() - len(self.word) == self.start


class Stops:
    """Cuts a paragraph into sentences, with the abbreviations of a lexicon's language.

    >>> stops = Stops(Lexicon.load())
    >>> line = "It was sold to Acme Inc. Brightmere of St. Ives, U.S. partner of Foo Co. Ltd., paid Rs. 5. Why? It had to."
    >>> [line[s.start : s.end] for s in stops(line)][1:]
    ['Brightmere of St. Ives, U.S. partner of Foo Co. Ltd., paid Rs. 5.', 'Why?', 'It had to.']
    """

    def __init__(self, lexicon: Lexicon) -> None:
        language = lexicon.language

        def both(name: str) -> frozenset[str]:
            """Return a list as it is and in capitals, as a text of nothing but capitals has it."""
            words = language.words(f"segment.{name}")
            return words | {word.upper() for word in words}

        self.inside, self.numbered = both("inside"), both("numbered")
        self.endings, self.doubtful, self.times = both("endings"), both("doubtful"), both("times")
        self.lettered, self.zones = both("lettered"), both("zones")
        self._zone = re.compile(
            rf"(?:\S+\s){{0,3}}(?:{alternatives(language.words('segment.zone_words'))})\b"
        )
        self.cries, self.domains = language.words("segment.cries"), language.words("segment.domains")
        self.speech = lexicon.forms("Speech")
        self.titles = lexicon.category("TitleHead").keys() | lexicon.category("TitleModifier").keys()
        self.starts, self.sure = of_classes(language, "segment.starts"), of_classes(language, "segment.sure")

    def __call__(self, line: str) -> Iterator[Span]:
        """Yield the sentences of a paragraph; all its words are in them, and none is in two."""
        start, end = len(line) - len(line.lstrip()), len(line.rstrip())
        headline = _is_headline(line)
        for stop in _STOP.finditer(line, start, end):
            if self._ends(_Place(line, start, stop, headline)):
                yield Span(start, stop.end() - len(stop["space"] or ""))
                start = stop.end()
        if start < end:
            yield Span(start, end)

    def _ends(self, place: _Place) -> bool:
        """Tell whether a sentence ends with this mark."""
        following = place.following
        if not following or following[0] in "&+=%-":
            return False
        if following[0].islower() and not _LOWER_NAME.match(following):
            return False
        if place.stop["glued"]:
            return self._glued(place)
        return self._full_stop(place) if place.stop["mark"] == "." else self._cried(place)

    def _glued(self, place: _Place) -> bool:
        """Tell whether a sentence ends where no space is: "was sold.The firm", but not "Booking.Com"."""
        short = any(
            place.word in words for words in (self.inside, self.endings, self.doubtful, self.numbered)
        )
        address = place.following in self.domains or _ADDRESS.search(place.following) or place.word == "www"
        return not (short or address)

    def _cried(self, place: _Place) -> bool:
        """Tell whether a sentence ends with a mark that is no full stop: a name or a quotation may go on behind it."""
        if place.stop["closing"]:  # "Why?" Ann Lee wondered.
            words = _LOWER_WORD.findall(place.line, place.stop.end(), place.stop.end() + _ASKED)
            return self.speech.isdisjoint(words[:1])
        named = place.stop["mark"] == "!" and place.word[:1].isupper()
        return not named or place.word in self.cries or self._starts(place.following)

    def _full_stop(self, place: _Place) -> bool:
        """Tell whether a sentence ends with a single full stop, or only an abbreviation."""
        word = place.word
        if word in self.times:
            zone = place.following.rstrip(".") in self.zones or self._zone.match(place.line, place.stop.end())
            return not (place.number or zone)
        if len(word) == 1 and word.isupper():
            said = place.before.split()[:-1]
            return not self.lettered.isdisjoint(said[-1:]) or self._starts(place.following)
        if word in self.inside or (place.number and word in self.numbered) or place.item:
            return False
        short = word in self.endings or word in self.doubtful or _DOTTED.fullmatch(word)
        return self._begins(place) if short else True

    def _begins(self, place: _Place) -> bool:
        """Tell whether what follows an abbreviation that may end a sentence begins a new one."""
        if place.headline or place.number or place.bracket or place.following[0].islower():
            return False
        if place.around.isupper():
            return place.following.lower() in self.sure
        if self._starts(place.following):
            return True
        return place.word in self.endings and not self._names_on(place) and _said(place)

    def _names_on(self, place: _Place) -> bool:
        """Tell whether a name goes on behind an abbreviation, or a title or ticker stands there."""
        name = place.following.rstrip(".")
        titled = name.lower() in self.titles or name in self.lettered
        return name in self.endings or titled or _TICKER.match(place.line, place.stop.end()) is not None

    def _starts(self, word: str) -> bool:
        """Tell whether a capitalised word begins sentences, and is hardly ever a name's."""
        return word.istitle() and word.lower() in self.starts


def _said(place: _Place) -> bool:
    """Tell whether there is a sentence on both sides of a mark, by the words in lower case."""
    soon = _SOON.match(place.line, place.stop.end(), place.stop.end() + _NEAR)
    return soon is not None and len(_LOWER_WORD.findall(place.before)) >= _SAID


def _is_headline(line: str) -> bool:
    """Tell a headline, whose capitals say nothing: it ends in no mark, and most of its words have one."""
    if len(line) > _NEAR or FINISHED.search(line.rstrip()):
        return False
    words = [word for word in line.split() if word[0].isalpha()]
    return sum(word[0].isupper() for word in words) >= _HEADLINE * len(words)
