"""Whether a subscription can work as described, checked before it is stored."""

import base64
import binascii
import hashlib
import re
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import apprise
import httpx

from tracker.alerts.rules import topic_words
from tracker.errors import InvalidSubscription
from tracker.types import CONFLICTING, Subscription, SubscriptionDraft

SECRET_PREFIX = "whsec_"
SECRET_BYTES = range(24, 65)
"""How long a signing secret may be, by the Standard Webhooks specification."""
OVERLAP = timedelta(hours=24)
"""How long the old secret signs beside a new one."""


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


def valid_secrets(subscription: Subscription, now: datetime) -> list[str]:
    """What signs a message now: the secret, and for a while after a change the one before it."""
    until = subscription.old_secret_until
    old = subscription.old_secret if until is not None and now < until else None
    return [subscription.secret or "", *([old] if old else [])]


def fingerprint_of(channel: str) -> str:
    """By what a page names a channel, whose URL it does not show."""
    return hashlib.sha256(channel.encode()).hexdigest()[:16]


def check_subscription(draft: SubscriptionDraft) -> None:
    """Check a subscription without contacting anybody.

    Raises:
        InvalidSubscription: ``field`` names what is wrong.
    """
    if not draft.name.strip():
        raise InvalidSubscription("a subscription needs a name", "name")
    if not draft.relations or not draft.relations <= CONFLICTING:
        known = sorted(CONFLICTING)
        raise InvalidSubscription(
            "relations: choose at least one of {known}", "relations", known=known
        )
    if not draft.changes:
        raise InvalidSubscription("changes: choose at least one", "changes")
    if not 0 <= draft.minimum_severity <= 1:
        raise InvalidSubscription("minimum_severity lies between 0 and 1", "minimum_severity")
    _check_topics(draft.topics)
    _check_clock(draft)
    _check_channels(draft.channels, draft.secret)


def _check_topics(topics: Iterable[str]) -> None:
    for topic in topics:
        if not topic_words(topic):
            raise InvalidSubscription(
                "topics: there is no word in “{topic}”", "topics", topic=topic
            )


def _check_clock(draft: SubscriptionDraft) -> None:
    try:
        ZoneInfo(draft.zone)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        raise InvalidSubscription(
            "zone: “{zone}” is no time zone; give its IANA name, such as Europe/Bucharest",
            "zone",
            zone=draft.zone,
        ) from None
    if (draft.quiet_from is None) != (draft.quiet_to is None):
        raise InvalidSubscription("quiet hours have a beginning and an end", "quiet_from")
    if draft.quiet_from is not None and draft.quiet_from == draft.quiet_to:
        raise InvalidSubscription("quiet hours end at another time than they begin", "quiet_to")


def _check_channels(channels: Sequence[str], secret: str | None) -> None:
    if not channels:
        raise InvalidSubscription("channels: a subscription needs at least one", "channels")
    if len(set(channels)) < len(channels):
        raise InvalidSubscription("channels: one stands there twice", "channels")
    for channel in channels:
        if is_webhook(channel):
            _check_webhook(channel)
        else:
            _check_apprise(channel)
    _check_secret(secret, needed=any(map(is_webhook, channels)))


def _check_webhook(channel: str) -> None:
    if not _has_host(channel):
        raise InvalidSubscription(
            "channels: {place} is no URL of a webhook, such as https://example.org/hook",
            "channels",
            place=place_of(channel),
        )


def _check_apprise(channel: str) -> None:
    if apprise.Apprise.instantiate(channel) is None:
        raise InvalidSubscription(
            "channels: {place} is neither an http(s) webhook nor a URL that apprise can use",
            "channels",
            place=place_of(channel),
        )


def _check_secret(secret: str | None, *, needed: bool) -> None:
    if needed and not _usable(secret):
        raise InvalidSubscription(
            "secret: a webhook is signed with {prefix} followed by the base64 of {least} to {most} "
            "bytes",
            "secret",
            prefix=SECRET_PREFIX,
            least=SECRET_BYTES.start,
            most=SECRET_BYTES.stop - 1,
        )
    if secret is not None and not needed:
        raise InvalidSubscription("secret: only an http(s) webhook is signed", "secret")


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
