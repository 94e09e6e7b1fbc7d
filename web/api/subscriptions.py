"""Subscriptions: who is alerted to which conflicts."""

from http import HTTPStatus
from typing import Self

from tracker import types
from tracker.alerts import check_subscription, is_webhook, new_secret, place_of
from web.api import bodies
from web.api.answers import Answer
from web.api.operations import blueprint
from web.current import tracker


class Subscription(Answer):
    """Who is alerted to which conflicts."""

    id: int
    name: str
    channel: str
    """Where to, without credentials, path and query, which may be secrets."""
    relations: list[types.RelationLabel]
    speakers: list[str]
    """Names; everybody when empty."""
    minimum_severity: float

    @classmethod
    def of(cls, value: types.Subscription) -> Self:
        """A subscription without its secrets."""
        return cls(
            id=value.id,
            name=value.name,
            channel=place_of(value.channel),
            relations=sorted(value.relations),
            speakers=sorted(value.speakers),
            minimum_severity=value.minimum_severity,
        )


class Subscriptions(Answer):
    """Every subscription."""

    subscriptions: list[Subscription]


class AddedSubscription(Subscription):
    """A subscription that was added."""

    made_secret: str | None
    """The signing secret that was made for a webhook, which is told only now."""


@blueprint.operation("GET", "/api/subscriptions", answer=Subscriptions)
def subscriptions() -> Subscriptions:
    """Every subscription, the oldest first."""
    with tracker().storage.snapshot() as tx:
        found = tx.subscriptions.all()
    return Subscriptions(subscriptions=[Subscription.of(each) for each in found])


@blueprint.operation(
    "POST",
    "/api/subscriptions",
    body=bodies.NewSubscription,
    answer=AddedSubscription,
    status=HTTPStatus.CREATED,
)
def add_subscription(body: bodies.NewSubscription) -> AddedSubscription:
    """Alert somebody to the conflicts that are found from now on."""
    made = new_secret() if is_webhook(body.channel) and body.secret is None else None
    draft = types.SubscriptionDraft(
        name=body.name.strip(),
        channel=body.channel.strip(),
        relations=frozenset(body.relations),
        speakers=frozenset(name.strip() for name in body.speakers),
        minimum_severity=body.minimum_severity,
        secret=body.secret or made,
    )
    check_subscription(draft)
    with tracker().storage.transaction() as tx:
        added = Subscription.of(tx.subscriptions.add(draft))
    return AddedSubscription(**added.model_dump(), made_secret=made)


@blueprint.operation(
    "DELETE", "/api/subscriptions/<id:subscription_id>", status=HTTPStatus.NO_CONTENT
)
def remove_subscription(subscription_id: int) -> None:
    """Forget a subscription."""
    with tracker().storage.transaction() as tx:
        tx.subscriptions.remove(subscription_id)
