"""Embeddings as they are stored: little-endian float16 values of a unit vector."""

import numpy as np


def cosine(a: bytes, b: bytes) -> float:
    """How alike two embeddings are, from -1 to 1, exact to about 0.001.

    Raises:
        ValueError: they are not of one length, so they come from different models.
    """
    left, right = (np.frombuffer(vector, "<f2").astype(np.float32) for vector in (a, b))
    return float(np.clip(left @ right, -1.0, 1.0))
