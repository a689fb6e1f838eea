"""The currencies and the calendar: as the CLDR gives them."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "training"))

from cldr import LANGUAGE, files


def test_the_shipped_tables_are_what_the_repository_gives():
    """`python training/cldr.py` would change nothing."""
    for name, text in files().items():
        assert LANGUAGE.joinpath(name).read_text(encoding="utf-8") == text
