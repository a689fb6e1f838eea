"""Language is data: extraction knows no English word, and no list of words stands twice."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from kg.vocabulary import Lexicon, folder

KG = Path(__file__).parents[2] / "kg" / "extract"
#: Words that are names of ours: slots of frames, grammars of values, statuses, sides, cues of the tables.
OURS = frozenset(
    "subject object complement theme holder compound modified origin named owner topic receiver of from by with at"
    " money percent count date series title ticker exchange measure quotation text asserted planned rumoured denied"
    " former untold helper governor reported opening verdict modifier fate own inverted before after".split()
)
#: Files whose strings are keys of tables, parts of patterns or forms of all countries, with the reason.
NO_WORDS = {
    "learned/network.py": "inputs of the network",
    "learned/windows.py": "shapes of words, as the network was trained on them",
    "names/cues.py": "positions of the table of cues",
    "names/legal.py": "legal forms of many countries that may stand in small letters",
    "text/money.py": "keys of the table of currencies",
    "text/ranges.py": "keys of the table of ranges",
    "text/tokens.py": "keys of the table of tokens",
}
FEWEST = 3


def lists(tree: ast.AST) -> Iterator[tuple[int, list[str]]]:
    """Yield the collections of strings in a file, and the strings that are split into words, with their line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Set | ast.List | ast.Tuple):
            yield (
                node.lineno,
                [e.value for e in node.elts if isinstance(e, ast.Constant) and isinstance(e.value, str)],
            )
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "split"
            and isinstance(node.func.value, ast.Constant)
        ):
            yield node.lineno, str(node.func.value.value).split()


@pytest.mark.parametrize("file", sorted(KG.rglob("*.py")), ids=lambda file: str(file.relative_to(KG)))
def test_extraction_holds_no_list_of_words(file: Path) -> None:
    """The words of a language stand in `ontology/language` and the lexicon, where a second one could take their place."""
    if file.relative_to(KG).as_posix() in NO_WORDS:
        return
    for line, strings in lists(ast.parse(file.read_text("utf-8"))):
        words = [s for s in strings if re.fullmatch(r"[a-z]+(?:[-'’ ][a-z]+)*", s) and s not in OURS]
        public = any(s in file.read_text("utf-8").partition("__all__")[2].partition("]")[0] for s in words)
        assert len(words) < FEWEST or public, f"{file}:{line}: {words}"


def test_no_list_stands_twice() -> None:
    """Two lists of words, of one file or of several, are not the same."""
    named: dict[str, frozenset[str]] = {}
    for path in sorted((folder("ontology") / "language" / "en").glob("*.toml")):
        for key, value in tomllib.loads(path.read_text("utf-8")).items():
            if isinstance(value, str | list) and all(isinstance(v, str) for v in value):
                words = value.split() if isinstance(value, str) else value
                named[f"{path.stem}.{key}"] = frozenset(words)
    named |= {f"lex:{kind}": frozenset(words) for kind, words in Lexicon.load().words.items()}
    long = {name: words for name, words in named.items() if len(words) > FEWEST}
    twice = [(a, b) for a, b in combinations(sorted(long), 2) if long[a] == long[b]]
    assert not twice
