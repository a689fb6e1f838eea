"""Text as its author meant it, in files and in JSON."""

import html
import json
import unicodedata

import pytest
from growth import grows_linearly
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.model import Document
from kg.read import find, read
from kg.read.clean import clean


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Foo &amp; Bar bought AT&amp;T for $40&nbsp;million.", "Foo & Bar bought AT&T for $40 million."),
        ("L&#39;Or&eacute;al paid &euro;40, not &pound;&#x34;0", "L'Oréal paid €40, not £40"),
        ("AT&amp;amp;T &amp;lt;b&amp;gt;rose&amp;lt;/b&amp;gt;", "AT&T rose"),
        ("&#147;Yes&#148;, it&#8217;s", "“Yes”, it’s"),
        ("<p>Foo <b>rose</b>.</p><p>Bar fell.</p>", "Foo rose.|Bar fell."),
        ("Foo rose.<br>Bar fell.<BR/>It did.<li>One<li>Two", "Foo rose.|Bar fell.|It did.|One|Two"),
        ("<div class='a'><h1>Foo</h1>rose</div>", "Foo|rose"),
        ('<a href="https://foo.example/?a=1&amp;b=2" title="5 > 3">Foo</a> rose', "Foo rose"),
        ("Foo<!-- a > b --> rose <![CDATA[by 5 < 6 & more]]>", "Foo rose by 5 < 6 & more"),
        ("<script>if (a < b) { document.write('<p>'); }</script>Foo<style>p { }</style>", "Foo"),
        (
            "Foo<sup>®</sup> and Bar<sup><a href='#1'>1</a></sup> on the 1<sup>st</sup>",
            "Foo and Bar on the 1st",
        ),
        ("Nor\u00adlyte\u200b, Foo\u2060Bar\ufeff \u200eBaz\u202c", "Norlyte, FooBar Baz"),
        ("Sys\u00ad\ntems", "Systems"),
        ("Foo\u200cBar but می\u200cخواهم and 👩\u200d🚀", "FooBar but می\u200cخواهم and 👩\u200d🚀"),
        ("Socie\u0301te\u0301 S\u030ckoda", "Société Škoda"),
        ("$40\u00a0million\u2009in\u3000all", "$40 million in all"),
        (
            "a pro\ufb01t of \uff11\uff12 \uffe5 \uff26\uff4f\uff4f, long\u2011term",
            "a profit of 12 ¥ Foo, long-term",
        ),
        ("it\x92s \x93big\x94", "it’s “big”"),
        ("one\u2028two\u2029three", "one\ntwo|three"),
    ],
)
def test_what_is_cleaned(text, meant):
    """References, tags, invisible and odd characters; a bar stands for the end of a paragraph."""
    assert "|".join(part.strip() for part in clean(text).split("\n\n") if part.strip()) == meant


@pytest.mark.parametrize(
    "text",
    [
        "AT&T, S&P;500, R&D; and Q&A",
        "a < b and c > d, <3, x<y",
        "if a <b and c> d",
        "Okonjo <OKO.OL> and <IBM>",
        "https://foo.example/?a=1&copy=2&region=3",
        "&unknown; &; &#; <!-- never closed",
        "<script>never closed",
        "Café Zürich, 北京, naïve\r\n\tEnd\n",
        "caf\u00e9 \N{ROCKET} \x1f\x07",
    ],
)
def test_what_only_looks_like_markup_stays(text):
    """Rather a mark too many than a word too few."""
    assert clean(text) == text


PIECES = st.sampled_from(
    "&amp; &lt; &gt; &#38; &nbsp; &eacute; &copy; & < > ; amp # 38 b /b p /p br a\xa0href= \" ' <b> </b> <p> <!-- --> <![CDATA["
    " ]]> <script> </script> \xad \u200b \u200d \u0301 e \ufb01 \x92 \n \r\n Foo AT&T".split(" ")
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.lists(PIECES, max_size=30).map("".join)


@settings(deadline=None, max_examples=500)
@given(TEXTS)
@example("&am&#112;lt;b>")
def test_cleaning_again_changes_nothing(text):
    """It ends in composed letters."""
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_a_text_that_was_escaped_for_a_page_means_the_same(text):
    """Once or twice."""
    assert clean(html.escape(text)) == clean(text)
    assert clean(html.escape(html.escape(text))) == clean(text)


@given(st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x17F)))
def test_letters_as_references_are_letters(text):
    """By number or name."""
    named = "".join(f"&{html.entities.codepoint2name.get(ord(c), f'#{ord(c)}')};" for c in text)
    assert clean("".join(f"&#x{ord(c):x};" for c in text)) == clean(named) == clean(text)


@pytest.mark.parametrize(
    "unit",
    ["<!--", "<script>", "<![CDATA[", "<sup>", "<a ", '<a "', "&amp;", "&", "<", "<b <", "&#38;", "<sup><a>1", "\u200d"],
)  # fmt: skip
def test_no_text_takes_long(unit):
    """A megabyte of the worst takes about twice as long as half of it."""
    assert grows_linearly(lambda size: clean(unit * (size // len(unit))), 500_000)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.json", "a.jsonl"])
def test_every_kind_of_article_is_cleaned(tmp_path, name):
    """The text as read is the cleaned one: regions and offsets are its own."""
    text, meant = (
        "Foo &amp; Bar\u00ad rose.\n\nL&#39;Or&eacute;al<b> fell</b>.",
        "Foo & Bar rose.\n\nL'Oréal fell.",
    )
    path = tmp_path / name
    path.write_text(json.dumps({"text": text}) if "json" in name else text, "utf-8")
    [document] = read(*find([path]))
    assert isinstance(document, Document)
    assert document.text == meant
    assert document.regions == ((0, len(meant)),)


def test_the_headline_of_an_article_is_cleaned(tmp_path):
    """It is one line."""
    path = tmp_path / "a.json"
    path.write_text(
        json.dumps(
            {"title": "Foo &amp; Bar\n<br>rise\u00ad", "text": "It did.", "url": "https://a.example/?b&amp;c"}
        )
    )
    [document] = read(*find([path]))
    assert isinstance(document, Document)
    assert (document.title, document.text) == ("Foo & Bar rise", "Foo & Bar rise\n\nIt did.")
    assert document.url == "https://a.example/?b&amp;c"


def test_a_text_of_nothing_but_markup_is_empty(tmp_path):
    """The reason says so."""
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"text": "<p>&nbsp;</p><!-- nothing -->"}))
    [failure] = read(*find([path]))
    assert not isinstance(failure, Document)
    assert failure.kind == "empty"
