"""How sure a fact is: what the frames and the learned reader say of it, weighed on articles that neither knew."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from kg.extract.learned.schema import WEIGHTS, Label

__all__ = ["Calibration", "Clues"]

_UNKNOWN = 0.8  # for an event of the user's own, about what the frames reach on those of ours


class Clues(NamedTuple):
    """What speaks for a labelled pair: the reader's probability, None where it did not look, and the frames.

    A frame states it, of words that stand there, or only guesses; the reader may have read it across sentences.
    """

    probability: float | None
    stated: bool = False
    guessed: bool = False
    across: bool = False

    @property
    def terms(self) -> tuple[float, ...]:
        """The numbers that are weighed, of which the first is always one.

        >>> Clues(0.5, stated=True).terms
        (1.0, 1.0, 0.0, 0.0, 0.0, 0.0)
        """
        read = (0.0, 1.0) if self.probability is None else (logit(self.probability), 0.0)
        return (1.0, float(self.stated), float(self.guessed), *read, float(self.across))


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model of the clues for a pair, by label (Platt, 1999).

    `labels` holds for each label the weights of `Clues.terms`. `frames` holds how often the frames are right where
    they are alone, by event.
    """

    labels: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    frames: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path = WEIGHTS) -> Calibration:
        """Read the `calibration.json` that stands beside weights."""
        stored = json.loads((folder / "calibration.json").read_text("utf-8"))
        labels = {k: tuple(v) for k, v in stored["labels"].items()}
        return cls(labels, stored["frames"])

    def both(self, label: Label, clues: Clues) -> float:
        """Return how probable a pair is.

        >>> from kg.extract.learned.schema import Schema
        >>> label = Schema.load().labels[0]
        >>> sure, unsure = (Calibration.load().both(label, Clues(p, stated=True)) for p in (0.9, 0.1))
        >>> sure > unsure
        True
        """
        weights = self.labels[".".join(label)]
        return 1 / (1 + math.exp(-sum(w * t for w, t in zip(weights, clues.terms, strict=True))))

    def alone(self, event: str) -> float:
        """Return how probable a claim of the frames is without the reader; `_UNKNOWN` for an event of your own."""
        return self.frames.get(event, _UNKNOWN)


def logit(probability: float) -> float:
    """Return the log-odds of a probability, within bounds that no single number should pass."""
    bounded = min(max(probability, 0.002), 0.998)
    return math.log(bounded / (1 - bounded))
