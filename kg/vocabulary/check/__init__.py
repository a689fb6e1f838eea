"""Is the vocabulary sound: every term described, every role, range, frame and word list able to speak."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from kg.errors import InputError
from kg.vocabulary.check.frames import frame_faults
from kg.vocabulary.check.roles import role_faults
from kg.vocabulary.check.terms import term_faults
from kg.vocabulary.check.words import language_faults, list_faults
from kg.vocabulary.language import Language
from kg.vocabulary.lexicon import Lexicon
from kg.vocabulary.ontology import Ontology, parse
from kg.vocabulary.resources import folder

__all__ = ["check"]


@cache
def _own() -> Lexicon:
    """Load the lexicon that comes with kg, to whose lists any other is held."""
    return Lexicon.load()


def check(path: Path | None = None, learned: Iterable[tuple[str, str, str]] = ()) -> list[str]:
    """Return the faults of an ontology folder, one line each: file, term, what is wrong, how to mend it.

    `learned` are the labels of a trained reader, event and two roles each: it fills those without any frame.

    >>> check()
    []
    """
    path = path or folder("ontology")
    try:
        news, shapes, entries = (parse(path / name) for name in ("news.ttl", "shapes.ttl", "lexicon.ttl"))
        ontology = Ontology.of(news, shapes)
        lexicon = Lexicon.of(entries, Language.load(path), lambda: ontology)
    except InputError as error:
        return [str(error)]
    own = _own()
    faults = [
        *term_faults(news, ontology),
        *role_faults(news, shapes, ontology, lexicon, learned),
        *frame_faults(entries, ontology, lexicon),
        *list_faults(entries, ontology, lexicon, own),
        *language_faults(ontology, lexicon.language, own.language),
    ]
    return list(dict.fromkeys(faults))
