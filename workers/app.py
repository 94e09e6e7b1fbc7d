"""The Celery application: which queue, which guarantees, which tasks."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import cache

from celery import Celery
from celery.signals import worker_init, worker_process_init

from tracker.assembly import build_tracker
from tracker.config import Settings
from tracker.errors import ConfigurationError
from tracker.pipeline import Doorbell, Tracker
from tracker.upkeep import Keeping
from workers.doorbell import CeleryDoorbell
from workers.schedule import beat_schedule, keep_sweeps_out_of_the_log
from workers.tasks import define_tasks

QUEUE = "tracker"
SOFT_TIME_LIMIT = 300
"""Seconds after which a step is interrupted by an exception, as a runaway extraction must be."""
TIME_LIMIT = 330
"""Seconds after which the process of a step that ignores the exception is killed."""
REHEARSAL = (sys.executable, "-c", "from tracker.cli import main; main(['check'])")
"""Opens every model in a process of its own; what it opens would not survive the fork."""
REDELIVERY = 900
"""Seconds after which the queue hands out again what a vanished worker never acknowledged."""


def create_celery(
    settings: Settings,
    assemble: Callable[[Settings, Doorbell], Tracker] = build_tracker,
    *,
    rehearsal: Sequence[str] = REHEARSAL,
) -> Celery:
    """The application for these settings; nothing is connected until it is used.

    ``assemble`` is called in each worker process, after the fork, so that no connection and no
    model is shared between processes. Before that, ``rehearsal`` is run as a command: a worker that
    could only fail does not start. An empty one rehearses nothing.

    Raises:
        ConfigurationError: no queue is configured.
    """
    if not settings.broker_url:
        raise ConfigurationError(
            "no queue is configured: set TRACKER_BROKER_URL to a Redis or Valkey URL, "
            "or use `tracker up`, which brings its own"
        )
    app = Celery("tracker", broker=settings.broker_url)
    app.conf.update(
        task_default_queue=QUEUE,
        task_serializer="json",
        accept_content=["json"],
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        # With a pause, lest a step that kills its process keeps a worker busy with dying.
        task_retry_on_worker_lost=True,
        task_soft_time_limit=SOFT_TIME_LIMIT,
        task_time_limit=TIME_LIMIT,
        worker_prefetch_multiplier=1,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={"visibility_timeout": REDELIVERY, "socket_connect_timeout": 5},
        beat_schedule=beat_schedule(),
        # Intervals need no memory of the last run, so no file of pickles is kept.
        beat_scheduler="celery.beat:Scheduler",
    )

    @cache
    def tracker() -> Tracker:
        return assemble(settings, CeleryDoorbell(app))

    define_tasks(app, tracker, Keeping.of(settings))
    worker_init.connect(keep_sweeps_out_of_the_log)
    worker_init.connect(lambda **_: _rehearse(rehearsal), weak=False)
    worker_process_init.connect(lambda **_: tracker(), weak=False)
    return app


def _rehearse(command: Sequence[str]) -> None:
    """Stop the worker if its models do not work."""
    if not command:
        return
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        # Celery logs whatever else a signal raises, and goes on.
        raise SystemExit(f"the worker cannot start: {done.stderr.strip()}")
