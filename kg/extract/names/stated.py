"""Which names the text itself says are one thing's: "Acme Holdings (AH)", "Acme, formerly known as Beemax"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extract.names.runs import Runs, TokenSpan

__all__ = ["Stated", "stated"]

_LONGEST_PHRASE = 9  # tokens between two names of one thing
_LONGEST_BRACKET = 12  # tokens of ("Acme" or the "Company")
_QUOTES = frozenset("\"“”'‘’„«»")


@dataclass(frozen=True, slots=True)
class Stated:
    """Another name of what is named at a span; a `former` one is never what the thing is called now."""

    span: TokenSpan
    name: str
    former: bool = False


def stated(runs: Runs, spans: Iterable[TokenSpan]) -> Iterator[Stated]:
    """Yield what the text says about the names at these spans."""
    known = {(s.sentence, s.first): s for s in spans}
    for span in sorted(known.values()):
        yield from _renamed(runs, span, known)
        yield from _bracketed(runs, span)


def _renamed(runs: Runs, span: TokenSpan, known: dict[tuple[int, int], TokenSpan]) -> Iterator[Stated]:
    """Read what stands between a name and the next: "formerly known as", "which changed its name to"."""
    words: list[str] = []
    for i in range(span.last, span.last + _LONGEST_PHRASE):
        other = known.get((span.sentence, i))
        phrase = " ".join(words)
        if other and runs.word(span.sentence, other.last) not in runs.words.possessives:
            if phrase in runs.words.also:
                yield Stated(span, runs.text(other), former=True)
            elif phrase in runs.words.now:
                yield Stated(other, runs.text(span), former=True)
        word = runs.word(span.sentence, i).lower()
        if other or not word:
            return
        if word not in _QUOTES:
            words.append(word)


def _bracketed(runs: Runs, span: TokenSpan) -> Iterator[Stated]:
    """Read the bracket after a name: its initials, or short forms in quotation marks."""
    number, first = span.sentence, span.last + 1
    if runs.word(number, span.last) != "(":
        return
    ends = range(first, first + _LONGEST_BRACKET)
    last = next((i for i in ends if runs.word(number, i) == ")"), first)
    inside = [runs.word(number, i) for i in range(first, last)]
    quoted = [i for i, word in enumerate(inside) if word in _QUOTES]
    for opening, closing in zip(quoted[::2], quoted[1::2], strict=False):
        if opening + 1 < closing:
            name = runs.text(TokenSpan(number, first + opening + 1, first + closing))
            if name[:1].isupper() and not runs.words.generic(name):
                yield Stated(span, name)
    if len(inside) == 1 and _abbreviates(inside[0], runs.text(span), free=runs.free[number][first]):
        yield Stated(span, inside[0])


def _abbreviates(short: str, full: str, *, free: bool) -> bool:
    """Tell whether a word is made of the letters of a name: "AH" of Acme Holdings; where it is no value, "PwC".

    >>> _abbreviates("AH", "Acme Holdings", free=False), _abbreviates("PwC", "PricewaterhouseCoopers", free=True)
    (True, True)
    """
    letters = [c for c in short.casefold() if c.isalnum()]
    if len(letters) <= 1 or sum(c.isupper() for c in short) <= 1:
        return False
    words = full.replace("-", " ").split()
    for start in (words, [w for w in words if w[0].isupper()]):
        if letters == [w[0].casefold() for w in start if w[0].isalnum()]:
            return True
    rest = iter(full.casefold())
    return free and letters[0] == full[0].casefold() and all(c in rest for c in letters)
