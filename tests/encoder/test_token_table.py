"""Rows of the table are what the blocks on disk say, and each piece has one."""

import json
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.encoder import BLOCK, ModelFolder, TokenTable, dequantised
from tracker.errors import ModelError


def decoded(block: bytes) -> list[float]:
    """One Q4_0 block, value by value: scale, then low halves, then high halves."""
    (scale,) = struct.unpack("<e", block[:2])
    low = [(byte % 16 - 8) * scale for byte in block[2:]]
    high = [(byte // 16 - 8) * scale for byte in block[2:]]
    return low + high


@pytest.mark.parametrize("id", [0, 3, 4, 1_000, 77_777, 152_465])
def test_rows_are_the_blocks_on_disk(models: ModelFolder, id: int) -> None:
    content = models.file("embeddings.npy").read_bytes()
    row_bytes = models.table.width // 32 * 18
    start = len(content) - (len(models.table) - id) * row_bytes
    blocks = [content[at : at + 18] for at in range(start, start + row_bytes, 18)]
    expected = [value for block in blocks for value in decoded(block)]
    np.testing.assert_allclose(models.table.rows(np.array(id)), expected, rtol=1e-6)


@given(st.lists(st.binary(min_size=18, max_size=18), min_size=1, max_size=4))
def test_any_block_is_decoded_as_the_format_says(rows: list[bytes]) -> None:
    expected = [value for row in rows for value in decoded(row)]
    with np.errstate(invalid="ignore"):
        actual = dequantised(np.frombuffer(b"".join(rows), BLOCK))
    np.testing.assert_array_equal(actual, np.array(expected, np.float32))


def test_rows_keep_the_shape_and_order_of_the_ids(models: ModelFolder) -> None:
    rows = models.table.rows(np.array([[7, 5, 7], [5, 4, 6]]))
    assert rows.shape == (2, 3, models.table.width)
    np.testing.assert_array_equal(rows[0, 0], rows[0, 2])
    np.testing.assert_array_equal(rows[0, 1], rows[1, 0])
    assert not np.array_equal(rows[0, 0], rows[0, 1])


def test_there_is_a_row_for_each_piece_of_the_tokenizer(models: ModelFolder) -> None:
    tokenizer = json.loads(models.file("tokenizer.json").read_text(encoding="utf-8"))
    assert len(models.table) == len(tokenizer["model"]["vocab"])


@pytest.mark.parametrize("content", [b"", b"not an array", b"\x93NUMPY\x01\x00\x05\x00oops!"])
def test_a_file_that_is_no_table_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "embeddings.npy"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"embeddings\.npy"):
        TokenTable(path)


def test_an_array_of_something_else_is_named(tmp_path: Path) -> None:
    path = tmp_path / "embeddings.npy"
    np.save(path, np.zeros((3, 4), np.float32))
    with pytest.raises(ModelError, match=r"embeddings\.npy is not a table"):
        TokenTable(path)
