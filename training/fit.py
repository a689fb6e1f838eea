"""Fitting: batches, losses, schedule, averaged weights; scores on examples that were held out."""

from __future__ import annotations

import math
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from data import Example
from network import Encoder, Pairs, Shape
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from kg.extract.learned.schema import STATUSES, TYPES, Schema
from kg.extract.learned.windows import CASES, HINTS

LABELS = Schema.load().labels
TAGS = Schema.load().tags
_STATES = ("both", "optimizer", "schedule")
_HALF = torch.ops.mkldnn._is_mkldnn_bf16_supported()  # where it is not, bfloat16 is ten times slower


@dataclass(frozen=True)
class Settings:
    """What can be chosen; the values are those that the shipped weights were trained with."""

    epochs: int = 10
    turns: int = 4  # the corpus as it is, and so many less one with other names, in turn
    batch: int = 16
    rate: float = 1.5e-4
    head_rate: float = 1.0e-3
    pair_weight: float = 20.0
    blind: float = 0.3
    seed: int = 1


def batches(examples: Sequence[Example], size: int, shuffle: random.Random) -> list[list[Example]]:
    """Shuffle, then batch windows of about one length."""
    order = list(examples)
    shuffle.shuffle(order)
    groups = [
        sorted(order[i : i + size * 16], key=lambda e: len(e.window.pieces))
        for i in range(0, len(order), size * 16)
    ]
    found = [g[i : i + size] for g in groups for i in range(0, len(g), size)]
    shuffle.shuffle(found)
    return found


@dataclass
class Batch:
    """Tensors of some windows; `open` masks the labels that a pair may have, `known` those that the annotation decides."""

    ids: torch.Tensor
    cases: torch.Tensor
    hints: torch.Tensor
    mask: torch.Tensor
    tags: torch.Tensor
    rows: torch.Tensor
    labels: torch.Tensor
    known: torch.Tensor
    open: torch.Tensor
    statuses: torch.Tensor


def collate(examples: Sequence[Example], table: NDArray[np.bool_]) -> Batch:
    """Pad windows to one length and put their pairs below each other."""
    width = max(len(e.window.pieces) for e in examples)

    def padded(get: Callable[[Example], list[int]], fill: int) -> torch.Tensor:
        return torch.tensor([get(e) + [fill] * (width - len(e.window.pieces)) for e in examples])

    rows, positive, ignored, statuses, base = [], [], [], [], 0
    for number, e in enumerate(examples):
        rows.append(torch.from_numpy(e.pairs.rows))
        rows[-1][:, 0] = number
        positive += [(base + n, k) for n, k in e.positive]
        ignored += [(base + n, k) for n, k in e.ignored]
        statuses += [(base + n, s) for n, s in e.statuses]
        base += len(e.pairs.rows)
    rows_t = torch.cat(rows)
    labels_t = torch.zeros(len(rows_t), len(LABELS))
    open_to = torch.from_numpy(table.reshape(-1, len(LABELS)))[rows_t[:, 5]].float()
    known = open_to.clone()
    for n, k in positive:
        labels_t[n, k] = 1
    for n, k in ignored:
        known[n, k] = 0
    status_t = torch.full((len(rows_t),), -1)
    for n, s in statuses:
        status_t[n] = s
    return Batch(
        padded(lambda e: [p.id for p in e.window.pieces], 0),
        padded(lambda e: [p.case for p in e.window.pieces], 0),
        padded(lambda e: [p.hint for p in e.window.pieces], 0),
        padded(lambda e: [1] * len(e.window.pieces), 0),
        padded(lambda e: e.tags, -1),
        rows_t, labels_t, known, open_to, status_t,
    )  # fmt: skip


class Fitting:
    """A reader in training: its weights, how far it is, and the average of its last weights.

    An epoch is seeded by its number, so training that goes on after a checkpoint ends as it would have without.
    """

    def __init__(self, base: tuple[Shape, dict[str, torch.Tensor]], settings: Settings, steps: int) -> None:
        torch.manual_seed(settings.seed)
        self.encoder = Encoder(base[0], len(CASES), len(HINTS), len(TAGS))
        self.encoder.start(base[1])
        self.head = Pairs(len(TYPES), len(LABELS), len(STATUSES))
        self.both = nn.ModuleList([self.encoder, self.head])
        self.parts = list(self.both.parameters())
        fresh = {"tags", "left", "right", "between", "cases", "hints"}
        slow = [p for n, p in self.encoder.named_parameters() if n.split(".")[0] not in fresh]
        fast = [p for n, p in self.encoder.named_parameters() if n.split(".")[0] in fresh]
        fast += self.head.parameters()
        groups = [{"params": slow, "lr": settings.rate}, {"params": fast, "lr": settings.head_rate}]
        self.optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
        self.steps, self.step, self.epoch = steps, 0, 0
        warm = max(1, steps // 10)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimizer, lambda s: min((s + 1) / warm, max(0.0, (steps - s) / max(1, steps - warm)))
        )
        self.mean: list[torch.Tensor] = []
        self.settings = settings

    def learn(self, batch: Batch, teacher: Teacher | None) -> dict[str, float]:
        """Take one step; return the losses."""
        blind = torch.rand(batch.hints.shape) < self.settings.blind
        with torch.autocast("cpu", torch.bfloat16, enabled=_HALF):
            hints = batch.hints.masked_fill(blind, 0)
            tags, *projections = self.encoder(batch.ids, batch.cases, hints, batch.mask)
        scores = self.head(*projections, batch.rows)
        losses = _losses(tags.float(), scores, batch)
        if teacher:
            losses = teacher.losses(losses, tags.float(), scores, batch)
        self.optimizer.zero_grad()
        (losses["tags"] + self.settings.pair_weight * losses["pairs"] + 0.3 * losses["status"]).backward()
        torch.nn.utils.clip_grad_norm_(self.parts, 1.0)
        self.optimizer.step()
        self.schedule.step()
        self.step += 1
        if self.step > 0.6 * self.steps:
            decay = 0.98 if self.mean else 0.0
            with torch.no_grad():
                before = self.mean or [p * 0 for p in self.parts]
                self.mean = [m * decay + p * (1 - decay) for m, p in zip(before, self.parts, strict=True)]
        return {k: float(v.detach()) for k, v in losses.items()}

    def save(self, path: Path) -> None:
        """Write a checkpoint, whole or not at all."""
        state = {name: getattr(self, name).state_dict() for name in _STATES}
        scratch = path.with_suffix(".new")
        torch.save({**state, "mean": self.mean, "step": self.step, "epoch": self.epoch}, scratch)
        scratch.replace(path)

    def load(self, path: Path) -> None:
        """Go on from a checkpoint."""
        saved = torch.load(path)
        for name in _STATES:
            getattr(self, name).load_state_dict(saved[name])
        self.mean, self.step, self.epoch = saved["mean"], saved["step"], saved["epoch"]

    def done(self) -> tuple[Encoder, Pairs]:
        """Return both parts with their average weights."""
        with torch.no_grad():
            for p, m in zip(self.parts, self.mean, strict=True):
                p.copy_(m)
        return self.encoder.eval(), self.head.eval()


class Teacher:
    """A larger reader, whose probabilities a smaller one learns beside the annotation (Hinton et al., 2015).

    What it says of a pair counts also where the annotation leaves it open. `ids` are its numbers for the pieces of
    the smaller one's vocabulary.
    """

    def __init__(self, encoder: Encoder, head: Pairs, ids: torch.Tensor) -> None:
        self.encoder, self.head, self.ids = encoder, head, ids

    def losses(
        self, told: dict[str, torch.Tensor], tags: torch.Tensor, scores: torch.Tensor, batch: Batch
    ) -> dict[str, torch.Tensor]:
        """Return the losses with those towards the teacher, half and half."""
        with torch.no_grad():
            with torch.autocast("cpu", torch.bfloat16, enabled=_HALF):
                own, *projections = self.encoder(self.ids[batch.ids], batch.cases, batch.hints, batch.mask)
            wanted = self.head(*projections, batch.rows)[:, : len(LABELS)].sigmoid()
            own = own.float().softmax(-1)
        real = batch.tags >= 0
        tagged = functional.cross_entropy(tags[real], own[real])
        labels = scores[:, : len(LABELS)]
        each = functional.binary_cross_entropy_with_logits(labels, wanted, reduction="none")
        paired = (each * batch.open).sum() / batch.open.sum().clamp(min=1)
        return told | {"tags": (told["tags"] + tagged) / 2, "pairs": (told["pairs"] + paired) / 2}


def fit(
    turns: Sequence[Sequence[Example]],
    fitting: Fitting,
    table: NDArray[np.bool_],
    checkpoint: Path,
    teacher: Teacher | None = None,
) -> Iterator[str]:
    """Train, an epoch on each of `turns` in turn, and save it; yield the mean losses of each."""
    settings, since = fitting.settings, time.monotonic()
    while fitting.epoch < settings.epochs:
        fitting.both.train()
        number = fitting.epoch
        torch.manual_seed(settings.seed * 1000 + number)
        shuffle = random.Random(f"{settings.seed} {number}")
        groups = batches(turns[number % len(turns)], settings.batch, shuffle)
        total = Counter[str]()
        for group in groups:
            total.update(fitting.learn(collate(group, table), teacher))
        fitting.epoch += 1
        fitting.save(checkpoint)
        losses = ", ".join(f"{k} {v / len(groups):.4f}" for k, v in total.items())
        yield f"epoch {fitting.epoch}/{settings.epochs}: {losses}; {time.monotonic() - since:.0f} s"


def steps(turns: Sequence[Sequence[Example]], settings: Settings) -> int:
    """Return how many batches there are in all epochs."""
    return sum(math.ceil(len(turns[e % len(turns)]) / settings.batch) for e in range(settings.epochs))


def _losses(tags: torch.Tensor, scores: torch.Tensor, batch: Batch) -> dict[str, torch.Tensor]:
    wanted = functional.cross_entropy(tags.flatten(0, 1), batch.tags.flatten(), ignore_index=-1)
    labels = scores[:, : len(LABELS)]
    each = functional.binary_cross_entropy_with_logits(labels, batch.labels, reduction="none")
    pairs = (each * batch.known).sum() / batch.known.sum().clamp(min=1)
    told = batch.statuses >= 0
    status = (
        functional.cross_entropy(scores[told][:, len(LABELS) :], batch.statuses[told])
        if told.any()
        else scores.sum() * 0
    )
    return {"tags": wanted, "pairs": pairs, "status": status}


@torch.no_grad()
def report(encoder: Encoder, head: Pairs, examples: Sequence[Example], table: NDArray[np.bool_]) -> str:
    """Score held-out examples by label, with the annotated mentions given."""
    right, told, wanted = Counter[int](), Counter[int](), Counter[int]()
    tag_right = tag_total = status_right = status_total = 0
    for group in batches(examples, 16, random.Random(0)):
        batch = collate(group, table)
        with torch.autocast("cpu", torch.bfloat16, enabled=_HALF):
            tags, *projections = encoder(batch.ids, batch.cases, batch.hints, batch.mask)
        scores = head(*projections, batch.rows)
        yes = (scores[:, : len(LABELS)] > 0) & (batch.known > 0)
        for k in range(len(LABELS)):
            told[k] += int(yes[:, k].sum())
            right[k] += int((yes[:, k] & (batch.labels[:, k] > 0)).sum())
            wanted[k] += int(batch.labels[:, k].sum())
        names = batch.tags > 0
        tag_right += int((tags.argmax(-1)[names] == batch.tags[names]).sum())
        tag_total += int(names.sum())
        known = batch.statuses >= 0
        status_right += int((scores[known][:, len(LABELS) :].argmax(-1) == batch.statuses[known]).sum())
        status_total += int(known.sum())
    lines = [
        f"tags of names {tag_right / max(1, tag_total):.3f}, status {status_right / max(1, status_total):.3f}"
    ]
    for k, label in enumerate([*LABELS, None]):
        r, t, w = (c[k] if label else sum(c.values()) for c in (right, told, wanted))
        p, q = r / max(1, t), r / max(1, w)
        lines.append(
            f"{'.'.join(label) if label else 'ALL':40} {w:5} P {p:.2f} R {q:.2f} F {2 * p * q / max(1e-9, p + q):.2f}"
        )
    return "\n".join(lines)
