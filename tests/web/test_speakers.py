"""The page of a speaker: what was said by topic, who is who, and what people decide of it."""

import re

from flask.testing import FlaskClient

from tests.web.newsroom import MOVING, NOBODY, SAFE
from tests.web.reading import read, submit
from tests.web.test_conflicts import speaker_id


def names(client: FlaskClient) -> list[str]:
    return re.findall(r'href="/sources/\d+">([^<]+)<', client.get("/sources").text)


def undo_address(html: str) -> str:
    return re.findall(r'action="(/sources/\d+/edits/\d+/undo)"', html)[0]


def test_a_reversal_stands_side_by_side(newsroom: FlaskClient) -> None:
    id = speaker_id(newsroom, "Radu Mărginean")
    text = read(newsroom, f"/sources/{id}").text
    reversals = text[text.index("Reversals") : text.index("Roles over time")]
    assert reversals.index(NOBODY) < reversals.index(MOVING)
    assert "See the conflict" in reversals


def test_a_dismissed_reversal_is_not_held_against_anybody(newsroom: FlaskClient) -> None:
    id = speaker_id(newsroom, "Radu Mărginean")
    (conflict,) = newsroom.get("/api/conflicts?relation=reversal").get_json()["conflicts"]
    url = f"/conflicts/{conflict['id']}"
    submit(newsroom, url, f"{url}/decision", decision="dismissed update")
    assert "Reversals" not in read(newsroom, f"/sources/{id}").text


def test_opponents_are_counted_and_linked(newsroom: FlaskClient) -> None:
    id = speaker_id(newsroom, "Radu Mărginean")
    page = read(newsroom, f"/sources/{id}")
    assert re.search(r"Ileana Dobrescu, prefectul județului\s+1 conflict", page.text)
    assert f"/sources/{speaker_id(newsroom, 'Anna Whitlock')}" in page.links


def test_roles_and_those_who_speak_for_a_body(newsroom: FlaskClient) -> None:
    minister = read(newsroom, f"/sources/{speaker_id(newsroom, 'Radu Mărginean')}").text
    assert re.search(r"ministrul Apelor\s*Guvern\s*2\sMar\s2026 – 3\sMar\s2026", minister)
    aid = read(newsroom, f"/sources/{speaker_id(newsroom, 'River Aid')}").text
    assert "Spoken for by Anna Whitlock" in aid


def test_two_speakers_are_merged_and_parted_again(newsroom: FlaskClient) -> None:
    kept, other = (speaker_id(newsroom, name) for name in ("Anna Whitlock", "River Aid"))
    url = f"/sources/{kept}"
    merged = submit(newsroom, url, f"{url}/merge", other=other, name="Ana")
    assert "also River Aid" in merged.text
    assert "“River Aid” was merged into this speaker by Ana" in merged.text
    assert "tense but manageable" in merged.text
    assert "River Aid" not in names(newsroom)
    assert newsroom.get(f"/sources/{other}").location == url
    submit(newsroom, url, undo_address(merged.text))
    assert "River Aid" in names(newsroom)
    assert "tense but manageable" not in read(newsroom, url).text
    assert "Undone by Ana" in read(newsroom, f"/sources/{other}").text


def test_claims_are_split_off_to_somebody_else(newsroom: FlaskClient) -> None:
    url = f"/sources/{speaker_id(newsroom, 'Radu Mărginean')}"
    claim = newsroom.get("/api/articles/1").get_json()["claims"][0]
    new = submit(newsroom, url, f"{url}/split", speaker="Radu M. Mărginean", claim=claim["id"])
    assert new.request.path != url
    assert SAFE in new.text
    assert SAFE not in read(newsroom, url).text
    submit(newsroom, url, undo_address(new.text))
    assert SAFE in read(newsroom, url).text
    assert newsroom.get(new.request.path).location == url


def test_what_cannot_be_split_or_merged_says_why(newsroom: FlaskClient) -> None:
    url = f"/sources/{speaker_id(newsroom, 'Radu Mărginean')}"
    for path, fields, message in (
        ("split", {"speaker": "radu marginean"}, "needs a name"),
        ("split", {"speaker": "Ileana Dobrescu"}, "already"),
        ("split", {"speaker": "X", "claim": "x"}, "chosen"),
        ("merge", {"other": url.split("/")[-1]}, "itself"),
        ("merge", {}, "chosen"),
    ):
        answer = submit(newsroom, url, f"{url}/{path}", **fields)
        assert answer.status_code == 400
        assert message in answer.text
