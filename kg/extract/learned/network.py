"""The network at run time: two ONNX graphs, one window at a time, one thread.

A window is encoded by itself and by one thread, so its numbers do not depend on how the work was split.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.extract.learned.schema import WEIGHTS, Schema
from kg.extract.learned.windows import Window

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    Array = NDArray[np.float32]

__all__ = ["Encoded", "Network"]


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the encoder says of a window: tag probabilities, and three projections for the pair head."""

    tags: Array
    projections: tuple[Array, ...]


class Network:
    """Weights ready to run, with the labels that they were trained on."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        import onnxruntime as ort
        from tokenizers import Tokenizer

        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3

        def session(name: str) -> ort.InferenceSession:
            # The fused form of this operator takes several times as long on a CPU.
            slow = ["SkipLayerNormFusion"]
            providers = ["CPUExecutionProvider"]
            return ort.InferenceSession(folder / name, options, providers, disabled_optimizers=slow)

        self.encoder, self.pairs = session("encoder.onnx"), session("pairs.onnx")
        self.tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.schema = Schema.load(folder)

    def encode(self, window: Window) -> Encoded:
        """Run the encoder over one window."""
        import numpy as np

        columns = {
            "ids": [[p.id for p in window.pieces]],
            "cases": [[p.case for p in window.pieces]],
            "hints": [[p.hint for p in window.pieces]],
        }
        tags, *projections = self.encoder.run(None, {k: np.array(v, np.int64) for k, v in columns.items()})
        return Encoded(_softmax(tags[0]), tuple(projections))

    def score(self, encoded: Encoded, rows: Array) -> tuple[Array, Array]:
        """Return the probability of each label and of each status for pairs of a window."""
        import numpy as np

        given = dict(zip(("left", "right", "between"), encoded.projections, strict=True))
        (scores,) = self.pairs.run(None, {**given, "rows": rows})
        labels = 1 / (1 + np.exp(-scores[:, : len(self.schema.labels)]))
        return labels, _softmax(scores[:, len(self.schema.labels) :])


def _softmax(scores: Array) -> Array:
    import numpy as np

    raised: Array = np.exp(scores - scores.max(-1, keepdims=True))
    shares: Array = raised / raised.sum(-1, keepdims=True)
    return shares


@lru_cache(maxsize=1)
def network(folder: Path = WEIGHTS) -> Network:
    """Load the weights once per process."""
    return Network(folder)
