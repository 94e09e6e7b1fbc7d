"""Who wants which conflict, and how long to wait after a failed attempt."""

from collections.abc import Sequence
from datetime import timedelta

from tracker.languages import fold
from tracker.types import Claim, Conflict, ConflictState, Subscription

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=6)
GROWTH = 5
_QUIET = frozenset({ConflictState.DISMISSED, ConflictState.SNOOZED})


def wants(subscription: Subscription, conflict: Conflict, claims: Sequence[Claim]) -> bool:
    """Whether a subscription asks for this conflict, whose claims are ``claims``.

    A conflict that a person has dismissed or put off is wanted by nobody. Speakers are compared by
    name and alias, without regard to case and diacritics.
    """
    return (
        conflict.state not in _QUIET
        and conflict.label in subscription.relations
        and conflict.severity >= subscription.minimum_severity
        and (not subscription.speakers or _speaks(subscription.speakers, claims))
    )


def _speaks(wanted: frozenset[str], claims: Sequence[Claim]) -> bool:
    heard = {fold(name) for claim in claims for name in (claim.source.name, *claim.source.aliases)}
    return not heard.isdisjoint(map(fold, wanted))


def backoff(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts (1 or more).

    5 s, 25 s, 2 min, 10 min, 52 min, 4 h, and 6 h from then on.
    """
    wait = FIRST_WAIT
    for _ in range(attempts - 1):
        wait = min(wait * GROWTH, LONGEST_WAIT)
        if wait == LONGEST_WAIT:
            break
    return wait
