"""Subscriptions: who wants to hear of which conflicts."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from tracker.storage.statements import LARGEST_ID, absent, changed, find, stored_id
from tracker.storage.tables import SubscriptionRow
from tracker.types import Stored, Subscription, SubscriptionDraft


class Subscriptions:
    """Everything asked of subscriptions."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, draft: SubscriptionDraft) -> Subscription:
        """Store a subscription."""
        row = SubscriptionRow(**_values(draft))
        self._session.add(row)
        self._session.flush()
        return _subscription(row)

    def all(self) -> list[Subscription]:
        """Every subscription, oldest first."""
        rows = self._session.exec(select(SubscriptionRow).order_by(col(SubscriptionRow.id)))
        return [_subscription(row) for row in rows]

    def get(self, id: int) -> Subscription:
        """One subscription.

        Raises:
            NotFound: no such subscription.
        """
        return _subscription(find(self._session, SubscriptionRow, id))

    def hold(self, id: int) -> Subscription:
        """One subscription, of whose alerts nobody else makes messages until the transaction ends.

        Raises:
            NotFound: no such subscription.
        """
        return _subscription(self._held(id))

    def change(self, id: int, draft: SubscriptionDraft) -> None:
        """Put a subscription in another form; a channel that is closed stays so.

        Raises:
            NotFound: no such subscription.
        """
        row = self._held(id)
        for name, value in _values(draft).items():
            setattr(row, name, value)
        row.closed &= frozenset(draft.channels)
        if draft.secret is None:
            row.old_secret = row.old_secret_until = None
        self._session.flush()

    def mute(self, id: int, until: datetime | None) -> None:
        """Send nothing before a moment; None ends that.

        Raises:
            NotFound: no such subscription.
        """
        self._held(id).muted_until = until
        self._session.flush()

    def rotate(self, id: int, secret: str, old_until: datetime) -> None:
        """Sign with a new secret, and with the present one too until ``old_until``.

        Raises:
            NotFound: no such subscription.
        """
        row = self._held(id)
        row.old_secret, row.old_secret_until = row.secret, old_until
        row.secret = secret
        self._session.flush()

    def close(self, id: int, channel: str) -> None:
        """Send nothing more to a channel.

        Raises:
            NotFound: no such subscription.
        """
        self._held(id).closed |= {channel}
        self._session.flush()

    def open_again(self, id: int) -> None:
        """Send to all channels again.

        Raises:
            NotFound: no such subscription.
        """
        self._held(id).closed = frozenset()
        self._session.flush()

    def remove(self, id: int) -> None:
        """Forget a subscription, its alerts and its messages.

        Raises:
            NotFound: no such subscription.
        """
        if not 0 < id <= LARGEST_ID or not changed(
            self._session, delete(SubscriptionRow).where(col(SubscriptionRow.id) == id)
        ):
            raise absent(Stored.SUBSCRIPTION, id)

    def _held(self, id: int) -> SubscriptionRow:
        return find(self._session, SubscriptionRow, id, lock=True)


def _values(draft: SubscriptionDraft) -> dict[str, Any]:
    return {field.name: getattr(draft, field.name) for field in fields(SubscriptionDraft)}


def _subscription(row: SubscriptionRow) -> Subscription:
    values = {field.name: getattr(row, field.name) for field in fields(Subscription)}
    return Subscription(**values | {"id": stored_id(row.id)})
