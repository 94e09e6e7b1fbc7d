"""Whatever an article, a speaker or a colleague plants stays text, on every page there is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.accounts.samples import BOSS, PASSWORD, made
from tests.browser.conftest import Desk, served
from tests.fakes import RecordingNotifier, StoryComparer, StoryExtractor, believing, certain
from tests.web.conftest import assemble
from tests.web.newsroom import at
from tracker.accounts import make_token
from tracker.config import Settings
from tracker.pipeline import Tracker
from tracker.storage import open_storage
from tracker.types import (
    ArticleDraft,
    Attribution,
    AttributionType,
    ClaimDetails,
    ClaimDraft,
    ConflictState,
    Decision,
    Kind,
    Modality,
    Polarity,
    Reason,
    RelationLabel,
    Role,
    Scope,
    Sentence,
    SourceDraft,
    SourceKind,
    Span,
    Statement,
    SubscriptionDraft,
    TokenDraft,
    Verdict,
    VerdictLabel,
)
from web import create_app

SCRIPT = "<script>window.ran='script'</script>"
STYLE = "<style>body{display:none}</style>"
SVG = "<svg onload=window.ran='svg'><script>window.ran='svg'</script></svg>"
ADDRESS = "javascript:window.ran='address'"
PLANTED = " ".join(
    (
        SCRIPT,
        STYLE,
        SVG,
        "<img src=x onerror=window.ran='image'>",
        "\"'><a href=javascript:window.ran='link'>x</a>",
        '" autofocus onfocus="window.ran=\'focus\'" style="display:none" x=\'',
        "</title></textarea></blockquote><math><mtext></math><base href=//evil.example/>",
        "{{ 7 * 7 }}",
        ADDRESS,
    )
)
ALIVE = Path(__file__).with_name("alive.js").read_text(encoding="utf-8")


def article(number: int, url: str) -> ArticleDraft:
    return ArticleDraft(
        outlet=f"{SCRIPT} {number} {PLANTED}",
        external_id=f"{number} {PLANTED}",
        url=url,
        title=PLANTED,
        author=PLANTED,
        text=f"Said {number}: {PLANTED}\n\n{PLANTED}",
        language="en",
        published_at=at(number),
    )


ARTICLES = [article(1, ADDRESS), article(2, f"https://news.example/{PLANTED}")]
SPEAKER = SourceDraft(
    name=PLANTED,
    kind=SourceKind.PERSON,
    aliases=(PLANTED, SVG),
    role=PLANTED,
    speaks_for=SCRIPT,
)


def claim(article: ArticleDraft) -> ClaimDraft:
    content = Span(0, article.text.index("\n"))
    details = ClaimDetails(
        polarity=Polarity.POSITIVE, modality=Modality.ASSERTED, keys=frozenset({PLANTED})
    )
    return ClaimDraft(
        attribution=Attribution(
            content=(content,), type=AttributionType.DIRECT, relayed_by=PLANTED, addressee=PLANTED
        ),
        source=SPEAKER,
        statement=Statement(
            speaker=PLANTED,
            text=article.text[content.start : content.end],
            language="en",
            said_on=article.published_at.date(),
            about=PLANTED,
            details=details,
        ),
        extractor=PLANTED,
    )


CLAIMS = [claim(article) for article in ARTICLES]
CONTRADICTS = Verdict(
    comparer=SCRIPT,
    version=SVG,
    label=VerdictLabel.CONTRADICTION,
    entailment=0.0,
    neutral=0.0,
    contradiction=1.0,
    kind=Kind.NEGATION,
    reason=Reason(Sentence.IN_OTHER_WORDS, (PLANTED,)),
    premise_words=(SCRIPT,),
    hypothesis_words=(SVG,),
    leanings=certain(RelationLabel.CONTRADICTION),
)


@pytest.fixture
def tracker(tmp_path: Path) -> Iterator[Tracker]:
    storage = open_storage(f"sqlite:///{tmp_path / 'tracker.db'}")
    storage.migrate()
    found = {a.external_id or "": [c] for a, c in zip(ARTICLES, CLAIMS, strict=True)}
    said = (CLAIMS[0].statement.text, CLAIMS[1].statement.text)
    yield replace(
        assemble(storage, RecordingNotifier()),
        extractor=StoryExtractor(found, ("en",)),
        cascade=believing(StoryComparer({said: CONTRADICTS})),
    )
    storage.close()


@pytest.fixture
def app(tracker: Tracker, tmp_path: Path) -> Flask:
    """A desk where articles, speakers, and colleagues plant all they can."""
    account = made(tracker.storage, SCRIPT, Role.ADMIN)
    with tracker.storage.transaction() as tx:
        tx.subscriptions.add(SubscriptionDraft(name=PLANTED, channels=("json://localhost",)))
    for each in ARTICLES:
        tracker.add_article(each)
    tracker.catch_up()
    now = tracker.clock()
    with tracker.storage.transaction() as tx:
        confirmed = Decision(state=ConflictState.CONFIRMED, by=PLANTED, note=PLANTED)
        tx.reviews.decide([1], confirmed, now)
        tx.reviews.assign(1, PLANTED, PLANTED, now)
        tx.saved_filters.save(PLANTED, f"q={quote(PLANTED)}", SCRIPT)
        draft = TokenDraft(
            account_id=account.id,
            name=SCRIPT,
            scopes=frozenset({Scope.READ}),
            expires_at=now + timedelta(days=9),
        )
        make_token(tx, account, draft, BOSS, now)
    return create_app(Settings(data_dir=tmp_path, accounts=True), tracker)


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    with served(app) as address:
        yield address


def paths(app: Flask) -> list[str]:
    """The address of every page there is, and some that say again what they were asked."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    endless = ("static", "live.live")
    found = [path(rule) for rule in rules if rule.endpoint not in endless]
    asked = quote(PLANTED)
    return [*found, f"/?q={asked}", f"/?assignee={asked}", f"/?state={asked}", f"/{asked}"]


def path(rule: Rule) -> str:
    built = rule.build(dict.fromkeys(rule.arguments, 1))
    assert built is not None
    return built[1]


def test_nothing_that_was_planted_lives(desk: Desk, app: Flask) -> None:
    page = desk.go(f"/login?from={quote(PLANTED)}")
    assert page.evaluate(ALIVE) == []
    page.get_by_label("Name").fill(SCRIPT)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{desk.address}/")
    shown = set()
    for path in paths(app):
        answer = page.request.get(desk.address + path)
        if "text/html" not in answer.headers["content-type"]:
            continue
        desk.go(path)
        for details in page.locator("details").all():
            details.evaluate("details => details.open = true")
        assert page.evaluate(ALIVE) == [], path
        if SCRIPT in page.locator("main").inner_text():
            shown.add(path)
        # The browser itself says that it was told not to find what was asked for.
        desk.complaints[:] = [each for each in desk.complaints if "Failed to load" not in each]
    assert {
        "/",
        "/conflicts/1",
        "/claims/1",
        "/articles",
        "/articles/1",
        "/sources",
        "/sources/1",
        "/subscriptions",
        "/account",
        "/accounts",
        "/audit",
    } <= shown


def test_what_looks_for_life_finds_it(desk: Desk) -> None:
    page = desk.go("/login")
    for planted in (SCRIPT, STYLE, SVG, f'<a href="{ADDRESS}">x</a>', "<p style='color:red'>"):
        page.evaluate("html => document.querySelector('main').innerHTML = html", planted)
        assert page.evaluate(ALIVE) != [], planted
    desk.complaints.clear()
