import numpy as np
import pytest

from tracker.encoder import cosine


def stored(*values: float) -> bytes:
    return np.array(values, "<f2").tobytes()


def test_cosine_of_unit_vectors() -> None:
    assert cosine(stored(1, 0), stored(1, 0)) == 1
    assert cosine(stored(1, 0), stored(0, 1)) == 0
    assert cosine(stored(0.6, 0.8), stored(-0.6, -0.8)) == pytest.approx(-1, abs=1e-3)


def test_cosine_never_leaves_its_range() -> None:
    rounded_up = stored(*[0.0511] * 384)
    assert np.linalg.norm(np.frombuffer(rounded_up, "<f2").astype(float)) > 1
    assert cosine(rounded_up, rounded_up) == 1


def test_vectors_of_different_models_are_refused() -> None:
    with pytest.raises(ValueError, match="size"):
        cosine(stored(1, 0), stored(1, 0, 0))
