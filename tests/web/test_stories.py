"""Stories as tables, revisions side by side, and the overview."""

import re
from dataclasses import replace
from datetime import date, timedelta

from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.test_topics import said
from tests.fakes import StoryExtractor
from tests.web.newsroom import MOVING, SAFE, STORIES, at
from tests.web.reading import read, submit
from tests.web.test_conflicts import RISK, conflict_id
from tracker.pipeline import Tracker
from tracker.types import Conflict, ConflictState, Reason, RelationLabel, Sentence, Source
from web.charts import HEIGHT, WIDTH, chart
from web.matrix import MOST_QUESTIONS, matrix


def test_stories_are_listed_and_lead_to_their_table(newsroom: FlaskClient) -> None:
    page = read(newsroom, "/stories")
    assert "3 articles 2 outlets 2 conflicts" in " ".join(page.text.split())
    assert "at most 7 days apart" in page.text
    assert {"/stories/1", "/stories/4"} <= set(page.links)


def test_a_story_shows_who_says_what_to_which_question(newsroom: FlaskClient) -> None:
    html = newsroom.get("/stories/1").text
    page = read(newsroom, "/stories/1")
    assert [RISK in page.text, SAFE in page.text, MOVING in page.text] == [True] * 3
    assert html.count('class="said-there side-1"') == 2
    assert html.count('class="said-there side-2"') == 2
    for article in (1, 2, 3):
        assert f"/articles/{article}" in page.links
    assert "/articles/4" not in page.links


def test_every_article_of_a_story_leads_to_its_first(newsroom: FlaskClient) -> None:
    assert newsroom.get("/stories/3").location == "/stories/1"
    assert newsroom.get("/stories/999").status_code == 404
    assert "/stories/3" in read(newsroom, "/articles/3").links
    conflict = read(newsroom, f"/conflicts/{conflict_id(newsroom, RISK)}")
    assert "/stories/1" in conflict.links
    assert "/stories/6" not in read(newsroom, "/articles/6").links


def test_no_story_yet(client: FlaskClient) -> None:
    assert "No story yet" in read(client, "/stories").text
    assert "behind the end" in read(client, "/stories?page=9").text


# --- the table ----------------------------------------------------------------------------------


def conflict(id: int, first: tuple[int, ...], second: tuple[int, ...]) -> Conflict:
    return Conflict(
        id=id,
        state=ConflictState.NEW,
        label=RelationLabel.CONTRADICTION,
        kind=None,
        severity=id / 10,
        reason=Reason(Sentence.NOTHING_FOUND),
        sides=(first, second),
        opened_at=at(2),
        updated_at=at(2),
        evidence_at=at(2),
    )


def test_the_same_words_stand_once_with_every_outlet() -> None:
    one, two = said(1, "Podul e închis"), replace(said(2, "podul e INCHIS"), outlet="Curierul")
    drawn = matrix([one, two], [])
    [[cell]] = [voice.cells for voice in drawn.voices]
    assert [[claim.outlet for claim in quoted.claims] for quoted in cell] == [
        ["Gazeta", "Curierul"]
    ]


@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from("abcdefghijklmnopq")), max_size=30))
def test_every_claim_stands_in_the_row_of_its_speaker(said_by: list[tuple[int, str]]) -> None:
    claims = [
        replace(
            said(n, f"{n}", f"concept:{topic}"),
            source=Source(id=who, name=f"S{who}", kind=said(n, "").source.kind),
        )
        for n, (who, topic) in enumerate(said_by)
    ]
    conflicts = [conflict(1, (0,), (1,)), conflict(2, (1,), (2, 0))] if len(claims) > 2 else []
    drawn = matrix(claims, conflicts)
    assert len(drawn.questions) <= MOST_QUESTIONS
    for voice in drawn.voices:
        shown = {c.id for cell in voice.cells for quoted in cell for c in quoted.claims}
        assert shown == {claim.id for claim in claims if claim.source.id == voice.source.id}
        assert len(voice.cells) == len(drawn.questions)
    if conflicts:
        assert [question.conflict.id for question in drawn.questions[:2] if question.conflict] == [
            2,
            1,
        ]


# --- revisions ----------------------------------------------------------------------------------


def test_revisions_stand_side_by_side(newsroom: FlaskClient, tracker: Tracker) -> None:
    first = STORIES[0]
    text = first.article.text.replace("scade încet", "scade <repede>")
    assert isinstance(tracker.extractor, StoryExtractor)
    id = tracker.add_article(replace(first.article, text=text, revision=2)).article_id
    tracker.extractor.repair("gs-101")
    tracker.catch_up()
    page = read(newsroom, f"/articles/{id}")
    assert {"/articles/1", f"/articles/{id}/since/1"} <= set(page.links)
    html = newsroom.get(f"/articles/{id}/since/1").text
    assert "<del>încet</del>" in html
    assert "&lt;<" not in html
    assert "repede" in html
    assert "<repede>" not in html
    changes = read(newsroom, f"/articles/{id}/since/1").text
    went, came = changes.index("Claims that went"), changes.index("Claims that came")
    assert went < changes.index(SAFE) < came


def test_another_article_is_no_revision(newsroom: FlaskClient) -> None:
    assert newsroom.get("/articles/2/since/1").status_code == 404
    assert "Revision" not in read(newsroom, "/articles/1").text


# --- the overview -------------------------------------------------------------------------------


def test_the_overview_counts_and_explains(newsroom: FlaskClient) -> None:
    url = f"/conflicts/{conflict_id(newsroom, RISK)}"
    submit(newsroom, url, f"{url}/decision", decision="confirmed")
    page = read(newsroom, "/overview")
    text = " ".join(page.text.split())
    for shown in ("Articles received 7", "Claims found 9", "Conflicts opened 3", "of 1 conflict"):
        assert shown in text
    assert "more than 4 times as old as its usual gap" in text
    html = newsroom.get("/overview").text
    assert "Articles received a day: 7 in 30 days, at most 7 on one day" in html
    assert "style=" not in html


def test_a_silent_outlet_is_named(newsroom: FlaskClient, tracker: Tracker) -> None:
    quiet = STORIES[0].article
    for n in range(6):
        published = at(1) - timedelta(days=10, hours=n)
        tracker.add_article(
            replace(quiet, outlet="Ecoul", external_id=f"e{n}", published_at=published)
        )
    text = read(newsroom, "/overview").text
    assert re.search(r"Ecoul\s*19\sFeb\s2026", text)
    assert "Curierul de Sud" not in text
    assert re.search(r"articles to be read\s*6", text)


def test_an_empty_desk_has_an_overview(client: FlaskClient) -> None:
    text = read(client, "/overview").text
    assert "Nothing was decided in these days" in text
    assert "None." in text


@given(st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 2, 15)), st.integers(0, 10**6)))
def test_bars_stay_in_the_drawing(counts: dict[date, int]) -> None:
    drawn = chart(counts, date(2026, 1, 10), 30)
    assert len(drawn.bars) == 30
    for bar in drawn.bars:
        assert bar.count == counts.get(bar.day, 0)
        assert 0 <= bar.x <= bar.x + bar.width <= WIDTH + 0.01
        assert 0 <= bar.y <= HEIGHT + 0.01
        assert (bar.height > 0) == (bar.count > 0)
