"""How sure a fact is: what the frames and the learned reader say of it, weighed on articles that neither knew."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.extract.learned.schema import WEIGHTS, Label

__all__ = ["Calibration"]

_UNKNOWN = 0.8  # for an event of the user's own, about what the frames reach on those of ours


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model of the reader's log-odds and of whether a frame says so, by label (Platt, 1999).

    `labels` holds for each label a constant, the weight of a frame, that of the reader's log-odds, and that of
    the reader's not having looked at the pair. `frames` holds how often the frames are right where they are
    alone, by event.
    """

    labels: Mapping[str, tuple[float, float, float, float]] = field(default_factory=dict)
    frames: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path = WEIGHTS) -> Calibration:
        """Read the `calibration.json` that stands beside weights."""
        stored = json.loads((folder / "calibration.json").read_text("utf-8"))
        labels = {k: tuple(v) for k, v in stored["labels"].items()}
        return cls(labels, stored["frames"])

    def both(self, label: Label, probability: float | None, *, framed: bool) -> float:
        """Return how probable a pair is; `probability` is the reader's, None where it did not look.

        >>> from kg.extract.learned.schema import Schema
        >>> label = Schema.load().labels[0]
        >>> sure, unsure = (Calibration.load().both(label, p, framed=True) for p in (0.9, 0.1))
        >>> sure > unsure
        True
        """
        constant, frame, odds, unseen = self.labels[".".join(label)]
        score = constant + frame * framed
        score += unseen if probability is None else odds * logit(probability)
        return 1 / (1 + math.exp(-score))

    def alone(self, event: str) -> float:
        """Return how probable a claim of the frames is without the reader; `_UNKNOWN` for an event of your own."""
        return self.frames.get(event, _UNKNOWN)


def logit(probability: float) -> float:
    """Return the log-odds of a probability, within bounds that no single number should pass."""
    bounded = min(max(probability, 0.002), 0.998)
    return math.log(bounded / (1 - bounded))
