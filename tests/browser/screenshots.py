"""Draws the pictures of docs/: ``python -m tests.browser.screenshots``.

They show the newsroom of the tests, so that they can be drawn again whenever a page changes.
"""

import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser.conftest import SWITCHES, chromium, served
from tests.browser.test_flows import LATE, hand_in
from tests.fakes import RecordingNotifier
from tests.web.conftest import assemble, run_the_line
from tracker.config import Settings
from tracker.pipeline import Tracker
from tracker.storage import open_storage
from web import create_app

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
WIDE: dict[str, Any] = {"viewport": {"width": 1200, "height": 800}, "locale": "en-GB"}
DARK = WIDE | {"color_scheme": "dark"}
PHONE = {"viewport": {"width": 360, "height": 740}, "locale": "ro-RO"}
SHOWN: dict[str, tuple[str, dict[str, Any]]] = {
    "list": ("/", WIDE),
    "conflict": ("/conflicts/1", WIDE),
    "conflict-dark": ("/conflicts/1", DARK),
    "speaker": ("/sources/1", WIDE),
    "phone": ("/", PHONE),
    "phone-conflict": ("/conflicts/2", PHONE),
}


def draw(address: str) -> None:
    """Write a picture of each page that is shown."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=SWITCHES)
        for name, (path, window) in SHOWN.items():
            with browser.new_context(**window) as context:
                page = context.new_page()
                page.goto(address + path)
                height = page.evaluate("document.documentElement.scrollHeight")
                page.set_viewport_size({"width": window["viewport"]["width"], "height": height})
                page.screenshot(path=PICTURES / f"{name}.png")
        browser.close()


def fill(tracker: Tracker) -> None:
    """Every story through the line, and one that came after somebody had looked."""
    run_the_line(tracker)
    with tracker.storage.transaction() as tx:
        tx.reviews.look(1, tracker.clock())
    hand_in(tracker, LATE)


def main() -> None:
    """Serve the newsroom and draw it."""
    with tempfile.TemporaryDirectory() as folder:
        storage = open_storage(f"sqlite:///{folder}/tracker.db")
        storage.migrate()
        tracker = assemble(storage, RecordingNotifier())
        fill(tracker)
        with served(create_app(Settings(data_dir=Path(folder)), tracker)) as address:
            draw(address)
        storage.close()


if __name__ == "__main__":
    main()
