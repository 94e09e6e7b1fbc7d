"""What people do with claims and see of a conflict on the pages, done by a program."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.web.newsroom import CRACKED, MOVING, NOBODY, SAFE, THIRTY
from tests.web.reading import read
from tests.web.test_api import assert_problem
from tests.web.test_api_desk import ids, send
from tracker.pipeline import Tracker

REST = "cât timp aparatele arată ce arată acum"


def claim_with(client: FlaskClient, words: str) -> dict[str, Any]:
    listed = client.get("/api/claims").get_json()["claims"]
    (found,) = (each for each in listed if words in each["quotation"])
    return dict(found)


def correction(claim: dict[str, Any]) -> str:
    return f"/api/claims/{claim['id']}/correction"


def corrections(client: FlaskClient, claim: dict[str, Any]) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = client.get(f"/api/claims/{claim['id']}/corrections").get_json()[
        "corrections"
    ]
    return kept


def test_a_claim_tells_what_was_read_off_it(newsroom: FlaskClient) -> None:
    claim = claim_with(newsroom, THIRTY)
    assert claim["quantities"] == [
        {"text": "at least thirty villages", "value": 30, "unit": "villages", "bound": "at_least"}
    ]
    assert (claim["called"], claim["about"]) == ("Anna Whitlock", "barajul Valea Lungă")
    assert claim["keys"] == ["entity:valea lunga", "lemma:baraj"]
    assert (claim["denied"], claim["dates"]) == (False, [])


# --- corrections ----------------------------------------------------------------------------------


def test_the_words_of_a_claim_are_corrected_and_the_old_ones_kept(
    newsroom: FlaskClient, tracker: Tracker
) -> None:
    claim = claim_with(newsroom, NOBODY)
    assert corrections(newsroom, claim) == []
    body = {"quotation": NOBODY, "by": "Ana", "note": " too much "}
    fixed = send(newsroom, correction(claim), body).get_json()
    assert fixed["quotation"] == NOBODY
    assert fixed == newsroom.get(f"/api/claims/{claim['id']}").get_json()
    (kept,) = corrections(newsroom, claim)
    assert (kept["by"], kept["note"]) == ("Ana", "too much")
    assert kept["before"]["quotation"] == claim["quotation"]
    assert kept["before"]["spans"] == claim["spans"]
    assert kept["after"]["quotation"] == NOBODY
    assert tracker.catch_up() > 0, "it is compared anew"
    assert "Corrected by Ana" in read(newsroom, f"/claims/{claim['id']}").text


def test_a_speaker_is_corrected_and_the_words_stay(newsroom: FlaskClient) -> None:
    claim = claim_with(newsroom, NOBODY)
    speaker = {"name": " Ministerul Apelor ", "kind": "organisation"}
    fixed = send(newsroom, correction(claim), {"speaker": speaker}).get_json()
    assert (fixed["speaker"]["name"], fixed["speaker"]["kind"]) == (
        "Ministerul Apelor",
        "organisation",
    )
    assert (fixed["quotation"], fixed["spans"]) == (claim["quotation"], claim["spans"])
    (kept,) = corrections(newsroom, claim)
    assert kept["by"] == "api"
    assert kept["before"]["speaker_id"] == claim["speaker"]["id"]
    assert kept["after"]["speaker_id"] == fixed["speaker"]["id"] != claim["speaker"]["id"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, None),
        ({"quotation": f"{NOBODY}\n{REST}", "speaker": {"name": "Radu Mărginean"}}, None),
        ({"quotation": "nothing like it"}, "quotation"),
        ({"quotation": " "}, "quotation"),
        ({"quotation": SAFE}, "quotation"),
        ({"speaker": {"name": " "}}, "speaker"),
        ({"speaker": {"name": "x" * 81}}, "speaker"),
        ({"speaker": {"name": "X", "kind": "ghost"}}, "speaker"),
        ({"speaker": "X"}, "speaker"),
        ({"quotation": NOBODY, "note": "x" * 2001}, "note"),
    ],
)
def test_what_cannot_be_put_right_like_that_is_refused(
    newsroom: FlaskClient, body: object, field: str | None
) -> None:
    claim = claim_with(newsroom, NOBODY)
    assert_problem(send(newsroom, correction(claim), body), 400, "invalid_field", field)
    assert newsroom.get(f"/api/claims/{claim['id']}").get_json() == claim
    assert corrections(newsroom, claim) == []


def test_what_is_not_there_is_not_corrected(newsroom: FlaskClient) -> None:
    for path in ("corrections", "conflicts"):
        assert_problem(newsroom.get(f"/api/claims/99/{path}"), 404, "not_found", None)
    body = {"quotation": NOBODY}
    assert_problem(send(newsroom, "/api/claims/99/correction", body), 404, "not_found", None)


# --- why a conflict is one ------------------------------------------------------------------------


def test_a_claim_leads_to_its_conflicts(newsroom: FlaskClient) -> None:
    claim = claim_with(newsroom, CRACKED)
    answer = newsroom.get(f"/api/claims/{claim['id']}/conflicts").get_json()
    (conflict,) = answer["conflicts"]
    assert conflict == newsroom.get(f"/api/conflicts/{conflict['id']}").get_json()
    assert claim in conflict["sides"][1]
    free = claim_with(newsroom, "debitul")
    alone = newsroom.get(f"/api/claims/{free['id']}/conflicts").get_json()
    assert alone == {"conflicts": [], "next": None}


def test_the_pairs_say_who_compared_and_why(newsroom: FlaskClient) -> None:
    one, other = claim_with(newsroom, NOBODY), claim_with(newsroom, MOVING)
    (conflict,) = ids(newsroom.get(f"/api/claims/{one['id']}/conflicts").get_json(), "conflicts")
    (pair,) = newsroom.get(f"/api/conflicts/{conflict}/pairs").get_json()["pairs"]
    assert (pair["premise"], pair["hypothesis"]) == (one["id"], other["id"])
    assert (pair["relation"], pair["kind"]) == ("reversal", "negation")
    assert pair["premise_words"] == ["Nu vom evacua"]
    assert pair["scores"]["total"] <= 1
    verdict = pair["verdicts"][-1]
    assert (verdict["comparer"], verdict["version"]) == ("scripted", "1")
    assert (verdict["label"], verdict["contradiction"]) == ("contradiction", 0.93)
    assert verdict["reason"].startswith("Read together, the later “evacuarea … a început” reverses")
    assert_problem(newsroom.get("/api/conflicts/99/pairs"), 404, "not_found", None)


def test_a_program_says_that_somebody_looked(newsroom: FlaskClient, tracker: Tracker) -> None:
    before = newsroom.get("/api/conflicts/1").get_json()
    for is_seen in (False, True):
        with tracker.storage.snapshot() as tx:
            assert (tx.conflicts.get(1).looked_at is not None) is is_seen
        assert send(newsroom, "/api/conflicts/1/look").get_json() == before
    assert_problem(send(newsroom, "/api/conflicts/99/look"), 404, "not_found", None)
