"""What is made of a model's numbers: embeddings as they are stored, and probabilities.

A stored embedding is little-endian float16 values of a unit vector.
"""

import numpy as np

from tracker.encoder.table import Floats


def values_of(embedding: bytes) -> Floats:
    """The values of a stored embedding."""
    return np.frombuffer(embedding, "<f2").astype(np.float32)


def cosine(a: bytes, b: bytes) -> float:
    """How alike two embeddings are, from -1 to 1, exact to about 0.001.

    Raises:
        ValueError: they are not of one length, so they come from different models.
    """
    return float(np.clip(values_of(a) @ values_of(b), -1.0, 1.0))


def softmax(scores: Floats) -> Floats:
    """Probabilities along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)  # type: ignore[no-any-return]
