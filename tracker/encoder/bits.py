"""Embeddings cut down to a bit a value, so that very many can be looked through at once.

A bit tells whether a value lies above the middle of what the encoder gives: the hyperplanes of
Charikar (STOC 2002), along the axes of the embedding. The number of bits in which two differ orders
them nearly as the embeddings do.
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from tracker.encoder.files import ModelFolder
from tracker.encoder.table import Floats
from tracker.encoder.vectors import values_of

FILE = "middle.npy"
WIDTH = 384
"""Values in an embedding of the encoder that comes with the program."""
Words = npt.NDArray[np.uint64]
"""(claims, width / 64): bits of embeddings."""


def bits_of(embedding: bytes) -> bytes | None:
    """The bits of an embedding; None where another encoder made it, for they mean nothing then."""
    values = values_of(embedding)
    if len(values) != WIDTH:
        return None
    return bytes(np.packbits(values > _middle()).data)


def words_of(bits: bytes, rows: int) -> Words:
    """The bits of many embeddings, one after the other, as rows of words."""
    return np.frombuffer(bits, np.uint64).reshape(rows, -1)


def difference(bits: bytes, others: Words) -> npt.NDArray[np.uint16]:
    """In how many bits an embedding differs from each of others."""
    apart = np.zeros(len(others), np.uint16)
    for own, column in zip(np.frombuffer(bits, np.uint64), others.T, strict=True):
        apart += np.bitwise_count(column ^ own)
    return apart


@lru_cache(maxsize=1)
def _middle() -> Floats:
    middle: Floats = np.load(ModelFolder().file(FILE))
    return middle
