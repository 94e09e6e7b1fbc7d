"""Scores of trainings."""

import numpy as np
import pytest

from tracker.types import RelationLabel
from training.scores import average_precision, f1, reliability, told

FOUND = np.array([True, True, False, False])
GOLD = np.array([True, False, True, False])


def test_f1_is_the_harmonic_mean_of_precision_and_recall() -> None:
    assert f1(FOUND, GOLD) == pytest.approx(0.5)
    assert f1(~(FOUND | GOLD), GOLD & ~GOLD) == 0


def test_average_precision_rises_with_right_answers_that_come_first() -> None:
    scores = np.array([0.9, 0.8, 0.7, 0.1])
    assert average_precision(scores, GOLD) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(-scores, GOLD) == pytest.approx((1 / 2 + 2 / 4) / 2)


def test_what_is_told_counts_reversals_with_contradictions() -> None:
    labels = (RelationLabel.CONTRADICTION, RelationLabel.REVERSAL, RelationLabel.NONE)
    chances = np.array([[0.2, 0.7, 0.1], [0.6, 0.3, 0.1], [0.1, 0.1, 0.8]])
    line = told(labels, chances, np.array([0, 1, 2]))
    assert line.startswith("macro F1 33.3 (contradiction 0 reversal 0 none 100)")
    assert line.endswith("average precision 100.0")


def test_reliability_sets_chances_beside_what_came_true() -> None:
    [low, high] = reliability(np.array([0.05, 0.05, 0.95]), np.array([False, False, True]))
    assert "2 pairs, mean chance 0.05, right 0.00" in low
    assert "1 pairs, mean chance 0.95, right 1.00" in high
