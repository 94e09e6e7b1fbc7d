"""What may be decided of a conflict, and what becomes of a decision when new evidence comes."""

from collections.abc import Mapping
from datetime import datetime

from tracker.errors import InvalidDecision
from tracker.types import UNDECIDED, ConflictState, Decision, Standing

_DECIDED = frozenset({ConflictState.CONFIRMED, ConflictState.DISMISSED, ConflictState.SNOOZED})
_NEXT: Mapping[ConflictState, frozenset[ConflictState]] = {
    **dict.fromkeys(UNDECIDED, _DECIDED),
    ConflictState.CONFIRMED: frozenset({ConflictState.REOPENED}),
    ConflictState.DISMISSED: frozenset({ConflictState.REOPENED}),
    ConflictState.SNOOZED: _DECIDED | {ConflictState.REOPENED},
}
"""What is decided is reopened before it is decided anew, so that no decision is overwritten."""


def choices(state: ConflictState) -> frozenset[ConflictState]:
    """What can be decided of a conflict in this state."""
    return _NEXT[state]


def check_decision(state: ConflictState, decision: Decision, now: datetime) -> None:
    """Refuse what cannot be decided of a conflict in ``state``.

    Raises:
        InvalidDecision: it is decided already, or the decision does not hold together.
    """
    if decision.state not in choices(state):
        raise InvalidDecision(
            "the conflict is {state} and cannot become {wanted}; reload the page to see what was "
            "decided meanwhile",
            "state",
            state=state,
            wanted=decision.state,
        )
    if (decision.dismissal is None) == (decision.state is ConflictState.DISMISSED):
        raise InvalidDecision("a dismissal, and nothing else, takes a reason", "dismissal")
    if decision.snoozed_until is None:
        return
    if decision.state is not ConflictState.SNOOZED:
        raise InvalidDecision("only what is snoozed comes back on a day", "snoozed_until")
    if decision.snoozed_until <= now:
        raise InvalidDecision("the day on which it comes back lies in the past", "snoozed_until")


def after_evidence(state: ConflictState, *, looked_at: bool) -> Standing:
    """Where a conflict stands once new evidence has come.

    What was dismissed or snoozed comes back; what is confirmed stays so.
    """
    if state is ConflictState.DISMISSED:
        return Standing(state=ConflictState.REOPENED)
    if state is ConflictState.SNOOZED or (state is ConflictState.NEW and looked_at):
        return Standing(state=ConflictState.ONGOING)
    return Standing(state=state)
