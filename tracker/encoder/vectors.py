"""What is made of a model's numbers: embeddings as they are stored, and probabilities.

A stored embedding is little-endian float16 values of a unit vector.
"""

import numpy as np

from tracker.encoder.table import Floats


def cosine(a: bytes, b: bytes) -> float:
    """How alike two embeddings are, from -1 to 1, exact to about 0.001.

    Raises:
        ValueError: they are not of one length, so they come from different models.
    """
    left, right = (np.frombuffer(vector, "<f2").astype(np.float32) for vector in (a, b))
    return float(np.clip(left @ right, -1.0, 1.0))


def softmax(scores: Floats) -> Floats:
    """Probabilities along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)  # type: ignore[no-any-return]
