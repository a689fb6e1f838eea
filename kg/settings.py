"""How articles are read: what the user may choose."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.errors import UsageError

__all__ = ["CONFIDENCES", "DEFAULT", "EXTRACTORS", "Settings"]

#: Whom to believe: the frames of the lexicon, the learned reader, or both weighed together.
EXTRACTORS = ("both", "frames", "learned")
#: How sure a fact must be, by name: as many right facts as possible, or few wrong ones.
CONFIDENCES = {"balanced": 0.5, "strict": 0.8}


@dataclass(frozen=True, slots=True)
class Settings:
    """How articles are read: by whose ontology, by which extractor, and how sure a fact must be to be kept.

    `extractor` is one of `EXTRACTORS`; `confidence` is a number from 0 to 1. `report` asks for what was missed.
    """

    ontology: Path | None = None
    extractor: str = "both"
    confidence: float = CONFIDENCES["balanced"]
    report: bool = False

    @classmethod
    def of(
        cls, ontology: Path | None, extractor: str, confidence: str | float, *, report: bool = False
    ) -> Settings:
        """Check and collect what the user says; UsageError for what is neither a name nor a number.

        >>> Settings.of(None, "frames", "strict").confidence == CONFIDENCES["strict"]
        True
        """
        if extractor not in EXTRACTORS:
            raise UsageError(f"extractor {extractor}: not one of {', '.join(EXTRACTORS)}")
        try:
            least = CONFIDENCES.get(str(confidence)) or float(confidence)
        except ValueError:
            least = -1.0
        if not 0 <= least <= 1:
            names = ", ".join(CONFIDENCES)
            raise UsageError(f"confidence {confidence}: say {names} or a number from 0 to 1")
        return cls(ontology, extractor, least, report)


DEFAULT = Settings()
