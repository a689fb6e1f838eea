"""What a name names: what is seen of its forms and around its mentions, and the votes that the cues give for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from kg.extract.names.cues import Seen
from kg.extract.names.gazetteer import given_names, place
from kg.extract.names.runs import Runs, TokenSpan
from kg.iris import without_legal_form

__all__ = ["best_type", "vote"]

_LONGEST_PERSON = 4  # words
_TITLE_WINDOW = 4  # words after a name's comma in which its title begins
_SUCH_WINDOW = 9  # words after a name's comma in which its description ends
_FEWEST = 2  # votes that a place or a person needs: one cue alone is often a coincidence
# Where votes are even, the narrower class is the better guess.
_RANK = ("Country", "City", "Investor", "University", "Government", "Company", "Organization", "Place")
_FAMILIES = {kind: "Place" if kind in {"Country", "City", "Place"} else "Organization" for kind in _RANK}


def vote(runs: Runs, forms: Iterable[str], spans: Iterable[TokenSpan]) -> Counter[str]:
    """Collect the votes for each class that a name's forms and mentions give."""
    votes: Counter[str] = Counter()
    for form in forms:
        _add(votes, runs, _form(runs, form))
    for span in spans:
        _add(votes, runs, _mention(runs, span))
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
    if not family or (family in {"Place", "Person"} and families[family] < _FEWEST):
        return "Unknown"
    inside = [kind for kind in votes if _FAMILIES.get(kind, kind) == family]
    return max(
        inside,
        key=lambda k: (k not in {"Place", "Organization"}, votes[k], -_RANK.index(k) if k in _RANK else 0),
    )


def _add(votes: Counter[str], runs: Runs, seen: Seen) -> None:
    for kind, count in runs.words.cues.votes(seen):
        votes[kind] += count


def _form(runs: Runs, form: str) -> Seen:
    """Look at the name itself."""
    words = form.split()
    seen = {"whole": {form.lower(): ""}, "listed": _listed(runs, form, words)}
    if len(words) > 1:
        seen["last"] = {words[-1].lower(): ""}
        if "of" in words:
            seen["last"][words[words.index("of") - 1].lower()] = ""
    shapes = [name for name, pattern in runs.words.shapes.items() if pattern.search(form)]
    return seen | {"shape": dict.fromkeys(shapes, "")}


def _listed(runs: Runs, form: str, words: list[str]) -> dict[str, str]:
    """Ask the lists of names."""
    listed: dict[str, str] = {}
    if _suffixed(form):
        listed["legal-form"] = ""
    if known := place(form):
        listed["place" if known[1] else "maybe-place"] = known[0]
    if _like_person(runs, words):
        listed["person"] = ""
    return listed


def _like_person(runs: Runs, words: list[str]) -> bool:
    """Tell "Maria van Holm" and "J. R. Holm": a given name or an initial, and one to three words more."""
    if len(words) == 3 and words[1][0].isupper() and len(words[1].rstrip(".")) == 1:
        return True
    return (
        (words[0].capitalize() if words[0].isupper() else words[0]) in given_names()
        and 2 <= len(words) <= _LONGEST_PERSON
        and words[-1] not in runs.words.heads
        and all(w[0].isupper() for w in words if w not in runs.words.particles)
    )


@lru_cache(maxsize=10_000)
def _suffixed(form: str) -> bool:
    """Tell whether a name ends in a legal form, of any country."""
    return without_legal_form(form) != form


def _mention(runs: Runs, span: TokenSpan) -> Seen:
    """Look at the words around a mention."""
    number = span.sentence
    before, after = runs.word(number, span.first - 1), runs.word(number, span.last)
    low = after.lower()
    seen: dict[str, dict[str, str]] = {"before": {before.lower(): ""}, "after": {low.replace("’", "'"): ""}}
    if known := place(runs.text(span)):
        seen["place"] = {"listed": known[0]}
    if before[:1].isupper():
        seen["capital"] = {before.lower(): ""}
    if low in {"'s", "’s"}:
        seen["owned"] = {runs.word(number, span.last + 1).lower(): ""}
    elif low == ",":
        title = _title(runs, span)
        seen |= {"title": title} if title else {"such": _such(runs, span)}
    elif low == "(" and not runs.free[number][span.last]:
        inside = runs.word(number, span.last + 1)
        if re.fullmatch(r"[A-Z.]{1,6}|NYSE|NASDAQ", inside):
            seen["bracket"] = {"ticker": ""}
    elif low.startswith("-") and len(low) > 1:
        seen["tail"] = {low: ""}
    return seen


def _title(runs: Runs, span: TokenSpan) -> dict[str, str]:
    """Return the titles that open the words after a name's comma, before any verb."""
    found: dict[str, str] = {}
    for i in range(span.last + 1, span.last + 1 + _TITLE_WINDOW):
        word = runs.word(span.sentence, i).lower()
        if word in runs.words.clause_words:
            break
        if word in runs.words.title_heads:
            found[word] = ""
    return found


def _such(runs: Runs, span: TokenSpan) -> dict[str, str]:
    """Read ", a Boston-based startup that ..." after a name: what it says the name is."""
    number, first = span.sentence, span.last + 1
    if runs.word(number, first).lower() not in runs.words.such_openers:
        return {}
    kind = ""
    for i in range(first + 1, first + _SUCH_WINDOW):
        word = runs.word(number, i).lower()
        if (
            not word
            or word in {",", "."}
            or runs.words.closed.get(word) in {"PREP", "REL", "SUB", "AUX", "MODAL"}
        ):
            break
        kind = word if word in runs.words.descriptors else kind
    return {kind: ""} if kind else {}
