"""The tasks: one a step, each a call of the tracker."""

from collections.abc import Callable
from typing import Any

from celery import Celery, Task

from tracker.errors import StorageError
from tracker.pipeline import Step, Tracker
from tracker.upkeep import Keeping, drop_logs
from workers.doorbell import task_name
from workers.schedule import SWEEP, TIDY, ring_overdue

RETRIED: dict[str, Any] = {
    "autoretry_for": (StorageError,),
    "retry_backoff": 1,
    "retry_backoff_max": 60,
    "retry_jitter": False,
    "default_retry_delay": 5,
    "max_retries": 6,
}
"""A database that is away is asked again after 1, 2, 4, … seconds; a step whose process was killed
is run again after 5. When all tries are used up, the sweep takes over."""


def define_tasks(app: Celery, tracker: Callable[[], Tracker], keeping: Keeping) -> None:
    """Register the tasks; ``tracker`` answers the one of the worker process that runs them."""

    @app.task(name=task_name(Step.EXTRACT), bind=True, **RETRIED)
    def extract(task: Task, article_id: int) -> None:
        """Find the claims of an article, and of others that wait."""
        # A message that comes again, because its process was killed, has the same id.
        tracker().extract_with_others(article_id, holder=task.request.id)

    @app.task(name=task_name(Step.MATCH), **RETRIED)
    def match(article_id: int) -> None:
        """Find what the claims of an article can be compared with."""
        tracker().match(article_id)

    @app.task(name=task_name(Step.COMPARE), bind=True, **RETRIED)
    def compare(task: Task, article_id: int) -> None:
        """Judge the matches of an article."""
        tracker().compare(article_id, holder=task.request.id)

    @app.task(name=task_name(Step.ALERT), **RETRIED)
    def alert(conflict_id: int) -> None:
        """Store the alerts of a conflict."""
        tracker().alert(conflict_id)

    @app.task(name=task_name(Step.BUNDLE), **RETRIED)
    def bundle(subscription_id: int) -> None:
        """Make a message of what waits for a subscription."""
        tracker().bundle(subscription_id)

    @app.task(name=task_name(Step.DELIVER), **RETRIED)
    def deliver(delivery_id: int) -> None:
        """Send one message to one channel."""
        tracker().deliver(delivery_id)

    @app.task(name=task_name(Step.WAKE), **RETRIED)
    def wake(conflict_id: int) -> None:
        """Bring back a snoozed conflict."""
        tracker().wake(conflict_id)

    @app.task(name=SWEEP)
    def sweep(step: str, older_than: float) -> None:
        """Ring again for what has been waiting for ``older_than`` seconds."""
        ring_overdue(app, tracker(), Step(step), older_than)

    @app.task(name=TIDY)
    def tidy() -> None:
        """Remove the logs that have had their time."""
        drop_logs(tracker().storage, keeping, tracker().clock())
