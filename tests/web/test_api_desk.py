"""What people do on the pages, done by a program."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.newsroom import CRACKED, MINISTER, SAFE, STORIES
from tests.web.test_api import assert_problem
from tracker.pipeline import Tracker
from tracker.types import Subscription, Tongue
from web.api import blueprint
from web.api.queries import ConflictQuery

CONFLICT = "/api/conflicts/1"
RULE = "/api/subscriptions/1"


def send(client: FlaskClient, path: str, body: object = None, **headers: str) -> TestResponse:
    return client.post(path, json=body or {}, headers=headers)


def ids(answer: dict[str, Any], what: str) -> list[int]:
    return [each["id"] for each in answer[what]]


def subscriptions(tracker: Tracker) -> list[Subscription]:
    with tracker.storage.snapshot() as tx:
        return tx.subscriptions.all()


def claims_of(conflict: dict[str, Any]) -> list[list[int]]:
    return [[claim["id"] for claim in side] for side in conflict["sides"]]


# --- reading ------------------------------------------------------------------------------------


def test_conflicts_are_found_by_words(newsroom: FlaskClient) -> None:
    (found,) = newsroom.get("/api/conflicts?q=FISURILE").get_json()["conflicts"]
    assert [[claim["quotation"] for claim in side] for side in found["sides"]] == [
        [SAFE],
        [CRACKED],
    ]
    assert newsroom.get("/api/conflicts?q=nimic").get_json()["conflicts"] == []


def test_a_parameter_that_is_not_known_or_given_twice_is_refused(newsroom: FlaskClient) -> None:
    assert_problem(newsroom.get("/api/conflicts?speakr=1"), 400, "invalid_field", "speakr")
    assert_problem(newsroom.get("/api/claims?q=a&q=b"), 400, "invalid_field", "q")
    assert_problem(newsroom.get("/api/claims?since=soon"), 400, "invalid_field", "since")
    assert_problem(newsroom.get("/api/claims?cursor=x"), 400, "invalid_field", "cursor")


def test_every_field_of_the_lists_filter_is_known_here(newsroom: FlaskClient) -> None:
    form = newsroom.get("/").text.partition('class="filter"')[2].partition("</form>")[0]
    names = {piece.partition('"')[0] for piece in form.split(' name="')[1:]}
    assert len(names) > 5
    assert names <= set(ConflictQuery.model_fields)


def test_pages_go_on_by_cursor(newsroom: FlaskClient) -> None:
    second = newsroom.get("/api/conflicts?per_page=1&page=2").get_json()
    third = newsroom.get(second["next"]).get_json()
    assert third["next"] is None
    everything = ids(newsroom.get("/api/conflicts").get_json(), "conflicts")
    assert [*ids(second, "conflicts"), *ids(third, "conflicts")] == everything[1:]


def test_claims_are_searched_and_read(newsroom: FlaskClient) -> None:
    found = newsroom.get("/api/claims?q=fisurile&since=2026-03-01&until=2026-03-31").get_json()
    (claim,) = found["claims"]
    assert claim["quotation"] == CRACKED
    assert newsroom.get(f"/api/claims/{claim['id']}").get_json() == claim
    assert newsroom.get("/api/claims?q=fisurile&until=2026-03-01").get_json()["claims"] == []
    outlet = newsroom.get("/api/claims", query_string={"outlet": claim["outlet"]}).get_json()
    assert {each["outlet"] for each in outlet["claims"]} == {claim["outlet"]}


def test_sources_and_what_they_said(newsroom: FlaskClient) -> None:
    listed = newsroom.get("/api/sources").get_json()["sources"]
    (minister,) = (each for each in listed if each["name"] == MINISTER.name)
    assert newsroom.get(f"/api/sources/{minister['id']}").get_json().items() >= minister.items()
    said, url = [], f"/api/sources/{minister['id']}/claims?per_page=2"
    while url:
        part = newsroom.get(url).get_json()
        said += part["claims"]
        url = part["next"]
    assert len(said) == len({each["id"] for each in said}) == minister["claim_count"] > 2
    assert {each["speaker"]["id"] for each in said} == {minister["id"]}
    assert_problem(newsroom.get("/api/sources/99/claims"), 404, "not_found", None)


def test_articles_are_listed_and_their_text_is_read(newsroom: FlaskClient) -> None:
    listed = newsroom.get("/api/articles?state=quarantined").get_json()
    assert [each["external_id"] for each in listed["articles"]] == ["dw-3307"]
    assert "claims" not in listed["articles"][0]
    text = newsroom.get("/api/articles/1/text")
    assert text.mimetype == "text/plain"
    assert text.data == STORIES[0].article.text.encode()


def test_an_article_is_put_back_in_line(newsroom: FlaskClient) -> None:
    answer = send(newsroom, "/api/articles/7/retry").get_json()
    assert (answer["state"], answer["error"]) == ("pending", None)
    assert_problem(send(newsroom, "/api/articles/99/retry"), 404, "not_found", None)


# --- deciding -----------------------------------------------------------------------------------


def test_a_conflict_is_decided_and_the_decision_undone(newsroom: FlaskClient) -> None:
    body = {"state": "dismissed", "dismissal": "both_true", "by": "Ana", "note": " later "}
    decided = send(newsroom, f"{CONFLICT}/decision", body).get_json()
    assert decided["conflict"]["dismissal"] == "both_true"
    assert decided["conflict"] == newsroom.get(CONFLICT).get_json()
    last = decided["conflict"]["history"][-1]
    assert (last["event"], last["by"], last["note"]) == ("dismissed", "Ana", "later")
    undo = f"/api/decisions/{decided['decision']}/undo"
    assert send(newsroom, undo).get_json() == {"conflicts": [1]}
    undone = newsroom.get(CONFLICT).get_json()
    assert (undone["state"], undone["history"][-1]["by"]) == ("new", "api")
    assert_problem(send(newsroom, undo), 409, "nothing_undone", None)


def test_a_decision_that_meets_another_one_is_a_conflict(newsroom: FlaskClient) -> None:
    assert send(newsroom, f"{CONFLICT}/decision", {"state": "confirmed"}).status_code == 200
    body = {"state": "dismissed", "dismissal": "update"}
    assert_problem(send(newsroom, f"{CONFLICT}/decision", body), 409, "invalid_decision", "state")
    assert newsroom.get(CONFLICT).get_json()["state"] == "confirmed"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "state"),
        ({"state": "new"}, "state"),
        ({"state": "dismissed"}, "dismissal"),
        ({"state": "confirmed", "dismissal": "update"}, "dismissal"),
        ({"state": "confirmed", "snoozed_until": "2026-03-09T00:00:00Z"}, "snoozed_until"),
        ({"state": "snoozed", "snoozed_until": "2026-03-01T00:00:00Z"}, "snoozed_until"),
        ({"state": "snoozed", "snoozed_until": "2126-03-01T00:00:00Z"}, "snoozed_until"),
        ({"state": "snoozed", "snoozed_until": "2026-03-09T00:00:00"}, "snoozed_until"),
        ({"state": "confirmed", "note": "a\0b"}, "note"),
        ({"state": "confirmed", "note": "x" * 2001}, "note"),
        ({"state": "confirmed", "by": 7}, "by"),
        ({"state": "confirmed", "mood": "good"}, "mood"),
        ([], "body"),
    ],
)
def test_a_decision_that_does_not_hold_together_is_refused(
    newsroom: FlaskClient, body: object, field: str
) -> None:
    response = newsroom.post(f"{CONFLICT}/decision", json=body)
    assert_problem(response, 400, "invalid_field", field)
    assert newsroom.get(CONFLICT).get_json()["state"] == "new"


def test_many_are_decided_all_or_none(newsroom: FlaskClient, tracker: Tracker) -> None:
    until = tracker.clock() + timedelta(days=3)
    body = {"state": "snoozed", "snoozed_until": until.isoformat(), "conflicts": [3, 1, 3]}
    decided = send(newsroom, "/api/decisions", body).get_json()
    assert decided["conflicts"] == [1, 3]
    assert ids(newsroom.get("/api/conflicts?state=open").get_json(), "conflicts") == [2]
    again = {"state": "confirmed", "conflicts": [2, 99]}
    assert_problem(send(newsroom, "/api/decisions", again), 404, "not_found", None)
    assert newsroom.get("/api/conflicts/2").get_json()["state"] == "new"
    send(newsroom, f"/api/decisions/{decided['decision']}/undo")
    assert len(newsroom.get("/api/conflicts?state=open").get_json()["conflicts"]) == 3


def test_notes_assignments_and_second_opinions(newsroom: FlaskClient) -> None:
    send(newsroom, f"{CONFLICT}/note", {"note": "ask the prefect", "by": "Ana"})
    send(newsroom, f"{CONFLICT}/assignee", {"assignee": "Ion"})
    answer = send(newsroom, f"{CONFLICT}/second-opinion", {"note": "is it?"}).get_json()
    assert (answer["assignee"], answer["second_opinion"]) == ("Ion", True)
    assert [each["event"] for each in answer["history"][-3:]] == [
        "noted",
        "assigned",
        "second_asked",
    ]
    assert ids(newsroom.get("/api/conflicts?assignee=Ion&second=1").get_json(), "conflicts") == [1]
    assert_problem(send(newsroom, f"{CONFLICT}/note", {"note": " "}), 400, "invalid_field", "note")


def test_conflicts_are_merged_split_and_claims_moved(newsroom: FlaskClient) -> None:
    (first,), (second,) = claims_of(newsroom.get(CONFLICT).get_json())
    (third,), (fourth,) = claims_of(newsroom.get("/api/conflicts/2").get_json())
    merged = send(newsroom, f"{CONFLICT}/merge", {"other": 2, "crossed": True}).get_json()
    assert {frozenset(side) for side in claims_of(merged)} == {
        frozenset({first, fourth}),
        frozenset({second, third}),
    }
    assert newsroom.get("/api/conflicts/2").get_json()["merged_into"] == 1
    assert 2 not in ids(newsroom.get("/api/conflicts").get_json(), "conflicts")
    response = send(newsroom, f"{CONFLICT}/split", {"claims": [third, fourth]})
    assert response.status_code == 201
    new = newsroom.get(response.headers["Location"]).get_json()
    assert new == response.get_json()
    assert {id for side in claims_of(new) for id in side} == {third, fourth}
    move = {"claim": first}
    assert_problem(send(newsroom, f"{CONFLICT}/move", move), 409, "invalid_decision", "claim")


def test_a_claim_is_moved(newsroom: FlaskClient) -> None:
    send(newsroom, f"{CONFLICT}/merge", {"other": 2})
    before = claims_of(newsroom.get(CONFLICT).get_json())
    moved = send(newsroom, f"{CONFLICT}/move", {"claim": before[0][0]}).get_json()
    assert any({before[0][0], *before[1]} == set(side) for side in claims_of(moved))


# --- subscriptions and saved filters --------------------------------------------------------------


HOOK = "https://desk.example/hook?token=hidden"


def test_subscriptions_are_added_listed_and_removed(
    newsroom: FlaskClient, tracker: Tracker
) -> None:
    body = {
        "name": "Night",
        "channels": [HOOK, "json://localhost/"],
        "speakers": ["A"],
        "languages": ["ro"],
        "language": "ro",
        "rhythm": "daily",
        "digest_at": "07:30",
        "zone": "Europe/Bucharest",
    }
    response = send(newsroom, "/api/subscriptions", body)
    assert response.status_code == 201
    added = response.get_json()
    assert added.pop("made_secret").startswith("whsec_")
    assert added["channels"] == ["https://desk.example", "json://…"]
    assert (added["digest_at"], added["zone"]) == ("07:30", "Europe/Bucharest")
    (stored,) = subscriptions(tracker)
    assert stored.channels == (HOOK, "json://localhost/")
    assert stored.languages == {"ro"}
    assert (stored.language, added["language"]) == (Tongue.ROMANIAN, "ro")
    listed = newsroom.get("/api/subscriptions")
    assert listed.get_json() == {"subscriptions": [added]}
    assert "hidden" not in listed.text
    path = f"/api/subscriptions/{added['id']}"
    assert newsroom.delete(path).status_code == 204
    assert_problem(newsroom.delete(path), 404, "not_found", None)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"channels": ["nowhere"]}, "channels"),
        ({"channels": []}, "channels"),
        ({"relations": ["update"]}, "relations"),
        ({"languages": ["xx"]}, "languages"),
        ({"language": "fr"}, "language"),
        ({"zone": "Nowhere"}, "zone"),
        ({"digest_at": "25:00"}, "digest_at"),
        ({"quiet_from": "22:00"}, "quiet_from"),
    ],
)
def test_a_subscription_that_cannot_work_is_refused(
    newsroom: FlaskClient, tracker: Tracker, change: dict[str, object], field: str
) -> None:
    body = {"name": "Night", "channels": [HOOK]}
    refused = send(newsroom, "/api/subscriptions", body | change)
    assert_problem(refused, 400, "invalid_field", field)
    send(newsroom, "/api/subscriptions", body)
    before = subscriptions(tracker)
    assert_problem(send(newsroom, f"{RULE}/change", change), 400, "invalid_field", field)
    assert subscriptions(tracker) == before


def test_a_changed_subscription_keeps_what_was_not_sent(
    newsroom: FlaskClient, tracker: Tracker
) -> None:
    send(newsroom, "/api/subscriptions", {"name": "Night", "channels": [HOOK], "topics": ["dam"]})
    (before,) = subscriptions(tracker)
    changed = send(
        newsroom, f"{RULE}/change", {"name": "Day", "quiet_from": "22:00", "quiet_to": "06:00"}
    )
    assert changed.get_json()["quiet_from"] == "22:00"
    (after,) = subscriptions(tracker)
    assert (after.name, after.channels, after.topics) == ("Day", (HOOK,), {"dam"})
    assert (after.secret, changed.get_json()["made_secret"]) == (before.secret, None)
    send(newsroom, f"{RULE}/change", {"channels": ["json://localhost/"], "quiet_from": None})
    assert subscriptions(tracker)[0].secret == before.secret, "half of quiet hours is refused"
    send(newsroom, f"{RULE}/change", {"channels": ["json://localhost/"]})
    assert subscriptions(tracker)[0].secret is None


def test_a_subscription_is_muted_opened_and_given_a_new_secret(
    newsroom: FlaskClient, tracker: Tracker
) -> None:
    send(newsroom, "/api/subscriptions", {"name": "Night", "channels": [HOOK]})
    (before,) = subscriptions(tracker)
    muted = send(newsroom, f"{RULE}/mute", {"until": "2026-03-20T00:00:00Z"}).get_json()
    assert muted["muted_until"] == "2026-03-20T00:00:00+00:00"
    late = send(newsroom, f"{RULE}/mute", {"until": "2126-03-20T00:00:00Z"})
    assert_problem(late, 400, "invalid_field", "until")
    assert send(newsroom, f"{RULE}/mute", {"until": None}).get_json()["muted_until"] is None
    made = send(newsroom, f"{RULE}/secret").get_json()["made_secret"]
    (after,) = subscriptions(tracker)
    assert (after.secret, after.old_secret) == (made, before.secret)
    with tracker.storage.transaction() as tx:
        tx.subscriptions.close(1, HOOK)
    (closed,) = newsroom.get("/api/subscriptions").get_json()["subscriptions"]
    assert closed["closed"] == ["https://desk.example"]
    assert send(newsroom, f"{RULE}/open").get_json()["closed"] == []
    send(newsroom, f"{RULE}/change", {"channels": ["json://localhost/"]})
    assert_problem(send(newsroom, f"{RULE}/secret"), 400, "invalid_field", "secret")


def test_filters_are_kept_and_answer_their_list(newsroom: FlaskClient) -> None:
    body = {"name": "Reversals", "query": "relation=reversal&page=3&q="}
    kept = send(newsroom, "/api/filters", body).get_json()
    assert newsroom.get("/api/filters").get_json() == {"filters": [kept]}
    listed = newsroom.get(f"/api/conflicts?{kept['query']}").get_json()["conflicts"]
    assert {each["relation"] for each in listed} == {"reversal"}
    again = send(newsroom, "/api/filters", body | {"query": "state=open"}).get_json()
    assert again == {"id": kept["id"], "name": "Reversals", "query": "state=open"}
    wrong = body | {"query": "state=gone"}
    assert_problem(send(newsroom, "/api/filters", wrong), 400, "invalid_field", "state")
    assert newsroom.delete(f"/api/filters/{kept['id']}").status_code == 204
    assert newsroom.get("/api/filters").get_json() == {"filters": []}


# --- what keeps requests apart --------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/api/articles/7/retry",
        f"{CONFLICT}/note",
        "/api/decisions",
        f"/api/decisions/{'0' * 32}/undo",
    ],
)
@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded"])
def test_a_form_on_another_site_cannot_send_anything(
    newsroom: FlaskClient, path: str, kind: str | None
) -> None:
    response = newsroom.post(path, data="{}", content_type=kind)
    assert_problem(response, 415, "unsupported_media_type", "Content-Type")


READABLE = sorted(
    re.sub("<[^>]+>", "1", each.path) for each in blueprint.operations if each.is_tagged
)


@pytest.fixture
def busy(newsroom: FlaskClient) -> FlaskClient:
    """A desk on which there is one of everything that can be read."""
    send(newsroom, "/api/subscriptions", {"name": "Night", "channels": ["json://localhost/"]})
    send(newsroom, f"{RULE}/test")
    send(newsroom, f"{CONFLICT}/decision", {"state": "confirmed"})
    return newsroom


@pytest.mark.parametrize("path", READABLE)
def test_what_is_known_is_not_sent_again(busy: FlaskClient, path: str) -> None:
    with busy.get(path) as first:
        assert first.status_code == 200
        etag = first.headers["ETag"]
    with busy.get(path, headers={"If-None-Match": etag}) as second:
        assert (second.status_code, second.data) == (304, b"")
        assert second.headers["ETag"] == etag
    with busy.get(path, headers={"If-None-Match": '"other"'}) as third:
        assert (third.status_code, third.headers["ETag"]) == (200, etag)


@pytest.mark.parametrize(
    "path", ["/api/conflicts", CONFLICT, "/api/conflicts.csv", "/api/conflicts.jsonl", "/feed.atom"]
)
def test_a_decision_changes_the_etag(newsroom: FlaskClient, path: str) -> None:
    with newsroom.get(path) as before:
        etag = before.headers["ETag"]
    send(newsroom, f"{CONFLICT}/decision", {"state": "confirmed"})
    with newsroom.get(path, headers={"If-None-Match": etag}) as after:
        assert after.status_code == 200
        assert after.headers["ETag"] != etag


def test_a_decision_on_what_was_changed_since_is_refused(newsroom: FlaskClient) -> None:
    seen = newsroom.get(CONFLICT).headers["ETag"]
    send(newsroom, f"{CONFLICT}/note", {"note": "wait"}, **{"If-Match": seen})
    late = send(newsroom, f"{CONFLICT}/decision", {"state": "confirmed"}, **{"If-Match": seen})
    assert_problem(late, 412, "changed", "If-Match")
    now = newsroom.get(CONFLICT)
    assert now.get_json()["state"] == "new"
    for match in (now.headers["ETag"], "*"):
        note = send(newsroom, f"{CONFLICT}/note", {"note": "go"}, **{"If-Match": match})
        assert note.status_code == 200


def test_a_method_that_is_not_taken_says_which_are(newsroom: FlaskClient) -> None:
    response = newsroom.delete("/api/conflicts/1")
    assert_problem(response, 405, "method_not_allowed", None)
    assert "GET" in response.headers["Allow"]
