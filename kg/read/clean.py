"""Text as its author meant it: HTML resolved, invisible characters gone, each letter written in one way."""

from __future__ import annotations

import html
import re
import unicodedata
from html.entities import html5

__all__ = ["clean"]

#: How often a text may have been escaped over again. Each pass takes a level off; none of a text that no program made.
_LEVELS = 8

_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details dialog div dl dt embed fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 head header hr html iframe li main menu nav noscript object ol option p"
    " pre section select summary table tbody td tfoot th thead title tr ul video".split()
)
_INLINE = frozenset(
    "a abbr acronym audio b bdi bdo big button canvas cite code data del dfn em font i img input ins kbd label link"
    " map mark meta param picture q s samp small source span strike strong sub sup svg time tt u var wbr".split()
)

# "AT&T;" and "?a=1&copy=2" are no references: the name must be one of HTML's, and the semicolon must be there.
# An escaped ampersand may begin the next one: "&amp;amp;lt;" is "<".
_REFERENCE = re.compile(
    r"&(?:(?:amp|AMP|\#0{0,5}38|\#[xX]0{0,4}26);)*(\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)
# Every alternative stops at the next place where it could begin, so that a text of unclosed ones takes linear time.
_TAG = re.compile(
    r"""
      <!--(?:[^<-]|-(?!->)|<(?!!--))*+-->
    | <!\[CDATA\[(?P<cdata>(?:[^<\]]|\](?!\]>)|<(?!!\[CDATA\[))*+)\]\]>
    | <(?:!DOCTYPE|\?xml)\b[^<>]*+>
    | <(?P<hidden>script|style|template)\b[^<>]*+>(?:[^<]|<(?!/?(?P=hidden)\b))*+</(?P=hidden)\s*+>
    # A mark for a footnote or a trade name, in superscript, is no part of the word before it.
    | (?<!\d)<sup\b[^<>]*+>\s*+(?:<a\b[^<>]*+>)?[\[(]?(?:\d{1,3}|TM|SM|[R®™*†])[\])]?(?:</a\s*+>)?\s*+</sup\s*+>
    # "a <b and c> d" is no tag: what follows the name are attributes, and one at least has a value.
    | </?(?P<name>NAMES)(?:\s*+/?>|(?=[\s/][^<>]*=)(?:(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+>|[^<>]*+>))
    """.replace("NAMES", "|".join(sorted(_BLOCKS | _INLINE, key=lambda name: (-len(name), name)))),
    re.VERBOSE | re.IGNORECASE,
)

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\ufeff\ufffc"
)
_LETTERS: dict[str, str] = {
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_INVISIBLE, ""),
    **dict.fromkeys("\u2010\u2011", "-"),
    **dict.fromkeys("\v\f\u2028", "\n"),
    "\u2029": "\n\n",
    "\u02bc": "’",
    **{ligature: unicodedata.normalize("NFKC", ligature) for ligature in "ﬀﬁﬂﬃﬄﬅﬆ"},
    # Letters, digits and signs of double width.
    **{chr(c + 0xFEE0): chr(c) for c in range(0x21, 0x7F) if chr(c).isalnum() or chr(c) in "$%&+"},
    "￥": "¥",
    # What stands where Unicode has control characters was Windows-1252 before somebody took it for Latin-1.
    **{
        chr(c): bytes([c]).decode("cp1252")
        for c in range(0x80, 0xA0)
        if c not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
    },
}
_TABLE = str.maketrans(_LETTERS)
_ODD = re.compile(f"[{re.escape(''.join(_LETTERS))}]")
_HYPHENATED = re.compile(r"\u00ad[ \t]*\r?\n[ \t]*(?=\w)")
# Joiners matter after the scripts of Asia and in emoji; elsewhere they are as good as nothing.
_JOINER = re.compile("(?<![\u0590-\u1fff\u2070-\U0010ffff])[\u200c\u200d]")


def clean(text: str) -> str:
    r"""Return a text as its author meant it; one that has nothing to clean is returned as it is.

    HTML's character references and tags are resolved, also where they were escaped twice; paragraphs, line breaks,
    list items and other blocks end with a blank line. Soft hyphens, characters of no width and marks of direction
    go, accents are composed (NFC), all spaces are plain ones. A "<" or "&" that is no markup stays.

    >>> clean("L&#39;Or&eacute;al bought <b>AT&amp;T</b> for &euro;40&nbsp;million.<br>a < b")
    "L'Oréal bought AT&T for €40 million.\n\na < b"
    >>> clean("Nor\u00adlyte, Socie\u0301te\u0301")
    'Norlyte, Société'
    """
    text = _plain(text)
    for _ in range(_LEVELS):
        if "&" not in text and "<" not in text:
            break
        resolved = _plain(_TAG.sub(_untagged, _REFERENCE.sub(_referred, text)))
        if resolved == text:
            break
        text = resolved
    return text


def _plain(text: str) -> str:
    """Write each letter in one way, and only what can be seen."""
    if _ODD.search(text):
        text = _HYPHENATED.sub("", text).translate(_TABLE)
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _JOINER.sub("", text))


def _referred(reference: re.Match[str]) -> str:
    name = reference[1]
    if name.startswith("#"):
        return html.unescape(f"&{name};")
    return html5.get(f"{name};", f"&{name};")


def _untagged(tag: re.Match[str]) -> str:
    if tag["cdata"]:
        return tag["cdata"]
    return "\n\n" if (tag["name"] or "").lower() in _BLOCKS else ""
