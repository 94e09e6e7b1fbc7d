"""A Celery application for tests: ``celery -A tests.workers.entry worker`` (or ``beat``)."""

from tests.workers.trouble import with_trouble
from tracker.config import read_settings
from tracker.pipeline import Step
from workers.app import create_celery
from workers.schedule import SWEEP

app = create_celery(read_settings(), with_trouble, rehearsal=())
# The sweep of the real schedule, but at once.
app.conf.beat_schedule = {
    step.value: {"task": SWEEP, "schedule": 0.2, "args": (step.value, 0)} for step in Step
}
