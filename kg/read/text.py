"""A text file as a document: its header, its title, and the regions of it that are prose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from kg.model import Document
from kg.read.clean import clean
from kg.read.content import ReadError
from kg.read.dates import iso

Region = tuple[int, int]

PLAIN_HEADER = re.compile(r"(?:(?:title|date|url|address|source|id):[^\n]*\n)++[ \t]*+\n", re.IGNORECASE)
# Between the marks stand `key: value`, lists and indented lines below a key, comments and blank lines: a
# horizontal rule above ordinary prose is not a header.
FRONT_MATTER = re.compile(r"---[ \t]*\n(?:(?:[\w-]++[ \t]*:|- |[ \t#])[^\n]*\n|\n)*+---[ \t]*(?:\n|\Z)")
FIELD = re.compile(r"^([\w-]+)[ \t]*:([^\n]*)", re.MULTILINE)
MEANINGS = {"published": "date", "address": "url", "source": "url"}

# What a browser shows of unclosed fences and comments is nothing, so they run to the end here too.
MARKUP = re.compile(
    r"""
      ^\ {0,3}(?P<fence>`{3,}|~{3,}) [^\n]*\n (?s:.*?) (?:^\ {0,3}(?P=fence)[`~]*[ \t]*$ | \Z)
    | <!-- (?s:.*?) (?:-->|\Z)
    | ^\ {0,3}(?P<marks>\#{1,6})[ \t]+(?P<heading>[^\n]*)
    | ^[ \t]*(?:\[?!\[[^\]\n]*\](?:\([^)\n]*\)|\[[^\]\n]*\])(?:\]\([^)\n]*\))?[ \t]*)+$
    """,
    re.MULTILINE | re.VERBOSE,
)

LINE = re.compile(r"\S[^\n]*")
SENTENCE_END = re.compile(r"[.!?][\"'”’»]*$")
LONGEST_TITLE = 300
SHORTEST_TITLE = 4  # words


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above the body, and where it ends. A region is the span of a value."""

    end: int = 0
    title: Region | None = None
    published: str = ""
    url: str = ""
    id: str = ""


def document(text: str, name: str, stem: str, *, markdown: bool = False) -> Document:
    r"""Make a document of a decoded text, cleaned; offsets count its code points, line ends included.

    `name` is its id unless the header gives one, `stem` its title where neither header nor text has one.
    Raises `ReadError` where no prose is left.

    >>> article = document("Title: Tern Labs grows\nDate: 2 May 2021\n\nTern Labs hired 40 people.\n", "a.txt", "a")
    >>> article.title, article.published
    ('Tern Labs grows', '2021-05-02')
    >>> [article.text[start:end] for start, end in article.regions]
    ['Tern Labs grows', 'Tern Labs hired 40 people.\n']
    """
    text = clean(text)
    # As long as the text, so that offsets agree, but with one kind of line end.
    flat = text.replace("\r\n", " \n").replace("\r", "\n")
    header = read_header(flat)
    heading, regions = read_markdown(flat, header.end) if markdown else ("", [(header.end, len(flat))])
    regions = [(start, end) for start, end in regions if flat[start:end].strip()]
    if not regions:
        what = "empty below its header" if header.end else "empty"
        raise ReadError(what, "give it text or leave it out", "empty")
    if header.title:
        title = flat[slice(*header.title)]
        regions.insert(0, header.title)
    else:
        title = heading or guess_title(flat, regions) or stem
    return Document(
        id=header.id or header.url or name,
        text=text,
        regions=tuple(regions),
        title=title,
        url=header.url,
        published=header.published,
    )


def read_header(flat: str) -> Header:
    """Read the header at the very top, front matter or plain lines; of a key given twice, the first counts."""
    front = FRONT_MATTER.match(flat)
    block = front or PLAIN_HEADER.match(flat)
    if not block:
        return Header()
    values: dict[str, Region] = {}
    for field in FIELD.finditer(flat, 0, block.end()):
        key = field[1].lower()
        start, end = trimmed(flat, *field.span(2), quoted=bool(front))
        if start < end:
            key = MEANINGS.get(key, key)
            # "Source: Evening Post" names no address; a later line may.
            if key != "url" or address(flat[start:end]):
                values.setdefault(key, (start, end))
    said = {key: flat[start:end] for key, (start, end) in values.items()}
    return Header(
        end=block.end(),
        title=values.get("title"),
        published=iso(said.get("date", "")),
        url=said.get("url", ""),
        id=said.get("id", ""),
    )


def trimmed(flat: str, start: int, end: int, *, quoted: bool) -> Region:
    """Narrow a value to what it says: no spaces around it and, in front matter, no quotation marks."""
    value = flat[start:end]
    start += len(value) - len(value.lstrip())
    value = value.strip()
    if quoted and len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return trimmed(flat, start + 1, start + len(value) - 1, quoted=False)
    return start, start + len(value)


def address(value: str) -> str:
    """Return the value where it is a web address or another absolute IRI with a host, else "".

    >>> address("https://news.example/1"), address("Evening Post")
    ('https://news.example/1', '')
    """
    return value if re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*://\S+", value) else ""


def read_markdown(flat: str, start: int) -> tuple[str, list[Region]]:
    """Return the first level-1 heading and the regions of prose.

    Code blocks, comments, image lines and the marks of headings are left out. A heading is a region of its
    own: no sentence runs from it into the paragraph below.
    """
    title, regions = "", []
    for markup in MARKUP.finditer(flat, start):
        regions.append((start, markup.start()))
        if markup["marks"]:
            regions.append(markup.span("heading"))
            if markup["marks"] == "#":
                title = title or markup["heading"].strip()
        start = markup.end()
    regions.append((start, len(flat)))
    return title, regions


def guess_title(flat: str, regions: list[Region]) -> str:
    r"""Return the first headline among the first five lines: four words or more, and no sentence; else "".

    >>> guess_title("Markets\nTern Labs opens second office\nIt did so on Monday.", [(0, 57)])
    'Tern Labs opens second office'
    """
    lines = (line[0].rstrip() for start, end in regions for line in LINE.finditer(flat, start, end))
    for line in islice(lines, 5):
        if (
            len(line) <= LONGEST_TITLE
            and len(line.split()) >= SHORTEST_TITLE
            and not SENTENCE_END.search(line)
        ):
            return line
    return ""
