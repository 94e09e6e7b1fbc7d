"""What recurs: the sweep for what lost messages left behind, the alerts that are due, old logs.

A message may be lost with the queue that held it. Every step's pending work is a query, so the
sweep asks the database and rings again. Steps may run twice, so a needless ring does no harm; while
the queue is long, though, what is pending most likely waits in it, and ringing would only lengthen
it.
"""

import logging
from datetime import timedelta
from typing import Any

from celery import Celery

from tracker.pipeline import Step, Tracker

SWEEP = "tracker.sweep"
SWEEP_EVERY = 30.0
"""Seconds."""
OVERDUE = 60.0
"""Seconds after which a step that has not been done counts as forgotten."""
DELIVER_EVERY = 5.0
"""Seconds; how late the next attempt to send a message can be."""
TIDY = "tracker.tidy"
TIDY_EVERY = 3600.0
"""Seconds. Logs are kept for days, but many a machine is on for some hours of a day only."""
LONG_QUEUE = 100
"""Messages."""


def beat_schedule() -> dict[str, Any]:
    """What ``celery beat`` sends, and how often.

    Nothing else rings for a delivery whose next attempt has come, for a digest whose hour has come,
    nor for a conflict whose day has come, so these are never too young.
    """
    sweeps = {step: _entry(step, SWEEP_EVERY, OVERDUE) for step in Step}
    sweeps[Step.DELIVER] = _entry(Step.DELIVER, DELIVER_EVERY, 0)
    sweeps[Step.WAKE] = _entry(Step.WAKE, SWEEP_EVERY, 0)
    sweeps[Step.BUNDLE] = _entry(Step.BUNDLE, SWEEP_EVERY, 0)
    tidy = {"task": TIDY, "schedule": TIDY_EVERY, "options": {"expires": TIDY_EVERY}}
    return {f"sweep {step}": entry for step, entry in sweeps.items()} | {"tidy": tidy}


def _entry(step: Step, every: float, older_than: float) -> dict[str, Any]:
    # A sweep that no worker took before the next one is due is dropped.
    return {
        "task": SWEEP,
        "schedule": every,
        "args": (step.value, older_than),
        "options": {"expires": every},
    }


def ring_overdue(app: Celery, tracker: Tracker, step: Step, older_than: float) -> None:
    """Ring for whatever ``step`` has left undone for ``older_than`` seconds."""
    if waiting(app) > LONG_QUEUE:
        return
    for id in tracker.pending(step, older_than=timedelta(seconds=older_than)):
        tracker.doorbell.ring(step, id)


def waiting(app: Celery) -> int:
    """How many messages nobody has taken yet."""
    queue = app.amqp.queues[app.conf.task_default_queue]
    with app.connection_for_read() as connection:
        # Declared rather than asked for: on Redis an empty queue does not exist.
        return int(queue(connection.default_channel).queue_declare().message_count)


def keep_sweeps_out_of_the_log(**_: object) -> None:
    """Let a worker's log say what was done, not that there was nothing to do."""
    for name in ("celery.worker.strategy", "celery.app.trace"):
        logging.getLogger(name).addFilter(_is_worth_telling)


def _is_worth_telling(record: logging.LogRecord) -> bool:
    task = getattr(record, "data", {})
    return record.levelno > logging.INFO or task.get("name") != SWEEP
