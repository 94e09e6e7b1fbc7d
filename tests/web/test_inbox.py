"""Working through the inbox: many at once, undo, lists that are kept, and live counts."""

import json
import re

import pytest
from flask.testing import FlaskClient

from tests.storage.samples import claim, pair, store
from tests.storage.test_groups import gather
from tests.web.newsroom import VERDICTS, at
from tests.web.reading import Page, read, submit
from tests.web.test_conflicts import conflict_id, listed
from tracker.pipeline import Tracker
from tracker.types import ConflictState, Decision, Dismissal, RelationLabel

RISK, EVACUATION, VILLAGES = [str(verdict.reason) for verdict in VERDICTS.values()]


def undo_address(html: str) -> str:
    (found,) = re.findall(r'action="(/decisions/\w+/undo)"', html)
    return str(found)


def state_of(client: FlaskClient, id: int) -> str:
    return str(client.get(f"/api/conflicts/{id}").get_json()["state"])


def test_several_are_dismissed_at_once_and_undone_at_once(newsroom: FlaskClient) -> None:
    ids = [conflict_id(newsroom, reason) for reason in (RISK, VILLAGES)]
    answer = submit(
        newsroom, "/", "/decisions", conflict=ids, decision="dismissed other_event", back="q="
    )
    assert "2 conflicts are dismissed" in answer.text
    assert {state_of(newsroom, id) for id in ids} == {"dismissed"}
    assert listed(newsroom, "?state=open") == [EVACUATION]
    undone = submit(newsroom, "/", undo_address(answer.text))
    assert "2 conflicts stand where they stood" in undone.text
    assert {state_of(newsroom, id) for id in ids} == {"new"}


def test_what_is_undone_twice_says_so(newsroom: FlaskClient) -> None:
    answer = submit(newsroom, "/", "/decisions", conflict=[1], decision="confirmed")
    address = undo_address(answer.text)
    submit(newsroom, "/", address)
    assert "nothing was undone" in submit(newsroom, "/", address).text


@pytest.mark.parametrize(
    "fields",
    [
        {"decision": "confirmed"},
        {"decision": "confirmed", "conflict": "one"},
        {"decision": "confirmed", "conflict": ["1", "999"]},
        {"decision": "reopened", "conflict": ["1"]},
        {"conflict": ["1"]},
    ],
)
def test_several_that_cannot_be_decided_stay_as_they_are(
    newsroom: FlaskClient, fields: dict[str, object]
) -> None:
    assert submit(newsroom, "/", "/decisions", **fields).status_code in (400, 404)
    assert state_of(newsroom, 1) == "new"


def test_two_who_decide_at_once_do_not_overwrite_each_other(newsroom: FlaskClient) -> None:
    url = "/conflicts/1"
    submit(newsroom, url, f"{url}/decision", decision="confirmed", name="Ana")
    late = submit(newsroom, url, f"{url}/decision", decision="dismissed update", name="Ion")
    assert late.status_code == 400
    assert "reload the page" in late.text
    assert state_of(newsroom, 1) == "confirmed"


def test_the_list_is_searched_by_words(newsroom: FlaskClient) -> None:
    assert listed(newsroom, "?q=fisurile") == [RISK]
    assert listed(newsroom, "?q=FISURI") == [RISK]
    assert listed(newsroom, "?q=villages+tankers") == [VILLAGES]
    assert listed(newsroom, "?q=volcano") == []
    assert 'value="fisurile"' in newsroom.get("/?q=fisurile").text
    assert newsroom.get(f"/?q={'x' * 201}").status_code == 400


def test_the_list_is_sorted(newsroom: FlaskClient) -> None:
    assert listed(newsroom, "?sort=severity")[-1] == EVACUATION
    assert listed(newsroom, "?sort=outlets")[-1] == EVACUATION
    assert newsroom.get("/?sort=colour").status_code == 400


def test_a_list_is_kept_by_name_and_forgotten(newsroom: FlaskClient) -> None:
    query = "state=open&q=villages"
    page = f"/?{query}"
    assert "Keep this list" in newsroom.get(page).text
    submit(newsroom, page, "/filters", name_of_filter="Villages", query=query, back=query)
    kept = read(newsroom, "/")
    assert "/?q=villages&state=open" in kept.links
    assert "Keep this list" not in newsroom.get(page).text
    submit(newsroom, "/", "/filters/1/remove")
    assert "/?q=villages&state=open" not in read(newsroom, "/").links


@pytest.mark.parametrize("fields", [{}, {"name_of_filter": "x", "query": "state=gone"}])
def test_a_list_that_cannot_be_is_not_kept(newsroom: FlaskClient, fields: dict[str, str]) -> None:
    assert submit(newsroom, "/", "/filters", **fields).status_code == 400


def test_a_snoozed_conflict_leaves_the_list_and_comes_back(
    newsroom: FlaskClient, tracker: Tracker
) -> None:
    url = f"/conflicts/{conflict_id(newsroom, RISK)}"
    page = submit(newsroom, url, f"{url}/decision", decision="snoozed until", until="2026-03-09")
    assert "until 9\N{NO-BREAK SPACE}Mar\N{NO-BREAK SPACE}2026" in Page(page.text).text
    assert RISK not in listed(newsroom, "?state=open")
    with tracker.storage.transaction() as tx:
        for id in tx.reviews.due(at(10)):
            tx.reviews.wake(id, at(10))
    assert RISK in listed(newsroom, "?state=open")
    assert "back after a snooze" in read(newsroom, url).text


def test_who_sees_to_it_and_who_wants_another_look(newsroom: FlaskClient) -> None:
    url = f"/conflicts/{conflict_id(newsroom, RISK)}"
    submit(newsroom, url, f"{url}/assignee", assignee="Ion", name="Ana")
    submit(newsroom, url, f"{url}/second-opinion", note="același baraj?")
    submit(newsroom, url, f"{url}/note", note="am sunat")
    assert listed(newsroom, "?assignee=Ion") == listed(newsroom, "?second=1") == [RISK]
    text = read(newsroom, url).text
    for shown in ("second opinion wanted", "același baraj?", "am sunat", "by Ana"):
        assert shown in text
    assert submit(newsroom, url, f"{url}/note", note=" ").status_code == 400


def test_conflicts_of_one_article_are_merged_and_split_again(newsroom: FlaskClient) -> None:
    one, two = conflict_id(newsroom, RISK), conflict_id(newsroom, EVACUATION)
    url = f"/conflicts/{one}"
    assert f'<option value="{two}">' in newsroom.get(url).text
    submit(newsroom, url, f"{url}/merge", other=two)
    assert sorted(listed(newsroom)) == sorted([RISK, VILLAGES])
    assert newsroom.get(f"/conflicts/{two}").headers["Location"] == url
    sides = newsroom.get(f"/api{url}").get_json()["sides"]
    assert [len(side) for side in sides] == [2, 2]
    claims = [side[1]["id"] for side in sides]
    answer = submit(newsroom, url, f"{url}/split", claim=claims)
    assert answer.request.path == "/conflicts/4"
    assert [len(side) for side in newsroom.get(f"/api{url}").get_json()["sides"]] == [1, 1]
    moved = submit(newsroom, url, f"{url}/move", claim=claims[0])
    assert moved.status_code == 400


def test_what_was_split_on_the_page_stays_so_when_more_comes(
    newsroom: FlaskClient, tracker: Tracker
) -> None:
    one, two = conflict_id(newsroom, RISK), conflict_id(newsroom, EVACUATION)
    url = f"/conflicts/{one}"
    submit(newsroom, url, f"{url}/merge", other=two)
    sides = newsroom.get(f"/api{url}").get_json()["sides"]
    submit(newsroom, url, f"{url}/split", claim=[side[1]["id"] for side in sides])
    [again] = store(tracker.storage, claim(0))
    (first, _), (opposite, elsewhere) = ([said["id"] for said in side] for side in sides)
    with tracker.storage.snapshot() as tx:
        known = tx.claims.by_id([first, opposite, elsewhere])
    pair(tracker.storage, known[first], again, RelationLabel.REPEAT)
    pair(tracker.storage, known[opposite], again)
    pair(tracker.storage, known[elsewhere], again)
    gather(tracker.storage, again)
    joined = newsroom.get(f"/api{url}").get_json()["sides"]
    assert sorted(len(side) for side in joined) == [1, 2]
    apart = newsroom.get("/api/conflicts/4").get_json()["sides"]
    assert [len(side) for side in apart] == [1, 1]


def test_what_came_since_the_last_look_is_marked(newsroom: FlaskClient, tracker: Tracker) -> None:
    url = f"/conflicts/{conflict_id(newsroom, RISK)}"
    newsroom.get(url)
    one, two = conflict_id(newsroom, RISK), conflict_id(newsroom, EVACUATION)
    assert "since somebody last looked" not in newsroom.get(url).text
    with tracker.storage.transaction() as tx:
        tx.sides.merge(one, two, "Ana", at(9))
    assert read(newsroom, url).text.count("first reported") == 1


def test_the_live_stream_tells_the_counts_and_every_change(
    newsroom: FlaskClient, tracker: Tracker
) -> None:
    with newsroom.get("/live", buffered=False) as response:
        assert response.mimetype == "text/event-stream"
        stream = response.iter_encoded()
        assert next(stream).startswith(b"retry:")
        first = _counts(next(stream))
        decision = Decision(
            state=ConflictState.DISMISSED, dismissal=Dismissal.UPDATE, by="Ana", note=""
        )
        with tracker.storage.transaction() as tx:
            tx.reviews.decide([1], decision, at(8))
        second = _counts(next(stream))
    assert (first["to_review"], second["to_review"]) == (3, 2)
    assert second["states"]["dismissed"] == 1
    assert first["mark"] != second["mark"]


def _counts(event: bytes) -> dict[str, object]:
    (data,) = re.findall(r"data: (.*)", event.decode())
    return dict(json.loads(data))


def test_no_more_streams_are_kept_open_than_leave_threads_for_pages(newsroom: FlaskClient) -> None:
    streams = [newsroom.get("/live", buffered=False) for _ in range(7)]
    assert [each.status_code for each in streams] == [200] * 6 + [204]
    for each in streams:
        each.close()
    assert newsroom.get("/live", buffered=False).status_code == 200


def test_the_pages_speak_the_language_that_is_chosen(newsroom: FlaskClient) -> None:
    assert '<html lang="ro">' in newsroom.get("/", headers={"Accept-Language": "ro"}).text
    assert '<html lang="en">' in newsroom.get("/", headers={"Accept-Language": "ka"}).text
    answer = submit(newsroom, "/", "/language", language="ro", **{"from": "/articles"})
    assert answer.request.path == "/articles"
    assert '<html lang="ro">' in newsroom.get("/", headers={"Accept-Language": "en"}).text
    assert submit(newsroom, "/", "/language", language="tlh").status_code == 400
    elsewhere = submit(newsroom, "/", "/language", language="en", **{"from": "//evil.example"})
    assert elsewhere.request.path == "/"
