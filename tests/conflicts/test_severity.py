"""How severe a conflict is."""

import pytest

from tests.conflicts.shelf import tie
from tracker.conflicts import Tie, severity_of
from tracker.types import Kind, RelationLabel


@pytest.mark.parametrize(
    ("heavier", "lighter"),
    [
        (tie(1, 2), tie(1, 2, probability=0.6)),
        (tie(1, 2), tie(1, 2, RelationLabel.REVERSAL)),
        (tie(1, 2, RelationLabel.REVERSAL), tie(1, 2, RelationLabel.TENSION)),
        (tie(1, 2), tie(1, 2, kind=Kind.EVALUATION)),
        (tie(1, 2, RelationLabel.TENSION), tie(1, 2, RelationLabel.UPDATE)),
    ],
)
def test_what_weighs_more(heavier: Tie, lighter: Tie) -> None:
    assert 1 >= severity_of(heavier) > severity_of(lighter) >= 0
