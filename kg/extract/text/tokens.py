"""The words and marks of a sentence, as spans of the document's text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.extract.text.paragraphs import HYPHENATED
from kg.vocabulary.language import Language

__all__ = ["Token", "Tokenizer", "alternatives"]


class Token(NamedTuple):
    """A word, a possessive mark or a punctuation mark."""

    start: int
    end: int
    text: str


class Tokenizer:
    """Cuts spans of text into tokens, with the abbreviations and short forms of a language.

    >>> cut = Tokenizer(Language.load())
    >>> [t.text for t in cut("China’s Foo.com raised US$6m for Yum! Brands", 0, 44)]
    ['China', '’s', 'Foo.com', 'raised', 'US', '$', '6m', 'for', 'Yum!', 'Brands']
    """

    def __init__(self, language: Language) -> None:
        kinds = [
            language.words(f"segment.{kind}")
            for kind in ("inside", "numbered", "endings", "doubtful", "times")
        ]
        self._short = {form for kind in kinds for word in kind for form in (word, word.upper())}
        clitics = alternatives(language.words("segment.clitics"))
        self._token = re.compile(
            rf"""(?P<possessive>['’](?:{clitics})\b | (?<=s)['’](?=\s+\w))
            | (?P<dotted>(?:[^\W\d_]\.){{2,}}(?:-\w+)?)
            | (?P<word>[^\W_](?:(?:[.&+](?=[^\W_])|[-–]\v*(?=[^\W_])|['’](?!(?:{clitics})\b)(?=[^\W_]))?[^\W_])*\+?)
              # Its mark, where the sentence goes on: "Foo Inc. said", "John F. Lee", "Yahoo! said", "Yahoo!'s".
              (?P<inner>\.(?=[\s,;:)\]'’-]) | !(?=\s+\w|,|['’](?:{clitics})\b))?
            # A trade mark, or Markdown's emphasis: no part of any word.
            | (?P<nothing>[™®©℠*_] | (?<=\w)\((?:TM|SM|R|C)\) | \(TM\))
            | (?P<mark>(?P<same>[^\w\s])(?P=same){{3,}}|``|''|\.\.\.|--|\S)""",
            re.VERBOSE,
        )

    def __call__(self, text: str, start: int, end: int) -> list[Token]:
        """Split a span into tokens, with offsets into the whole text."""
        return list(self._found(text, start, end))

    def _found(self, text: str, start: int, end: int) -> Iterator[Token]:
        for found in self._token.finditer(text, start, end):
            begin, over = found.span()
            if found.lastgroup == "inner" and not self._belongs(found["word"], text, over):
                yield Token(begin, over - 1, _whole(found["word"]))
                yield Token(over - 1, over, found["inner"])
            elif found.lastgroup != "nothing":
                yield Token(begin, over, _whole(found[0]))

    def _belongs(self, word: str, text: str, over: int) -> bool:
        """Tell whether the mark after a word, which ends at `over` and no sentence, is the word's own."""
        if text[over - 1] == "!":
            return word[0].isupper()
        initial = (
            len(word) == 1 and word.isupper() and text[over].isspace() and text[over + 1 : over + 2].isupper()
        )
        return initial or word in self._short


def _whole(word: str) -> str:
    """Join a word that was broken at its hyphen."""
    return word.replace(HYPHENATED, "")


def alternatives(words: frozenset[str] | set[str]) -> str:
    """Write words as alternatives of a pattern, the longest first.

    >>> alternatives({"Co", "Cos"})
    'Cos|Co'
    """
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))
