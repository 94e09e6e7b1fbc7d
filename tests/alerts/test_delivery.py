"""From a conflict to the receiver: the whole line with a real store and a real connection.

Only the clock is ours, so that nobody has to wait for the next attempt.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from standardwebhooks import Webhook

from tests.alerts.samples import SECRET
from tests.receiver import Receiver, receiver
from tests.workers.samples import CLOSED, OPEN
from tracker.assembly import build_tracker
from tracker.config import Settings
from tracker.pipeline import Step, Tracker
from tracker.types import Alert, AlertState, SubscriptionDraft


@dataclass
class Clock:
    now: datetime = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tracker(tmp_path: Path, clock: Clock) -> Iterator[Tracker]:
    settings = Settings(data_dir=tmp_path, database_url="", alert_attempts=3)
    tracker = replace(build_tracker(settings), clock=clock)
    with closing(tracker.storage):
        tracker.storage.migrate()
        yield tracker


def subscribe(tracker: Tracker, desk: Receiver) -> None:
    with tracker.storage.transaction() as tx:
        tx.subscriptions.add(SubscriptionDraft(name="desk", channel=desk.url, secret=SECRET))


def run(tracker: Tracker) -> Alert:
    """Run what is pending; the one alert as it then stands."""
    tracker.catch_up()
    with tracker.storage.snapshot() as tx:
        [alert] = tx.alerts.of_conflict(1)
    return alert


def hand_in(tracker: Tracker) -> None:
    for draft in (CLOSED, OPEN):
        tracker.add_article(draft)


def test_a_receiver_that_fails_twice_gets_the_alert_once(tracker: Tracker, clock: Clock) -> None:
    with receiver(500, 503) as desk:
        subscribe(tracker, desk)
        hand_in(tracker)
        first = run(tracker)
        assert (first.state, first.attempts) == (AlertState.PENDING, 1)
        assert first.error == f"desk (http://{desk.host}): answered 500"
        assert first.next_attempt_at == clock.now + timedelta(seconds=5)

        run(tracker)
        assert len(desk.received) == 1, "not before its time"

        clock.now += timedelta(seconds=5)
        second = run(tracker)
        assert second.next_attempt_at == clock.now + timedelta(seconds=25)

        clock.now += timedelta(seconds=25)
        sent = run(tracker)
        assert (sent.state, sent.attempts, sent.sent_at) == (AlertState.SENT, 3, clock.now)

        clock.now += timedelta(days=1)
        run(tracker)
    assert [got.status for got in desk.received] == [500, 503, 204]
    assert len({got.headers["webhook-id"] for got in desk.received}) == 1
    for got in desk.received:
        assert Webhook(SECRET).verify(got.body, got.headers)["data"]["conflict_id"] == 1


def test_after_the_last_attempt_it_has_failed_for_good(tracker: Tracker, clock: Clock) -> None:
    with receiver(500, 500, 500) as desk:
        subscribe(tracker, desk)
        hand_in(tracker)
        for _ in range(4):
            alert = run(tracker)
            clock.now += timedelta(hours=7)
    assert (alert.state, alert.attempts, alert.next_attempt_at) == (AlertState.FAILED, 3, None)
    assert alert.error is not None
    assert len(desk.received) == 3


def test_a_conflict_is_sent_once_however_often_the_step_runs(tracker: Tracker) -> None:
    with receiver() as desk:
        subscribe(tracker, desk)
        hand_in(tracker)
        alert = run(tracker)
        for _ in range(2):
            tracker.alert(alert.conflict_id)
            tracker.deliver(alert.id)
    assert len(desk.received) == 1
    assert not tracker.pending(Step.DELIVER)
