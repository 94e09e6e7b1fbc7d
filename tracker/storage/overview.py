"""What goes on: how much comes in and is decided a day, and how long anything waits."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.storage.tables import (
    ArticleRow,
    ClaimRow,
    ConflictHistoryRow,
    ConflictRow,
    DeliveryRow,
    MatchRow,
    MessageRow,
)
from tracker.types import AlertState, ArticleState, Event

_DECIDED = (Event.CONFIRMED, Event.DISMISSED)


@dataclass(frozen=True)
class Waiting:
    """What waits for a step."""

    number: int
    since: datetime | None
    """When the oldest of it began to wait; none where nothing waits."""


@dataclass(frozen=True)
class Review:
    """A conflict that was decided for the first time."""

    decided_at: datetime
    took: timedelta


class Overview:
    """Everything that is counted for the overview; moments are given as the day they fall on."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def articles(self, since: datetime) -> dict[date, int]:
        """Articles received a day."""
        return self._a_day(col(ArticleRow.received_at), since)

    def claims(self, since: datetime) -> dict[date, int]:
        """Claims found a day."""
        return self._a_day(col(ClaimRow.stored_at), since)

    def conflicts(self, since: datetime) -> dict[date, int]:
        """Conflicts opened a day."""
        return self._a_day(col(ConflictRow.opened_at), since)

    def reviews(self, since: datetime) -> list[Review]:
        """The conflicts whose first decision fell since then."""
        decision, earlier = aliased(ConflictHistoryRow), aliased(ConflictHistoryRow)
        before = select(earlier.id).where(
            earlier.conflict_id == decision.conflict_id,
            col(earlier.event).in_(_DECIDED),
            col(earlier.id) < col(decision.id),
        )
        query = (
            select(decision.at, ConflictRow.opened_at)
            .join(ConflictRow, col(ConflictRow.id) == col(decision.conflict_id))
            .where(decision.at >= since, col(decision.event).in_(_DECIDED), ~before.exists())
        )
        return [Review(at, at - opened) for at, opened in self._session.exec(query)]

    def published(self, since: datetime) -> dict[str, list[datetime]]:
        """When each outlet published."""
        query = select(ArticleRow.outlet, ArticleRow.published_at).where(
            ArticleRow.published_at >= since
        )
        found: dict[str, list[datetime]] = defaultdict(list)
        for outlet, at in self._session.exec(query):
            found[outlet].append(at)
        return found

    def to_extract(self) -> Waiting:
        """Articles that are still to be read."""
        return self._waiting(col(ArticleRow.received_at), ArticleRow.state == ArticleState.PENDING)

    def to_match(self) -> Waiting:
        """Claims for which others are still to be sought."""
        return self._waiting(col(ClaimRow.stored_at), col(ClaimRow.matched_at).is_(None))

    def to_compare(self) -> Waiting:
        """Pairs of claims that are still to be compared, from when the later was stored."""
        claim = aliased(ClaimRow)
        query = (
            select(func.count(), func.min(claim.stored_at))
            .select_from(MatchRow)
            .join(claim, col(claim.id) == col(MatchRow.hypothesis_id))
            .where(col(MatchRow.compared_at).is_(None))
        )
        return Waiting(*self._session.exec(query).one())

    def to_alert(self) -> Waiting:
        """Conflicts of which nobody was alerted yet."""
        return self._waiting(
            col(ConflictRow.evidence_at),
            col(ConflictRow.alerted_at).is_(None),
            col(ConflictRow.merged_into).is_(None),
        )

    def to_deliver(self) -> Waiting:
        """Messages that are still to be sent to a channel."""
        query = (
            select(func.count(), func.min(MessageRow.made_at))
            .select_from(DeliveryRow)
            .join(MessageRow, col(MessageRow.id) == col(DeliveryRow.message_id))
            .where(DeliveryRow.state == AlertState.PENDING)
        )
        return Waiting(*self._session.exec(query).one())

    def _a_day(self, moment: Any, since: datetime) -> dict[date, int]:
        day = func.date(moment)
        query = select(day, func.count()).where(moment >= since).group_by(day)
        # One database answers a date, the other its text.
        return {date.fromisoformat(str(each)): count for each, count in self._session.exec(query)}

    def _waiting(self, moment: Any, *conditions: Any) -> Waiting:
        query = select(func.count(), func.min(moment)).where(*conditions)
        return Waiting(*self._session.exec(query).one())
