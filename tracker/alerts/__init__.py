"""Alerts: who wants to hear of a conflict, how it reaches them, and when to try again."""

from tracker.alerts.channels import ChannelNotifier, Notifier
from tracker.alerts.rules import backoff, wants
from tracker.alerts.subscriptions import check_subscription, is_webhook, new_secret, place_of

__all__ = [
    "ChannelNotifier",
    "Notifier",
    "backoff",
    "check_subscription",
    "is_webhook",
    "new_secret",
    "place_of",
    "wants",
]
