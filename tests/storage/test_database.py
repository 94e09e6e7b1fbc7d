"""Migrations, and several writers at once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from tests.storage.samples import JUDGED, MAYOR, NOON, article, begin, claim, pair, store
from tracker.errors import ConfigurationError, StorageError
from tracker.reading import save_source
from tracker.storage import Storage, open_storage
from tracker.storage.migrating import MIGRATIONS
from tracker.storage.migrations.comparing import is_of_the_models
from tracker.storage.tables import Table
from tracker.types import ArticleState, MatchDraft, SourceDraft, SourceKind

T = TypeVar("T")


def test_migrating_an_empty_database_gives_the_models(database_url: str) -> None:
    engine = sa.create_engine(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": is_of_the_models, "compare_type": True}
        )
        differences = compare_metadata(context, Table.metadata)
    engine.dispose()
    assert differences == []


def test_migrating_twice_changes_nothing(storage: Storage) -> None:
    [stored] = store(storage, claim())
    storage.migrate()
    with storage.snapshot() as tx:
        assert tx.claims.get(stored.id) == stored


def test_reasons_from_before_they_were_sentences_are_kept(
    storage: Storage, database_url: str
) -> None:
    a, b = store(storage, claim(0), claim(20))
    found = pair(storage, a, b)
    with storage.transaction() as tx:
        conflict_id = begin(tx, found, 0.5)
    engine = sa.create_engine(database_url)
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(MIGRATIONS))
        command.downgrade(config, "0001")
        for table in ("conflict", "match", "verdict"):
            connection.execute(sa.text(f"UPDATE {table} SET reason = 'They differ.'"))
    engine.dispose()
    storage.migrate()
    with storage.snapshot() as tx:
        assert str(tx.conflicts.get(conflict_id).reason) == "They differ."
        (kept,) = tx.matches.related()
    assert str(kept.relation.reason) == str(kept.verdicts[0].reason) == "They differ."
    assert kept.verdicts[0].leanings == {}
    assert kept.premise == a


def test_a_database_that_was_never_migrated_says_what_to_do(tmp_path: Path) -> None:
    storage = open_storage(f"sqlite:///{tmp_path / 'empty.db'}")
    with pytest.raises(StorageError, match="tracker db upgrade"), storage.snapshot() as tx:
        tx.articles.counts()
    storage.close()


@pytest.mark.parametrize("url", ["nonsense", "nosuch://host/db"])
def test_a_url_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationError, match="TRACKER_DATABASE_URL"):
        open_storage(url)


def test_an_unreachable_server_is_said_so() -> None:
    storage = open_storage("postgresql+psycopg://nobody@127.0.0.1:1/none?connect_timeout=2")
    with pytest.raises(StorageError), storage.snapshot() as tx:
        tx.articles.counts()
    storage.close()


def test_an_error_in_a_transaction_keeps_nothing_of_it(storage: Storage) -> None:
    def fail() -> None:
        with storage.transaction() as tx:
            tx.articles.add(article(), received_at=NOON)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with storage.snapshot() as tx:
        assert tx.articles.recent(10) == []


def test_a_snapshot_does_not_wait_for_a_writer(storage: Storage) -> None:
    with storage.transaction() as writer:
        writer.articles.add(article(), received_at=NOON)
        with storage.snapshot() as reader:
            assert reader.articles.recent(10) == []


def at_once(number: int, work: Callable[[], T]) -> list[T]:
    """The answers of several threads that begin together."""
    barrier = threading.Barrier(number)

    def run() -> T:
        barrier.wait()
        return work()

    with ThreadPoolExecutor(number) as threads:
        return [future.result() for future in [threads.submit(run) for _ in range(number)]]


def test_one_of_many_stores_the_article(storage: Storage) -> None:
    def add() -> bool:
        with storage.transaction() as tx:
            return tx.articles.add(article(), received_at=NOON)[1]

    assert sorted(at_once(6, add)) == [False] * 5 + [True]


def test_one_of_many_settles_the_article(storage: Storage) -> None:
    with storage.transaction() as tx:
        stored, _ = tx.articles.add(article(), received_at=NOON)

    def settle() -> bool:
        with storage.transaction() as tx:
            return tx.articles.settle(stored.id, ArticleState.EXTRACTED, NOON)

    assert sorted(at_once(6, settle)) == [False] * 5 + [True]


def test_a_new_name_met_by_many_is_one_source(storage: Storage) -> None:
    def save() -> int:
        with storage.transaction() as tx:
            return save_source(tx, MAYOR).id

    assert len(set(at_once(6, save))) == 1


def test_many_store_known_speakers_in_any_order_side_by_side(storage: Storage) -> None:
    names = ["Ana Rusu", "Ion Popa", "Mara Lungu", "Vasile Dinu"]
    drafts = [SourceDraft(name=name, kind=SourceKind.PERSON) for name in names]
    orders = iter([drafts, drafts[::-1]] * 3)

    def save() -> list[int]:
        with storage.transaction() as tx:
            found = {}
            for n, draft in enumerate(next(orders)):
                told = replace(draft, aliases=(f"{draft.name} {n}",))
                found[draft.name] = save_source(tx, draft).id
                assert save_source(tx, told).id == found[draft.name]
            return [found[name] for name in names]

    assert len(set(map(tuple, at_once(6, save)))) == 1


def test_known_speakers_are_stored_while_another_adds_a_new_one(postgres_url: str) -> None:
    storage = open_storage(postgres_url)
    with storage.transaction() as tx:
        known = save_source(tx, MAYOR)
    with storage.transaction() as adding:
        save_source(adding, replace(MAYOR, name="Ion Popa", aliases=()))
        with storage.transaction() as tx:  # would wait for ever if it needed the other's lock
            assert save_source(tx, MAYOR) == known
    storage.close()


def test_sources_from_before_they_had_keys_are_found(storage: Storage, database_url: str) -> None:
    draft = SourceDraft(name="Дмитрий Песков", kind=SourceKind.PERSON)
    with storage.transaction() as tx:
        known = save_source(tx, draft)
    engine = sa.create_engine(database_url)
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(MIGRATIONS))
        command.downgrade(config, "0008")
    engine.dispose()
    storage.migrate()
    with storage.transaction() as tx:
        assert save_source(tx, replace(draft, name="Dmitry Peskov")).id == known.id
        assert [each.id for each in tx.sources.called("pesk", 9)] == [known.id]


def test_one_of_many_records_the_verdict(storage: Storage) -> None:
    a, b = store(storage, claim(0), claim(20))
    draft = MatchDraft(premise_id=a.id, hypothesis_id=b.id, scores={"total": 1.0})

    def record() -> bool:
        with storage.transaction() as tx:
            found = {tx.matches.add(draft).id: (JUDGED, "print")}
            return bool(tx.matches.record(found, NOON))

    assert sorted(at_once(6, record)) == [False] * 5 + [True]


def test_many_who_see_no_conflict_open_one(storage: Storage) -> None:
    a, b = store(storage, claim(0), claim(20))
    found = pair(storage, a, b)

    def place() -> None:
        with storage.transaction() as tx:
            tx.conflicts.lock()
            if not tx.groups.around(a.id).conflicts:
                begin(tx, found, 0.5)

    at_once(6, place)
    with storage.snapshot() as tx:
        assert sum(tx.conflicts.counts().values()) == 1
