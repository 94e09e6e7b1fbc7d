"""Articles that are read together; what one of them does must not hold up the others."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.fakes import SameVectorEncoder
from tracker.assembly import build_tracker
from tracker.claims import Extractor
from tracker.config import Settings
from tracker.pipeline import Tracker
from tracker.types import Article, ArticleDraft, ArticleState, ClaimDraft

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
TEXT = "Podul este închis circulației, a declarat primarul comunei {place}, Dorin Lupșa."
BAD = "Cernavodă"


class FailingExtractor:
    """Raises at one article."""

    def __init__(self, extractor: Extractor) -> None:
        self._extractor = extractor

    def extract(self, article: Article) -> list[ClaimDraft]:
        if BAD in article.text:
            raise ArithmeticError("this was to be expected")
        return self._extractor.extract(article)


class FailingEncoder(SameVectorEncoder):
    """Raises at what the title of one article gives to a claim."""

    def embed(self, texts: Sequence[str]) -> list[bytes]:
        if any(BAD in text for text in texts):
            raise ArithmeticError("this was to be expected")
        return super().embed(texts)


class CountingEncoder(SameVectorEncoder):
    """Counts how often it is asked."""

    asked = 0

    def embed(self, texts: Sequence[str]) -> list[bytes]:
        self.asked += 1
        return super().embed(texts)


@pytest.fixture
def tracker(database_url: str) -> Iterator[Tracker]:
    built = build_tracker(Settings(database_url=database_url))
    yield replace(built, clock=lambda: NOW)
    built.storage.close()


def add(tracker: Tracker, *places: str) -> list[int]:
    drafts = [
        ArticleDraft(
            outlet=f"Gazeta de {place}",
            external_id="1",
            title=f"Podul din {place}",
            text=TEXT.format(place=place),
            language="ro",
            published_at=NOW,
        )
        for place in places
    ]
    return [tracker.add_article(draft).article_id for draft in drafts]


def states(tracker: Tracker, ids: Sequence[int]) -> list[ArticleState]:
    with tracker.storage.snapshot() as tx:
        return [tx.articles.get(id).state for id in ids]


def claims(tracker: Tracker, ids: Sequence[int]) -> list[int]:
    with tracker.storage.snapshot() as tx:
        return [len(tx.claims.of_article(id)) for id in ids]


def test_what_waits_is_encoded_together(tracker: Tracker) -> None:
    encoder = CountingEncoder()
    ids = add(tracker, "Vărad", "Buteni", "Sebiș")
    replace(tracker, encoder=encoder).extract_with_others(ids[0], "a")
    assert encoder.asked == 1
    assert claims(tracker, ids) == [1, 1, 1]


def test_a_bad_article_among_others_is_set_aside_alone(tracker: Tracker) -> None:
    ids = add(tracker, "Vărad", BAD, "Sebiș")
    broken = replace(tracker, extractor=FailingExtractor(tracker.extractor))
    broken.extract_with_others(ids[0], "a")
    done, bad = ArticleState.EXTRACTED, ArticleState.QUARANTINED
    assert states(tracker, ids) == [done, bad, done]
    assert claims(tracker, ids) == [1, 0, 1]


def test_an_article_that_cannot_be_encoded_is_told_from_the_others(tracker: Tracker) -> None:
    ids = add(tracker, "Vărad", BAD, "Sebiș")
    replace(tracker, encoder=FailingEncoder()).extract_with_others(ids[0], "a")
    done, bad = ArticleState.EXTRACTED, ArticleState.QUARANTINED
    assert states(tracker, ids) == [done, bad, done]
    assert claims(tracker, ids) == [1, 0, 1]


def test_what_another_has_taken_is_left_to_it(tracker: Tracker) -> None:
    ids = add(tracker, "Vărad")
    with tracker.storage.transaction() as tx:
        tx.articles.take(ids[0], "another", NOW, expired=NOW - tracker.lease)
    tracker.extract_with_others(ids[0], "a")
    assert states(tracker, ids) == [ArticleState.PENDING]
