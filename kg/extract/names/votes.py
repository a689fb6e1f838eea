"""What a name names: votes from its own words and from the words around its mentions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from kg.extract.names.candidates import PARTICLES, Runs, TokenSpan
from kg.extract.names.gazetteer import given_names, place
from kg.iris import without_legal_form

__all__ = ["best_type", "vote"]

_LONGEST_PERSON = 4
_CLAUSE_WORDS = frozenset("is was are were has had have will would which whose that said says".split())
# Where votes are even, the narrower class is the better guess.
_RANK = ("Country", "City", "Investor", "University", "Government", "Company", "Organization", "Place")
_FAMILIES = {kind: "Place" if kind in {"Country", "City", "Place"} else "Organization" for kind in _RANK}


def vote(runs: Runs, forms: Iterable[str], spans: Iterable[TokenSpan]) -> Counter[str]:
    """Collect the votes for each class that a name's forms and mentions give."""
    votes: Counter[str] = Counter()
    for form in forms:
        _vote_form(runs, votes, form.split(), form)
    for span in spans:
        _vote_context(runs, votes, span)
    return votes


def best_type(votes: Counter[str]) -> str:
    """Return the class with most votes, counted first by family; "Unknown" where little speaks for any.

    >>> best_type(Counter(Investor=2, Company=1, Person=2)), best_type(Counter())
    ('Investor', 'Unknown')
    """
    families: Counter[str] = Counter()
    for kind, count in votes.items():
        families[_FAMILIES.get(kind, kind)] += count
    family = max(families, key=lambda f: (families[f], f), default="")
    if not family or (family in {"Place", "Person"} and families[family] < 2):
        return "Unknown"
    inside = [kind for kind in votes if _FAMILIES.get(kind, kind) == family]
    return max(
        inside,
        key=lambda k: (k not in {"Place", "Organization"}, votes[k], -_RANK.index(k) if k in _RANK else 0),
    )


@lru_cache(maxsize=10_000)
def _suffixed(form: str) -> bool:
    """Tell whether a name ends in a legal suffix, in any country's form."""
    return without_legal_form(form) != form


def _vote_form(runs: Runs, votes: Counter[str], words: list[str], form: str) -> None:
    head = runs.words.heads.get(words[-1]) or (runs.words.heads.get(words[0]) if "of" in words else None)
    if head and len(words) > 1:
        votes[head] += 1 if head == "Place" else 4
    if _suffixed(form):
        votes["Company"] += 4
    region = runs.words.regions.get(form.lower())
    known = (region, True) if region else place(form)
    if known:
        votes[known[0]] += 4 if known[1] else 1
    if (
        words[0] in given_names()
        and 2 <= len(words) <= _LONGEST_PERSON
        and not head
        and all(w[0].isupper() for w in words if w not in PARTICLES)
    ) or (len(words) == 3 and len(words[1].rstrip(".")) == 1):
        votes["Person"] += 3
    if re.search(r"[a-z][A-Z]|\.(?:com|io|ai|co|net|org)$|[a-z]\d|&", form) and not re.match(
        r"(?:Mc|Mac|O'|De|Le|La)[A-Z]", form
    ):
        votes["Company"] += 2


def _vote_context(runs: Runs, votes: Counter[str], span: TokenSpan) -> None:
    tokens = runs.tokens[span.sentence]
    before = [t.text for t in tokens[max(0, span.first - 3) : span.first]]
    after = [t.text for t in tokens[span.last : span.last + 5]]
    low_before = [w.lower() for w in before]
    low_after = [w.lower() for w in after]
    previous = low_before[-1] if before else ""
    following = low_after[0] if after else ""
    if before and before[-1] in runs.words.honorifics:
        votes["Person"] += 5
    if previous in runs.words.title_heads or (
        previous in runs.words.titles and low_before[-1:] != ["group"] and before[-1][0].isupper()
    ):
        votes["Person"] += 3 if previous in runs.words.title_heads and previous != "partner" else 1
    described = runs.words.descriptors.get(previous) or runs.words.descriptors.get(previous.removesuffix("s"))
    if described:
        votes[described] += {"Company": 5, "Investor": 5, "Person": 1}.get(described, 2)
    if following == "," and _titled(runs, low_after[1:]):
        votes["Person"] += 3
    elif following == "," and (kind := _apposition(runs, span)):
        votes[kind] += 3
    gazetteer = place(runs.text(span))
    if gazetteer and runs.words.descriptors.get(following) in {"Company", "Investor"}:
        votes[gazetteer[0]] += 2
    if following == "-based" or (gazetteer and previous in {"in", "near"} and following != "'s"):
        votes["Place"] += 2
    if (
        following in {"'s", "’s"}
        and low_after[1:2]
        and low_after[1]
        in {
            "ceo",
            "chief",
            "shares",
            "revenue",
            "stock",
            "board",
            "founder",
            "co-founder",
            "investors",
            "parent",
        }
    ):
        votes["Company"] += 2
    if following.startswith("-") and following not in {"-based", "-"}:
        votes["Company"] += 4 if following in {"-owned", "-backed", "-run"} else 1
    if runs.words.descriptors.get(following) == "Product":
        votes["Product"] += 2
    if (
        not _free_after(runs, span)
        and after
        and after[0] == "("
        and re.fullmatch(r"[A-Z.]{1,6}|NYSE|NASDAQ", after[1] if len(after) > 1 else "")
    ):
        votes["Company"] += 3
    if following in {"said", "says", "told", "added", "adds", "explained", "tells", "wrote", "noted"}:
        votes["Person"] += 1
    elif following in {
        "has",
        "is",
        "was",
        "will",
        "plans",
        "raised",
        "raises",
        "acquired",
        "acquires",
        "announced",
        "launched",
        "offers",
        "makes",
        "operates",
        "employs",
        "reported",
        "expects",
        "owns",
        "bought",
        "nabs",
    }:
        votes["Organization"] += 1


def _free_after(runs: Runs, span: TokenSpan) -> bool:
    free = runs.free[span.sentence]
    return span.last >= len(free) or free[span.last]


def _titled(runs: Runs, words: list[str]) -> bool:
    """Tell whether a title opens the words after a name's comma, before any verb."""
    opening = next((i for i, w in enumerate(words) if w in _CLAUSE_WORDS), len(words))
    return any(w in runs.words.title_heads for w in words[: min(4, opening)])


def _apposition(runs: Runs, span: TokenSpan) -> str:
    """Read ", a Boston-based startup that ..." after a name: what it says the name is."""
    tokens = runs.tokens[span.sentence][span.last + 1 : span.last + 10]
    if not tokens or tokens[0].text.lower() not in {"a", "an", "the", "one", "its"}:
        return ""
    kind = ""
    for token in tokens[1:]:
        word = token.text.lower()
        if (
            word in {",", "."}
            or runs.words.closed.get(word) in {"PREP", "REL", "SUB", "AUX", "MODAL"}
            or word == "that"
        ):
            break
        kind = runs.words.descriptors.get(word, kind)
    return kind
