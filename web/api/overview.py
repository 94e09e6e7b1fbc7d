"""What went on in the last days, and what waits now."""

from datetime import date, timedelta
from typing import Self

from tracker.articles.rhythm import Silence
from tracker.pipeline import Step
from tracker.storage import overview as stored
from tracker.types import ConflictState
from web.api.answers import Answer, Moment
from web.api.operations import blueprint
from web.current import tracker
from web.overview import DAYS, Figures, figures


class Day(Answer):
    """What was counted on a day, in UTC."""

    day: date
    articles: int
    """Received."""
    claims: int
    """Found."""
    conflicts: int
    """Opened."""
    decisions: int
    """Conflicts that were decided for the first time."""

    @classmethod
    def of(cls, found: Figures, day: date) -> Self:
        """The figures of a day."""
        return cls(
            day=day,
            articles=found.articles.get(day, 0),
            claims=found.claims.get(day, 0),
            conflicts=found.conflicts.get(day, 0),
            decisions=found.decisions.get(day, 0),
        )


class Silent(Answer):
    """An outlet whose last article is far older than its usual gap."""

    outlet: str
    last: Moment
    """When it last published."""
    usual_seconds: float
    """The median time between two of its articles."""

    @classmethod
    def of(cls, value: Silence) -> Self:
        """An outlet that has gone silent."""
        usual = value.usual.total_seconds()
        return cls(outlet=value.outlet, last=value.last, usual_seconds=usual)


class Waiting(Answer):
    """What waits for a step."""

    number: int
    since: Moment | None
    """When the oldest of it began to wait; null where nothing waits."""

    @classmethod
    def of(cls, value: stored.Waiting) -> Self:
        """What waits."""
        return cls(number=value.number, since=value.since)


class Overview(Answer):
    """What is counted."""

    days: list[Day]
    """The last thirty, the present one last."""
    conflicts: dict[ConflictState, int]
    """How many stand in each state now."""
    median_review_seconds: float | None
    """From opened to decided, of the first decisions of these days; null where there was none."""
    silent: list[Silent]
    """The outlet that pauses longest for its rhythm comes first."""
    waiting: dict[Step, Waiting]

    @classmethod
    def of(cls, found: Figures, conflicts: dict[ConflictState, int]) -> Self:
        """The figures."""
        review = found.median_review
        return cls(
            days=[Day.of(found, found.first + timedelta(days=n)) for n in range(DAYS)],
            conflicts=conflicts,
            median_review_seconds=None if review is None else review.total_seconds(),
            silent=[Silent.of(each) for each in found.silent],
            waiting={step: Waiting.of(each) for step, each in found.waiting.items()},
        )


@blueprint.operation("GET", "/api/overview", answer=Overview)
def overview() -> Overview:
    """What was counted a day, how conflicts stand, who has gone silent, and what waits."""
    now = tracker().clock()
    with tracker().storage.snapshot() as tx:
        return Overview.of(figures(tx, now), tx.conflicts.counts())
