"""Subscriptions: who is alerted to which conflicts."""

from http import HTTPStatus

from tracker.alerts import check_subscription, is_webhook, new_secret
from tracker.types import SubscriptionDraft
from web.api import answers, bodies, lists
from web.api.operations import blueprint
from web.current import tracker


@blueprint.operation("GET", "/api/subscriptions", answer=lists.Subscriptions)
def subscriptions() -> lists.Subscriptions:
    """Every subscription, the oldest first."""
    with tracker().storage.snapshot() as tx:
        found = tx.subscriptions.all()
    return lists.Subscriptions(subscriptions=[answers.Subscription.of(each) for each in found])


@blueprint.operation(
    "POST",
    "/api/subscriptions",
    body=bodies.NewSubscription,
    answer=lists.AddedSubscription,
    status=HTTPStatus.CREATED,
)
def add_subscription(body: bodies.NewSubscription) -> lists.AddedSubscription:
    """Alert somebody to the conflicts that are found from now on."""
    made = new_secret() if is_webhook(body.channel) and body.secret is None else None
    draft = SubscriptionDraft(
        name=body.name.strip(),
        channel=body.channel.strip(),
        relations=frozenset(body.relations),
        speakers=frozenset(name.strip() for name in body.speakers),
        minimum_severity=body.minimum_severity,
        secret=body.secret or made,
    )
    check_subscription(draft)
    with tracker().storage.transaction() as tx:
        added = answers.Subscription.of(tx.subscriptions.add(draft))
    return lists.AddedSubscription(**added.model_dump(), made_secret=made)


@blueprint.operation(
    "DELETE", "/api/subscriptions/<id:subscription_id>", status=HTTPStatus.NO_CONTENT
)
def remove_subscription(subscription_id: int) -> None:
    """Forget a subscription."""
    with tracker().storage.transaction() as tx:
        tx.subscriptions.remove(subscription_id)
