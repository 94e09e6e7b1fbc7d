"""Signing in through an identity provider, a real one on this machine."""

import threading
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from tests.accounts.samples import made
from tests.web.provider import CLIENT, SECRET, Provider
from tests.web.reading import read
from tracker.config import Settings
from tracker.pipeline import Tracker
from tracker.types import Account, Role
from web import create_app


@pytest.fixture
def provider() -> Iterator[Provider]:
    provider = Provider()
    server = make_server("127.0.0.1", 0, provider.app(), threaded=True)
    provider.issuer = f"http://127.0.0.1:{server.port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield provider
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def desk(settings: Settings, tracker: Tracker, provider: Provider) -> Flask:
    named = settings.model_copy(
        update={
            "accounts": True,
            "oidc_issuer": provider.issuer,
            "oidc_client_id": CLIENT,
            "oidc_client_secret": Settings(oidc_client_secret=SECRET).oidc_client_secret,
            "oidc_roles": {"desk": Role.REVIEWER, "chiefs": Role.ADMIN},
        }
    )
    app = create_app(named, tracker)
    app.config.update(SESSION_COOKIE_SECURE=False)
    return app


@pytest.fixture
def browser(desk: Flask) -> FlaskClient:
    return desk.test_client()


def way_back(client: FlaskClient, wanted: str = "") -> str:
    """Go to the provider; answers the address it sends the browser back to."""
    there = client.get("/login/provider", query_string={"from": wanted})
    assert there.status_code == 302, there.text
    back = httpx.get(there.headers["Location"]).headers["Location"]
    assert back.startswith("https://desk.example/login/provider/back?")
    return back.removeprefix("https://desk.example")


def come(client: FlaskClient, wanted: str = "") -> TestResponse:
    return client.get(way_back(client, wanted))


def accounts(tracker: Tracker) -> list[Account]:
    with tracker.storage.snapshot() as tx:
        return tx.accounts.all()


def test_who_the_provider_knows_is_let_in_as_it_says(
    browser: FlaskClient, tracker: Tracker
) -> None:
    assert "/login/provider?from=/sources" in read(browser, "/login?from=/sources").links
    answer = come(browser, "/sources")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sources")
    assert "ana" in browser.get("/account").text
    [account] = accounts(tracker)
    assert (account.name, account.role, account.is_foreign) == ("ana", Role.REVIEWER, True)


def test_the_second_time_it_is_the_same_account_with_the_role_of_that_day(
    desk: Flask, provider: Provider, tracker: Tracker
) -> None:
    come(desk.test_client())
    provider.person["groups"] = ["desk", "chiefs"]
    provider.person["preferred_username"] = "renamed"
    come(desk.test_client())
    [account] = accounts(tracker)
    assert (account.name, account.role) == ("ana", Role.ADMIN)


def test_a_local_account_of_the_same_name_stays_somebody_elses(
    browser: FlaskClient, tracker: Tracker
) -> None:
    made(tracker.storage, "Ana")
    come(browser)
    assert browser.get("/accounts").status_code == 403
    assert [each.name for each in accounts(tracker)] == ["Ana", "ana 2"]


def test_the_roles_may_stand_in_userinfo(browser: FlaskClient, provider: Provider) -> None:
    del provider.person["groups"]
    provider.userinfo = {"sub": "7", "groups": "chiefs"}
    assert come(browser).status_code == 303
    assert browser.get("/accounts").status_code == 200


def test_userinfo_of_somebody_else_is_refused(browser: FlaskClient, provider: Provider) -> None:
    del provider.person["groups"]
    provider.userinfo = {"sub": "8", "groups": "chiefs"}
    assert come(browser).status_code == 502


def test_who_is_given_no_role_is_told_so(
    browser: FlaskClient, provider: Provider, tracker: Tracker
) -> None:
    provider.person["groups"] = ["choir"]
    answer = come(browser)
    assert answer.status_code == 403
    assert "not let in here" in answer.text
    assert accounts(tracker) == []


def other_key(provider: Provider) -> None:
    provider.signing_key = RSAKey.generate_key(2048, {"kid": "1"})


def unsigned(provider: Provider) -> None:
    provider.is_signed = False


def without_id_token(provider: Provider) -> None:
    provider.has_id_token = False


def claiming(**claims: object) -> Callable[[Provider], None]:
    return lambda provider: provider.claims.update(claims)


@pytest.mark.parametrize(
    "lie",
    [
        other_key,
        unsigned,
        without_id_token,
        claiming(iss="https://other.example"),
        claiming(aud="another-client"),
        claiming(aud=None),
        claiming(nonce="another"),
        claiming(nonce=None),
        claiming(exp=1_000_000_000),
        claiming(sub=None),
    ],
)
def test_a_token_that_is_not_right_lets_nobody_in(
    browser: FlaskClient, provider: Provider, tracker: Tracker, lie: Callable[[Provider], None]
) -> None:
    lie(provider)
    answer = come(browser)
    assert answer.status_code == 502
    assert "failed; try again" in answer.text
    assert browser.get("/").status_code == 303
    assert accounts(tracker) == []


def test_the_answer_is_good_in_the_browser_that_asked_and_once(
    desk: Flask, browser: FlaskClient, tracker: Tracker
) -> None:
    back = way_back(browser)
    assert desk.test_client().get(back).status_code == 502
    assert browser.get(back).status_code == 303
    assert desk.test_client().get(back).status_code == 502
    assert browser.get(back).status_code == 502


def test_what_is_asked_for_carries_state_nonce_and_a_challenge(browser: FlaskClient) -> None:
    there = browser.get("/login/provider").headers["Location"]
    asked = parse_qs(urlsplit(there).query)
    assert {"state", "nonce", "code_challenge"} <= asked.keys()
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["response_type"] == ["code"]


def test_what_the_provider_refuses_is_said(browser: FlaskClient) -> None:
    answer = browser.get("/login/provider/back?error=access_denied&error_description=<b>no</b>")
    assert answer.status_code == 502
    assert "<b>no" not in answer.text


def test_a_provider_that_is_away_is_said(
    browser: FlaskClient, settings: Settings, tracker: Tracker
) -> None:
    away = {"accounts": True, "oidc_issuer": "http://127.0.0.1:1"}
    client = create_app(settings.model_copy(update=away), tracker).test_client()
    assert client.get("/login/provider").status_code == 502


def test_without_a_provider_there_is_no_way_to_one(guarded: Flask) -> None:
    assert guarded.test_client().get("/login/provider").status_code == 404
