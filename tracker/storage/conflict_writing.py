"""How the row of a conflict is changed, and its history written."""

from datetime import datetime

from sqlmodel import Session

from tracker.storage.tables import ConflictHistoryRow, ConflictRow
from tracker.types import Event, Standing

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


def remember(
    session: Session,
    id: int,
    at: datetime,
    event: Event,
    by: str,
    note: str = "",
    claims: tuple[int, ...] = (),
) -> ConflictHistoryRow:
    """Add to the history of a conflict; in the order of the calls."""
    entry = ConflictHistoryRow(conflict_id=id, at=at, event=event, by=by, note=note, claims=claims)
    session.add(entry)
    session.flush()
    return entry
