"""The desk as somebody reads it in Romanian: what it refuses, gives as a reason and lists."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.accounts.samples import made
from tests.claims.test_topics import said
from tests.web.reading import Page, read, submit
from tests.web.signing import enter
from tests.web.test_subscriptions import GOOD, stored
from tracker.claims.topics import topics
from tracker.pipeline import Tracker
from tracker.types import Tongue
from web.words import heading

PAGES = ("/", "/conflicts/1", "/conflicts/2", "/conflicts/3", "/stories/1", "/articles/1")
ENGLISH = re.compile(
    r"\b(One side says|say opposite|Read together|They give different|No rule finds)\b"
)


@pytest.fixture
def cititor(newsroom: FlaskClient) -> FlaskClient:
    """A browser that asks for Romanian."""
    newsroom.environ_base["HTTP_ACCEPT_LANGUAGE"] = "ro"
    return newsroom


def words(text: str) -> str:
    return " ".join(Page(text).text.split())


def test_no_page_gives_a_reason_in_english(cititor: FlaskClient) -> None:
    texts = [words(cititor.get(page).text) for page in PAGES]
    assert [ENGLISH.findall(text) for text in texts] == [[]] * len(PAGES)
    assert "O parte spune „niciun risc”, cealaltă neagă: „riscul este real”." in texts[0]
    assert "Dau cifre diferite pentru același lucru: „Twelve villages”" in texts[0]


def test_a_refused_subscription_is_told_beside_its_field(
    cititor: FlaskClient, tracker: Tracker
) -> None:
    for change, message in (
        ({"zone": "Europe/Atlantis"}, "„Europe/Atlantis” nu este un fus orar; "),
        ({"channels": "carrier-pigeon://loft"}, "carrier-pigeon://… nu este nici webhook"),
        ({"relations": []}, "Alegeți cel puțin o relație: contradicție, răzgândire, tensiune."),
        ({"minimum_severity": "much"}, "Se așteaptă un număr între 0 și 1."),
        ({"quiet_from": "late"}, "Se așteaptă o oră precum 22:00."),
    ):
        answer = submit(cititor, "/subscriptions", "/subscriptions", **GOOD | change)
        assert answer.status_code == 400
        (field,) = change
        told = re.search(f'id="{field}-problem">([^<]+)<', answer.text)
        assert told
        assert told[1].startswith(message)
    assert stored(tracker) == []


def test_a_subscription_speaks_the_readers_language_unless_another_is_chosen(
    cititor: FlaskClient, tracker: Tracker
) -> None:
    form = cititor.get("/subscriptions").text
    assert re.search(r'name="language" value="ro" checked', form)
    shown = words(submit(cititor, "/subscriptions", "/subscriptions", **GOOD).text)
    submit(cititor, "/subscriptions", "/subscriptions", **GOOD | {"language": "en"})
    assert [each.language for each in stored(tracker)] == [Tongue.ROMANIAN, Tongue.ENGLISH]
    assert "Conflict de tip contradicție sau răzgândire (deschis sau revenit)" in shown
    assert "imediat, cu mesaje scrise în română." in shown


def test_what_cannot_be_decided_is_told_on_a_page_and_programs_read_english(
    cititor: FlaskClient,
) -> None:
    url = "/conflicts/1"
    submit(cititor, url, f"{url}/decision", decision="confirmed")
    refused = submit(cititor, url, f"{url}/decision", decision="snoozed 7")
    assert refused.status_code == 400
    assert "Starea conflictului este „confirmat” și nu poate deveni „amânat”" in refused.text
    assert "Se așteaptă o dată precum 2026-05-31." in words(
        submit(cititor, url, f"{url}/decision", decision="snoozed until", until="soon").text
    )
    body = {"state": "snoozed"}
    answer = cititor.post(f"/api{url}/decision", json=body).get_json()
    assert answer["message"].startswith("the conflict is confirmed and cannot become snoozed;")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/conflicts/4711", "Nu există conflict cu numărul 4711."),
        ("/claims/4711", "Nu există afirmație cu numărul 4711."),
        ("/sources/4711", "Nu există vorbitor cu numărul 4711."),
        ("/articles/1/since/2", "Nu există articol cu numărul 2."),
    ],
)
def test_what_is_not_there_is_told(cititor: FlaskClient, path: str, told: str) -> None:
    assert told in words(cititor.get(path).text)


def test_a_filter_that_cannot_be_read_is_told(cititor: FlaskClient) -> None:
    asked = cititor.get("/?state=odd")
    assert asked.status_code == 400
    assert "Se așteaptă una dintre valorile: confirmed" in words(asked.text)
    told = cititor.get("/api/conflicts?state=odd").get_json()
    assert told["field"] == "state"
    assert "aștea" not in told["message"]


def test_who_is_not_let_in_is_told(guarded: Flask, tracker: Tracker) -> None:
    made(tracker.storage)
    browser = guarded.test_client()
    browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = "ro"
    assert "Cu acest nume și această parolă nu se poate intra aici." in words(
        enter(browser, password="wrong").text
    )


def test_languages_are_named_in_romanian(cititor: FlaskClient) -> None:
    assert re.search(r'<option value="en">engleză</option>', cititor.get("/").text)
    assert "georgiană (1)" in words(cititor.get("/articles").text)
    assert "georgiană" in read(cititor, "/articles/6").text
    assert "engleză" in read(cititor, "/articles/4").text


def test_topics_are_headed_in_romanian(app: Flask) -> None:
    bridges = [
        replace(said(n, "podul peste Arva", "matter:bridge:arva", "concept:bridge"), id=n)
        for n in (1, 2)
    ]
    talks = [said(n, "discuțiile", "concept:talks") for n in (3, 4)]
    for code, told in (("ro", ["pod: Arva", "negocieri"]), ("en", ["bridge: Arva", "talks"])):
        with app.test_request_context(headers={"Accept-Language": code}):
            assert [heading(topic) for topic in topics([*bridges, *talks])] == told


def test_what_was_undone_is_told(cititor: FlaskClient) -> None:
    url = "/conflicts/1"
    decided = submit(cititor, url, f"{url}/decision", decision="confirmed")
    undo = re.search(r'action="(/decisions/\w+/undo)"', decided.text)
    assert undo
    submit(cititor, url, undo[1])
    assert '<p class="note">confirmat</p>' in cititor.get(url).text
