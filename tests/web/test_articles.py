import re
from dataclasses import replace

from flask.testing import FlaskClient

from tests.fakes import StoryExtractor
from tests.web.newsroom import NOBODY, STORIES, WEIRD
from tests.web.reading import read, submit
from tracker.config import Settings
from tracker.pipeline import Tracker
from web import create_app


def without_blanks(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_the_text_stands_as_printed(newsroom: FlaskClient) -> None:
    for number, story in enumerate(STORIES, 1):
        page = read(newsroom, f"/articles/{number}")
        assert without_blanks(story.article.text) in without_blanks(page.text)


def test_every_claim_is_marked_at_its_offsets(newsroom: FlaskClient) -> None:
    for number, story in enumerate(STORIES[:5], 1):
        page = read(newsroom, f"/articles/{number}")
        claims = newsroom.get(f"/api/articles/{number}").get_json()["claims"]
        assert len(claims) == len(story.said)
        for claim in claims:
            pieces = [story.article.text[start:end] for start, end in claim["spans"]]
            assert page.marked(claim["id"]) == "|".join(pieces)


def test_emoji_and_combining_characters_do_not_move_a_mark(newsroom: FlaskClient) -> None:
    page = read(newsroom, "/articles/3")
    assert WEIRD in [mark.text for mark in page.marks]


def test_claims_are_listed_in_the_margin_with_anchors_and_conflicts(newsroom: FlaskClient) -> None:
    html = newsroom.get("/articles/1").text
    page = read(newsroom, "/articles/1")
    assert "3 claims" in page.text
    anchors = [link for link in page.links if link.startswith("#claim-")]
    assert len(anchors) == 3
    for anchor in anchors:
        assert html.count(f'id="{anchor[1:]}"') == 1
    assert len([link for link in page.links if re.fullmatch(r"/conflicts/\d+", link)]) == 2


def test_the_text_is_in_the_language_of_the_article(newsroom: FlaskClient) -> None:
    assert '<div class="text" lang="ro">' in newsroom.get("/articles/1").text
    assert '<div class="text" lang="en">' in newsroom.get("/articles/4").text


def test_the_publication_is_linked(newsroom: FlaskClient) -> None:
    page = read(newsroom, "/articles/1")
    assert "https://gazeta.example/apele/101" in page.links
    assert "Corina Pădure" in page.text


def test_a_pending_article_waits_in_sight(client: FlaskClient, tracker: Tracker) -> None:
    tracker.add_article(STORIES[0].article)
    html = client.get("/articles/1").text
    assert "Waiting to be read" in html
    assert 'hx-trigger="every 2s"' in html
    tracker.catch_up()
    assert "hx-trigger" not in client.get("/articles/1").text


def test_an_unserved_language_is_said_and_counted(newsroom: FlaskClient) -> None:
    assert (
        "The script of this text (Georgian) is not one that is read"
        in read(newsroom, "/articles/6").text
    )
    assert "The script of some texts is not read: Georgian (1)" in read(newsroom, "/articles").text


def test_a_language_that_was_not_measured_is_marked(settings: Settings, tracker: Tracker) -> None:
    first = STORIES[0]
    claims = [replace(c, statement=replace(c.statement, language="hu")) for c in first.claims()]
    tracker = replace(tracker, extractor=StoryExtractor({"al-1": claims}, ["hu"]))
    client = create_app(settings, tracker).test_client()
    tracker.add_article(replace(first.article, external_id="al-1", language="hu"))
    tracker.catch_up()
    assert "Nobody has measured how well" in read(client, "/articles/1").text
    assert "nobody has measured how well" in read(client, "/claims/1").text
    [claim, *_] = client.get("/api/articles/1").get_json()["claims"]
    assert claim["language_measured"] is False


def test_a_measured_language_is_not_marked(newsroom: FlaskClient) -> None:
    assert "has measured" not in read(newsroom, "/articles/1").text
    [claim, *_] = newsroom.get("/api/articles/1").get_json()["claims"]
    assert claim["language_measured"] is True


def test_a_quarantined_article_shows_its_error(newsroom: FlaskClient) -> None:
    assert "ValueError: the table of timestamps has no end" in read(newsroom, "/articles/7").text
    assert "has no end" in read(newsroom, "/articles?state=quarantined").text


def test_a_quarantined_article_can_be_retried(newsroom: FlaskClient, tracker: Tracker) -> None:
    response = submit(newsroom, "/articles/7", "/articles/7/retry")
    assert response.request.path == "/articles/7"
    assert "back in line" in response.text
    assert "Waiting to be read" in response.text
    assert isinstance(tracker.extractor, StoryExtractor)
    tracker.extractor.repair("dw-3307")
    tracker.catch_up()
    assert "The article quotes nobody" in read(newsroom, "/articles/7").text


def test_articles_are_counted_and_filtered_by_state(newsroom: FlaskClient) -> None:
    text = read(newsroom, "/articles").text
    for count in ("All 7", "Pending 0", "Extracted 5", "Unsupported 1", "Quarantined 1"):
        assert count in text
    filtered = read(newsroom, "/articles?state=unsupported").text
    assert "კაშხლის" in filtered
    assert "Prefectul contrazice" not in filtered
    assert "None is pending" in read(newsroom, "/articles?state=pending").text


def test_no_articles_yet(client: FlaskClient) -> None:
    assert "tracker ingest" in read(client, "/articles").text
    assert "Nobody is quoted yet" in read(client, "/sources").text


def test_a_speaker_has_claims_over_time_and_conflicts(newsroom: FlaskClient) -> None:
    text = read(newsroom, "/sources").text
    assert text.index("Radu Mărginean") < text.index("Anna Whitlock")
    (id,) = re.findall(r'href="/sources/(\d+)">Radu Mărginean<', newsroom.get("/sources").text)
    page = read(newsroom, f"/sources/{id}")
    assert "ministrul Apelor, speaks for Guvern" in page.text
    later, earlier = page.text.rindex("evacuarea celor din aval"), page.text.rindex(NOBODY)
    assert later < earlier
    assert len({link for link in page.links if re.fullmatch(r"/conflicts/\d+", link)}) == 3
    assert f"/?speaker={id}" in page.links


def test_a_claim_shows_what_was_read_off_it(newsroom: FlaskClient) -> None:
    claim = newsroom.get("/api/articles/1").get_json()["claims"][2]
    page = read(newsroom, f"/claims/{claim['id']}")
    assert page.marked(claim["id"]) == claim["quotation"]
    for shown in ("at most 200 m³/s", "paraphrased", "entity:valea lunga", "scripted/1"):
        assert shown in page.text
    assert "Nothing stands against this claim" in page.text


def test_what_is_not_there_is_a_page_that_leads_on(client: FlaskClient) -> None:
    for url in ("/articles/1", "/claims/1", "/sources/1", "/conflicts/1", "/nothing"):
        page = read(client, url, status=404)
        assert "/" in page.links
        assert "404" in page.text
