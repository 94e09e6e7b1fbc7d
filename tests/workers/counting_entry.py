"""A Celery application for tests: ``celery -A tests.workers.counting_entry worker``."""

from tests.workers.counting import with_counting
from tracker.config import read_settings
from workers.app import create_celery

app = create_celery(read_settings(), with_counting, rehearsal=())
