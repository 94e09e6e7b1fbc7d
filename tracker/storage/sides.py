"""The sides of conflicts, rearranged by people: claims moved, conflicts split and merged.

What people arranged the program leaves as it is; later claims only join.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from tracker.errors import InvalidDecision
from tracker.storage.conflict_writing import put, remember, take
from tracker.storage.statements import Lock, changed, find, hold, stored_id
from tracker.storage.tables import ConflictClaimRow, ConflictRow
from tracker.types import ConflictState, Event

Placed = dict[int, int]
"""The side, 0 or 1, that each claim of a conflict stands on."""


class Sides:
    """Everything that people do with the sides of conflicts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def move(self, id: int, claim_id: int, by: str, at: datetime) -> None:
        """Put a claim on the other side.

        Raises:
            NotFound: no such conflict.
            InvalidDecision: the claim is not in it, or is alone on its side.
        """
        placed = self._held(id, at)
        if claim_id not in placed:
            raise InvalidDecision("claim {id} is not in this conflict", "claim", id=claim_id)
        if list(placed.values()).count(placed[claim_id]) == 1:
            raise InvalidDecision("a side cannot be left empty; dismiss the conflict", "claim")
        here = (col(ConflictClaimRow.conflict_id) == id, col(ConflictClaimRow.claim_id) == claim_id)
        moved = update(ConflictClaimRow).where(*here).values(side=1 - placed[claim_id])
        changed(self._session, moved)
        self._settle(id)
        remember(self._session, id, at, Event.MOVED, by, claims=(claim_id,))

    def split(self, id: int, claim_ids: Collection[int], by: str, at: datetime) -> int:
        """Take claims of both sides into a conflict of their own; answers its id.

        Raises:
            NotFound: no such conflict.
            InvalidDecision: either of the two would have an empty side.
        """
        placed = self._held(id, at)
        taken = {claim: side for claim, side in placed.items() if claim in claim_ids}
        left = {claim: side for claim, side in placed.items() if claim not in claim_ids}
        if len(set(taken.values())) < 2 or len(set(left.values())) < 2:
            raise InvalidDecision(
                "both conflicts need a claim on either side: choose some of each side, but not all",
                "claims",
            )
        new = self._copy(find(self._session, ConflictRow, id), at)
        put(self._session, new, taken)
        take(self._session, id, taken)
        self._settle(new, family=self._settle(id))
        for one, other in ((id, new), (new, id)):
            remember(self._session, one, at, Event.SPLIT, by, str(other), tuple(taken))
        return new

    def merge(self, id: int, other: int, by: str, at: datetime, *, crossed: bool = False) -> None:
        """Put the claims of another conflict on the sides of this one, which stands for both then.

        ``crossed`` puts the first side of the other on the second of this one.

        Raises:
            NotFound: no such conflict.
            InvalidDecision: they are one, one is merged already, or a claim would be on both sides.
        """
        if id == other:
            raise InvalidDecision("a conflict cannot be merged with itself", "other")
        placed, coming = self._held(id, at), self._held(other, at)
        if crossed:
            coming = {claim: 1 - side for claim, side in coming.items()}
        if any(placed.get(claim, side) != side for claim, side in coming.items()):
            raise InvalidDecision(
                "a claim would stand on both sides; merge them the other way round", "crossed"
            )
        row, merged = find(self._session, ConflictRow, id), find(self._session, ConflictRow, other)
        put(self._session, id, coming)
        merged.merged_into = id
        self._settle(id, family=merged.family)
        row.severity = max(row.severity, merged.severity)
        row.evidence_at = max(row.evidence_at, merged.evidence_at)
        new = tuple(claim for claim in coming if claim not in placed)
        remember(self._session, id, at, Event.MERGED, by, str(other), new)
        remember(self._session, other, at, Event.MERGED, by, str(id))

    def _held(self, id: int, at: datetime) -> Placed:
        """The claims of a conflict, which nobody else changes until the transaction ends."""
        hold(self._session, Lock.CONFLICTS)
        row = find(self._session, ConflictRow, id, lock=True)
        if row.merged_into is not None:
            raise InvalidDecision("it is merged into conflict {id}; see there", id=row.merged_into)
        row.updated_at = at
        query = select(ConflictClaimRow).where(ConflictClaimRow.conflict_id == id)
        return {each.claim_id: each.side for each in self._session.exec(query)}

    def _settle(self, id: int, family: int | None = None) -> int:
        """Let every claim of a conflict stay where it is; answers the family it is of then."""
        here = update(ConflictClaimRow).where(col(ConflictClaimRow.conflict_id) == id)
        changed(self._session, here.values(arranged=True))
        row = find(self._session, ConflictRow, id)
        kept = row.family or family or id
        if family is not None:  # two families become one
            same = update(ConflictRow).where(col(ConflictRow.family) == family)
            changed(self._session, same.values(family=kept))
        row.family = kept
        self._session.flush()
        return kept

    def _copy(self, row: ConflictRow, at: datetime) -> int:
        """A new conflict of the same kind, undecided."""
        new = ConflictRow(
            state=ConflictState.NEW,
            label=row.label,
            kind=row.kind,
            severity=row.severity,
            reason=row.reason,
            occurrence=1,
            opened_at=at,
            updated_at=at,
            evidence_at=row.evidence_at,
            alerted_at=at,
        )
        self._session.add(new)
        self._session.flush()
        return stored_id(new.id)
