"""Fitting: batches, losses, schedule, averaged weights; scores on examples that were held out."""

from __future__ import annotations

import math
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from data import Example
from network import Encoder, Pairs
from numpy.typing import NDArray
from torch.nn import functional

from kg.extract.learned.schema import STATUSES, TYPES, Schema
from kg.extract.learned.windows import CASES, HINTS

LABELS = Schema.load().labels
TAGS = Schema.load().tags


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
    layers: int = 6
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
    """Tensors of some windows; `known` is the mask of labels that count for each pair."""

    ids: torch.Tensor
    cases: torch.Tensor
    hints: torch.Tensor
    mask: torch.Tensor
    tags: torch.Tensor
    rows: torch.Tensor
    labels: torch.Tensor
    known: torch.Tensor
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
    known = torch.from_numpy(table.reshape(-1, len(LABELS)))[rows_t[:, 5]].float()
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
        rows_t, labels_t, known, status_t,
    )  # fmt: skip


def fit(
    turns: Sequence[Sequence[Example]],
    start: dict[str, torch.Tensor],
    table: NDArray[np.bool_],
    settings: Settings,
    say: Callable[[str], None],
) -> tuple[Encoder, Pairs]:
    """Train both parts, an epoch on each of `turns` in turn; return them with the average of their last weights."""
    torch.manual_seed(settings.seed)
    shuffle = random.Random(settings.seed)
    encoder = Encoder(len(CASES), len(HINTS), len(TAGS), settings.layers)
    encoder.load_minilm(start)
    head = Pairs(len(TYPES), len(LABELS), len(STATUSES))
    fresh = {"tags", "left", "right", "between", "cases", "hints"}
    slow = [p for n, p in encoder.named_parameters() if n.split(".")[0] not in fresh]
    fast = [p for n, p in encoder.named_parameters() if n.split(".")[0] in fresh] + list(head.parameters())
    groups = [{"params": slow, "lr": settings.rate}, {"params": fast, "lr": settings.head_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = sum(math.ceil(len(turns[e % len(turns)]) / settings.batch) for e in range(settings.epochs))
    warm = steps // 10
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.0, (steps - s) / (steps - warm)))
    )
    parts = [*encoder.parameters(), *head.parameters()]
    mean: list[torch.Tensor] = []
    step, since = 0, time.monotonic()
    for epoch in range(settings.epochs):
        encoder.train()
        head.train()
        total = Counter[str]()
        groups_now = batches(turns[epoch % len(turns)], settings.batch, shuffle)
        for group in groups_now:
            batch = collate(group, table)
            blind = torch.rand(batch.hints.shape) < settings.blind
            with torch.autocast("cpu", torch.bfloat16):
                tags, *projections = encoder(
                    batch.ids, batch.cases, batch.hints.masked_fill(blind, 0), batch.mask
                )
            scores = head(*projections, batch.rows)
            losses = _losses(tags.float(), scores, batch)
            loss = losses["tags"] + settings.pair_weight * losses["pairs"] + 0.3 * losses["status"]
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(parts, 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            total.update({k: float(v.detach()) for k, v in losses.items()})
            if step > 0.6 * steps:
                decay = 0.98 if mean else 0.0
                with torch.no_grad():
                    mean = [
                        m * decay + p * (1 - decay)
                        for m, p in zip(mean or [p * 0 for p in parts], parts, strict=True)
                    ]
        rounded = {k: round(v / len(groups_now), 4) for k, v in total.items()}
        say(f"epoch {epoch + 1}/{settings.epochs} {rounded} {time.monotonic() - since:.0f} s")
    with torch.no_grad():
        for p, m in zip(parts, mean, strict=True):
            p.copy_(m)
    return encoder.eval(), head.eval()


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
