"""What was sent to whom: messages on their way to channels, every attempt, and tests."""

from http import HTTPStatus
from typing import Self

from tracker import types
from tracker.alerts import place_of
from web.api.answers import Answer, Moment
from web.api.bodies import Nothing
from web.api.lists import Next, onward
from web.api.operations import blueprint
from web.api.queries import DeliveryQuery
from web.current import tracker
from web.subscriptions import check_reachable


class Attempt(Answer):
    """One try to send a message to a channel."""

    at: Moment
    ended_at: Moment | None
    """Null while it lasts, and where the sender was cut off."""
    status: int | None
    """Of the answer (HTTP), where there was one."""
    error: str | None

    @classmethod
    def of(cls, value: types.Attempt) -> Self:
        """An attempt."""
        told = {name: getattr(value, name) for name in cls.model_fields}
        return cls(**told)


class Delivery(Answer):
    """A message on its way to one channel."""

    id: int
    message: int
    """The same for every channel that the message goes to."""
    subscription: int
    kind: types.MessageKind
    channel: str
    """Where to, without credentials, path and query, which may be secrets."""
    state: types.AlertState
    conflicts: list[int]
    """Those that it tells of."""
    next_attempt_at: Moment | None
    sent_at: Moment | None
    error: str | None
    """Why it has not arrived."""
    attempts: list[Attempt]
    """Every one there ever was, the first first."""

    @classmethod
    def of(cls, value: types.Delivery) -> Self:
        """A delivery with its log."""
        return cls(
            id=value.id,
            message=value.message_id,
            subscription=value.subscription_id,
            kind=value.kind,
            channel=place_of(value.channel),
            state=value.state,
            conflicts=list(value.conflict_ids),
            next_attempt_at=value.next_attempt_at,
            sent_at=value.sent_at,
            error=value.error,
            attempts=[Attempt.of(each) for each in value.log],
        )


class Deliveries(Answer):
    """A stretch of the deliveries."""

    deliveries: list[Delivery]
    next: Next


class Tried(Answer):
    """Tests on their way."""

    deliveries: list[Delivery]
    """One a channel."""


class Alert(Answer):
    """A change of a conflict that a subscription is to hear of."""

    id: int
    subscription: int
    change: types.Change
    occurrence: int
    """Of the conflict; grows each time new evidence brings it back."""
    stored_at: Moment
    deliveries: list[Delivery]
    """None while it waits for its message."""

    @classmethod
    def of(cls, value: types.Alert) -> Self:
        """An alert and where it went."""
        return cls(
            id=value.id,
            subscription=value.subscription_id,
            change=value.change,
            occurrence=value.occurrence,
            stored_at=value.stored_at,
            deliveries=[Delivery.of(each) for each in value.deliveries],
        )


class Alerts(Answer):
    """Every alert of a conflict."""

    alerts: list[Alert]


@blueprint.operation("GET", "/api/deliveries", query=DeliveryQuery, answer=Deliveries)
def deliveries(query: DeliveryQuery) -> Deliveries:
    """What was sent or is on its way, with every attempt; the last asked for first."""
    with tracker().storage.snapshot() as tx:
        found = tx.deliveries.stretch(query.per_page, query.cursor, query.subscription, query.state)
    shown = [Delivery.of(each) for each in found.items]
    return Deliveries(deliveries=shown, next=onward(found.cursor))


@blueprint.operation("GET", "/api/deliveries/<id:delivery_id>", answer=Delivery)
def delivery(delivery_id: int) -> Delivery:
    """One message on its way to one channel."""
    with tracker().storage.snapshot() as tx:
        return Delivery.of(tx.deliveries.get(delivery_id))


@blueprint.operation(
    "POST",
    "/api/deliveries/<id:delivery_id>/again",
    body=Nothing,
    answer=Delivery,
    status=HTTPStatus.ACCEPTED,
)
def send_again(delivery_id: int, body: Nothing) -> Delivery:
    """Send a message to a channel once more, under the same id, whether it arrived or not."""
    tracker().send_again(delivery_id)
    return delivery(delivery_id)


@blueprint.operation(
    "POST",
    "/api/subscriptions/<id:subscription_id>/test",
    body=Nothing,
    answer=Tried,
    status=HTTPStatus.ACCEPTED,
)
def try_out(subscription_id: int, body: Nothing) -> Tried:
    """Send a test message to every channel that is not closed."""
    check_reachable(subscription_id)
    made = tracker().try_out(subscription_id)
    with tracker().storage.snapshot() as tx:
        return Tried(deliveries=[Delivery.of(tx.deliveries.get(each)) for each in made])


@blueprint.operation("GET", "/api/conflicts/<id:conflict_id>/alerts", answer=Alerts)
def alerts_of_conflict(conflict_id: int) -> Alerts:
    """Who was alerted to a conflict, and where that went; the first first."""
    with tracker().storage.snapshot() as tx:
        tx.conflicts.get(conflict_id)
        found = tx.alerts.of_conflict(conflict_id)
    return Alerts(alerts=[Alert.of(each) for each in found])
