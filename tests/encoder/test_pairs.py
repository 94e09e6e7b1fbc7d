"""Two texts read together: what the model is given, and that its scores depend on nothing else."""

import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

from tracker.encoder import (
    END,
    START,
    Flags,
    Floats,
    ModelFolder,
    OnnxPairReader,
    load_pair_reader,
    pair_ids,
)
from tracker.encoder.pairs import LATE, MOST_PIECES
from tracker.errors import ModelError

PAIRS = [
    ("The pass is open.", "Police say that the pass is closed."),
    ("Podul este închis.", "The bridge is closed."),
    ("", "?"),
    ("Мост закрыт", "word " * 3000),
]


@pytest.fixture(scope="module")
def reader(models: ModelFolder) -> OnnxPairReader:
    return load_pair_reader(models)


def test_both_texts_stand_between_the_pieces_that_part_them(models: ModelFolder) -> None:
    first, second = models.tokenizer.ids(["It leaks.", "It holds."])
    ids = pair_ids(models.tokenizer, "It leaks.", "It holds.").tolist()
    assert ids == [START, *first, END, END, *second, END]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 400), st.integers(0, 400))
def test_a_long_pair_is_cut_fairly(models: ModelFolder, a: int, b: int) -> None:
    ids = pair_ids(models.tokenizer, "da " * a, "nu " * b)
    room = MOST_PIECES - 4
    whole = len(models.tokenizer.ids(["da " * a])[0]), len(models.tokenizer.ids(["nu " * b])[0])
    assert len(ids) == min(sum(whole), room) + 4
    first = ids.tolist().index(END) - 1
    assert first >= min(whole[0], room // 2)
    assert len(ids) - first - 4 >= min(whole[1], room // 2)


def test_scores_do_not_depend_on_the_other_pairs(reader: OnnxPairReader) -> None:
    together = reader.read(PAIRS)
    alone = np.concatenate([reader.read([pair]) for pair in PAIRS])
    assert np.isfinite(together).all()
    np.testing.assert_allclose(together, alone, atol=1e-3)


def test_a_pair_is_read_to_the_end_only_if_asked(reader: OnnxPairReader) -> None:
    def some(scores: Floats) -> Flags:
        return np.isclose(scores, skimmed[1], atol=1e-3).all(axis=1)

    def none(scores: Floats) -> Flags:
        return np.zeros(len(scores), np.bool_)

    skimmed, whole = reader.read(PAIRS, none), reader.read(PAIRS)
    assert np.abs(skimmed - whole).max(axis=1).min() > 0.01
    mixed = reader.read(PAIRS, some)
    np.testing.assert_allclose(mixed[1], whole[1], atol=1e-3)
    np.testing.assert_allclose(mixed[[0, 2, 3]], skimmed[[0, 2, 3]], atol=1e-3)


def test_the_order_of_the_texts_counts(reader: OnnxPairReader) -> None:
    forwards, backwards = reader.read([PAIRS[0], PAIRS[0][::-1]])
    assert np.abs(forwards - backwards).max() > 0.01


def test_a_model_that_answers_no_numbers_is_named(models: ModelFolder, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(models.path, tmp_path / "models"))
    ids = helper.make_tensor_value_info("embedded", TensorProto.FLOAT, ["b", "l", "w"])
    mask = helper.make_tensor_value_info("mask", TensorProto.INT32, ["b", "l"])
    out = helper.make_tensor_value_info("out", TensorProto.FLOAT, None)
    nodes = [
        helper.make_node("ReduceSum", ["embedded", "axis"], ["sums"], keepdims=0),
        helper.make_node("Mul", ["sums", "nan"], ["out"]),
    ]
    weights = [
        numpy_helper.from_array(np.array([1]), "axis"),
        numpy_helper.from_array(np.float32("nan"), "nan"),
    ]
    graph = helper.make_graph(nodes, "broken", [ids, mask], [out], weights)
    opset = [helper.make_opsetid("", 20)]
    onnx.save(helper.make_model(graph, opset_imports=opset, ir_version=10), folder / LATE)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest[LATE]["bytes"] = (folder / LATE).stat().st_size
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(ModelError, match=rf"{LATE} answers no numbers"):
        load_pair_reader(ModelFolder(folder)).read(PAIRS)
