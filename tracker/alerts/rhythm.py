"""When messages go out: at once or at certain times, and never in quiet hours or while muted.

Times of day are those of the subscription's own clock; moments are in UTC.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracker.types import Rhythm, Subscription


def is_due(subscription: Subscription, since: datetime, now: datetime) -> bool:
    """Whether what has waited from ``since`` on may go out now."""
    if free_from(subscription, now) > now or not subscription.open_channels:
        return False
    return subscription.rhythm is Rhythm.LIVE or last_digest(subscription, now) > since


def goes_at_once(subscription: Subscription, now: datetime) -> bool:
    """Whether an alert stored now gets a message of its own."""
    return subscription.rhythm is Rhythm.LIVE and is_due(subscription, now, now)


def last_digest(subscription: Subscription, now: datetime) -> datetime:
    """The latest moment, not after ``now``, at which a digest is to go out."""
    local = now.astimezone(ZoneInfo(subscription.zone))
    if subscription.rhythm is Rhythm.HOURLY:
        return local.replace(minute=0, second=0, microsecond=0).astimezone(UTC)
    today = _at(local, subscription.digest_at)
    return today if today <= now else _at(local - timedelta(days=1), subscription.digest_at)


def free_from(subscription: Subscription, at: datetime) -> datetime:
    """The first moment from ``at`` on that is neither muted nor in quiet hours."""
    moment = max(at, subscription.muted_until or at)
    zone = ZoneInfo(subscription.zone)
    # Twice only where the clock skips the end of the quiet hours.
    while (end := _quiet_until(subscription, moment.astimezone(zone))) is not None:
        moment = end
    return moment


def _quiet_until(subscription: Subscription, local: datetime) -> datetime | None:
    """When the quiet hours end that ``local`` lies in."""
    start, end = subscription.quiet_from, subscription.quiet_to
    if start is None or end is None or not _between(start, local.time(), end):
        return None
    if local.time() < end:
        return _at(local, end, fold=local.fold)
    return _at(local + timedelta(days=1), end)


def _between(start: time, clock: time, end: time) -> bool:
    """Whether the clock is in the hours that may run over midnight."""
    if start <= end:
        return start <= clock < end
    return clock >= start or clock < end


def _at(local: datetime, clock: time, fold: int = 0) -> datetime:
    """The moment on a local day when the clock shows this, for the first time or the second."""
    shown = datetime.combine(local.date(), clock.replace(fold=fold), local.tzinfo)
    return shown.astimezone(UTC)
