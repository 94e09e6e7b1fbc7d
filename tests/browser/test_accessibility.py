"""Every page against WCAG 2.2, levels A and AA, and what else axe takes for good practice."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.accounts.samples import PASSWORD, made
from tests.browser.conftest import Desk, served
from tests.fakes import StoryExtractor
from tests.web.conftest import run_the_line
from tests.web.newsroom import STORIES
from tracker.config import Settings
from tracker.pipeline import Tracker
from tracker.types import SubscriptionDraft
from web import create_app

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
PAGES = (
    "/",
    "/?state=dismissed",
    "/conflicts/1",
    "/claims/2",
    "/articles",
    "/articles/1",
    "/articles/3",
    "/articles/6",
    "/articles/7",
    "/articles/8/since/1",
    "/sources",
    "/sources/1",
    "/stories",
    "/stories/1",
    "/subscriptions",
    "/subscriptions/1",
    "/overview",
    "/account",
    "/accounts",
    "/audit",
    "/api/docs",
)
OPEN = "document.querySelectorAll('main details').forEach(each => { each.open = true })"
WIDE = {"viewport": {"width": 1280, "height": 900}}
NARROW = {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark", "locale": "ro-RO"}


@pytest.fixture
def address(tracker: Tracker, tmp_path: Path) -> Iterator[str]:
    """A desk where people sign in, with something of everything on its pages."""
    with tracker.storage.transaction() as tx:
        tx.subscriptions.add(SubscriptionDraft(name="Night desk", channels=("json://localhost",)))
    run_the_line(tracker)
    revise(tracker)
    made(tracker.storage)
    with served(create_app(Settings(data_dir=tmp_path, accounts=True), tracker)) as address:
        yield address


def revise(tracker: Tracker) -> None:
    """A second revision of the first article, which quotes nobody any more."""
    first = STORIES[0].article
    assert isinstance(tracker.extractor, StoryExtractor)
    tracker.extractor.repair("gs-101")
    text = first.text.replace("scade încet", "scade repede")
    tracker.add_article(replace(first, text=text, revision=2))
    tracker.catch_up()


def violations(page: Page) -> list[str]:
    """What axe objects to: the rule, and where."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize(
    "context", [WIDE, NARROW], indirect=True, ids=["wide light", "narrow dark"]
)
def test_no_page_breaks_a_rule(desk: Desk) -> None:
    page = desk.go("/login")
    broken = {"/login": violations(page)}
    page.locator("[name=name]").fill("Ana")
    page.locator("[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    for path in PAGES:
        desk.go(path).evaluate(OPEN)
        broken[path] = violations(page)
    page.keyboard.press("?")
    broken["keyboard"] = violations(page)
    assert [f"{path} {each}" for path, found in broken.items() for each in found] == []
