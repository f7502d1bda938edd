"""Makes the divisors of `bot.nlu.e5.smoothing` from some sample questions: `python -m bot.nlu.e5.calibrate`.

All vectors change with them: then the encoder gets another version, and the pack of vectors is made anew.
"""

from __future__ import annotations

import sys
from typing import Dict, List, Sequence

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from bot.nlu.e5 import graph
from bot.nlu.e5.engine import E5
from bot.nlu.e5.smoothing import FILE, STEPS
from bot.nlu.e5.weights import Weights, model_file
from bot.settings import STATE, Settings
from knowledge.queries import Knowledge

_ONE_IN = 100
_SHARE = {"q": 0.65, "fi": 0.65, "fo": 0.75}
"""How much of a divisor follows from the numbers that go in, and how much from the weights, by kind of product: queries
with keys and values, and both of the inner layer. The attention's own product gains nothing."""
_USUAL = 0.9
"""The share of texts in which a column's largest number is no larger."""


def exponents(largest: Sequence[NDArray[np.float32]], weights: NDArray[np.float32], share: float) -> NDArray[np.int8]:
    """For each column, from its largest number in each of the texts and its largest weight."""
    usual = np.quantile(np.stack(largest), _USUAL, axis=0)
    usual = np.maximum(usual, np.median(usual) / 2)
    logs = share * np.log2(usual) - (1 - share) * np.log2(weights)
    return np.asarray(np.round((logs - logs.mean()) * STEPS), dtype=np.int8)


def main() -> int:
    """Write the file."""
    samples = Knowledge(Settings.from_environment().knowledge_url).snapshot().units
    texts = sorted({text for unit in samples for _, text in unit.samples})[::_ONE_IN]
    weights = Weights(model_file())
    layers, largest_weights = graph.exact(weights)
    session = onnxruntime.InferenceSession(layers, providers=["CPUExecutionProvider"])
    largest: Dict[str, List[NDArray[np.float32]]] = {name: [] for name in largest_weights}
    model = E5(STATE / "encoder")
    for text in texts:
        _, *inputs = session.run(None, {graph.INPUT: model.embedded(text, weights.shape.positions)})
        for name, values in zip(largest, inputs):
            largest[name].append(np.abs(values).max(axis=0))
    shares = {name: _SHARE[kind] for name in largest if (kind := name.split(".")[1]) in _SHARE}
    kept = {name: exponents(largest[name], largest_weights[name], share) for name, share in shares.items()}
    np.savez_compressed(FILE, **kept)
    print(f"{FILE.name}: {len(texts)} vragen, {FILE.stat().st_size / 1000:.0f} kB.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
