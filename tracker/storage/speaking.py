"""What is known of a source from its claims: roles over time, opponents, who speaks for it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_
from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.storage.sources import load_sources
from tracker.storage.tables import ClaimRow, ConflictClaimRow, ConflictRow, MatchRow
from tracker.types import ConflictState, RelationLabel, Source


@dataclass(frozen=True)
class Role:
    """What articles called a speaker, on whose behalf, and from when to when."""

    role: str | None
    speaks_for: str | None
    first: date
    last: date
    claims: int


@dataclass(frozen=True)
class Opponent:
    """Somebody on the other side of conflicts."""

    source: Source
    conflicts: tuple[int, ...]


class Speaking:
    """Everything that claims tell of a source."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def roles(self, id: int) -> list[Role]:
        """The roles in which a source spoke, the latest first."""
        named = or_(col(ClaimRow.role).is_not(None), col(ClaimRow.speaks_for).is_not(None))
        last = func.max(ClaimRow.said_on)
        called = (col(ClaimRow.role), col(ClaimRow.speaks_for))
        query = (
            sa_select(*called, func.min(ClaimRow.said_on), last, func.count())
            .where(col(ClaimRow.source_id) == id, named)
            .group_by(*called)
            .order_by(last.desc(), *called)
        )
        return [Role(*row) for row in self._session.execute(query)]

    def spokespeople(self, names: tuple[str, ...]) -> list[Source]:
        """The sources that spoke on behalf of a body with one of these names, by name."""
        query = select(ClaimRow.source_id).where(col(ClaimRow.speaks_for).in_(names)).distinct()
        found = load_sources(self._session, self._session.exec(query))
        return sorted(found.values(), key=lambda source: source.name)

    def opponents(self, id: int, limit: int) -> list[Opponent]:
        """Who stands on the other side of conflicts not dismissed, most conflicts first."""
        here, there = aliased(ConflictClaimRow), aliased(ConflictClaimRow)
        own, other = aliased(ClaimRow), aliased(ClaimRow)
        query = (
            select(other.source_id, ConflictRow.id)
            .join(there, col(there.claim_id) == col(other.id))
            .join(here, col(here.conflict_id) == col(there.conflict_id))
            .join(own, col(own.id) == col(here.claim_id))
            .join(ConflictRow, col(ConflictRow.id) == col(here.conflict_id))
            .where(
                own.source_id == id,
                other.source_id != id,
                here.side != there.side,
                col(ConflictRow.merged_into).is_(None),
                ConflictRow.state != ConflictState.DISMISSED,
            )
            .distinct()
        )
        conflicts: dict[int, list[int]] = defaultdict(list)
        for source_id, conflict_id in self._session.exec(query):
            conflicts[source_id].append(conflict_id or 0)
        most = sorted(conflicts, key=lambda other: (-len(conflicts[other]), other))[:limit]
        known = load_sources(self._session, most)
        return [Opponent(known[each], tuple(sorted(conflicts[each]))) for each in most]

    def reversals(self, id: int, limit: int) -> list[tuple[int, int]]:
        """Claims of a source that reverse earlier ones of it, as (earlier, later), latest first."""
        premise, hypothesis = aliased(ClaimRow), aliased(ClaimRow)
        query = (
            select(MatchRow.premise_id, MatchRow.hypothesis_id)
            .join(premise, col(premise.id) == col(MatchRow.premise_id))
            .join(hypothesis, col(hypothesis.id) == col(MatchRow.hypothesis_id))
            .where(
                premise.source_id == id,
                hypothesis.source_id == id,
                MatchRow.label == RelationLabel.REVERSAL,
            )
            .order_by(col(hypothesis.said_on).desc(), col(MatchRow.id).desc())
            .limit(limit)
        )
        return list(self._session.exec(query))
