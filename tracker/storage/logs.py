"""Logs: what was sent, asked and done, which is kept for a while."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists
from sqlalchemy import select as sa_select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, SQLModel, col

from tracker.storage.account_tables import AuditRow, SignInRow
from tracker.storage.statements import changed, count
from tracker.storage.tables import DeliveryRow, MessageRow, RequestRow
from tracker.types import AlertState, Log

Entries = tuple[type[SQLModel], Mapped[Any], ColumnElement[bool]]
"""A table, what tells its rows apart, and whether one may go."""


class Logs:
    """Everything asked of the age of logs."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def count(self, log: Log, before: datetime) -> int:
        """How many entries of a log are older."""
        return count(self._session, _keys(log, before))

    def drop(self, log: Log, before: datetime, limit: int) -> int:
        """Remove some of the entries that are older; answers how many."""
        table, key, _ = _entries(log, before)
        keys = list(self._session.execute(_keys(log, before).limit(limit)).scalars())
        return changed(self._session, delete(table).where(key.in_(keys)))


def _keys(log: Log, before: datetime) -> Select[Any]:
    _, key, may_go = _entries(log, before)
    return sa_select(key).where(may_go)


def _entries(log: Log, before: datetime) -> Entries:
    match log:
        case Log.MESSAGES:
            under_way = exists().where(
                col(DeliveryRow.message_id) == col(MessageRow.id),
                col(DeliveryRow.state) == AlertState.PENDING,
            )
            may_go = (col(MessageRow.made_at) < before) & ~under_way.correlate(MessageRow)
            return MessageRow, col(MessageRow.id), may_go
        case Log.REQUESTS:
            return RequestRow, col(RequestRow.key), col(RequestRow.answered_at) < before
        case Log.SIGN_INS:
            return SignInRow, col(SignInRow.digest), col(SignInRow.expires_at) < before
        case Log.AUDIT:
            return AuditRow, col(AuditRow.id), col(AuditRow.at) < before
