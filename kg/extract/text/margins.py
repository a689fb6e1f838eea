"""What stands before and after the sentences of a paragraph and is no part of them."""

from __future__ import annotations

import re

from kg.extract.text.tokens import alternatives
from kg.vocabulary.language import Language

__all__ = ["Margins"]

# A list mark, a wire's prefix and a dateline may follow each other, and a prefix may come twice.
_MOST = 4
# Characters; the longest dateline names two places, a date and an agency.
_WIDEST = 160

_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+"
_NAME = r"[A-ZÀ-Þ][\w.'’-]+"
_DASH = r"(?:--|[-–—])"


_ITEM = r"(?:[•●▪■◦‣⁃∙·○►▶➤✓*>–—-]|\#{1,6}|\(?\d{1,3}[.)]|\(?[a-z]\)|\#\d{1,3}[.:]?)\s+(?=\S)"

_LISTED = re.compile(_ITEM)


class Margins:
    """Finds where the words of a line begin and end: after list marks, prefixes and datelines, before marks of a cut.

    >>> margins = Margins(Language.load())
    >>> line = "UPDATE 1-OSLO, June 5 (Reuters) - Tern Labs raised $12… [+1034 chars]"
    >>> start = margins.start(line)
    >>> line[start : margins.end(line, start)]
    'Tern Labs raised $12'
    """

    def __init__(self, language: Language) -> None:
        wires, agencies = language.words("segment.wires"), language.words("segment.agencies")
        agency = rf"(?:{alternatives(agencies)})(?:,\ [^()/\n]{{1,40}})?"
        signed = rf"(?:\({agency}\)|/{agency}\ ?/|--\ ?{agency}\ ?(?=--))"
        month = rf"(?:{alternatives(language.words('calendar.months'))})"
        # "June 5, 2024", "Monday, 5 June"
        date = rf"(?:{_NAME},?\ )?(?:{month}\.?\ \d{{1,2}}|\d{{1,2}}\ {month}\.?)(?:,?\ \d{{4}})?"
        titled = {wire.capitalize() for wire in wires if wire.isupper()}
        place = rf"{_NAME}(?:(?:\ |\ ?/\ ?|\ &\ |\ and\ ){_NAME}){{0,3}}(?:,\ {_NAME}(?:\ {_NAME})?){{0,2}}"
        begins = r"(?=[^\Wa-z_]|[\"“‘'«„$€£])"
        self._opening = re.compile(
            rf"""\s*(?:
              {_ITEM}
            | (?:{alternatives(wires)})(?:\ \d{{1,2}})?\ ?[-–—:|]\ ?(?=\S)
            | (?:{alternatives(titled)})(?::|\ [-–—|])\ (?=\S)
            # "OSLO, June 5 (Reuters) - ", "Oslo--(BUSINESS WIRE)--", "(AP) "
            | (?:{place},?)?(?:\ ?{date},?)?\ ?{_DASH}?\ ?{signed}\ ?(?:(?:{_DASH}|:)\s*|(?<=\s){begins})
            # "LONDON/PARIS -- ", "OSLO, June 5 - ", but not "OPEC – Saudi Arabia and its friends – met"
            | (?!.{{0,100}}\ {_DASH}\ [a-z]){_CAPITALS}(?:[\ /]{_CAPITALS}){{0,3}}(?:,\ [\w.]+(?:\ \w+)?)?(?:,\ {date})?
              (?:,?\ ?\([^():]{{2,40}}\))?\ ?{_DASH}\ {begins}
            # "Oslo, Norway – 5 June 2024 – ", "Oslo, June 5, 2024: "
            | {place}(?:,|\ ?{_DASH})?\ {date}\ ?(?:{_DASH}|:)\ {begins}
            )""",
            re.VERBOSE,
        )
        alone = alternatives(language.words("segment.cut_alone"))
        link = rf"(?i:{alternatives(language.words('segment.cut'))})\b[^.!?\n]{{0,80}}"
        dots = r"(?:…|\.\.\.+|\[\s?(?:…|\.\.\.+)\s?\])"
        bracket = rf"[\[(]\s?(?:\+\ ?\d+\ chars|(?i:{alone})|{link})[\s.…]*[\])]"
        self._cut = re.compile(
            rf"\s*(?:{dots}\s*(?:{bracket}|{link}|(?i:{alone})|{dots})?|{bracket})[\s.»→>]*$", re.VERBOSE
        )

    def start(self, line: str) -> int:
        """Return where the words of a line begin: after list marks, prefixes of news agencies, and datelines."""
        at = 0
        for _ in range(_MOST):
            opening = self._opening.match(line, at, at + _WIDEST)
            if not opening or opening.end() == at or opening.end() == len(line):
                break
            at = opening.end()
        return at

    def item(self, text: str) -> int:
        """Return where the words of a sentence inside of a line begin: after the mark of an item."""
        mark = _LISTED.match(text)
        return mark.end() if mark else 0

    def end(self, line: str, start: int = 0) -> int:
        """Return where the words of a line end: before the mark that says that the text was cut off there."""
        found = self._cut.search(line, max(start, len(line) - _WIDEST))
        return found.start() if found else len(line)
