"""Scores of trainings, where one pair may stand for many."""

import numpy as np
import pytest

from tracker.types import RelationLabel
from training.scores import average_precision, f1, reliability, told

FOUND = np.array([True, True, False, False])
GOLD = np.array([True, False, True, False])
ONES = np.ones(4)


def test_f1_is_the_harmonic_mean_of_precision_and_recall() -> None:
    assert f1(FOUND, GOLD, ONES) == pytest.approx(0.5)
    assert f1(~(FOUND | GOLD), GOLD & ~GOLD, ONES) == 0


def test_a_pair_counts_as_often_as_it_stands_for_others() -> None:
    assert f1(FOUND, GOLD, np.array([1, 8, 1, 8])) == pytest.approx(2 / 11)
    scores = np.array([0.9, 0.8, 0.7, 0.1])
    assert average_precision(scores, GOLD, ONES) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(scores, GOLD, np.array([1, 8, 1, 8])) == pytest.approx((1 + 0.2) / 2)


def test_pairs_that_stand_for_many_score_as_the_many_would() -> None:
    labels = (RelationLabel.CONTRADICTION, RelationLabel.NONE)
    chances = np.array([[0.8, 0.2], [0.6, 0.4], [0.3, 0.7], [0.1, 0.9]])
    gold, counts = np.array([0, 1, 0, 1]), np.array([1, 3, 1, 5])
    many = np.repeat(np.arange(4), counts)
    assert told(labels, chances, gold, counts) == told(labels, chances[many], gold[many])


def test_reliability_sets_chances_beside_what_came_true() -> None:
    [low, high] = reliability(np.array([0.05, 0.05, 0.95]), np.array([False, False, True]))
    assert "2 pairs, mean chance 0.05, right 0.00" in low
    assert "1 pairs, mean chance 0.95, right 1.00" in high
