"""Puts very many claims into a store at once, as the program puts them there one by one."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice, starmap
from typing import Any, cast

from sqlalchemy import Connection, create_engine, insert, text

from benchmarks.crowd import Told
from tracker.encoder.bits import bits_of
from tracker.reading import save_source
from tracker.storage import Storage
from tracker.storage.claims import values_of_row
from tracker.storage.near_postgres import spelled
from tracker.storage.tables import ArticleRow, ClaimRow
from tracker.types import ArticleDraft, ArticleState, ClaimDraft

BATCH = 500
"""Articles that are stored together."""
Row = tuple[Any, ...]
_KEY = "INSERT INTO claim_key (claim_id, key, said_on) VALUES (?, ?, ?)"
_BITS = "INSERT INTO claim_near (claim_id, day, bits) VALUES (?, ?, ?)"
_NO_INDEX = text("DROP INDEX ix_claim_near")
_INDEX = text("CREATE INDEX ix_claim_near ON claim_near USING hnsw (vector halfvec_ip_ops)")
_ROOM = text("SET maintenance_work_mem = '3GB'; SET max_parallel_maintenance_workers = 1")


def store(storage: Storage, url: str, articles: Iterator[Told]) -> None:
    """Store articles with their claims; each name in them is a source of its own."""
    engine, sources = create_engine(url), dict[str, int]()
    with _index_afterwards(engine.connect()) as connection:
        while batch := list(islice(articles, BATCH)):
            _name(storage, (claim for _, claims in batch for claim in claims), sources)
            _store(connection, batch, sources)
            connection.commit()
    engine.dispose()


@contextmanager
def _index_afterwards(connection: Connection) -> Iterator[Connection]:
    """On PostgreSQL, an index that is built in the end takes a fraction of the time."""
    is_postgres = connection.dialect.name == "postgresql"
    with connection:
        if is_postgres:
            connection.execute(_NO_INDEX)
        yield connection
        if is_postgres:
            connection.execute(_ROOM)
            connection.execute(_INDEX)
        connection.commit()
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))


def _name(storage: Storage, claims: Iterable[ClaimDraft], sources: dict[str, int]) -> None:
    new = {each.source.name: each.source for each in claims if each.source.name not in sources}
    with storage.transaction() as tx:
        for name, draft in new.items():
            sources[name] = save_source(tx, draft).id


def _store(connection: Connection, batch: Sequence[Told], sources: dict[str, int]) -> None:
    articles = _ids(connection, ArticleRow, [_article(article) for article, _ in batch])
    told = [
        (draft, _claim(draft, article_id, sources[draft.source.name], article.published_at))
        for article_id, (article, drafts) in zip(articles, batch, strict=True)
        for draft in drafts
    ]
    claims = _ids(connection, ClaimRow, [row for _, row in told])
    known = [(id, draft) for id, (draft, _) in zip(claims, told, strict=True)]
    keys = [
        (id, key, draft.statement.said_on)
        for id, draft in known
        for key in sorted(draft.statement.details.keys)
    ]
    if connection.dialect.name == "postgresql":
        _copy(connection, "claim_key (claim_id, key, said_on)", keys)
        _copy(connection, "claim_near (claim_id, said_on, vector)", starmap(_vector, known))
    else:
        connection.exec_driver_sql(_KEY, [(id, key, str(day)) for id, key, day in keys])
        connection.exec_driver_sql(_BITS, list(starmap(_bits, known)))


def _copy(connection: Connection, columns: str, rows: Iterable[Row]) -> None:
    with cast(Any, connection.connection.cursor()).copy(f"COPY {columns} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _ids(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> list[int]:
    statement = insert(table).returning(table.id, sort_by_parameter_order=True)
    return list(connection.execute(statement, rows).scalars())


def _article(draft: ArticleDraft) -> dict[str, Any]:
    return {
        "outlet": draft.outlet,
        "external_id": draft.external_id,
        "revision": draft.revision,
        "title": draft.title,
        "text": draft.text,
        "language": draft.language,
        "published_at": draft.published_at,
        "received_at": draft.published_at,
        "extracted_at": draft.published_at,
        "state": ArticleState.EXTRACTED,
    }


def _claim(draft: ClaimDraft, article_id: int, source_id: int, at: datetime) -> dict[str, Any]:
    return values_of_row(draft, article_id, source_id, at) | {"matched_at": at}


def _bits(id: int, draft: ClaimDraft) -> Row:
    return id, draft.statement.said_on.toordinal(), bits_of(draft.embedding or b"")


def _vector(id: int, draft: ClaimDraft) -> Row:
    return id, draft.statement.said_on, spelled(draft.embedding)
