"""The forms of a subscription: read as they were sent, and filled in again."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import request
from werkzeug.datastructures import MultiDict

from tracker.alerts import fingerprint_of, is_webhook
from tracker.languages import languages
from tracker.types import Change, RelationLabel, Rhythm, Subscription, SubscriptionDraft, Tongue
from web.forms import E, read_share, read_text, read_word
from web.problems import refused
from web.reading_language import chosen

LONGEST_NAME = 80
LONGEST_SECRET = 160
LONGEST_ZONE = 80
LONGEST_LIST = 4000
LONGEST_MUTE = 365
"""Days."""
CLOCK = "%H:%M"
_LISTS = ("speakers", "outlets", "topics")
_CHOICES = ("relations", "changes", "languages")
_TIMES = ("digest_at", "quiet_from", "quiet_to")


def read_rule(known: Subscription | None = None) -> SubscriptionDraft:
    """The subscription that the form describes; whether it can work is checked elsewhere.

    Args:
        known: the one that is changed; it keeps the channels that are ticked, and its secret.

    Raises:
        RefusedError: a field cannot be read.
    """
    channels = (*_kept(known), *_lines("channels"))
    return SubscriptionDraft(
        name=read_text("name", LONGEST_NAME),
        channels=channels,
        relations=_words(RelationLabel, "relations"),
        changes=_words(Change, "changes"),
        speakers=frozenset(_lines("speakers")),
        outlets=frozenset(_lines("outlets")),
        topics=frozenset(_lines("topics")),
        languages=_languages(),
        minimum_severity=read_share("minimum_severity"),
        secret=_secret(known, channels),
        language=read_word(Tongue, "language", request.form.get("language", chosen())),
        rhythm=read_word(Rhythm, "rhythm", request.form.get("rhythm", Rhythm.LIVE)),
        digest_at=_time("digest_at") or SubscriptionDraft.digest_at,
        zone=read_text("zone", LONGEST_ZONE) or SubscriptionDraft.zone,
        quiet_from=_time("quiet_from"),
        quiet_to=_time("quiet_to"),
    )


def filled(draft: SubscriptionDraft) -> MultiDict[str, str]:
    """The form as it describes a subscription; its channels, whose URLs are secret, are ticked."""
    values = {field.name: getattr(draft, field.name) for field in fields(SubscriptionDraft)}
    lists = {name: "\n".join(sorted(values[name])) for name in _LISTS}
    choices = {name: sorted(values[name]) for name in _CHOICES}
    times = {name: values[name].strftime(CLOCK) if values[name] else "" for name in _TIMES}
    return MultiDict(
        {
            "name": draft.name,
            "keep": [fingerprint_of(channel) for channel in draft.channels],
            "minimum_severity": f"{draft.minimum_severity:g}",
            "language": str(draft.language),
            "rhythm": str(draft.rhythm),
            "zone": draft.zone,
            **lists,
            **choices,
            **times,
        }
    )


def read_mute(rule: Subscription, now: datetime) -> datetime | None:
    """Until when nothing is to be sent: in some days, on a day of the rule's zone, or not at all.

    Raises:
        RefusedError: the form was not filled in on the page, or the day has passed.
    """
    chosen = request.form.get("mute", "")
    if chosen == "off":
        return None
    if chosen.isascii() and chosen.isdigit() and 0 < int(chosen) <= LONGEST_MUTE:
        return now + timedelta(days=int(chosen))
    try:
        day = date.fromisoformat(request.form.get("until", ""))
    except ValueError:
        raise refused("until", "a day such as 2026-05-31 was expected") from None
    until = datetime.combine(day, time(), ZoneInfo(rule.zone))
    if not now < until <= now + timedelta(days=LONGEST_MUTE):
        raise refused("until", "a day of the year to come was expected")
    return until


def _kept(known: Subscription | None) -> Iterable[str]:
    ticked = set(request.form.getlist("keep"))
    return [each for each in (known.channels if known else ()) if fingerprint_of(each) in ticked]


def _secret(known: Subscription | None, channels: Iterable[str]) -> str | None:
    typed = read_text("secret", LONGEST_SECRET) or None
    if known is None:
        return typed
    return known.secret if any(map(is_webhook, channels)) else None


def _lines(field: str) -> list[str]:
    lines = (line.strip() for line in read_text(field, LONGEST_LIST).splitlines())
    return [line for line in lines if line]


def _words(kind: type[E], field: str) -> frozenset[E]:
    return frozenset(read_word(kind, field, each) for each in request.form.getlist(field))


def _languages() -> frozenset[str]:
    codes = frozenset(request.form.getlist("languages"))
    if not codes <= set(languages()):
        raise refused("languages", "some of %(known)s were expected", known=", ".join(languages()))
    return codes


def _time(field: str) -> time | None:
    typed = request.form.get(field, "")
    if not typed:
        return None
    try:
        # By digits and not as ISO, which would take a zone and another one than is meant.
        return datetime.strptime(typed, CLOCK).time()  # noqa: DTZ007
    except ValueError:
        raise refused(field, "a time such as 22:00 was expected") from None
