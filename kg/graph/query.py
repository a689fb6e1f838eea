"""SPARQL: named queries with typed parameters, and any other read-only query.

A named query is a file `queries/NAME.rq` in the grlc convention: a `#+ summary:` line on top, and
parameters that are ordinary variables, `?_company` or `?_min_decimal`, so that the file also runs as it
stands in any other tool. A parameter's value is put in as an RDF term, never as text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError, UsageError
from kg.iris import PREFIXES, XSD
from kg.vocabulary import folder

__all__ = ["NamedQuery", "named_queries", "run"]

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\r\n]*)
    |(?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
    |(?P<string>'''(?:\\.|[^\\])*?'''|\"\"\"(?:\\.|[^\\])*?\"\"\"|'(?:\\.|[^'\\\r\n])*'|"(?:\\.|[^"\\\r\n])*")
    |(?P<escape>\\.)
    |(?P<variable>[?$]\w+)
    |(?P<bracket>[(){}\[\]!])""",
    re.VERBOSE | re.DOTALL,
)
_QUOTED = {"comment", "iri", "string"}
# Measured: past 1,600 levels, or 20,000 characters of one chain (1+1+1...), the engine overflows its stack.
_DEEPEST = 200
# The rows of VALUES are data, however many: the engine reads them one after the other.
_DATA = re.compile(r"\bVALUES\s*(?:[?$]\w+|\([?$\w\s]*\))\s*\{[^{}]*\}", re.IGNORECASE)
_LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question that comes with kg: its name, what it answers, its text."""

    name: str
    summary: str
    text: str

    @property
    def parameters(self) -> list[str]:
        """The names that `-p name=value` may set, without the type.

        >>> named_queries()["funding-rounds"].parameters
        ['company', 'min']
        """
        return sorted({_split(v)[0] for v in _parameters(self.text)})


def named_queries(path: Path | None = None) -> dict[str, NamedQuery]:
    """Read the queries of a folder, by default of the one that comes with kg.

    >>> "acquisitions" in named_queries()
    True
    """
    found = {}
    for file in sorted((path or folder("queries")).glob("*.rq")):
        text = file.read_text("utf-8")
        summary = re.search(r"^#\+ summary: *(.+)$", text, re.MULTILINE)
        found[file.stem] = NamedQuery(file.stem, summary[1].strip() if summary else "", text)
    return found


def load(question: str) -> str:
    """Return the text of a query given by name, by file or as SPARQL itself.

    Raises UsageError for a name that nothing has, InputError for a file that cannot be read.
    """
    queries = named_queries()
    if question in queries:
        return queries[question].text
    sparql = re.search(r"[\s{]", question.strip())
    if question.endswith((".rq", ".sparql")) or (not sparql and Path(question).exists()):
        try:
            return Path(question).read_text("utf-8-sig")
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "not UTF-8 text"
            raise InputError(
                f"{question}: cannot be read ({reason}); give a file with a SPARQL query"
            ) from error
    if sparql:
        return question
    close = get_close_matches(question, queries, n=1)
    hint = f"did you mean {close[0]}?" if close else "`kg query` alone lists the names"
    raise UsageError(f"{question}: no such named query; {hint}")


def run(
    store: ox.Store, text: str, parameters: Mapping[str, str] | None = None
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Answer a query over all named graphs together; well-known prefixes need no declaration.

    The rows are found while they are read. Raises UsageError for a fault in the query, an unknown parameter,
    SERVICE, nesting deeper than 200 levels, or more than 10,000 characters outside strings, comments and the rows of VALUES.

    >>> rows = run(ox.Store(), "SELECT (1 + ?_n_integer AS ?x) {}", {"n": "2"})
    >>> [row["x"].value for row in rows]
    ['3']
    """
    text = _offline(_bind(text, dict(parameters or {})))
    _refuse_excess(text)
    try:
        return store.query(text, prefixes=PREFIXES, use_default_graph_as_union=True)
    except SyntaxError as error:
        raise UsageError(_explain(error, text)) from error
    except RuntimeError as error:
        if "Corruption" in str(error):
            raise
        raise UsageError(f"query: {error}") from error


def _parameters(text: str) -> set[str]:
    return {t[0][1:] for t in _TOKEN.finditer(text) if t.lastgroup == "variable" and t[0][1] == "_"}


def _split(variable: str) -> tuple[str, str]:
    """Split a parameter's variable into its name and type: `_min_decimal` -> `min`, `decimal`."""
    name = variable.lstrip("_")
    head, _, kind = name.rpartition("_")
    return (head, kind) if head and kind in {"iri", "integer", "decimal", "date"} else (name, "string")


def _bind(text: str, parameters: dict[str, str]) -> str:
    known = {_split(v)[0]: v for v in _parameters(text)}
    for name in parameters:
        if name not in known:
            names = ", ".join(sorted(known)) or "none"
            raise UsageError(f"-p {name}: the query has no such parameter; it has: {names}")
    terms = {known[name]: _term(name, _split(known[name])[1], value) for name, value in parameters.items()}

    def put(match: re.Match[str]) -> str:
        return terms.get(match[0][1:], match[0]) if match.lastgroup == "variable" else match[0]

    return _TOKEN.sub(put, text)


def _term(name: str, kind: str, value: str) -> str:
    try:
        if kind == "iri":
            return str(ox.NamedNode(value))
        if kind == "string":
            return str(ox.Literal(value))
    except ValueError as error:
        raise UsageError(f"-p {name}: {value!r} is not an {kind} ({error})") from error
    if not re.fullmatch(
        {"integer": r"[+-]?\d+", "decimal": r"[+-]?\d+(\.\d+)?", "date": r"\d{4}-\d\d-\d\d"}[kind], value
    ):
        raise UsageError(f"-p {name}: {value!r} is not a valid {kind}")
    return str(ox.Literal(value, datatype=ox.NamedNode(XSD + kind)))


def _offline(text: str) -> str:
    """Refuse SERVICE, which asks another machine.

    In strings, IRIs and comments the word is written with an escape: should the engine cut the text in another
    way than `_TOKEN` does, it meets no keyword there. Elsewhere only variables and local names may hold it.
    """

    def escape(match: re.Match[str]) -> str:
        if match.lastgroup not in _QUOTED:
            return match[0]
        return re.sub("s(?=ervice)", lambda s: f"\\u{ord(s[0]):04X}", match[0], flags=re.IGNORECASE)

    text = _TOKEN.sub(escape, text)
    if re.search("service", re.sub(r"[?$]\w+|:[\w%-]+", "", text), re.IGNORECASE):
        raise UsageError("query: SERVICE asks another machine, and kg works offline; remove it")
    return text


def _refuse_excess(text: str) -> None:
    """Refuse what would overflow the engine's stack, which no exception could tell of."""
    depth = negations = 0
    for token in _TOKEN.finditer(text):
        mark = token[0]
        negations = negations + 1 if mark == "!" else 0
        if token.lastgroup == "bracket" and mark != "!":
            depth += 1 if mark in "({[" else -1
        if max(depth, negations) > _DEEPEST:
            raise UsageError(f"query: nested deeper than {_DEEPEST} levels; flatten it")
    rest = _DATA.sub("", text)
    quoted = sum(len(t[0]) for t in _TOKEN.finditer(rest) if t.lastgroup in {"comment", "string"})
    if len(rest) - quoted > _LONGEST:
        raise UsageError(
            f"query: longer than {_LONGEST:,} characters outside its strings and VALUES; ask in several parts"
        )


def _unknown_prefix(text: str) -> str:
    bare = _TOKEN.sub(lambda m: " " if m.lastgroup in _QUOTED else m[0], text)
    declared = {*PREFIXES, *re.findall(r"\bprefix\s+([\w.-]*):", bare, re.IGNORECASE)}
    used = re.findall(r"(?<![\w:.-])([^\W\d_][\w.-]*):", bare)
    return next((prefix for prefix in used if prefix not in declared), "")


def _explain(error: SyntaxError, text: str) -> str:
    """Say where a query is wrong: line, column, the line itself and a caret."""
    match = re.match(r"error at (\d+):(\d+): (.*)", str(error))
    line, column, reason = (int(match[1]), int(match[2]), match[3]) if match else (1, 1, str(error))
    # The engine points past the word that it stumbled over.
    *above, last = text.split("\n")[:line]
    before = "\n".join((*above, last[: column - 1])).rstrip()
    line, column = before.count("\n") + 1, max(1, len(before) - before.rfind("\n") - 1)
    unknown = _unknown_prefix(text)
    if unknown:
        reason = f"unknown prefix {unknown}; declare it, or use one of {', '.join(sorted(PREFIXES))}"
    shown, left = text.split("\n")[line - 1], max(0, column - 61)
    indent = re.sub(r"[^\t]", " ", shown[left : column - 1])
    return f"query:{line}:{column}: {reason[:160]}\n  {shown[left : left + 120]}\n  {indent}^"
