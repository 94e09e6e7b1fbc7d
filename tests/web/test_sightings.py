"""What is printed again stands under what was printed first, on every page and in every file."""

import json
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.fakes import StoryComparer, StoryExtractor, believing, certain
from tests.web.newsroom import CRACKED, MINISTER, SAFE, STORIES, VERDICTS, Said, Story, at
from tests.web.reading import read
from tracker.cli.export import export_conflicts
from tracker.pipeline import Tracker
from tracker.types import (
    ArticleDraft,
    ConflictFilter,
    Event,
    Reason,
    RelationLabel,
    Sentence,
    VerdictLabel,
)

FIRST = STORIES[0]
NO_RISK = "there is no risk for the locals"


def reprint(name: str, hour: int, text: str | None = None, **other: object) -> Story:
    """The minister's words once more, by default in the very article."""
    draft = replace(
        FIRST.article,
        outlet=name,
        external_id=name,
        published_at=at(2, hour),
        text=text or FIRST.article.text,
        **other,
    )
    return Story(draft, (Said(MINISTER, (SAFE,)),))


COPY = reprint("Monitorul de Vest", 12)
OWN = reprint("Jurnalul de Nord", 11, f"Ministrul Radu Mărginean susține că {SAFE}, scrie presa.")
EARLIER = reprint("Agenția Râului", 5)
TRANSLATED = Story(
    ArticleDraft(
        outlet="Danube Wire",
        external_id="dw-1",
        published_at=at(2, 14),
        language="en",
        text=f"Radu Mărginean says that {NO_RISK}.",
    ),
    (Said(MINISTER, (NO_RISK,)),),
)
DENIED = VERDICTS[SAFE, CRACKED]
TRANSLATIONS = {
    (SAFE, NO_RISK): replace(
        DENIED,
        label=VerdictLabel.ENTAILMENT,
        kind=None,
        reason=Reason(Sentence.READ_REPEAT),
        premise_words=(),
        hypothesis_words=(),
        leanings=certain(RelationLabel.REPEAT),
    ),
    (CRACKED, NO_RISK): replace(
        DENIED,
        premise_words=DENIED.hypothesis_words,
        hypothesis_words=("no risk",),
    ),
}


@pytest.fixture
def desk(newsroom: FlaskClient, tracker: Tracker) -> FlaskClient:
    """The newsroom, with more that prints what the minister said of the risk."""
    take(tracker, COPY, OWN)
    return newsroom


def take(tracker: Tracker, *stories: Story) -> None:
    """More stories go through the line."""
    found = {story.article.external_id or "": story.claims() for story in stories}
    says = believing(StoryComparer(VERDICTS | TRANSLATIONS))
    line = replace(tracker, extractor=StoryExtractor(found, ("ro", "en")), cascade=says)
    for story in stories:
        line.add_article(story.article)
        line.catch_up()


def conflict_of(client: FlaskClient) -> dict[str, object]:
    shown = client.get("/api/conflicts?q=risc").get_json()["conflicts"]
    [found] = [each for each in shown if CRACKED in str(each["sides"])]
    return found  # type: ignore[no-any-return]


def minister(client: FlaskClient) -> dict[str, object]:
    """The minister's claim in the conflict over the risk."""
    claims = [claim for side in conflict_of(client)["sides"] for claim in side]  # type: ignore[attr-defined]
    [found] = [claim for claim in claims if claim["quotation"] == SAFE]
    return found  # type: ignore[no-any-return]


def sightings(client: FlaskClient) -> list[dict[str, object]]:
    """Who prints the minister's claim again."""
    printed, id = conflict_of(client)["sightings"], minister(client)["id"]
    return [each for each in printed if each["sighting_of"] == id]  # type: ignore[attr-defined]


def test_a_conflict_lists_who_printed_a_claim_again(desk: FlaskClient) -> None:
    conflict, claim = conflict_of(desk), minister(desk)
    assert (claim["outlet"], conflict["outlets"]) == ("Gazeta de Seară", 4)
    assert [each["outlet"] for each in sightings(desk)] == [
        "Jurnalul de Nord",
        "Monitorul de Vest",
    ]
    page = desk.get(f"/conflicts/{conflict['id']}")
    text = read(desk, f"/conflicts/{conflict['id']}").text
    assert "Also printed by 2 outlets" in text
    for each in sightings(desk):
        assert f"/articles/{each['article_id']}#claim-{each['id']}" in page.text
    events = [each["event"] for each in conflict["history"]]  # type: ignore[attr-defined]
    assert events.count(Event.REPRINTED) == 2
    assert "Șerban Țuțuianu" not in text
    assert "Radu Mărginean · Gazeta de Seară and 2 more" in text


def test_the_first_print_stands_on_the_page_whenever_it_comes(
    desk: FlaskClient, tracker: Tracker
) -> None:
    id = conflict_of(desk)["id"]
    take(tracker, EARLIER)
    assert conflict_of(desk)["id"] == id
    claim = minister(desk)
    assert claim["outlet"] == "Agenția Râului"
    assert [each["outlet"] for each in sightings(desk)] == [
        "Gazeta de Seară",
        "Jurnalul de Nord",
        "Monitorul de Vest",
    ]


def test_a_claim_says_who_printed_it_first_and_has_its_conflicts(desk: FlaskClient) -> None:
    claim, conflict = minister(desk), conflict_of(desk)
    own = sightings(desk)[0]["id"]
    assert desk.get(f"/api/claims/{own}").get_json()["sighting_of"] == claim["id"]
    assert desk.get(f"/api/claims/{own}/sightings").get_json()["claims"] == []
    again = desk.get(f"/api/claims/{claim['id']}/sightings").get_json()["claims"]
    assert [each["id"] for each in again] == [each["id"] for each in sightings(desk)]
    [holding] = desk.get(f"/api/claims/{own}/conflicts").get_json()["conflicts"]
    assert holding["id"] == conflict["id"]
    page = desk.get(f"/claims/{own}").text
    assert "first printed by Gazeta de Seară" in page
    assert f"/conflicts/{conflict['id']}" in page
    assert "Also printed by 2 outlets" in read(desk, f"/claims/{claim['id']}").text


def test_an_article_names_its_copies_and_who_was_first(desk: FlaskClient) -> None:
    claim = minister(desk)
    [own, copy] = [each["article_id"] for each in sightings(desk)]
    text = read(desk, f"/articles/{copy}").text
    assert "Nearly the same text as Gazeta de Seară" in text
    assert "first printed by Gazeta de Seară" in text
    assert "Nearly the same text" not in read(desk, f"/articles/{own}").text
    assert "Monitorul de Vest" in read(desk, f"/articles/{claim['article_id']}").text


def test_what_says_the_same_in_another_language_stands_under_it(
    desk: FlaskClient, tracker: Tracker
) -> None:
    take(tracker, TRANSLATED)
    conflict = conflict_of(desk)
    assert NO_RISK in str(conflict["sides"]), "it is a claim of its own"
    text = read(desk, f"/conflicts/{conflict['id']}").text
    under = "Also in another language (English): Danube Wire"
    assert text.index(SAFE) < text.index(under) < text.index(CRACKED)


def test_files_hold_who_printed_a_claim_again(desk: FlaskClient, tracker: Tracker) -> None:
    claim = minister(desk)
    own = sightings(desk)[0]["id"]
    lines = desk.get("/api/claims.jsonl").text.splitlines()
    assert {each["id"] for each in map(json.loads, lines) if each["sighting_of"]} >= {own}
    assert f",{claim['id']}," in desk.get("/api/claims.csv").text
    [told] = [
        each
        for each in map(json.loads, export_conflicts(tracker.storage, ConflictFilter()))
        if each["id"] == conflict_of(desk)["id"]
    ]
    again = [each for side in told["sides"] for one in side for each in one["sightings"]]
    assert {each["outlet"] for each in again} == {"Jurnalul de Nord", "Monitorul de Vest"}


def test_a_story_holds_the_copies_and_their_place_in_the_conflict(desk: FlaskClient) -> None:
    claim = minister(desk)
    text = read(desk, f"/stories/{claim['article_id']}").text
    assert "Monitorul de Vest" in text
