"""The shipped sample articles show what the program does, through the real line."""

from contextlib import closing

import pytest

from tracker.articles import demo_articles
from tracker.assembly import build_tracker
from tracker.config import Settings
from tracker.types import Claim, Conflict, ConflictFilter

NEAR_MISS = "barajul de la Sadova nu a fost închis în februarie"


@pytest.fixture(scope="module")
def conflicts(tmp_path_factory) -> list[tuple[Conflict, list[Claim], list[Claim]]]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("demo"), database_url="")
    tracker = build_tracker(settings)
    with closing(tracker.storage) as storage:
        storage.migrate()
        for article in demo_articles():
            tracker.add_article(article)
        tracker.catch_up()
        with storage.snapshot() as tx:
            found = tx.conflicts.page(ConflictFilter(), 100, 0)
            return [(c, *map(tx.claims.get_many, c.sides)) for c in found]


def test_two_or_three_articles_ship_in_two_languages():
    articles = demo_articles()
    assert 2 <= len(articles) <= 3
    assert {article.language for article in articles} == {"ro", "en"}
    assert len({article.outlet for article in articles}) == len(articles)


def test_they_give_a_contradiction_between_two_outlets(conflicts):
    between_outlets = [
        conflict
        for conflict, first, second in conflicts
        if {claim.outlet for claim in first}.isdisjoint(claim.outlet for claim in second)
    ]
    assert any(conflict.label == "contradiction" for conflict in between_outlets)


def test_the_innocent_near_miss_is_extracted_and_not_in_any_conflict(conflicts):
    assert any(NEAR_MISS in article.text for article in demo_articles())
    disputed = [claim.statement.text for _, *sides in conflicts for side in sides for claim in side]
    assert disputed
    assert NEAR_MISS not in disputed


def test_nobody_is_said_to_contradict_himself(conflicts):
    for _, first, second in conflicts:
        speakers = {claim.source.id for claim in first}
        assert speakers.isdisjoint(claim.source.id for claim in second)
