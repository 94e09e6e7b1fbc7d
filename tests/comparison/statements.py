"""Statements for the tests of this folder."""

from datetime import date

from tracker.claims import describe
from tracker.languages import languages
from tracker.types import Statement

MONDAY = date(2026, 3, 2)


def statement(
    text: str,
    language: str = "en",
    *,
    about: str = "",
    speaker: str = "Ana Pop",
    said_on: date = MONDAY,
) -> Statement:
    """What ``speaker`` said, with its details read off."""
    details = describe(text, languages()[language], said_on, about=about)
    return Statement(
        speaker=speaker,
        text=text,
        language=language,
        said_on=said_on,
        about=about,
        details=details,
    )
