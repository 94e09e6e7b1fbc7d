"""Which stored claims mean nearly the same: what each database answers in its own way."""

from datetime import date
from typing import Protocol

from sqlmodel import Session

from tracker.storage.near_postgres import PostgresNear
from tracker.storage.near_sqlite import SqliteNear
from tracker.storage.statements import is_postgres


class Near(Protocol):
    """Claims by their embeddings; those of another encoder than the program's are passed over."""

    def put(self, claim_id: int, said_on: date, embedding: bytes | None) -> None:
        """Let a claim be found by this embedding, and by none that it had before."""

    def claims(self, embedding: bytes, first: date, last: date, limit: int) -> list[int]:
        """Claims said from ``first`` to ``last``, the nearest first."""


def near(session: Session) -> Near:
    """The search of the database that the session speaks to."""
    return PostgresNear(session) if is_postgres(session) else SqliteNear(session)
