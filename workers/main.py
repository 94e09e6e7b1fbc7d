"""What the celery command line loads: ``celery -A workers.main worker`` and ``… beat``."""

from tracker.config import read_settings
from workers.app import create_celery

app = create_celery(read_settings())
