"""Pairs as the program meets them in whole articles."""

from contextlib import closing

import pytest

from tracker.assembly import build_tracker
from tracker.config import Settings
from tracker.types import RelationLabel
from training.at_work import Met, met
from training.coverage import Coverage

FIRST = (
    'The bridge at Runcu has been closed since Sunday. "Nobody was hurt when the cable snapped", '
    "mayor Ana Rusu said on Monday."
)
SECOND = (
    "Two workers were injured when the cable snapped, the hospital in Runcu said on Tuesday. The "
    "mayor, Ana Rusu, said the bridge would open again in May."
)


def article(number: int, text: str, **claims: str) -> dict[str, object]:
    return {
        "id": f"s-a{number}",
        "scenario": "s",
        "lang": "en",
        "outlet": "The Runcu Post",
        "url": None,
        "title": "The bridge at Runcu stays closed after the accident",
        "published_at": f"2026-03-0{number}",
        "text": text,
        "claims": [
            {
                "id": id,
                "source": {"mention": None, "start": None, "canonical": "somebody"},
                "content": [{"text": words, "start": text.index(words)}],
                "type": "indirect",
            }
            for id, words in claims.items()
        ],
    }


@pytest.fixture(scope="module")
def found() -> list[Met]:
    story = Coverage(
        "s",
        (
            article(1, FIRST, hurt="Nobody was hurt when the cable snapped"),
            article(2, SECOND, injured="Two workers were injured when the cable snapped"),
        ),
        ({"scenario": "s", "a": "hurt", "b": "injured", "label": "contradiction"},),
    )
    tracker = build_tracker(Settings())
    with closing(tracker.storage):
        return met(story, tracker)


def test_a_claim_that_is_found_carries_the_relation_of_its_story(found: list[Met]) -> None:
    [pairing] = [m.pairing for m in found if m.relation is RelationLabel.CONTRADICTION]
    assert "Nobody was hurt" in pairing.premise.text
    assert "Two workers" in pairing.hypothesis.text
    assert not pairing.same_voice


def test_what_is_told_of_no_relation_has_none(found: list[Met]) -> None:
    others = [m for m in found if m.relation is RelationLabel.NONE]
    assert any("open again in May" in m.pairing.hypothesis.text for m in others)
