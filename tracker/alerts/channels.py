"""How an alert reaches somebody: a signed webhook, or any channel that apprise serves."""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

import apprise
import httpx
from standardwebhooks import Webhook

from tracker.alerts import message
from tracker.alerts.subscriptions import is_webhook, place_of
from tracker.errors import DeliveryError
from tracker.types import Alert, Claim, Conflict, Subscription

TIMEOUT = httpx.Timeout(15.0, connect=5.0)
"""Seconds; below the lease that a delivery holds on its alert."""


class Notifier(Protocol):
    """Sends alerts."""

    def send(
        self, alert: Alert, subscription: Subscription, conflict: Conflict, claims: Sequence[Claim]
    ) -> None:
        """Send one alert; ``claims`` are those of the conflict.

        Raises:
            DeliveryError: it did not arrive; another try may succeed.
        """


@dataclass(frozen=True)
class ChannelNotifier:
    """Sends an alert where its subscription says, over the network."""

    public_url: str
    """How links reach the web pages."""

    def send(
        self, alert: Alert, subscription: Subscription, conflict: Conflict, claims: Sequence[Claim]
    ) -> None:
        """Send one alert; what the error says holds no secret and no part of a URL but the host.

        Raises:
            DeliveryError: it did not arrive; another try may succeed.
        """
        try:
            if is_webhook(subscription.channel):
                content = message.body(alert, conflict, claims, self.public_url)
                _post(subscription, message.message_id(alert), content)
            else:
                _notify(
                    subscription.channel,
                    message.title(conflict, claims),
                    message.text(conflict, claims, self.public_url),
                )
        except _AttemptError as error:
            place = place_of(subscription.channel)
            raise DeliveryError(f"{subscription.name} ({place}): {error}") from None


class _AttemptError(Exception):
    """Why one attempt failed, in words that may be shown."""


def _post(subscription: Subscription, id: str, content: str) -> None:
    headers = _signature(subscription.secret, id, content)
    try:
        # The answer's body is of no interest and may be endless, so it is not read.
        with httpx.stream(
            "POST", subscription.channel, content=content, headers=headers, timeout=TIMEOUT
        ) as answer:
            status = answer.status_code
    except httpx.TimeoutException:
        raise _AttemptError("no answer in time") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _AttemptError(f"cannot be reached ({type(error).__name__})") from None
    if not 200 <= status < 300:
        raise _AttemptError(f"answered {status}")


def _signature(secret: str | None, id: str, content: str) -> Mapping[str, str]:
    """The headers of the Standard Webhooks specification."""
    now = datetime.now(UTC)
    try:
        signature = Webhook(secret or "").sign(id, now, content)
    except Exception:  # the library lets several kinds through; none of them may show the secret
        raise _AttemptError("the signing secret is missing or unusable") from None
    return {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signature,
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
