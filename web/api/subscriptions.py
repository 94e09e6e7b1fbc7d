"""Subscriptions: who is alerted to which conflicts."""

from dataclasses import replace
from datetime import time, timedelta
from http import HTTPStatus
from typing import Self

from tracker import types
from tracker.alerts import OVERLAP, is_webhook, new_secret, place_of
from tracker.types import Deed
from web.api.answers import Answer, Moment
from web.api.bodies import Nothing
from web.api.operations import blueprint
from web.api.subscribing import ChangingSubscription, Muting, NewSubscription
from web.current import tracker
from web.identity import log
from web.problems import refused
from web.rule_form import LONGEST_MUTE
from web.subscriptions import known, signed

CLOCK = "%H:%M"
ONE = "/api/subscriptions/<id:subscription_id>"


class Subscription(Answer):
    """Who is alerted to which conflicts; empty lists mean all."""

    id: int
    name: str
    channels: list[str]
    """Where to, without credentials, path and query, which may be secrets."""
    closed: list[str]
    """Those of them that answered that they want no more."""
    relations: list[types.RelationLabel]
    changes: list[types.Change]
    speakers: list[str]
    outlets: list[str]
    topics: list[str]
    languages: list[str]
    minimum_severity: float
    language: types.Tongue
    """In which the messages are written."""
    rhythm: types.Rhythm
    digest_at: str
    zone: str
    quiet_from: str | None
    quiet_to: str | None
    muted_until: Moment | None

    @classmethod
    def of(cls, value: types.Subscription) -> Self:
        """A subscription without its secrets."""
        told = {name: _told(getattr(value, name)) for name in cls.model_fields if name != "id"}
        places = {
            "channels": [place_of(each) for each in value.channels],
            "closed": sorted(map(place_of, value.closed)),
        }
        return cls.model_validate({"id": value.id} | told | places)


class Subscriptions(Answer):
    """Every subscription."""

    subscriptions: list[Subscription]


class SignedSubscription(Subscription):
    """A subscription as it stands after a change."""

    made_secret: str | None
    """The signing secret that was made for webhooks, which is told only now."""


@blueprint.operation("GET", "/api/subscriptions", answer=Subscriptions)
def subscriptions() -> Subscriptions:
    """Every subscription, the oldest first."""
    with tracker().storage.snapshot() as tx:
        found = tx.subscriptions.all()
    return Subscriptions(subscriptions=[Subscription.of(each) for each in found])


@blueprint.operation(
    "POST",
    "/api/subscriptions",
    body=NewSubscription,
    answer=SignedSubscription,
    status=HTTPStatus.CREATED,
)
def add_subscription(body: NewSubscription) -> SignedSubscription:
    """Alert somebody to the conflicts that are found from now on."""
    draft, made = signed(body.applied(types.SubscriptionDraft(name="", channels=())))
    with tracker().storage.transaction() as tx:
        added = tx.subscriptions.add(draft)
        log(tx, Deed.SUBSCRIBED, added)
    return answered(added, made)


@blueprint.operation("GET", ONE, answer=Subscription)
def subscription(subscription_id: int) -> Subscription:
    """One subscription."""
    return Subscription.of(known(subscription_id))


@blueprint.operation("POST", f"{ONE}/change", body=ChangingSubscription, answer=SignedSubscription)
def change_subscription(subscription_id: int, body: ChangingSubscription) -> SignedSubscription:
    """Change a subscription; what is absent stays as it is."""
    rule = known(subscription_id)
    wanted = body.applied(rule)
    if not any(map(is_webhook, wanted.channels)):
        wanted = replace(wanted, secret=None)
    draft, made = signed(wanted)
    with tracker().storage.transaction() as tx:
        tx.subscriptions.change(subscription_id, draft)
        tx.deliveries.keep_only(subscription_id, draft.channels)
        log(tx, Deed.SUBSCRIPTION_CHANGED, rule)
        return answered(tx.subscriptions.get(subscription_id), made)


@blueprint.operation("POST", f"{ONE}/mute", body=Muting, answer=Subscription)
def mute_subscription(subscription_id: int, body: Muting) -> Subscription:
    """Send nothing until a moment, or send again; what waits goes out then."""
    now, until = tracker().clock(), body.until
    if until is not None and not now < until <= now + timedelta(days=LONGEST_MUTE):
        raise refused("until", f"a time in the next {LONGEST_MUTE} days was expected")
    with tracker().storage.transaction() as tx:
        tx.subscriptions.mute(subscription_id, until)
        found = tx.subscriptions.get(subscription_id)
        log(tx, Deed.SUBSCRIPTION_MUTED if until else Deed.SUBSCRIPTION_UNMUTED, found)
        return Subscription.of(found)


@blueprint.operation("POST", f"{ONE}/secret", body=Nothing, answer=SignedSubscription)
def rotate_secret(subscription_id: int, body: Nothing) -> SignedSubscription:
    """Sign with a new secret; for a day the old one signs too."""
    rule, secret = known(subscription_id), new_secret()
    if not any(map(is_webhook, rule.channels)):
        raise refused("secret", "only a webhook is signed, and this has none")
    with tracker().storage.transaction() as tx:
        tx.subscriptions.rotate(subscription_id, secret, tracker().clock() + OVERLAP)
        log(tx, Deed.SECRET_CHANGED, rule)
    return answered(rule, secret)


@blueprint.operation("POST", f"{ONE}/open", body=Nothing, answer=Subscription)
def open_subscription(subscription_id: int, body: Nothing) -> Subscription:
    """Send to channels again whose receivers wanted no more."""
    with tracker().storage.transaction() as tx:
        tx.subscriptions.open_again(subscription_id)
        found = tx.subscriptions.get(subscription_id)
        log(tx, Deed.CHANNELS_OPENED, found)
        return Subscription.of(found)


@blueprint.operation("DELETE", ONE, status=HTTPStatus.NO_CONTENT)
def remove_subscription(subscription_id: int) -> None:
    """Forget a subscription."""
    with tracker().storage.transaction() as tx:
        rule = tx.subscriptions.get(subscription_id)
        tx.subscriptions.remove(subscription_id)
        log(tx, Deed.UNSUBSCRIBED, rule)


def answered(rule: types.Subscription, made: str | None) -> SignedSubscription:
    """A subscription with the secret that was made for it."""
    return SignedSubscription(**Subscription.of(rule).model_dump(), made_secret=made)


def _told(value: object) -> object:
    match value:
        case frozenset():
            return sorted(value)
        case time():
            return value.strftime(CLOCK)
        case _:
            return value
