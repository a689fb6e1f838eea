"""Calibration: how probable a pair is, given what the reader and the frames say of it.

    python training/calibrate.py
    python training/calibrate.py articles.json gold.jsonl

With annotated articles of your own it only tells how far the confidence holds on them. A logistic model (Platt, 1999) of the clues for each label: whether a frame states it or guesses it, the reader's
log-odds, or that it did not look, and whether it read across sentences. Every label's terms are pulled towards those
of all labels together, the more the fewer examples there are. It is fitted on the articles that are held out, and
written beside the weights.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from data import arguments, articles, held, own
from numpy.typing import NDArray
from scipy.optimize import minimize

from kg.evaluate.gold import Annotated
from kg.evaluate.score import Tally, compare, plain, same, slot
from kg.extract import Extractor
from kg.extract.decide.calibration import Calibration, Clues
from kg.extract.learned.events import Labels, decode
from kg.extract.learned.network import network
from kg.extract.learned.reader import Reader
from kg.extract.learned.schema import WEIGHTS, Label, Schema
from kg.model import Document, Entity, Filler
from kg.resolve import resolve
from kg.vocabulary import Lexicon, Ontology

RELIABILITY = "## Reliability"
TOLD = "Of the pairs that the reader or a frame proposes in the held-out articles, the frames weighed in:"
OTHERS = {"Quotation": "quote", "Listing": "listing"}
SPLIT = ("b", "e")  # files of the corpus that annotate both halves of a quotation
LABELS = Schema.load().labels
_PULL = 2.0
_TERMS = len(Clues(None).terms)


@dataclass(frozen=True)
class Candidate:
    """A pair that the reader or a frame proposes, and whether the annotation has it."""

    label: Label
    clues: Clues
    true: bool


def candidates(document: Document, gold: Annotated, extractor: Extractor) -> Iterator[Candidate]:
    """Yield the proposals of one annotated article."""
    proposals = extractor.proposals(document)
    read = proposals.read
    assert read is not None
    told: dict[Label, list[tuple[Filler, Filler]]] = {label: [] for label in LABELS}
    for fact in gold.facts:
        for label in LABELS:
            if label.event == fact.event:
                firsts = [f for r, f in fact.roles if r == label.first]
                told[label] += product(firsts, [f for r, f in fact.roles if r == label.second])
    clues = proposals.clues()
    framed = {key for key, clue in clues.items() if clue.stated or clue.guessed}
    alone = {(s.label, s.first, s.second) for s in decode(read.scored, Labels.of(LABELS, extractor.ontology))}
    for key in sorted(framed | alone, key=str):
        label, first, second = key
        true = any(_same(a, first) and _same(b, second) for a, b in told[label])
        if label.first == label.second:
            true |= any(_same(a, second) and _same(b, first) for a, b in told[label])
        yield Candidate(label, clues[key], true)


def _same(wanted: Filler, found: Filler) -> bool:
    if isinstance(wanted, Entity) != isinstance(found, Entity):
        return False
    forms = {}
    if isinstance(wanted, Entity):
        forms = {wanted: frozenset(map(plain, (wanted.name, *wanted.aliases)))}
    return same(slot(wanted, forms), slot(found, {}))


def calibrate(found: Sequence[Candidate]) -> dict[str, tuple[float, ...]]:
    """Fit the terms of each label, by penalised maximum likelihood."""
    x = np.array([c.clues.terms for c in found])
    y = np.array([float(c.true) for c in found])
    k = np.array([LABELS.index(c.label) for c in found])

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        common, own = weights[:_TERMS], weights[_TERMS:].reshape(-1, _TERMS)
        score = (x * (common + own[k])).sum(1)
        error = 1 / (1 + np.exp(-score)) - y
        slope = np.zeros_like(own)
        np.add.at(slope, k, x * error[:, None])
        value = np.logaddexp(0, -score * (2 * y - 1)).sum() + _PULL * (own**2).sum()
        return value, np.concatenate([x.T @ error, (slope + 2 * _PULL * own).ravel()])

    start = np.zeros(_TERMS * (len(LABELS) + 1))
    weights = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    rows = weights[:_TERMS] + weights[_TERMS:].reshape(-1, _TERMS)
    return {
        ".".join(label): tuple(round(float(v), 3) for v in row)
        for label, row in zip(LABELS, rows, strict=True)
    }


def frames_alone(found: Sequence[Candidate]) -> dict[str, float]:
    """Return how often frames are right, by event; a prior of 3 in 4 steadies what is rare."""
    counts: dict[str, list[int]] = defaultdict(lambda: [3, 4])
    for c in found:
        if c.clues.stated or c.clues.guessed:
            counts[c.label.event][0] += c.true
            counts[c.label.event][1] += 1
    return {event: round(right / told, 3) for event, (right, told) in sorted(counts.items())}


def reliability(found: Sequence[Candidate], calibration: dict[str, dict]) -> str:
    """Write the reliability diagram as a table: stated confidence, how many, how many of them true."""
    model = Calibration(calibration["labels"], calibration["frames"])
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for c in found:
        p = model.both(c.label, c.clues)
        bins[min(9, int(10 * p))].append((p, c.true))
    lines = ["| confidence | pairs | mean confidence | true |", "| --- | --- | --- | --- |"]
    for b, pairs in sorted(bins.items()):
        mean, true = sum(p for p, _ in pairs) / len(pairs), sum(t for _, t in pairs) / len(pairs)
        lines.append(f"| {b / 10:.1f} to {(b + 1) / 10:.1f} | {len(pairs)} | {mean:.2f} | {true:.2f} |")
    return "\n".join(lines)


def fitted(extractor: Extractor, corpus: Sequence[tuple[Document, Annotated]]) -> tuple[dict[str, dict], str]:
    """Return what goes into `calibration.json`, and how far it holds on the same articles."""
    found = [c for document, gold in corpus for c in candidates(document, gold, extractor)]
    frames = frames_alone(found) | unlabelled(extractor, corpus)
    calibration = {"labels": calibrate(found), "frames": frames}
    return calibration, reliability(found, calibration)


def unlabelled(extractor: Extractor, articles: Sequence[tuple[Document, Annotated]]) -> dict[str, float]:
    """Return how often frames are right on events that no label is about."""
    total: dict[str, Tally] = defaultdict(Tally)
    for document, gold in articles:
        if gold.id.startswith(SPLIT):
            continue
        frames = [
            c for c in extractor.proposals(document).told.claims if c.event in OTHERS and c.confidence == 1
        ]
        score = compare(resolve(document, frames, extractor.ontology), gold, extractor.ontology)
        for event, kind in OTHERS.items():
            total[event] += score.total([kind])
    return {event: round((t.right + 3) / (t.right + t.wrong + 4), 3) for event, t in sorted(total.items())}


def main() -> None:
    """Fit on the held-out articles with the shipped weights, and write the calibration beside them."""
    chosen = arguments(__doc__).parse_args()
    ontology, lexicon = Ontology.load(), Lexicon.load()
    extractor = Extractor(ontology, lexicon, Reader(network(), ontology, lexicon))
    if chosen.articles and chosen.gold:
        found = [c for d, a in own(chosen.articles, chosen.gold) for c in candidates(d, a, extractor)]
        stored = Calibration.load()
        print(reliability(found, {"labels": stored.labels, "frames": stored.frames}))
        return
    calibration, diagram = fitted(extractor, [(d, a) for d, a in articles() if held(a.id)])
    (WEIGHTS / "calibration.json").write_text(json.dumps(calibration, indent=1) + "\n", encoding="utf-8")
    card = WEIGHTS / "README.md"
    before = card.read_text("utf-8").partition(RELIABILITY)[0]
    card.write_text(f"{before}{RELIABILITY}\n\n{TOLD}\n\n{diagram}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
