"""Who wants a conflict, and how long a failed attempt waits."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.alerts.samples import CLAIMS, CONFLICT, subscription
from tracker.alerts import backoff, wants
from tracker.types import ConflictState, RelationLabel, Subscription


def test_a_plain_subscription_wants_every_conflict() -> None:
    assert wants(subscription(), CONFLICT, CLAIMS)


@pytest.mark.parametrize(
    "choosy",
    [
        subscription(relations=frozenset({RelationLabel.REVERSAL})),
        subscription(minimum_severity=0.81),
        subscription(speakers=frozenset({"Ana Voicu"})),
    ],
    ids=["other relation", "more severe", "other speaker"],
)
def test_what_was_not_asked_for_is_not_wanted(choosy: Subscription) -> None:
    assert not wants(choosy, CONFLICT, CLAIMS)


@pytest.mark.parametrize("name", ["Ilinca Moraru", "serban dragan", "Şerban Drăgan", "DRAGAN"])
def test_a_speaker_is_known_by_any_spelling_and_alias_on_either_side(name: str) -> None:
    assert wants(subscription(speakers=frozenset({name, "Ana Voicu"})), CONFLICT, CLAIMS)


def test_the_least_severity_asked_for_is_wanted() -> None:
    assert wants(subscription(minimum_severity=CONFLICT.severity), CONFLICT, CLAIMS)


def test_a_dismissed_conflict_is_wanted_again_only_when_it_is_reopened() -> None:
    dismissed = replace(CONFLICT, state=ConflictState.DISMISSED)
    reopened = replace(CONFLICT, state=ConflictState.REOPENED, occurrence=2)
    assert not wants(subscription(), dismissed, CLAIMS)
    assert wants(subscription(), reopened, CLAIMS)


def test_the_first_waits_are_short() -> None:
    assert [backoff(n).total_seconds() for n in (1, 2, 3)] == [5, 25, 125]


@given(st.integers(min_value=1, max_value=10**9))
def test_waits_grow_up_to_six_hours(attempts: int) -> None:
    assert backoff(attempts) <= backoff(attempts + 1) <= timedelta(hours=6)
