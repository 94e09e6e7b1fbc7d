"""Two statements as the two texts that a model reads."""

from datetime import date
from typing import Protocol

LONGEST_CONTEXT = 50
"""Letters of a line of context that are told; more costs time and tells no more."""


class Sayable(Protocol):
    """Who said what, when, about what."""

    @property
    def speaker(self) -> str:
        """Who said it, or nothing."""

    @property
    def text(self) -> str:
        """The reported words."""

    @property
    def said_on(self) -> date:
        """When it was said."""

    @property
    def about(self) -> str:
        """A line of context, or nothing."""


def told(premise: Sayable, hypothesis: Sayable) -> tuple[str, str]:
    """Either statement with its context and speaker, the second with how much later it was said.

    A line of context that both share is told once.
    """
    first, second = _context(premise), _context(hypothesis)
    days = (hypothesis.said_on - premise.said_on).days
    return (
        _joined(first, _said(premise)),
        _joined(
            _apart(days),
            "" if first == second else second,
            _said(hypothesis),
        ),
    )


def _said(said: Sayable) -> str:
    return f"{said.speaker}: {said.text}" if said.speaker else said.text


def _context(said: Sayable) -> str:
    about = " ".join(said.about.split())
    if len(about) <= LONGEST_CONTEXT:
        return about
    head = about[:LONGEST_CONTEXT]
    return head.rpartition(" ")[0] or head


def _apart(days: int) -> str:
    if not days:
        return "same day"
    return f"{abs(days)} days {'later' if days > 0 else 'earlier'}"


def _joined(*parts: str) -> str:
    return " | ".join(part for part in parts if part)
