"""The token embedding table that all models share: 4-bit blocks, mapped into memory.

A row is one piece of the vocabulary; only the rows in use are turned into floats, so that the
table costs the memory of the pages that were touched, once for all processes on a machine.
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from tracker.errors import ModelError

BLOCK_SIZE = 32
"""Neighbouring weights that share one scale."""

BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK_SIZE // 2)])
"""One Q4_0 block: weight ``i`` is ``(nibble - 8) * scale``.

Byte ``j`` holds weight ``j`` in its low nibble and weight ``j + 16`` in its high one.
"""

Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]


def dequantised(blocks: npt.NDArray[np.void]) -> Floats:
    """The weights of blocks; the last axis grows by the size of a block."""
    nibbles = blocks["nibbles"]
    weights = np.concatenate([nibbles & 15, nibbles >> 4], axis=-1).astype(np.float32) - 8
    weights *= blocks["scale"].astype(np.float32)[..., np.newaxis]
    return weights.reshape(*blocks.shape[:-1], blocks.shape[-1] * BLOCK_SIZE)


class TokenTable:
    """Token embeddings by id."""

    def __init__(self, path: Path) -> None:
        """Map the file into memory.

        Raises:
            ModelError: it is not an array of 4-bit blocks.
        """
        try:
            self._blocks = np.load(path, mmap_mode="r", allow_pickle=False)
        except (ValueError, OSError, EOFError) as error:
            raise ModelError(f"{path} cannot be read: {error}; install the package anew") from error
        if self._blocks.dtype != BLOCK or self._blocks.ndim != 2:
            raise ModelError(f"{path} is not a table of 4-bit blocks; install the package anew")

    def __len__(self) -> int:
        """How many pieces there are."""
        return len(self._blocks)

    @property
    def width(self) -> int:
        """Values in a row."""
        return int(self._blocks.shape[1]) * BLOCK_SIZE

    def rows(self, ids: Ids) -> Floats:
        """Embeddings for an array of ids of any shape; each different id is read once."""
        different, places = np.unique(ids, return_inverse=True)
        return dequantised(self._blocks[different])[places.reshape(ids.shape)]
