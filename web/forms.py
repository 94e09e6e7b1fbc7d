"""Reading the fields of a submitted form."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar

from flask import request, session

from tracker.types import ConflictState, Decision, Dismissal
from web.identity import account, called
from web.problems import refused

E = TypeVar("E", bound=StrEnum)

LONGEST_NOTE = 2000
LONGEST_NAME = 80
UNTIL_EVIDENCE = "evidence"
LONGEST_SNOOZE = 365
"""Days."""


def read_text(field: str, longest: int) -> str:
    """A text field without the blanks around it; empty when it was not filled in.

    Raises:
        RefusedError: it is longer than ``longest`` characters, or no plain text.
    """
    text = request.form.get(field, "").strip()
    if len(text) > longest or "\0" in text:
        raise refused(
            field, "at most %(longest)s characters of plain text were expected", longest=longest
        )
    return text


def read_share(field: str) -> float:
    """A number between 0 and 1; 0 when the field was left empty.

    Raises:
        RefusedError: it is no such number.
    """
    try:
        share = float(request.form.get(field) or 0)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise refused(field, "a number from 0 to 1 was expected")
    return share


def read_ids(field: str) -> list[int]:
    """The ids that were ticked.

    Raises:
        RefusedError: none was, or one is no id.
    """
    values = request.form.getlist(field)
    if not values or not all(value.isascii() and value.isdigit() for value in values):
        raise refused(field, "at least one was to be chosen")
    return [int(value) for value in values]


def read_word(kind: type[E], field: str, value: str) -> E:
    """One of the words of ``kind``.

    Raises:
        RefusedError: it is none of them.
    """
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(sorted(kind))
        raise refused(field, "one of %(known)s was expected", known=known) from None


def read_decision(now: datetime) -> Decision:
    """What was decided: a state and, after a blank, why it is dismissed or for how long it rests.

    That is ``confirmed``, ``reopened``, ``dismissed both_true``, ``snoozed evidence``,
    ``snoozed 7`` (days) or ``snoozed until``, the day in the field of that name.

    Raises:
        RefusedError: the form was not filled in on the page.
    """
    said, _, detail = request.form.get("decision", "").partition(" ")
    state = read_word(ConflictState, "decision", said)
    dismissed = state is ConflictState.DISMISSED
    return Decision(
        state=state,
        by=acting(),
        note=read_text("note", LONGEST_NOTE),
        dismissal=read_word(Dismissal, "decision", detail) if dismissed else None,
        snoozed_until=_until(detail, now) if state is ConflictState.SNOOZED else None,
    )


def acting() -> str:
    """Who sends the form: the account, or else the name given, which is kept for the next one."""
    if account() is not None:
        return called("")
    name = read_text("name", LONGEST_NAME) if "name" in request.form else session.get("name", "")
    session["name"] = name
    session.permanent = True
    return called(name)


def _until(detail: str, now: datetime) -> datetime | None:
    if detail == UNTIL_EVIDENCE:
        return None
    if detail.isascii() and detail.isdigit() and 0 < int(detail) <= LONGEST_SNOOZE:
        return now + timedelta(days=int(detail))
    try:
        day = date.fromisoformat(request.form.get("until", ""))
    except ValueError:
        raise refused("until", "a day such as 2026-05-31 was expected") from None
    return datetime.combine(day, time(), UTC)
