"""English inflection, from lemminflect's dictionary and rules."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["lemmas", "noun_forms", "verb_forms"]

_TAGS = ("VB", "VBZ", "VBP", "VBD", "VBN", "VBG")


@lru_cache(maxsize=4096)
def verb_forms(lemma: str) -> dict[str, tuple[str, ...]]:
    """Return the forms of a verb with their Penn tags.

    >>> verb_forms("lead")["led"], verb_forms("buy")["bought"], verb_forms("sue")["suing"]
    (('VBD', 'VBN'), ('VBD', 'VBN'), ('VBG',))
    """
    import lemminflect

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
    import lemminflect

    plurals = lemminflect.getInflection(lemma, "NNS")
    return {lemma: "NN"} | {p: "NNS" for p in plurals if p != lemma}


@lru_cache(maxsize=100_000)
def lemmas(word: str) -> dict[str, str]:
    """Return the parts of speech that a lower-case word can have, with its lemma in each.

    >>> lemmas("raises")
    {'NOUN': 'raise', 'VERB': 'raise'}
    >>> lemmas("qzxv")
    {}
    """
    import lemminflect

    return {pos: forms[0] for pos, forms in sorted(lemminflect.getAllLemmas(word).items())}
