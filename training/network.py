"""The network: an encoder with case and hint embeddings, a tag head, and a head for pairs of mentions."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional

HEADS = 12
PAIR = 256
DISTANCES = 12
SENTENCES = 9


class Locked(nn.Module):
    """Dropout with one mask for all tokens of a window (Gal and Ghahramani, 2016), which is cheap to draw."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Drop features of `x` [batch, tokens, features] while training."""
        if not self.training:
            return x
        keep = torch.rand(x.shape[0], 1, x.shape[2]) >= self.rate
        return x * (keep / (1 - self.rate)).to(x.dtype)


@dataclass(frozen=True)
class Shape:
    """The sizes of an encoder, and how it knows places: from `first`, and by `buckets` of distances, if any."""

    words: int
    width: int
    layers: int
    places: int
    first: int = 0
    buckets: int = 0
    eps: float = 1e-12


class Layer(nn.Module):
    """One transformer layer, as BERT has it."""

    def __init__(self, width: int, eps: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=eps)
        self.up = nn.Linear(width, 4 * width)
        self.down = nn.Linear(4 * width, width)
        self.norm2 = nn.LayerNorm(width, eps=eps)
        self.drop = Locked(0.1)

    def forward(self, x: torch.Tensor, added: torch.Tensor | None) -> torch.Tensor:
        """Attend, then feed forward; `x` is [batch, tokens, width], `added` goes to the attention."""
        batch, tokens, width = x.shape
        q, k, v = self.qkv(x).view(batch, tokens, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) / math.sqrt(width // HEADS)
        if added is not None:
            scores = scores + added
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(batch, tokens, width)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Word pieces in, tag scores and three projections for the pair head out."""

    def __init__(self, shape: Shape, cases: int, hints: int, tags: int) -> None:
        super().__init__()
        self.shape = shape
        width = shape.width
        self.words = nn.Embedding(shape.words, width)
        self.positions = nn.Embedding(shape.places, width)
        self.cases = nn.Embedding(cases, width)
        self.hints = nn.Embedding(hints, width)
        nn.init.zeros_(self.cases.weight)
        nn.init.zeros_(self.hints.weight)
        self.kind = nn.Parameter(torch.zeros(width))
        self.norm = nn.LayerNorm(width, eps=shape.eps)
        self.drop = Locked(0.1)
        self.layers = nn.ModuleList(Layer(width, shape.eps) for _ in range(shape.layers))
        self.distances = nn.Embedding(shape.buckets, HEADS) if shape.buckets else None
        self.tags = nn.Linear(width, tags)
        self.left = nn.Linear(width, PAIR)
        self.right = nn.Linear(width, PAIR, bias=False)
        self.between = nn.Linear(width, PAIR, bias=False)

    def forward(
        self, ids: torch.Tensor, cases: torch.Tensor, hints: torch.Tensor, mask: torch.Tensor | None = None
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
        """Encode [batch, tokens]; `mask` is 1 for real tokens and may be left out where all are."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.positions(places + self.shape.first)
        x = self.drop(self.norm(x + self.kind + self.cases(cases) + self.hints(hints)))
        added = None if mask is None else (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        if self.distances is not None:
            apart = self.distances(bucket(places[None, :] - places[:, None], self.shape.buckets))
            apart = apart.permute(2, 0, 1)[None]
            added = apart if added is None else added + apart
        for layer in self.layers:
            x = layer(x, added)
        return self.tags(x), self.left(x), self.right(x), self.between(x)

    def start(self, tensors: dict[str, torch.Tensor]) -> None:
        """Start from the weights of a pretrained BERT or MPNet of this shape."""
        get = {k.removeprefix("bert."): v for k, v in tensors.items()}
        mpnet = self.distances is not None
        attention = "attention.attn" if mpnet else "attention.self"
        with torch.no_grad():
            self.words.weight.copy_(get["embeddings.word_embeddings.weight"])
            self.positions.weight.copy_(get["embeddings.position_embeddings.weight"])
            if self.distances is not None:
                self.distances.weight.copy_(get["encoder.relative_attention_bias.weight"])
            else:
                self.kind.copy_(get["embeddings.token_type_embeddings.weight"][0])
            _copy(self.norm, get, "embeddings.LayerNorm")
            for i, layer in enumerate(self.layers):
                name = f"encoder.layer.{i}"
                parts = [
                    f"{name}.{attention}.{p}"
                    for p in (("q", "k", "v") if mpnet else ("query", "key", "value"))
                ]
                layer.qkv.weight.copy_(torch.cat([get[f"{p}.weight"] for p in parts]))
                layer.qkv.bias.copy_(torch.cat([get[f"{p}.bias"] for p in parts]))
                _copy(layer.out, get, f"{name}.{attention}.o" if mpnet else f"{name}.attention.output.dense")
                _copy(
                    layer.norm1,
                    get,
                    f"{name}.attention.LayerNorm" if mpnet else f"{name}.attention.output.LayerNorm",
                )
                _copy(layer.up, get, f"{name}.intermediate.dense")
                _copy(layer.down, get, f"{name}.output.dense")
                _copy(layer.norm2, get, f"{name}.output.LayerNorm")


def bucket(apart: torch.Tensor, buckets: int, farthest: int = 128) -> torch.Tensor:
    """Return a number for each distance, of near ones one by one, of far ones by their logarithm (Raffel et al., 2020)."""
    half = buckets // 2
    exact = half // 2
    back = -apart
    away = back.abs()
    far = torch.log(away.clamp(min=1).float() / exact) / math.log(farthest / exact) * (half - exact)
    far = (exact + far.long()).clamp(max=half - 1)
    return torch.where(back < 0, half, 0) + torch.where(away < exact, away, far)


def _copy(module: nn.Module, tensors: dict[str, torch.Tensor], name: str) -> None:
    module.weight.copy_(tensors[f"{name}.weight"])
    module.bias.copy_(tensors[f"{name}.bias"])


class Pairs(nn.Module):
    """Score ordered pairs of mentions: one logit for each label, and the statuses."""

    def __init__(self, types: int, labels: int, statuses: int) -> None:
        super().__init__()
        self.first = nn.Embedding(types, PAIR)
        self.second = nn.Embedding(types, PAIR)
        self.distance = nn.Embedding(DISTANCES, PAIR)
        self.sentences = nn.Embedding(SENTENCES, PAIR)
        self.product = nn.Linear(PAIR, PAIR, bias=False)
        self.rivals_first = nn.Linear(PAIR, PAIR)
        self.rivals_second = nn.Linear(PAIR, PAIR, bias=False)
        self.drop = nn.Dropout(0.1)
        self.deep = nn.Linear(PAIR, PAIR)
        self.out = nn.Linear(PAIR, labels + statuses)

    def forward(
        self, left: torch.Tensor, right: torch.Tensor, between: torch.Tensor, rows: torch.Tensor
    ) -> torch.Tensor:
        """Score `rows` [n, 8] with the projections [windows, tokens, PAIR] of their windows.

        The columns are window, start a, end a, start b, end b, type a * types + type b, distance, sentences.
        """
        w, a0, a1, b0, b1 = rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3], rows[:, 4]
        low, high = torch.minimum(a1, b1), torch.maximum(a0, b0)
        low = torch.minimum(low, high)
        first, second = _mean(_sums(left), w, a0, a1), _mean(_sums(right), w, b0, b1)
        x = first + second + self.product(first * second) + _mean(_sums(between), w, low, high)
        types = self.first.num_embeddings
        x = x + self.first(rows[:, 5] // types) + self.second(rows[:, 5] % types)
        x = functional.relu(x + self.distance(rows[:, 6]) + self.sentences(rows[:, 7]))
        # Each pair sees the strongest of its rivals: the pairs that share its first or its second mention.
        tokens = left.shape[1]
        rivals = self.rivals_first(_strongest(x, w * tokens + a0, left)) + self.rivals_second(
            _strongest(x, w * tokens + b0, left)
        )
        x = functional.relu(self.deep(self.drop(functional.relu(x + rivals)))) + x
        return self.out(self.drop(x))


def _strongest(x: torch.Tensor, key: torch.Tensor, shape: torch.Tensor) -> torch.Tensor:
    """Return for each row of `x` the greatest of each column among the rows with its key; `x` is not negative."""
    index = key[:, None].expand_as(x)
    most = torch.zeros(shape.shape[0] * shape.shape[1], x.shape[1], dtype=x.dtype)
    return most.scatter_reduce(0, index, x, "amax")[key]


def _sums(x: torch.Tensor) -> torch.Tensor:
    return functional.pad(x.float().cumsum(1), (0, 0, 1, 0))


def _mean(sums: torch.Tensor, w: torch.Tensor, start: torch.Tensor, end: torch.Tensor) -> torch.Tensor:
    return (sums[w, end] - sums[w, start]) / (end - start).clamp(min=1)[:, None]
