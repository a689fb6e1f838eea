"""How one document writes its names: what looks like no name by its letters, and is one by how it is used.

"3M", "lululemon", "Lowe's" and "Marks and Spencer" look like an amount, a word, a possessive and two names. One place
where they can be nothing else decides for all of them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.names.gazetteer import company, odd_companies
from kg.extract.names.legal import legal_tail
from kg.extract.names.runs import Runs
from kg.vocabulary.inflect import lemmas

__all__ = ["OPENINGS", "Usage", "usage"]

#: What a sentence, or a piece of one, may begin after.
OPENINGS = frozenset(("", ".", "!", "?", "“", '"', "‘", "«", "„", ":", "•", "-", "–", "—", "*"))
_NUMBERED = re.compile(r"\d+[A-Za-z&][\w&-]*|\d+-[A-Z][a-z]\w*")


@dataclass(frozen=True, slots=True)
class Usage:
    """What a document uses as names: lone words, words whose "'s" is part of them, and pairs with "and"."""

    words: frozenset[str]
    owned: frozenset[str]
    pairs: frozenset[tuple[str, str]]


def usage(runs: Runs) -> Usage:
    """Look at all sentences once."""
    words: set[str] = set()
    owned: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    follows: dict[str, Counter[str]] = defaultdict(Counter)
    lists, odd = runs.words, odd_companies()
    for number, tokens in enumerate(runs.tokens):
        before = ""
        for i, token in enumerate(tokens):
            word = token.text
            if word[0].isupper():
                pass
            elif word == "&" or word in runs.words.conjunctions:
                pairs.update(_pair(runs, number, i))
            elif word in runs.words.possessives:
                owned.update({before} if _owned(runs, number, i) else ())
                follows[before][runs.word(number, i + 1)] += 1
            elif "." in word[1:-1] and lists.domain.fullmatch(word) and before not in lists.addresses:
                words.add(word)
            # After most plain words nothing follows that would make names of them.
            elif before in OPENINGS or word in odd or runs.word(number, i + 1)[:1].isupper():
                words.update({word} if _acts(runs, number, i) else ())
            before = word
    # "Quimby's Pizza", twice or more, and no "Quimby" without it.
    owned.update(
        w
        for w, after in follows.items()
        if len(after) == 1 and max(after.values()) > 1 and _named(runs, w, after)
    )
    return Usage(frozenset(words), frozenset(_never_bare(runs, owned)), frozenset(pairs))


def _named(runs: Runs, word: str, after: Counter[str]) -> bool:
    return (
        word[:1].isupper() and word.lower() not in runs.words.openers and all(map(runs.words.capital, after))
    )


def _never_bare(runs: Runs, words: set[str]) -> set[str]:
    """Return the words that stand nowhere without "'s": "Google's a customer" does not make Google's a name."""
    return words - {
        token.text
        for number, tokens in enumerate(runs.tokens if words else ())
        for i, token in enumerate(tokens)
        if token.text in words and runs.word(number, i + 1) not in runs.words.possessives
    }


def _acts(runs: Runs, number: int, i: int) -> bool:
    """Tell whether a number or a plain word does what only a name does: it acts, owns, or is incorporated."""
    lists = runs.words
    word, after = runs.word(number, i), runs.word(number, i + 1)
    known = word in odd_companies() and "NOUN" not in lemmas(after.lower())
    acts = runs.word(number, i - 1) in OPENINGS and (after in lists.acts or after in lists.possessives)
    if not (known or acts or (after[:1].isupper() and legal_tail(runs, number, i + 1))):
        return False
    strange = _NUMBERED.fullmatch(word) or lists.domain.fullmatch(word) or _strange(runs, word)
    # "3M", not "$3M".
    alone = runs.free[number][i] or not (_taken(runs, number, i - 1) or _taken(runs, number, i + 1))
    return bool(strange) and alone


def _strange(runs: Runs, word: str) -> bool:
    """Tell a word in lower case that no dictionary has."""
    return word.isalpha() and word[0].islower() and word not in runs.words.openers and not lemmas(word)


def _taken(runs: Runs, number: int, i: int) -> bool:
    """Tell whether a value holds a token."""
    free = runs.free[number]
    return 0 <= i < len(free) and not free[i]


def _owned(runs: Runs, number: int, i: int) -> bool:
    """Tell whether the "'s" at token i owns nothing, for no noun follows: "gives Lowe's a foothold"."""
    lists = runs.words
    word, after = runs.word(number, i - 1), runs.word(number, i + 1)
    if not word[:1].isupper() or word.lower() in lists.openers:
        return False
    elliptic = runs.word(number, i - 2) in lists.elliptic
    tags = lemmas(after)
    verb = after in lists.deeds and tags.keys() == {"VERB"}
    # "Lowe's received an offer": what is owned has no article.
    verb |= (
        "VERB" in tags
        and "NOUN" not in tags
        and lists.closed.get(runs.word(number, i + 2)) in {"DET", "POSSPRON"}
    )
    return company(f"{word}'s") is not None or verb or (after in lists.no_nouns and not elliptic)


def _pair(runs: Runs, number: int, i: int) -> Iterator[tuple[str, str]]:
    """Yield the two sides of "A and B" that is one name: it opens a sentence and takes a singular verb, or has "&"."""
    one, other = runs.word(number, i - 1), runs.word(number, i + 1)
    if one[:1].isupper() and runs.words.capital(one) and runs.words.capital(other):
        singular = runs.word(number, i - 2) in OPENINGS and runs.word(number, i + 2) in runs.words.singular
        if singular or runs.word(number, i) == "&":
            yield one, other
