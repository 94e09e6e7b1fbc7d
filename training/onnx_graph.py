"""Writes trained bodies as ONNX graphs of a few fused operators, in 8-bit integers.

Weights are quantised per output channel, activations per row (one scale a token) while computing.
The usual dynamic quantisation keeps one activation scale for a whole batch, which costs accuracy
(a few channels are far larger than the rest) and makes a text's result depend on its neighbours
in the batch; here it does not. Weights use 129 of the 256 levels: a pair of products then fits the
16-bit sums of processors without VNNI instructions, which would saturate silently.

The graph is written by hand, so that the same weights always give the same bytes.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from training.e5 import Attention, Body, Layer

CONTRIBUTED = "com.microsoft"
"""ONNX Runtime's own operators."""

OPSET, IR_VERSION = 20, 10
WEIGHT_LEVELS = 64
ACTIVATION_LEVELS = 127
ZERO_POINT = 128

Floats = npt.NDArray[np.float32]


class GraphWriter:
    """Collects operators and weights; most methods add something and answer its name."""

    def __init__(self) -> None:
        """An empty graph with the inputs ``embedded`` and ``mask``."""
        self._nodes: list[onnx.NodeProto] = []
        self._weights: list[onnx.TensorProto] = []
        self._integers: dict[str, tuple[str, str]] = {}
        self._one = self.constant(np.float32(1))
        self._zero_point = self.constant(np.uint8(ZERO_POINT))
        self._last_axis = self.constant(np.array([-1]))
        self._step = self.constant(np.float32(1 / ACTIVATION_LEVELS))
        self._smallest = self.constant(np.float32(1e-12))

    def constant(self, values: npt.ArrayLike) -> str:
        """Keep an array in the file."""
        name = f"w{len(self._weights)}"
        self._weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(self, operator: str, *inputs: str, domain: str = "", **attributes: object) -> str:
        """Add an operator with one output."""
        output = f"t{len(self._nodes)}"
        self._nodes.append(
            helper.make_node(operator, inputs, [output], domain=domain, **attributes)
        )
        return output

    def product(self, value: str, layer: nn.Linear) -> str:
        """The matrix product of a linear layer, in integers; its bias is left to the caller."""
        weights = array(layer.weight)
        scales = np.abs(weights).max(axis=1) / np.float32(WEIGHT_LEVELS)
        codes = np.rint(weights / np.where(scales == 0, 1, scales)[:, np.newaxis])
        rounded, row_scales = self._in_integers(value)
        scaled = self.add(
            "MatMulIntegerToFloat",
            rounded,
            self.constant(codes.astype(np.int8).T),
            self._one,
            self.constant(scales),
            self._zero_point,
            domain=CONTRIBUTED,
        )
        return self.add("Mul", scaled, row_scales)

    def norm(self, value: str, layer: nn.LayerNorm) -> str:
        """Layer normalisation."""
        weight, bias = self.constant(array(layer.weight)), self.constant(array(layer.bias))
        return self.add("LayerNormalization", value, weight, bias, axis=-1, epsilon=layer.eps)

    def norm_of_sum(self, value: str, bias: Tensor, residual: str, layer: nn.LayerNorm) -> str:
        """Layer normalisation of a value, its bias and what goes around it.

        ONNX Runtime has one operator for all of it, which takes a sixth longer on a CPU.
        """
        biased = self.add("Add", value, self.constant(array(bias)))
        return self.norm(self.add("Add", biased, residual), layer)

    def save(self, path: Path, outputs: Mapping[str, Sequence[str | int]], width: int) -> None:
        """Write the graph: ``embedded`` (float) and ``mask`` (int32) in, ``outputs`` out."""
        inputs = [
            helper.make_tensor_value_info(
                "embedded", TensorProto.FLOAT, ["batch", "length", width]
            ),
            helper.make_tensor_value_info("mask", TensorProto.INT32, ["batch", "length"]),
        ]
        answers = [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
            for name, shape in outputs.items()
        ]
        graph = helper.make_graph(self._nodes, path.stem, inputs, answers, self._weights)
        versions = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIBUTED, 1)]
        onnx.save(helper.make_model(graph, opset_imports=versions, ir_version=IR_VERSION), path)

    def _in_integers(self, value: str) -> tuple[str, str]:
        """The value rounded row by row, and what a step is worth in each row."""
        if value not in self._integers:
            largest = self.add("ReduceMax", self.add("Abs", value), self._last_axis, keepdims=1)
            steps = self.add("Max", self.add("Mul", largest, self._step), self._smallest)
            counted = self.add("Div", value, steps)
            rounded = self.add("QuantizeLinear", counted, self._one, self._zero_point)
            self._integers[value] = rounded, steps
        return self._integers[value]


def write_body(graph: GraphWriter, body: Body) -> str:
    """Add a body to a graph; answers the name of its hidden states."""
    return write_layers(graph, body.layers, write_start(graph, body))


def write_start(graph: GraphWriter, body: Body) -> str:
    """Add what comes before the layers of a body: positions and normalisation."""
    start = graph.constant(np.array([0]))
    length = graph.add("Shape", "mask", start=1, end=2)
    positions = graph.add("Slice", graph.constant(array(body.positions)), start, length, start)
    return graph.norm(graph.add("Add", "embedded", positions), body.norm)


def write_layers(graph: GraphWriter, layers: Iterable[Layer], hidden: str) -> str:
    """Add layers; answers the name of the hidden states after the last one."""
    for layer in layers:
        hidden = _write_layer(graph, layer, hidden)
    return hidden


def write_mean(graph: GraphWriter, hidden: str) -> str:
    """Add the head of ``SentenceEncoder``: the direction of the mean over the tokens."""
    total, _ = _write_sum(graph, hidden)
    return graph.add("LpNormalization", total, axis=-1, p=2)


def write_average(graph: GraphWriter, hidden: str) -> str:
    """Add the mean over the tokens."""
    return graph.add("Div", *_write_sum(graph, hidden))


def _write_sum(graph: GraphWriter, hidden: str) -> tuple[str, str]:
    """The sum over the tokens, and how many there are."""
    last, middle = graph.constant(np.array([2])), graph.constant(np.array([1]))
    counted = graph.add("Unsqueeze", graph.add("Cast", "mask", to=TensorProto.FLOAT), last)
    total = graph.add("ReduceSum", graph.add("Mul", hidden, counted), middle, keepdims=0)
    return total, graph.add("ReduceSum", counted, middle, keepdims=0)


def array(tensor: Tensor) -> Floats:
    """A tensor as numpy has it."""
    return tensor.detach().cpu().numpy().astype(np.float32)


def _write_layer(graph: GraphWriter, layer: Layer, hidden: str) -> str:
    attention = layer.attention
    mixed = graph.product(_write_attention(graph, attention, hidden), attention.out)
    hidden = graph.norm_of_sum(mixed, attention.out.bias, hidden, attention.norm)
    bias = graph.constant(array(layer.widen.bias))
    inner = graph.add("BiasGelu", graph.product(hidden, layer.widen), bias, domain=CONTRIBUTED)
    inner = graph.product(inner, layer.narrow)
    return graph.norm_of_sum(inner, layer.narrow.bias, hidden, layer.norm)


def _write_attention(graph: GraphWriter, attention: Attention, hidden: str) -> str:
    parts = (attention.query, attention.key, attention.value)
    return graph.add(
        "MultiHeadAttention",
        *(graph.product(hidden, part) for part in parts),
        graph.constant(np.concatenate([array(part.bias) for part in parts])),
        "mask",
        domain=CONTRIBUTED,
        num_heads=attention.heads,
    )
