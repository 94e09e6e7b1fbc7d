"""Reviews: what people decide and note of conflicts. All of it is history, and can be undone."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import update
from sqlmodel import Session, col, select

from tracker.conflicts import check_decision
from tracker.errors import InvalidDecision
from tracker.storage.conflict_writing import TRACKER, remember, stand, standing
from tracker.storage.statements import Lock, changed, find, hold, stored_id
from tracker.storage.tables import ConflictHistoryRow, ConflictRow
from tracker.types import ConflictState, Decision, Event, Standing


class Reviews:
    """Everything that people do with conflicts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def look(self, id: int, at: datetime) -> None:
        """Stamp that somebody has seen what is known until now."""
        only = update(ConflictRow).where(col(ConflictRow.id) == id)
        changed(self._session, only.values(looked_at=at))

    def decide(self, ids: Sequence[int], decision: Decision, at: datetime) -> str:
        """Decide of one conflict or of many, all or none; answers by what it can be undone.

        Raises:
            NotFound: no such conflict.
            InvalidDecision: one of them cannot be decided like that.
        """
        hold(self._session, Lock.CONFLICTS)
        batch = uuid4().hex
        for id in sorted(set(ids)):
            row = find(self._session, ConflictRow, id, lock=True)
            check_decision(row.state, decision, at)
            before = standing(row)
            stand(row, decision, at)
            row.second_opinion = False
            entry = self._remember(id, at, Event(decision.state), decision.by, decision.note)
            entry.batch, entry.before = batch, before
            self._session.flush()
        return batch

    def undo(self, batch: str, by: str, at: datetime) -> list[int]:
        """Put the conflicts of a decision back where they stood; answers which.

        Those of which something else was decided since stay as they are.
        """
        hold(self._session, Lock.CONFLICTS)
        query = select(ConflictHistoryRow).where(ConflictHistoryRow.batch == batch)
        undone = []
        for entry in self._session.exec(query.order_by(col(ConflictHistoryRow.conflict_id))):
            row = find(self._session, ConflictRow, entry.conflict_id, lock=True)
            if entry.before is None or self._decided_last(entry.conflict_id) != entry.id:
                continue
            stand(row, entry.before, at)
            self._remember(entry.conflict_id, at, Event.UNDONE, by, entry.event)
            undone.append(entry.conflict_id)
        return undone

    def due(self, now: datetime) -> list[int]:
        """What was snoozed until now."""
        query = (
            select(ConflictRow.id)
            .where(col(ConflictRow.snoozed_until) <= now)
            .order_by(col(ConflictRow.id))
        )
        return [stored_id(id) for id in self._session.exec(query)]

    def wake(self, id: int, now: datetime) -> None:
        """Bring back a conflict that was snoozed until now; any other stays as it is."""
        row = find(self._session, ConflictRow, id, lock=True)
        if row.state is ConflictState.SNOOZED and row.snoozed_until and row.snoozed_until <= now:
            stand(row, Standing(state=ConflictState.REOPENED), now)
            self._remember(id, now, Event.WOKEN, TRACKER)

    def note(self, id: int, text: str, by: str, at: datetime) -> None:
        """Keep a note without deciding anything.

        Raises:
            NotFound: no such conflict.
            InvalidDecision: the note is empty.
        """
        if not text.strip():
            raise InvalidDecision("a note says something", "note")
        self._touch(id, at)
        self._remember(id, at, Event.NOTED, by, text)

    def assign(self, id: int, assignee: str, by: str, at: datetime) -> None:
        """Say who sees to a conflict; nobody when empty.

        Raises:
            NotFound: no such conflict.
        """
        self._touch(id, at).assignee = assignee
        self._remember(id, at, Event.ASSIGNED, by, assignee)

    def ask_second(self, id: int, by: str, note: str, at: datetime) -> None:
        """Ask another person to look before this is decided.

        Raises:
            NotFound: no such conflict.
        """
        self._touch(id, at).second_opinion = True
        self._remember(id, at, Event.SECOND_ASKED, by, note)

    def _touch(self, id: int, at: datetime) -> ConflictRow:
        row = find(self._session, ConflictRow, id, lock=True)
        row.updated_at = at
        return row

    def _remember(
        self, id: int, at: datetime, event: Event, by: str, note: str = ""
    ) -> ConflictHistoryRow:
        return remember(self._session, id, at, event, by, note)

    def _decided_last(self, id: int) -> int | None:
        """The last entry of a conflict's history that changed where it stands."""
        query = (
            select(ConflictHistoryRow.id)
            .where(
                ConflictHistoryRow.conflict_id == id,
                col(ConflictHistoryRow.event).in_(_CHANGES),
            )
            .order_by(col(ConflictHistoryRow.id).desc())
            .limit(1)
        )
        return self._session.exec(query).first()


_CHANGES = (
    Event.OPENED,
    Event.CONFIRMED,
    Event.DISMISSED,
    Event.SNOOZED,
    Event.REOPENED,
    Event.WOKEN,
    Event.UNDONE,
    Event.MERGED,
)
"""What changes where a conflict stands; a decision with one of these after it is not undone."""
