"""A cross-encoder in a folder: read by its own description, or refused by name."""

import json
import sys
from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import onnx
import pytest
import tokenizers
from onnx import TensorProto, helper, numpy_helper

from tracker.encoder import FolderReader
from tracker.errors import ModelError

LABELS = {"0": "CONTRADICTION", "1": "ENTAILMENT", "2": "NEUTRAL"}
WORDS = {"[UNK]": 0, "[PAD]": 1, "the": 2, "dam": 3, "holds": 4, "leaks": 5}


def write_model(path: Path, scores: tuple[float, ...] = (3.0, 1.0, 2.0)) -> None:
    """A model that answers the same scores for every pair, whatever its length."""
    constant = numpy_helper.from_array(np.array([scores], np.float32), "scores")
    nodes = [
        helper.make_node("Cast", ["input_ids"], ["floats"], to=TensorProto.FLOAT),
        helper.make_node("ReduceSum", ["floats", "axis"], ["sums"], keepdims=1),
        helper.make_node("Mul", ["sums", "nothing"], ["zeros"]),
        helper.make_node("Add", ["zeros", "scores"], ["logits"]),
    ]
    weights = [
        constant,
        numpy_helper.from_array(np.array([1]), "axis"),
        numpy_helper.from_array(np.float32(0), "nothing"),
    ]
    ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "length"])
    logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", len(scores)])
    graph = helper.make_graph(nodes, "tiny", [ids], [logits], weights)
    opset = [helper.make_opsetid("", 20)]
    onnx.save(helper.make_model(graph, opset_imports=opset, ir_version=10), path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(WORDS, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    (tmp_path / "config.json").write_text(json.dumps({"id2label": LABELS}))
    write_model(tmp_path / "model.onnx")
    return tmp_path


def test_scores_come_in_our_order_whatever_that_of_the_model(folder: Path) -> None:
    scores = FolderReader(folder).read([("the dam holds", "the dam leaks"), ("the", "dam")])
    assert scores.tolist() == [[1.0, 2.0, 3.0], [1.0, 2.0, 3.0]]


def test_many_pairs_and_none_and_long_ones(folder: Path) -> None:
    reader = FolderReader(folder)
    assert reader.read([]).shape == (0, 3)
    assert reader.read([("the dam " * 2000, "it leaks")] * 40).shape == (40, 3)


def test_another_model_has_another_version(folder: Path) -> None:
    before = FolderReader(folder).version
    write_model(folder / "model.onnx", (0.0, 1.0, 2.0))
    assert FolderReader(folder).version != before


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "model.onnx"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelError, match=name.replace(".", r"\.")):
        FolderReader(folder)


@pytest.mark.parametrize(
    "labels", [{"0": "yes", "1": "no"}, {"0": "entailment", "1": "not_entailment"}, {}]
)
def test_labels_that_are_not_those_of_inference_are_refused(
    folder: Path, labels: dict[str, str]
) -> None:
    (folder / "config.json").write_text(json.dumps({"id2label": labels}))
    with pytest.raises(ModelError, match="id2label"):
        FolderReader(folder)


@pytest.mark.parametrize("scores", [(1.0, 2.0), (1.0, float("nan"), 2.0)])
def test_a_model_that_answers_something_else_is_refused_at_start(
    folder: Path, scores: tuple[float, ...]
) -> None:
    write_model(folder / "model.onnx", scores)
    with pytest.raises(ModelError, match="three numbers"):
        FolderReader(folder)


def test_a_damaged_model_is_refused_at_start(folder: Path) -> None:
    (folder / "model.onnx").write_bytes(b"not a model")
    with pytest.raises(ModelError, match=r"model\.onnx"):
        FolderReader(folder)


class Logits:
    """As much of a torch tensor as is asked of it."""

    def __init__(self, values: Any) -> None:
        self.values = np.asarray(values)

    def float(self) -> "Logits":
        return self

    def numpy(self) -> Any:
        return self.values


def as_the_library_does(forward: Callable[..., Any]) -> Callable[..., Any]:
    """``transformers`` puts decorators around ``forward``, so that its own code takes anything."""

    @wraps(forward)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        return forward(*args, **kwargs)

    return wrapped


class SavedModel:
    """A model that knows no token types and answers by how many pieces a pair has."""

    @classmethod
    def from_pretrained(cls, path: Path, *, local_files_only: bool) -> "SavedModel":
        assert local_files_only
        return cls()

    def eval(self) -> None:
        """Nothing to switch off."""

    @as_the_library_does
    def forward(self, input_ids: Any, attention_mask: Any) -> Any:
        pieces = (input_ids * 0 + attention_mask).sum(1)
        return SimpleNamespace(logits=Logits(np.stack([pieces, -pieces, 0 * pieces], axis=1)))

    __call__ = forward


def test_the_layout_of_transformers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    torch, transformers = ModuleType("torch"), ModuleType("transformers")
    torch.__dict__.update(from_numpy=lambda array: array, inference_mode=nullcontext)
    transformers.__dict__["AutoModelForSequenceClassification"] = SavedModel
    monkeypatch.setitem(sys.modules, "torch", torch)
    monkeypatch.setitem(sys.modules, "transformers", transformers)
    (folder / "model.onnx").rename(folder / "model.safetensors")
    scores = FolderReader(folder).read([("the dam holds", "the dam"), ("the", "dam")])
    assert scores.tolist() == [[-5.0, 0.0, 5.0], [-2.0, 0.0, 2.0]]
