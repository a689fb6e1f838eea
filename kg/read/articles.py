"""JSON and JSON Lines as documents: one object is one article."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from kg.model import Document
from kg.read.clean import clean
from kg.read.content import JSON_LIMIT, LIMIT, Failure, ReadError, decode, lines, load, scalar, too_long
from kg.read.dates import iso
from kg.read.sources import Source
from kg.read.text import address, guess_title

GIVE_TEXT = 'give the object its words as "text" or "body"'


def read_json(source: Source) -> Iterator[Document | Failure]:
    """Yield the articles of a .json file: an array of objects, one object, or {"articles": [...]}.

    Raises `ReadError` where the file as a whole cannot be read.
    """
    text = decode(load(source.path, JSON_LIMIT, "write one object per line, to a .jsonl file"))
    if not text.strip():
        raise ReadError("empty", "give it articles or leave it out", "empty")
    items = listed(parse(text))
    if not items:
        raise ReadError("empty: it lists no article", "give it articles or leave it out", "empty")
    for number, item in enumerate(items, 1):
        yield article(item, source, number, f"item {number}")


def read_lines(source: Source) -> Iterator[Document | Failure]:
    """Yield the articles of a .jsonl file, one object per line; blank lines are passed over.

    A line that cannot be read gives a `Failure` and counts as an item. Raises `ReadError` where the file
    as a whole cannot be read.
    """
    number = 0
    for place, line in enumerate(lines(source.path), 1):
        found = read_line(line, source, number + 1, f"line {place}")
        if found is not None:
            number += 1
            yield found
    if not number:
        raise ReadError("empty", "give it articles or leave it out", "empty")


def read_line(line: bytes | ReadError, source: Source, number: int, where: str) -> Document | Failure | None:
    """Make a document of one line; a blank one, even if it holds the byte order mark, gives nothing."""
    name = f"{source.id}#{number}"
    if isinstance(line, ReadError):
        return line.failure(name, source.path, where)
    try:
        text = decode(line)
        if not text.strip():
            return None
        item = parse(text, one_line=True)
    except ReadError as error:
        return error.failure(name, source.path, where)
    return article(item, source, number, where)


def read_piped(text: str, source: Source) -> list[Document | Failure]:
    """Return the articles of a text that is JSON or JSON Lines from end to end, else nothing.

    It counts as such where all its items are objects and at least one has words: an article about JSON
    stays an article.
    """
    try:
        items = listed(parse(text))
    except ReadError:
        try:
            items = [parse(line, one_line=True) for line in text.split("\n") if line.strip()]
        except ReadError:
            return []
    if not all(isinstance(item, dict) for item in items):
        return []
    if not any("text" in item or "body" in item for item in items):
        return []
    return [article(item, source, number, f"item {number}") for number, item in enumerate(items, 1)]


def parse(text: str, *, one_line: bool = False) -> Any:
    """Parse JSON; raises `ReadError` with the place of the first mistake.

    >>> parse('[1, 2')
    Traceback (most recent call last):
    kg.read.content.ReadError: broken JSON (Expecting ',' delimiter, line 1 column 6): mend it with a JSON checker
    """
    mend = "mend or remove that line" if one_line else "mend it with a JSON checker"
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and not one_line:
            mend = "put the objects into one array, or one on each line of a .jsonl file"
        place = f"column {error.colno}" if one_line else f"line {error.lineno} column {error.colno}"
        raise ReadError(f"broken JSON ({error.msg}, {place})", mend) from error
    except RecursionError:
        raise ReadError("broken JSON (nested too deeply)", mend) from None
    except ValueError as error:  # a number of thousands of digits
        raise ReadError("broken JSON (a number is too long)", mend) from error


def listed(value: Any) -> list[Any]:
    """Return the items of a parsed file.

    >>> listed({"articles": [{"text": "a"}, {"text": "b"}]}) == listed([{"text": "a"}, {"text": "b"}])
    True
    """
    if (
        isinstance(value, dict)
        and isinstance(value.get("articles"), list)
        and not {"text", "body"} & value.keys()
    ):
        value = value["articles"]
    return value if isinstance(value, list) else [value]


def article(item: Any, source: Source, number: int, where: str) -> Document | Failure:
    """Make a document of one parsed item, or say why not."""
    name = f"{source.id}#{number}"
    if isinstance(item, dict):
        name = word(item, "id") or word(item, "url") or name
    try:
        return document(item, name)
    except ReadError as error:
        return error.failure(name, source.path, where)


def document(item: Any, name: str) -> Document:
    r"""Make a document of an object with `text` or `body` and, if it has them, title, url and date.

    A title that does not stand near the top of the text is put above it, and `body_start` says where the
    text begins. Raises `ReadError` for anything without words.

    >>> made = document({"title": "Tern Labs grows", "text": "It hired 40 people."}, "a#1")
    >>> made.text, made.body_start
    ('Tern Labs grows\n\nIt hired 40 people.', 17)
    >>> [made.text[start:end] for start, end in made.regions]
    ['Tern Labs grows', 'It hired 40 people.']
    """
    if not isinstance(item, dict):
        raise ReadError(f"not an article but {kind(item)}", 'write an object such as {"text": "..."}')
    body = words(item)
    title = " ".join(clean(word(item, "title")).split())
    start, regions = 0, [(0, len(body))]
    text = body
    if title and title not in body[:500]:
        start = len(title) + 2
        text = f"{title}\n\n{body}"
        regions = [(0, len(title)), (start, len(text))]
    size = len(text.encode())
    if size > LIMIT:
        raise too_long(size, LIMIT, "split it into articles")
    return Document(
        id=name,
        text=text,
        regions=tuple(regions),
        body_start=start,
        title=title or guess_title(body.replace("\r", "\n"), regions),
        url=address(word(item, "url")),
        published=iso(word(item, "published") or word(item, "date")),
    )


def words(item: Mapping[str, Any]) -> str:
    """Return the text of an article, cleaned; raises `ReadError` where there is none."""
    given = [item[key] for key in ("text", "body") if item.get(key) is not None]
    if not given:
        raise ReadError("no text", GIVE_TEXT)
    body = next((value for value in given if isinstance(value, str) and value.strip()), given[0])
    if not isinstance(body, str):
        raise ReadError(f"the text is {kind(body)}", GIVE_TEXT)
    if "\0" in body:
        raise ReadError(f"binary, not text (a NUL at character {body.index(chr(0)):,})", "give plain text")
    text = clean(scalar(body))
    if not text.strip():
        raise ReadError("empty", "give it text or leave it out", "empty")
    return text


def word(item: Mapping[str, Any], key: str) -> str:
    """Return a short value as text, without spaces around it; "" where it is neither text nor a number."""
    value = item.get(key)
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return scalar(str(value)).replace("\0", "\ufffd").strip()


def kind(value: Any) -> str:
    """Name the JSON type of a value, for people."""
    names = {dict: "an object", list: "an array", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
