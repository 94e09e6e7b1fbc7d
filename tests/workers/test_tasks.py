"""Real Celery workers on a real Valkey: articles become conflicts, and nothing gets lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import redis

from tests.waiting import wait_for
from tests.workers.conftest import Start, kill
from tests.workers.samples import CLOSED, OPEN
from tests.workers.trouble import FAILS, KILLS, STAYS
from tracker.assembly import build_tracker
from tracker.config import Settings
from tracker.pipeline import SilentDoorbell, Step, Tracker
from tracker.storage import Storage
from tracker.types import (
    Article,
    ArticleDraft,
    ArticleState,
    AuditDraft,
    Deed,
    Log,
    MessageKind,
    SubscriptionDraft,
)
from workers.app import create_celery
from workers.doorbell import CeleryDoorbell
from workers.schedule import LONG_QUEUE, SWEEP, beat_schedule, ring_overdue, waiting

WORKER = ("worker", "--concurrency=2", "--without-gossip", "--without-mingle", "--loglevel=INFO")
REAL = ("celery", "-A", "workers.main", *WORKER)
TROUBLED = ("celery", "-A", "tests.workers.entry", *WORKER)
IMPATIENT_BEAT = ("celery", "-A", "tests.workers.entry", "beat", "--pidfile=")
ON_BOTH = pytest.mark.parametrize("settings", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def tracker(settings: Settings, storage: Storage) -> Tracker:
    """What a web process has: it stores and rings, and the workers do the rest."""
    tracker = build_tracker(settings, CeleryDoorbell(create_celery(settings)))
    return replace(tracker, storage=storage)


@pytest.fixture
def conflicts(storage: Storage) -> Callable[[], int]:
    def count() -> int:
        with storage.snapshot() as tx:
            return sum(tx.conflicts.counts().values())

    return count


def stored(storage: Storage, id: int) -> Article:
    with storage.snapshot() as tx:
        return tx.articles.get(id)


def add(tracker: Tracker, *drafts: ArticleDraft) -> list[int]:
    return [tracker.add_article(draft).article_id for draft in drafts]


@ON_BOTH
def test_articles_become_a_conflict(
    start: Start, tracker: Tracker, conflicts: Callable[[], int]
) -> None:
    start(*REAL)
    add(tracker, CLOSED, OPEN)
    assert wait_for(conflicts) == 1


def test_an_article_that_raises_is_set_aside_and_holds_up_no_other(
    start: Start, tracker: Tracker, storage: Storage, conflicts: Callable[[], int]
) -> None:
    start(*TROUBLED)
    [bad, *_] = add(tracker, replace(CLOSED, title=FAILS, external_id="mc-0"), CLOSED, OPEN)
    assert wait_for(conflicts) == 1
    article = wait_for(lambda: a if (a := stored(storage, bad)).error else None)
    assert article.state is ArticleState.QUARANTINED
    assert article.error == "ArithmeticError: this was to be expected"


def test_a_step_whose_process_is_killed_is_run_again(
    start: Start, tracker: Tracker, settings: Settings, conflicts: Callable[[], int]
) -> None:
    start(*TROUBLED)
    add(tracker, replace(CLOSED, title=KILLS), OPEN)
    assert wait_for(conflicts) == 1
    assert (settings.data_dir / "killed").exists()


@ON_BOTH
def test_what_a_killed_worker_was_doing_is_found_by_the_sweep(
    start: Start, tracker: Tracker, settings: Settings, conflicts: Callable[[], int]
) -> None:
    worker = start(*TROUBLED)
    add(tracker, replace(CLOSED, title=STAYS), OPEN)
    wait_for(lambda: (settings.data_dir / "staying").exists())
    kill(worker)
    start(*TROUBLED)
    start(*IMPATIENT_BEAT)
    assert wait_for(conflicts) == 1


def test_a_lost_message_is_found_by_the_sweep(
    start: Start, tracker: Tracker, settings: Settings, conflicts: Callable[[], int]
) -> None:
    add(replace(tracker, doorbell=SilentDoorbell()), CLOSED, OPEN)
    start(*REAL)
    app = create_celery(settings)
    for _ in range(2):  # once too often does no harm
        app.send_task(SWEEP, args=(Step.EXTRACT, 0))
    assert wait_for(conflicts) == 1


@pytest.mark.parametrize("settings", ["unmigrated"], indirect=True)
def test_a_step_waits_for_a_database_that_does_not_answer(
    start: Start, tracker: Tracker, settings: Settings, conflicts: Callable[[], int]
) -> None:
    for id in (1, 2):
        tracker.doorbell.ring(Step.EXTRACT, id)
    start(*REAL)
    log = settings.data_dir / "process-0.log"
    wait_for(lambda: "Retry in" in log.read_text())
    tracker.storage.migrate()
    add(replace(tracker, doorbell=SilentDoorbell()), CLOSED, OPEN)
    assert wait_for(conflicts) == 1


@ON_BOTH
def test_old_logs_are_removed(start: Start, settings: Settings, storage: Storage) -> None:
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    with storage.transaction() as tx:
        desk = tx.subscriptions.add(SubscriptionDraft(name="desk", channels=()))
        tx.messages.make(desk, MessageKind.TEST, [], long_ago)
        tx.messages.make(desk, MessageKind.TEST, [], datetime.now(UTC))
        tx.audit.add(AuditDraft(deed=Deed.SIGNED_IN, by="Ana"), long_ago)
    start(*REAL)
    app = create_celery(settings)
    tidy = beat_schedule()["tidy"]
    app.send_task(tidy["task"], **tidy["options"])

    def messages() -> int:
        with storage.snapshot() as tx:
            return tx.logs.count(Log.MESSAGES, datetime.max.replace(tzinfo=UTC))

    wait_for(lambda: messages() == 1)
    with storage.snapshot() as tx:
        assert len(tx.audit.recent(9)) == 1


def test_what_is_not_overdue_is_left_to_the_message_that_is_on_its_way(
    tracker: Tracker, settings: Settings
) -> None:
    add(replace(tracker, doorbell=SilentDoorbell()), CLOSED)
    app = create_celery(settings)
    ring_overdue(app, tracker, Step.EXTRACT, older_than=3600)
    assert waiting(app) == 0
    ring_overdue(app, tracker, Step.EXTRACT, older_than=0)
    assert waiting(app) == 1


def test_the_sweep_does_not_lengthen_a_long_queue(tracker: Tracker, settings: Settings) -> None:
    add(replace(tracker, doorbell=SilentDoorbell()), CLOSED)
    app = create_celery(settings)
    for id in range(LONG_QUEUE + 1):
        tracker.doorbell.ring(Step.MATCH, id)
    ring_overdue(app, tracker, Step.EXTRACT, older_than=0)
    assert waiting(app) == LONG_QUEUE + 1


def test_messages_carry_ids_as_json(tracker: Tracker, queue: redis.Redis) -> None:
    [id] = add(tracker, CLOSED)
    message = queue.lindex("tracker", 0)
    assert b'"content-type": "application/json"' in message
    assert b'"task": "tracker.extract"' in message
    assert f'"argsrepr": "({id},)"'.encode() in message
