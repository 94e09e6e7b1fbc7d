"""Commands on subscriptions: who is told of which conflicts."""

from collections.abc import Iterable

import click

from tracker.alerts import check_subscription, is_webhook, new_secret, place_of
from tracker.cli.accounts import operator
from tracker.cli.opening import opened_storage
from tracker.pipeline import utc_now
from tracker.types import CONFLICTING, Deed, RelationLabel, Subscription, SubscriptionDraft

RELATIONS = sorted(map(str, CONFLICTING))


@click.command()
@click.argument("name")
@click.argument("url")
@click.option("--relation", "relations", multiple=True, type=click.Choice(RELATIONS))
@click.option("--speaker", "speakers", multiple=True, help="Only conflicts with this speaker.")
@click.option("--minimum-severity", type=click.FloatRange(0, 1), default=0.0, show_default=True)
@click.option("--secret", help="Signing secret of a webhook; made for you if not given.")
def subscribe(
    name: str,
    url: str,
    relations: Iterable[str],
    speakers: Iterable[str],
    minimum_severity: float,
    secret: str | None,
) -> None:
    """Send new conflicts to a webhook (http, https) or to any URL that apprise knows."""
    draft = SubscriptionDraft(
        name=name,
        channel=url,
        relations=frozenset(map(RelationLabel, relations)) or CONFLICTING,
        speakers=frozenset(speakers),
        minimum_severity=minimum_severity,
        secret=secret or (new_secret() if is_webhook(url) else None),
    )
    check_subscription(draft)
    with opened_storage() as storage, storage.transaction() as tx:
        stored = tx.subscriptions.add(draft)
        tx.audit.add(operator().did(Deed.SUBSCRIBED, name), utc_now())
    click.echo(_described(stored))
    if draft.secret and not secret:
        click.echo(f"Messages are signed with {draft.secret} (shown only now).")


@click.command()
def subscriptions() -> None:
    """List who is told of conflicts."""
    with opened_storage() as storage, storage.transaction() as tx:
        for subscription in tx.subscriptions.all():
            click.echo(_described(subscription))


@click.command()
@click.argument("id", type=int)
def unsubscribe(id: int) -> None:
    """End a subscription."""
    with opened_storage() as storage, storage.transaction() as tx:
        tx.audit.add(operator().did(Deed.UNSUBSCRIBED, tx.subscriptions.get(id).name), utc_now())
        tx.subscriptions.remove(id)
    click.echo(f"Subscription {id} is gone.")


def _described(subscription: Subscription) -> str:
    speakers = ", ".join(sorted(subscription.speakers)) or "everybody"
    return (
        f"{subscription.id}: {subscription.name} -> {place_of(subscription.channel)}; "
        f"{', '.join(sorted(subscription.relations))}; {speakers}; "
        f"severity from {subscription.minimum_severity:g}"
    )
