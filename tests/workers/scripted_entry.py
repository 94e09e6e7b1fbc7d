"""A Celery application for tests: ``celery -A tests.workers.scripted_entry worker``."""

from tests.workers.scripted import scripted
from tracker.config import read_settings
from workers.app import create_celery

app = create_celery(read_settings(), scripted, rehearsal=())
