"""Who is alerted to which conflicts: add, change, mute and try out, and see what was sent."""

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from tracker.alerts import OVERLAP, check_subscription, fingerprint_of, is_webhook, new_secret
from tracker.errors import InvalidSubscription
from tracker.languages import languages
from tracker.types import (
    CONFLICTING,
    Change,
    Deed,
    Rhythm,
    Subscription,
    SubscriptionDraft,
    Tongue,
)
from web.current import tracker
from web.identity import log
from web.problems import Problem, RefusedError, problem_of, refused
from web.reading_language import chosen
from web.rule_form import filled, read_mute, read_rule
from web.rule_sentence import sentence

blueprint = Blueprint("subscriptions", __name__, url_prefix="/subscriptions")

SHOWN = 50
CHANGES = (
    Change.OPENED,
    Change.NEW_EVIDENCE,
    Change.CAME_BACK,
    Change.CONFIRMED,
    Change.DISMISSED,
)
"""In the order in which they come about."""


@blueprint.get("")
def index() -> str:
    """The subscriptions and the messages that went out last."""
    return show(filled(SubscriptionDraft(name="", channels=(), language=Tongue(chosen()))))


@blueprint.post("")
def add() -> ResponseReturnValue:
    """Add a subscription; a wrong field is named beside it and nothing typed is lost."""
    try:
        draft, made = signed(read_rule())
    except (RefusedError, InvalidSubscription) as error:
        return show(request.form, problem_of(error)), HTTPStatus.BAD_REQUEST
    with tracker().storage.transaction() as tx:
        log(tx, Deed.SUBSCRIBED, tx.subscriptions.add(draft))
    flash(gettext("“%(name)s” is alerted to conflicts found from now on.", name=draft.name))
    tell(made)
    return back()


@blueprint.get("/<id:subscription_id>")
def edit(subscription_id: int) -> str:
    """The form of one subscription."""
    rule = known(subscription_id)
    return show_one(rule, filled(rule))


@blueprint.post("/<id:subscription_id>")
def change(subscription_id: int) -> ResponseReturnValue:
    """Change a subscription; what is refused is told as when it is added."""
    rule = known(subscription_id)
    try:
        draft, made = signed(read_rule(rule))
    except (RefusedError, InvalidSubscription) as error:
        return show_one(rule, request.form, problem_of(error)), HTTPStatus.BAD_REQUEST
    with tracker().storage.transaction() as tx:
        tx.subscriptions.change(subscription_id, draft)
        tx.deliveries.keep_only(subscription_id, draft.channels)
        log(tx, Deed.SUBSCRIPTION_CHANGED, rule)
    flash(gettext("“%(name)s” is changed.", name=draft.name))
    tell(made)
    return back()


@blueprint.post("/<id:subscription_id>/mute")
def mute(subscription_id: int) -> ResponseReturnValue:
    """Send nothing for some days or until one, or send again."""
    rule = known(subscription_id)
    until = read_mute(rule, tracker().clock())
    with tracker().storage.transaction() as tx:
        tx.subscriptions.mute(subscription_id, until)
        log(tx, Deed.SUBSCRIPTION_MUTED if until else Deed.SUBSCRIPTION_UNMUTED, rule)
    return back()


@blueprint.post("/<id:subscription_id>/secret")
def rotate(subscription_id: int) -> ResponseReturnValue:
    """Sign with a new secret; for a day the old one signs too."""
    rule = known(subscription_id)
    if not any(map(is_webhook, rule.channels)):
        raise refused("secret", "only a webhook is signed, and this has none")
    secret = new_secret()
    with tracker().storage.transaction() as tx:
        tx.subscriptions.rotate(subscription_id, secret, tracker().clock() + OVERLAP)
        log(tx, Deed.SECRET_CHANGED, rule)
    tell(secret)
    flash(gettext("For 24 hours messages are signed with the old secret too."))
    return back()


@blueprint.post("/<id:subscription_id>/test")
def try_out(subscription_id: int) -> ResponseReturnValue:
    """Send a test message to every channel."""
    rule = check_reachable(subscription_id)
    tracker().try_out(subscription_id)
    flash(gettext("A test message to “%(name)s” is on its way; see below.", name=rule.name))
    return back()


@blueprint.post("/<id:subscription_id>/open")
def open_again(subscription_id: int) -> ResponseReturnValue:
    """Send to channels again whose receivers wanted no more."""
    with tracker().storage.transaction() as tx:
        tx.subscriptions.open_again(subscription_id)
        log(tx, Deed.CHANNELS_OPENED, tx.subscriptions.get(subscription_id))
    flash(gettext("Messages go to all channels again."))
    return back()


@blueprint.post("/<id:subscription_id>/remove")
def remove(subscription_id: int) -> ResponseReturnValue:
    """Remove a subscription."""
    with tracker().storage.transaction() as tx:
        rule = tx.subscriptions.get(subscription_id)
        tx.subscriptions.remove(subscription_id)
        log(tx, Deed.UNSUBSCRIBED, rule)
    flash(gettext("“%(name)s” is no longer alerted.", name=rule.name))
    return back()


@blueprint.post("/deliveries/<id:delivery_id>/again")
def send_again(delivery_id: int) -> ResponseReturnValue:
    """Send a message to a channel once more."""
    tracker().send_again(delivery_id)
    flash(gettext("The message is sent again, under the same id."))
    return back()


def known(subscription_id: int) -> Subscription:
    """A stored subscription.

    Raises:
        NotFound: no such subscription.
    """
    with tracker().storage.snapshot() as tx:
        return tx.subscriptions.get(subscription_id)


def check_reachable(subscription_id: int) -> Subscription:
    """A stored subscription with a channel that is not closed.

    Raises:
        NotFound: no such subscription.
        RefusedError: all its channels are closed.
    """
    rule = known(subscription_id)
    if not rule.open_channels:
        raise refused("channels", "all are closed; send to them again first")
    return rule


def signed(draft: SubscriptionDraft) -> tuple[SubscriptionDraft, str | None]:
    """The subscription with the signing secret it needs, and that secret if it had to be made.

    Raises:
        InvalidSubscription: it cannot work.
    """
    signs = any(map(is_webhook, draft.channels))
    made = new_secret() if signs and draft.secret is None else None
    draft = replace(draft, secret=draft.secret or made)
    check_subscription(draft)
    return draft, made


def show(typed: MultiDict[str, str], error: Problem | None = None) -> str:
    """The page, with the form as it was ``typed`` and what was wrong with it."""
    with tracker().storage.snapshot() as tx:
        rules = tx.subscriptions.all()
        return render_template(
            "subscriptions/list.html",
            rules=[(each, sentence(each)) for each in rules],
            names={each.id: each.name for each in rules},
            deliveries=tx.deliveries.recent(SHOWN),
            now=tracker().clock(),
            **form(typed, error),
        )


def show_one(rule: Subscription, typed: MultiDict[str, str], error: Problem | None = None) -> str:
    """The page of one subscription, with the form as it was ``typed``."""
    channels = {fingerprint_of(channel): channel for channel in rule.channels}
    return render_template(
        "subscriptions/edit.html", rule=rule, channels=channels, **form(typed, error)
    )


def form(typed: MultiDict[str, str], error: Problem | None) -> dict[str, object]:
    """What the form is drawn from."""
    return {
        "typed": typed,
        "error": error,
        "relations": sorted(CONFLICTING),
        "changes": CHANGES,
        "rhythms": tuple(Rhythm),
        "tongues": tuple(Tongue),
        "offered": languages(),
    }


def tell(secret: str | None) -> None:
    """Show a new signing secret on the next page, and never again."""
    if secret is not None:
        flash(
            gettext(
                "Give the receiver this signing secret, which is shown only now: %(secret)s",
                secret=secret,
            )
        )


def back() -> ResponseReturnValue:
    """To the list."""
    return redirect(url_for("subscriptions.index"), HTTPStatus.SEE_OTHER)
