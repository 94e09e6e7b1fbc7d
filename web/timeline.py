"""A disagreement drawn over time: a row a claim, in the order of saying, either side apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.types import Claim
from web.evidence import Evidence

WIDTH = 720
ROW = 24
"""Height of a row; all lengths are units of the drawing."""
MARGIN = 12
AXIS = 26
"""Height of the line of dates at the foot."""
FEWEST_DAYS = 2
MOST_TICKS = 6


@dataclass(frozen=True)
class Point:
    """A claim in the drawing."""

    claim: Claim
    side: int
    """1 or 2."""
    x: float
    y: float
    label_x: float
    anchor: str
    """Whether the label begins or ends at ``label_x``: ``start`` or ``end``."""
    again: int
    """How many other outlets printed it again."""


@dataclass(frozen=True)
class Tick:
    """A day on the axis."""

    day: date
    x: float


@dataclass(frozen=True)
class Timeline:
    """The drawing."""

    points: tuple[Point, ...]
    ticks: tuple[Tick, ...]
    height: float
    width: float = WIDTH


def timeline(sides: Sequence[Sequence[Claim]], evidence: Evidence) -> Timeline:
    """Draw the claims of both sides."""
    said = [(claim, n) for n, side in enumerate(sides, 1) for claim in side]
    said.sort(key=lambda each: (each[0].statement.said_on, each[0].published_at, each[0].id))
    first, last = said[0][0].statement.said_on, said[-1][0].statement.said_on
    days = max((last - first).days, FEWEST_DAYS)
    points = tuple(
        _point(claim, side, row, first, days, evidence.other_outlets(claim))
        for row, (claim, side) in enumerate(said)
    )
    height = ROW * len(said) + AXIS
    return Timeline(points, _ticks(first, days), height)


def _point(claim: Claim, side: int, row: int, first: date, days: int, again: int) -> Point:
    x = _x((claim.statement.said_on - first).days, days)
    is_left = x < WIDTH / 2
    label = x + MARGIN if is_left else x - MARGIN
    return Point(claim, side, x, ROW * (row + 0.5), label, "start" if is_left else "end", again)


def _x(day: float, days: int) -> float:
    return round(MARGIN + day / days * (WIDTH - 2 * MARGIN), 1)


def _ticks(first: date, days: int) -> tuple[Tick, ...]:
    step = max(1, -(-days // MOST_TICKS))
    return tuple(
        Tick(first + timedelta(days=day), _x(day, days)) for day in range(0, days + 1, step)
    )
