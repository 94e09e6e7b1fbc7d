"""Putting a claim right, from its own page and from that of a conflict."""

import re

from flask.testing import FlaskClient

from tests.web.newsroom import NOBODY, SAFE, STORIES
from tests.web.reading import read, submit
from tests.web.test_conflicts import conflict_id
from tests.web.test_inbox import EVACUATION
from tracker.pipeline import Tracker


def claim_of(client: FlaskClient, article: int, number: int = 0) -> dict[str, object]:
    claim: dict[str, object] = client.get(f"/api/articles/{article}").get_json()["claims"][number]
    return claim


def test_the_exact_words_are_corrected_and_the_old_ones_stay_in_sight(
    newsroom: FlaskClient,
) -> None:
    claim = claim_of(newsroom, 1, 1)
    url = f"/claims/{claim['id']}"
    fields = {"quotation": NOBODY, "speaker": "Radu Mărginean", "name": "Ana", "note": "too much"}
    page = submit(newsroom, url, f"{url}/correction", **fields)
    assert page.request.path == url
    assert "Corrected by Ana" in page.text
    assert "too much" in page.text
    assert re.search(r"<del[^>]*>Nu vom evacua pe nimeni cât timp", page.text)
    assert read(newsroom, url).marked(int(str(claim["id"]))) == NOBODY
    assert STORIES[0].article.text.split("\n\n")[1] in read(newsroom, "/articles/1").text


def test_what_the_form_shows_changes_nothing_when_it_is_sent_back(newsroom: FlaskClient) -> None:
    url = f"/claims/{claim_of(newsroom, 1, 1)['id']}"
    (shown,) = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", newsroom.get(url).text, re.DOTALL)
    assert shown == f"{NOBODY}\ncât timp aparatele arată ce arată acum"
    fields = {"quotation": shown.replace("\n", "\r\n"), "speaker": "Radu Mărginean"}
    answer = submit(newsroom, url, f"{url}/correction", **fields)
    assert answer.status_code == 400
    assert "already" in answer.text


def test_words_that_are_not_in_the_article_are_refused(newsroom: FlaskClient) -> None:
    url = f"/claims/{claim_of(newsroom, 1)['id']}"
    fields = {"quotation": "<b>nothing</b> like it", "speaker": "Radu Mărginean"}
    answer = submit(newsroom, url, f"{url}/correction", **fields)
    assert answer.status_code == 400
    assert "do not stand in the article" in answer.text
    assert "corrected" not in read(newsroom, url).text


def test_a_speaker_is_corrected_from_the_page_of_a_conflict(
    newsroom: FlaskClient, tracker: Tracker
) -> None:
    id = conflict_id(newsroom, EVACUATION)
    claim = claim_of(newsroom, 1, 1)
    page = newsroom.get(f"/conflicts/{id}")
    assert f'action="/claims/{claim["id"]}/correction"' in page.text
    fields = {
        "quotation": f"{NOBODY}\ncât timp aparatele arată ce arată acum",
        "speaker": "Ministerul Apelor",
        "kind": "organisation",
        "conflict": id,
        "name": "Ana",
    }
    url = f"/claims/{claim['id']}/correction"
    answer = submit(newsroom, f"/conflicts/{id}", url, **fields)
    assert answer.request.path == f"/conflicts/{id}"
    assert "corrected by Ana" in re.sub(r"<[^>]+>", "", answer.text)
    assert "Ministerul Apelor" in answer.text
    assert tracker.catch_up() > 0
    assert "Nothing stands" not in read(newsroom, f"/claims/{claim['id']}").text


def test_only_the_kinds_there_are_are_taken(newsroom: FlaskClient) -> None:
    url = f"/claims/{claim_of(newsroom, 1)['id']}"
    fields = {"quotation": SAFE, "speaker": "X", "kind": "ghost"}
    assert submit(newsroom, url, f"{url}/correction", **fields).status_code == 400
