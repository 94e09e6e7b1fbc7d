import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk
from tests.web.newsroom import NOBODY, STORIES, VERDICTS, WEIRD, at
from tracker.pipeline import Tracker
from tracker.types import ConflictState, Decision

RISK, EVACUATION, VILLAGES = [str(verdict.reason) for verdict in VERDICTS.values()]
PAGES = [
    "/",
    "/conflicts/1",
    "/claims/1",
    "/articles",
    "/articles/1",
    "/articles/3",
    "/articles/6",
    "/articles/7",
    "/sources",
    "/sources/1",
    "/subscriptions",
    "/subscriptions/1",
    "/?state=dismissed",
    "/api/docs",
]
PHONE = {"viewport": {"width": 360, "height": 740}}
DARK = {"color_scheme": "dark"}

OUTLINE = "getComputedStyle(document.activeElement).outlineStyle"


def unfold(page: Page) -> None:
    """Open whatever can be opened; one menu closes another."""
    for summary in page.locator("summary:visible").all():
        summary.click()


def test_from_the_list_to_a_confirmed_conflict_by_keyboard(desk: Desk) -> None:
    page = desk.go("/")  # like each navigation below, until the page listens to keys
    reasons = page.locator(".conflict h2 a").all_inner_texts()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name=reasons[0])).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.get_by_role("link", name=reasons[1])).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(reasons[1])
    page.keyboard.press("m")
    expect(page.get_by_label("Note")).to_be_focused()
    page.keyboard.type("cd n? sunat la baraj")
    page.keyboard.press("Tab")
    page.keyboard.type("Ana")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Confirm")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".history")).to_contain_text("confirmed by Ana")
    expect(page.locator(".history")).to_contain_text("cd n? sunat la baraj")
    expect(page.locator(".review")).to_have_text("2 to review")
    with page.expect_navigation():
        page.keyboard.press("n")
    page.keyboard.press("d")
    expect(page.get_by_role("button", name="both are true")).to_be_visible()
    with page.expect_navigation():
        page.keyboard.press("3")
    expect(page.locator(".flash")).to_contain_text("dismissed")
    expect(page.locator(".heading")).to_contain_text("an update")
    page.keyboard.press("r")
    expect(page.get_by_role("button", name="Reopen")).to_be_focused()
    page.keyboard.press("u")
    expect(page).to_have_url(desk.address + "/")


def test_from_an_alert_to_a_decision_takes_a_click_or_two_keys(desk: Desk) -> None:
    page = desk.go("/conflicts/1")  # where the link of an alert leads
    page.keyboard.press("c")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".flash")).to_contain_text("confirmed")
    page = desk.go("/conflicts/2")
    with page.expect_navigation():
        page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".flash")).to_contain_text("confirmed")


def test_several_are_dismissed_and_undone_by_keyboard(desk: Desk) -> None:
    page = desk.go("/")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_text("2 chosen")).to_be_visible()
    page.keyboard.press("d")
    with page.expect_navigation():
        page.keyboard.press("1")
    expect(page.locator(".flash")).to_contain_text("2 conflicts are dismissed")
    expect(page.locator(".review")).to_have_text("1 to review")
    page.keyboard.press("z")
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".review")).to_have_text("3 to review")


def test_a_menu_closes_on_escape_and_gives_the_focus_back(desk: Desk) -> None:
    page = desk.go("/conflicts/1")
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="for a week")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="for a week")).to_be_hidden()
    expect(page.locator("summary", has_text="Snooze")).to_be_focused()


def test_counts_change_while_the_page_is_open(desk: Desk, tracker: Tracker) -> None:
    page = desk.go("/")
    expect(page.locator(".review")).to_have_text("3 to review")
    expect(page.locator("[data-news]")).to_be_hidden()
    decision = Decision(state=ConflictState.CONFIRMED, by="Ana")
    with tracker.storage.transaction() as tx:
        tx.reviews.decide([1], decision, at(8))
    expect(page.locator(".review")).to_have_text("2 to review")
    expect(page.locator("[data-count=confirmed]")).to_have_text("1")


def test_everything_is_reached_by_tab_and_shows_where_it_is(desk: Desk) -> None:
    page = desk.go("/conflicts/1")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    reached = []
    while page.evaluate("document.activeElement !== document.body"):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("[document.activeElement.tagName, " + OUTLINE + "]"))
    assert [tag for tag, outline in reached if outline != "solid"] == ["BODY"]
    assert {"A", "SELECT", "INPUT", "BUTTON", "SUMMARY"} <= {tag for tag, _ in reached}


def test_single_keys_can_be_switched_off(desk: Desk) -> None:
    page = desk.go("/")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Single keys do this").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('[data-row]')") is None
    page.locator(".conflict h2 a").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".conflict h2 a").nth(1)).to_be_focused()


def test_the_filter_changes_the_list_and_the_address(desk: Desk) -> None:
    page = desk.go("/")
    expect(page.locator(".conflict")).to_have_count(3)
    page.get_by_label("Relation").select_option("reversal")
    expect(page.locator(".conflict h2")).to_have_text([EVACUATION])
    expect(page).to_have_url(desk.address + "/?relation=reversal")
    page.get_by_label("Language").select_option("English")
    expect(page.get_by_text("No conflict fits this filter")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Relation")).to_have_value("reversal")
    page.get_by_role("link", name="Clear the filter").click()
    expect(page.locator(".conflict")).to_have_count(3)
    page.get_by_role("radio", name="To review").check()
    expect(page).to_have_url(desk.address + "/?state=open")
    page.go_back()
    expect(page).to_have_url(desk.address + "/")
    expect(page.locator("[name=state][value='']")).to_be_checked()


@pytest.mark.parametrize("context", [{"java_script_enabled": False}], indirect=True)
def test_the_desk_works_without_script(desk: Desk) -> None:
    page = desk.go("/")
    page.get_by_label("Relation").select_option("reversal")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".conflict h2")).to_have_text([EVACUATION])
    page.get_by_role("link", name=EVACUATION).click()
    page.locator("summary", has_text="Dismiss").click()
    page.get_by_role("button", name="both are true").click()
    expect(page.locator(".flash")).to_contain_text("dismissed")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".flash")).to_contain_text("where it stood before")


def test_a_claim_and_its_line_in_the_margin_light_up_together(desk: Desk) -> None:
    page = desk.go("/articles/1")
    line = page.locator(".margin li").filter(has_text=NOBODY)
    line.hover()
    lit = page.locator(".text mark.lit")
    expect(lit).to_have_text([NOBODY, "cât timp aparatele arată ce arată acum"])
    line.locator(".to-claim").click()
    expect(page).to_have_url(re.compile(r"#claim-\d+$"))
    expect(page.locator(".text mark:has(:target)")).to_be_in_viewport()


def test_the_text_on_the_page_is_the_printed_one(desk: Desk) -> None:
    for number, story in enumerate(STORIES, 1):
        page = desk.go(f"/articles/{number}")
        paragraphs = page.eval_on_selector_all(".text p", "all => all.map(p => p.textContent)")
        assert paragraphs == story.article.text.split("\n\n")
    assert WEIRD in desk.go("/articles/3").locator(".text mark").all_text_contents()


def test_an_article_appears_as_soon_as_it_is_read(desk: Desk, tracker: Tracker) -> None:
    tracker.retry(7)
    page = desk.go("/articles/7")
    expect(page.get_by_text("Waiting to be read")).to_be_visible()
    tracker.catch_up()
    expect(page.get_by_text("Reading this article failed")).to_be_visible()
    expect(page.get_by_role("button", name="Read it again")).to_be_visible()


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_on_a_phone_nothing_is_wider_than_the_screen(desk: Desk) -> None:
    for path in PAGES:
        page = desk.go(path)
        unfold(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


@pytest.mark.parametrize("context", [{}, DARK], indirect=True)
def test_light_and_dark_follow_the_system(desk: Desk, context: object) -> None:
    page = desk.go("/")
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    ink = page.evaluate("getComputedStyle(document.body).color")
    brighter = sum(map(int, re.findall(r"\d+", ink))) > sum(map(int, re.findall(r"\d+", ground)))
    assert brighter is dark


def test_printing_leaves_out_what_only_a_screen_needs(desk: Desk) -> None:
    page = desk.go("/conflicts/1")
    page.emulate_media(media="print")
    expect(page.locator("nav").first).to_be_hidden()
    expect(page.get_by_role("button", name="Confirm")).to_be_hidden()
    expect(page.locator("blockquote").first).to_be_visible()


def test_the_policy_stops_a_planted_script(desk: Desk) -> None:
    page = desk.go("/")
    planted = "<button id=planted onclick='window.ran = 1'>Win</button>"
    with page.expect_console_message(lambda said: "Content Security Policy" in said.text):
        page.evaluate(f'document.body.insertAdjacentHTML("beforeend", "{planted}")')
        page.evaluate("document.getElementById('planted').click()")
    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in text for text in desk.complaints)
    desk.complaints.clear()
