"""The regression that weighs the evidence."""

from dataclasses import replace

import numpy as np
import pytest

from tracker.comparison.relation import OUTCOMES
from tracker.types import RelationLabel
from training.train_relation import Case, Regression, balanced, crossed, threshold


def case(event: str, read: float, outcome: RelationLabel) -> Case:
    features = {"always": 1.0, "read": read}
    return Case(event, features, outcome, natural=True)


def cases() -> list[Case]:
    contradictions = [
        case(f"story {n}", 1.0 + n % 3, RelationLabel.CONTRADICTION) for n in range(20)
    ]
    others = [case(f"story {n}", -1.0 - n % 3, RelationLabel.NONE) for n in range(20)]
    return contradictions + others


def test_evidence_is_weighed_as_the_cases_say() -> None:
    model = Regression(cases(), lambda name: True)
    chances = model.chances([case("new", 2.0, RelationLabel.NONE)])[0]
    assert chances.sum() == pytest.approx(1)
    assert OUTCOMES[int(chances.argmax())] is RelationLabel.CONTRADICTION


def test_evidence_can_be_left_out() -> None:
    model = Regression(cases(), lambda name: name != "read")
    assert model.names == ["always"]


def test_unrelated_pairs_do_not_drown_the_others() -> None:
    found = [
        case("a", 1.0, RelationLabel.CONTRADICTION),
        *[case("b", 1.0, RelationLabel.NONE) for _ in range(50)],
    ]
    assert balanced(found).sum() == pytest.approx(7)


def test_no_case_is_judged_by_a_regression_that_saw_its_story() -> None:
    found = cases()
    odd = [case("odd", 5.0, RelationLabel.NONE) for _ in range(10)]
    chances = crossed([*found, *odd], lambda name: True)
    assert (chances[-10:].argmax(1) == OUTCOMES.index(RelationLabel.CONTRADICTION)).all()


def test_what_an_exact_comparer_found_is_as_sure_as_that_one() -> None:
    found = [*cases(), replace(case("odd", -3.0, RelationLabel.NONE), finding=0.9)]
    chances = crossed(found, lambda name: True)[-1]
    assert chances[OUTCOMES.index(RelationLabel.NONE)] == pytest.approx(0.1)
    without = crossed(found, lambda name: not name.startswith("found:"))[-1]
    assert without[OUTCOMES.index(RelationLabel.NONE)] > 0.5


def test_the_threshold_keeps_the_precision_that_is_asked_for() -> None:
    found = [
        *[case("a", 1.0, RelationLabel.CONTRADICTION) for _ in range(9)],
        *[case("b", 1.0, RelationLabel.NONE) for _ in range(9)],
    ]
    chances = np.zeros((18, len(OUTCOMES)))
    chances[:, 0] = [0.9] * 9 + [0.8] + [0.4] * 8
    low, lines = threshold(found, chances)
    assert low == pytest.approx(0.41)
    assert "precision 0.50, recall 1.00" in lines[0]
