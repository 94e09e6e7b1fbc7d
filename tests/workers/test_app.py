"""What making the application does, and what it does not."""

import time
from pathlib import Path

import pytest

from tests.workers.conftest import Start
from tests.workers.samples import CLOSED
from tracker.assembly import build_tracker
from tracker.config import Settings
from tracker.errors import ConfigurationError
from tracker.pipeline import Doorbell, Step, Tracker
from workers.app import create_celery
from workers.doorbell import CeleryDoorbell
from workers.schedule import SWEEP, beat_schedule

NOBODY = "redis://127.0.0.1:1/0"
"""A port on which nothing listens."""


def test_making_it_neither_connects_nor_builds_anything() -> None:
    def never(settings: Settings, doorbell: Doorbell) -> Tracker:
        raise AssertionError("built too early")

    app = create_celery(Settings(broker_url=NOBODY), never)
    assert {f"tracker.{step}" for step in Step} | {SWEEP} <= app.tasks.keys()


def test_without_a_queue_it_says_what_to_set() -> None:
    with pytest.raises(ConfigurationError, match="TRACKER_BROKER_URL"):
        create_celery(Settings(broker_url=""))


def test_every_step_is_swept_for() -> None:
    entries = [entry for entry in beat_schedule().values() if entry["task"] == SWEEP]
    assert {entry["args"][0] for entry in entries} == {step.value for step in Step}


def test_an_article_is_stored_though_the_queue_is_away(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, broker_url=NOBODY)
    tracker = build_tracker(settings, CeleryDoorbell(create_celery(settings)))
    tracker.storage.migrate()
    asked = time.monotonic()
    added = tracker.add_article(CLOSED)
    assert time.monotonic() - asked < 10
    assert tracker.pending(Step.EXTRACT) == [added.article_id]
    tracker.storage.close()


def test_a_worker_whose_models_do_not_work_does_not_start(
    queue: object, settings: Settings, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the folder of a judge that is none, which is as broken as a model can be."""
    broken = settings.data_dir / "judge"
    broken.mkdir()
    (broken / "config.json").write_text('{"id2label": {"0": "yes"}}')
    monkeypatch.setenv("TRACKER_JUDGE_FOLDER", str(broken))
    worker = start("celery", "-A", "workers.main", "worker", "--concurrency", "1")
    assert worker.wait(timeout=60) != 0
    log = (settings.data_dir / "process-0.log").read_text()
    assert "the worker cannot start" in log
    assert str(broken / "config.json") in log
