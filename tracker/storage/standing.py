"""What changes when a claim begins or ceases to stand for others that print the same."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import delete, or_, update
from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.storage.claims import load_claims, rewrite_keys
from tracker.storage.conflict_writing import TRACKER, count_outlets, remember
from tracker.storage.near import near
from tracker.storage.saying import WHEN_PRINTED
from tracker.storage.statements import changed
from tracker.storage.tables import (
    ArticleRow,
    ClaimKeyRow,
    ClaimRow,
    ConflictClaimRow,
    ConflictRow,
    MatchRow,
)
from tracker.types import Event


class Standing:
    """Whoever uses it holds the locks of sightings, matches and conflicts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def in_order(self, claims: Collection[int]) -> list[int]:
        """Claims in the order of printing."""
        query = (
            sa_select(col(ClaimRow.id), *WHEN_PRINTED)
            .join(ArticleRow, col(ArticleRow.id) == col(ClaimRow.article_id))
            .where(col(ClaimRow.id).in_(claims))
        )
        return [row[0] for row in sorted(self._session.execute(query), key=lambda row: row[1:])]

    def stand(self, id: int) -> None:
        """Let a claim stand for itself, and be found, matched and compared from the beginning."""
        this = update(ClaimRow).where(col(ClaimRow.id) == id)
        changed(self._session, this.values(sighting_of=None, matched_at=None))
        claim = load_claims(self._session, [id])[id]
        rewrite_keys(self._session, id, claim.statement)
        near(self._session).put(id, claim.statement.said_on, claim.embedding)
        self._forget_matches([id])

    def step_down(self, claims: Collection[int], first: int, at: datetime) -> None:
        """Let claims be sightings of another, and so their own sightings."""
        these = update(ClaimRow).where(col(ClaimRow.id).in_(claims))
        changed(self._session, these.values(sighting_of=first, matched_at=at))
        theirs = update(ClaimRow).where(col(ClaimRow.sighting_of).in_(claims))
        changed(self._session, theirs.values(sighting_of=first))
        changed(self._session, delete(ClaimKeyRow).where(col(ClaimKeyRow.claim_id).in_(claims)))
        for id, claim in load_claims(self._session, claims).items():
            near(self._session).put(id, claim.statement.said_on, None)
        self._forget_matches(claims)

    def point(self, claims: Collection[int], first: int) -> None:
        """Let sightings be those of another claim."""
        these = update(ClaimRow).where(col(ClaimRow.id).in_(claims))
        changed(self._session, these.values(sighting_of=first))

    def take_places(self, first: int, claims: Collection[int], at: datetime) -> None:
        """Put a claim where others stand in conflicts; what somebody arranged stays arranged."""
        query = select(ConflictClaimRow).where(col(ConflictClaimRow.claim_id).in_(claims))
        for row in self._session.exec(query.order_by(col(ConflictClaimRow.conflict_id))).all():
            place = self._session.get(ConflictClaimRow, (row.conflict_id, first))
            if place is None:
                place = ConflictClaimRow(conflict_id=row.conflict_id, claim_id=first, side=row.side)
            place.arranged = place.arranged or row.arranged
            self._session.add(place)
            self._session.delete(row)
            self._session.flush()
            self._touch(row.conflict_id, at)

    def are_opposed(self, one: int, other: int) -> bool:
        """Whether two claims stand on either side of a conflict, where somebody put them."""
        a, b = aliased(ConflictClaimRow), aliased(ConflictClaimRow)
        query = (
            select(a.conflict_id)
            .join(b, col(b.conflict_id) == col(a.conflict_id))
            .where(a.claim_id == one, b.claim_id == other, a.side != b.side)
        )
        return self._session.exec(query).first() is not None

    def tell(self, claim: int, came: Iterable[int], at: datetime) -> None:
        """Let the conflicts of a claim count its outlets, and tell what came as printed again."""
        prints = tuple(came)
        query = (
            select(ConflictClaimRow.conflict_id)
            .join(ConflictRow, col(ConflictRow.id) == col(ConflictClaimRow.conflict_id))
            .where(ConflictClaimRow.claim_id == claim, col(ConflictRow.merged_into).is_(None))
        )
        for id in sorted(self._session.exec(query)):
            self._touch(id, at)
            if prints:
                remember(self._session, id, at, Event.REPRINTED, TRACKER, claims=prints)

    def _touch(self, conflict_id: int, at: datetime) -> None:
        count_outlets(self._session, conflict_id)
        this = update(ConflictRow).where(col(ConflictRow.id) == conflict_id)
        changed(self._session, this.values(updated_at=at))

    def _forget_matches(self, claims: Collection[int]) -> None:
        of_claims = or_(
            col(MatchRow.premise_id).in_(claims), col(MatchRow.hypothesis_id).in_(claims)
        )
        changed(self._session, delete(MatchRow).where(of_claims))
