"""What cannot be read gives a failure with a reason; nothing raises, nothing hangs."""

import tempfile
from pathlib import Path

import pytest
from growth import grows_linearly
from hypothesis import example, given
from hypothesis import strategies as st

from kg.model import Document
from kg.read import LIMIT, Failure, find, read


def failed(path, data):
    path.write_bytes(data)
    (failure,) = read(*find([path]))
    assert isinstance(failure, Failure), failure
    assert failure.path == str(path)
    assert failure.id == path.name
    assert "\n" not in failure.reason
    return failure


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04\x00\x01", "binary, not text (a NUL byte at offset 4)"),
        (b"caf\xe9 Z\xfcrich", "not UTF-8 (byte 0xe9 at offset 3)"),
        (b"\xef\xbb\xbfab\xff", "not UTF-8 (byte 0xff at offset 5)"),
        (b"\xff\xfea", "not UTF-16"),
        (b"\xff\xfea\x00\x00\x00", "binary"),
        ("Tern Labs".encode("utf-32"), "binary"),
    ],
)
def test_bytes_that_are_no_text(tmp_path, data, said):
    """The reason gives the byte and its offset in the file."""
    failure = failed(tmp_path / "a.txt", data)
    assert failure.reason.startswith(said)
    assert failure.kind == "failed"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b""),
        ("a.txt", b" \r\n\t\xc2\xa0"),
        ("a.txt", b"Title: Only a header\n\n"),
        ("a.md", b"```\ncode\n```\n<!-- and never closed"),
        ("a.jsonl", b"\n\n"),
    ],
)
def test_empty_articles_are_told_apart(tmp_path, name, data):
    """They are of kind empty, and their reason says so first."""
    failure = failed(tmp_path / name, data)
    assert failure.kind == "empty"
    assert failure.reason.startswith("empty")


def test_a_file_past_the_limit_is_not_read(tmp_path):
    """A sparse file of 200 GB would not fit into memory; the reason has the size and the limit."""
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000_000)
    (failure,) = read(*find([path]))
    assert isinstance(failure, Failure)
    assert failure.reason.startswith("too long (200,000,000,000 bytes, the limit is 5,000,000)")


def test_the_limit_itself_is_allowed(tmp_path):
    """One byte more is not."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * LIMIT)
    assert isinstance(next(read(*find([path]))), Document)
    assert failed(path, b"a" * (LIMIT + 1)).reason.startswith("too long (5,000,001 bytes")


def test_the_limit_holds_for_each_article_of_a_json_file(tmp_path):
    """The file may be longer, and a line past every limit is passed over."""
    text, long = '{"text": "' + "a" * (LIMIT - 10) + '"}', '{"text": "' + "a" * LIMIT + 'a"}'
    endless = '{"text": "' + "a" * 45_000_000 + '"}'
    path = tmp_path / "a.jsonl"
    path.write_text(f"{text}\n{long}\n{endless}\n{text}")
    first, second, third, fourth = read(*find([path]))
    assert isinstance(first, Document)
    assert isinstance(fourth, Document)
    assert isinstance(second, Failure)
    assert isinstance(third, Failure)
    assert second.reason.startswith("too long (5,000,001 bytes, the limit is 5,000,000) in line 2")
    assert third.reason.startswith("too long (more than 40,000,000 bytes")
    assert fourth.id == "a.jsonl#4"


@pytest.mark.parametrize("name", ["a.txt", "a.json", "a.jsonl"])
@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(13, "Permission denied"), "permission denied"),
        (OSError(5, "Input/output error"), "Input"),
    ],
)
def test_what_the_system_refuses(tmp_path, monkeypatch, name, error, said):
    """A foreign error becomes a reason."""
    path = tmp_path / name
    path.write_text("{}")
    (source,) = find([path])

    def refuse(*_args, **_kwargs):
        raise error

    monkeypatch.setattr(Path, "open", refuse)
    (failure,) = read(source)
    assert isinstance(failure, Failure)
    assert said in failure.reason


@pytest.mark.parametrize("name", ["a.txt", "a.json", "a.jsonl"])
def test_a_file_that_vanished(tmp_path, name):
    """It was there when the folder was listed."""
    path = tmp_path / name
    path.touch()
    (source,) = find([path])
    path.unlink()
    (failure,) = read(source)
    assert isinstance(failure, Failure)
    assert failure.reason.startswith("the file is gone")


@pytest.mark.parametrize(
    "unit",
    [
        "<!--",
        "```\n",
        "~~~x\n",
        "# \n",
        "![",
        "[![a](b)",
        "   ",
        "\t\n",
        "---\n",
        "a: b\n",
        "Title: x\n",
        "- \n",
        "'",
    ],
)
@pytest.mark.parametrize("start", ["", "---\n", "Title: "])
def test_no_text_takes_long(tmp_path, unit, start):
    """A megabyte of the worst takes about twice as long as half of it: no pattern is quadratic."""
    path = tmp_path / "a.md"

    def work(size):
        path.write_text(start + unit * (size // len(unit)) + "\nEnd.")
        assert len(list(read(*find([path])))) == 1

    assert grows_linearly(work, 500_000)


snippets = st.sampled_from(
    [
        b"Title: a b c d\n",
        b"---\n",
        b"\n",
        b"\r\n",
        b"\r",
        b"# ",
        b"```",
        b"<!--",
        b"-->",
        b"![a](b)",
        b"\xef\xbb\xbf",
        b"Id: 1\n",
        b'{"text": "a b"}',
        b'{"articles": [',
        b"[",
        b"]",
        b"}",
        b",",
        b"\xff\xfe",
        b"\0",
        b"caf\xc3\xa9",
    ]
)


@given(
    st.binary() | st.lists(snippets | st.binary(max_size=4), max_size=12).map(b"".join),
    st.sampled_from(["a.txt", "a.md", "a.json", "a.jsonl", "a"]),
)
@example(b'{"text": "a", "title": 1e400, "id": NaN}', "a.json")
def test_any_bytes_give_documents_or_failures(data, name):
    """Every region lies within the text, in order, and every string can be written as UTF-8."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        (source,) = find([path])
        found = list(read(source))
        assert found == list(read(source))
    assert found
    for item in found:
        if isinstance(item, Failure):
            assert item.reason.startswith("empty") == (item.kind == "empty")
            assert "\n" not in item.reason
            continue
        assert item.id
        item_text = f"{item.id}\n{item.text}\n{item.title}\n{item.url}"
        assert item_text.encode().decode() == item_text
        assert item.regions == tuple(sorted(item.regions))
        spans = [0, *(offset for region in item.regions for offset in region), len(item.text)]
        assert spans == sorted(spans)
        assert all(item.text[start:end].strip() for start, end in item.regions)


def test_a_web_page_is_not_taken_for_its_text(tmp_path: Path) -> None:
    """Markup is no sentence: the page is a failure that says what to do."""
    page = tmp_path / "page.html"
    page.write_text(
        "<!DOCTYPE html>\n<html><body><p>Veloquent acquired Brightmere.</p></body></html>", "utf-8"
    )
    [failure] = read(find([page])[0])
    assert isinstance(failure, Failure)
    assert "HTML" in failure.reason
