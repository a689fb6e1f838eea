"""Calibration: how probable a pair is, given what the reader and the frames say of it.

A logistic model (Platt, 1999) with three terms for each label, fitted on articles that the reader was not trained
on: a constant, one for a frame that says so, and the weight of the reader's log-odds. Every label's terms are
pulled towards those of all labels together, the more the fewer examples there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import torch
from torch.nn import functional

from kg.evaluate.gold import Annotated
from kg.evaluate.score import plain, same, slot
from kg.extract import Extractor
from kg.extract.decide.calibration import logit
from kg.extract.learned.events import Labels, decode, role_pairs
from kg.extract.learned.schema import Label, Schema
from kg.model import Document, Entity, Filler

_PULL = 2.0
LABELS = Schema.load().labels


@dataclass(frozen=True)
class Candidate:
    """A pair that the reader or a frame proposes, and whether the annotation has it."""

    label: Label
    probability: float | None
    framed: bool
    true: bool


def candidates(document: Document, gold: Annotated, extractor: Extractor) -> Iterator[Candidate]:
    """Yield the proposals of one annotated article."""
    proposals = extractor.proposals(document)
    told: dict[Label, list[tuple[Filler, Filler]]] = {label: [] for label in LABELS}
    for fact in gold.facts:
        for label in LABELS:
            if label.event == fact.event:
                firsts = [f for r, f in fact.roles if r == label.first]
                told[label] += product(firsts, [f for r, f in fact.roles if r == label.second])
    read = proposals.read
    assert read is not None
    best = proposals.probabilities()
    framed = {pair for claim in (*proposals.told.claims, *proposals.told.guessed) for pair in role_pairs(claim, LABELS)}
    alone = {(s.label, s.first, s.second) for s in decode(read.scored, Labels.of(LABELS, extractor.ontology))}
    for label, first, second in sorted(framed | alone, key=str):
        true = any(_same(a, first) and _same(b, second) for a, b in told[label])
        if label.first == label.second:
            true |= any(_same(a, second) and _same(b, first) for a, b in told[label])
        seen = (first, second) in read.seen
        key = label, first, second
        yield Candidate(label, best.get(key, 0.0) if seen else None, key in framed, true)


def _same(wanted: Filler, found: Filler) -> bool:
    forms = {}
    if isinstance(wanted, Entity):
        forms = {wanted: frozenset(map(plain, (wanted.name, *wanted.aliases)))}
    if not isinstance(found, Entity) and isinstance(wanted, Entity):
        return False
    return same(slot("", wanted, forms), slot("", found, {}))


def calibrate(found: Sequence[Candidate]) -> dict[str, tuple[float, ...]]:
    """Fit constant, frame and log-odds terms for each label."""
    x = torch.tensor(
        [[1.0, c.framed, *((0, 1) if c.probability is None else (logit(c.probability), 0))] for c in found]
    )
    y = torch.tensor([float(c.true) for c in found])
    k = torch.tensor([LABELS.index(c.label) for c in found])
    common = torch.tensor([-1.0, 1.5, 0.7, 0.0], requires_grad=True)
    own = torch.zeros(len(LABELS), 4, requires_grad=True)
    optimizer = torch.optim.LBFGS([common, own], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        score = (x * (common + own[k])).sum(1)
        loss = functional.binary_cross_entropy_with_logits(score, y, reduction="sum") + _PULL * (own**2).sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    rows = (common + own).detach().tolist()
    return {".".join(label): tuple(round(v, 3) for v in row) for label, row in zip(LABELS, rows, strict=True)}
