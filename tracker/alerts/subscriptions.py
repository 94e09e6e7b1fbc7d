"""Whether a subscription can work as described, checked before it is stored."""

import base64
import binascii
import re
import secrets
from urllib.parse import urlsplit

import apprise
import httpx

from tracker.errors import InvalidSubscription
from tracker.types import CONFLICTING, SubscriptionDraft

SECRET_PREFIX = "whsec_"
SECRET_BYTES = range(24, 65)
"""How long a signing secret may be, by the Standard Webhooks specification."""


def is_webhook(channel: str) -> bool:
    """Whether a channel is a signed webhook; every other one goes through apprise."""
    return channel.lower().startswith(("http://", "https://"))


def place_of(channel: str) -> str:
    """What may be shown of a channel's URL: no credentials, path or query, which can be secrets.

    The host is shown for webhooks only: in many an apprise URL a token stands in its place.
    """
    if not is_webhook(channel):
        return f"{channel.partition(':')[0]}://…"
    scheme, _, rest = channel.partition("://")
    host = re.split(r"[/?#\\]", rest, maxsplit=1)[0].rpartition("@")[2]
    return f"{scheme.lower()}://{host}"


def new_secret() -> str:
    """A fresh signing secret, ``whsec_`` and the base64 of 32 random bytes."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def check_subscription(draft: SubscriptionDraft) -> None:
    """Check a subscription without contacting anybody.

    Raises:
        InvalidSubscription: ``field`` names what is wrong.
    """
    if not draft.name.strip():
        raise InvalidSubscription("a subscription needs a name", "name")
    if not draft.relations or not draft.relations <= CONFLICTING:
        known = ", ".join(sorted(CONFLICTING))
        raise InvalidSubscription(f"relations: choose at least one of {known}", "relations")
    if not 0 <= draft.minimum_severity <= 1:
        raise InvalidSubscription("minimum_severity lies between 0 and 1", "minimum_severity")
    if is_webhook(draft.channel):
        _check_webhook(draft.channel, draft.secret)
    else:
        _check_apprise(draft.channel, draft.secret)


def _check_webhook(channel: str, secret: str | None) -> None:
    if not _has_host(channel):
        raise InvalidSubscription(
            "channel: expected the URL of a webhook, such as https://example.org/hook", "channel"
        )
    if not _usable(secret):
        raise InvalidSubscription(
            f"secret: a webhook is signed with {SECRET_PREFIX} followed by the base64 of "
            f"{SECRET_BYTES.start} to {SECRET_BYTES.stop - 1} bytes",
            "secret",
        )


def _has_host(channel: str) -> bool:
    try:
        return bool(urlsplit(channel).hostname and httpx.URL(channel).host)
    except (ValueError, httpx.InvalidURL):
        return False


def _usable(secret: str | None) -> bool:
    if secret is None or not secret.startswith(SECRET_PREFIX):
        return False
    try:
        key = base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return False
    return len(key) in SECRET_BYTES


def _check_apprise(channel: str, secret: str | None) -> None:
    if apprise.Apprise.instantiate(channel) is None:
        raise InvalidSubscription(
            f"channel: {place_of(channel)} is neither an http(s) webhook nor a URL that apprise "
            "can use",
            "channel",
        )
    if secret is not None:
        raise InvalidSubscription("secret: only an http(s) webhook is signed", "secret")
