"""Signing in and out, and what sessions survive."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import Client

from tests.accounts.samples import NOW, PASSWORD, made
from tests.web.reading import Page, read, submit
from tests.web.signing import enter, signed_in
from tracker.config import Settings
from tracker.pipeline import Tracker
from tracker.types import Deed, Role
from web import create_app


class SetClock:
    """Shows what it is set to."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def ana(guarded: Flask, tracker: Tracker) -> FlaskClient:
    """A browser that is not signed in yet, and an administrator called Ana."""
    made(tracker.storage)
    return guarded.test_client()


def cookie(client: Client) -> str:
    found = client.get_cookie("claim_tracker")
    assert found is not None
    return found.value


def deeds(tracker: Tracker) -> list[Deed]:
    with tracker.storage.snapshot() as tx:
        return [entry.deed for entry in tx.audit.recent(20)]


def test_the_page_that_was_wanted_is_shown_after_signing_in(ana: FlaskClient) -> None:
    asked = ana.get("/conflicts/1?x=ș")
    assert asked.status_code == 303
    assert "/articles" not in read(ana, asked.headers["Location"]).links
    answer = enter(ana, wanted="/conflicts/1")
    assert answer.request.path == "/conflicts/1"
    assert "Ana" in answer.text


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", ""]
)
def test_signing_in_never_leads_to_another_site(ana: FlaskClient, wanted: str) -> None:
    token = read(ana, "/login").tokens[0]
    fields = {"csrf_token": token, "name": "Ana", "password": PASSWORD, "from": wanted}
    assert ana.post("/login", data=fields).headers["Location"] == "/"


def test_a_wrong_password_and_an_unknown_name_get_the_same_page(
    ana: FlaskClient, tracker: Tracker
) -> None:
    wrong, unknown = enter(ana, password="wrong"), enter(ana, name="Nobody")
    assert wrong.status_code == unknown.status_code == 401
    assert Page(wrong.text).text == Page(unknown.text).text
    assert "do not open" in wrong.text
    assert deeds(tracker) == [Deed.SIGN_IN_FAILED] * 2
    assert ana.get("/").status_code == 303


def test_after_some_failures_even_the_right_password_waits(ana: FlaskClient) -> None:
    for _ in range(5):
        assert enter(ana, password="wrong").status_code == 401
    refused = enter(ana)
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "900"


def test_signing_in_needs_a_form_of_this_desk(ana: FlaskClient) -> None:
    fields = {"name": "Ana", "password": PASSWORD}
    assert ana.post("/login", data=fields).status_code == 400
    assert ana.get("/").status_code == 303


def test_the_session_is_a_new_one_after_signing_in(ana: FlaskClient) -> None:
    token = read(ana, "/login").tokens[0]
    before = cookie(ana)
    enter(ana)
    assert cookie(ana) != before
    assert read(ana, "/account").tokens[0] != token


def test_signing_out_ends_the_session_on_the_server_too(
    ana: FlaskClient, guarded: Flask, tracker: Tracker
) -> None:
    enter(ana)
    stolen = cookie(ana)
    thief = guarded.test_client()
    thief.set_cookie("claim_tracker", stolen)
    assert thief.get("/").status_code == 200
    left = submit(ana, "/", "/logout")
    assert left.request.path == "/login"
    assert ana.get("/").status_code == 303
    thief.set_cookie("claim_tracker", stolen)
    assert thief.get("/").status_code == 303
    assert deeds(tracker)[:2] == [Deed.SIGNED_OUT, Deed.SIGNED_IN]


def test_signing_out_leaves_other_browsers_alone(ana: FlaskClient, guarded: Flask) -> None:
    other = guarded.test_client()
    enter(ana)
    enter(other)
    submit(ana, "/", "/logout")
    assert other.get("/").status_code == 200


def test_who_was_signed_in_for_a_day_signs_in_again(
    settings: Settings, tracker: Tracker, guarded: Flask
) -> None:
    clock = SetClock()
    tracker = replace(tracker, clock=clock)
    made(tracker.storage)
    app = create_app(settings.model_copy(update={"accounts": True}), tracker)
    app.config.update(SESSION_COOKIE_SECURE=False)
    client = app.test_client()
    enter(client)
    clock.now += timedelta(hours=11)
    assert client.get("/").status_code == 200
    clock.now += timedelta(hours=1)
    assert client.get("/").status_code == 303


def test_another_password_signs_out_everywhere_but_here(ana: FlaskClient, guarded: Flask) -> None:
    other = guarded.test_client()
    enter(ana)
    enter(other)
    new = PASSWORD[::-1]
    wrong = submit(ana, "/account", "/account/password", old="wrong", password=new)
    assert wrong.status_code == 400
    assert "do not open" in wrong.text
    short = submit(ana, "/account", "/account/password", old=PASSWORD, password="short")
    assert "12 to 200 characters" in short.text
    changed = submit(ana, "/account", "/account/password", old=PASSWORD, password=new)
    assert "signed out everywhere else" in changed.text
    assert other.get("/").status_code == 303
    assert enter(other).status_code == 401
    assert enter(other, password=new).status_code == 200


def test_who_is_disabled_is_out_at_once(ana: FlaskClient, guarded: Flask, tracker: Tracker) -> None:
    enter(ana)
    reader = signed_in(guarded, tracker, "Bo", Role.READER)
    with tracker.storage.snapshot() as tx:
        id = tx.accounts.named("bo").id
    submit(ana, "/accounts", f"/accounts/{id}/disable")
    assert reader.get("/").status_code == 303
    assert enter(reader, "Bo").status_code == 401


def test_the_reading_language_outlives_signing_in(ana: FlaskClient) -> None:
    submit(ana, "/login", "/language", language="ro")
    enter(ana)
    assert '<html lang="ro">' in ana.get("/").text


def test_a_part_of_a_page_is_not_replaced_by_the_form(ana: FlaskClient) -> None:
    answer = ana.get("/?relation=reversal", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.text) == (204, "")
    assert answer.headers["HX-Redirect"] == "/login"


def test_cookies_of_a_desk_with_accounts(settings: Settings, tracker: Tracker) -> None:
    app = create_app(settings.model_copy(update={"accounts": True}), tracker)
    sent = app.test_client().get("/login").headers["Set-Cookie"]
    assert "HttpOnly" in sent
    assert "Secure" in sent
    assert "SameSite=Lax" in sent


def test_a_page_of_somebody_signed_in_is_not_kept_by_the_browser(ana: FlaskClient) -> None:
    enter(ana)
    assert ana.get("/").headers["Cache-Control"] == "no-store"


def test_the_key_in_the_cookie_is_not_the_one_in_the_database(
    ana: FlaskClient, tmp_path: Path
) -> None:
    enter(ana)
    with ana.session_transaction() as session:
        key = session["key"]
    assert key.encode() not in b"".join(file.read_bytes() for file in tmp_path.glob("tracker.db*"))
