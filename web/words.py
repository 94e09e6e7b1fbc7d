"""The program's fixed words in the reader's language."""

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import gettext, pgettext

from tracker.types import (
    AttributionType,
    ConflictOrder,
    Deed,
    Dismissal,
    Event,
    MessageKind,
    Reason,
    Rhythm,
    Role,
    Scope,
)

_ENGLISH: Mapping[StrEnum, str] = {
    AttributionType.DIRECT: "quoted",
    AttributionType.INDIRECT: "paraphrased",
    AttributionType.MIXED: "partly quoted",
    ConflictOrder.LATEST: "latest first",
    ConflictOrder.SEVERITY: "most severe first",
    ConflictOrder.OUTLETS: "most outlets first",
    Dismissal.BOTH_TRUE: "both are true",
    Dismissal.OTHER_EVENT: "another event",
    Dismissal.UPDATE: "an update",
    Dismissal.WRONG_SPEAKER: "wrong speaker",
    Dismissal.WRONG_TEXT: "wrong text",
    Event.REPRINTED: "printed again",
    Event.WOKEN: "back after a snooze",
    Event.SECOND_ASKED: "second opinion asked for",
    Deed.SIGN_IN_FAILED: "sign-in failed",
    Deed.SECRET_CHANGED: "signing secret changed",
    Deed.CHANNELS_OPENED: "channels opened again",
    Role.ADMIN: "administrator",
    Scope.INGEST: "hand in articles",
    Scope.REVIEW: "review conflicts",
    MessageKind.ALERT: "an alert",
    MessageKind.DIGEST: "several alerts",
    MessageKind.TEST: "a test",
    Rhythm.LIVE: "at once",
    Rhythm.HOURLY: "every hour",
    Rhythm.DAILY: "every day",
}
"""How a word is told where its value is not the English for it."""


def english(value: StrEnum) -> str:
    """The English for one of the program's words."""
    return _ENGLISH.get(value, value.value.replace("_", " "))


def word(value: StrEnum) -> str:
    """One of the program's words in the reader's language."""
    return str(pgettext(type(value).__name__, english(value)))


def because(reason: Reason) -> str:
    """A reason in the reader's language, with the words of the claims as printed."""
    return str(gettext(reason.sentence.value)).format(*reason.words)
