"""The entry point of a WSGI server; ``web.serving`` says how gunicorn runs it."""

from flask import Flask

from tracker.assembly import build_tracker
from tracker.config import read_settings
from web import create_app
from workers.app import create_celery
from workers.doorbell import CeleryDoorbell


def application() -> Flask:
    """The web application as the environment describes it; its steps ring for Celery workers."""
    settings = read_settings()
    doorbell = CeleryDoorbell(create_celery(settings))
    return create_app(settings, build_tracker(settings, doorbell))
