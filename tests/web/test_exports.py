"""What leaves the desk for other tools: files, feeds, linked data, and the description."""

import csv
import io
import json
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from tests.web.newsroom import CRACKED, SAFE, STORIES, at
from tests.web.reading import Page, read
from tests.web.test_api import assert_problem
from tests.web.test_api_desk import CONFLICT, send
from tests.web.test_security import PLANTED
from tracker.pipeline import Tracker
from tracker.types import ClaimDraft, Span
from web.api import blueprint
from web.api.linked import AROUND, selectors
from web.api.openapi import document
from web.api.rows import ClaimRow, ConflictRow

ATOM = {"": "http://www.w3.org/2005/Atom"}


def rows(client: FlaskClient, url: str) -> list[dict[str, str]]:
    with client.get(url) as response:
        assert response.mimetype == "text/csv"
        assert "attachment" in response.headers["Content-Disposition"]
        return list(csv.DictReader(io.StringIO(response.data.decode(), newline="")))


def lines(client: FlaskClient, url: str) -> list[dict[str, Any]]:
    with client.get(url) as response:
        assert response.mimetype == "application/jsonl"
        return [json.loads(line) for line in response.data.decode().splitlines()]


def feed(client: FlaskClient, url: str) -> ElementTree.Element:
    response = client.get(url)
    assert response.mimetype == "application/atom+xml"
    return ElementTree.fromstring(response.data)


def text_of(element: ElementTree.Element, path: str) -> str:
    found = element.find(path, ATOM)
    assert found is not None
    return found.text or ""


# --- files --------------------------------------------------------------------------------------


def test_lines_are_what_the_api_answers(newsroom: FlaskClient) -> None:
    for what in ("conflicts", "claims"):
        answered = newsroom.get(f"/api/{what}").get_json()[what]
        assert lines(newsroom, f"/api/{what}.jsonl") == answered
    assert len(lines(newsroom, "/api/conflicts.jsonl?relation=reversal")) == 1
    assert lines(newsroom, "/api/claims.jsonl?q=nimic") == []


def test_rows_hold_what_the_lines_hold(newsroom: FlaskClient) -> None:
    table = rows(newsroom, "/api/conflicts.csv")
    assert list(table[0]) == ConflictRow.columns()
    for row, line in zip(table, lines(newsroom, "/api/conflicts.jsonl"), strict=True):
        assert (row["id"], row["state"]) == (str(line["id"]), line["state"])
        assert row["first_quotation"] == line["sides"][0][0]["quotation"]
        assert row["second_claims"] == " ".join(str(each["id"]) for each in line["sides"][1])
    claims = rows(newsroom, "/api/claims.csv")
    assert list(claims[0]) == ClaimRow.columns()
    split = next(row for row in claims if " " in row["spans"])
    text = STORIES[int(split["article_id"]) - 1].article.text
    stretches = [map(int, piece.split("-")) for piece in split["spans"].split()]
    assert " ".join(text[start:end] for start, end in stretches) == split["quotation"]


def test_an_export_reads_more_than_a_stretch(newsroom: FlaskClient, tracker: Tracker) -> None:
    with tracker.storage.snapshot() as tx:
        claims = tx.claims.of_article(1)
        article = tx.articles.get(1)
    count = len(lines(newsroom, "/api/claims.jsonl"))
    with tracker.storage.transaction() as tx:
        for number in range(450):
            content = (Span(number, number + 1), Span(number + 1, number + 2))
            draft = ClaimDraft(
                attribution=replace(claims[0].attribution, content=content),
                source=claims[0].source,
                statement=claims[0].statement,
                extractor="made up/1",
            )
            tx.claims.add(article, draft, claims[0].source, at(3))
    exported = lines(newsroom, "/api/claims.jsonl")
    assert len(exported) == len({each["id"] for each in exported}) == count + 450


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@"])
def test_no_name_is_run_as_a_formula(newsroom: FlaskClient, beginning: str) -> None:
    name = f"{beginning}1+1|cmd"
    send(newsroom, f"{CONFLICT}/assignee", {"assignee": name})
    (row,) = (each for each in rows(newsroom, "/api/conflicts.csv") if each["id"] == "1")
    assert row["assignee"] == f"'{name}"
    (line,) = (each for each in lines(newsroom, "/api/conflicts.jsonl") if each["id"] == 1)
    assert line["assignee"] == name


# --- feeds --------------------------------------------------------------------------------------


def test_a_feed_is_valid_and_tells_both_sides(newsroom: FlaskClient) -> None:
    found = feed(newsroom, "/feed.atom?state=open&relation=contradiction")
    assert text_of(found, "id") == (
        "https://desk.example/feed.atom?state=open&relation=contradiction"
    )
    assert text_of(found, "author/name")
    entries = found.findall("entry", ATOM)
    assert len(entries) == 2
    updated = [datetime.fromisoformat(text_of(each, "updated")) for each in entries]
    assert datetime.fromisoformat(text_of(found, "updated")) == max(updated)
    assert all(moment.tzinfo for moment in updated)
    names = [text_of(each, "id") for each in entries]
    assert len(set(names)) == 2
    (dam,) = (each for each in entries if text_of(each, "id").endswith("/conflicts/1"))
    content = Page(text_of(dam, "content")).text
    assert SAFE in content
    assert CRACKED in content
    link = dam.find("link", ATOM)
    assert link is not None
    assert read(newsroom, urlsplit(link.attrib["href"]).path)


def test_an_entry_keeps_its_id_and_changes_when_it_is_decided(newsroom: FlaskClient) -> None:
    def entry() -> ElementTree.Element:
        (found,) = feed(newsroom, "/feed.atom?q=fisurile").findall("entry", ATOM)
        return found

    before = entry()
    send(newsroom, f"{CONFLICT}/decision", {"state": "confirmed"})
    after = entry()
    assert text_of(before, "id") == text_of(after, "id")
    assert text_of(before, "updated") < text_of(after, "updated")


def test_an_empty_feed_is_a_feed(client: FlaskClient) -> None:
    found = feed(client, "/feed.atom")
    assert found.findall("entry", ATOM) == []
    assert datetime.fromisoformat(text_of(found, "updated"))


def test_a_saved_filter_has_a_feed_that_follows_it(newsroom: FlaskClient) -> None:
    kept = send(newsroom, "/api/filters", {"name": "<Mine>", "query": "relation=reversal"})
    url = f"/feed.atom?filter={kept.get_json()['id']}"
    assert "<Mine>" in text_of(feed(newsroom, url), "title")
    assert len(feed(newsroom, url).findall("entry", ATOM)) == 1
    send(newsroom, "/api/filters", {"name": "<Mine>", "query": ""})
    assert len(feed(newsroom, url).findall("entry", ATOM)) == 3
    assert_problem(newsroom.get(f"{url}&state=new"), 400, "invalid_field", "filter")
    assert_problem(newsroom.get("/feed.atom?filter=99"), 404, "not_found", None)


def test_markup_and_control_characters_do_not_break_a_feed(newsroom: FlaskClient) -> None:
    for name in (PLANTED, "bell\a and \ufffe"):
        send(newsroom, "/api/filters", {"name": name[:80], "query": ""})
    for kept in newsroom.get("/api/filters").get_json()["filters"]:
        html = text_of(feed(newsroom, f"/feed.atom?filter={kept['id']}"), "entry/content")
        assert "<script" not in html
    assert "<img" not in newsroom.get("/feed.atom?filter=1").text


def test_the_list_links_to_its_feed_and_its_table(newsroom: FlaskClient) -> None:
    page = read(newsroom, "/?relation=reversal&page=1&utm=x")
    assert "/feed.atom?relation=reversal" in page.links
    assert "/api/conflicts.csv?relation=reversal" in page.links
    assert 'type="application/atom+xml"' in newsroom.get("/").text


# --- linked data --------------------------------------------------------------------------------


def test_a_claim_tells_who_said_it_and_where_it_appears(newsroom: FlaskClient) -> None:
    response = newsroom.get("/api/claims/1/claim.jsonld")
    assert response.mimetype == "application/ld+json"
    claim = response.get_json()
    assert (claim["@context"], claim["@type"]) == ("https://schema.org", "Claim")
    assert claim["text"] == SAFE
    assert claim["author"]["@type"] == "Person"
    assert claim["author"]["affiliation"]["name"] == "Guvern"
    assert claim["appearance"]["@type"] == "NewsArticle"
    assert claim["appearance"]["url"] == STORIES[0].article.url
    assert read(newsroom, urlsplit(claim["@id"]).path)


def test_only_what_a_person_decided_is_a_review(newsroom: FlaskClient) -> None:
    url = f"{CONFLICT}/review.jsonld"
    assert_problem(newsroom.get(url), 404, "not_found", None)
    body = {"state": "dismissed", "dismissal": "other_event", "by": "Ana", "note": "two dams"}
    send(newsroom, f"{CONFLICT}/decision", body)
    reviews = newsroom.get(url).get_json()["@graph"]
    assert [each["claimReviewed"] for each in reviews] == [SAFE, CRACKED]
    for each in reviews:
        assert each["@type"] == "ClaimReview"
        assert each["author"]["name"] == "Ana"
        assert each["reviewBody"] == "two dams"
        assert "another event" in each["reviewRating"]["alternateName"]
        assert each["itemReviewed"]["appearance"]["publisher"]["name"]
    send(newsroom, f"{CONFLICT}/decision", {"state": "reopened"})
    assert_problem(newsroom.get(url), 404, "not_found", None)
    send(newsroom, f"{CONFLICT}/decision", {"state": "snoozed"})
    assert_problem(newsroom.get(url), 404, "not_found", None)


def test_every_quotation_is_found_again_in_the_text(newsroom: FlaskClient) -> None:
    found = 0
    for number in range(1, len(STORIES) + 1):
        collection = newsroom.get(f"/api/articles/{number}/annotations.jsonld").get_json()
        claims = newsroom.get(f"/api/articles/{number}").get_json()["claims"]
        items = collection["first"]["items"]
        assert collection["total"] == len(items) == len(claims)
        for claim, item in zip(claims, items, strict=True):
            one = newsroom.get(f"/api/claims/{claim['id']}/annotation.jsonld").get_json()
            assert one == {"@context": collection["@context"], **item}
            pieces = []
            for place in item["target"]:
                source = newsroom.get(urlsplit(place["source"]).path).data
                pieces.append(selected(source.decode(), place["selector"]))
            assert " ".join(pieces) == claim["quotation"]
            found += 1
    assert found > 5


def selected(text: str, found: list[dict[str, Any]]) -> str:
    """What both selectors find, each by itself."""
    quote, position = found
    assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
    by_place = text[position["start"] : position["end"]]
    around = quote["prefix"] + quote["exact"] + quote["suffix"]
    starts = [at for at in range(len(text)) if text.startswith(around, at)]
    assert position["start"] - len(quote["prefix"]) in starts
    assert quote["exact"].encode() == by_place.encode()
    return by_place


@given(text=st.text(min_size=1), data=st.data())
def test_selectors_find_their_quotation_byte_for_byte(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote, position = selectors(text, Span(start, end))
    assert text[position["start"] : position["end"]] == quote["exact"]
    assert text.startswith(
        quote["prefix"] + quote["exact"] + quote["suffix"], start - len(quote["prefix"])
    )
    assert len(quote["prefix"]) == min(start, AROUND)
    assert len(quote["suffix"]) == min(len(text) - end, AROUND)


# --- the description ----------------------------------------------------------------------------


def test_the_page_lists_every_operation_and_every_object(newsroom: FlaskClient) -> None:
    described = newsroom.get("/api/openapi.json").get_json()
    assert described["openapi"].startswith("3.1")
    page = read(newsroom, "/api/docs")
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            assert f"{method.upper()} {path}" in page.text
            assert operation["summary"].replace("``", "") in page.text
    html = newsroom.get("/api/docs").text
    anchors = {link for link in page.links if link.startswith("#")}
    assert len(anchors) > 20
    assert all(f'id="{anchor[1:]}"' in html for anchor in anchors)


def test_every_route_is_described(app: Flask) -> None:
    routes = {
        (rule.rule, method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if rule.rule.startswith("/api") and method not in ("HEAD", "OPTIONS")
    }
    described = {(each.path, each.method) for each in blueprint.operations}
    assert routes <= described


def test_every_parameter_and_operation_says_what_it_means() -> None:
    names = []
    for methods in document(blueprint.operations)["paths"].values():
        for operation in methods.values():
            names.append(operation["operationId"])
            assert operation["summary"].endswith(".")
            assert all("schema" in each for each in operation["parameters"])
    assert len(names) == len(set(names))
