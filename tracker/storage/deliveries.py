"""Deliveries: messages on their way, claimed before they are sent, with a log of every attempt."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, update
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from tracker.storage.statements import absent, changed, find, stored_id
from tracker.storage.stretches import Number, Order, Stretch, ids_of_stretch
from tracker.storage.tables import AlertRow, AttemptRow, DeliveryRow, MessageRow, SubscriptionRow
from tracker.types import AlertState, Attempt, Delivery, MessageKind, Stored

_ASKED_FOR = Order((col(DeliveryRow.id),), TypeAdapter(tuple[Number]))
NO_CHANNEL = "the channel is no longer used"


class Deliveries:
    """Everything asked of deliveries."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def claim(self, id: int, *, now: datetime, lease: timedelta) -> Delivery | None:
        """Take a delivery that is due, for one attempt; None if it is not or somebody has it.

        The attempt stands in the log from now on, as the last one. Unless it is ended, the
        delivery is due again after ``lease``.
        """
        taken = (
            update(DeliveryRow)
            .where(col(DeliveryRow.id) == id, *_due(now))
            .values(attempts=DeliveryRow.attempts + 1, next_attempt_at=now + lease)
        )
        if not changed(self._session, taken):
            return None
        self._session.add(AttemptRow(delivery_id=id, at=now))
        self._session.flush()
        return self.get(id)

    def mark_sent(self, claimed: Delivery, status: int | None, at: datetime) -> None:
        """Stamp that a claimed delivery arrived."""
        self._log(claimed, status, None, at)
        self._end(claimed.id, state=AlertState.SENT, sent_at=at, next_attempt_at=None, error=None)

    def mark_failed(
        self,
        claimed: Delivery,
        status: int | None,
        error: str,
        at: datetime,
        next_attempt_at: datetime | None,
    ) -> None:
        """Store why an attempt failed and when the next is due, if there is to be one.

        A delivery that arrived meanwhile stays sent.
        """
        self._log(claimed, status, error, at)
        state = AlertState.FAILED if next_attempt_at is None else AlertState.PENDING
        self._end(claimed.id, state=state, error=error, next_attempt_at=next_attempt_at)

    def withdraw(self, claimed: Delivery, why: str, at: datetime) -> None:
        """Give up a claimed delivery, of which nothing is left to tell."""
        self._log(claimed, None, why, at)
        self._end(claimed.id, state=AlertState.WITHDRAWN, error=why, next_attempt_at=None)

    def keep_only(self, subscription_id: int, channels: Collection[str]) -> None:
        """Give up what is on its way to other channels than these."""
        messages = select(MessageRow.id).where(MessageRow.subscription_id == subscription_id)
        others = update(DeliveryRow).where(
            col(DeliveryRow.state) == AlertState.PENDING,
            col(DeliveryRow.message_id).in_(messages),
            col(DeliveryRow.channel).not_in(channels),
        )
        values = {"state": AlertState.WITHDRAWN, "error": NO_CHANNEL, "next_attempt_at": None}
        changed(self._session, others.values(**values))

    def send_again(self, id: int, at: datetime) -> None:
        """Make a delivery due, whether it arrived or not; the receiver gets the same id.

        Raises:
            NotFound: no such delivery.
        """
        row = find(self._session, DeliveryRow, id, lock=True)
        row.state, row.attempts = AlertState.PENDING, 0
        row.next_attempt_at, row.error = at, None
        self._session.flush()

    def due(self, now: datetime) -> list[int]:
        """The pending deliveries whose time has come, longest waiting first."""
        query = (
            select(DeliveryRow.id)
            .where(*_due(now))
            .order_by(col(DeliveryRow.next_attempt_at), col(DeliveryRow.id))
        )
        return [stored_id(id) for id in self._session.exec(query)]

    def get(self, id: int) -> Delivery:
        """One delivery.

        Raises:
            NotFound: no such delivery.
        """
        found = load_deliveries(self._session, col(DeliveryRow.id) == id)
        if not found:
            raise absent(Stored.DELIVERY, id)
        return found[0]

    def recent(self, limit: int) -> list[Delivery]:
        """The deliveries that were asked for last, newest first."""
        query = select(DeliveryRow.id).order_by(col(DeliveryRow.id).desc()).limit(limit)
        ids = list(self._session.exec(query))
        return load_deliveries(self._session, col(DeliveryRow.id).in_(ids))[::-1]

    def stretch(
        self,
        limit: int,
        cursor: str | None = None,
        subscription_id: int | None = None,
        state: AlertState | None = None,
    ) -> Stretch[Delivery]:
        """The deliveries of a subscription or of all, in a state or in any, newest first.

        Raises:
            InvalidInput: the list never gave that cursor.
        """
        query = sa_select(col(DeliveryRow.id))
        if subscription_id is not None:
            messages = select(MessageRow.id).where(MessageRow.subscription_id == subscription_id)
            query = query.where(col(DeliveryRow.message_id).in_(messages))
        if state is not None:
            query = query.where(col(DeliveryRow.state) == state)
        ids = ids_of_stretch(self._session, query, _ASKED_FOR, limit, cursor)
        found = load_deliveries(self._session, col(DeliveryRow.id).in_(ids.items))
        return Stretch(found[::-1], ids.cursor)

    def _log(self, claimed: Delivery, status: int | None, error: str | None, at: datetime) -> None:
        this = update(AttemptRow).where(col(AttemptRow.id) == claimed.log[-1].id)
        changed(self._session, this.values(ended_at=at, status=status, error=error))

    def _end(self, id: int, **values: object) -> None:
        pending = (col(DeliveryRow.id) == id, col(DeliveryRow.state) == AlertState.PENDING)
        changed(self._session, update(DeliveryRow).where(*pending).values(**values))


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """What is true of a delivery whose time has come; a muted subscription gets only tests."""
    muted = (
        select(MessageRow.id)
        .join(SubscriptionRow, col(SubscriptionRow.id) == col(MessageRow.subscription_id))
        .where(col(SubscriptionRow.muted_until) > now, MessageRow.kind != MessageKind.TEST)
    )
    return (
        col(DeliveryRow.state) == AlertState.PENDING,
        col(DeliveryRow.next_attempt_at) <= now,
        col(DeliveryRow.message_id).not_in(muted),
    )


def load_deliveries(session: Session, condition: ColumnElement[bool]) -> list[Delivery]:
    """The deliveries of which ``condition`` is true, with their logs, oldest first."""
    query = (
        select(DeliveryRow, MessageRow)
        .join(MessageRow, col(MessageRow.id) == col(DeliveryRow.message_id))
        .where(condition)
        .order_by(col(DeliveryRow.id))
        .execution_options(populate_existing=True)
    )
    found = list(session.exec(query))
    logs = _logs(session, [stored_id(row.id) for row, _ in found])
    conflicts = _conflicts(session, {row.message_id for row, _ in found})
    return [
        Delivery(
            id=stored_id(row.id),
            message_id=row.message_id,
            subscription_id=message.subscription_id,
            kind=message.kind,
            channel=row.channel,
            state=row.state,
            attempts=row.attempts,
            next_attempt_at=row.next_attempt_at,
            sent_at=row.sent_at,
            error=row.error,
            conflict_ids=tuple(conflicts[row.message_id]),
            log=tuple(logs[stored_id(row.id)]),
        )
        for row, message in found
    ]


def _logs(session: Session, ids: Collection[int]) -> dict[int, list[Attempt]]:
    query = select(AttemptRow).where(col(AttemptRow.delivery_id).in_(ids))
    logs: dict[int, list[Attempt]] = defaultdict(list)
    for row in session.exec(query.order_by(col(AttemptRow.id))):
        logs[row.delivery_id].append(
            Attempt(
                id=stored_id(row.id),
                at=row.at,
                ended_at=row.ended_at,
                status=row.status,
                error=row.error,
            )
        )
    return logs


def _conflicts(session: Session, message_ids: Collection[int]) -> dict[int, list[int]]:
    query = select(AlertRow.message_id, AlertRow.conflict_id).where(
        col(AlertRow.message_id).in_(message_ids)
    )
    told: dict[int, list[int]] = defaultdict(list)
    for message_id, conflict_id in session.exec(query.order_by(col(AlertRow.id))):
        if message_id is not None:
            told[message_id].append(conflict_id)
    return told
