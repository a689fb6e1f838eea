"""Other names for the same story, so that the reader learns what a sentence says and not who it is about.

A word of a name is swapped for a word that stands at the same place in a name of the same family elsewhere in the
corpus, wherever the article holds it. Places keep their names, for the word lists know them, and so does whatever
is a common word ("Bank", "Apple") in some article.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

__all__ = ["Swapper"]

_WORD = re.compile(r"[^\W\d_]{2,}")
_FAMILIES = {"Person": "Person", "Product": "Product"} | dict.fromkeys(
    ("Company", "Investor", "Organization", "University"), "Organization"
)
_RARE = 3  # so many times in small letters in all articles make a common word
_STORY = ("title", "text", "entities", "facts")
_TERMS = frozenset(("kind", "type", "status", "currency"))  # of the annotation, not of the article


class Swapper:
    """The words of the names of a corpus, by family and place in the name.

    >>> article = {"id": "a1", "title": "", "text": "Ada Novak joins Zephyron. Novak is 40.", "facts": [],
    ...            "entities": [{"name": "Ada Novak", "type": "Person", "aliases": ["Novak"]}]}
    >>> other = {"id": "a2", "title": "", "text": "Mirek Dvorak left.", "facts": [],
    ...          "entities": [{"name": "Mirek Dvorak", "type": "Person", "aliases": []}]}
    >>> swapped = [Swapper([article, other]).swapped(article, seed)["text"] for seed in range(9)]
    >>> "Mirek Dvorak joins Zephyron. Dvorak is 40." in swapped
    True
    """

    def __init__(self, articles: Sequence[dict[str, Any]]) -> None:
        small = Counter(w for a in articles for w in _WORD.findall(a["text"]) if w.islower())
        self._common = {w for w, n in small.items() if n >= _RARE}
        pools: dict[tuple[str, bool], set[str]] = {}
        for article in articles:
            for word, place in self._words(article):
                pools.setdefault(place, set()).add(word)
        self._pools = {place: sorted(words) for place, words in pools.items()}

    def swapped(self, article: dict[str, Any], seed: int) -> dict[str, Any]:
        """Return the article with other names; the same ones for one seed."""
        choose = random.Random(f"{seed} {article['id']}")
        new: dict[str, str] = {}
        for word, place in self._words(article):
            if word not in new:
                other = choose.choice(self._pools[place])
                new |= {word: other, word.upper(): other.upper()}
        if not new:
            return article
        pattern = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(sorted(new, key=len, reverse=True))})(?![^\W\d_])")

        def renamed(value: Any) -> Any:
            if isinstance(value, str):
                return pattern.sub(lambda m: new[m.group()], value)
            if isinstance(value, list):
                return [renamed(v) for v in value]
            if isinstance(value, dict):
                return {k: v if k in _TERMS else renamed(v) for k, v in value.items()}
            return value

        return article | {k: renamed(article[k]) for k in _STORY}

    def _words(self, article: dict[str, Any]) -> Iterator[tuple[str, tuple[str, bool]]]:
        """Yield the words that may be swapped, with their family and whether they begin the name."""
        places = {
            w for e in article["entities"] if e["type"] not in _FAMILIES for w in _WORD.findall(e["name"])
        }
        for entity in article["entities"]:
            family = _FAMILIES.get(entity["type"])
            for word in _WORD.findall(entity["name"]) if family else ():
                if word[0].isupper() and word.lower() not in self._common and word not in places:
                    yield word, (family, entity["name"].startswith(word))
