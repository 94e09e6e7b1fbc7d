"""How the program speaks to people: its words, its reasons, its refusals, in their language.

English stands in the code, and by it every other language is looked up in
``translations/<code>/LC_MESSAGES/tracker.po``, which ``python -m web.catalog`` brings up to date.
"""

from datetime import date
from enum import StrEnum
from functools import cache
from gettext import translation
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from tracker.errors import TrackerError, filled
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
    Sentence,
    Stored,
    Tongue,
)

DOMAIN = "tracker"
TRANSLATIONS = Path(__file__).parent / "translations"
CONCEPT = "Concept"
"""The context of the concepts that the language tables share."""
DAY = "d MMM yyyy"
_OWN_ENGLISH: tuple[tuple[StrEnum, str], ...] = (
    (AttributionType.DIRECT, "quoted"),
    (AttributionType.INDIRECT, "paraphrased"),
    (AttributionType.MIXED, "partly quoted"),
    (ConflictOrder.LATEST, "latest first"),
    (ConflictOrder.SEVERITY, "most severe first"),
    (ConflictOrder.OUTLETS, "most outlets first"),
    (Dismissal.BOTH_TRUE, "both are true"),
    (Dismissal.OTHER_EVENT, "another event"),
    (Dismissal.UPDATE, "an update"),
    (Dismissal.WRONG_SPEAKER, "wrong speaker"),
    (Dismissal.WRONG_TEXT, "wrong text"),
    (Event.REPRINTED, "printed again"),
    (Event.WOKEN, "back after a snooze"),
    (Event.SECOND_ASKED, "second opinion asked for"),
    (Deed.SIGN_IN_FAILED, "sign-in failed"),
    (Deed.SECRET_CHANGED, "signing secret changed"),
    (Deed.CHANNELS_OPENED, "channels opened again"),
    (Role.ADMIN, "administrator"),
    (Scope.INGEST, "hand in articles"),
    (Scope.REVIEW, "review conflicts"),
    (MessageKind.ALERT, "an alert"),
    (MessageKind.DIGEST, "several alerts"),
    (MessageKind.TEST, "a test"),
    (Rhythm.LIVE, "at once"),
    (Rhythm.HOURLY, "every hour"),
    (Rhythm.DAILY, "every day"),
    (Stored.SOURCE, "speaker"),
    (Stored.SOURCE_EDIT, "change of a speaker"),
)
"""How a word is told where its value is not the English for it."""
# By kind too: words of two kinds that are spelled alike are equal.
_ENGLISH = {(type(value), value): told for value, told in _OWN_ENGLISH}


def english(value: StrEnum) -> str:
    """The English for one of the program's words."""
    return _ENGLISH.get((type(value), value), in_words(value))


def in_words(name: str) -> str:
    """An identifier as it reads."""
    return name.replace("_", " ")


class Phrasing:
    """What the program says, in one language."""

    def __init__(self, tongue: Tongue) -> None:
        """Read the translations; English needs none."""
        self.tongue = tongue
        is_english = tongue is Tongue.ENGLISH
        self._known = translation(DOMAIN, TRANSLATIONS, [tongue], fallback=is_english)

    def say(self, sentence: str, **values: object) -> str:
        """A sentence with what stands for its ``{names}``."""
        return filled(self._known.gettext(sentence), values)

    def count(self, one: str, many: str, number: int, **values: object) -> str:
        """A sentence that tells how many there are: ``{number}``."""
        return filled(self._known.ngettext(one, many, number), {"number": number, **values})

    def word(self, value: StrEnum) -> str:
        """One of the program's words."""
        return self._known.pgettext(type(value).__name__, english(value))

    def concept(self, name: str) -> str:
        """A concept of the language tables, by its English identifier."""
        return self._known.pgettext(CONCEPT, in_words(name))

    def because(self, reason: Reason) -> str:
        """A reason, with the words of the claims as printed."""
        words = reason.words
        if reason.sentence is Sentence.OTHER_THINGS:
            words = tuple(map(self.concept, words))
        return self._known.gettext(reason.sentence.value).format(*words)

    def refusal(self, error: TrackerError) -> str:
        """What is wrong and what to do about it."""
        return self.say(error.sentence, **{n: self._told(v) for n, v in error.values.items()})

    def day(self, value: date) -> str:
        """A day, without the time."""
        return str(format_date(value, DAY, locale=self.tongue))

    def share(self, value: float) -> str:
        """A share of 1, with two decimals."""
        return format_decimal(value, "0.00", locale=self.tongue)

    def language(self, code: str) -> str:
        """The name of a language; the bare code where nobody has one."""
        return str(Locale.parse(self.tongue).languages.get(code, code))

    def _told(self, value: object) -> object:
        if isinstance(value, list):
            return [self._told(each) for each in value]
        return self.word(value) if isinstance(value, StrEnum) else value


@cache
def phrasing(tongue: Tongue) -> Phrasing:
    """How the program speaks in a language."""
    return Phrasing(tongue)
