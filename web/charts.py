"""Counts a day as bars; all lengths are units of the drawing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH = 340
"""Narrow enough for a telephone at its own size."""
HEIGHT = 90
AXIS = 18
"""Height of the line of dates at the foot."""
LEAST = 1.0
"""Height of the smallest bar, so that one of many is still seen."""
GAP = 0.2
"""Share of its place that a bar leaves free."""


@dataclass(frozen=True)
class Bar:
    """A day."""

    day: date
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Chart:
    """The drawing, and what it says in figures."""

    bars: tuple[Bar, ...]
    total: int
    most: int
    width: float = WIDTH
    height: float = HEIGHT + AXIS
    foot: float = HEIGHT


def chart(counts: Mapping[date, int], first: date, days: int) -> Chart:
    """Draw ``days`` days from ``first`` on; a day without a count has none."""
    each = [(first + timedelta(days=n), n) for n in range(days)]
    most = max((counts.get(day, 0) for day, _ in each), default=0)
    bars = tuple(
        _bar(day, counts.get(day, 0), n * WIDTH / days, WIDTH / days, most) for day, n in each
    )
    return Chart(bars, sum(bar.count for bar in bars), most)


def _bar(day: date, count: int, x: float, room: float, most: int) -> Bar:
    # Room is left above the highest bar for its figure.
    height = max(LEAST, (HEIGHT - AXIS) * count / most) if count else 0.0
    width = room * (1 - GAP)
    return Bar(
        day, count, round(x, 2), round(HEIGHT - height, 2), round(width, 2), round(height, 2)
    )
