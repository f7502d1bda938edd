"""Sentence vectors of the model: pieces, embeddings, layers, mean."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from bot.nlu.e5 import pieces
from bot.nlu.e5.pieces import Pieces
from bot.nlu.e5.weights import Weights, model_file, unpacked

VERSION = "e5-small-int8-2"
"""Changes with whatever changes a vector: vectors are kept under it."""
_GRAPH = "layers.onnx"
_PREFIX = "query: "
"""What the model was trained to find before a question."""


class E5:
    """Turns a text into a unit vector; several threads may use one."""

    dimension = 384

    def __init__(self, folder: Path):
        """`folder` keeps the model in the form that loads at once; it is made there when it is missing.

        Raises `FileNotFoundError` when the package with the weights isn't installed.
        """
        self._weights = Weights(model_file())
        prepared = _prepared(self._weights, folder / VERSION)
        self._pieces = Pieces(self._weights, prepared)
        shape = self._weights.shape
        self._words = self._weights.packed("emb.word", shape.vocabulary)
        places = self._weights.floats("emb.pos").reshape(shape.positions, shape.hidden)
        self._places = places + self._weights.floats("emb.type")[: shape.hidden]
        options = onnxruntime.SessionOptions()
        # Turns run side by side in threads of their own; a pool for each would only get in their way.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(
            str(prepared / _GRAPH), options, providers=["CPUExecutionProvider"]
        )
        if prepared != folder / VERSION:
            shutil.rmtree(prepared, ignore_errors=True)

    def vector(self, text: str, most_tokens: int) -> NDArray[np.float32]:
        """The vector of what the first `most_tokens` pieces of the text mean."""
        (mean,) = self._session.run(None, {"embedded": self.embedded(text, most_tokens)})
        return np.asarray(mean / np.linalg.norm(mean), dtype=np.float32)

    def embedded(self, text: str, most_tokens: int) -> NDArray[np.float32]:
        """What the layers begin with: a row for each of the first `most_tokens` pieces."""
        rows = self._pieces.rows(_PREFIX + text, min(most_tokens, self._weights.shape.positions))
        return self._normalized(unpacked(self._words[rows]) + self._places[: len(rows)])

    def tokens(self, text: str) -> int:
        """How many tokens the model sees of a text."""
        return len(self._pieces.rows(_PREFIX + text, len(text) + len(_PREFIX) + 2))

    def _normalized(self, embedded: NDArray[np.float32]) -> NDArray[np.float32]:
        centred = embedded - embedded.mean(axis=1, keepdims=True)
        deviation = np.sqrt((centred**2).mean(axis=1, keepdims=True) + self._weights.shape.epsilon)
        return centred / deviation * self._weights.floats("emb.ln.w") + self._weights.floats("emb.ln.b")


def _prepared(weights: Weights, folder: Path) -> Path:
    """The folder with the model's files: `folder`, made when it is missing, or one to throw away after reading it."""
    if (folder / _GRAPH).exists():
        return folder
    from bot.nlu.e5 import graph, smoothing  # cost half a second and are needed once

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=folder.parent))
    except OSError:
        made = Path(tempfile.mkdtemp())
    made.chmod(0o755)
    pieces.write(weights, made)
    (made / _GRAPH).write_bytes(graph.build(weights, smoothing.read()))
    try:
        made.rename(folder)
    except OSError:
        # Nowhere to keep it, or another process was first, whose files are the same.
        return made
    return folder
