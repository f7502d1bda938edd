"""The model's twelve layers as an ONNX graph that multiplies whole numbers of eight bits.

A weight keeps seven bits and a scale for each output, so that every processor adds without overflow and finds the same
sums. What is multiplied with them has one scale for all its tokens and columns: columns with large numbers are divided
first (`bot.nlu.e5.smoothing`). Likeness to the package's own vectors: `tests/nlu/test_e5.py`.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from bot.nlu.e5.smoothing import Divisors
from bot.nlu.e5.weights import Weights

INPUT, OUTPUT = "embedded", "mean"
_TOP = 63
_ONNX, _MICROSOFT = ("", 17), ("com.microsoft", 1)
_FORMAT = 8
"""Version of the file format that belongs to these operators."""


def build(weights: Weights, divisors: Divisors) -> bytes:
    """The graph: embedded tokens `(tokens, hidden)` in, the mean of the last layer's rows out."""
    return _Graph(weights, divisors).layers()


def exact(weights: Weights) -> Tuple[bytes, Dict[str, NDArray[np.float32]]]:
    """The graph in floating point, and by name of each product the largest weight of each of its inputs.

    After the mean the graph gives what goes into each of these products, in their order.
    """
    graph = _Graph(weights, None)
    return graph.layers(), graph.largest_weights


class _Graph:
    def __init__(self, weights: Weights, divisors: Optional[Divisors]):
        self._weights = weights
        self._shape = weights.shape
        self._divisors = divisors
        self._nodes: List[Any] = []
        self._constants: List[Any] = []
        self.largest_weights: Dict[str, NDArray[np.float32]] = {}
        self._outputs = [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [weights.shape.hidden])]

    def layers(self) -> bytes:
        """The whole graph, serialized."""
        hidden, heads = self._shape.hidden, self._shape.heads
        self._constant("by_head", np.array([-1, 3, heads, hidden // heads], dtype=np.int64))
        self._constant("by_token", np.array([-1, hidden], dtype=np.int64))
        self._constant("attention_scale", np.array((hidden // heads) ** -0.5, dtype=np.float32))
        for part in range(3):
            self._constant(f"part_{part}", np.array(part, dtype=np.int64))
        state = INPUT
        for number in range(self._shape.layers):
            layer = f"l{number}"
            attended = self._product(self._attention(state, layer), [f"{layer}.ao"], hidden)
            state = self._normalized(self._node("Add", state, attended), f"{layer}.aln")
            inner = self._product(state, [f"{layer}.fi"], self._shape.inner)
            inner = self._node("FastGelu", inner, domain=_MICROSOFT[0])
            state = self._normalized(
                self._node("Add", state, self._product(inner, [f"{layer}.fo"], hidden)), f"{layer}.oln"
            )
        self._nodes.append(helper.make_node("ReduceMean", [state], [OUTPUT], axes=[0], keepdims=0))
        graph = helper.make_graph(
            self._nodes,
            "multilingual-e5-small",
            [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, ["tokens", hidden])],
            self._outputs,
            self._constants,
        )
        operators = [helper.make_opsetid(*version) for version in (_ONNX, _MICROSOFT)]
        return bytes(helper.make_model(graph, opset_imports=operators, ir_version=_FORMAT).SerializeToString())

    def _attention(self, state: str, layer: str) -> str:
        """What each token takes from the others, for all heads."""
        three = self._product(state, [f"{layer}.q", f"{layer}.k", f"{layer}.v"], 3 * self._shape.hidden)
        heads = self._node("Transpose", self._node("Reshape", three, "by_head"), perm=[1, 2, 0, 3])
        query, key, value = (self._node("Gather", heads, f"part_{part}", axis=0) for part in range(3))
        scores = self._node("MatMul", query, self._node("Transpose", key, perm=[0, 2, 1]))
        shares = self._node("Softmax", self._node("Mul", scores, "attention_scale"), axis=-1)
        taken = self._node("Transpose", self._node("MatMul", shares, value), perm=[1, 0, 2])
        return self._node("Reshape", taken, "by_token")

    def _product(self, state: str, names: Sequence[str], outputs: int) -> str:
        """The rows times the weights of these names, side by side, plus their bias."""
        matrix = self._matrix(names, outputs)
        bias = self._constant(f"{names[0]}.bias", np.concatenate([self._weights.floats(f"{n}.b") for n in names]))
        if self._divisors is None:
            self.largest_weights[names[0]] = np.abs(matrix).max(axis=1)
            self._give(f"{names[0]}.input", state, len(matrix))
            return self._node("Add", self._node("MatMul", state, self._constant(names[0], matrix)), bias)
        if names[0] in self._divisors:
            divisors = self._divisors[names[0]]
            state = self._node("Mul", state, self._constant(f"{names[0]}.shares", 1 / divisors))
            matrix = matrix * divisors[:, None]
        scales = np.abs(matrix).max(axis=0) / _TOP
        rounded = self._constant(f"{names[0]}.rounded", np.round(matrix / scales).astype(np.int8))
        scale = self._constant(f"{names[0]}.scale", scales.astype(np.float32))
        return self._node("DynamicQuantizeMatMul", state, rounded, scale, "", bias, domain=_MICROSOFT[0])

    def _matrix(self, names: Sequence[str], outputs: int) -> NDArray[np.float32]:
        each = outputs // len(names)
        return np.concatenate([self._weights.matrix(f"{name}.w", each) for name in names]).T

    def _give(self, name: str, state: str, columns: int) -> None:
        """Let the graph give this too."""
        self._nodes.append(helper.make_node("Identity", [state], [name]))
        self._outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, ["tokens", columns]))

    def _normalized(self, state: str, name: str) -> str:
        scale = self._constant(f"{name}.scale", self._weights.floats(f"{name}.w"))
        bias = self._constant(f"{name}.bias", self._weights.floats(f"{name}.b"))
        return self._node("LayerNormalization", state, scale, bias, axis=-1, epsilon=self._shape.epsilon)

    def _constant(self, name: str, values: NDArray[Any]) -> str:
        self._constants.append(numpy_helper.from_array(np.array(values), name))
        return name

    def _node(self, operator: str, *inputs: str, **attributes: Any) -> str:
        output = f"n{len(self._nodes)}"
        self._nodes.append(helper.make_node(operator, list(inputs), [output], **attributes))
        return output
