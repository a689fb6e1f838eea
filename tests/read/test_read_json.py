"""JSON, JSON Lines and standard input: many articles from one source."""

import io
import json
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document
from kg.read import Failure, Source, find, read
from kg.read.clean import clean

TERN = {
    "id": 7,
    "title": "Tern Labs grows",
    "text": "It hired 40 people.",
    "published": "2021-05-02T08:00:00Z",
}


@pytest.fixture
def articles(tmp_path):
    """Return a function that writes one file and reads it."""

    def make(content, name="articles.json"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return list(read(*find([path])))

    return make


@pytest.fixture
def piped(monkeypatch):
    """Return a function that reads bytes from standard input."""

    def make(data):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        return list(read(*find(["-"])))

    return make


def test_the_three_shapes_of_a_json_file(articles):
    """An array, one object, or an object with a list of articles."""
    expected = Document(
        id="7",
        text="Tern Labs grows\n\nIt hired 40 people.",
        regions=((0, 15), (17, 36)),
        body_start=17,
        title="Tern Labs grows",
        published="2021-05-02",
    )
    for shape in ([TERN], TERN, {"articles": [TERN], "page": 1}):
        assert articles(shape) == [expected]
    assert articles(json.dumps(TERN).encode("utf-16")) == [expected]
    assert articles(b"\xef\xbb\xbf\n" + json.dumps(TERN).encode() + b"\r\n\n", "a.jsonl") == [expected]
    assert articles(json.dumps(TERN).encode("utf-16"), "b.jsonl") == [expected]


def test_a_title_that_the_text_holds_is_not_repeated(articles):
    """Offsets then are those of the text that was given."""
    text = "BERLIN\r\nTern Labs grows\r\nIt hired 40 people."
    (document,) = articles({"title": " Tern Labs grows ", "body": text})
    assert (document.text, document.regions, document.body_start) == (text, ((0, len(text)),), 0)
    assert document.title == "Tern Labs grows"


def test_an_id_is_given_or_the_address_or_the_place(articles):
    """Items are counted from one; a value that is no name is passed over."""
    items = [
        {"text": "a", "id": " x1 ", "url": "https://news.example/1"},
        {"text": "b", "url": "https://news.example/2"},
        {"text": "c", "id": None, "url": ""},
        {"text": "d", "id": True},
        {"text": "e", "id": 0},
    ]
    documents = articles(items)
    assert [document.id for document in documents] == [
        "x1",
        "https://news.example/2",
        "articles.json#3",
        "articles.json#4",
        "0",
    ]
    assert documents[0].url == "https://news.example/1"


def test_a_file_below_a_folder_numbers_its_articles_by_its_path(tmp_path):
    """Two files of the same name in two folders do not share ids."""
    for name in "xy":
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.json").write_text('[{"text": "Tern Labs grows."}]')
    documents = [document for source in find([tmp_path]) for document in read(source)]
    assert [document.id for document in documents] == ["x/a.json#1", "y/a.json#1"]


def test_text_is_the_first_of_text_and_body_with_words(articles):
    """The date may be called date, too."""
    (document,) = articles({"text": " ", "body": "Tern Labs grows.", "date": 2021})
    assert (document.text, document.published, document.title) == ("Tern Labs grows.", "2021", "")


def test_one_bad_item_costs_no_other(articles):
    """Each failure names its place, and each item keeps its number."""
    good = json.dumps({"text": "Tern Labs grows."}).encode()
    lines = [
        good,
        b"",
        b'{"text": ',
        b'{"text": "caf\xe9"}',
        b"[]",
        b'{"id": "n", "title": "t"}',
        b'{"text": ""}',
        good,
    ]
    found = articles(b"\n".join(lines), "a.jsonl")
    assert [(type(item), item.id) for item in found] == [
        (Document, "a.jsonl#1"),
        (Failure, "a.jsonl#2"),
        (Failure, "a.jsonl#3"),
        (Failure, "a.jsonl#4"),
        (Failure, "n"),
        (Failure, "a.jsonl#6"),
        (Document, "a.jsonl#7"),
    ]
    failures = [item for item in found if isinstance(item, Failure)]
    assert [failure.kind for failure in failures] == ["failed"] * 4 + ["empty"]
    for failure, place, said in zip(
        failures,
        (3, 4, 5, 6, 7),
        ("broken JSON", "0xe9 at offset 13", "an array", "no text", "empty"),
        strict=True,
    ):
        assert f"in line {place}: " in failure.reason
        assert said in failure.reason


def test_an_item_of_an_array_that_is_no_article(articles):
    """The reason names the item."""
    found = articles([TERN, 3, {"text": ["a"]}, {"text": "a\0b"}, None])
    assert [failure.reason.split(":")[0] for failure in found[1:]] == [
        "not an article but a number in item 2",
        "the text is an array in item 3",
        "binary, not text (a NUL at character 1) in item 4",
        "not an article but null in item 5",
    ]


def test_half_a_surrogate_pair_does_not_reach_the_document(articles):
    """JSON can write one, UTF-8 cannot; the length stays."""
    (document,) = articles(b'{"id": "\\ud800", "text": "a\\udc00b \\ud83d\\ude80"}')
    assert (document.id, document.text) == ("\ufffd", "a\ufffdb \N{ROCKET}")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'[{"text": "a"}, ', "broken JSON (Expecting value, line 1 column 17)"),
        (b'{"text": "a"}\n{"text": "b"}\n', ".jsonl"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"text": ' + b"1" * 5000 + b"}", "a number is too long"),
    ],
)
def test_a_broken_json_file_is_one_failure(articles, content, said):
    """The reason says where, or how to mend it."""
    (failure,) = articles(content)
    assert isinstance(failure, Failure)
    assert failure.id == "articles.json"
    assert said in failure.reason


@pytest.mark.parametrize("content", [b"", b" \n", b"[]", b'{"articles": []}'])
def test_a_json_file_without_articles_is_empty(articles, content):
    """Empty is not the same as failed."""
    (failure,) = articles(content)
    assert isinstance(failure, Failure)
    assert failure.kind == "empty"
    assert failure.reason.startswith("empty")


def test_standard_input_is_named_by_its_content(piped):
    """The same article has the same id, unless its header gives one."""
    data = "Tern Labs opens an office in Zürich.\r\n".encode()
    (document,) = piped(data)
    assert document.id == f"stdin-{sha256(data).hexdigest()[:12]}"
    assert (document.text, document.title) == (data.decode(), "")
    assert piped(b"Id: 7\n\nTern Labs grows.")[0].id == "7"
    (failure,) = piped(b" ")
    assert (failure.id, failure.kind) == (f"stdin-{sha256(b' ').hexdigest()[:12]}", "empty")


def test_standard_input_may_be_json(piped):
    """An array, one object, or objects line by line."""
    one, two = {"text": "Tern Labs grows."}, {"id": 2, "text": "Tern Labs shrinks."}
    data = json.dumps([one, two, {"id": 3}]).encode()
    prefix = f"stdin-{sha256(data).hexdigest()[:12]}"
    assert [item.id for item in piped(data)] == [f"{prefix}#1", "2", "3"]
    by_line = json.dumps(one) + "\n\n" + json.dumps(two) + "\n"
    assert [item.text for item in piped(by_line.encode())] == [one["text"], two["text"]]


@pytest.mark.parametrize(
    "text", ["[Berlin] Tern Labs grows.", '{"a": 1}', "[1, 2]", "[]", '{"text": "a"} grows']
)
def test_brackets_alone_make_no_json_of_standard_input(piped, text):
    """Unless all of it parses as articles it is a text."""
    assert [item.text for item in piped(text.encode())] == [text]


def test_no_standard_input(monkeypatch):
    """A process may have none."""
    monkeypatch.setattr(sys, "stdin", None)
    (failure,) = read(Source("-", "-", "-"))
    assert isinstance(failure, Failure)
    assert failure.reason.startswith("no standard input")


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)


@given(*[words.filter(lambda text: clean(text.strip()).strip())] * 2)
def test_the_regions_of_a_json_article_are_its_title_and_body(title, body):
    """Whatever characters they hold; but for what `clean` mends, nothing is translated."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.json")
        path.write_text(json.dumps({"title": title, "text": body}))
        (document,) = read(*find([path]))
    assert isinstance(document, Document)
    pieces = [document.text[start:end] for start, end in document.regions]
    title, body = " ".join(clean(title.strip()).split()), clean(body)
    assert pieces == ([body] if title in body[:500] else [title, body])
    assert document.text[document.body_start :] == body
