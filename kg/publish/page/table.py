"""The facts as the rows of an HTML table, for readers without JavaScript."""

from __future__ import annotations

import html
from functools import lru_cache
from typing import Any

from kg.publish.page.plan import Statement, of_fact
from kg.publish.page.texts import web

__all__ = ["rows"]


def rows(nodes: dict[str, dict[str, Any]], said: list[Statement]) -> tuple[list[str], list[str]]:
    """Write every fact as a table row: subject, relation, object, status, who says so, sentences; and the sources.

    >>> node = dict(label="Acme & co", facts=[dict(label="ticker", value="ACM", status="asserted",
    ...     attributed_to=[], evidence=[])])
    >>> rows({"a": node}, [])
    (['<tr><td>Acme &amp; co</td><td>ticker</td><td>ACM</td><td>asserted</td><td></td><td></td></tr>'], [])
    """
    told = [(nodes[one.source]["label"], one.label, nodes[one.target]["label"], one) for one in said]
    for attributes in nodes.values():
        facts = map(of_fact, attributes["facts"])
        told.extend((attributes["label"], *one.rows[0], one) for one in facts)
    ordered = sorted(told, key=lambda row: (*row[:3], row[3].status))
    sources: dict[str, int] = {}
    written = [_row(*row, sources) for row in ordered]
    return written, [f'<li id="source-{number}">{source}</li>' for source, number in sources.items()]


def _row(subject: str, label: str, value: str, one: Statement, sources: dict[str, int]) -> str:
    quotes = []
    for e in one.evidence:
        number = sources.setdefault(_source(e), len(sources) + 1)
        quotes.append(f'<p><q>{html.escape(e["exact"])}</q> <a href="#source-{number}">[{number}]</a></p>')
    cells = (subject, label, value, one.status, ", ".join(one.by))
    return f"<tr>{''.join(f'<td>{html.escape(c)}</td>' for c in cells)}<td>{''.join(quotes)}</td></tr>"


@lru_cache(maxsize=100_000)
def _linked(name: str, url: str, published: str) -> str:
    url, name = html.escape(web(url)), html.escape(name)
    source = f'<a href="{url}" rel="noopener noreferrer">{name}</a>' if url else name
    return f"{source} {html.escape(published)}".rstrip()


def _source(e: dict[str, Any]) -> str:
    return _linked(e["title"] or e["url"] or e["article"], e["url"], e["published"])
