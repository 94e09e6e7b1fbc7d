"""Subscriptions: who wants to hear of which conflicts."""

from sqlalchemy import delete
from sqlmodel import Session, col, select

from tracker.errors import NotFound
from tracker.storage.statements import LARGEST_ID, changed, find, stored_id
from tracker.storage.tables import SubscriptionRow
from tracker.types import Subscription, SubscriptionDraft


class Subscriptions:
    """Everything asked of subscriptions."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, draft: SubscriptionDraft) -> Subscription:
        """Store a subscription."""
        row = SubscriptionRow(
            name=draft.name,
            channel=draft.channel,
            relations=draft.relations,
            speakers=draft.speakers,
            minimum_severity=draft.minimum_severity,
            secret=draft.secret,
        )
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

    def remove(self, id: int) -> None:
        """Forget a subscription and its alerts.

        Raises:
            NotFound: no such subscription.
        """
        if not 0 < id <= LARGEST_ID or not changed(
            self._session, delete(SubscriptionRow).where(col(SubscriptionRow.id) == id)
        ):
            raise NotFound(f"no subscription {id}; ids are given by the lists")


def _subscription(row: SubscriptionRow) -> Subscription:
    return Subscription(
        id=stored_id(row.id),
        name=row.name,
        channel=row.channel,
        relations=row.relations,
        speakers=row.speakers,
        minimum_severity=row.minimum_severity,
        secret=row.secret,
    )
