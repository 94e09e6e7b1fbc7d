"""A conflict that comes back, and the way from an alert to a decision."""

import json
from dataclasses import replace

from playwright.sync_api import expect

from tests.browser.conftest import Desk
from tests.fakes import StoryComparer, StoryExtractor, believing
from tests.receiver import receiver
from tests.web.newsroom import CRACKED, ENGINEER, SAFE, STORIES, VERDICTS, Said, Story, at
from tracker.alerts import ChannelNotifier
from tracker.pipeline import Tracker
from tracker.types import ArticleDraft, SubscriptionDraft

SEEPING = "apa trece pe sub dig și noaptea asta pleacă oameni"
LATE = Story(
    ArticleDraft(
        outlet="Radio Câmpia",
        external_id="rc-9",
        title="Inginerul-șef vorbește",
        published_at=at(5, 18),
        language="ro",
        text=f"„{SEEPING}”, a spus la radio Șerban Țuțuianu, inginerul-șef.",
    ),
    (Said(ENGINEER, (SEEPING,)),),
)


def hand_in(tracker: Tracker, *stories: Story) -> None:
    """Let these stories through the line; the engineer stands against the minister."""
    against = VERDICTS[SAFE, CRACKED]
    verdicts = VERDICTS | {(SAFE, SEEPING): against, (CRACKED, SAFE): against}
    found = {story.article.external_id or "": story.claims() for story in stories}
    line = replace(
        tracker,
        extractor=StoryExtractor(found, ("ro", "en")),
        cascade=believing(StoryComparer(verdicts)),
    )
    for story in stories:
        line.add_article(story.article)
    line.catch_up()


def test_a_dismissed_conflict_comes_back_on_new_evidence_only(desk: Desk, tracker: Tracker) -> None:
    page = desk.go("/conflicts/1")
    page.keyboard.press("d")
    with page.expect_navigation():
        page.keyboard.press("1")
    expect(page.locator(".review")).to_have_text("2 to review")
    hand_in(tracker, replace(STORIES[0], article=replace(STORIES[0].article, outlet="Radio Munte")))
    page.reload()
    expect(page.locator(".heading")).to_contain_text("dismissed")
    expect(page.locator(".history")).to_contain_text("printed again")
    page = desk.go("/")
    hand_in(tracker, LATE)
    expect(page.locator(".review")).to_have_text("3 to review")
    page.keyboard.press(".")
    expect(page.locator("[data-count=reopened]")).to_have_text("1")
    page.locator(".conflict.reopened h2 a").click()
    expect(page.get_by_role("status")).to_contain_text("1 claim came since somebody last looked")
    expect(page.locator(".claim.fresh blockquote mark")).to_have_text(SEEPING)
    came = page.locator(".history li", has_text="reopened")
    came.get_by_role("link", name="Șerban Țuțuianu").click()
    expect(page.locator(".claim:target")).to_contain_text(SEEPING)


def test_an_alert_leads_to_its_conflict_where_two_keys_decide(desk: Desk, tracker: Tracker) -> None:
    with receiver() as colleague:
        draft = SubscriptionDraft(name="Day desk", channels=(f"json://{colleague.host}/hook",))
        with tracker.storage.transaction() as tx:
            tx.subscriptions.add(draft)
        line = replace(tracker, notifier=ChannelNotifier(desk.address))
        hand_in(line, LATE)
    (alert,) = colleague.received
    message = json.loads(alert.body)["message"]
    assert SAFE in message
    assert SEEPING in message
    (address,) = (word for word in message.split() if word.startswith(desk.address))
    page = desk.page
    page.goto(address)
    page.keyboard.press("c")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".flash")).to_contain_text("confirmed")
