"""The learned reader: the same answer however the work is split, and only answers that the ontology allows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache

import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx.reference import ReferenceEvaluator

from kg.extract import Extractor
from kg.extract.learned.hints import hints
from kg.extract.learned.network import Encoded, network
from kg.extract.learned.pairs import allowed
from kg.extract.learned.reader import Reader
from kg.extract.learned.schema import TYPES, WEIGHTS, Schema
from kg.extract.learned.windows import windows
from kg.model import Document
from kg.pipeline import extract
from kg.settings import CONFIDENCES, Settings
from kg.vocabulary import Lexicon, Ontology

LABELS = Schema.load().labels
STORY = (
    "Brightwater raises $40 million\n\n"
    "Oslo-based Brightwater Systems said on Monday it had closed a $40 million Series B round. "
    "Cedar Capital, which first backed the company in 2019, led it; Fjord Ventures and Nordwind Bank took part. "
    "The startup sells a pump called Tarn. Chief executive Ingrid Dahl founded it with Per Lund. "
    "“We grew up on this coast,” Dahl said.\n"
)


@cache
def extractor() -> Extractor:
    """Make an extractor ready once."""
    ontology = Ontology.load()
    lexicon = Lexicon.load()
    return Extractor(ontology, lexicon, Reader(network(), ontology, lexicon))


def story(text: str = STORY) -> Document:
    """Make a document of a text."""
    return Document("story", text, ((0, len(text)),), published="2024-05-07")


def encode(text: str) -> list[Encoded]:
    """Encode a text."""
    reader = extractor().reader
    assert reader is not None
    return [encoded for _, encoded in reader.encode(extractor().parsed(story(text)))]


def test_threads_and_company_change_no_number() -> None:
    """A window gives the same numbers alone, after others, and beside others in threads."""
    alone = encode(STORY)
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(encode, [STORY, STORY * 3, STORY, STORY]))
    for other in (together[0], together[2], together[3]):
        for one, two in zip(alone, other, strict=True):
            np.testing.assert_array_equal(one.tags, two.tags)
            np.testing.assert_array_equal(one.projections[0], two.projections[0])


def test_sums_of_two_products_fit_in_sixteen_bits() -> None:
    """A processor without VNNI adds two products of a byte and a weight in 16 bits, and cuts off what is more."""
    graph = onnx.load(WEIGHTS / "encoder.onnx").graph
    weights = {node.input[1] for node in graph.node if node.op_type == "MatMulInteger"}
    stored = [onnx.numpy_helper.to_array(i) for i in graph.initializer if i.name in weights]
    assert len(stored) == len(weights) > 0
    most = max(int(np.abs(values.astype(np.int32)).max()) for values in stored)
    assert 2 * 255 * most < 2**15


def test_another_implementation_computes_the_same() -> None:
    """The reference implementation of ONNX, in whole numbers, differs from the fast one by the last rounding only."""
    reader = extractor().reader
    assert reader is not None
    ((window, fast),) = reader.encode(extractor().parsed(story()))
    given = {
        f"{name}s": np.array([[getattr(p, name) for p in window.pieces]]) for name in ("id", "case", "hint")
    }
    exact = ReferenceEvaluator(onnx.load(WEIGHTS / "encoder.onnx"))
    for ours, theirs in zip(fast.projections, exact.run(None, given)[1:], strict=True):
        np.testing.assert_allclose(ours, theirs, atol=0.02 * float(np.abs(theirs).max()))


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=400) | st.just(STORY * 12) | st.just("Foo " * 3000))
def test_windows_cover_every_piece_once(text: str) -> None:
    """Every word piece of the body is fresh in exactly one window, and no window is longer than the encoder reads."""
    reader = extractor().reader
    assert reader is not None
    parsed = extractor().parsed(story(text))
    seen: list[int] = []
    for window in windows(
        parsed.document,
        parsed.sentences,
        parsed.rows,
        hints(parsed, reader.ontology, reader.lexicon),
        reader.network.tokenizer,
    ):
        assert len(window.pieces) <= 192
        seen += [p.start for p in window.pieces[window.fresh :] if p.sentence >= 0]
    assert seen == sorted(set(seen))


def test_labels_join_only_what_domain_and_range_allow() -> None:
    """No label joins a person and a headquarters, or money and a founder."""
    for one, other, label in zip(*allowed(Ontology.load(), LABELS).nonzero(), strict=True):
        if LABELS[label].event == "Headquarters":
            assert (TYPES[one], TYPES[other]) == ("Organization", "Place")


@pytest.mark.parametrize("kind", ["both", "frames", "learned"])
def test_each_extractor_reads_the_story(kind: str) -> None:
    """All three find who led the round."""
    article = extract(story(), Settings(extractor=kind))
    rounds = [e for e in article.events if e.type == "FundingRound"]
    assert [f.name for e in rounds for f in e.fillers("company")] == ["Brightwater Systems"]


def test_a_higher_confidence_keeps_less() -> None:
    """What strict keeps, balanced keeps; every statement says how sure it is, and is sure enough."""
    found = {
        name: {
            (e.type, s.role, str(s.filler))
            for e in extract(story(), Settings(confidence=least)).events
            for s in e.statements
            if s.confidence >= least
        }
        for name, least in CONFIDENCES.items()
    }
    assert found["strict"] <= found["balanced"]
    for least in CONFIDENCES.values():
        events = extract(story(), Settings(confidence=least)).events
        assert all(least <= s.confidence <= 1 for e in events for s in e.statements)


def test_an_ontology_without_some_of_our_roles_is_read_all_the_same() -> None:
    """The reader keeps to the roles that the ontology has; it does not fail for one that was taken out."""
    ontology = Ontology.load()
    ranges = {role: names for role, names in ontology.ranges.items() if role != "place"}
    table = allowed(replace(ontology, ranges=ranges), LABELS)
    gone = [n for n, label in enumerate(LABELS) if "place" in label]
    assert gone
    assert not table[:, :, gone].any()
    assert table.any()
