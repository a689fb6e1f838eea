"""The lists of names: as the packages that they are made from give them."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "training"))

from gazetteer import LISTS, lists


def test_the_shipped_lists_are_what_the_packages_give():
    """`python training/gazetteer.py` would change nothing."""
    for name, text in lists().items():
        assert LISTS.joinpath(name).read_text(encoding="utf-8") == text
