"""From trained weights to the files that the reader runs: ONNX, the encoder in int8."""

from __future__ import annotations

import copy
import shutil
import tempfile
from pathlib import Path

import torch
from network import Encoder, Pairs
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from kg.extract.learned.schema import WEIGHTS


class Rows(nn.Module):
    """An embedding in int8 with a scale for each row: with one for all, the few great rows drown the many small."""

    def __init__(self, full: nn.Embedding) -> None:
        super().__init__()
        scale = full.weight.detach().abs().amax(1, keepdim=True).clamp(min=1e-9) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("rows", (full.weight.detach() / scale).round().to(torch.int8))

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """Look up `ids`."""
        return self.rows[ids].float() * self.scale[ids]


def export(encoder: Encoder, head: Pairs, tokenizer: Path, folder: Path, *, int8: bool = True) -> None:
    """Write encoder.onnx, pairs.onnx, tokenizer.json and the labels that they speak of."""
    folder.mkdir(parents=True, exist_ok=True)
    example = torch.full((1, 8), 2000)
    names = ["ids", "cases", "hints"], ["tags", "left", "right", "between"]
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch, "encoder.onnx")
        if int8:
            encoder = copy.deepcopy(encoder)
            encoder.words = Rows(encoder.words)
        torch.onnx.export(
            encoder, (example, example * 0, example * 0), full, input_names=names[0], output_names=names[1],
            dynamic_axes={n: {1: "pieces"} for side in names for n in side}, opset_version=17, dynamo=False,
        )  # fmt: skip
        if int8:
            # Seven bits: sums of eight overflow on processors without VNNI, and the graph would depend on them.
            kind = {"weight_type": QuantType.QInt8, "reduce_range": True}
            kind |= {"op_types_to_quantize": ["MatMul"], "per_channel": True}
            quantize_dynamic(full, folder / "encoder.onnx", **kind)
        else:
            shutil.copy(full, folder / "encoder.onnx")
    rows = torch.tensor([[0, 1, 2, 3, 4, 0, 0, 4], [0, 3, 4, 1, 2, 0, 0, 4]])
    projections = tuple(encoder(example, example * 0, example * 0)[1:])
    names = ["left", "right", "between", "rows"], ["scores"]
    axes = {n: {1: "pieces"} for n in names[0][:3]} | {"rows": {0: "pairs"}, "scores": {0: "pairs"}}
    torch.onnx.export(
        head, (*projections, rows), folder / "pairs.onnx", input_names=names[0], output_names=names[1],
        dynamic_axes=axes, opset_version=18, dynamo=False,
    )  # fmt: skip
    shutil.copy(tokenizer, folder / "tokenizer.json")
    if folder != WEIGHTS:
        shutil.copy(WEIGHTS / "labels.json", folder / "labels.json")
