"""Alerts: one a subscription, conflict and occurrence; claimed before they are sent."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from tracker.storage.statements import changed, insert_missing, stored_id
from tracker.storage.tables import AlertRow
from tracker.types import Alert, AlertState, Conflict


class Alerts:
    """Everything asked of alerts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, subscription_id: int, conflict: Conflict, at: datetime) -> int | None:
        """Store an alert, due at once; answers its id, or None where there was one already."""
        key = {
            "subscription_id": subscription_id,
            "conflict_id": conflict.id,
            "occurrence": conflict.occurrence,
        }
        values = {
            "state": AlertState.PENDING,
            "attempts": 0,
            "stored_at": at,
            "next_attempt_at": at,
        }
        if not insert_missing(self._session, AlertRow, key | values):
            return None
        return stored_id(self._session.exec(select(AlertRow.id).filter_by(**key)).one())

    def claim(self, id: int, *, now: datetime, lease: timedelta) -> Alert | None:
        """Take an alert that is due, for one attempt; None if it is not or somebody has it.

        Unless the attempt is marked sent or failed, the alert is due again after ``lease``.
        """
        taken = (
            update(AlertRow)
            .where(
                col(AlertRow.id) == id,
                col(AlertRow.state) == AlertState.PENDING,
                col(AlertRow.next_attempt_at) <= now,
            )
            .values(attempts=AlertRow.attempts + 1, next_attempt_at=now + lease)
        )
        if not changed(self._session, taken):
            return None
        return _alert(self._session.exec(select(AlertRow).where(AlertRow.id == id)).one())

    def mark_sent(self, id: int, at: datetime) -> None:
        """Stamp that an alert was delivered."""
        self._end(id, state=AlertState.SENT, sent_at=at, next_attempt_at=None, error=None)

    def mark_failed(
        self, id: int, *, error: str, state: AlertState, next_attempt_at: datetime | None
    ) -> None:
        """Store why an attempt failed and when the next is due; one that was sent stays sent."""
        self._end(id, state=state, error=error, next_attempt_at=next_attempt_at)

    def due(self, now: datetime) -> list[int]:
        """The pending alerts whose time has come, longest waiting first."""
        query = (
            select(AlertRow.id)
            .where(AlertRow.state == AlertState.PENDING, col(AlertRow.next_attempt_at) <= now)
            .order_by(col(AlertRow.next_attempt_at), col(AlertRow.id))
        )
        return [stored_id(id) for id in self._session.exec(query)]

    def of_conflict(self, conflict_id: int) -> list[Alert]:
        """The alerts of a conflict, oldest first."""
        query = select(AlertRow).where(AlertRow.conflict_id == conflict_id)
        return [_alert(row) for row in self._session.exec(query.order_by(col(AlertRow.id)))]

    def recent(self, limit: int) -> list[Alert]:
        """The alerts stored last, newest first."""
        query = select(AlertRow).order_by(col(AlertRow.id).desc()).limit(limit)
        return [_alert(row) for row in self._session.exec(query)]

    def _end(self, id: int, **values: object) -> None:
        pending = (col(AlertRow.id) == id, col(AlertRow.state) == AlertState.PENDING)
        changed(self._session, update(AlertRow).where(*pending).values(**values))


def _alert(row: AlertRow) -> Alert:
    return Alert(
        id=stored_id(row.id),
        subscription_id=row.subscription_id,
        conflict_id=row.conflict_id,
        occurrence=row.occurrence,
        state=row.state,
        attempts=row.attempts,
        next_attempt_at=row.next_attempt_at,
        sent_at=row.sent_at,
        error=row.error,
    )
