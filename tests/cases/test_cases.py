"""Golden cases: each article here has a file `.facts` beside it with every event that it tells, one a line.

After a change that is meant, write them anew with `KG_WRITE_CASES=1` and read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.model import Document, Entity, Event
from kg.pipeline import extract
from kg.read import find, read

HERE = Path(__file__).parent
ARTICLES = sorted(p for p in HERE.iterdir() if p.suffix in {".txt", ".md"})


def line(event: Event) -> str:
    """Write an event: class, status, then role = filler, with the class of an entity."""
    parts = [event.type, event.status]
    for statement in event.statements[1:]:
        filler = statement.filler
        shown = f"{filler.name} ({filler.type})" if isinstance(filler, Entity) else str(filler)
        parts.append(f"{statement.role} = {shown}")
    return " | ".join(parts)


@pytest.mark.parametrize("path", ARTICLES, ids=lambda p: p.stem)
def test_an_article_tells_exactly_its_facts(path: Path) -> None:
    """All of them, and nothing more."""
    [document] = read(find([path])[0])
    assert isinstance(document, Document)
    told = "".join(sorted(line(event) + "\n" for event in extract(document).events))
    expected = path.with_suffix(".facts")
    if os.environ.get("KG_WRITE_CASES"):
        expected.write_text(told, "utf-8")
        pytest.skip("written anew: read the difference")
    assert told == expected.read_text("utf-8")
