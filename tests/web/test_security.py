import stat
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.newsroom import at
from tests.web.reading import Page, read, submit
from tracker.config import Settings
from tracker.errors import ConfigurationError
from tracker.pipeline import Tracker
from tracker.types import ArticleDraft
from web import create_app
from web.security import secret_key

PAGES = [
    "/",
    "/?state=dismissed",
    "/conflicts/1",
    "/claims/1",
    "/articles",
    "/articles/1",
    "/articles/6",
    "/articles/7",
    "/sources",
    "/sources/1",
    "/subscriptions",
    "/conflicts/4711",
    "/api/conflicts",
    "/api/docs",
    "/feed.atom",
    "/healthz",
]
FORMS = [
    "/conflicts/1/decision",
    "/articles/7/retry",
    "/subscriptions",
    "/subscriptions/1",
    "/subscriptions/1/mute",
    "/subscriptions/1/secret",
    "/subscriptions/1/test",
    "/subscriptions/1/open",
    "/subscriptions/1/remove",
    "/subscriptions/deliveries/1/again",
]
PLANTED = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}"


@pytest.mark.parametrize("url", PAGES)
def test_every_answer_carries_the_headers(newsroom: FlaskClient, url: str) -> None:
    headers = newsroom.get(url).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("url", PAGES)
def test_no_page_needs_inline_script_or_style(newsroom: FlaskClient, url: str) -> None:
    html = newsroom.get(url).text
    assert all(script.get("src") for script in Page(html).scripts)
    assert "style=" not in html
    assert "<style" not in html
    assert " onclick" not in html


def test_nothing_is_loaded_from_elsewhere(newsroom: FlaskClient) -> None:
    html = newsroom.get("/").text
    for name in ("htmx.min.js", "desk.js", "desk.css", "icon.svg"):
        assert f"/static/{name}" in html
        response = newsroom.get(f"/static/{name}")
        assert response.status_code == 200
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        response.close()


@pytest.mark.parametrize("url", FORMS)
def test_a_form_from_elsewhere_is_refused(newsroom: FlaskClient, url: str) -> None:
    fields = {"state": "confirmed", "name": "x", "channel": "json://localhost"}
    response = newsroom.post(url, data=fields)
    assert response.status_code == 400
    assert "nothing was changed" in response.text
    response = newsroom.post(url, data=fields | {"csrf_token": "made-up"})
    assert response.status_code == 400
    assert newsroom.get("/api/conflicts/1").get_json()["state"] == "new"
    assert "json://" not in newsroom.get("/subscriptions").text


def test_a_token_of_another_session_is_refused(newsroom: FlaskClient, app: Flask) -> None:
    stolen = read(app.test_client(), "/conflicts/1").tokens[0]
    read(newsroom, "/conflicts/1")
    fields = {"csrf_token": stolen, "state": "confirmed"}
    assert newsroom.post("/conflicts/1/decision", data=fields).status_code == 400


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "desk.example.evil"])
def test_a_foreign_host_name_is_refused(client: FlaskClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 400
    assert client.get("/api/conflicts", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "desk.example"])
def test_its_own_host_names_are_answered(client: FlaskClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


def test_the_session_cookie_stays_here(settings: Settings, tracker: Tracker) -> None:
    app = create_app(settings, tracker)
    cookie = app.test_client().get("/subscriptions").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Secure" in cookie


def test_markup_in_an_article_stays_text(
    client: FlaskClient, tracker: Tracker, settings: Settings
) -> None:
    added = tracker.add_article(
        ArticleDraft(
            outlet=PLANTED,
            external_id=PLANTED,
            author=PLANTED,
            title=PLANTED,
            url="javascript:alert(3)",
            language=PLANTED[:8],
            published_at=at(2),
            text=f"Cineva a spus: {PLANTED}",
        )
    )
    tracker.catch_up()
    for url in ("/articles", f"/articles/{added.article_id}", "/articles?state=unsupported"):
        html = client.get(url).text
        assert "<script>alert" not in html
        assert "<img" not in html
        assert "{{7*7}}" in html
        assert "javascript:alert(3)" not in Page(html).links
    assert PLANTED in read(client, f"/articles/{added.article_id}").text


def test_markup_in_notes_names_and_subscriptions_stays_text(newsroom: FlaskClient) -> None:
    decided = submit(
        newsroom,
        "/conflicts/1",
        "/conflicts/1/decision",
        decision="dismissed both_true",
        note=PLANTED,
        name=PLANTED[:80],
    ).text
    added = submit(
        newsroom,
        "/subscriptions",
        "/subscriptions",
        name=PLANTED[:80],
        channels="json://localhost/",
        relations="tension",
        changes="opened",
        topics=PLANTED,
        outlets=PLANTED,
        speakers=PLANTED,
    ).text
    wrong = submit(
        newsroom, "/subscriptions", "/subscriptions", name=PLANTED[:80], channels=PLANTED
    ).text
    edited = newsroom.get("/subscriptions/1").text
    assert PLANTED in Page(added).text
    for html in (decided, added, wrong, edited):
        assert "<script>alert" not in html
        assert "<img" not in html
    assert PLANTED in Page(decided).text


@pytest.mark.parametrize("query", ["state=", "relation=", "speaker=", "page=", "language="])
def test_markup_in_a_url_stays_text(newsroom: FlaskClient, query: str) -> None:
    html = newsroom.get("/", query_string=query + "%3Cscript%3Ealert(1)%3C/script%3E").text
    assert "<script>alert" not in html


# --- the session key ----------------------------------------------------------------------------


def test_the_key_is_kept_for_its_owner_only(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "new" / "folder")
    key = secret_key(settings)
    assert len(key) >= 32
    assert secret_key(settings) == key
    kept = settings.data_dir / "secret_key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in settings.data_dir.iterdir()] == ["secret_key"]


def test_a_configured_key_is_used_and_not_written(tmp_path: Path) -> None:
    assert secret_key(Settings(data_dir=tmp_path, secret_key="s" * 40)) == "s" * 40
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_hold_the_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(ConfigurationError, match="TRACKER_SECRET_KEY"):
        secret_key(Settings(data_dir=tmp_path / "file"))


def test_a_damaged_key_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("short")
    with pytest.raises(ConfigurationError, match="too short"):
        secret_key(Settings(data_dir=tmp_path))
