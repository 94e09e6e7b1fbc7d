"""Messages: what one subscription is told at one time, to each of its channels."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from tracker.storage.statements import changed, find, stored_id
from tracker.storage.tables import AlertRow, DeliveryRow, MessageRow
from tracker.types import AlertState, MessageKind, Subscription


class Messages:
    """Everything asked of messages."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def make(
        self, subscription: Subscription, kind: MessageKind, alert_ids: Iterable[int], at: datetime
    ) -> list[int]:
        """Put waiting alerts into a message, due at once; answers the deliveries, one a channel."""
        row = MessageRow(subscription_id=subscription.id, kind=kind, made_at=at)
        self._session.add(row)
        self._session.flush()
        ours = update(AlertRow).where(col(AlertRow.id).in_(list(alert_ids)))
        changed(self._session, ours.values(message_id=row.id))
        return [
            self._deliver(stored_id(row.id), channel, at) for channel in subscription.open_channels
        ]

    def made_at(self, id: int) -> datetime:
        """When a message was made.

        Raises:
            NotFound: no such message.
        """
        return find(self._session, MessageRow, id).made_at

    def _deliver(self, id: int, channel: str, at: datetime) -> int:
        row = DeliveryRow(
            message_id=id, channel=channel, state=AlertState.PENDING, next_attempt_at=at
        )
        self._session.add(row)
        self._session.flush()
        return stored_id(row.id)
