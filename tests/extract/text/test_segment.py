"""Sentences and tokens: what ends a sentence, what is no part of one, what is a word of its own."""

from __future__ import annotations

import itertools
import re

import pytest
from growth import grows_linearly
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.text.segment import Segmenter, Sentence
from kg.model import Document
from kg.vocabulary import Lexicon

SEGMENTER = Segmenter(Lexicon.load())


def document(text: str, body_start: int = 0) -> Document:
    return Document("a", text, ((0, len(text)),), body_start)


def found(text: str) -> list[Sentence]:
    return list(SEGMENTER.sentences(SEGMENTER.unwrapped(document(text))))


def cut(text: str) -> list[str]:
    """Cut a text into sentences, with spaces for the line breaks inside of them."""
    flat = SEGMENTER.unwrapped(document(text)).text
    return [flat[s.start : s.end] for s in found(text)]


def words(text: str) -> list[str]:
    [sentence] = found(text)
    return [token.text for token in SEGMENTER.tokens(text, sentence)]


@pytest.mark.parametrize(
    "text",
    [
        "Veloquent Pvt. Ltd. raised Rs. 50 lakhs.|It paid Rs. 5.|Brightmere fell.",
        "Veloquent Pty. Ltd. sold Okonjo Sdn. Bhd. to Brightmere S.p.A. for $5.|It is a part of Marlowe Holdings, L.P. now.",
        "The firms are Okonjo GmbH & Co. KG and Marlowe Oyj.|Both are small.",
        "It was bought by Marlowe Inc. on Jan. 5 for approx. 5 million, vs. 4 million.",
        "It was bought by Marlowe Inc.|Brightmere said that it was glad.",
        "It was bought by Marlowe Inc.|The buyer is glad.",
        "Shares of Marlowe Inc.|“We are glad,” it said.",
        "It sells phones of Marlowe Inc. to others, as Marlowe Inc. Chief Executive Ann Lee said.",
        "He said the sale of Marlowe Corp. (NYSE: MRL) was off.",
        "The U.S. Treasury is in the U.S.|The firm is not.",
        "John F. Lee of Marlowe has a Ph.D. in law.|J. P. Lee has not.",
        "It closed a Series B.|Marlowe led it.",
        "It opened at 9 a.m. ET and at 5 p.m. London time.|It closed at 6 p.m.|Marlowe rose.",
        "See No. 5.|He said no.|Marlowe rose.",
        "Yum! Brands rose.|Yahoo! said it fell.|What a day!|Marlowe rose.",
        "Did Marlowe rise?|It did.",
        "“Why?” he asked.|“It rose.”|Marlowe was glad.",
        "«It rose.»|“It rose.”|‘It rose.’|„It rose.“|``It rose.''|Marlowe said so.",
        "It rose 5.2.|2023 was good… and 2024 too.",
        "monday.com rose.|monday.com fell, as eBay did.|iPhones are sold.",
        "(Marlowe rose.)|It fell.",
        "Marlowe rose; Okonjo, which Marlowe owns, fell: it had to.",
        "Marlowe Inc. And Okonjo Corp. To Merge",
        "MARLOWE INC. HAS BOUGHT OKONJO CO. IN OSLO.|THE DEAL WAS SIGNED BY A. LEE.",
        "It is in St. Louis, not on Wall St.|The firm is sure.",
        "Rep. Ann Lee and then-Sen. Bob Ray met Messrs. Lee and Ray, e.g. Tom.",
    ],
)
def test_where_sentences_end(text: str) -> None:
    """The bars show where; abbreviations end none, unless what follows begins one."""
    assert cut(text.replace("|", " ")) == text.split("|")


def test_a_space_that_is_missing_is_no_reason_to_go_on() -> None:
    """A name with a dot inside stays one."""
    text = "Marlowe was sold.The firm is in Oslo.Okonjo rose 5%.Marlowe and Booking.Com fell, see www.Okonjo.com now."
    assert cut(text) == [
        "Marlowe was sold.",
        "The firm is in Oslo.",
        "Okonjo rose 5%.",
        "Marlowe and Booking.Com fell, see www.Okonjo.com now.",
    ]


@pytest.mark.parametrize(
    "opening",
    [
        *("BRIEF-", "UPDATE 1-", "REFILE-UPDATE 2-", "RPT-WRAPUP 3-", "EXCLUSIVE: ", "Exclusive: ", "EXCLUSIVE-", "CORRECTED-"),
        *("BREAKINGVIEWS-", "Breakingviews - ", "Reuters Summit-", "PRESS DIGEST-", "(Reuters) - ", "(AP) ", "/PRNewswire/ -- "),
        *("--PR Newswire-- ", "OSLO, June 5 (Reuters) - ", "LONDON/PARIS -- ", "Oslo – 5 June 2024 – ", "June 5 (Reuters) - "),
        *("OSLO, Norway--(BUSINESS WIRE)--", "SAN JOSE, June 05, 2024 (GLOBE NEWSWIRE) -- ", "Oslo, Norway, June 5, 2024: "),
        *("OSLO, Norway, June 5, 2024 /PRNewswire/ -- ", "NEW DELHI, March 5 (PTI) ", "NEW YORK (AP) — ", "San Jose (AFP) - "),
        *("2. ", "1) ", "(3) ", "a) ", "• ", "- ", "* ", "– ", "# ", "> ", "• 2. ", "UPDATE 1-OSLO, June 5 (Reuters) - "),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "line", ["Okonjo buys Marlowe", "“Okonjo” has bought Marlowe.", "3M has bought Marlowe."]
)
def test_what_stands_before_a_sentence_is_no_part_of_it(opening: str, line: str) -> None:
    """Prefixes of news agencies, datelines and list marks, whatever follows them."""
    assert cut(opening + line) == [line]


def test_items_inside_of_a_line_have_their_marks_too() -> None:
    """Bullets and numbers."""
    assert cut("• It rose 5%. • Marlowe fell. 2. Okonjo rose.") == [
        "It rose 5%.",
        "Marlowe fell.",
        "Okonjo rose.",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "IBM-Red Hat deal is done",
        "EU-China talks fail.",
        "E-Commerce grows.",
        "F-150 sales rise.",
        "2.5 million came.",
        "Okonjo (NYSE: OKO) - the maker of pumps - rose.",
        "OKONJO – Norway and its friends – rose.",
        "OKONJO - the maker of pumps - rose.",
        "Okonjo, Norway, is big - and old.",
        "AP Top 25: Okonjo rises",
        "A. Lee has left.",
    ],
)
def test_a_sentence_may_begin_like_a_prefix(line: str) -> None:
    """Only what is surely a prefix goes."""
    assert cut(line) == [line]


@pytest.mark.parametrize(
    "mark", ["… [+1034 chars]", "[...]", " […]", " ...", "…", " (more)", "... Read more", "… [Read more...]"]
)
@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Okonjo raised $12", "Okonjo raised"),
        ("Okonjo raised $12 mil", "Okonjo raised"),
        ("Okonjo bought Mar", "Okonjo bought"),
        ("Okonjo bought Marlowe, the maker of sens", "Okonjo bought Marlowe , the maker of"),
        ("Okonjo", ""),
    ],
)
def test_what_may_not_be_whole_at_a_cut_gives_no_tokens(text: str, whole: str, mark: str) -> None:
    """The last word, and the name or number that it belongs to; the mark of the cut is no part of the sentence."""
    [sentence] = found(text + mark)
    assert sentence.cut
    assert (sentence.start, sentence.end) == (0, len(text))
    assert " ".join(t.text for t in SEGMENTER.tokens(text, sentence)) == whole


@pytest.mark.parametrize(
    "text", ["Okonjo rose. [+12 chars]", "Okonjo rose. (more)", "“It rose...”", "It rose... more than ever."]
)
def test_a_sentence_that_ends_before_the_cut_is_whole(text: str) -> None:
    """So is one that pauses."""
    assert not any(s.cut for s in found(text))


@pytest.mark.parametrize(
    ("text", "caps"),
    [
        ("OKONJO HAS BOUGHT MARLOWE FOR $5.", True),
        ("OKONJO BUYS MARLOWE", True),
        ("IBM, AT&T", False),
        ("OKONJO has BOUGHT MARLOWE.", False),
        ("1 2 3", False),
    ],
)
def test_a_sentence_in_capitals_is_marked(text: str, caps: bool) -> None:
    """A few acronyms are none."""
    assert [s.caps for s in found(text)] == [caps]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Yum! Brands and Yahoo! said hello!", "Yum! Brands and Yahoo! said hello !"),
        ("L'Oréal, M&S and AT&T", "L'Oréal , M&S and AT&T"),
        ("3M, 23andMe, monday.com, C3.ai", "3M , 23andMe , monday.com , C3.ai"),
        ("Okonjo S.p.A. and Okonjo, L.P.", "Okonjo S.p.A. and Okonjo , L.P."),
        ("Okonjo GmbH & Co. KG sold SciFi.", "Okonjo GmbH & Co. KG sold SciFi ."),
        ("Okonjo Pvt. Ltd.'s maker, Foo Inc.", "Okonjo Pvt. Ltd. 's maker , Foo Inc ."),
        ("McDonald's isn't the investors' friend", "McDonald 's isn't the investors ' friend"),
        ("``It's good,'' «he» „said“ ‘so’", "`` It 's good , '' « he » „ said “ ‘ so ’"),
        ("Okonjo™ Cloud(TM) by Marlowe® (R) and *Oslo* _now_", "Okonjo Cloud by Marlowe ( R ) and Oslo now"),
        ("==== Sale!!!! ----", "==== Sale !!!! ----"),
        ("U.S.-based John F. Lee has OPEC+ in No. 5", "U.S. -based John F. Lee has OPEC+ in No. 5"),
    ],
)  # fmt: skip
def test_tokens(text: str, tokens: str) -> None:
    """A mark that belongs to a name stays with it; marks of trade and emphasis are none."""
    assert words(text) == tokens.split(" ")


PIECES = st.sampled_from(
    'Okonjo Marlowe Inc. Co. Ltd. U.S. Rs. No. a.m. J. the has sold. The It in monday.com Yahoo! Why? “Well,” " ’ ( )'
    " … ... [+5 chars] (Reuters) - -- BRIEF- OSLO, June 5 2. • $5 million 12 % , ; : ™ é 東京 。 🚀 * # &".split(
        " "
    )
)
BREAKS = st.sampled_from([" ", " ", " ", "  ", "\n", "\n\n", "\r\n", "\t"])
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.tuples(PIECES, BREAKS), max_size=60).map(lambda pairs: "".join(map("".join, pairs))),
)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.integers(0, 200))
def test_sentences_stand_in_order_in_their_regions(text: str, split: int) -> None:
    """None overlaps another, and all words but those of prefixes and cuts are in one."""
    split = min(split, len(text))
    regions = tuple((a, b) for a, b in ((0, split), (split, len(text))) if a < b)
    flat = SEGMENTER.unwrapped(Document("a", text, regions))
    sentences = list(SEGMENTER.sentences(flat))
    assert len(flat.text) == len(text)
    assert re.sub(r"\s", "", flat.text) == re.sub(r"\s", "", text)
    edges = [edge for s in sentences for edge in (s.start, s.end)]
    assert edges == sorted(edges)
    assert all(any(a <= s.start < s.end <= b for a, b in regions) for s in sentences)
    for sentence in sentences:
        tokens = SEGMENTER.tokens(flat.text, sentence)
        assert all(a.end <= b.start for a, b in itertools.pairwise(tokens))
        assert all(sentence.start <= t.start < t.end <= sentence.end for t in tokens)
        if not sentence.cut:
            kept = {i for t in tokens for i in range(t.start, t.end)}
            missing = [flat.text[i] for i in range(sentence.start, sentence.end) if i not in kept]
            assert not [c for c in missing if c.isalnum() and c not in "TMSRC"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["Okonjo", "Oslo", "rose", "the", "5", "is"]), min_size=1, max_size=40))
def test_every_word_of_plain_prose_is_in_a_sentence(words: list[str]) -> None:
    """Whatever the lines, nothing is lost."""
    text = " ".join(words) + "."
    assert " ".join(cut(text)) == text


@pytest.mark.parametrize(
    "unit",
    ["#", "a: b\n", ", ", "Co. ", "A. ", "Inc. Okonjo and the ", "Yahoo! ", "... ", "''", "(", "Aa-", "[+1 chars] ", "a\nb\n\n", "\n ", "1. ", "OSLO/"],
)  # fmt: skip
def test_no_text_takes_long(unit: str) -> None:
    """Twice the text takes about twice the time, of the worst too."""

    def work(size: int) -> None:
        flat = SEGMENTER.unwrapped(document(unit * (size // len(unit))))
        for sentence in SEGMENTER.sentences(flat):
            SEGMENTER.tokens(flat.text, sentence)

    assert grows_linearly(work, 60_000)
