"""What people decide of who is who: two sources are one, or one is two."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SourceEvent(StrEnum):
    """What somebody did with two sources."""

    MERGED = "merged"
    """The other source is the same as this one."""
    SPLIT = "split"
    """The other source was taken for this one."""


@dataclass(frozen=True, kw_only=True)
class SourceEdit:
    """One such decision, on the page of either source."""

    id: int
    event: SourceEvent
    source_id: int
    """The one that stayed."""
    other_id: int
    """The one that was merged into it, or split off."""
    other: str
    """The name of the other."""
    claims: tuple[int, ...]
    """The claims that changed hands."""
    at: datetime
    by: str
    undone_at: datetime | None = None
    undone_by: str | None = None
