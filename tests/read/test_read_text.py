"""Text and Markdown files: header, title, regions, and offsets that point into the file."""

import pytest

from kg.model import Document
from kg.read import find, read


@pytest.fixture
def article(tmp_path):
    """Return a function that writes one file and reads it."""

    def make(text, name="office.txt"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        (document,) = read(*find([path]))
        assert isinstance(document, Document), document
        return document

    return make


def prose(document):
    return [document.text[start:end] for start, end in document.regions]


def test_a_plain_text_is_kept_as_it_is(article):
    """The text is the whole file and all of it prose."""
    text = "Tern Labs opens second office\n\nIt hired 40 people.\n"
    document = article(text)
    assert (document.id, document.text, document.body_start) == ("office.txt", text, 0)
    assert document.regions == ((0, len(text)),)
    assert (document.title, document.url, document.published) == ("Tern Labs opens second office", "", "")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("front", [False, True])
def test_a_header_is_read_whatever_the_line_ends(article, end, front):
    """Line ends stay in the text, and no value holds a piece of one."""
    fields = [
        "TITLE:  Tern Labs opens second office ",
        "Date: 2 May 2021",
        "url: https://news.example/7",
        "Id: 7",
    ]
    lines = ["---", *fields, "---"] if front else [*fields, ""]
    body = f"Tern Labs hired 40 people.{end}They start in June.{end}"
    document = article(end.join(lines) + end + body)
    assert document.title == "Tern Labs opens second office"
    assert (document.id, document.published, document.url) == ("7", "2021-05-02", "https://news.example/7")
    assert prose(document) == [document.title, body]
    assert document.text.startswith(lines[0] + end)


def test_an_article_is_known_by_its_address_where_it_gives_no_id(article):
    """The id is the one that is given, else the address, else the path."""
    assert article("URL: https://news.example/7\n\nIt rained.").id == "https://news.example/7"
    assert article("URL: https://news.example/7\nId: 7\n\nIt rained.").id == "7"


def test_a_byte_order_mark_is_not_text(article):
    """UTF-8 and UTF-16 with a mark give the same document."""
    text = "Date: 2021-05-02\n\n" + "Café Zürich sold 3 \N{ROCKET} tickets."
    marked = [text.encode("utf-8-sig"), text.encode("utf-16"), b"\xfe\xff" + text.encode("utf-16-be")]
    assert {article(data) for data in marked} == {article(text)}
    assert article(text).published == "2021-05-02"


def test_front_matter_may_hold_more_than_we_read(article):
    """Lists, comments and unknown keys are passed over; quotation marks around a value are not part of it."""
    document = article(
        "---\n# kept by hand\ntags:\n  - deals\n- x\nTitle: \"A 'new' day\"\n\nauthor: N. N.\n---\nBody."
    )
    assert document.title == "A 'new' day"
    assert prose(document) == ["A 'new' day", "Body."]


@pytest.mark.parametrize(
    "text",
    [
        "Title: no blank line below\nTern Labs grows.",
        "Title: one other key\nAuthor: N. N.\n\nTern Labs grows.",
        "\nTitle: not at the very top\n\nTern Labs grows.",
        "---\nA horizontal rule opens this article.\n---\nTern Labs grows.",
        "---\nTitle: never closed\n\nTern Labs grows.",
        "Dateline: Berlin\n\nTern Labs grows.",
    ],
)
def test_what_only_looks_like_a_header_is_prose(article, text):
    """Rather a header read as prose than prose lost."""
    assert article(text).regions == ((0, len(text)),)


def test_a_source_without_an_address_is_no_url(article):
    """The name of a newspaper is part of the header all the same; the next address counts."""
    assert article("Source: Evening Post\n\nTern Labs grows.").url == ""
    document = article("Source: Evening Post\nAddress: https://post.example/a\n\nTern Labs grows.")
    assert document.url == "https://post.example/a"
    assert prose(document) == ["Tern Labs grows."]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Markets\n\nTern Labs opens second office\nIt did.", "Tern Labs opens second office"),
        ("Tern Labs opened an office. \nGrowth at Tern Labs slows", "Growth at Tern Labs slows"),
        ("“We are glad to grow.”\nGrowth at Tern Labs slows", "Growth at Tern Labs slows"),
        ("One\n\nTwo\nThree\nFour\nFive\nThe sixth line is too late", "office"),
        ("Tern Labs grows", "office"),
        ("no line end and very long " * 20, "office"),
    ],
)
def test_the_title_is_guessed_from_the_first_lines(article, text, title):
    """Four words or more, no sentence, among the first five lines; else the file's stem."""
    assert article(text).title == title


def test_markdown_leaves_its_markup_out_of_the_prose(article):
    """Heading marks, code, comments and image lines; a heading is a region of its own."""
    text = (
        "![logo](logo.png)\n# Tern Labs grows\n\nIt hired 40 people <!-- 41\n\n? -->in May.\n"
        "## Outlook\n```python\n# not a heading\n```\n[![a](b.png)](c)\nSales may rise, see ![chart](d.png).\n"
    )
    document = article(text.replace("\n", "\r\n"), "a.md")
    assert document.title == "Tern Labs grows"
    assert [piece.strip() for piece in prose(document)] == [
        "Tern Labs grows",
        "It hired 40 people in May.",
        "Outlook",
        "Sales may rise, see ![chart](d.png).",
    ]


def test_markdown_takes_the_title_from_the_header_first(article):
    """Then from the first level-1 heading, then from the first lines."""
    header = "---\ntitle: From the header\n---\n"
    assert article(header + "# From the heading\nText.", "a.markdown").title == "From the header"
    assert article("## Small\n# From the heading\nText.", "a.md").title == "From the heading"
    assert (
        article("## Small\nTern Labs opens second office\n", "a.md").title == "Tern Labs opens second office"
    )
    assert article("Text.", "stem.md").title == "stem"


def test_a_text_file_knows_no_markdown(article):
    """A line that starts with # is prose there."""
    text = "# 1 of 3: a story in numbers\n```\n"
    assert article(text, "a.txt").regions == ((0, len(text)),)


def test_control_characters_stay(article):
    """Only a NUL makes a file binary; those that mean a new line or another character are read as that."""
    text = "Tern\x1f Labs grew\tin May.\x07"
    assert article(text).text == text
