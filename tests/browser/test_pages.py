"""The pages about speakers, revisions, stories and counts, and the form that corrects a claim."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk
from tests.browser.test_desk import PHONE
from tests.fakes import StoryExtractor
from tests.waiting import wait_for
from tests.web.newsroom import NOBODY, STORIES
from tracker.pipeline import Tracker

PAGES = [
    "/sources/1",
    "/articles/8",
    "/articles/8/since/1",
    "/claims/2",
    "/conflicts/1",
    "/stories",
    "/stories/1",
    "/overview",
]
OPEN = "document.querySelectorAll('main details:not(.menu)').forEach(each => { each.open = true })"


def revise(tracker: Tracker) -> None:
    """A second revision of the first article, which quotes nobody any more."""
    first = STORIES[0].article
    assert isinstance(tracker.extractor, StoryExtractor)
    tracker.extractor.repair("gs-101")
    text = first.text.replace("scade încet", "scade repede")
    tracker.add_article(replace(first, text=text, revision=2))
    tracker.catch_up()


def opened(desk: Desk, path: str) -> Page:
    page = desk.go(path)
    page.evaluate(OPEN)
    return page


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_on_a_phone_nothing_is_wider_than_the_screen(desk: Desk, tracker: Tracker) -> None:
    revise(tracker)
    for path in PAGES:
        page = opened(desk, path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


@pytest.mark.parametrize("context", [{"java_script_enabled": False}], indirect=True)
def test_speakers_are_merged_and_claims_corrected_without_script(desk: Desk) -> None:
    page = desk.go("/sources")
    page.get_by_role("link", name="Anna Whitlock").click()
    page.get_by_label("Name of the other speaker").fill("river")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("combobox", name="The other speaker").select_option("River Aid")
    page.get_by_role("button", name="Merge").click()
    expect(page.locator(".flash")).to_contain_text("one speaker now")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".history")).to_contain_text("Undone")
    page = desk.go("/claims/2")
    page.locator(".correct summary").click()
    page.get_by_label("Exact words").fill(NOBODY)
    page.get_by_role("button", name="Keep the correction").click()
    expect(page.locator("blockquote mark")).to_have_text(NOBODY)


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_the_table_of_a_story_is_scrolled_by_keyboard(desk: Desk) -> None:
    page = desk.go("/stories/1")
    table = page.get_by_role("region", name="Who says what")
    table.focus()
    page.keyboard.press("ArrowRight")
    # Not by the page itself, which would have to evaluate text as script.
    wait_for(lambda: page.evaluate("document.querySelector('.scroll').scrollLeft > 0"))
    expect(page.get_by_role("rowheader").first).to_be_in_viewport()


def test_the_charts_are_told_to_who_cannot_see_them(desk: Desk) -> None:
    page = desk.go("/overview")
    expect(page.get_by_role("img", name="Articles received a day: 7 in 30 days")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".chart svg").first).to_be_visible()
    expect(page.locator(".chart details").first).to_be_hidden()
