"""Tokens of the API, from the page on which they are made to their end."""

from collections.abc import Iterable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.accounts.samples import BOSS
from tests.web.reading import read, submit
from tests.web.signing import bearer, signed_in, token_of
from tracker.accounts import shut_out
from tracker.config import Settings
from tracker.pipeline import Tracker
from tracker.types import Role
from web import create_app

ARTICLE = {"outlet": "Gazeta de Nord", "text": "„Da”, a spus Ana Rusu."}
EVERYTHING = ("read", "ingest", "review")


@pytest.fixture
def reviewer(guarded: Flask, tracker: Tracker) -> FlaskClient:
    return signed_in(guarded, tracker, "Rev", Role.REVIEWER)


@pytest.fixture
def program(guarded: Flask) -> FlaskClient:
    """Something that is not a browser."""
    return guarded.test_client(use_cookies=False)


def test_the_api_answers_a_token_and_nothing_else(
    program: FlaskClient, reviewer: FlaskClient
) -> None:
    token = token_of(reviewer, "read")
    assert program.get("/api/conflicts", headers=bearer(token)).status_code == 200
    for headers in (
        {},
        bearer("made-up"),
        bearer(token + "x"),
        {"Authorization": f"Basic {token}"},
    ):
        refused = program.get("/api/conflicts", headers=headers)
        assert refused.status_code == 401
        assert refused.get_json()["error"] == "unauthorized"
        assert refused.headers["WWW-Authenticate"] == "Bearer"
    assert reviewer.get("/api/conflicts").status_code == 401


def test_a_token_opens_no_page(program: FlaskClient, reviewer: FlaskClient) -> None:
    assert program.get("/", headers=bearer(token_of(reviewer, *EVERYTHING))).status_code == 303


@pytest.mark.parametrize(
    ("scopes", "reads", "ingests"),
    [(["read"], 200, 403), (["ingest"], 403, 202), (["review"], 403, 403), (EVERYTHING, 200, 202)],
)
def test_a_token_is_good_for_its_scopes_only(
    program: FlaskClient, reviewer: FlaskClient, scopes: Iterable[str], reads: int, ingests: int
) -> None:
    headers = bearer(token_of(reviewer, *scopes))
    assert program.get("/api/conflicts", headers=headers).status_code == reads
    answer = program.post("/api/articles", json=ARTICLE, headers=headers)
    assert answer.status_code == ingests
    if ingests == 403:
        assert answer.get_json()["error"] == "insufficient_scope"


def test_a_token_is_shown_once(reviewer: FlaskClient) -> None:
    token = token_of(reviewer, "read")
    page = reviewer.get("/account").text
    assert "wire" in page
    assert token not in page


def test_a_revoked_token_is_refused(
    program: FlaskClient, reviewer: FlaskClient, guarded: Flask, tracker: Tracker
) -> None:
    headers = bearer(token_of(reviewer, "read"))
    other = signed_in(guarded, tracker, "Oth", Role.REVIEWER)
    assert submit(other, "/account", "/account/tokens/1/revoke").status_code == 404
    assert program.get("/api/conflicts", headers=headers).status_code == 200
    assert "revoked" in submit(reviewer, "/account", "/account/tokens/1/revoke").text
    assert program.get("/api/conflicts", headers=headers).status_code == 401


def test_an_administrator_sees_and_revokes_the_tokens_of_others(
    program: FlaskClient, reviewer: FlaskClient, guarded: Flask, tracker: Tracker
) -> None:
    headers = bearer(token_of(reviewer, "read"))
    admin = signed_in(guarded, tracker, "Adi", Role.ADMIN)
    assert "wire of Rev" in read(admin, "/accounts").text
    assert submit(admin, "/accounts", "/accounts/tokens/1/revoke").status_code == 200
    assert program.get("/api/conflicts", headers=headers).status_code == 401
    log = read(admin, "/audit").text
    assert log.index("token revoked") < log.index("token made")


def test_a_token_is_good_for_no_more_than_its_account(
    program: FlaskClient, reviewer: FlaskClient, tracker: Tracker
) -> None:
    headers = bearer(token_of(reviewer, *EVERYTHING))
    with tracker.storage.transaction() as tx:
        account = tx.accounts.named("rev")
        tx.accounts.set_role(account.id, Role.READER)
    assert program.get("/api/conflicts", headers=headers).status_code == 200
    assert program.post("/api/articles", json=ARTICLE, headers=headers).status_code == 403
    with tracker.storage.transaction() as tx:
        tx.accounts.add("Boss", "boss", Role.ADMIN, tracker.clock(), password="x")
        shut_out(tx, account, BOSS, tracker.clock())
    assert program.get("/api/conflicts", headers=headers).status_code == 401


def test_the_last_use_is_shown(program: FlaskClient, reviewer: FlaskClient) -> None:
    headers = bearer(token_of(reviewer, "read"))
    assert "never used" in read(reviewer, "/account").text
    program.get("/api/conflicts", headers=headers)
    assert "last used about" in read(reviewer, "/account").text


def test_too_many_requests_are_refused_for_one_token_and_not_for_another(
    guarded: Flask, settings: Settings, tracker: Tracker
) -> None:
    few = settings.model_copy(update={"accounts": True, "api_per_minute": 3})
    app = create_app(few, tracker)
    app.config.update(SESSION_COOKIE_SECURE=False)
    reviewer = signed_in(app, tracker, "Rev", Role.REVIEWER)
    program = app.test_client(use_cookies=False)
    first, second = bearer(token_of(reviewer, "read")), bearer(token_of(reviewer, "read"))
    answers = [program.get("/api/conflicts/1", headers=first) for _ in range(8)]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert answers[-1].get_json()["error"] == "too_many_requests"
    assert "Retry-After" in answers[-1].headers
    assert program.get("/api/conflicts/1", headers=second).status_code == 200


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "x"}, "can have"),
        ({"name": " ", "scopes": "read"}, "what it is for"),
        ({"name": "x", "scopes": "write"}, "was expected"),
        ({"name": "x", "scopes": "read", "days": "400"}, "from 1 to 366"),
    ],
)
def test_a_token_that_cannot_be_is_refused(
    reviewer: FlaskClient, fields: dict[str, str], said: str
) -> None:
    answer = submit(reviewer, "/account", "/account/tokens", **fields)
    assert answer.status_code == 400
    assert said in answer.text
    assert "claimtracker_" not in answer.text


def test_without_accounts_the_api_asks_for_nothing(newsroom: FlaskClient) -> None:
    assert newsroom.get("/api/conflicts").status_code == 200
    assert newsroom.post("/api/articles", json=ARTICLE).status_code == 202
