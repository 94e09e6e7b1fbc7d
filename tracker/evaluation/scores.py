"""Precision, recall and F1, as fractions of 1."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Score:
    """How much of what was found is right, how much of what is right was found, and their mean."""

    precision: float
    recall: float
    f1: float


def score(found_right: int, found: int, gold_found: int, gold: int) -> Score:
    """The score for ``found_right`` of ``found`` answers and ``gold_found`` of ``gold`` ones.

    A fraction of nothing is 0.
    """
    precision = found_right / found if found else 0.0
    recall = gold_found / gold if gold else 0.0
    total = precision + recall
    return Score(precision, recall, 2 * precision * recall / total if total else 0.0)
