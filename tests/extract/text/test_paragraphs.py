"""Which line breaks are inside of a paragraph, and that they change nothing."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.text.segment import Segmenter
from kg.model import Document, Entity
from kg.pipeline import extract
from kg.settings import Settings
from kg.vocabulary import Lexicon

SEGMENTER = Segmenter(Lexicon.load())
FRAMES = Settings(extractor="frames")

ARTICLE = [
    ("Okonjo Systems has raised $12 million in a Series B round led by Harbor Ventures, said Ingrid Dahl, the chief"
    " executive of the Oslo-based maker of battery sensors. Tidal Partners and two other investors took part in it."),
    ("The company, which was founded in 2012 by Ingrid Dahl and Tomas Berg, employs 230 people in Norway and in the"
    " U.S. It had revenue of Rs. 50 crore last year, an increase of 12.5 percent."),
    ("“We are delighted with the long-term trust of Harbor Ventures and want to grow in all of Europe,” Ms. Dahl said"
    " in a statement. “It is a big step for us, and for our customers.”"),
    ("In March, Okonjo Systems acquired Marlowe Robotics Pvt. Ltd. for $40 million from Brightmere Inc. It plans to"
    " acquire another maker of sensors in the second half of the year, according to a person familiar with the matter."),
]  # fmt: skip


def document(text: str) -> Document:
    return Document("a", text, ((0, len(text)),), published="2024-03-05")


def lines(text: str) -> list[str]:
    return SEGMENTER.unwrapped(document(text)).text.splitlines()


def events(text: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Read a text; give its events without the offsets of their evidence."""
    found = extract(document(text), FRAMES).events
    roles = [
        [(s.role, s.filler.name if isinstance(s.filler, Entity) else str(s.filler)) for s in e.statements]
        for e in found
    ]
    return [(e.type, e.status, told) for e, told in zip(found, roles, strict=True)]


WHOLE = events("\n\n".join(ARTICLE))


def test_the_article_tells_something() -> None:
    """Else the comparisons below would hold of nothing."""
    assert {kind for kind, _, _ in WHOLE} >= {
        "FundingRound",
        "Acquisition",
        "Founding",
        "Position",
        "Quotation",
        "Metric",
    }


def wrapped(width: int, *, indent: str = "", hyphens: bool = True) -> list[str]:
    """Wrap the paragraphs of the article."""
    wrapper = textwrap.TextWrapper(
        width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=hyphens
    )
    return [wrapper.fill(paragraph) for paragraph in ARTICLE]


@settings(max_examples=50, deadline=None)
@given(
    st.integers(40, 90),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["\n\n", "\n \n", "\n\n\n"]),
    st.sampled_from(["", "  ", "\t"]),
    st.booleans(),
)
def test_a_text_means_the_same_wrapped_at_any_column(
    width: int, end: str, between: str, indent: str, hyphens: bool
) -> None:
    """With any line end, indented or not, and whether words are broken at their hyphens or not."""
    text = between.join(wrapped(width, indent=indent, hyphens=hyphens)).replace("\n", end)
    assert events(text) == WHOLE


@settings(max_examples=40, deadline=None)
@given(st.integers(60, 80), st.sampled_from(range(len(ARTICLE))))
def test_a_paragraph_alone_means_the_same_too(width: int, number: int) -> None:
    """It shows by itself where it was wrapped."""
    assert events(textwrap.fill(ARTICLE[number], width)) == events(ARTICLE[number])


def test_evidence_is_cut_from_the_text_as_it_was_read() -> None:
    """It holds the line break; names, texts and titles do not."""
    text = (
        "Okonjo Systems has bought the Oslo-\nbased Marlowe Robotics. It is a\nmaker of pumps. “We are\n"
        "very glad of it,” said Ann Lee, the\nchief executive of Okonjo."
    )
    article = extract(document(text), FRAMES)
    exact = {e.exact for event in article.events for s in event.statements for e in s.evidence}
    assert "Okonjo Systems has bought the Oslo-\nbased Marlowe Robotics." in exact
    assert all(
        text[e.start : e.end] == e.exact
        for event in article.events
        for s in event.statements
        for e in s.evidence
    )
    told = [f for event in article.events for s in event.statements if (f := s.filler) is not None]
    assert "We are very glad of it," in told
    assert not [f for f in told if "\n" in (f.name if isinstance(f, Entity) else str(f))]
    assert (
        "Headquarters",
        "asserted",
        [("", "None"), ("organization", "Marlowe Robotics"), ("place", "Oslo")],
    ) in events(text)


@pytest.mark.parametrize(
    "text",
    [
        "Okonjo buys Marlowe\nBy Ann Lee\nOkonjo has bought Marlowe.",
        "Home\nAbout us\nContact\nall news",
        "Okonjo buys Marlowe for $40 million in cash\nThe deal closes in May.",
        "- Okonjo has bought Marlowe Robotics\n- Marlowe has sold its office\n- it rained",
        "1. Okonjo has bought Marlowe Robotics\n2. Marlowe has sold its office",
        "Okonjo Systems has bought Marlowe Robotics for $40 million.\nThe deal closes in May, and it is big.\nIt is.",
        "Revenue of the whole group\n$4.2 billion\nProfit of the whole group\n$1.2 billion",
        "The firms of Okonjo are these:\npumps\nvalves",
        "Okonjo is in talks to buy Marlowe for a billion\nThe deal is big.",
        "Okonjo in talks to buy Marlowe for billions\nOkonjo rose.",
        "Okonjo sells phones now\niPhones are next",
    ],
)
def test_lines_of_their_own_stay_so(text: str) -> None:
    """Headlines, menus, lists, tables, captions, and paragraphs of one line each."""
    assert lines(text) == text.splitlines()


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Okonjo has raised $12\nmillion from Harbor\nVentures.", 1),
        ("Okonjo was acquired by\nMarlowe Robotics.", 1),
        ("Okonjo has acquired Marlowe\nRobotics for $40 million.", 1),
        ("Okonjo says that it has raised\n$40 million from Harbor Ventures in Oslo.", 1),
        ("OKONJO HAS BEEN BOUGHT BY\nMARLOWE ROBOTICS", 1),
        ("Okonjo grows\nOkonjo has hired 40 people in the\ncity of Oslo.", 2),
        ("- Okonjo has bought Marlowe for\n  40 million\n- It has sold its office to the\n  city", 2),
        (
            "    Okonjo has bought the firm that\nis called Marlowe Robotics.\n    It has sold its office to the\ncity.",
            2,
        ),
    ],
)
def test_lines_that_go_on_are_joined(text: str, joined: int) -> None:
    """Also below a headline, in an item of a list, and where only the first line of a paragraph is indented."""
    assert len(lines(text)) == joined


@given(st.text(st.sampled_from("ab A.,\n\r-2 ")))
def test_only_line_breaks_change(text: str) -> None:
    """Offsets stay, and a text whose paragraphs are joined has nothing more to join."""
    flat = SEGMENTER.unwrapped(document(text)).text
    assert len(flat) == len(text)
    assert all(a == b or (a in "\r\n " and b in " \v") for a, b in zip(text, flat, strict=True))
