import io
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.fakes import RecordingNotifier
from tests.web.conftest import assemble
from tests.web.newsroom import CRACKED, SAFE, STORIES
from tracker.config import Settings
from tracker.pipeline import Tracker
from tracker.storage import open_storage
from web import create_app

GOOD: dict[str, Any] = {
    "outlet": "Gazeta de Seară",
    "external_id": "gs-900",
    "title": "Un titlu",
    "published_at": "2026-03-02T09:30:00+02:00",
    "language": "ro",
    "text": "Primarul a spus că „podul este închis”. 👩‍🚒",
}


def post(client: FlaskClient, body: object, **headers: str) -> TestResponse:
    return client.post("/api/articles", json=body, headers=headers)


def assert_problem(response: TestResponse, status: int, error: str, field: str | None) -> None:
    assert response.status_code == status, response.text
    assert response.mimetype == "application/json"
    problem = response.get_json()
    assert sorted(problem) == ["error", "field", "message"]
    assert (problem["error"], problem["field"]) == (error, field)
    assert len(problem["message"]) > 10


# --- handing in ---------------------------------------------------------------------------------


def test_an_article_is_taken_in_and_can_be_asked_for(client: FlaskClient) -> None:
    response = post(client, GOOD)
    assert response.status_code == 202
    answer = response.get_json()
    assert answer == {"id": answer["id"], "created": True, "state": "pending"}
    assert response.headers["Location"] == f"/api/articles/{answer['id']}"
    stored = client.get(response.headers["Location"]).get_json()
    assert stored["state"] == "pending"
    assert stored["claims"] == []
    assert stored["published_at"] == "2026-03-02T07:30:00+00:00"


def test_the_text_is_stored_as_sent(client: FlaskClient, tracker: Tracker) -> None:
    text = "  Un\ttext\r\n\r\ncafe\u0301 👩‍🚒 \u2028 şi gata \n"
    article_id = post(client, GOOD | {"text": text}).get_json()["id"]
    with tracker.storage.snapshot() as tx:
        assert tx.articles.get(article_id).text == text


def test_the_same_article_twice_is_one_article(client: FlaskClient) -> None:
    first, second = post(client, GOOD).get_json(), post(client, GOOD).get_json()
    assert second == {"id": first["id"], "created": False, "state": "pending"}


def test_the_same_revision_with_another_text_is_refused(client: FlaskClient) -> None:
    post(client, GOOD)
    assert_problem(
        post(client, GOOD | {"text": "Cu totul altceva."}), 409, "article_changed", "revision"
    )


def test_the_next_revision_is_another_article(client: FlaskClient) -> None:
    first = post(client, GOOD).get_json()
    second = post(client, GOOD | {"text": "Corectat.", "revision": 2}).get_json()
    assert second["created"]
    assert second["id"] != first["id"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"outlet": None}, "outlet"),
        ({"outlet": "  "}, "outlet"),
        ({"outlet": 7}, "outlet"),
        ({"text": None}, "text"),
        ({"text": ""}, "text"),
        ({"text": ["a"]}, "text"),
        ({"text": "a\0b"}, "text"),
        ({"text": "a\ud800b"}, "text"),
        ({"title": {"ro": "x"}}, "title"),
        ({"title": "lone \udfff"}, "title"),
        ({"author": True}, "author"),
        ({"external_id": 12}, "external_id"),
        ({"external_id": "x" * 1000}, "external_id"),
        ({"revision": 0}, "revision"),
        ({"revision": "1"}, "revision"),
        ({"revision": 1.5}, "revision"),
        ({"revision": True}, "revision"),
        ({"revision": 10**30}, "revision"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "not a url"}, "url"),
        ({"published_at": "2026-03-02T09:30:00"}, "published_at"),
        ({"published_at": "yesterday"}, "published_at"),
        ({"published_at": 1767000000}, "published_at"),
        ({"language": "romanian"}, "language"),
        ({"language": "<b>"}, "language"),
        ({"headline": "x"}, "headline"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_stored(
    client: FlaskClient, change: dict[str, Any], field: str
) -> None:
    response = post(client, GOOD | change)
    assert_problem(response, 400, "invalid_field", field)
    assert field in response.get_json()["message"]
    assert client.get("/api/articles/1").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b'{"outlet": "x", "text": }',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"1" * 5_000,
        b'{"outlet": "x", "text": "y", "revision": ' + b"9" * 5_000 + b"}",
    ],
)
def test_a_body_that_is_no_json_object_is_refused(client: FlaskClient, body: bytes) -> None:
    response = client.post("/api/articles", data=body, content_type="application/json")
    assert_problem(response, 400, "invalid_field", "body")


@pytest.mark.parametrize(
    "content_type",
    [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"],
)
def test_another_content_type_is_refused(client: FlaskClient, content_type: str | None) -> None:
    response = client.post("/api/articles", data=json.dumps(GOOD), content_type=content_type)
    assert_problem(response, 415, "unsupported_media_type", "Content-Type")


def test_a_charset_beside_the_content_type_does_no_harm(client: FlaskClient) -> None:
    response = client.post(
        "/api/articles",
        data=json.dumps(GOOD, ensure_ascii=False).encode(),
        content_type="application/json; charset=utf-8",
    )
    assert response.status_code == 202


@pytest.mark.parametrize("size", [1_000_001, 5_000_000])
def test_more_than_a_megabyte_is_refused(client: FlaskClient, size: int) -> None:
    response = client.post("/api/articles", data=b" " * size, content_type="application/json")
    assert_problem(response, 413, "too_large", "body")


def test_more_than_a_megabyte_of_unannounced_length_is_refused(client: FlaskClient) -> None:
    body = json.dumps(GOOD).encode() + b" " * 1_000_000
    response = client.post(
        "/api/articles",
        input_stream=io.BytesIO(body),
        content_type="application/json",
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert_problem(response, 413, "too_large", "body")


def test_an_article_just_under_a_megabyte_is_taken_in(client: FlaskClient) -> None:
    body = json.dumps(GOOD | {"text": ""})
    text = "a " * ((1_000_000 - len(body)) // 2)
    assert post(client, GOOD | {"text": text}).status_code == 202


# --- Idempotency-Key ----------------------------------------------------------------------------


def test_the_same_key_and_body_are_answered_alike(client: FlaskClient) -> None:
    first = post(client, GOOD, **{"Idempotency-Key": "k-1"})
    second = post(client, GOOD, **{"Idempotency-Key": "k-1"})
    assert (second.status_code, second.get_json()) == (202, first.get_json())
    assert first.get_json()["created"]


def test_a_repeated_answer_about_a_known_article_stays_the_same_too(client: FlaskClient) -> None:
    post(client, GOOD)
    first = post(client, GOOD, **{"Idempotency-Key": "k-1"}).get_json()
    assert not first["created"]
    assert post(client, GOOD, **{"Idempotency-Key": "k-1"}).get_json() == first


def test_an_article_without_any_date_is_one_article_under_its_key(client: FlaskClient) -> None:
    body = {"outlet": "Gazeta", "text": "Un text scurt."}
    first = post(client, body, **{"Idempotency-Key": "k-1"}).get_json()
    assert post(client, body, **{"Idempotency-Key": "k-1"}).get_json() == first


def test_the_same_key_with_another_body_is_refused(client: FlaskClient) -> None:
    post(client, GOOD, **{"Idempotency-Key": "k-1"})
    other = GOOD | {"external_id": "gs-901"}
    response = post(client, other, **{"Idempotency-Key": "k-1"})
    assert_problem(response, 422, "idempotency_key_reused", "Idempotency-Key")
    assert post(client, other, **{"Idempotency-Key": "k-2"}).get_json()["created"]


def test_a_refused_article_does_not_use_up_its_key(client: FlaskClient) -> None:
    assert post(client, {"outlet": "x"}, **{"Idempotency-Key": "k-1"}).status_code == 400
    assert post(client, GOOD, **{"Idempotency-Key": "k-1"}).status_code == 202


@pytest.mark.parametrize("key", ["", "   ", "x" * 201])
def test_an_unusable_key_is_refused(client: FlaskClient, key: str) -> None:
    response = post(client, GOOD, **{"Idempotency-Key": key})
    assert_problem(response, 400, "invalid_field", "Idempotency-Key")


# --- asking -------------------------------------------------------------------------------------


def test_an_article_shows_its_claims_with_offsets(newsroom: FlaskClient) -> None:
    answer = newsroom.get("/api/articles/1").get_json()
    assert answer["state"] == "extracted"
    text = STORIES[0].article.text
    assert [[text[a:b] for a, b in claim["spans"]] for claim in answer["claims"]] == [
        list(said.pieces) for said in STORIES[0].said
    ]
    assert answer["claims"][0]["speaker"]["name"] == "Radu Mărginean"
    assert answer["claims"][0]["speaker"]["speaks_for"] == "Guvern"


def test_an_article_in_an_unserved_language_says_so(newsroom: FlaskClient) -> None:
    answer = newsroom.get("/api/articles/6").get_json()
    assert (answer["state"], answer["language"], answer["claims"]) == ("unsupported", "ka", [])


def test_a_quarantined_article_tells_its_error(newsroom: FlaskClient) -> None:
    answer = newsroom.get("/api/articles/7").get_json()
    assert answer["state"] == "quarantined"
    assert "no end" in answer["error"]


def test_a_conflict_holds_both_sides(newsroom: FlaskClient) -> None:
    listed = newsroom.get("/api/conflicts?relation=contradiction&language=ro").get_json()
    (found,) = listed["conflicts"]
    assert [[claim["quotation"] for claim in side] for side in found["sides"]] == [
        [SAFE],
        [CRACKED],
    ]
    assert found["kind"] == "negation"
    assert found["history"][0]["event"] == "opened"
    assert newsroom.get(f"/api/conflicts/{found['id']}").get_json() == found


def test_conflicts_come_in_pages(newsroom: FlaskClient) -> None:
    everything = newsroom.get("/api/conflicts").get_json()
    assert everything["next"] is None
    ids, url = [], "/api/conflicts?per_page=1"
    while url:
        page = newsroom.get(url).get_json()
        ids += [each["id"] for each in page["conflicts"]]
        url = page["next"]
    assert ids == [each["id"] for each in everything["conflicts"]]
    assert len(ids) == 3


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("state=open&state=gone", "state"),
        ("relation=quarrel", "relation"),
        ("speaker=Ana", "speaker"),
        ("speaker=-1", "speaker"),
        ("speaker=99999999999999999999", "speaker"),
        ("page=0", "page"),
        ("page=1e3", "page"),
        ("per_page=1000", "per_page"),
    ],
)
def test_a_filter_that_means_nothing_is_refused(
    client: FlaskClient, query: str, field: str
) -> None:
    assert_problem(client.get(f"/api/conflicts?{query}"), 400, "invalid_field", field)


@pytest.mark.parametrize(
    "path",
    [
        "/api/articles/1",
        "/api/articles/0",
        "/api/articles/x",
        "/api/articles/99999999999999999999",
        "/api/conflicts/2147483647",
        "/api/nothing",
    ],
)
def test_what_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    assert_problem(client.get(path), 404, "not_found", None)


def test_another_method_is_refused(client: FlaskClient) -> None:
    assert_problem(client.delete("/api/articles/1"), 405, "method_not_allowed", None)


def test_health(newsroom: FlaskClient) -> None:
    answer = newsroom.get("/healthz").get_json()
    assert answer["status"] == "ok"
    assert answer["articles"]["quarantined"] == 1


def test_health_without_a_database(settings: Settings, tmp_path: Path) -> None:
    storage = open_storage(f"sqlite:///{tmp_path}/nowhere/tracker.db")
    client = create_app(settings, assemble(storage, RecordingNotifier())).test_client()
    assert_problem(client.get("/healthz"), 503, "unavailable", None)
    assert client.get("/").status_code == 503
    assert "check that it is there" in client.get("/").text


def test_every_field_of_an_article_is_kept(client: FlaskClient) -> None:
    draft = STORIES[0].article
    sent = asdict(draft) | {"published_at": draft.published_at.isoformat()}
    answer = client.get(f"/api/articles/{post(client, sent).get_json()['id']}").get_json()
    for name in set(sent) - {"text"}:
        assert answer[name] == sent[name]
