"""From a conflict to the receiver: the whole line with a real store and a real connection.

Only the clock is ours, so that nobody has to wait for the next attempt.
"""

import signal
import subprocess
import sys
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
from tracker.types import AlertState, Delivery, Rhythm, SubscriptionDraft

ROOT = Path(__file__).parents[2]


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


def subscribe(tracker: Tracker, *desks: Receiver, **other: object) -> int:
    fields: dict[str, object] = {
        "name": "desk",
        "channels": tuple(desk.url for desk in desks),
        "secret": SECRET,
    }
    with tracker.storage.transaction() as tx:
        return tx.subscriptions.add(SubscriptionDraft(**(fields | other))).id  # type: ignore[arg-type]


def run(tracker: Tracker) -> Delivery:
    """Run what is pending; the first delivery of the one alert as it then stands."""
    tracker.catch_up()
    with tracker.storage.snapshot() as tx:
        [alert] = tx.alerts.of_conflict(1)
    return alert.deliveries[0]


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
        assert [each.status for each in first.log] == [500]

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
            clock.now += timedelta(days=1)
    assert (alert.state, alert.attempts, alert.next_attempt_at) == (AlertState.FAILED, 3, None)
    assert alert.error is not None
    assert len(desk.received) == 3


def test_a_conflict_is_sent_once_however_often_the_step_runs(tracker: Tracker) -> None:
    with receiver() as desk:
        subscribe(tracker, desk)
        hand_in(tracker)
        sent = run(tracker)
        for _ in range(2):
            tracker.alert(1)
            tracker.deliver(sent.id)
    assert len(desk.received) == 1
    assert not tracker.pending(Step.DELIVER)


def test_each_channel_is_tried_apart(tracker: Tracker, clock: Clock) -> None:
    with receiver(500) as broken, receiver() as fine:
        subscribe(tracker, broken, fine)
        hand_in(tracker)
        assert run(tracker).state is AlertState.PENDING
        assert [got.status for got in fine.received] == [204]
        clock.now += timedelta(seconds=5)
        assert run(tracker).state is AlertState.SENT
    assert len(fine.received) == 1
    ids = {got.headers["webhook-id"] for got in broken.received + fine.received}
    assert len(ids) == 1


def test_a_receiver_that_is_gone_is_not_asked_again(tracker: Tracker, clock: Clock) -> None:
    with receiver(410) as gone:
        id = subscribe(tracker, gone)
        hand_in(tracker)
        failed = run(tracker)
        assert (failed.state, failed.next_attempt_at) == (AlertState.FAILED, None)
        with tracker.storage.snapshot() as tx:
            assert tx.subscriptions.get(id).closed == {gone.url}
        clock.now += timedelta(days=2)
        run(tracker)
    assert len(gone.received) == 1


def test_what_was_sent_can_be_sent_again_under_the_same_id(tracker: Tracker) -> None:
    with receiver() as desk:
        subscribe(tracker, desk)
        hand_in(tracker)
        tracker.send_again(run(tracker).id)
        assert len(run(tracker).log) == 2
    first, second = desk.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body


def test_a_digest_is_one_message_at_its_hour_and_never_empty(
    tracker: Tracker, clock: Clock
) -> None:
    with receiver() as desk:
        subscribe(tracker, desk, rhythm=Rhythm.DAILY, zone="Europe/Bucharest")
        hand_in(tracker)
        tracker.catch_up()
        assert desk.received == []
        clock.now = datetime(2026, 3, 4, 5, 59, tzinfo=UTC)
        assert tracker.catch_up() == 0
        clock.now += timedelta(minutes=1)  # eight o'clock in Bucharest
        tracker.catch_up()
        clock.now += timedelta(days=1)
        assert tracker.catch_up() == 0
    [got] = desk.received
    message = Webhook(SECRET).verify(got.body, got.headers)
    assert message["type"] == "conflicts.digest"
    assert [each["conflict_id"] for each in message["data"]["conflicts"]] == [1]


def test_a_sender_that_dies_before_it_stamps_is_followed_by_the_same_message(
    tracker: Tracker, clock: Clock, tmp_path: Path
) -> None:
    with receiver() as desk:
        subscribe(tracker, desk)
        hand_in(tracker)
        for step in (Step.EXTRACT, Step.MATCH, Step.COMPARE, Step.ALERT):
            for id in tracker.pending(step):
                getattr(tracker, step.value)(id)
        [delivery_id] = tracker.pending(Step.DELIVER)
        command = (sys.executable, "-m", "tests.alerts.dying", str(tmp_path), str(delivery_id))
        died = subprocess.run([*command, clock.now.isoformat()], cwd=ROOT, check=False)
        assert died.returncode == -signal.SIGKILL
        assert len(desk.received) == 1

        assert run(tracker).state is AlertState.PENDING
        assert len(desk.received) == 1, "it may still be at work"
        clock.now += timedelta(minutes=2)
        sent = run(tracker)
        assert sent.state is AlertState.SENT
        assert [each.ended_at for each in sent.log] == [None, clock.now]
        clock.now += timedelta(days=1)
        tracker.catch_up()
    first, second = desk.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
