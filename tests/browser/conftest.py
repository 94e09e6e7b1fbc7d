"""Chromium on the real page, served by a real server."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)
from werkzeug.serving import make_server

from tests.fakes import RecordingNotifier
from tests.web.conftest import assemble, run_the_line
from tracker.config import Settings
from tracker.pipeline import Tracker
from tracker.storage import open_storage
from tracker.types import SubscriptionDraft
from web import create_app

SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for path in map(shutil.which, names) if path), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = chromium()
    if executable is None:
        pytest.skip("no Chromium found; install Debian's package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def tracker(tmp_path: Path) -> Iterator[Tracker]:
    storage = open_storage(f"sqlite:///{tmp_path / 'tracker.db'}")
    storage.migrate()
    yield assemble(storage, RecordingNotifier())
    storage.close()


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Where an application is served."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def address(tracker: Tracker, tmp_path: Path) -> Iterator[str]:
    """Where the desk is served, with every story through the line and one subscription."""
    with tracker.storage.transaction() as tx:
        tx.subscriptions.add(SubscriptionDraft(name="Night desk", channels=("json://localhost",)))
    run_the_line(tracker)
    with served(create_app(Settings(data_dir=tmp_path), tracker)) as address:
        yield address


@dataclass
class Desk:
    """A browser window on the desk; what the browser complains of is kept."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def listen(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


WAIT = 30_000
"""Milliseconds until what should happen counts as not happening; a busy machine is slow."""


@pytest.fixture
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    context = browser.new_context(**getattr(request, "param", {}))
    context.set_default_timeout(WAIT)
    expect.set_options(timeout=WAIT)
    yield context
    context.close()


@pytest.fixture
def desk(context: BrowserContext, address: str) -> Iterator[Desk]:
    """A window; whatever the browser had to complain of fails the test."""
    desk = Desk(context.new_page(), address)
    desk.listen()
    yield desk
    assert desk.complaints == []
