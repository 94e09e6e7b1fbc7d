"""Who is who, and what is known of a speaker, for a program."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.web.newsroom import MOVING, NOBODY, SAFE
from tests.web.reading import read
from tests.web.test_api import assert_problem
from tests.web.test_api_desk import ids, send

MINISTER, PREFECT, RELIEF, AGENCY = (
    "Radu Mărginean",
    "Ileana Dobrescu",
    "Anna Whitlock",
    "River Aid",
)


def listed(client: FlaskClient) -> dict[str, int]:
    found = client.get("/api/sources").get_json()["sources"]
    return {each["name"]: each["id"] for each in found}


def url(client: FlaskClient, name: str) -> str:
    return f"/api/sources/{listed(client)[name]}"


def one(client: FlaskClient, name: str) -> dict[str, Any]:
    return dict(client.get(url(client, name)).get_json())


# --- reading --------------------------------------------------------------------------------------


def test_speakers_are_found_by_name(newsroom: FlaskClient) -> None:
    (found,) = newsroom.get("/api/sources?q=marg").get_json()["sources"]
    assert (found["name"], found["claim_count"]) == (MINISTER, 4)
    assert newsroom.get("/api/sources?q=nobody").get_json() == {"sources": [], "next": None}


def test_roles_and_those_who_speak_for_a_body(newsroom: FlaskClient) -> None:
    role = {"role": "ministrul Apelor", "speaks_for": "Guvern", "claims": 4}
    assert one(newsroom, MINISTER)["roles"] == [
        role | {"first": "2026-03-02", "last": "2026-03-03"}
    ]
    assert [each["name"] for each in one(newsroom, AGENCY)["spokespeople"]] == [RELIEF]


def test_opponents_and_reversals(newsroom: FlaskClient) -> None:
    minister = one(newsroom, MINISTER)
    against = {each["speaker"]["name"]: each["conflicts"] for each in minister["opponents"]}
    assert sorted(against) == [RELIEF, PREFECT]
    assert [len(each) for each in against.values()] == [1, 1]
    (reversal,) = minister["reversals"]
    assert NOBODY in reversal["earlier"]["quotation"]
    assert MOVING in reversal["later"]["quotation"]
    path = f"/api/conflicts/{reversal['conflict']}"
    assert newsroom.get(path).get_json()["relation"] == "reversal"
    send(newsroom, f"{path}/decision", {"state": "dismissed", "dismissal": "update"})
    assert one(newsroom, MINISTER)["reversals"] == []


def test_claims_stand_by_topic(newsroom: FlaskClient) -> None:
    path = url(newsroom, MINISTER)
    topics = newsroom.get(f"{path}/topics").get_json()["topics"]
    said = ids(newsroom.get(f"{path}/claims").get_json(), "claims")
    assert sorted(id for topic in topics for id in topic["claims"]) == sorted(said)
    assert_problem(newsroom.get("/api/sources/99/topics"), 404, "not_found", None)


# --- who is who -----------------------------------------------------------------------------------


def test_two_speakers_are_merged_and_parted_again(newsroom: FlaskClient) -> None:
    kept, other = url(newsroom, RELIEF), url(newsroom, AGENCY)
    body = {"other": listed(newsroom)[AGENCY], "by": "Ana"}
    merged = send(newsroom, f"{kept}/merge", body).get_json()
    assert merged == newsroom.get(kept).get_json()
    assert (merged["aliases"], merged["claim_count"]) == ([AGENCY], 2)
    (edit,) = merged["history"]
    assert (edit["event"], edit["other"], edit["by"]) == ("merged", AGENCY, "Ana")
    assert len(edit["claims"]) == 1
    assert AGENCY not in listed(newsroom)
    gone = newsroom.get(other).get_json()
    assert (gone["merged_into"], gone["claim_count"]) == (merged["id"], 0)
    undo = f"{kept}/edits/{edit['id']}/undo"
    parted = send(newsroom, undo, {"by": "Ion"}).get_json()
    assert (parted["aliases"], parted["history"][0]["undone_by"]) == ([], "Ion")
    back = newsroom.get(other).get_json()
    assert (back["merged_into"], back["claim_count"]) == (None, 1)
    assert_problem(send(newsroom, undo), 409, "invalid_decision", None)


def test_claims_are_split_off_to_somebody_else(newsroom: FlaskClient) -> None:
    old = url(newsroom, MINISTER)
    claim = newsroom.get("/api/articles/1").get_json()["claims"][0]
    body = {"name": " Radu M. Mărginean ", "claims": [claim["id"]]}
    response = send(newsroom, f"{old}/split", body)
    assert response.status_code == 201
    new = response.get_json()
    assert new == newsroom.get(response.headers["Location"]).get_json()
    assert (new["name"], new["claim_count"]) == ("Radu M. Mărginean", 1)
    assert newsroom.get(f"/api/claims/{claim['id']}").get_json()["speaker"]["id"] == new["id"]
    assert SAFE in read(newsroom, f"/sources/{new['id']}").text
    (edit,) = newsroom.get(old).get_json()["history"]
    assert (edit["event"], edit["other_id"], edit["by"]) == ("split", new["id"], "api")
    send(newsroom, f"{old}/edits/{edit['id']}/undo")
    assert newsroom.get(f"/api/claims/{claim['id']}").get_json()["speaker"] == claim["speaker"]


@pytest.mark.parametrize(
    ("path", "body", "status", "field"),
    [
        ("split", {"name": "radu marginean"}, 409, "name"),
        ("split", {"name": PREFECT}, 409, "name"),
        ("split", {"name": "X", "claims": [4]}, 409, "claims"),
        ("split", {"name": " "}, 400, "name"),
        ("split", {"name": "X", "claims": ["x"]}, 400, "claims"),
        ("merge", {"other": 1}, 409, "other"),
        ("merge", {}, 400, "other"),
        ("merge", {"other": 99}, 404, None),
        ("edits/1/undo", {}, 404, None),
    ],
)
def test_what_cannot_be_split_or_merged_says_why(
    newsroom: FlaskClient, path: str, body: object, status: int, field: str | None
) -> None:
    before = one(newsroom, MINISTER)
    assert before["id"] == 1
    error = {400: "invalid_field", 404: "not_found", 409: "invalid_decision"}[status]
    assert_problem(send(newsroom, f"/api/sources/1/{path}", body), status, error, field)
    assert one(newsroom, MINISTER) == before


def test_an_edit_is_undone_where_the_history_tells_of_it(newsroom: FlaskClient) -> None:
    merged = send(newsroom, f"{url(newsroom, RELIEF)}/merge", {"other": listed(newsroom)[AGENCY]})
    (edit,) = merged.get_json()["history"]
    elsewhere = f"{url(newsroom, MINISTER)}/edits/{edit['id']}/undo"
    assert_problem(send(newsroom, elsewhere), 404, "not_found", None)
    assert AGENCY not in listed(newsroom)
