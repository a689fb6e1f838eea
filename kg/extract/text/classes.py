"""Words of a language by their closed classes."""

from __future__ import annotations

from kg.vocabulary.language import Language

__all__ = ["of_classes"]


def of_classes(language: Language, name: str) -> frozenset[str]:
    """Return the words of the closed classes that a list of the language names.

    >>> "the" in of_classes(Language.load(), "segment.starts")
    True
    """
    classes = language.words(name)
    return frozenset(word for word, tag in language.closed.items() if tag in classes)
