"""How the row of a conflict is changed, and its history written."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, distinct, func, or_, update
from sqlmodel import Session, col, select

from tracker.storage.statements import changed, insert_all
from tracker.storage.tables import (
    ArticleRow,
    ClaimRow,
    ConflictClaimRow,
    ConflictHistoryRow,
    ConflictRow,
)
from tracker.types import Event, Reason, Standing

TRACKER = "tracker"
"""Who opens, joins, reopens and wakes conflicts."""


def standing(row: ConflictRow) -> Standing:
    """Where a conflict stands."""
    return Standing(state=row.state, dismissal=row.dismissal, snoozed_until=row.snoozed_until)


def stand(row: ConflictRow, standing: Standing, at: datetime) -> None:
    """Put a conflict where it stands from now on."""
    row.state = standing.state
    row.dismissal = standing.dismissal
    row.snoozed_until = standing.snoozed_until
    row.updated_at = at
    row.alerted_at = None


def remember(
    session: Session,
    id: int,
    at: datetime,
    event: Event,
    by: str,
    note: str = "",
    claims: tuple[int, ...] = (),
    reason: Reason | None = None,
) -> ConflictHistoryRow:
    """Add to the history of a conflict; in the order of the calls."""
    entry = ConflictHistoryRow(
        conflict_id=id, at=at, event=event, by=by, note=note, reason=reason, claims=claims
    )
    session.add(entry)
    session.flush()
    return entry


def put(session: Session, id: int, placed: Mapping[int, int]) -> None:
    """Put claims on sides, 0 or 1, of a conflict."""
    rows = [{"conflict_id": id, "claim_id": c, "side": side} for c, side in placed.items()]
    insert_all(session, ConflictClaimRow, rows)
    count_outlets(session, id)


def take(session: Session, id: int, claims: Collection[int]) -> None:
    """Take claims out of a conflict."""
    here = (col(ConflictClaimRow.conflict_id) == id, col(ConflictClaimRow.claim_id).in_(claims))
    session.execute(delete(ConflictClaimRow).where(*here))
    count_outlets(session, id)


def count_outlets(session: Session, id: int) -> None:
    """Keep how many outlets print a claim of a conflict."""
    claims = select(ConflictClaimRow.claim_id).where(ConflictClaimRow.conflict_id == id)
    held = list(session.exec(claims))
    counted = (
        select(func.count(distinct(col(ArticleRow.outlet))))
        .join(ClaimRow, col(ClaimRow.article_id) == col(ArticleRow.id))
        .where(or_(col(ClaimRow.id).in_(held), col(ClaimRow.sighting_of).in_(held)))
    )
    only = update(ConflictRow).where(col(ConflictRow.id) == id)
    changed(session, only.values(outlets=counted.scalar_subquery()))
