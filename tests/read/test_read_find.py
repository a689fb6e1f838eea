"""Arguments become a sorted list of sources that depends on nothing but what they name."""

import os
import random
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.read import Failure, Source, find, read


def write(path, text="Northwind Robotics opened an office."):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def ids(paths):
    return [source.id for source in find(paths)]


def test_a_folder_gives_its_articles_at_any_depth(tmp_path):
    """Only the known suffixes, in either case; hidden files and folders are passed over."""
    for name in ("b.txt", "a/c.MD", "a/d/e.jsonl", "f.json", "g.markdown"):
        write(tmp_path / name)
    for name in ("x.csv", "README", ".hidden.txt", ".git/y.txt", "a/.cache/z.md"):
        write(tmp_path / name)
    assert ids([tmp_path]) == ["a/c.MD", "a/d/e.jsonl", "b.txt", "f.json", "g.markdown"]


def test_a_source_tells_where_it_came_from(tmp_path, monkeypatch):
    """The path is as given or found, the root absolute."""
    write(tmp_path / "news" / "a.txt")
    monkeypatch.chdir(tmp_path)
    root = tmp_path.resolve()
    assert find(["news"]) == [Source(str(Path("news", "a.txt")), str(root / "news"), "a.txt")]
    assert find(["news/a.txt"]) == [Source("news/a.txt", str(root / "news" / "a.txt"), "a.txt")]
    assert find(["-"]) == find([Path("-"), "-"]) == [Source("-", "-", "-")]
    assert find([]) == []


def test_a_file_by_name_may_have_any_suffix_or_be_hidden(tmp_path):
    """Who names a file means it."""
    files = [write(tmp_path / name) for name in ("press.release", ".draft", "README")]
    assert ids(files) == [".draft", "README", "press.release"]


def test_a_file_reached_twice_is_read_once(tmp_path):
    """The id comes from the outermost folder, whatever else was given."""
    file = write(tmp_path / "a" / "b" / "c.txt")
    for paths in ([file, tmp_path], [tmp_path, file.parent], [file.parent, file, tmp_path]):
        assert ids(paths) == ["a/b/c.txt"]
    assert ids([file, file.parent]) == ["c.txt"]


def test_the_same_name_in_two_folders_is_two_sources(tmp_path):
    """They share an id, which is the name, but not a path."""
    files = [write(tmp_path / name / "a.txt") for name in "xy"]
    assert [(source.id, source.path) for source in find(files)] == [("a.txt", str(file)) for file in files]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("absent.txt", "no such file or folder"),
        ("folder", r"no articles \(\.txt, \.md, \.json, \.jsonl\) in "),
    ],
)
def test_nothing_there_is_an_input_error(tmp_path, name, message):
    """The message names the path and the way out, on one line."""
    write(tmp_path / "folder" / "table.csv")
    with pytest.raises(InputError, match=message + ".*" + re.escape(name)) as caught:
        find([tmp_path / name])
    assert "\n" not in str(caught.value)


def test_odd_paths_are_input_errors_too(tmp_path):
    """Names with line ends, zeros and impossible lengths, and paths below a file."""
    file = write(tmp_path / "a.txt")
    for odd in ("two\nlines", "ze\0ro", "x" * 5000, file / "below"):
        with pytest.raises(InputError) as caught:
            find([odd])
        assert "\n" not in str(caught.value)


def test_a_broken_link_is_reported_when_read(tmp_path):
    """It is listed, because passing it over would hide it; links to folders are not followed."""
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    (source,) = find([tmp_path])
    (failure,) = read(source)
    assert isinstance(failure, Failure)
    assert (failure.id, failure.kind) == ("gone.txt", "failed")


def test_a_pipe_in_a_folder_is_passed_over(tmp_path):
    """Opening it would wait for ever."""
    write(tmp_path / "a.txt")
    os.mkfifo(tmp_path / "b.txt")
    assert ids([tmp_path]) == ["a.txt"]


def test_a_folder_that_cannot_be_listed(tmp_path, monkeypatch):
    """A subfolder becomes a failure of its own, the folder given is an error."""
    write(tmp_path / "a.txt")
    write(tmp_path / "closed" / "b.txt")
    scandir = os.scandir

    def denied(path):
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", denied)
    sources = find([tmp_path])
    assert [source.id for source in sources] == ["a.txt", "closed"]
    (failure,) = read(sources[1])
    assert isinstance(failure, Failure)
    assert "folder" in failure.reason
    with pytest.raises(InputError, match="cannot list the folder"):
        find([tmp_path / "closed"])


def test_a_file_name_that_is_not_utf_8(tmp_path):
    """The id and the title can be written as UTF-8, and the file is read."""
    name = os.fsdecode(b"caf\xe9.txt")
    try:
        write(tmp_path / name)
    except OSError:
        pytest.skip("this file system has only UTF-8 names")
    (source,) = find([tmp_path])
    assert source.id.encode() == rb"caf\udce9.txt"
    (article,) = read(source)
    assert article.id == source.id
    assert article.title == "caf\ufffd"


@given(st.lists(st.sampled_from(["a", "a/b", "a/b/c.txt", "a/d.md", "e.txt", "-"]), min_size=1), st.randoms())
def test_the_order_of_arguments_changes_nothing(names, rng: random.Random):
    """Nor does giving one of them twice."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("a/b/c.txt", "a/d.md", "e.txt"):
            write(Path(folder, name))
        paths = [name if name == "-" else str(Path(folder, name)) for name in names]
        shuffled = paths + paths[:1]
        rng.shuffle(shuffled)
        assert find(paths) == find(shuffled)
