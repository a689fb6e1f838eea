"""What a name names: what is seen of its forms and around its mentions, and the votes that the cues give for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import lru_cache

from kg.extract.names.cues import Cue
from kg.extract.names.gazetteer import company, given_names, place
from kg.extract.names.runs import Runs, TokenSpan
from kg.extract.names.words import NameWords
from kg.iris import without_legal_form

__all__ = ["firings", "vote"]

_LONGEST_PERSON = 4  # words
_TITLE_WINDOW = 4  # words after a name's comma in which its title begins
_SUCH_WINDOW = 9  # words after a name's comma in which its description ends
_MOST = 2  # mentions that count for one cue: more of the same tell little more
_TICKER = re.compile(r"[A-Z.]{1,6}")


def vote(
    runs: Runs, forms: Iterable[str], spans: Iterable[TokenSpan], names: AbstractSet[str]
) -> Counter[str]:
    """Collect the votes for each class that a name's forms and mentions give; `names` has the keys of all names."""
    votes: Counter[str] = Counter()
    for (kind, cue), count in firings(runs, forms, spans, names).items():
        votes[kind] += cue.votes * min(count, _MOST)
    return votes


def firings(
    runs: Runs, forms: Iterable[str], spans: Iterable[TokenSpan], names: AbstractSet[str]
) -> Counter[tuple[str, Cue]]:
    """Count how often each cue tells each class."""
    found: Counter[tuple[str, Cue]] = Counter()
    looks = {form: _name(runs.words, form, names) for form in forms}
    for look in looks.values():
        found.update(runs.words.cues.of_name(look))
    for span in spans:
        found.update(runs.words.cues.of_mention(looks[runs.text(span)] | _around(runs, span)))
    return found


def _name(words: NameWords, form: str, names: AbstractSet[str]) -> dict[str, dict[str, str]]:
    """Look at the name itself."""
    parts = form.split()
    seen = dict(_look(words, form))
    for last in range(1, len(parts)):
        if words.key(" ".join(parts[:last])) in names:
            seen["maker"] = {"named": ""}
        if company(" ".join(parts[:last])):
            seen["maker"] = {"listed": ""}
    return seen


@lru_cache(maxsize=20_000)
def _look(words: NameWords, form: str) -> dict[str, dict[str, str]]:
    """Look at the letters and words of a name."""
    parts = form.split()
    seen = {
        "whole": {form.lower(): ""},
        "listed": _listed(words, form, parts),
        "first": {parts[0].lower(): ""},
    }
    if len(parts) > 1:
        seen["last"] = {parts[-1].lower(): ""}
        joint = next((i for i, part in enumerate(parts) if part in words.genitives), 0)
        if joint:
            seen["last"][parts[joint - 1].lower()] = ""
    return seen | {"shape": {name: "" for name, pattern in words.shapes.items() if pattern.search(form)}}


def _listed(words: NameWords, form: str, parts: list[str]) -> dict[str, str]:
    """Ask the lists of names."""
    listed: dict[str, str] = {}
    if without_legal_form(form) != form:
        listed["legal-form"] = ""
    if known := place(form):
        listed["place" if known[1] else "maybe-place"] = words.kinds.places[known[0]]
    if (plain := company(form)) is not None:
        listed["company" if plain else "maybe-company"] = ""
    if _like_person(words, parts):
        listed["person"] = ""
    if parts[0] in given_names():
        listed["given-name"] = ""
    return listed


def _like_person(words: NameWords, parts: list[str]) -> bool:
    """Tell "Maria van Holm" and "J. R. Holm": a given name or an initial, and one to three words more."""
    if len(parts) == len(("John", "F.", "Lee")) and parts[1][0].isupper() and len(parts[1].rstrip(".")) == 1:
        return True
    return (
        (parts[0].capitalize() if parts[0].isupper() else parts[0]) in given_names()
        and 1 < len(parts) <= _LONGEST_PERSON
        and parts[-1] not in words.heads
        and all(w[0].isupper() for w in parts if w not in words.particles)
    )


def _around(runs: Runs, span: TokenSpan) -> dict[str, dict[str, str]]:
    """Look at the words around a mention."""
    return _before(runs, span) | _after(runs, span)


def _before(runs: Runs, span: TokenSpan) -> dict[str, dict[str, str]]:
    number = span.sentence
    before = runs.word(number, span.first - 1)
    two = f"{runs.word(number, span.first - 2)} {before}".strip().lower().replace("’", "'")
    seen = {"before": {before.lower().replace("’", "'"): ""}, "two": {two: ""}}
    if (before == "," or before in runs.words.conjunctions) and place(runs.word(number, span.first - 2)):
        seen["prior"] = {"place": ""}
    if before.replace("’", "'") in runs.words.possessives and place(runs.word(number, span.first - 2)):
        seen["owner"] = {"place": ""}
    if before[:1].isupper():
        seen["capital"] = {before.lower(): ""}
    if before.lower() in runs.words.called:
        comma = runs.word(number, span.first - 2) == ","
        seen["called"] = {runs.word(number, span.first - 2 - comma).lower(): ""}
    return seen


def _after(runs: Runs, span: TokenSpan) -> dict[str, dict[str, str]]:
    number = span.sentence
    after = runs.word(number, span.last).lower().replace("’", "'")
    second = runs.word(number, span.last + 1).lower()
    seen: dict[str, dict[str, str]] = {"after": {after: ""}}
    if after in runs.words.possessives:
        seen["owned"] = {second: ""}
    elif after == ",":
        title = _title(runs, span)
        seen |= {"title": title} if title else {"such": _such(runs, span)}
        seen["then"] = {second: ""}
        if place(runs.word(number, span.last + 1)):
            seen["next"] = {"place": ""}
    elif after in runs.words.be and (title := _post(runs, span)):
        seen["title"] = title
    elif after == "(" and not runs.free[number][span.last]:
        if _TICKER.fullmatch(runs.word(number, span.last + 1)):
            seen["bracket"] = {"ticker": ""}
    elif after.startswith("-") and len(after) > 1:
        seen["tail"] = {after: ""}
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


def _post(runs: Runs, span: TokenSpan) -> dict[str, str]:
    """Read "is currently chief" after a name: "is a partner" may be said of anything."""
    i = span.last + 1
    while runs.words.closed.get(runs.word(span.sentence, i).lower()) == "ADV":
        i += 1
    word = runs.word(span.sentence, i).lower()
    return {word: ""} if word in runs.words.title_heads else {}


def _such(runs: Runs, span: TokenSpan) -> dict[str, str]:
    """Read ", a Boston-based startup that ..." after a name: what it says the name is."""
    number, first = span.sentence, span.last + 1
    if runs.word(number, first).lower() not in runs.words.such_openers:
        return {}
    kind = ""
    for i in range(first + 1, first + _SUCH_WINDOW):
        word = runs.word(number, i).lower()
        if not word or word in {",", "."} or runs.words.closed.get(word) in _PHRASE_ENDS:
            break
        kind = word if word in runs.words.descriptors else kind
    return {kind: ""} if kind else {}


_PHRASE_ENDS = frozenset(("PREP", "REL", "SUB", "AUX", "MODAL"))
