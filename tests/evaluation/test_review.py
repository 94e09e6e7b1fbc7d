"""Where reviewers' decisions set the bar."""

import pytest

from tracker.errors import EvaluationError
from tracker.evaluation import Reviewed, lowest_threshold


def seen(*chances: float, right: bool) -> list[Reviewed]:
    return [Reviewed(chance, right) for chance in chances]


WRONG = seen(0.4, 0.45, 0.5, 0.5, 0.55, 0.6, 0.62, 0.65, 0.7, 0.9, right=False)
RIGHT = seen(*[0.5 + n / 40 for n in range(20)], right=True)


def test_the_bar_is_the_lowest_that_keeps_the_precision() -> None:
    found = [*WRONG, *RIGHT]
    bar = lowest_threshold(found, 0.8)
    flagged = [each for each in found if each.chance >= bar]
    assert sum(each.is_conflict for each in flagged) >= 0.8 * len(flagged)
    more = [each for each in found if each.chance >= bar - 0.03]
    assert sum(each.is_conflict for each in more) < 0.8 * len(more)


def test_a_stricter_reader_gets_a_higher_bar() -> None:
    found = [*WRONG, *RIGHT]
    assert lowest_threshold(found, 0.9) > lowest_threshold(found, 0.7)


@pytest.mark.parametrize("found", [[], RIGHT[:19], RIGHT, WRONG * 3])
def test_too_little_to_go_by_is_refused(found: list[Reviewed]) -> None:
    with pytest.raises(EvaluationError, match="reviewed pairs"):
        lowest_threshold(found, 0.8)


def test_what_cannot_be_had_is_refused() -> None:
    always_wrong_on_top = [*RIGHT, *seen(0.99, right=False)]
    with pytest.raises(EvaluationError, match="no threshold"):
        lowest_threshold(always_wrong_on_top, 1.0)
