"""How an alert reaches somebody: a signed webhook, or any channel that apprise serves."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Protocol

import apprise
import httpx
from standardwebhooks import Webhook

from tracker.alerts import message
from tracker.alerts.subscriptions import is_webhook, place_of, valid_secrets
from tracker.errors import ChannelGone, DeliveryError
from tracker.types import Parcel, Subscription

TIMEOUT = httpx.Timeout(15.0, connect=5.0)
"""Seconds; below the lease that a delivery holds on its alert."""


class Notifier(Protocol):
    """Sends messages."""

    def send(self, parcel: Parcel) -> int | None:
        """Send one message to one channel; answers the status of its HTTP answer, if known.

        Raises:
            ChannelGone: the receiver wants no more.
            DeliveryError: it did not arrive; another try may succeed.
        """


@dataclass(frozen=True)
class ChannelNotifier:
    """Sends a message to its channel, over the network."""

    public_url: str
    """How links reach the web pages."""

    def send(self, parcel: Parcel) -> int | None:
        """Send one message; what the error says holds no secret and no part of a URL but the host.

        Raises:
            ChannelGone: the receiver answered 410.
            DeliveryError: it did not arrive; another try may succeed.
        """
        channel = parcel.delivery.channel
        try:
            if is_webhook(channel):
                return _post(parcel, message.body(parcel, self.public_url))
            _notify(channel, message.title(parcel), message.text(parcel, self.public_url))
        except _AttemptError as error:
            kind = ChannelGone if error.status == HTTPStatus.GONE else DeliveryError
            said = f"{parcel.subscription.name} ({place_of(channel)}): {error}"
            raise kind(said, error.status) from None
        return None


class _AttemptError(Exception):
    """Why one attempt failed, in words that may be shown, with the status of the answer."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


def _post(parcel: Parcel, content: str) -> int:
    headers = _signed(parcel.subscription, message.message_id(parcel.delivery), content)
    try:
        # The answer's body is of no interest and may be endless, so it is not read.
        with httpx.stream(
            "POST", parcel.delivery.channel, content=content, headers=headers, timeout=TIMEOUT
        ) as answer:
            status = answer.status_code
    except httpx.TimeoutException:
        raise _AttemptError("no answer in time") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _AttemptError(f"cannot be reached ({type(error).__name__})") from None
    if not 200 <= status < 300:
        raise _AttemptError(f"answered {status}", status)
    return status


def _signed(subscription: Subscription, id: str, content: str) -> Mapping[str, str]:
    """The headers of the Standard Webhooks specification."""
    now = datetime.now(UTC)
    try:
        signatures = [
            Webhook(secret).sign(id, now, content) for secret in valid_secrets(subscription, now)
        ]
    except Exception:  # the library lets several kinds through; none of them may show the secret
        raise _AttemptError("the signing secret is missing or unusable") from None
    return {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def _notify(channel: str, title: str, text: str) -> None:
    sender = apprise.Apprise()
    if not sender.add(channel):
        raise _AttemptError("apprise does not know such a channel")
    with apprise.LogCapture(level=logging.WARNING) as log:  # type: ignore[no-untyped-call]
        if sender.notify(title=title, body=text, body_format=apprise.NotifyFormat.TEXT):
            return
        said = re.findall(r"error=(\d+)", log.getvalue())
    raise _AttemptError(f"answered {said[-1]}" if said else "could not be reached or refused it")
