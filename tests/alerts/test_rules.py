"""Who wants to hear what of a conflict, and how long a failed attempt waits."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.alerts.samples import CLAIMS, CONFLICT, MORNING, subscription
from tracker.alerts import backoff, change_for, later_of, stands, wants
from tracker.config import Settings
from tracker.types import (
    NEWS,
    Change,
    Conflict,
    ConflictState,
    Event,
    HistoryEntry,
    RelationLabel,
    Subscription,
)

ALL = subscription(changes=frozenset(Change))


def change(
    of: Subscription, conflict: Conflict, *events: Event, told: bool = True
) -> Change | None:
    entries = [
        HistoryEntry(id=number, at=MORNING, event=event, by="")
        for number, event in enumerate(events, start=1)
    ]
    return change_for(of, conflict, entries, told=told)


def standing(state: ConflictState, occurrence: int = 1) -> Conflict:
    return replace(CONFLICT, state=state, occurrence=occurrence)


# --- which conflicts ----------------------------------------------------------------------------


def test_a_plain_subscription_wants_every_conflict() -> None:
    assert wants(subscription(), CONFLICT, CLAIMS)


@pytest.mark.parametrize(
    "choosy",
    [
        subscription(relations=frozenset({RelationLabel.REVERSAL})),
        subscription(minimum_severity=0.81),
        subscription(speakers=frozenset({"Ana Voicu"})),
        subscription(outlets=frozenset({"Gazeta"})),
        subscription(languages=frozenset({"en", "bg"})),
        subscription(topics=frozenset({"baraj"})),
        subscription(topics=frozenset({"pod baraj"})),
        subscription(topics=frozenset({"rates"})),
        subscription(outlets=frozenset({"Gazeta de Prut"}), topics=frozenset({"baraj"})),
    ],
    ids=lambda each: str(each.outlets | each.languages | each.topics | each.speakers),
)
def test_what_was_not_asked_for_is_not_wanted(choosy: Subscription) -> None:
    assert not wants(choosy, CONFLICT, CLAIMS)


@pytest.mark.parametrize("name", ["Ilinca Moraru", "serban dragan", "Şerban Drăgan", "DRAGAN"])
def test_a_speaker_is_known_by_any_spelling_and_alias_on_either_side(name: str) -> None:
    assert wants(subscription(speakers=frozenset({name, "Ana Voicu"})), CONFLICT, CLAIMS)


@pytest.mark.parametrize("outlet", ["Gazeta de Prut", "monitorul campiei"])
def test_an_outlet_on_either_side_is_enough(outlet: str) -> None:
    assert wants(subscription(outlets=frozenset({outlet, "Curierul"})), CONFLICT, CLAIMS)


@pytest.mark.parametrize("topic", ["pod", "BRATES", "inchis pod", "Brateș, podul", "nu"])
def test_a_topic_is_found_by_beginnings_of_words_said_or_spoken_of(topic: str) -> None:
    assert wants(subscription(topics=frozenset({topic, "baraj"})), CONFLICT, CLAIMS)


@given(st.text(min_size=1), st.text(alphabet=" .,!?-"))
def test_any_word_of_a_claim_is_a_topic_it_has(text: str, around: str) -> None:
    said = replace(CLAIMS[0], statement=replace(CLAIMS[0].statement, text=text, about=""))
    asked = subscription(topics=frozenset({f"{around}{text}{around}"}))
    assert wants(asked, CONFLICT, (said, CLAIMS[1]))


def test_the_least_severity_asked_for_is_wanted() -> None:
    assert wants(subscription(minimum_severity=CONFLICT.severity), CONFLICT, CLAIMS)


# --- what happened to them ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "state", "heard"),
    [
        ((Event.OPENED,), ConflictState.NEW, Change.OPENED),
        ((Event.OPENED, Event.JOINED, Event.JOINED), ConflictState.NEW, Change.OPENED),
        ((Event.JOINED,), ConflictState.ONGOING, Change.NEW_EVIDENCE),
        ((Event.JOINED,), ConflictState.CONFIRMED, Change.NEW_EVIDENCE),
        ((Event.REPRINTED, Event.NOTED, Event.ASSIGNED), ConflictState.NEW, None),
        ((Event.CONFIRMED,), ConflictState.CONFIRMED, Change.CONFIRMED),
        ((Event.DISMISSED,), ConflictState.DISMISSED, Change.DISMISSED),
        ((Event.DISMISSED, Event.UNDONE), ConflictState.NEW, None),
        ((Event.CONFIRMED, Event.REOPENED), ConflictState.REOPENED, Change.CAME_BACK),
        ((Event.SNOOZED,), ConflictState.SNOOZED, None),
        ((Event.SNOOZED, Event.WOKEN), ConflictState.REOPENED, Change.CAME_BACK),
        ((Event.JOINED, Event.SNOOZED), ConflictState.SNOOZED, None),
        ((Event.JOINED, Event.DISMISSED), ConflictState.DISMISSED, Change.DISMISSED),
        ((), ConflictState.NEW, None),
    ],
)
def test_of_what_happened_the_most_telling_is_heard(
    events: tuple[Event, ...], state: ConflictState, heard: Change | None
) -> None:
    assert change(ALL, standing(state), *events) is heard


def test_only_the_changes_asked_for_are_heard() -> None:
    asked = subscription(changes=frozenset({Change.CONFIRMED}))
    assert change(asked, CONFLICT, Event.OPENED, told=False) is None
    assert change(asked, standing(ConflictState.CONFIRMED), Event.CONFIRMED) is Change.CONFIRMED
    usual = subscription()
    assert change(usual, standing(ConflictState.CONFIRMED), Event.CONFIRMED) is None
    assert usual.changes == NEWS


def test_to_whom_a_conflict_is_new_evidence_opens_it() -> None:
    asked = subscription(changes=frozenset({Change.OPENED, Change.CAME_BACK}))
    assert change(asked, CONFLICT, Event.JOINED, told=False) is Change.OPENED
    assert change(asked, CONFLICT, told=False) is Change.OPENED, "it has become more severe"
    back = standing(ConflictState.REOPENED, occurrence=2)
    assert change(asked, back, told=False) is Change.CAME_BACK
    confirmed = standing(ConflictState.CONFIRMED)
    assert change(asked, confirmed, Event.CONFIRMED, told=False) is None


@pytest.mark.parametrize("state", [ConflictState.DISMISSED, ConflictState.SNOOZED])
@pytest.mark.parametrize("news", sorted(NEWS))
def test_of_what_is_dismissed_or_snoozed_no_news_is_told(
    state: ConflictState, news: Change
) -> None:
    assert not stands(news, standing(state))
    assert stands(news, standing(ConflictState.REOPENED))


@pytest.mark.parametrize("each", list(Change))
def test_of_what_was_merged_into_another_nothing_is_told(each: Change) -> None:
    assert not stands(each, replace(CONFLICT, merged_into=8))


def test_evidence_adds_nothing_to_a_conflict_that_is_still_to_be_told() -> None:
    assert later_of(Change.OPENED, Change.NEW_EVIDENCE) is Change.OPENED
    assert later_of(Change.OPENED, Change.CONFIRMED) is Change.CONFIRMED
    assert later_of(Change.CONFIRMED, Change.NEW_EVIDENCE) is Change.NEW_EVIDENCE


# --- trying again -------------------------------------------------------------------------------


def test_the_first_waits_are_short() -> None:
    assert [backoff(n).total_seconds() for n in (1, 2, 3)] == [5, 25, 125]


def test_the_last_waits_are_a_day_and_all_of_them_about_three() -> None:
    waits = [backoff(n) for n in range(1, Settings().alert_attempts)]
    assert waits[-2:] == [timedelta(days=1)] * 2
    assert timedelta(days=3) < sum(waits, timedelta()) < timedelta(days=3, hours=6)


@given(st.integers(min_value=1, max_value=10**9))
def test_waits_grow_up_to_a_day(attempts: int) -> None:
    assert backoff(attempts) <= backoff(attempts + 1) <= timedelta(days=1)
