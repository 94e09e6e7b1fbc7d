"""Workers that take articles together: each is read once, and none is lost with a worker."""

from dataclasses import replace

import pytest

from tests.waiting import wait_for
from tests.workers.conftest import Start, kill
from tests.workers.counting import READ
from tests.workers.samples import CLOSED, OPEN
from tests.workers.trouble import STAYS
from tracker.assembly import build_tracker
from tracker.config import Settings
from tracker.pipeline import Step, Tracker
from tracker.storage import Storage
from tracker.types import ArticleState
from workers.app import create_celery
from workers.doorbell import CeleryDoorbell

WORKER = ("worker", "--concurrency=2", "--without-gossip", "--without-mingle", "--loglevel=INFO")
COUNTING = ("celery", "-A", "tests.workers.counting_entry", *WORKER)
TROUBLED = ("celery", "-A", "tests.workers.entry", *WORKER)
IMPATIENT_BEAT = ("celery", "-A", "tests.workers.entry", "beat", "--pidfile=")
ON_BOTH = pytest.mark.parametrize("settings", ["sqlite", "postgres"], indirect=True)
MANY = 24


@pytest.fixture
def tracker(settings: Settings, storage: Storage) -> Tracker:
    tracker = build_tracker(settings, CeleryDoorbell(create_celery(settings)))
    return replace(tracker, storage=storage)


def extracted(storage: Storage) -> int:
    with storage.snapshot() as tx:
        return tx.articles.counts()[ArticleState.EXTRACTED]


@ON_BOTH
def test_no_two_workers_read_one_article(
    start: Start, tracker: Tracker, storage: Storage, settings: Settings
) -> None:
    ids = [
        tracker.add_article(replace(draft, external_id=f"{draft.external_id}-{n}")).article_id
        for n in range(MANY // 2)
        for draft in (CLOSED, OPEN)
    ]
    for id in ids:  # a second time, as the sweep may
        tracker.doorbell.ring(Step.EXTRACT, id)
    for _ in range(2):
        start(*COUNTING)
    assert wait_for(lambda: extracted(storage) == MANY)
    read = (settings.data_dir / READ).read_text().split()
    assert sorted(map(int, read)) == sorted(ids)


def test_what_a_killed_worker_had_taken_is_read_by_another(
    start: Start, tracker: Tracker, storage: Storage, settings: Settings
) -> None:
    tracker.add_article(replace(CLOSED, title=STAYS))
    for n in range(3):
        tracker.add_article(replace(OPEN, external_id=f"taken with it {n}"))
    worker = start(*TROUBLED)
    wait_for(lambda: (settings.data_dir / "staying").exists())
    kill(worker)
    start(*TROUBLED)
    start(*IMPATIENT_BEAT)
    assert wait_for(lambda: extracted(storage) == 4)
