"""Stories: articles that tell of one thing.

Two articles tell one story when a statement in one repeats or updates a statement in the other or
is printed again there, or both quote the same conflict, and they were published at most ``WINDOW``
apart. Whatever hangs together by such links is one story; it is known by its first article.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

WINDOW = timedelta(days=7)


@dataclass(frozen=True, order=True)
class Told:
    """An article of a story; the first published comes first."""

    published_at: datetime
    article_id: int


Link = tuple[Told, Told]


def are_near(a: Told, b: Told) -> bool:
    """Whether two articles were published close enough to tell one story."""
    return abs(a.published_at - b.published_at) <= WINDOW


def stories(links: Iterable[Link]) -> list[tuple[Told, ...]]:
    """What hangs together by links, each story in the order of publication, the newest first."""
    leaders: dict[Told, Told] = {}
    for a, b in links:
        first, second = sorted((_leader(leaders, a), _leader(leaders, b)))
        leaders[second] = first
    groups: dict[Told, list[Told]] = defaultdict(list)
    for told in sorted(leaders):
        groups[_leader(leaders, told)].append(told)
    return sorted(map(tuple, groups.values()), key=lambda story: story[-1], reverse=True)


def _leader(leaders: dict[Told, Told], told: Told) -> Told:
    """The first article of the group that an article is in so far."""
    leader = leaders.setdefault(told, told)
    while leaders[leader] != leader:
        leaders[leader] = leaders[leaders[leader]]
        leader = leaders[leader]
    return leader
