"""What was sent to whom, and the audit log, for a program."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.fakes import RecordingNotifier
from tests.web.signing import bearer, signed_in, token_of
from tests.web.test_api import assert_problem
from tests.web.test_api_desk import RULE, ids, send
from tracker.pipeline import Tracker
from tracker.types import Role

HOOK = "json://localhost/hidden-token"
OTHER = "json://elsewhere/"


@pytest.fixture
def alerted(newsroom: FlaskClient, tracker: Tracker) -> FlaskClient:
    """A desk with one subscription that was alerted to the first conflict."""
    send(newsroom, "/api/subscriptions", {"name": "Night", "channels": [HOOK]})
    tracker.alert(1)
    tracker.catch_up()
    return newsroom


def listed(client: FlaskClient, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/api/deliveries?{query}").get_json()["deliveries"]
    return found


def test_one_subscription_is_read(alerted: FlaskClient) -> None:
    (known,) = alerted.get("/api/subscriptions").get_json()["subscriptions"]
    assert alerted.get(RULE).get_json() == known
    assert_problem(alerted.get("/api/subscriptions/99"), 404, "not_found", None)


# --- deliveries -----------------------------------------------------------------------------------


def test_a_delivery_tells_where_it_went_and_every_attempt(alerted: FlaskClient) -> None:
    answer = alerted.get("/api/deliveries")
    assert "hidden-token" not in answer.text
    (sent,) = answer.get_json()["deliveries"]
    assert (sent["state"], sent["kind"], sent["channel"]) == ("sent", "alert", "json://…")
    assert (sent["subscription"], sent["conflicts"]) == (1, [1])
    (attempt,) = sent["attempts"]
    assert (attempt["status"], attempt["error"]) == (204, None)
    assert attempt["at"] < attempt["ended_at"] == sent["sent_at"]
    assert alerted.get(f"/api/deliveries/{sent['id']}").get_json() == sent
    assert_problem(alerted.get("/api/deliveries/99"), 404, "not_found", None)


def test_a_failed_attempt_says_why_and_when_the_next_is_due(
    newsroom: FlaskClient, tracker: Tracker, notifier: RecordingNotifier
) -> None:
    notifier.failing = True
    send(newsroom, "/api/subscriptions", {"name": "Night", "channels": [HOOK]})
    tracker.alert(1)
    tracker.catch_up()
    (waiting,) = listed(newsroom, "state=pending")
    assert waiting["error"] == "Night: answered 503"
    assert waiting["next_attempt_at"] > waiting["attempts"][0]["ended_at"]
    assert waiting["attempts"][0]["status"] == 503


def test_deliveries_are_listed_by_subscription_and_state(
    alerted: FlaskClient, tracker: Tracker
) -> None:
    send(alerted, "/api/subscriptions", {"name": "Day", "channels": [HOOK, OTHER]})
    send(alerted, "/api/subscriptions/2/test")
    assert [each["subscription"] for each in listed(alerted)] == [2, 2, 1]
    assert [each["kind"] for each in listed(alerted, "subscription=2")] == ["test", "test"]
    assert [each["kind"] for each in listed(alerted, "state=sent")] == ["alert"]
    first = alerted.get("/api/deliveries?subscription=2&per_page=1").get_json()
    rest = alerted.get(first["next"]).get_json()
    assert ids(first, "deliveries") + ids(rest, "deliveries") == [3, 2]
    assert rest["next"] is None
    gone = alerted.get("/api/deliveries?state=gone")
    assert_problem(gone, 400, "invalid_field", "state")


def test_a_test_goes_to_every_channel(
    newsroom: FlaskClient, tracker: Tracker, notifier: RecordingNotifier
) -> None:
    send(newsroom, "/api/subscriptions", {"name": "Night", "channels": [HOOK, OTHER]})
    answer = send(newsroom, f"{RULE}/test")
    assert answer.status_code == 202
    made = answer.get_json()["deliveries"]
    assert [(each["kind"], each["state"]) for each in made] == [("test", "pending")] * 2
    tracker.catch_up()
    assert [each.delivery.channel for each in notifier.sent] == [HOOK, OTHER]
    assert {each["state"] for each in listed(newsroom)} == {"sent"}
    assert_problem(send(newsroom, "/api/subscriptions/99/test"), 404, "not_found", None)


def test_nothing_is_tried_where_every_channel_is_closed(
    newsroom: FlaskClient, tracker: Tracker
) -> None:
    send(newsroom, "/api/subscriptions", {"name": "Night", "channels": [HOOK]})
    with tracker.storage.transaction() as tx:
        tx.subscriptions.close(1, HOOK)
    assert_problem(send(newsroom, f"{RULE}/test"), 400, "invalid_field", "channels")
    assert listed(newsroom) == []


def test_a_message_is_sent_again_under_the_same_id(
    alerted: FlaskClient, tracker: Tracker, notifier: RecordingNotifier
) -> None:
    (sent,) = listed(alerted)
    answer = send(alerted, f"/api/deliveries/{sent['id']}/again")
    assert (answer.status_code, answer.get_json()["state"]) == (202, "pending")
    tracker.catch_up()
    (again,) = listed(alerted)
    assert (again["state"], again["message"]) == ("sent", sent["message"])
    assert again["attempts"][:1] == sent["attempts"]
    assert len(again["attempts"]) == 2
    assert len({each.delivery.message_id for each in notifier.sent}) == 1
    assert_problem(send(alerted, "/api/deliveries/99/again"), 404, "not_found", None)


def test_a_conflict_tells_who_was_alerted(alerted: FlaskClient) -> None:
    (alert,) = alerted.get("/api/conflicts/1/alerts").get_json()["alerts"]
    assert (alert["subscription"], alert["change"], alert["occurrence"]) == (1, "opened", 1)
    assert alert["deliveries"] == listed(alerted)
    assert alerted.get("/api/conflicts/2/alerts").get_json() == {"alerts": []}
    assert_problem(alerted.get("/api/conflicts/99/alerts"), 404, "not_found", None)


# --- who may --------------------------------------------------------------------------------------


def test_only_administrators_send_and_read_the_audit_log(guarded: Flask, tracker: Tracker) -> None:
    reviewer = signed_in(guarded, tracker, "Rev", Role.REVIEWER)
    admin = signed_in(guarded, tracker, "Adi", Role.ADMIN)
    theirs, own = (bearer(token_of(each, "read", "review")) for each in (reviewer, admin))
    program = guarded.test_client(use_cookies=False)
    body = {"name": "Night", "channels": [HOOK]}
    program.post("/api/subscriptions", json=body, headers=own)
    for path in (f"{RULE}/test", "/api/deliveries/1/again"):
        assert program.post(path, json={}, headers=theirs).status_code == 403
        assert program.post(path, json={}, headers=own).status_code == 202
    assert len(program.get("/api/deliveries", headers=theirs).get_json()["deliveries"]) == 1
    assert program.get("/api/audit", headers=theirs).status_code == 403
    last = program.get("/api/audit?per_page=1", headers=own).get_json()
    (entry,) = last["entries"]
    assert (entry["deed"], entry["by"], entry["about"]) == ("subscribed", "Adi", "1, Night")
    before = program.get(last["next"], headers=own).get_json()["entries"]
    assert before[0]["deed"] == "token_made"
