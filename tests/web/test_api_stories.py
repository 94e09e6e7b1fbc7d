"""Stories, revisions and the overview, for a program."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient

from tests.fakes import StoryExtractor
from tests.web.newsroom import CRACKED, MOVING, NOBODY, SAFE, STORIES, at
from tests.web.reading import read
from tests.web.test_api import assert_problem
from tests.web.test_api_desk import CONFLICT, ids, send
from tracker.pipeline import Tracker


def one(client: FlaskClient, article: int) -> dict[str, Any]:
    return dict(client.get(f"/api/stories/{article}").get_json())


def said_to(story: dict[str, Any], speaker: str, column: int) -> list[tuple[str, int]]:
    """What a speaker says to a question, and on which side."""
    words = {claim["id"]: claim["quotation"] for claim in story["claims"]}
    (voice,) = (each for each in story["voices"] if each["speaker"]["name"] == speaker)
    return [(words[quoted["claims"][0]], quoted["side"]) for quoted in voice["said"][column]]


# --- stories --------------------------------------------------------------------------------------


def test_stories_are_listed_a_stretch_at_a_time(newsroom: FlaskClient) -> None:
    everything = newsroom.get("/api/stories").get_json()
    assert (ids(everything, "stories"), everything["next"]) == ([4, 1], None)
    last = everything["stories"][1]
    assert (last["articles"], last["outlets"], last["conflicts"]) == (3, 2, 2)
    assert last["title"] == STORIES[0].article.title
    assert last["first_published_at"] == "2026-03-02T07:40:00+00:00"
    assert last["last_published_at"] == "2026-03-03T18:20:00+00:00"
    first = newsroom.get("/api/stories?per_page=1").get_json()
    rest = newsroom.get(first["next"]).get_json()
    assert first["stories"] + rest["stories"] == everything["stories"]
    assert_problem(newsroom.get("/api/stories?cursor=x"), 400, "invalid_field", "cursor")


def test_a_story_tells_who_says_what_to_which_question(newsroom: FlaskClient) -> None:
    story = one(newsroom, 1)
    assert (ids(story, "articles"), story["goes_on"]) == ([1, 2, 3], False)
    columns = {each["conflict"]["id"]: n for n, each in enumerate(story["questions"][:2])}
    assert {each["called"] for each in story["questions"][:2]} == {""}
    assert all(each["conflict"] is None for each in story["questions"][2:])
    conflict = newsroom.get(CONFLICT).get_json()
    head = story["questions"][columns[1]]["conflict"]
    assert head.items() <= conflict.items()
    assert said_to(story, "Radu Mărginean", columns[1]) == [(SAFE, 1)]
    assert said_to(story, "Ileana Dobrescu", columns[1]) == [(CRACKED, 2)]
    (before, one_side), (after, other) = said_to(story, "Radu Mărginean", columns[2])
    assert (NOBODY in before, MOVING in after) == (True, True)
    assert {one_side, other} == {1, 2}
    for voice in story["voices"]:
        assert len(voice["said"]) == len(story["questions"])


def test_any_article_leads_to_its_story(newsroom: FlaskClient) -> None:
    assert one(newsroom, 3) == one(newsroom, 1)
    alone = one(newsroom, 6)
    assert (ids(alone, "articles"), alone["voices"], alone["questions"]) == ([6], [], [])
    assert_problem(newsroom.get("/api/stories/99"), 404, "not_found", None)


# --- revisions ------------------------------------------------------------------------------------


def test_what_changed_between_revisions_is_told(newsroom: FlaskClient, tracker: Tracker) -> None:
    first = STORIES[0].article
    text = first.text.replace("scade încet", "scade repede")
    assert isinstance(tracker.extractor, StoryExtractor)
    id = tracker.add_article(replace(first, text=text, revision=2)).article_id
    tracker.extractor.repair("gs-101")
    tracker.catch_up()
    assert ids(newsroom.get(f"/api/articles/{id}/revisions").get_json(), "revisions") == [1, id]
    told = newsroom.get(f"/api/articles/{id}/since/1").get_json()
    assert (told["old"]["id"], told["new"]["revision"]) == (1, 2)
    changed = [each for each in told["paragraphs"] if each["before"] != each["after"]]
    words = [
        [each["text"] for each in changed[0][side] if each["changed"]]
        for side in ("before", "after")
    ]
    assert (len(changed), words) == (1, [["încet"], ["repede"]])
    after = ("".join(word["text"] for word in each["after"]) for each in told["paragraphs"])
    assert "\n\n".join(after) == text
    assert (SAFE in [claim["quotation"] for claim in told["gone"]], told["came"]) == (True, [])
    back = newsroom.get(f"/api/articles/1/since/{id}").get_json()
    assert (back["gone"], back["came"]) == ([], told["gone"])


def test_another_article_is_no_revision(newsroom: FlaskClient) -> None:
    assert_problem(newsroom.get("/api/articles/2/since/1"), 404, "not_found", None)
    assert_problem(newsroom.get("/api/articles/99/revisions"), 404, "not_found", None)


# --- the overview ---------------------------------------------------------------------------------


def test_the_overview_tells_what_its_page_shows(newsroom: FlaskClient, tracker: Tracker) -> None:
    send(newsroom, f"{CONFLICT}/decision", {"state": "confirmed"})
    quiet = STORIES[0].article
    for n in range(6):
        published = at(1) - timedelta(days=10, hours=n)
        tracker.add_article(
            replace(quiet, outlet="Ecoul", external_id=f"e{n}", published_at=published)
        )
    told = newsroom.get("/api/overview").get_json()
    assert len(told["days"]) == 30
    total = {
        name: sum(day[name] for day in told["days"])
        for name in ("articles", "claims", "conflicts", "decisions")
    }
    assert total == {"articles": 13, "claims": 9, "conflicts": 3, "decisions": 1}
    page = " ".join(read(newsroom, "/overview").text.split())
    for shown in ("Articles received 13", "Claims found 9", "Conflicts decided 1"):
        assert shown in page
    assert (told["conflicts"]["new"], told["conflicts"]["confirmed"]) == (2, 1)
    assert told["median_review_seconds"] > 0
    assert told["silent"] == [
        {"outlet": "Ecoul", "last": "2026-02-19T09:00:00+00:00", "usual_seconds": 3600}
    ]
    assert told["waiting"]["extract"]["number"] == 6
    assert told["waiting"]["deliver"] == {"number": 0, "since": None}


def test_an_empty_desk_has_an_overview(client: FlaskClient) -> None:
    told = client.get("/api/overview").get_json()
    assert (told["median_review_seconds"], told["silent"]) == (None, [])
    assert set(told["conflicts"].values()) == {0}
