"""Tagging: what each word of a sentence is, by closed classes, possible parts of speech and neighbours.

There is no trained tagger: the dictionary says which parts of speech a word can have, and its neighbours
decide between them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import lru_cache

from kg.vocabulary import Language, Lexicon
from kg.vocabulary.inflect import lemmas

__all__ = ["Word", "tag"]

_MARKS = {",": "COMMA", "—": "COMMA", "–": "COMMA", "--": "COMMA", "(": "LPAR", ")": "RPAR", "[": "LPAR", "]": "RPAR",
          "-": "PUNCT", ";": "PUNCT", ":": "PUNCT"} | dict.fromkeys('"“”„«»‘', "QUOTE") | {"``": "QUOTE", "''": "QUOTE"}  # fmt: skip
_APOSTROPHES = frozenset(("'s", "’s", "'", "’"))
# What stands before a verb, what begins its object, and what stands before a noun.
_VERB_CONTEXT = frozenset("NAME PRON REL ADV TICKER RPAR SUB NEG".split())
_OBJECT_STARTS = frozenset("DET NAME MONEY COUNT PERCENT PRON POSSPRON SUB SERIES".split())
_NOUN_CONTEXT = frozenset("DET POSSPRON POSS ADJ COUNT MONEY SERIES PERCENT DEMONYM PREP".split())
_OWNING = frozenset("DET POSSPRON POSS".split())
_SUBJECT = frozenset("NAME DET ADJ NOUN POSS PRON DEMONYM".split())
_BEFORE_THAT = frozenset("NOUN ADJ DATE ADV NAME".split())  # "said on Friday that it", "told Acme that it"
# What follows a verb that may be a noun in the plural, after a noun and after "Acme, the owner of Bolt,".
_AFTER_NOUN = frozenset(("MONEY", "NAME", "DET"))
_AFTER_ASIDE = _AFTER_NOUN | {"POSSPRON", "COUNT", "NOUN", "ADJ"}
_BARE = frozenset(("VB", "VBP", "VBZ"))


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
    """Tag the words of a sentence that are neither names nor values nor titles.

    >>> row = [Word(w, w.lower()) for w in "It has agreed to buy shops".split()]
    >>> tag(row, Lexicon.load())
    >>> [word.tag for word in row]
    ['PRON', 'AUX', 'VERB', 'TO', 'VERB', 'NOUN']
    """
    tagger = _Tagger(row, lexicon, _forms(lexicon.language))
    for j, word in enumerate(row):
        if not word.tag:
            word.tag = tagger.mark(j) or tagger.closed(j) or tagger.open(j)
    for j in range(len(row)):
        tagger.mend(j)


@dataclass(frozen=True, slots=True)
class _Forms:
    """The words of a language by which its parts of speech are told apart."""

    closed: dict[str, str]
    negating: tuple[str, ...]
    that: frozenset[str]
    to: frozenset[str]
    bare: frozenset[str]
    plural: frozenset[str]
    do: frozenset[str]
    has: frozenset[str]
    had: frozenset[str]


@lru_cache(maxsize=1)
def _forms(language: Language) -> _Forms:
    lists = {f.name: language.words(f"grammar.{f.name}") for f in fields(_Forms) if f.name != "closed"}
    return _Forms(language.closed, tuple(sorted(lists.pop("negating"))), **lists)


class _Tagger:
    """The words of one sentence, tagged from left to right."""

    def __init__(self, row: list[Word], lexicon: Lexicon, forms: _Forms) -> None:
        self.row = row
        self.lexicon = lexicon
        self.forms = forms

    def _tag(self, j: int) -> str:
        """Return the tag of word j so far, "START" before the first and "" past the last."""
        return "START" if j < 0 else self.row[j].tag if j < len(self.row) else ""

    def _low(self, j: int) -> str:
        return self.row[j].low if 0 <= j < len(self.row) else ""

    def mark(self, j: int) -> str:
        """Tag possessives, marks and the second half of a compound; "" for a word."""
        low, previous = self.row[j].low, self._tag(j - 1)
        if low in _APOSTROPHES:
            if previous in {"COMMA", "PUNCT", "START"}:
                return "QUOTE"
            return "AUX" if previous in {"PRON", "REL"} else "POSS"
        if low in _MARKS:
            return _MARKS[low]
        if low[0] == "-" and len(low) > 1:
            return "COMP"
        return "" if low[0].isalnum() or (len(low) > 1 and low[0] in "'’") else "PUNCT"

    def closed(self, j: int) -> str:
        """Tag a word of a closed class, a contraction or a demonym; "" for any other."""
        low, closed = self.row[j].low, self.forms.closed
        if low in closed:
            return closed[low]
        if low.endswith(self.forms.negating):
            return "NEG"
        if "'" in low or "’" in low:
            return closed.get(re.split(r"['’]", low)[0], "NOUN")
        return "DEMONYM" if self.row[j].text in self.lexicon.category("Demonym") else ""

    def open(self, j: int) -> str:
        """Tag a word by the parts of speech that it can have, and its neighbours."""
        word = self.row[j]
        known = lemmas(word.low)
        frames = self.lexicon.verbs.get(word.low, ())
        if "VERB" in known or frames:
            kinds = {w.tag for w in frames} or _guessed(word.low, known.get("VERB", word.low))
            word.lemma = known.get("VERB") or frames[0].lemma.split()[0]
            if self._is_verb(j, known, kinds):
                word.form = _form(kinds)
                return "VERB"
        if "NOUN" not in known:
            if "ADV" in known:
                return "ADV"
            if "ADJ" in known:
                return "ADJ"
        word.lemma = known.get("NOUN", word.low)
        return "NOUN"

    def _is_verb(self, j: int, known: dict[str, str], kinds: set[str]) -> bool:
        nominal = bool(known.keys() & {"NOUN", "ADJ"})
        previous = self._tag(j - 1)
        if self._low(j - 1) in self.forms.that and self._tag(j - 2) in {"NOUN", "NAME", "TITLE", "COMMA"}:
            previous = "REL"
        if previous in {"MODAL", "AUX", "NEG"} or (self._low(j - 1) in self.forms.to and "VB" in kinds):
            return self._helped(j) or not (nominal and kinds <= _BARE)
        if "VBG" in kinds:
            return self._is_gerund(j, previous, nominal=nominal)
        if kinds & {"VBD", "VBN"}:
            as_noun = self.row[j].low == known.get("NOUN") and previous in _NOUN_CONTEXT
            return previous not in _OWNING and not as_noun
        if not nominal:
            return True
        if "VBZ" in kinds:
            intends = previous == "CC" and self._low(j + 1) in self.forms.to
            people = known.get("NOUN") in self.lexicon.category("Descriptor")  # "former Acme engineers"
            return intends or (previous in _VERB_CONTEXT and not (people and previous == "NAME"))
        if previous in {"PRON", "REL"}:
            return self._low(j - 1) in self.forms.plural
        return self._asked(j)

    def _helped(self, j: int) -> bool:
        """Tell "did buy" and "will buy" from "is true": only the first helpers go with a bare form."""
        helper = next((w for w in reversed(self.row[:j]) if w.tag not in {"NEG", "ADV"}), self.row[0])
        return helper.tag != "AUX" or helper.low in self.forms.do

    def _is_gerund(self, j: int, previous: str, *, nominal: bool) -> bool:
        following = self._tag(j + 1) or self.forms.closed.get(self._low(j + 1), "")
        if nominal and previous in {"PREP", "NOUN", "ADJ", "START", "CC", "SERIES"}:
            return following in _OBJECT_STARTS and previous not in {"ADJ", "NOUN"}
        return previous not in _OWNING | {"ADJ"} and not (nominal and previous in {"NAME", "COUNT"})

    def _asked(self, j: int) -> bool:
        """Tell "Will Acme buy Bolt?": a helper before the subject makes a verb of what may be a noun too."""
        k = j - 1
        while self._tag(k) in _SUBJECT:
            k -= 1
        asks = self._tag(k) == "MODAL" or self._low(k) in self.forms.do
        opens = self._tag(k - 1) in {"START", "QUOTE", "COMMA", "CC", "SUB", "PUNCT"}
        return k < j - 1 and asks and opens and self._tag(j - 1) in {"NAME", "NOUN", "PRON"}

    def mend(self, j: int) -> None:
        """Mend what needs a second look, now that the words after it are tagged."""
        word = self.row[j]
        if word.low in self.forms.to:
            self._infinitive(j)
        elif word.tag == "DET" and word.low in self.forms.that:
            self._that(j)
        elif word.tag == "AUX" and word.low in self.forms.has and not self._helps(j):
            past = word.low in self.forms.had
            word.tag, word.form = "VERB", "VBD" if past else "VBZ"
            word.lemma = lemmas(word.low).get("VERB", word.low)
        elif word.tag == "NOUN" and self._tag(j - 1) in {"NOUN", "TITLE"}:
            self._third_person(j, _AFTER_NOUN)
        elif word.tag == "NOUN" and self._tag(j - 1) == "COMMA" and self._aside(j - 1):
            self._third_person(j, _AFTER_ASIDE)
        elif word.tag == "VERB" and self._compound(j):
            word.tag = self.row[j - 1].tag = "ADJ"  # "a wholly owned unit"
        elif word.tag == "ADV" and self._tag(j - 1) in _OWNING and self._tag(j + 1) in {"NOUN", "ADJ"}:
            word.tag = "ADJ"  # "its first app"

    def _past_adverbs(self, k: int) -> int:
        while self._tag(k) in {"ADV", "NEG"}:
            k += 1
        return k

    def _infinitive(self, j: int) -> None:
        """Tell the "to" of an infinitive from the preposition."""
        k = self._past_adverbs(j + 1)
        bare = self._tag(k) == "VERB" and self.row[k].form == "VB"
        if bare or self._low(k) in self.forms.bare:
            self.row[j].tag = "TO"

    def _that(self, j: int) -> None:
        """Tell "the firm that makes" and "said that X makes" from "that firm"."""
        previous, following = self._tag(j - 1), self._tag(j + 1)
        named = previous in {"NOUN", "NAME"}
        if following in {"VERB", "AUX", "MODAL"} or (following == "ADV" and named):
            self.row[j].tag = "REL"
        elif (previous == "VERB" and following) or (
            previous in _BEFORE_THAT and following in {"NAME", "PRON", "DET"}
        ):
            self.row[j].tag = "SUB"

    def _helps(self, j: int) -> bool:
        """Tell whether "has" at j helps a verb ("has also raised") or is one ("has 300 employees")."""
        return self._tag(self._past_adverbs(j + 1)) in {"VERB", "AUX"}

    def _compound(self, j: int) -> bool:
        """Tell a participle that an adverb ties to the noun after it."""
        past = self.row[j].form in {"VBD", "VBN"}
        tied = self._tag(j - 1) == "ADV" and self._tag(j - 2) in _OWNING
        return past and tied and self._tag(j + 1) in {"NOUN", "ADJ"}

    def _aside(self, comma: int) -> bool:
        """Tell whether a comma closes what stands beside a name: "Acme, the owner of Bolt," and "Acme, which makes it,"."""
        opening = next((k for k in range(comma - 1, 0, -1) if self._tag(k) == "COMMA"), 0)
        return self._tag(opening + 1) in {"DET", "REL"} and self._tag(opening - 1) in {"NAME", "RPAR", "NOUN"}

    def _third_person(self, j: int, objects: frozenset[str]) -> None:
        """Make a verb of a plural after a noun, where an object follows: "the startup bags $5 million"."""
        word = self.row[j]
        frames = self.lexicon.verbs.get(word.low, ())
        if any(w.tag == "VBZ" for w in frames) and self._tag(j + 1) in objects:
            word.tag, word.form, word.lemma = "VERB", "VBZ", frames[0].lemma.split()[0]


def _guessed(word: str, lemma: str) -> set[str]:
    """Guess the Penn tags of a verb form that no frame has."""
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
