"""Which full stops, and other marks, end a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
            if self._ends(line, start, stop, headline=headline):
                yield Span(start, stop.end() - len(stop["space"] or ""))
                start = stop.end()
        if start < end:
            yield Span(start, end)

    def _ends(self, line: str, start: int, stop: re.Match[str], *, headline: bool) -> bool:
        """Tell whether a sentence that began at `start` ends with this mark."""
        after = _AFTER.match(line, stop.end())
        following = after["word"] if after else ""
        if (
            not following
            or following[0] in "&+=%-"
            or (following[0].islower() and not _LOWER_NAME.match(following))
        ):
            return False
        before = _BEFORE.search(line, max(start, stop.start() - _NEAR), stop.start())
        word = before[0] if before else ""
        if stop["glued"]:
            return self._glued(word, following)
        if stop["mark"] == "!" and not stop["closing"] and word[:1].isupper():
            return word in self.cries or self._starts(following)
        if stop["mark"] != ".":
            return not (stop["closing"] and self._asked(line, stop.end()))
        if word.isdigit() and stop.start() - len(word) == start:
            return False  # the number of an item
        number = following[0].isdigit()
        if word in self.inside or (number and word in self.numbered):
            return False
        if word in self.times:
            return not (number or following.rstrip(".") in self.zones or self._zone.match(line, stop.end()))
        if len(word) == 1 and word.isupper():
            said = line[max(start, stop.start() - _NEAR) : stop.start() - 1].split()
            return not self.lettered.isdisjoint(said[-1:]) or self._starts(following)
        if not (_DOTTED.fullmatch(word) or word in self.endings or word in self.doubtful):
            return True
        if headline or number or following[0].islower() or (after and "(" in after["marks"]):
            return False
        return self._begins(line, start, stop, word, following)

    def _asked(self, line: str, at: int) -> bool:
        """Tell whether the words after a quotation say who asked: "Why?" Ann Lee wondered."""
        words = _LOWER_WORD.findall(line, at, at + _ASKED)
        return bool(words) and words[0] in self.speech

    def _glued(self, word: str, following: str) -> bool:
        """Tell whether a sentence ends where no space is: "was sold.The firm", but not "Booking.Com"."""
        if word in self.inside or word in self.endings or word in self.doubtful or word in self.numbered:
            return False
        return following not in self.domains and not _ADDRESS.search(following) and word != "www"

    def _begins(self, line: str, start: int, stop: re.Match[str], word: str, following: str) -> bool:
        """Tell whether a capitalised word after an abbreviation that may end a sentence begins a new one."""
        if line[max(start, stop.start() - _NEAR) : stop.start() + _NEAR].isupper():
            return following.lower() in self.sure
        if self._starts(following):
            return True
        name = following.rstrip(".")
        if (
            name in self.endings
            or name in self.lettered
            or name.lower() in self.titles
            or _TICKER.match(line, stop.end())
        ):
            return False
        return word in self.endings and self._said(line, start, stop)

    def _starts(self, word: str) -> bool:
        """Tell whether a capitalised word begins sentences, and is hardly ever a name's."""
        return word.istitle() and word.lower() in self.starts

    @staticmethod
    def _said(line: str, start: int, stop: re.Match[str]) -> bool:
        """Tell whether there is a sentence on both sides of a mark, by the words in lower case."""
        said = _LOWER_WORD.findall(line, max(start, stop.start() - _NEAR), stop.start())
        return len(said) >= _SAID and _SOON.match(line, stop.end(), stop.end() + _NEAR) is not None


def _is_headline(line: str) -> bool:
    """Tell a headline, whose capitals say nothing: it ends in no mark, and most of its words have one."""
    if len(line) > _NEAR or FINISHED.search(line.rstrip()):
        return False
    words = [word for word in line.split() if word[0].isalpha()]
    return sum(word[0].isupper() for word in words) >= _HEADLINE * len(words)
