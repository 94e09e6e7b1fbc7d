"""Who is alerted to which conflicts: list, add and remove subscriptions, and see what was sent."""

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.alerts import check_subscription, is_webhook, new_secret
from tracker.errors import InvalidSubscription
from tracker.types import CONFLICTING, Deed, RelationLabel, SubscriptionDraft
from web.current import tracker
from web.forms import read_share, read_text
from web.identity import actor
from web.problems import refused

blueprint = Blueprint("subscriptions", __name__, url_prefix="/subscriptions")

SHOWN = 50
LONGEST_NAME = 80
LONGEST_CHANNEL = 2000
LONGEST_SPEAKERS = 4000


@blueprint.get("")
def index() -> str:
    """The subscriptions and the alerts that went out last."""
    return show({}, None)


@blueprint.post("")
def add() -> ResponseReturnValue:
    """Add a subscription; a wrong field is named beside it and nothing typed is lost."""
    draft = read_draft()
    made = new_secret() if is_webhook(draft.channel) and draft.secret is None else None
    draft = replace(draft, secret=draft.secret or made)
    try:
        check_subscription(draft)
    except InvalidSubscription as error:
        return show(request.form.to_dict(), error), HTTPStatus.BAD_REQUEST
    with tracker().storage.transaction() as tx:
        tx.subscriptions.add(draft)
        tx.audit.add(actor().did(Deed.SUBSCRIBED, draft.name), tracker().clock())
    flash(f"“{draft.name}” is alerted to conflicts found from now on.")
    if made:
        flash(f"Give the receiver this signing secret, which is shown only now: {made}")
    return redirect(url_for("subscriptions.index"), HTTPStatus.SEE_OTHER)


@blueprint.post("/<id:subscription_id>/remove")
def remove(subscription_id: int) -> ResponseReturnValue:
    """Remove a subscription."""
    with tracker().storage.transaction() as tx:
        name = tx.subscriptions.get(subscription_id).name
        tx.subscriptions.remove(subscription_id)
        tx.audit.add(actor().did(Deed.UNSUBSCRIBED, name), tracker().clock())
    flash(f"“{name}” is no longer alerted.")
    return redirect(url_for("subscriptions.index"), HTTPStatus.SEE_OTHER)


def show(typed: dict[str, str], error: InvalidSubscription | None) -> str:
    """The page, with the form as it was ``typed`` and what was wrong with it."""
    with tracker().storage.snapshot() as tx:
        subscriptions = tx.subscriptions.all()
        return render_template(
            "subscriptions/list.html",
            subscriptions=subscriptions,
            names={each.id: each.name for each in subscriptions},
            alerts=tx.alerts.recent(SHOWN),
            relations=sorted(CONFLICTING),
            chosen=request.form.getlist("relations") if typed else sorted(CONFLICTING),
            typed=typed,
            error=error,
        )


def read_draft() -> SubscriptionDraft:
    """The subscription that the form describes; whether it can work is checked elsewhere.

    Raises:
        RefusedError: a field cannot be read.
    """
    relations = request.form.getlist("relations")
    if not set(relations) <= set(RelationLabel):
        raise refused("relations", f"one of {', '.join(sorted(CONFLICTING))} was expected")
    speakers = read_text("speakers", LONGEST_SPEAKERS).splitlines()
    return SubscriptionDraft(
        name=read_text("name", LONGEST_NAME),
        channel=read_text("channel", LONGEST_CHANNEL),
        relations=frozenset(map(RelationLabel, relations)),
        speakers=frozenset(name.strip() for name in speakers if name.strip()),
        minimum_severity=read_share("minimum_severity"),
        secret=read_text("secret", LONGEST_NAME * 2) or None,
    )
