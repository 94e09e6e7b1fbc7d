"""Alerts: who wants to hear of a conflict, when and how it reaches them, and when to try again."""

from tracker.alerts.channels import ChannelNotifier, Notifier
from tracker.alerts.rhythm import free_from, goes_at_once, is_due
from tracker.alerts.rules import backoff, change_for, later_of, stands, wants
from tracker.alerts.subscriptions import (
    OVERLAP,
    check_subscription,
    fingerprint_of,
    is_webhook,
    new_secret,
    place_of,
)

__all__ = [
    "OVERLAP",
    "ChannelNotifier",
    "Notifier",
    "backoff",
    "change_for",
    "check_subscription",
    "fingerprint_of",
    "free_from",
    "goes_at_once",
    "is_due",
    "is_webhook",
    "later_of",
    "new_secret",
    "place_of",
    "stands",
    "wants",
]
