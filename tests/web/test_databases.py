"""What the desk asks of its store, on both databases: one walk over every page and form."""

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import run_the_line
from tests.web.newsroom import STORIES
from tests.web.reading import read, submit
from tracker.pipeline import Tracker


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


def test_every_page_and_form(client: FlaskClient, tracker: Tracker) -> None:
    assert "No articles yet" in read(client, "/").text
    run_the_line(tracker)
    for number, story in enumerate(STORIES, 1):
        claims = client.get(f"/api/articles/{number}").get_json()["claims"]
        page = read(client, f"/articles/{number}")
        for claim in claims:
            pieces = [story.article.text[start:end] for start, end in claim["spans"]]
            assert page.marked(claim["id"]) == "|".join(pieces)
            read(client, f"/claims/{claim['id']}")
    filters = "state=open&relation=contradiction&language=ro"
    (conflict,) = client.get(f"/api/conflicts?{filters}").get_json()["conflicts"]
    url = f"/conflicts/{conflict['id']}"
    for decision in ("dismissed both_true", "reopened", "confirmed"):
        submit(client, url, f"{url}/decision", decision=decision, note="ș👩‍🚒")
    history = client.get(f"/api{url}").get_json()["history"]
    assert [entry["event"] for entry in history[1:]] == ["dismissed", "reopened", "confirmed"]
    assert history[-1]["note"] == "ș👩‍🚒"
    assert "The script of some texts is not read: Georgian (1)" in read(client, "/articles").text
    submit(client, "/articles/7", "/articles/7/retry")
    assert client.get("/api/articles/7").get_json()["state"] == "pending"
    for source in (1, 2):
        read(client, f"/sources/{source}")
        read(client, f"/?speaker={source}")
    fields = {"name": "Desk", "channels": "json://localhost/", "relations": "tension"}
    fields |= {"changes": "confirmed", "digest_at": "07:30", "quiet_from": "22:00"}
    fields |= {"quiet_to": "06:00", "zone": "Europe/Bucharest", "rhythm": "daily"}
    submit(client, "/subscriptions", "/subscriptions", **fields)
    assert "json://…" in read(client, "/subscriptions").text
    submit(client, "/subscriptions/1", "/subscriptions/1", **fields | {"topics": "ș👩‍🚒 pod"})
    submit(client, "/subscriptions", "/subscriptions/1/mute", mute="7")
    submit(client, "/subscriptions", "/subscriptions/1/test")
    assert "ș👩‍🚒 pod" in read(client, "/subscriptions").text
    submit(client, "/subscriptions", "/subscriptions/1/remove")
    assert "Nobody yet" in read(client, "/subscriptions").text


def test_the_pages_about_speakers_stories_and_counts(client: FlaskClient, tracker: Tracker) -> None:
    run_the_line(tracker)
    for path in ("/stories", "/stories/1", "/overview", "/articles/1"):
        read(client, path)
    (claim, *_) = client.get("/api/articles/2").get_json()["claims"]
    source = f"/sources/{claim['speaker']['id']}"
    submit(client, source, f"{source}/merge", other=1)
    merged = submit(client, source, f"{source}/split", speaker="Cineva", claim=claim["id"])
    assert "Cineva" in merged.text
    url = f"/claims/{claim['id']}"
    words = claim["quotation"].split(",")[0]
    submit(client, url, f"{url}/correction", quotation=words, speaker="Șerban Țuțuianu")
    assert read(client, url).marked(claim["id"]) == words
    assert tracker.catch_up() > 0
    read(client, "/stories/1")


def test_an_idempotency_key_is_honoured(client: FlaskClient) -> None:
    body = {"outlet": "Gazeta", "text": "Un text scurt.", "language": "ro"}
    headers = {"Idempotency-Key": "ș-1"}
    first = client.post("/api/articles", json=body, headers=headers)
    second = client.post("/api/articles", json=body, headers=headers)
    assert first.status_code == 202
    assert second.get_json() == first.get_json()
    changed = client.post("/api/articles", json=body | {"revision": 2}, headers=headers)
    assert changed.status_code == 422


def test_ids_beyond_what_a_column_holds_are_not_found(client: FlaskClient) -> None:
    for path in ("/articles", "/claims", "/sources", "/conflicts", "/api/articles"):
        for id in (2**31 - 1, 2**31, 2**63, 10**30):
            assert client.get(f"{path}/{id}").status_code == 404
    assert client.get(f"/?speaker={2**31 - 1}").status_code in (200, 404)


def test_every_list_feed_and_file(client: FlaskClient, tracker: Tracker) -> None:
    run_the_line(tracker)
    for what in ("articles", "claims", "conflicts", "sources"):
        found: list[int] = []
        url = f"/api/{what}?per_page=2"
        while url:
            answer = client.get(url).get_json()
            found += [each["id"] for each in answer[what]]
            url = answer["next"]
        assert len(found) == len(set(found)) > 2
    for order in ("latest", "severity", "outlets"):
        first = client.get(f"/api/conflicts?sort={order}&per_page=1").get_json()
        rest = client.get(first["next"]).get_json()
        assert first["conflicts"] != rest["conflicts"]
    filters = "q=FISURILE&since=2026-03-01&outlet=Curierul%20de%20Sud"
    with client.get(f"/api/claims.csv?{filters}") as table:
        assert len(table.text.splitlines()) == 2
    with client.get("/feed.atom?state=open") as feed:
        assert feed.text.count("<entry>") == 3
