"""The Celery application: which queue, which guarantees, which tasks."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context

from celery import Celery
from celery.signals import worker_init, worker_process_init

from tracker.assembly import build_tracker, rehearse
from tracker.config import Settings
from tracker.errors import ConfigurationError, TrackerError
from tracker.pipeline import Doorbell, Tracker
from workers.doorbell import CeleryDoorbell
from workers.schedule import beat_schedule, keep_sweeps_out_of_the_log
from workers.tasks import define_tasks

QUEUE = "tracker"
SOFT_TIME_LIMIT = 300
"""Seconds after which a step is interrupted by an exception, as a runaway extraction must be."""
TIME_LIMIT = 330
"""Seconds after which the process of a step that ignores the exception is killed."""
REDELIVERY = 900
"""Seconds after which the queue hands out again what a vanished worker never acknowledged."""


def create_celery(
    settings: Settings,
    assemble: Callable[[Settings, Doorbell], Tracker] = build_tracker,
    rehearse: Callable[[Settings], None] = rehearse,
) -> Celery:
    """The application for these settings; nothing is connected until it is used.

    ``assemble`` is called in each worker process, after the fork, so that no connection and no
    model is shared between processes. Before that, ``rehearse`` is called in a process of its own:
    a worker that could only fail does not start.

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

    define_tasks(app, tracker)
    worker_init.connect(keep_sweeps_out_of_the_log)
    worker_init.connect(lambda **_: _rehearse_apart(rehearse, settings), weak=False)
    worker_process_init.connect(lambda **_: tracker(), weak=False)
    return app


def _rehearse_apart(rehearse: Callable[[Settings], None], settings: Settings) -> None:
    """Stop the worker if its models do not work; what they open would not survive the fork."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        try:
            pool.submit(rehearse, settings).result()
        except TrackerError as error:
            # Celery logs whatever else a signal raises, and goes on.
            raise SystemExit(f"the worker cannot start: {error}") from None
