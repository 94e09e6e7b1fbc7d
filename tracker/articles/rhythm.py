"""How often outlets publish, and which have gone silent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

FEWEST_ARTICLES = 5
"""Articles from which an outlet has a rhythm."""
TIMES_LONGER = 4
"""How many times its usual gap an outlet may pause; nights and weekends stay below that."""
SHORTEST_SILENCE = timedelta(hours=12)
"""An outlet that publishes every ten minutes is not silent when it sleeps."""


@dataclass(frozen=True)
class Silence:
    """An outlet whose pause is far longer than its usual one."""

    outlet: str
    last: datetime
    usual: timedelta
    """The median gap between two of its articles."""
    pause: timedelta


def silent(published: Mapping[str, Sequence[datetime]], now: datetime) -> list[Silence]:
    """The outlets that have gone silent, the one that pauses longest for its rhythm first."""
    found = [
        silence
        for outlet, moments in published.items()
        if len(moments) >= FEWEST_ARTICLES
        if (silence := _silence(outlet, sorted(moments), now)).pause > allowed(silence.usual)
    ]
    return sorted(found, key=lambda each: (each.usual / each.pause, each.outlet))


def allowed(usual: timedelta) -> timedelta:
    """How long an outlet may pause before it counts as silent."""
    return max(TIMES_LONGER * usual, SHORTEST_SILENCE)


def _silence(outlet: str, moments: Sequence[datetime], now: datetime) -> Silence:
    gaps = ((after - before).total_seconds() for before, after in pairwise(moments))
    return Silence(outlet, moments[-1], timedelta(seconds=median(gaps)), now - moments[-1])
