"""A desk over a real store; one that is full is built once and copied."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr

from tests.fakes import (
    EveryPairMatcher,
    RecordingNotifier,
    SameVectorEncoder,
    StoryComparer,
    StoryExtractor,
    believing,
)
from tests.web.newsroom import STORIES, VERDICTS, at
from tracker.config import Settings
from tracker.pipeline import Tracker
from tracker.storage import Storage, open_storage
from tracker.types import Role
from web import create_app


class Clock:
    """A minute passes whenever somebody looks."""

    def __init__(self, day: int) -> None:
        self._now = at(day)

    def __call__(self) -> datetime:
        self._now += timedelta(minutes=1)
        return self._now


def assemble(storage: Storage, notifier: RecordingNotifier, day: int = 6) -> Tracker:
    """A tracker that finds what the stories say, from the given day of March 2026 on."""
    found = {
        story.article.external_id or "": ValueError(story.error) if story.error else story.claims()
        for story in STORIES
    }
    return Tracker(
        storage=storage,
        extractor=StoryExtractor(found, ("ro", "en")),
        matcher=EveryPairMatcher(),
        encoder=SameVectorEncoder(),
        cascade=believing(StoryComparer(VERDICTS)),
        notifier=notifier,
        clock=Clock(day),
    )


def run_the_line(tracker: Tracker) -> None:
    """Put every story through the line."""
    for story in STORIES:
        tracker.add_article(story.article)
    tracker.catch_up()


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database with nothing in it."""
    path = tmp_path_factory.mktemp("empty") / "tracker.db"
    storage = open_storage(f"sqlite:///{path}")
    storage.migrate()
    storage.close()
    return path


@pytest.fixture(scope="session")
def full_file(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database on which every story has been through the line."""
    path = tmp_path_factory.mktemp("full") / "tracker.db"
    shutil.copyfile(empty_file, path)
    storage = open_storage(f"sqlite:///{path}")
    run_the_line(assemble(storage, RecordingNotifier(), day=5))
    storage.close()
    return path


@pytest.fixture
def database_url(tmp_path: Path, empty_file: Path) -> str:
    """SQLite, because what the pages do with a database is tested on both in test_databases."""
    path = tmp_path / "tracker.db"
    shutil.copyfile(empty_file, path)
    return f"sqlite:///{path}"


@pytest.fixture
def storage(database_url: str) -> Iterator[Storage]:
    storage = open_storage(database_url)
    yield storage
    storage.close()


@pytest.fixture
def notifier() -> RecordingNotifier:
    return RecordingNotifier()


@pytest.fixture
def tracker(storage: Storage, notifier: RecordingNotifier) -> Tracker:
    return assemble(storage, notifier)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, public_url="https://desk.example")


@pytest.fixture
def app(settings: Settings, tracker: Tracker) -> Flask:
    app = create_app(settings, tracker)
    # The test client speaks http, over which a browser would not send a Secure cookie back.
    app.config.update(SESSION_COOKIE_SECURE=False)
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def newsroom(client: FlaskClient, tmp_path: Path, full_file: Path) -> FlaskClient:
    """A client of a desk on which every story has been through the line."""
    shutil.copyfile(full_file, tmp_path / "tracker.db")
    return client


@pytest.fixture
def guarded(settings: Settings, tracker: Tracker, tmp_path: Path, full_file: Path) -> Flask:
    """A desk on which every story has been through the line, and people sign in."""
    shutil.copyfile(full_file, tmp_path / "tracker.db")
    app = create_app(settings.model_copy(update={"accounts": True}), tracker)
    app.config.update(SESSION_COOKIE_SECURE=False)
    return app


@pytest.fixture
def whole(settings: Settings, tracker: Tracker) -> Flask:
    """A desk with every page that there can be."""
    everything = {
        "accounts": True,
        "oidc_issuer": "https://id.example",
        "oidc_client_id": "desk",
        "oidc_client_secret": SecretStr("secret"),
        "oidc_roles": {"*": Role.READER},
    }
    return create_app(settings.model_copy(update=everything), tracker)
