"""Claims found by what they mean: one suite for both databases."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import numpy as np

from tests.storage.samples import NOON, article, claim, store
from tracker.encoder.bits import WIDTH
from tracker.storage import Storage, open_storage
from tracker.types import ArticleState, Claim, ClaimDraft, Expiry

WINDOW = timedelta(days=10)
CHANCE = np.random.default_rng(11)
DIRECTIONS = CHANCE.normal(size=(60, WIDTH))


def meaning(direction: int, drift: float = 0.0) -> bytes:
    """A unit vector that lies in a direction, or somewhat beside it."""
    values = DIRECTIONS[direction] + drift * CHANCE.normal(size=WIDTH)
    return bytes((values / np.linalg.norm(values)).astype("<f2").data)


def said(place: int, embedding: bytes | None, day: int = 15) -> ClaimDraft:
    """A claim that shares neither words nor keys with any other."""
    alone = claim(
        20 * place, f"{place:02}vorba", about=f"{place:02}tema", day=day, keys=frozenset()
    )
    return replace(alone, embedding=embedding)


def found(storage: Storage, asked: Claim, limit: int = 50) -> list[int]:
    with storage.snapshot() as tx:
        return [each.id for each in tx.claims.candidates(asked, WINDOW, limit)]


def test_the_nearest_come_first(storage: Storage) -> None:
    drafts = [said(n, meaning(n % 30, 0.4)) for n in range(60)]
    asked, *others = store(storage, said(60, meaning(3)), *drafts)
    near = {others[3].id, others[33].id}
    assert set(found(storage, asked)[:2]) == near
    assert set(found(storage, asked, limit=2)) == near


def test_only_what_was_said_within_the_window_is_found(storage: Storage) -> None:
    days = (15, 4, 5, 25, 26)
    asked, _, first, last, _ = store(
        storage, *(said(n, meaning(1, 0.1), day) for n, day in enumerate(days))
    )
    assert set(found(storage, asked)) == {first.id, last.id}


def test_another_process_finds_what_was_stored_since(storage: Storage, database_url: str) -> None:
    [asked] = store(storage, said(0, meaning(5)))
    other = open_storage(database_url)
    assert found(other, asked) == []
    [later] = store(storage, said(1, meaning(5, 0.1)), external_id="a2")
    assert found(other, asked) == [later.id]
    other.close()


def test_what_was_taken_back_is_not_found_and_hides_nothing(storage: Storage) -> None:
    [asked] = store(storage, said(0, meaning(5)))
    with suppress(ZeroDivisionError), storage.transaction() as tx:
        lost, _ = tx.articles.add(article("lost"), received_at=asked.published_at)
        tx.claims.add(lost, said(1, meaning(5, 0.1)), asked.source, at=asked.published_at)
        tx.claims.candidates(asked, WINDOW, 10)
        raise ZeroDivisionError
    assert found(storage, asked) == []
    _, kept = store(storage, said(2, None), said(3, meaning(5, 0.1)), external_id="a3")
    assert found(storage, asked) == [kept.id]


def test_embeddings_of_another_encoder_are_passed_over(storage: Storage) -> None:
    asked, foreign, missing, own = store(
        storage,
        said(0, meaning(7)),
        said(1, b"\x00\x3c"),
        said(2, None),
        said(3, meaning(7, 0.2)),
    )
    assert found(storage, asked) == [own.id]
    assert found(storage, foreign) == found(storage, missing) == []


def test_a_claim_is_found_by_its_latest_embedding_and_no_more_once_it_is_gone(
    storage: Storage,
) -> None:
    asked, other = store(storage, said(0, meaning(8)), said(1, meaning(9)))
    [third] = store(storage, said(2, meaning(8, 0.3)), external_id="a2")
    assert found(storage, asked, limit=1) == [third.id]
    with storage.transaction() as tx:
        tx.claims.set_embedding(other.id, meaning(8))
    assert found(storage, asked, limit=1) == [other.id]
    with storage.transaction() as tx:
        tx.articles.settle(third.article_id, ArticleState.EXTRACTED, NOON)
        tx.claims.mark_matched(third.id, NOON)
        tx.retention.drop([third.article_id], Expiry(before=NOON + timedelta(days=999)))
    assert found(storage, asked) == [other.id]
