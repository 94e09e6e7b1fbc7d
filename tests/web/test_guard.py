"""Who may see and do what."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests.web.reading import read, submit
from tests.web.signing import signed_in
from tracker.config import Settings
from tracker.pipeline import Tracker
from tracker.types import Role
from web import create_app
from web.guard import OPEN

ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}


@pytest.fixture
def reader(guarded: Flask, tracker: Tracker) -> FlaskClient:
    return signed_in(guarded, tracker, "Rea", Role.READER)


@pytest.fixture
def reviewer(guarded: Flask, tracker: Tracker) -> FlaskClient:
    return signed_in(guarded, tracker, "Rev", Role.REVIEWER)


@pytest.fixture
def admin(guarded: Flask, tracker: Tracker) -> FlaskClient:
    return signed_in(guarded, tracker, "Adi", Role.ADMIN)


def filled(rule: Rule) -> str:
    """An address that the rule is for."""
    values = dict.fromkeys(rule.arguments, 1) | (
        {"batch": "b"} if "batch" in rule.arguments else {}
    )
    _, path = rule.build(values) or ("", "/")
    return path


def test_without_accounts_only_this_machine_is_answered(
    newsroom: FlaskClient, settings: Settings, tracker: Tracker
) -> None:
    for url in ("/", "/api/conflicts", "/healthz"):
        assert newsroom.get(url).status_code == 200
        assert newsroom.get(url, environ_base={"REMOTE_ADDR": "::1"}).status_code == 200
        refused = newsroom.get(url, environ_base=ELSEWHERE)
        assert refused.status_code == 403
        assert "TRACKER_ACCOUNTS" in refused.text
    behind = create_app(settings.model_copy(update={"trusted_proxies": 1}), tracker).test_client()
    forged = {"X-Forwarded-For": "127.0.0.1"}
    assert behind.get("/", environ_base=ELSEWHERE, headers=forged).status_code == 403
    assert behind.get("/", headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 200


@pytest.mark.parametrize("url", ["/login", "/account", "/accounts", "/audit"])
def test_without_accounts_there_are_no_pages_of_them(client: FlaskClient, url: str) -> None:
    assert client.get(url).status_code == 404


def test_who_is_not_signed_in_gets_nothing_but_the_way_in(guarded: Flask) -> None:
    client = guarded.test_client()
    for rule in guarded.url_map.iter_rules():
        if rule.endpoint in OPEN:
            continue
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
            answer = client.open(filled(rule), method=method)
            assert answer.status_code in (303, 401), (rule.rule, method)
            assert "Mărginean" not in answer.text


def test_a_reader_looks_and_changes_nothing(reader: FlaskClient, guarded: Flask) -> None:
    own = {"login.leave", "account.password", "account.make", "account.revoke", "language"}
    token = read(reader, "/").tokens[0]
    for rule in guarded.url_map.iter_rules():
        if "POST" not in (rule.methods or ()) or rule.endpoint in own | OPEN:
            continue
        if rule.rule.startswith("/api/"):
            continue
        answer = reader.post(filled(rule), data={"csrf_token": token})
        assert answer.status_code == 403, rule.rule


@pytest.mark.parametrize("url", ["/", "/conflicts/1", "/subscriptions", "/articles/7"])
def test_a_reader_is_offered_no_form_that_would_be_refused(reader: FlaskClient, url: str) -> None:
    html = reader.get(url).text
    actions = [part.split('"')[0] for part in html.split('action="')[1:]]
    assert set(actions) <= {"/", "/language", "/logout"}


def test_what_a_reader_looked_at_is_still_new_to_reviewers(
    reader: FlaskClient, reviewer: FlaskClient, tracker: Tracker
) -> None:
    for client, is_seen in ((reader, False), (reviewer, True)):
        read(client, "/conflicts/1")
        with tracker.storage.snapshot() as tx:
            assert (tx.conflicts.get(1).looked_at is not None) is is_seen


@pytest.mark.parametrize("url", ["/accounts", "/audit"])
def test_pages_of_administrators(
    admin: FlaskClient, reviewer: FlaskClient, reader: FlaskClient, url: str
) -> None:
    assert url in read(admin, "/").links
    assert admin.get(url).status_code == 200
    for other in (reviewer, reader):
        assert url not in read(other, "/").links
        assert other.get(url).status_code == 403


def test_a_decision_is_told_under_the_name_of_the_account(reviewer: FlaskClient) -> None:
    page = reviewer.get("/conflicts/1")
    assert "Your name" not in page.text
    fields = {"decision": "confirmed", "name": "Somebody Else"}
    decided = submit(reviewer, "/conflicts/1", "/conflicts/1/decision", **fields)
    assert "by Rev" in decided.text
    assert "Somebody Else" not in decided.text


def test_a_reviewer_does_not_change_who_is_alerted(
    reviewer: FlaskClient, admin: FlaskClient
) -> None:
    fields = {"name": "Desk", "channel": "json://localhost/", "relations": "tension"}
    assert submit(reviewer, "/subscriptions", "/subscriptions", **fields).status_code == 403
    assert submit(admin, "/subscriptions", "/subscriptions", **fields).status_code == 200
    page = reviewer.get("/subscriptions").text
    assert "Desk" in page
    assert "Add a subscription" not in page
    log = read(admin, "/audit").text
    assert "subscribed" in log
    assert "Desk" in log
    submit(admin, "/subscriptions", "/subscriptions/1/remove")
    assert "unsubscribed" in read(admin, "/audit").text


def test_a_kept_list_is_changed_by_whoever_keeps_it_and_by_administrators(
    guarded: Flask, tracker: Tracker, reviewer: FlaskClient, admin: FlaskClient
) -> None:
    other = signed_in(guarded, tracker, "Oth", Role.REVIEWER)
    kept = {"name_of_filter": "Gas", "query": "q=gaz"}
    submit(reviewer, "/?q=gaz", "/filters", **kept)
    assert "Gas" in other.get("/").text
    assert "/filters/1/remove" not in other.get("/").text
    assert submit(other, "/?q=gaz", "/filters/1/remove").status_code == 403
    taken = submit(other, "/?q=x", "/filters", name_of_filter="Gas", query="q=x")
    assert taken.status_code == 403
    assert (
        submit(reviewer, "/?q=x", "/filters", name_of_filter="Gas", query="q=x").status_code == 200
    )
    assert "/filters/1/remove" in admin.get("/").text
    assert submit(admin, "/", "/filters/1/remove").status_code == 200
    assert "Gas" not in other.get("/").text
