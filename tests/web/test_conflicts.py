import re

import pytest
from flask.testing import FlaskClient

from benchmarks.filling import fill
from tests.fakes import RecordingNotifier
from tests.storage.samples import home
from tests.web.newsroom import CRACKED, MOVING, SAFE, STORIES, VERDICTS, at
from tests.web.reading import read, submit
from tracker.pipeline import Tracker
from tracker.types import SubscriptionDraft

RISK, EVACUATION, VILLAGES = [str(verdict.reason) for verdict in VERDICTS.values()]


def listed(client: FlaskClient, query: str = "") -> list[str]:
    """The reasons on the list, from top to bottom."""
    html = client.get(f"/{query}").text
    return re.findall(r'<h2><a href="/conflicts/\d+">(.*?)</a></h2>', html)


def conflict_id(client: FlaskClient, reason: str) -> int:
    html = client.get("/").text
    (found,) = re.findall(rf'href="/conflicts/(\d+)">{re.escape(reason)}<', html)
    return int(found)


def speaker_id(client: FlaskClient, name: str) -> int:
    (found,) = re.findall(rf'href="/sources/(\d+)">{name}<', client.get("/sources").text)
    return int(found)


# --- the list -----------------------------------------------------------------------------------


def test_every_conflict_is_listed_with_both_sides(newsroom: FlaskClient) -> None:
    assert sorted(listed(newsroom)) == sorted([RISK, EVACUATION, VILLAGES])
    text = read(newsroom, "/").text
    for shown in (SAFE, CRACKED, MOVING, "Ileana Dobrescu", "Curierul de Sud", "3 to review"):
        assert shown in text


def test_the_list_quotes_the_claims_that_the_reason_speaks_of(
    newsroom: FlaskClient, tracker: Tracker
) -> None:
    with tracker.storage.transaction() as tx:
        (pair,) = [each for each in tx.matches.related() if str(each.relation.reason) == RISK]
        (earlier,) = [
            claim.id for claim in tx.claims.of_article(1) if claim.source.name == "Șerban Țuțuianu"
        ]
        sides = ((earlier, pair.premise.id), (pair.hypothesis.id,))
        id = conflict_id(newsroom, RISK)
        tx.groups.settle(home(pair, 0.9, sides, conflict_id=id), at=at(7))
    text = read(newsroom, "/").text
    assert SAFE in text
    assert "debitul de la intrare" not in text
    assert "and 1 more" in text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?state=new", {RISK, EVACUATION, VILLAGES}),
        ("?state=open", {RISK, EVACUATION, VILLAGES}),
        ("?state=confirmed&state=dismissed", set()),
        ("?relation=reversal", {EVACUATION}),
        ("?relation=contradiction", {RISK, VILLAGES}),
        ("?language=en", {VILLAGES}),
        ("?language=ro", {RISK, EVACUATION}),
        ("?language=ro&relation=contradiction", {RISK}),
        ("?state=&relation=&speaker=&language=", {RISK, EVACUATION, VILLAGES}),
    ],
)
def test_filters(newsroom: FlaskClient, query: str, expected: set[str]) -> None:
    assert set(listed(newsroom, query)) == expected


def test_filter_by_speaker(newsroom: FlaskClient) -> None:
    prefect = speaker_id(newsroom, "Ileana Dobrescu")
    assert listed(newsroom, f"?speaker={prefect}") == listed(newsroom, "?q=dobrescu") == [RISK]
    page = newsroom.get(f"/?speaker={prefect}").text
    assert f'<option value="{prefect}" selected>Ileana Dobrescu</option>' in page


def test_the_url_that_htmx_shows_has_no_empty_fields(newsroom: FlaskClient) -> None:
    response = newsroom.get("/?state=new&relation=&speaker=&language=ro")
    assert response.headers["HX-Push-Url"] == "/?state=new&language=ro"


def test_an_empty_desk_tells_how_to_begin(client: FlaskClient) -> None:
    text = read(client, "/").text
    assert "No articles yet" in text
    assert "tracker ingest" in text


def test_articles_without_conflicts_are_told_apart_from_no_articles(
    client: FlaskClient, tracker: Tracker
) -> None:
    tracker.add_article(STORIES[0].article)
    tracker.catch_up()
    text = read(client, "/").text
    assert "No conflict found yet" in text
    assert "1 article has come in" in text


def test_an_empty_filter_offers_the_way_out(newsroom: FlaskClient) -> None:
    page = read(newsroom, "/?state=dismissed&language=en")
    assert "No conflict fits this filter" in page.text
    assert "There are 3 without it" in page.text


def test_a_page_behind_the_end_leads_back(newsroom: FlaskClient) -> None:
    page = read(newsroom, "/?page=7&language=ro")
    assert "/?page=1&language=ro" in page.links or "/?language=ro&page=1" in page.links


# --- one conflict -------------------------------------------------------------------------------


def test_each_quotation_stands_in_its_paragraph(newsroom: FlaskClient) -> None:
    page = read(newsroom, f"/conflicts/{conflict_id(newsroom, RISK)}")
    assert [mark.text for mark in page.marks if not mark.strong] != []
    assert page.marked(page.marks[0].claims[0]).replace("|", "") == SAFE
    paragraph = STORIES[0].article.text.split("\n\n")[1]
    assert paragraph in page.text
    assert "Barajul de la Valea Lungă a rezistat" not in page.text


def test_the_words_that_carry_the_relation_are_stronger(newsroom: FlaskClient) -> None:
    page = read(newsroom, f"/conflicts/{conflict_id(newsroom, EVACUATION)}")
    strong = [word for mark in page.marks for word in mark.strong]
    assert strong == ["Nu vom evacua", "evacuarea", "a început"]


def test_speaker_outlet_date_and_article_are_there(newsroom: FlaskClient) -> None:
    page = read(newsroom, f"/conflicts/{conflict_id(newsroom, VILLAGES)}")
    for shown in (
        "Anna Whitlock",
        "relief coordinator",
        "River Aid",
        "The Lower River Post",
        "4\N{NO-BREAK SPACE}Mar\N{NO-BREAK SPACE}2026",
        "paraphrased",
        "numeric",
        "0.93",
    ):
        assert shown in page.text
    assert any(re.fullmatch(r"/articles/5#claim-\d+", link) for link in page.links)


def test_quotations_are_in_their_own_language(newsroom: FlaskClient) -> None:
    html = newsroom.get(f"/conflicts/{conflict_id(newsroom, RISK)}").text
    assert html.count('<blockquote lang="ro">') == 2
    assert '<html lang="en">' in html


def test_confirm_keeps_the_note_and_the_name(newsroom: FlaskClient) -> None:
    id = conflict_id(newsroom, RISK)
    url = f"/conflicts/{id}"
    response = submit(
        newsroom,
        url,
        f"{url}/decision",
        decision="confirmed",
        note="Am sunat la baraj.",
        name="Ana",
    )
    assert response.request.path == url
    assert "The conflict is confirmed" in response.text
    page = read(newsroom, url)
    assert "confirmed by Ana" in page.text
    assert "Am sunat la baraj." in page.text
    assert 'value="Ana"' in newsroom.get(url).text
    assert "2 to review" in page.text
    assert newsroom.get(f"/api/conflicts/{id}").get_json()["state"] == "confirmed"
    assert listed(newsroom, "?state=confirmed") == [RISK]


def test_dismiss_reopen_confirm_leave_a_history(newsroom: FlaskClient) -> None:
    url = f"/conflicts/{conflict_id(newsroom, RISK)}"
    for decision in ("dismissed both_true", "reopened", "confirmed"):
        note = f"note on {decision.split()[0]}"
        submit(newsroom, url, f"{url}/decision", decision=decision, note=note)
    answer = newsroom.get(f"/api{url}").get_json()
    assert [entry["event"] for entry in answer["history"]] == [
        "opened",
        "dismissed",
        "reopened",
        "confirmed",
    ]
    assert answer["occurrence"] == 1
    text = read(newsroom, url).text
    assert text.index("note on confirmed") < text.index("note on dismissed")


def test_what_is_decided_can_only_be_reopened(newsroom: FlaskClient) -> None:
    url = f"/conflicts/{conflict_id(newsroom, RISK)}"
    submit(newsroom, url, f"{url}/decision", decision="dismissed update")
    html = newsroom.get(url).text
    assert "an update" in html
    assert 'value="reopened"' in html
    assert 'value="confirmed"' not in html


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"decision": "new"},
        {"decision": "gone"},
        {"decision": "dismissed"},
        {"decision": "dismissed because"},
        {"decision": "snoozed until"},
        {"decision": "snoozed until", "until": "31.12.2030"},
        {"decision": "snoozed until", "until": "2020-01-01"},
        {"decision": "snoozed 0"},
        {"decision": "confirmed", "note": "x" * 2001},
        {"decision": "confirmed", "note": "a\0b"},
        {"decision": "confirmed", "name": "x" * 81},
    ],
)
def test_a_decision_that_cannot_be_read_changes_nothing(
    newsroom: FlaskClient, fields: dict[str, str]
) -> None:
    response = submit(newsroom, "/conflicts/1", "/conflicts/1/decision", **fields)
    assert response.status_code == 400
    assert newsroom.get("/api/conflicts/1").get_json()["state"] == "new"


def test_the_next_conflict_to_review_is_offered(newsroom: FlaskClient) -> None:
    url = f"/conflicts/{conflict_id(newsroom, RISK)}"
    assert "Next to review" in newsroom.get(url).text
    for reason in (EVACUATION, VILLAGES):
        other = f"/conflicts/{conflict_id(newsroom, reason)}"
        submit(newsroom, other, f"{other}/decision", decision="confirmed")
    assert "Next to review" not in newsroom.get(url).text


# --- alerts on the page -------------------------------------------------------------------------


def test_the_state_of_each_alert_is_shown(
    newsroom: FlaskClient, tracker: Tracker, notifier: RecordingNotifier
) -> None:
    url = f"/conflicts/{conflict_id(newsroom, RISK)}"
    assert "Nobody is alerted yet" in read(newsroom, url).text
    with tracker.storage.transaction() as tx:
        tx.subscriptions.add(SubscriptionDraft(name="Night desk", channels=("json://localhost",)))
    assert "No subscription asked" in read(newsroom, url).text
    notifier.failing = True
    tracker.alert(conflict_id(newsroom, RISK))
    tracker.catch_up()
    failing = read(newsroom, url).text
    assert "Night desk" in failing
    assert "after 1 attempt" in failing
    assert "answered 503" in failing


def test_a_sent_alert_says_when(
    newsroom: FlaskClient, tracker: Tracker, notifier: RecordingNotifier
) -> None:
    with tracker.storage.transaction() as tx:
        tx.subscriptions.add(SubscriptionDraft(name="Night desk", channels=("json://localhost",)))
    id = conflict_id(newsroom, RISK)
    tracker.alert(id)
    tracker.catch_up()
    assert len(notifier.sent) == 1
    text = read(newsroom, f"/conflicts/{id}").text
    assert re.search(r"Night desk\s+sent\s+6\sMar\s2026", text)


# --- very many claims ---------------------------------------------------------------------------


def test_of_very_many_claims_the_first_are_shown_and_the_others_are_a_click_away(
    client: FlaskClient, tracker: Tracker
) -> None:
    fill(tracker.storage, claims=100, conflicts=1)
    html = client.get("/conflicts/1").text
    shown, _, folded = html.partition("36 more claims on this side")
    assert shown.count('<article class="claim') == 1 + 4
    assert folded.count('<article class="claim') == 36
    assert "30 earlier entries" in folded
