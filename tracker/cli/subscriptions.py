"""Commands on subscriptions: who is told of which conflicts."""

from collections.abc import Iterable

import click

from tracker.alerts import check_subscription, is_webhook, new_secret, place_of
from tracker.cli.accounts import operator
from tracker.cli.opening import opened_storage
from tracker.languages import languages as served
from tracker.pipeline import utc_now
from tracker.types import (
    CONFLICTING,
    NEWS,
    Change,
    Deed,
    RelationLabel,
    Rhythm,
    Subscription,
    SubscriptionDraft,
    Tongue,
)

RELATIONS = sorted(map(str, CONFLICTING))
CHANGES = sorted(map(str, Change))


@click.command()
@click.argument("name")
@click.argument("urls", metavar="URL...", nargs=-1, required=True)
@click.option("--relation", "relations", multiple=True, type=click.Choice(RELATIONS))
@click.option("--change", "changes", multiple=True, type=click.Choice(CHANGES))
@click.option("--speaker", "speakers", multiple=True, help="Only conflicts with this speaker.")
@click.option("--outlet", "outlets", multiple=True, help="Only with a claim in this outlet.")
@click.option("--topic", "topics", multiple=True, help="Only with words that begin so.")
@click.option("--language", "languages", multiple=True, type=click.Choice(sorted(served())))
@click.option("--minimum-severity", type=click.FloatRange(0, 1), default=0.0, show_default=True)
@click.option(
    "--messages-in",
    "tongue",
    type=click.Choice([str(each) for each in Tongue]),
    default="en",
    show_default=True,
    help="Language of the messages.",
)
@click.option("--rhythm", type=click.Choice([str(each) for each in Rhythm]), default="live")
@click.option("--zone", default="UTC", show_default=True, help="Time zone of daily messages.")
@click.option("--secret", help="Signing secret of the webhooks; made for you if not given.")
def subscribe(
    name: str,
    urls: tuple[str, ...],
    relations: Iterable[str],
    changes: Iterable[str],
    speakers: Iterable[str],
    outlets: Iterable[str],
    topics: Iterable[str],
    languages: Iterable[str],
    minimum_severity: float,
    tongue: str,
    rhythm: str,
    zone: str,
    secret: str | None,
) -> None:
    """Send conflicts to webhooks (http, https) or to any URLs that apprise knows."""
    draft = SubscriptionDraft(
        name=name,
        channels=urls,
        relations=frozenset(map(RelationLabel, relations)) or CONFLICTING,
        changes=frozenset(map(Change, changes)) or NEWS,
        speakers=frozenset(speakers),
        outlets=frozenset(outlets),
        topics=frozenset(topics),
        languages=frozenset(languages),
        minimum_severity=minimum_severity,
        language=Tongue(tongue),
        rhythm=Rhythm(rhythm),
        zone=zone,
        secret=secret or (new_secret() if any(map(is_webhook, urls)) else None),
    )
    check_subscription(draft)
    with opened_storage() as storage, storage.transaction() as tx:
        stored = tx.subscriptions.add(draft)
        tx.audit.add(operator().did_to(Deed.SUBSCRIBED, stored), utc_now())
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
        tx.audit.add(operator().did_to(Deed.UNSUBSCRIBED, tx.subscriptions.get(id)), utc_now())
        tx.subscriptions.remove(id)
    click.echo(f"Subscription {id} is gone.")


def _described(subscription: Subscription) -> str:
    speakers = ", ".join(sorted(subscription.speakers)) or "everybody"
    chosen = (subscription.outlets, subscription.topics, subscription.languages)
    narrowed = [", ".join(sorted(each)) for each in chosen if each]
    return "; ".join(
        [
            f"{subscription.id}: {subscription.name} -> "
            + ", ".join(map(place_of, subscription.channels)),
            ", ".join(sorted(subscription.relations)),
            speakers,
            *narrowed,
            f"severity from {subscription.minimum_severity:g}",
            str(subscription.rhythm),
            f"in {subscription.language}",
        ]
    )
