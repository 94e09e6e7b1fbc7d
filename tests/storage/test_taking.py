"""Articles that one worker takes, and no other until it is done or too late."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tracker.storage import Storage
from tracker.storage.articles import LETTERS, TOGETHER
from tracker.types import ArticleDraft, ArticleState

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
LEASE = timedelta(minutes=5)
ARTICLE = ArticleDraft(outlet="Gazeta", text="Podul e închis.", language="ro", published_at=NOON)


@pytest.fixture
def ids(storage: Storage) -> list[int]:
    """Articles that wait, the oldest first."""
    return [add(storage, replace(ARTICLE, external_id=str(n))) for n in range(TOGETHER + 2)]


def add(storage: Storage, draft: ArticleDraft) -> int:
    with storage.transaction() as tx:
        return tx.articles.add(draft, received_at=NOON)[0].id


def take(storage: Storage, id: int, holder: str, after: timedelta = timedelta(0)) -> list[int]:
    at = NOON + after
    with storage.transaction() as tx:
        return [each.id for each in tx.articles.take(id, holder, at, expired=at - LEASE)]


def test_an_article_is_taken_with_the_oldest_that_wait(storage: Storage, ids: list[int]) -> None:
    assert take(storage, ids[4], "a") == [ids[4], *ids[: TOGETHER - 1]]


def test_what_somebody_has_taken_nobody_else_takes(storage: Storage, ids: list[int]) -> None:
    taken = take(storage, ids[0], "a")
    assert [take(storage, id, "b") for id in taken] == [[]] * TOGETHER
    assert take(storage, ids[TOGETHER], "b") == ids[TOGETHER:]


def test_who_comes_back_under_the_same_name_takes_it_again(
    storage: Storage, ids: list[int]
) -> None:
    assert take(storage, ids[0], "a") == take(storage, ids[0], "a")


def test_what_takes_too_long_is_free_again(storage: Storage, ids: list[int]) -> None:
    taken = take(storage, ids[0], "a")
    assert take(storage, ids[0], "b", after=LEASE / 2) == []
    assert take(storage, ids[0], "b", after=LEASE) == taken


def test_what_is_done_is_not_taken_until_somebody_puts_it_back_in_line(
    storage: Storage, ids: list[int]
) -> None:
    take(storage, ids[0], "a")
    with storage.transaction() as tx:
        tx.articles.settle(ids[0], ArticleState.QUARANTINED, NOON, error="odd")
    assert take(storage, ids[0], "b") == []
    with storage.transaction() as tx:
        tx.articles.retry(ids[0])
    assert ids[0] in take(storage, ids[0], "b")


def test_long_articles_are_taken_alone(storage: Storage, ids: list[int]) -> None:
    long = add(storage, replace(ARTICLE, text="a" * (LETTERS + 1)))
    assert take(storage, long, "a") == [long]
    half = add(storage, replace(ARTICLE, text="a" * (LETTERS - 20)))
    assert take(storage, half, "a") == [half, ids[0]]
