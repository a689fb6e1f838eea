"""Other names for the same story: the article stays one, only its names are others."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "training"))

from swap import Swapper  # noqa: E402 - the folder of scripts is no package

CORPUS = ROOT / "training" / "corpus"
ARTICLES = [json.loads(line) for line in (CORPUS / "k.jsonl").read_text("utf-8").strip().split("\n")]


@pytest.fixture(scope="module")
def swapper() -> Swapper:
    """Take the names of one file of the corpus."""
    return Swapper(ARTICLES)


def test_annotation_and_text_stay_together(swapper: Swapper) -> None:
    """What stood in the text stands there still: names, aliases, evidence; and as many words as before."""
    changed = 0
    for article in ARTICLES:
        other = swapper.swapped(article, 1)
        changed += other["text"] != article["text"]
        assert len(other["text"].split()) == len(article["text"].split())
        for old, new in zip(article["facts"], other["facts"], strict=True):
            assert (old["evidence"] in article["text"]) <= (new["evidence"] in other["text"])
            assert (old["kind"], old["status"]) == (new["kind"], new["status"])
        for old, new in zip(article["entities"], other["entities"], strict=True):
            assert (old["name"] in article["text"]) <= (new["name"] in other["text"])
            assert (old["type"], len(old["aliases"])) == (new["type"], len(new["aliases"]))
    assert changed > len(ARTICLES) / 2


def test_places_and_common_words_stay(swapper: Swapper) -> None:
    """The lists know places, and what is written small elsewhere is no name by itself."""
    small = {w for a in ARTICLES for w in re.findall(r"\b[a-z]{4,}\b", a["text"])}
    for article in ARTICLES:
        other = swapper.swapped(article, 1)
        places = [e["name"] for e in article["entities"] if e["type"] in {"City", "Country", "Place"}]
        assert [e["name"] for e in other["entities"] if e["type"] in {"City", "Country", "Place"}] == places
        lost = set(article["text"].split()) - set(other["text"].split())
        assert not {w for w in lost if w in small}


def test_a_seed_is_a_choice(swapper: Swapper) -> None:
    """The same seed gives the same names, another one others."""
    first, again, other = (swapper.swapped(ARTICLES[0], seed) for seed in (1, 1, 2))
    assert first == again != other
