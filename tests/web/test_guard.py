"""Who may see and do what."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests.web.reading import read, submit
from tests.web.signing import bearer, signed_in, token_of
from tracker.config import Settings
from tracker.pipeline import Tracker
from tracker.types import AuditEntry, Deed, MessageKind, Role, Scope, SubscriptionDraft
from web import create_app
from web.rules import OPEN, RULES

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
    words = rule.arguments & {"batch", "decision", "filename"}
    values = dict.fromkeys(rule.arguments, 1) | dict.fromkeys(words, "b")
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


def test_every_address_has_a_rule_and_every_rule_an_address(whole: Flask) -> None:
    assert OPEN | set(RULES) == {rule.endpoint for rule in whole.url_map.iter_rules()}
    assert OPEN & set(RULES) == set()


def test_what_has_no_rule_is_shut_even_to_administrators(guarded: Flask, tracker: Tracker) -> None:
    guarded.add_url_rule("/forgotten", "forgotten", lambda: "open", methods=["GET"])
    admin = signed_in(guarded, tracker, "Adi", Role.ADMIN)
    assert admin.get("/forgotten").status_code == 403


def test_what_changes_something_is_for_no_reader_and_no_token_that_reads(guarded: Flask) -> None:
    own = {"login.leave", "account.password", "account.make", "account.revoke"}
    for rule in guarded.url_map.iter_rules():
        if rule.endpoint in OPEN | own or "GET" in (rule.methods or ()):
            continue
        needed = RULES[rule.endpoint]
        assert needed.role is not Role.READER, rule.rule
        assert needed.scope is not Scope.READ, rule.rule
        assert (needed.scope is None) is needed.is_for_browsers, rule.rule


def test_who_is_not_signed_in_gets_nothing_but_the_way_in(guarded: Flask) -> None:
    client = guarded.test_client()
    for rule in guarded.url_map.iter_rules():
        if rule.endpoint in OPEN:
            continue
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
            answer = client.open(filled(rule), method=method)
            assert answer.status_code in (303, 401), (rule.rule, method)
            assert "Mărginean" not in answer.text


def test_a_reader_looks_at_everything_and_changes_nothing(
    reader: FlaskClient, guarded: Flask
) -> None:
    own = {"login.leave", "account.password", "account.make", "account.revoke"}
    of_admins = {"accounts.index", "audit.index", "subscriptions.edit", "live.live"}
    token = read(reader, "/").tokens[0]
    for rule in guarded.url_map.iter_rules():
        if rule.endpoint in own | OPEN | of_admins or not RULES[rule.endpoint].is_for_browsers:
            continue
        if "GET" in (rule.methods or ()):
            assert reader.get(filled(rule)).status_code in (200, 302, 404), rule.rule
        else:
            answer = reader.post(filled(rule), data={"csrf_token": token})
            assert answer.status_code == 403, rule.rule


PAGES = (
    "/",
    "/?q=gaz",
    "/conflicts/1",
    "/subscriptions",
    "/articles",
    "/articles/7",
    "/claims/1",
    "/sources",
    "/sources/1",
    "/stories",
    "/stories/1",
    "/overview",
    "/api/docs",
)


@pytest.mark.parametrize("url", PAGES)
def test_a_reader_is_offered_no_form_that_would_be_refused(
    reader: FlaskClient, tracker: Tracker, url: str
) -> None:
    something_to_change(tracker)
    answer = reader.get(url)
    assert answer.status_code == 200
    actions = [part.split('"')[0] for part in answer.text.split('action="')[1:]]
    assert set(actions) <= {"/", "/sources", "/language", "/logout"}
    assert not re.search(r' form="[a-z-]+"', answer.text)
    assert "/subscriptions/1" not in read(reader, url).links


def test_a_reviewer_is_offered_what_reviewers_do_and_no_more(
    reviewer: FlaskClient, tracker: Tracker
) -> None:
    something_to_change(tracker)
    for url, wanted in (("/claims/1", "/correction"), ("/sources/2", "/undo")):
        assert wanted in reviewer.get(url).text
    assert "Your name" not in reviewer.get("/claims/1").text
    assert 'action="/subscriptions' not in reviewer.get("/subscriptions").text


def something_to_change(tracker: Tracker) -> None:
    """A subscription with a message, and two speakers that were made one."""
    with tracker.storage.transaction() as tx:
        channels = ("json://localhost",)
        desk = tx.subscriptions.add(SubscriptionDraft(name="Desk", channels=channels))
        tx.messages.make(desk, MessageKind.TEST, (), tracker.clock())
        tx.speakers.merge(2, 3, "Ana", tracker.clock())


def test_the_description_of_the_api_says_what_a_token_has_to_be_good_for(
    reader: FlaskClient, newsroom: FlaskClient
) -> None:
    told = reader.get("/api/openapi.json").get_json()
    scopes = {
        (path, method): each.get("security", [{}])[0].get("token")
        for path, methods in told["paths"].items()
        for method, each in methods.items()
    }
    assert [each for each, scope in scopes.items() if scope is None] == [("/healthz", "get")]
    assert scopes["/api/articles", "post"] == ["ingest"]
    assert scopes["/api/decisions", "post"] == ["review"]
    assert "401" in told["paths"]["/api/claims"]["get"]["responses"]
    assert "security" not in newsroom.get("/api/openapi.json").text


def test_what_the_pages_link_to_is_read_by_a_browser_or_a_token(
    guarded: Flask, reader: FlaskClient
) -> None:
    program = guarded.test_client(use_cookies=False)
    token = bearer(token_of(reader, "read"))
    for url in ("/api/openapi.json", "/api/docs", "/feed.atom", "/api/conflicts.csv"):
        assert reader.get(url).status_code == 200
        assert program.get(url, headers=token).status_code == 200
        assert program.get(url).status_code == 401
        assert reader.get(url, headers=bearer("made-up")).status_code == 401
        asked = program.get(url, headers={"Accept": "text/html,*/*;q=0.8"})
        assert asked.headers["Location"].startswith("/login?from=")


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
    assert submit(reviewer, "/subscriptions", "/subscriptions", **DESK).status_code == 403
    assert submit(admin, "/subscriptions", "/subscriptions", **DESK).status_code == 200
    assert submit(reviewer, "/subscriptions", "/subscriptions/1/mute", mute="7").status_code == 403
    assert reviewer.get("/subscriptions/1").status_code == 403
    page = reviewer.get("/subscriptions").text
    assert "Desk" in page
    assert "Add a subscription" not in page


DESK = {
    "name": "Desk",
    "channels": "https://desk.example/hook",
    "relations": "tension",
    "changes": "opened",
}
CHANGES = [
    Deed.SUBSCRIBED,
    Deed.SUBSCRIPTION_CHANGED,
    Deed.SUBSCRIPTION_MUTED,
    Deed.SUBSCRIPTION_UNMUTED,
    Deed.SECRET_CHANGED,
    Deed.CHANNELS_OPENED,
    Deed.UNSUBSCRIBED,
]


def logged(tracker: Tracker) -> list[AuditEntry]:
    """What the audit log tells of subscriptions, oldest first."""
    with tracker.storage.snapshot() as tx:
        return [each for each in reversed(tx.audit.recent(100)) if each.deed in CHANGES]


def test_every_change_of_a_subscription_is_in_the_audit_log(
    admin: FlaskClient, tracker: Tracker
) -> None:
    page = "/subscriptions"
    submit(admin, page, page, **DESK)
    submit(admin, page, f"{page}/1", **DESK)
    submit(admin, page, f"{page}/1/mute", mute="7")
    submit(admin, page, f"{page}/1/mute", mute="off")
    for what in ("secret", "open", "remove"):
        assert submit(admin, page, f"{page}/1/{what}").status_code == 200
    assert [each.deed for each in logged(tracker)] == CHANGES
    assert {(each.by, each.about) for each in logged(tracker)} == {("Adi", "1, Desk")}
    assert "signing secret changed" in read(admin, "/audit").text


def test_so_is_every_change_through_the_api(
    guarded: Flask, admin: FlaskClient, reviewer: FlaskClient, tracker: Tracker
) -> None:
    program = guarded.test_client(use_cookies=False)
    token = bearer(token_of(admin, "review"))
    change_subscription(program, token)
    assert [each.deed for each in logged(tracker)] == CHANGES
    assert {(each.by, each.about) for each in logged(tracker)} == {("Adi", "1, Desk")}
    refused = bearer(token_of(reviewer, "review"))
    body = {"name": "Desk", "channels": ["json://localhost"]}
    answer = program.post("/api/subscriptions", json=body, headers=refused)
    assert (answer.status_code, answer.get_json()["error"]) == (403, "forbidden")
    assert len(logged(tracker)) == len(CHANGES)


def test_without_accounts_a_program_is_called_api(newsroom: FlaskClient, tracker: Tracker) -> None:
    change_subscription(newsroom, {})
    assert [each.deed for each in logged(tracker)] == CHANGES
    assert {each.by for each in logged(tracker)} == {"api"}


def change_subscription(program: FlaskClient, headers: dict[str, str]) -> None:
    """Everything that the API does to a subscription."""
    url = "/api/subscriptions"
    for method, path, body in (
        ("POST", url, {"name": "Desk", "channels": ["https://desk.example/hook"]}),
        ("POST", f"{url}/1/change", {"minimum_severity": 0.5}),
        ("POST", f"{url}/1/mute", {"until": "2026-03-20T00:00:00Z"}),
        ("POST", f"{url}/1/mute", {"until": None}),
        ("POST", f"{url}/1/secret", {}),
        ("POST", f"{url}/1/open", {}),
        ("DELETE", f"{url}/1", {}),
    ):
        answer = program.open(path, method=method, json=body, headers=headers)
        assert answer.status_code < 300, answer.text


def test_what_a_token_does_is_told_under_the_name_of_its_account(
    guarded: Flask, reviewer: FlaskClient, tracker: Tracker
) -> None:
    program = guarded.test_client(use_cookies=False)
    token = bearer(token_of(reviewer, "review"))
    decided = program.post(
        "/api/conflicts/1/decision",
        json={"state": "confirmed", "by": "Somebody Else"},
        headers=token,
    )
    assert decided.get_json()["conflict"]["history"][-1]["by"] == "Rev"
    program.post("/api/filters", json={"name": "Gas", "query": "q=gaz"}, headers=token)
    other = bearer(token_of(signed_in(guarded, tracker, "Oth", Role.REVIEWER), "review"))
    assert program.delete("/api/filters/1", headers=other).status_code == 403
    taken = {"name": "Gas", "query": "q=x"}
    assert program.post("/api/filters", json=taken, headers=other).status_code == 403
    assert program.delete("/api/filters/1", headers=token).status_code == 204


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
