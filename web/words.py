"""What the program says, in the reader's language."""

from enum import StrEnum

from flask_babel import get_locale

from tracker.claims.topics import Topic
from tracker.errors import TrackerError
from tracker.phrasing import Phrasing, phrasing
from tracker.types import Event, HistoryEntry, Reason, Tongue


def readers() -> Phrasing:
    """How the program speaks to whoever sends this request."""
    return phrasing(Tongue(str(get_locale() or Tongue.ENGLISH)))


def word(value: StrEnum) -> str:
    """One of the program's words."""
    return readers().word(value)


def because(reason: Reason) -> str:
    """A reason, with the words of the claims as printed."""
    return readers().because(reason)


def refusal(error: TrackerError) -> str:
    """What is wrong and what to do about it."""
    return readers().refusal(error)


def language(code: str) -> str:
    """The name of a language; the bare code where nobody has one."""
    return readers().language(code)


def note_of(entry: HistoryEntry) -> str:
    """The note in a history; what the program keeps there is a reason, or what was undone."""
    if entry.reason is not None:
        return because(entry.reason)
    return word(Event(entry.note)) if entry.event is Event.UNDONE else entry.note


def heading(topic: Topic) -> str:
    """What claims are about; empty where they share no topic."""
    thing = readers().concept(topic.thing) if topic.thing else ""
    return ": ".join(filter(None, (thing, topic.called)))
