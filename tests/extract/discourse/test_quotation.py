"""Quotations: the marks of a text in, what stands inside of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.discourse.quotation import quotations
from kg.extract.text.segment import Sentence
from kg.vocabulary import Language

LANGUAGE = Language.load()


def quoted(*paragraphs: str) -> list[tuple[str, bool]]:
    """Return the quotations of some paragraphs, and of each whether it goes on with the one before."""
    sentences, start = [], 0
    for block, paragraph in enumerate(paragraphs):
        sentences.append(Sentence(start, start + len(paragraph), block, prose=True))
        start += len(paragraph) + 2
    return [(q.text, q.resumed) for q in quotations("\n\n".join(paragraphs), sentences, LANGUAGE)]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ('"', '"'), ("“", "”"), ("‘", "’"), ("'", "'"), ("«", "»"), ("»", "«"), ("„", "“"), ("``", "''"), ("”", "”"),
        ('"', "”"),
    ],
)  # fmt: skip
def test_every_style_of_marks(opening: str, closing: str) -> None:
    """American, British, French, German, Swedish and typewriter marks open and close alike."""
    assert quoted(f"{opening}It’s all done, and we're glad,{closing} she said.") == [
        ("It’s all done, and we're glad,", False)
    ]


def test_a_mark_without_a_partner_is_none() -> None:
    """A missing mark does not turn the text inside out."""
    assert quoted('"We are glad, said Ada Osei. The firm rose. "It is big," said Tom Berg.') == [
        ("It is big,", False)
    ]
    assert quoted("The firms' owners rose. 'It is big,' said Tom Berg.") == [("It is big,", False)]
    assert quoted('A 5" pipe broke, and so did the 6" one.') == []


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    """An open end before a paragraph that opens with a mark is how newspapers print long ones."""
    assert quoted("“We are glad.", "“It is big,” said Tom Berg.") == [
        ("We are glad.", False),
        ("It is big,", True),
    ]


def test_marks_inside_of_a_quotation_belong_to_it() -> None:
    """Single marks inside of double ones open nothing."""
    assert quoted("“He said 'go,' and we went,” she said.") == [("He said 'go,' and we went,", False)]


@given(st.text(st.sampled_from("\"“”‘’'«»„`ab ,.\n"), max_size=60))
def test_any_marks_give_ordered_quotations(text: str) -> None:
    """Whatever the marks, quotations lie in the text, in order, none inside another."""
    found = list(quotations(text, [Sentence(0, len(text), 0, prose=True)], LANGUAGE))
    ends = [0, *(q.end for q in found)]
    assert all(end <= q.start <= q.end <= len(text) for end, q in zip(ends, found, strict=False))
