"""The pages of accounts in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.accounts.samples import PASSWORD, made
from tests.browser.conftest import Desk, served
from tests.browser.test_desk import PHONE
from tests.web.conftest import run_the_line
from tracker.config import Settings
from tracker.pipeline import Tracker
from tracker.types import Role
from web import create_app

LONG = "Ana-Maria Constantinescu-Brâncoveanu de la Redacția de Noapte"


@pytest.fixture
def app(tracker: Tracker, tmp_path: Path) -> Flask:
    run_the_line(tracker)
    made(tracker.storage, LONG)
    made(tracker.storage, "Bo", Role.READER)
    return create_app(Settings(data_dir=tmp_path, accounts=True), tracker)


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    with served(app) as address:
        yield address


def sign_in(page: Page, name: str = LONG) -> None:
    """By keyboard alone."""
    page.get_by_label("Name").focus()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize(
    "context", [{}, {"java_script_enabled": False}], indirect=True, ids=["script", "no script"]
)
def test_in_to_a_decision_and_out_again(desk: Desk) -> None:
    page = desk.go("/conflicts/1")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    sign_in(page)
    expect(page).to_have_url(desk.address + "/conflicts/1")
    expect(page.get_by_label("Your name")).to_have_count(0)
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".history")).to_contain_text(f"by {LONG}")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(desk.address + "/login")
    page.go_back()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_token_is_shown_where_it_was_made(desk: Desk) -> None:
    page = desk.go("/account")
    sign_in(page)
    page.get_by_label("What it is for").fill("wire")
    page.get_by_label("read").check()
    page.get_by_role("button", name="Make").click()
    expect(page.get_by_role("status")).to_contain_text("claimtracker_")
    page.get_by_role("button", name="Revoke wire").click()
    expect(page.locator(".subscriptions")).to_contain_text("revoked")


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_no_page_is_wider_than_the_screen(desk: Desk) -> None:
    page = desk.go("/login")
    sign_in(page)
    for path in ("/account", "/accounts", "/audit", "/"):
        desk.go(path)
        for details in page.locator("main details").all():
            details.evaluate("details => details.open = true")
        inside = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        assert page.evaluate(inside), path
