"""English inflection, from lemminflect's dictionary and rules."""

from __future__ import annotations

import gzip
from bisect import bisect_left
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import TypeAlias

__all__ = ["lemmas", "noun_forms", "verb_forms"]

Forms: TypeAlias = dict[str, tuple[str, ...]]

_TAGS = ("VB", "VBZ", "VBP", "VBD", "VBN", "VBG")


@lru_cache(maxsize=4096)
def verb_forms(lemma: str) -> dict[str, tuple[str, ...]]:
    """Return the forms of a verb with their Penn tags.

    >>> verb_forms("lead")["led"], verb_forms("buy")["bought"], verb_forms("sue")["suing"]
    (('VBD', 'VBN'), ('VBD', 'VBN'), ('VBG',))
    """
    lemminflect = _lemminflect()
    head, dash, tail = lemma.rpartition("-")
    forms: dict[str, list[str]] = {}
    found = lemminflect.getAllInflections(tail, "VERB") or lemminflect.getAllInflectionsOOV(tail, "VERB")
    found.setdefault("VBN", found.get("VBD", ()))
    for tag in _TAGS:
        for form in found.get(tag, ()):
            forms.setdefault(head + dash + form, []).append(tag)
    return {form: tuple(tags) for form, tags in forms.items()}


@lru_cache(maxsize=4096)
def noun_forms(lemma: str) -> dict[str, str]:
    """Return the singular and plural of a noun with their Penn tags.

    >>> noun_forms("subsidiary")
    {'subsidiary': 'NN', 'subsidiaries': 'NNS'}
    """
    plurals = _lemminflect().getInflection(lemma, "NNS")
    return {lemma: "NN"} | {p: "NNS" for p in plurals if p != lemma}


@lru_cache(maxsize=100_000)
def lemmas(word: str) -> dict[str, str]:
    """Return the parts of speech that a lower-case word can have, with its lemma in each.

    >>> lemmas("raises")
    {'NOUN': 'raise', 'VERB': 'raise'}
    >>> lemmas("qzxv")
    {}
    """
    return {pos: forms[0] for pos, forms in sorted(_lemminflect().getAllLemmas(word).items())}


class _Table(dict[str, Forms]):
    """A table of lemminflect whose lines are parsed when they are asked for: to parse them all takes 0.4 s."""

    def __init__(self, path: str, parse: Callable[[str], Forms]) -> None:
        super().__init__()
        self._parse = parse
        self._lines = sorted(gzip.decompress(Path(path).read_bytes()).decode().splitlines())

    def get(self, word: str, default: Forms) -> Forms:  # type: ignore[override]
        if word not in self:
            # A comma ends the word, and the hyphen is the character after it.
            first, last = bisect_left(self._lines, f"{word},"), bisect_left(self._lines, f"{word}-")
            for line in self._lines[first:last]:
                self.setdefault(word, {}).update(self._parse(line))
        return super().get(word, default)


@lru_cache(maxsize=1)
def _lemminflect() -> ModuleType:
    import lemminflect
    from lemminflect.codecs.InflectionLUCodec import InflectionLUCodec
    from lemminflect.codecs.LemmaLUCodec import LemmaLUCodec
    from lemminflect.core.LexicalUtils import categoryToUPos

    def lemma(line: str) -> Forms:
        _, category, forms = LemmaLUCodec.fromString(line)
        return {categoryToUPos(category): forms}

    def inflections(line: str) -> Forms:
        forms: Forms = InflectionLUCodec.fromString(line)[2]
        return forms

    lemmatizer, inflector = lemminflect.Lemmatizer(), lemminflect.Inflections()
    lemmatizer.lemma_dict = _Table(lemmatizer.lemma_lu_fn, lemma)
    inflector.infl_dict = InflectionLUCodec.updateForAuxMod(_Table(inflector.infl_lu_fn, inflections))
    return lemminflect  # type: ignore[no-any-return]
