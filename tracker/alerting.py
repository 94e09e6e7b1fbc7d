"""The last steps of the line: what is told to whom, when it goes out, and how often it is tried.

An alert waits for a message; a message goes to each channel of its subscription in a delivery of
its own. The message and its deliveries are stored in one transaction before anything is sent, so
that a sender that dies is followed by one that sends the same under the same id.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from tracker.alerts import (
    Notifier,
    backoff,
    change_for,
    free_from,
    goes_at_once,
    is_due,
    stands,
    wants,
)
from tracker.errors import ChannelGone, DeliveryError
from tracker.storage import Storage, Transaction
from tracker.types import (
    Alert,
    AlertedConflict,
    Conflict,
    Delivery,
    HistoryEntry,
    MessageKind,
    Parcel,
    Subscription,
)

LEASE = timedelta(minutes=2)
"""How long a sender has a delivery to itself."""
NOTHING_LEFT = "all its conflicts were dismissed, snoozed or merged meanwhile"


@dataclass(frozen=True)
class Alerting:
    """The steps ``alert``, ``bundle`` and ``deliver``, over a store and a notifier."""

    storage: Storage
    notifier: Notifier
    clock: Callable[[], datetime]
    attempts: int
    """How often a delivery is tried before it counts as failed."""

    def alert(self, conflict_id: int) -> list[int]:
        """Store one alert for each subscription that is to hear of what happened to a conflict.

        Answers the deliveries that are due at once.
        """
        now = self.clock()
        with self.storage.transaction() as tx:
            conflict = tx.conflicts.get(conflict_id)
            claims = tx.sightings.printing(conflict.sides[0] + conflict.sides[1])
            untold = tx.alerts.untold(conflict)
            due = [
                delivery_id
                for subscription in tx.subscriptions.all()
                if wants(subscription, conflict, claims)
                for delivery_id in self._tell(tx, subscription.id, conflict, untold, now)
            ]
            tx.conflicts.mark_alerted(conflict, now)
        return due

    def bundle(self, subscription_id: int) -> list[int]:
        """Put all that waits for a subscription into one message, if its time has come.

        Answers the deliveries, which are due at once.
        """
        now = self.clock()
        with self.storage.snapshot() as tx:
            standing = {
                alert.id for alert in self._standing(tx, tx.alerts.waiting(subscription_id))
            }
        with self.storage.transaction() as tx:
            subscription = tx.subscriptions.hold(subscription_id)
            waiting = [a for a in tx.alerts.waiting(subscription_id) if a.id in standing]
            if not any(is_due(subscription, alert.stored_at, now) for alert in waiting):
                return []
            ids = [alert.id for alert in waiting]
            return tx.messages.make(subscription, MessageKind.DIGEST, ids, now)

    def due(self, now: datetime) -> list[int]:
        """The subscriptions for which something waits whose time has come."""
        with self.storage.snapshot() as tx:
            known = {each.id: each for each in tx.subscriptions.all()}
            due = [
                alert
                for alert in tx.alerts.waiting()
                if is_due(known[alert.subscription_id], alert.stored_at, now)
            ]
            return sorted({alert.subscription_id for alert in self._standing(tx, due)})

    def try_out(self, subscription_id: int) -> list[int]:
        """Make a test message for each channel of a subscription; answers the deliveries.

        Raises:
            NotFound: no such subscription.
        """
        with self.storage.transaction() as tx:
            subscription = tx.subscriptions.hold(subscription_id)
            return tx.messages.make(subscription, MessageKind.TEST, (), self.clock())

    def deliver(self, delivery_id: int) -> None:
        """Send one message that is due to one channel; a failed attempt is due again later."""
        with self.storage.transaction() as tx:
            delivery = tx.deliveries.claim(delivery_id, now=self.clock(), lease=LEASE)
            if delivery is None:
                return
            subscription = tx.subscriptions.get(delivery.subscription_id)
            made_at = tx.messages.made_at(delivery.message_id)
        with self.storage.snapshot() as tx:
            parcel = Parcel(
                delivery=delivery,
                subscription=subscription,
                made_at=made_at,
                alerted=tuple(self._alerted(tx, delivery)),
            )
        if parcel.alerted or delivery.kind is MessageKind.TEST:
            self._send(parcel)
        else:
            with self.storage.transaction() as tx:
                tx.deliveries.withdraw(delivery, NOTHING_LEFT, self.clock())

    # --- inside the steps -------------------------------------------------------------------

    def _tell(
        self,
        tx: Transaction,
        subscription_id: int,
        conflict: Conflict,
        untold: list[HistoryEntry],
        now: datetime,
    ) -> list[int]:
        subscription = tx.subscriptions.hold(subscription_id)
        told = tx.alerts.was_told(subscription.id, conflict)
        change = change_for(subscription, conflict, untold, told=told)
        if change is None:
            return []
        alert_id = tx.alerts.add(subscription.id, conflict, change, now)
        if alert_id is None or not goes_at_once(subscription, now):
            return []
        return tx.messages.make(subscription, MessageKind.ALERT, [alert_id], now)

    def _standing(self, tx: Transaction, alerts: list[Alert]) -> list[Alert]:
        """The alerts that are still to be told."""
        conflicts = {id: tx.conflicts.get(id) for id in {alert.conflict_id for alert in alerts}}
        return [alert for alert in alerts if stands(alert.change, conflicts[alert.conflict_id])]

    def _alerted(self, tx: Transaction, delivery: Delivery) -> Iterator[AlertedConflict]:
        for alert in self._standing(tx, tx.alerts.of_message(delivery.message_id)):
            conflict = tx.conflicts.get(alert.conflict_id)
            claims = tx.sightings.printing(conflict.sides[0] + conflict.sides[1])
            yield AlertedConflict(alert=alert, conflict=conflict, claims=tuple(claims))

    def _send(self, parcel: Parcel) -> None:
        try:
            status = self.notifier.send(parcel)
        except DeliveryError as error:
            self._fail(parcel.delivery, parcel.subscription, error)
        else:
            with self.storage.transaction() as tx:
                tx.deliveries.mark_sent(parcel.delivery, status, self.clock())

    def _fail(self, delivery: Delivery, subscription: Subscription, error: DeliveryError) -> None:
        now = self.clock()
        gone = isinstance(error, ChannelGone)
        given_up = gone or delivery.kind is MessageKind.TEST or delivery.attempts >= self.attempts
        later = None if given_up else free_from(subscription, now + backoff(delivery.attempts))
        with self.storage.transaction() as tx:
            tx.deliveries.mark_failed(delivery, error.status, str(error), now, later)
            if gone:
                tx.subscriptions.close(subscription.id, delivery.channel)
                left = tx.subscriptions.get(subscription.id).open_channels
                tx.deliveries.keep_only(subscription.id, left)
