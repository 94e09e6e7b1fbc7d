"""The audit log; entries are added and never changed."""

from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import func
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from tracker.storage.account_tables import AuditRow
from tracker.storage.statements import stored_id
from tracker.storage.stretches import Number, Order, Stretch, ids_of_stretch
from tracker.types import AuditDraft, AuditEntry, Deed

_KEPT = Order((col(AuditRow.id),), TypeAdapter(tuple[Number]))


class Audit:
    """Everything asked of the audit log."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, draft: AuditDraft, at: datetime) -> None:
        """Keep what was done."""
        row = AuditRow(
            at=at, deed=draft.deed, by=draft.by, about=draft.about, address=draft.address
        )
        self._session.add(row)
        self._session.flush()

    def recent(self, limit: int, offset: int = 0) -> list[AuditEntry]:
        """The latest entries, newest first."""
        query = select(AuditRow).order_by(col(AuditRow.at).desc(), col(AuditRow.id).desc())
        return [_entry(row) for row in self._session.exec(query.limit(limit).offset(offset))]

    def stretch(self, limit: int, cursor: str | None = None) -> Stretch[AuditEntry]:
        """The entries, the last that was kept first.

        Raises:
            InvalidInput: the list never gave that cursor.
        """
        ids = ids_of_stretch(self._session, sa_select(col(AuditRow.id)), _KEPT, limit, cursor)
        query = select(AuditRow).where(col(AuditRow.id).in_(ids.items))
        rows = self._session.exec(query.order_by(col(AuditRow.id).desc()))
        return Stretch([_entry(row) for row in rows], ids.cursor)

    def failures(
        self, since: datetime, *, by: str | None = None, address: str | None = None
    ) -> int:
        """How many sign-ins failed since then, under a name, from an address, or both."""
        query = (
            select(func.count())
            .select_from(AuditRow)
            .where(AuditRow.deed == Deed.SIGN_IN_FAILED, col(AuditRow.at) > since)
        )
        if by is not None:
            query = query.where(AuditRow.by == by)
        if address is not None:
            query = query.where(AuditRow.address == address)
        return self._session.exec(query).one()


def _entry(row: AuditRow) -> AuditEntry:
    return AuditEntry(
        id=stored_id(row.id),
        at=row.at,
        deed=row.deed,
        by=row.by,
        about=row.about,
        address=row.address,
    )
