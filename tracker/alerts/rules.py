"""Who wants to hear what of a conflict, and how long to wait after a failed attempt."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from tracker.languages import fold
from tracker.languages.words import split_words
from tracker.types import (
    Change,
    Claim,
    Conflict,
    ConflictState,
    Event,
    HistoryEntry,
    Subscription,
)

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(days=1)
GROWTH = 5
_QUIET = frozenset({ConflictState.DISMISSED, ConflictState.SNOOZED})
_MEANING: Mapping[Event, Change] = {
    Event.OPENED: Change.OPENED,
    Event.JOINED: Change.NEW_EVIDENCE,
    Event.REOPENED: Change.CAME_BACK,
    Event.WOKEN: Change.CAME_BACK,
    Event.CONFIRMED: Change.CONFIRMED,
    Event.DISMISSED: Change.DISMISSED,
}
_DECISIONS = frozenset({Event.CONFIRMED, Event.DISMISSED, Event.SNOOZED, Event.UNDONE})
_BY_WEIGHT = list(Change)


def change_for(
    subscription: Subscription,
    conflict: Conflict,
    entries: Iterable[HistoryEntry],
    *,
    told: bool,
) -> Change | None:
    """What a subscription is to hear of a conflict since it last changed, if anything.

    Args:
        subscription: who may want to hear of it.
        conflict: as it stands now.
        entries: its history since alerts of it were last stored.
        told: whether the subscription has heard of this occurrence of it.
    """
    wanted = _changes(conflict, entries, told=told) & subscription.changes
    standing = [change for change in wanted if stands(change, conflict)]
    return max(standing, key=_BY_WEIGHT.index, default=None)


def _changes(
    conflict: Conflict, entries: Iterable[HistoryEntry], *, told: bool
) -> frozenset[Change]:
    events = {entry.event for entry in entries}
    changes = frozenset(_MEANING[event] for event in events if event in _MEANING)
    if told or not _DECISIONS.isdisjoint(events):
        return changes
    # To whom a conflict is new, evidence that made it worth telling opens it.
    return changes | {Change.OPENED if conflict.occurrence == 1 else Change.CAME_BACK}


def stands(change: Change, conflict: Conflict) -> bool:
    """Whether a change is still to be told as the conflict stands now.

    Of what was dismissed, snoozed or merged into another conflict nothing is told, except to those
    who asked for it, that it was dismissed.
    """
    if conflict.merged_into is not None:
        return False
    match change:
        case Change.CONFIRMED:
            return conflict.state is ConflictState.CONFIRMED
        case Change.DISMISSED:
            return conflict.state is ConflictState.DISMISSED
        case _:
            return conflict.state not in _QUIET


def later_of(waiting: Change, change: Change) -> Change:
    """What one alert tells of two changes: evidence adds nothing to a conflict not yet told of."""
    news = change is Change.NEW_EVIDENCE and waiting in (Change.OPENED, Change.CAME_BACK)
    return waiting if news else change


def wants(subscription: Subscription, conflict: Conflict, claims: Sequence[Claim]) -> bool:
    """Whether a subscription asks for conflicts like this one, whose claims are ``claims``.

    Each condition is met by any of the claims. Speakers, outlets and topics are compared without
    regard to case and diacritics.
    """
    return (
        conflict.label in subscription.relations
        and conflict.severity >= subscription.minimum_severity
        and _any_of(subscription.speakers, (name for claim in claims for name in _names(claim)))
        and _any_of(subscription.outlets, (claim.outlet for claim in claims))
        and _any_of(subscription.languages, (claim.statement.language for claim in claims))
        and _speaks_of(subscription.topics, claims)
    )


def _names(claim: Claim) -> tuple[str, ...]:
    return (claim.source.name, *claim.source.aliases)


def _any_of(wanted: frozenset[str], found: Iterable[str]) -> bool:
    return not wanted or not set(map(fold, wanted)).isdisjoint(map(fold, found))


def _speaks_of(topics: frozenset[str], claims: Sequence[Claim]) -> bool:
    wanted = [topic_words(topic) for topic in topics]
    texts = [topic_words(f"{claim.statement.text} {claim.statement.about}") for claim in claims]
    return not wanted or any(_begin(words, text) for words in wanted for text in texts)


def topic_words(text: str) -> tuple[str, ...]:
    """The words by which topics are compared."""
    return tuple(word.folded for word in split_words(text))


def _begin(beginnings: Iterable[str], words: Sequence[str]) -> bool:
    return all(any(word.startswith(start) for word in words) for start in beginnings)


def backoff(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts (1 or more).

    5 s, 25 s, 2 min, 10 min, 52 min, 4 h, 22 h, and a day from then on.
    """
    wait = FIRST_WAIT
    for _ in range(attempts - 1):
        wait = min(wait * GROWTH, LONGEST_WAIT)
        if wait == LONGEST_WAIT:
            break
    return wait
