"""Tagging: what each word of a sentence is, by closed classes, possible parts of speech and neighbours.

There is no trained tagger: the dictionary says which parts of speech a word can have, and its neighbours
decide between them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.vocabulary import Language, Lexicon
from kg.vocabulary.inflect import lemmas

__all__ = ["Word", "tag"]

_MARKS = {",": "COMMA", "(": "LPAR", ")": "RPAR", "[": "LPAR", "]": "RPAR", '"': "QUOTE", "“": "QUOTE", "”": "QUOTE",
          "—": "COMMA", "–": "COMMA", "--": "COMMA", "-": "PUNCT", ";": "PUNCT", ":": "PUNCT"}  # fmt: skip
_VERB_CONTEXT = {"NAME", "PRON", "REL", "ADV", "TICKER", "RPAR", "SUB", "NEG"}
_OBJECT_STARTS = {"DET", "NAME", "MONEY", "COUNT", "PERCENT", "PRON", "POSSPRON", "SUB", "SERIES"}
_HAVE = {"have", "has", "had"}
_NOUN_CONTEXT = {"DET", "POSSPRON", "POSS", "ADJ", "COUNT", "MONEY", "SERIES", "PERCENT", "DEMONYM", "PREP"}


@dataclass(slots=True)
class Word:
    """A word while it is tagged: `tag` says what it is, `lemma` and `form` (a Penn tag) are those of a verb.

    What is a name, a value or a title comes with its tag.
    """

    text: str
    low: str
    tag: str = ""
    lemma: str = ""
    form: str = ""


def tag(row: list[Word], lexicon: Lexicon) -> None:
    """Tag the words of a sentence that are neither names nor values nor titles."""
    for j, unit in enumerate(row):
        if not unit.tag:
            unit.tag = _tag(row, j, lexicon)
    _retag(row, lexicon)


def _tag(row: list[Word], j: int, lexicon: Lexicon) -> str:
    """Tag a word by the closed classes, then by the parts of speech that it can have and its neighbours."""
    unit = row[j]
    low = unit.low
    if low in {"'s", "’s", "'", "’"}:
        previous = row[j - 1].tag if j else ""
        return "AUX" if previous in {"PRON", "REL"} else "POSS"
    if low in _MARKS:
        return _MARKS[low]
    if not low[0].isalnum() and not (len(low) > 1 and low[0] in "-'’"):
        return "PUNCT"
    if low[0] == "-":
        return "COMP"
    if low == "to":
        return "PREP"
    closed = lexicon.language.closed
    if low in closed:
        return closed[low]
    if low.endswith(("n't", "n’t")):
        return "NEG"
    if "'" in low or "’" in low:
        return closed.get(re.split(r"['’]", low)[0], "NOUN")
    if unit.text in lexicon.category("Demonym"):
        return "DEMONYM"
    tags = lemmas(low)
    words = lexicon.verbs.get(low, ())
    previous = row[j - 1].tag if j else "START"
    if "VERB" in tags or words:
        kinds = {w.tag for w in words} or _guess_forms(low, tags.get("VERB", low))
        unit.lemma = tags.get("VERB") or words[0].lemma.split()[0]
        if _is_verb(low, tags, kinds, previous, row, j, lexicon.language):
            unit.form = _form(kinds)
            return "VERB"
    if "ADV" in tags and not tags.keys() & {"NOUN"}:
        return "ADV"
    if "ADJ" in tags and "NOUN" not in tags:
        return "ADJ"
    unit.lemma = tags.get("NOUN", low)
    return "NOUN"


def _guess_forms(word: str, lemma: str) -> set[str]:
    if word.endswith("ing"):
        return {"VBG"}
    if word == lemma:
        return {"VB", "VBP"}
    if word.endswith("s") and not word.endswith("ss"):
        return {"VBZ"}
    return {"VBD", "VBN"}


def _form(kinds: set[str]) -> str:
    """Name a verb form; VBD stands for the forms that are past tense and participle alike."""
    for form in ("VBG", "VBZ"):
        if form in kinds:
            return form
    if {"VBD", "VBN"} & kinds:
        return "VBN" if "VBD" not in kinds else "VBD"
    return "VB"


def _is_verb(
    low: str,
    tags: dict[str, str],
    kinds: set[str],
    previous: str,
    row: list[Word],
    j: int,
    language: Language,
) -> bool:
    closed = language.closed
    nominal = bool(tags.keys() & {"NOUN", "ADJ"})
    before = row[j - 1] if j else None
    if before and before.low == "that" and j > 1 and row[j - 2].tag in {"NOUN", "NAME", "TITLE", "COMMA"}:
        previous = "REL"
    if previous in {"MODAL", "AUX", "NEG"} or (before and before.low == "to" and kinds & {"VB"}):
        helper = next((w for w in reversed(row[:j]) if w.tag not in {"NEG", "ADV"}), row[0])
        does = helper.tag != "AUX" or helper.low in language.words("grammar.do")
        return does or not (nominal and kinds <= {"VB", "VBP", "VBZ"})
    if "VBG" in kinds:
        following = row[j + 1] if j + 1 < len(row) else None
        takes = following is not None and (following.tag or closed.get(following.low)) in _OBJECT_STARTS
        if nominal and previous in {"PREP", "NOUN", "ADJ", "START", "CC", "SERIES"} and not takes:
            return False
        return previous not in {"DET", "POSSPRON", "POSS", "ADJ"} and not (
            nominal and previous in {"NOUN", "NAME", "COUNT"}
        )
    if kinds & {"VBD", "VBN"}:
        if previous in {"DET", "POSSPRON", "POSS"}:
            return False
        return not (low == tags.get("NOUN") and previous in _NOUN_CONTEXT)
    if not nominal:
        return True
    if "VBZ" in kinds:
        intends = previous == "CC" and j + 1 < len(row) and row[j + 1].low == "to"
        return intends or previous in _VERB_CONTEXT
    if previous in {"PRON", "REL"}:
        return before is not None and before.low in {"they", "we", "i", "you", "who", "which"}
    return _asked(row, j, language)


def _asked(row: list[Word], j: int, language: Language) -> bool:
    """Tell "Will Acme buy Bolt?": a helper before the subject makes a verb of what may be a noun too."""
    k = j - 1
    while k > 0 and row[k].tag in {"NAME", "DET", "ADJ", "NOUN", "POSS", "PRON", "DEMONYM"}:
        k -= 1
    if k < 0:
        return False
    asks = row[k].tag == "MODAL" or row[k].low in language.words("grammar.do")
    opens = k == 0 or row[k - 1].tag in {"QUOTE", "COMMA", "CC", "SUB", "PUNCT"}
    return k < j - 1 and asks and opens and row[j - 1].tag in {"NAME", "NOUN", "PRON"}


def _helps(row: list[Word], j: int) -> bool:
    """Tell whether "has" at j helps a verb ("has also raised") or is one ("has 300 employees")."""
    k = j + 1
    while k < len(row) and row[k].tag in {"ADV", "NEG"}:
        k += 1
    return k < len(row) and row[k].tag in {"VERB", "AUX"}


def _retag(row: list[Word], lexicon: Lexicon) -> None:
    """Mend what needs a second look: infinitive "to", and plural nouns after a noun that are verbs."""
    for j, unit in enumerate(row):
        following = row[j + 1] if j + 1 < len(row) else None
        if unit.low == "to" and following is not None:
            k = j + 1
            while k < len(row) and row[k].tag in {"ADV", "NEG"}:
                k += 1
            if k < len(row) and (
                (row[k].tag == "VERB" and row[k].form == "VB")
                or row[k].low in lexicon.language.words("grammar.bare")
            ):
                unit.tag = "TO"
        if unit.tag == "DET" and unit.low == "that" and following:
            if following.tag in {"VERB", "AUX", "MODAL"} or (
                following.tag == "ADV" and j and row[j - 1].tag in {"NOUN", "NAME"}
            ):
                unit.tag = "REL"
            elif j and (
                row[j - 1].tag == "VERB"
                or (row[j - 1].tag in {"NOUN", "ADJ"} and following.tag in {"NAME", "PRON", "DET"})
            ):
                unit.tag = "SUB"
        if unit.tag == "AUX" and unit.low in _HAVE and not _helps(row, j):
            unit.tag, unit.form, unit.lemma = "VERB", "VBD" if unit.low == "had" else "VBZ", "have"
        if unit.tag == "NOUN" and unit.low in lexicon.verbs and j and row[j - 1].tag in {"NOUN", "TITLE"}:
            forms = {w.tag for w in lexicon.verbs[unit.low]}
            if "VBZ" in forms and following and following.tag in {"MONEY", "NAME", "DET"}:
                unit.tag, unit.form, unit.lemma = "VERB", "VBZ", lexicon.verbs[unit.low][0].lemma.split()[0]
