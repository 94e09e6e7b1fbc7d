"""What may be decided, and what new evidence makes of it."""

from datetime import UTC, datetime, timedelta

import pytest

from tracker.conflicts import after_evidence, check_decision, choices
from tracker.errors import InvalidDecision
from tracker.types import UNDECIDED, ConflictState, Decision, Dismissal

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)


def decision(state: ConflictState, **other: object) -> Decision:
    return Decision(state=state, by="Ana", **other)  # type: ignore[arg-type]


@pytest.mark.parametrize("state", sorted(UNDECIDED))
@pytest.mark.parametrize(
    "wanted",
    [
        decision(ConflictState.CONFIRMED),
        decision(ConflictState.DISMISSED, dismissal=Dismissal.BOTH_TRUE),
        decision(ConflictState.SNOOZED),
        decision(ConflictState.SNOOZED, snoozed_until=TOMORROW),
    ],
)
def test_what_is_undecided_can_be_decided(state: ConflictState, wanted: Decision) -> None:
    check_decision(state, wanted, NOW)


@pytest.mark.parametrize("state", [ConflictState.CONFIRMED, ConflictState.DISMISSED])
def test_what_is_decided_is_first_reopened(state: ConflictState) -> None:
    check_decision(state, decision(ConflictState.REOPENED), NOW)
    with pytest.raises(InvalidDecision, match=f"it is {state}|is {state}"):
        check_decision(state, decision(ConflictState.CONFIRMED), NOW)


def test_what_is_snoozed_can_be_decided_or_brought_back() -> None:
    assert choices(ConflictState.SNOOZED) > {ConflictState.CONFIRMED, ConflictState.REOPENED}


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (decision(ConflictState.NEW), "state"),
        (decision(ConflictState.ONGOING), "state"),
        (decision(ConflictState.DISMISSED), "dismissal"),
        (decision(ConflictState.CONFIRMED, dismissal=Dismissal.UPDATE), "dismissal"),
        (decision(ConflictState.CONFIRMED, snoozed_until=TOMORROW), "snoozed_until"),
        (decision(ConflictState.SNOOZED, snoozed_until=NOW), "snoozed_until"),
    ],
)
def test_a_decision_that_does_not_hold_together_is_refused(wanted: Decision, field: str) -> None:
    with pytest.raises(InvalidDecision) as refused:
        check_decision(ConflictState.NEW, wanted, NOW)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("before", "looked_at", "after"),
    [
        (ConflictState.NEW, False, ConflictState.NEW),
        (ConflictState.NEW, True, ConflictState.ONGOING),
        (ConflictState.ONGOING, True, ConflictState.ONGOING),
        (ConflictState.REOPENED, True, ConflictState.REOPENED),
        (ConflictState.CONFIRMED, True, ConflictState.CONFIRMED),
        (ConflictState.DISMISSED, True, ConflictState.REOPENED),
        (ConflictState.SNOOZED, True, ConflictState.ONGOING),
    ],
)
def test_new_evidence(before: ConflictState, looked_at: bool, after: ConflictState) -> None:
    assert after_evidence(before, looked_at=looked_at).state is after
