"""Names come from keys: valid, the same every time, and different for different keys."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import example, given
from hypothesis import strategies as st

from kg.iris import article_iri, digest, entity_iri, event_iri, normalise, slug

ANY = st.text(st.characters(exclude_categories=()), max_size=200)
CORPUS = [
    *("", " ", "-", "--", ".", "..", "...", "/", "//", "a b", "a-b", "a_b", "a%2Db", "a+b", "A b", "a  b"),
    *(
        "é",
        "e\u0301",
        "北京",
        "\0",
        "\n",
        "\r\n",
        "\x1f",
        "#",
        "?",
        '<>"{}|\\^`',
        "?",
        "\ud800",
        "\udfff",
        "🦔",
    ),
    *("x" * 5000, "x" * 5001, "é" * 5000, "%" * 200, "../" * 90, "javascript:alert(1)", "CON", "a\u202eb"),
]


@given(ANY)
@example("../../etc/passwd")
@example("a'b\" ><")
@example("é" * 5000)
@example("\ud800")
def test_any_text_names_a_valid_iri(key: str) -> None:
    """Whatever a thing is called, its IRI is short, ASCII, and read alike by both RDF libraries."""
    for iri in (article_iri(key), entity_iri("Organization", key), event_iri("Acquisition", key)):
        assert iri.isascii()
        assert len(iri) < 200
        line = f"{ox.NamedNode(iri)} <urn:p> {ox.NamedNode(iri)} .\n"
        [triple] = rdflib.Graph().parse(data=line, format="nt")
        assert str(triple[0]) == str(triple[2]) == iri
        assert rdflib.URIRef(iri).n3() == f"<{iri}>"


@given(ANY)
def test_a_key_is_one_segment_of_a_path(key: str) -> None:
    """No name climbs out of its folder or opens a query or a fragment."""
    segment = slug(key)
    assert not set(segment) & set("/?#[]@: ")
    assert segment not in {".", ".."}


def test_different_keys_have_different_names() -> None:
    """No two keys of a list of likely confusions share a segment."""
    keys = list(dict.fromkeys(CORPUS))
    assert len({slug(key) for key in keys}) == len(keys)


@given(ANY, ANY)
def test_names_are_as_different_as_keys(one: str, other: str) -> None:
    """Two keys share a segment if they are one key."""
    assert (slug(one) == slug(other)) == (one == other)


@pytest.mark.parametrize("key", ["x" * 5000, "long name " * 30])
def test_the_name_of_a_long_key_is_not_that_of_a_short_one(key: str) -> None:
    """A long key's shortened name, taken as a key, is named otherwise."""
    assert slug(slug(key)) != slug(key)


@given(st.lists(ANY, max_size=4), st.lists(ANY, max_size=4))
@example(["a\x1fb"], ["a", "b"])
@example(["a", ""], ["a"])
def test_a_digest_keeps_its_parts_apart(one: list[str], other: list[str]) -> None:
    """Other parts, another digest, whatever characters the parts hold."""
    assert (digest(*one) == digest(*other)) == (one == other)


@given(st.text())
def test_normalising_a_name_leaves_something(name: str) -> None:
    """A name that is not blank is never folded to nothing, and case never tells two names apart."""
    assert bool(normalise(name)) == bool(name.strip() and normalise(name))
    if name.strip() and name.isascii():
        assert normalise(name.upper()) == normalise(name.lower()) != ""


def test_an_event_is_named_by_its_class_and_its_key() -> None:
    """The same roles of another class are another event."""
    assert event_iri("Acquisition", "a") == event_iri("Acquisition", "a")
    assert event_iri("Acquisition", "a") != event_iri("Investment", "a")
    assert event_iri("FundingRound", "a").startswith("https://w3id.org/kg-news/id/funding-round/")
