"""Alerts: what happened to conflicts, for each subscription that is to hear of it."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.alerts import later_of
from tracker.storage.deliveries import load_deliveries
from tracker.storage.statements import insert_missing, stored_id
from tracker.storage.tables import AlertRow, ConflictRow, DeliveryRow
from tracker.types import Alert, Change, Conflict, Delivery, HistoryEntry


class Alerts:
    """Everything asked of alerts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def untold(self, conflict: Conflict) -> list[HistoryEntry]:
        """What happened to a conflict since alerts of it were last stored."""
        query = select(ConflictRow.alerted_entry).where(ConflictRow.id == conflict.id)
        last = self._session.exec(query).one()
        return [entry for entry in conflict.history if entry.id > last]

    def was_told(self, subscription_id: int, conflict: Conflict) -> bool:
        """Whether a subscription has an alert of this occurrence of a conflict."""
        of_it = select(AlertRow.id).where(
            AlertRow.subscription_id == subscription_id,
            AlertRow.conflict_id == conflict.id,
            AlertRow.occurrence == conflict.occurrence,
        )
        return self._session.exec(of_it.limit(1)).first() is not None

    def add(
        self, subscription_id: int, conflict: Conflict, change: Change, at: datetime
    ) -> int | None:
        """Store an alert; answers its id, or None where there was one already.

        Where one of the same conflict still waits for its message, that one tells of both.
        """
        entry = conflict.history[-1].id
        waiting = self._waiting_of(subscription_id, conflict.id)
        if waiting is not None:
            waiting.change = later_of(waiting.change, change)
            waiting.entry, waiting.occurrence = entry, conflict.occurrence
            self._session.flush()
            return stored_id(waiting.id)
        key = {"subscription_id": subscription_id, "conflict_id": conflict.id, "entry": entry}
        values = {"occurrence": conflict.occurrence, "change": change, "stored_at": at}
        if not insert_missing(self._session, AlertRow, key | values):
            return None
        return stored_id(self._session.exec(select(AlertRow.id).filter_by(**key)).one())

    def waiting(self, subscription_id: int | None = None) -> list[Alert]:
        """The alerts that are in no message yet, of one subscription or all, oldest first."""
        query = select(AlertRow).where(col(AlertRow.message_id).is_(None))
        if subscription_id is not None:
            query = query.where(AlertRow.subscription_id == subscription_id)
        return self._alerts(self._session.exec(query.order_by(col(AlertRow.id))))

    def of_message(self, message_id: int) -> list[Alert]:
        """The alerts that a message tells of, oldest first."""
        query = select(AlertRow).where(AlertRow.message_id == message_id)
        return self._alerts(self._session.exec(query.order_by(col(AlertRow.id))))

    def of_conflict(self, conflict_id: int) -> list[Alert]:
        """The alerts of a conflict with where they went, oldest first."""
        query = select(AlertRow).where(AlertRow.conflict_id == conflict_id)
        rows = list(self._session.exec(query.order_by(col(AlertRow.id))))
        messages = {row.message_id for row in rows}
        sent = load_deliveries(self._session, col(DeliveryRow.message_id).in_(messages))
        return self._alerts(rows, sent)

    def _waiting_of(self, subscription_id: int, conflict_id: int) -> AlertRow | None:
        query = select(AlertRow).where(
            AlertRow.subscription_id == subscription_id,
            AlertRow.conflict_id == conflict_id,
            col(AlertRow.message_id).is_(None),
        )
        return self._session.exec(query).first()

    def _alerts(self, rows: Iterable[AlertRow], sent: Iterable[Delivery] = ()) -> list[Alert]:
        sent = list(sent)
        return [
            Alert(
                id=stored_id(row.id),
                subscription_id=row.subscription_id,
                conflict_id=row.conflict_id,
                occurrence=row.occurrence,
                change=row.change,
                stored_at=row.stored_at,
                message_id=row.message_id,
                deliveries=tuple(each for each in sent if each.message_id == row.message_id),
            )
            for row in rows
        ]
