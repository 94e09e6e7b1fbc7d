"""Statements that SQLAlchemy spells per database, and the locks."""

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import IntEnum
from typing import Any, TypeVar, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Executable,
    Select,
    Table,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from tracker.errors import NotFound
from tracker.types import Stored

AnyRow = TypeVar("AnyRow", bound=SQLModel)

LARGEST_ID = 2**63 - 1
"""No row has a larger id, and PostgreSQL refuses to look for one."""


class Lock(IntEnum):
    """What one transaction at a time may do; the numbers are those of advisory locks.

    A transaction that needs several takes them in this order, so that no two wait for each other.
    """

    SPEAKERS = 7305
    """Shared by whoever stores what sources said; held by whoever merges or splits them."""
    SOURCES = 7301
    SIGHTINGS = 7306
    """Who prints the same as whom."""
    MATCHES = 7302
    CONFLICTS = 7303
    ACCOUNTS = 7304


def hold(session: Session, lock: Lock) -> None:
    """Wait until no other transaction holds ``lock`` and hold it to the end of this one.

    SQLite admits one writing transaction at a time anyway, and who only reads locks nothing.
    """
    if is_postgres(session) and session.info["writes"]:
        session.execute(select(func.pg_advisory_xact_lock(int(lock))))


def share(session: Session, lock: Lock) -> None:
    """Let nobody hold ``lock`` until the end of this transaction, which others may share it with.

    Who shares a lock must not come to hold it: two who do would wait for each other.
    """
    if is_postgres(session) and session.info["writes"]:
        session.execute(select(func.pg_advisory_xact_lock_shared(int(lock))))


def free(table: type[SQLModel], holder: str, expired: datetime) -> ColumnElement[bool]:
    """Whether ``holder`` may take a row: nobody has, or did so long ago, or it did itself."""
    row = columns_of(table).c
    return or_(row.taken_at.is_(None), row.taken_at <= expired, row.taken_by == holder)


def take(
    session: Session, table: type[SQLModel], ids: Collection[int], holder: str, at: datetime
) -> None:
    """Say that ``holder`` has taken rows; whoever looked for them has locked them."""
    this = update(columns_of(table)).where(columns_of(table).c.id.in_(ids))
    session.execute(this.values(taken_at=at, taken_by=holder))


def is_postgres(session: Session) -> bool:
    """Whether the session speaks to PostgreSQL; the other choice is SQLite."""
    return session.get_bind().dialect.name == "postgresql"


def insert_missing(session: Session, table: type[SQLModel], values: Mapping[str, Any]) -> bool:
    """Insert a row unless a unique constraint says that it exists; answers whether it was new."""
    dialect = postgresql if is_postgres(session) else sqlite
    statement = dialect.insert(columns_of(table)).values(**values).on_conflict_do_nothing()
    return session.execute(statement.returning(literal(True))).first() is not None


def insert_all(session: Session, table: type[SQLModel], rows: list[dict[str, Any]]) -> None:
    """Insert many rows in one round trip, leaving out those that exist."""
    dialect = postgresql if is_postgres(session) else sqlite
    if rows:
        session.execute(dialect.insert(columns_of(table)).on_conflict_do_nothing(), rows)


def changed(session: Session, statement: Executable) -> int:
    """Run an insert, update or delete; answers how many rows it changed."""
    return cast("CursorResult[Any]", session.execute(statement)).rowcount


def count(session: Session, query: Select[Any]) -> int:
    """How many rows a query finds."""
    counted = select(func.count()).select_from(query.subquery())
    return cast("int", session.execute(counted).scalar_one())


def columns_of(table: type[SQLModel]) -> Table:
    """The table itself, for statements that need no row objects."""
    return cast("Table", table.__table__)  # type: ignore[attr-defined]


def find(session: Session, table: type[AnyRow], id: int, *, lock: bool = False) -> AnyRow:
    """The row with this id; ``lock`` keeps others from changing it until the transaction ends.

    Raises:
        NotFound: there is none.
    """
    known = 0 < id <= LARGEST_ID
    # Not FOR UPDATE, which would hold up whoever stores a row that refers to this one.
    locking = {"key_share": True} if lock else None
    row = session.get(table, id, with_for_update=locking) if known else None
    if row is None:
        raise absent(Stored(columns_of(table).name), id)
    return row


def absent(thing: Stored, id: int) -> NotFound:
    """The answer to whoever asks for what is not there."""
    return NotFound("no {thing} {id}", thing=thing, id=id)


def stored_id(id: int | None) -> int:
    """The id of a row that is in the database."""
    assert id is not None, "the row was never stored"
    return id
