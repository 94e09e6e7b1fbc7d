"""The queue as a doorbell: one message a step, carrying an id."""

import logging
from dataclasses import dataclass

from celery import Celery
from kombu.exceptions import OperationalError

from tracker.pipeline import Step

log = logging.getLogger(__name__)


def task_name(step: Step) -> str:
    """The task that runs a step."""
    return f"tracker.{step}"


@dataclass(frozen=True)
class CeleryDoorbell:
    """Rings by putting a message on the queue of a Celery application."""

    app: Celery

    def ring(self, step: Step, id: int) -> None:
        """Ask for ``step`` to be run on ``id``.

        What was to be done is stored already, and the sweep finds it: a queue that cannot be
        reached delays the work and must not fail whoever asked for it.
        """
        try:
            self.app.send_task(task_name(step), args=(id,))
        except OperationalError as error:
            log.warning("the queue cannot be reached, %s of %s waits: %s", step, id, error)
