"""Which claims make one conflict: what lies around a claim, and conflicts put as they have to be.

Whoever changes anything holds the lock of the conflicts; every change is kept as history.
"""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, select

from tracker.conflicts import Home, Neighbourhood, Tie, after_evidence, strength_of
from tracker.storage.conflict_writing import TRACKER, put, remember, stand, standing, take
from tracker.storage.statements import find, stored_id
from tracker.storage.surroundings import neighbourhood, tied
from tracker.storage.tables import ConflictClaimRow, ConflictRow, MatchRow
from tracker.types import ConflictState, Event, Reason

MOST_CLAIMS = 300
"""So many claims at most are gathered anew at once. Where more hang together, what is stored stays
as it is, and a new pair joins what stands next to it, as it comes."""
Placed = dict[int, int]
"""The side, 0 or 1, that each claim of a conflict stands on."""


class Groups:
    """Everything that the program does with the sides of conflicts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def tied(self, claims: Collection[int]) -> list[int]:
        """Those of some claims that disagree with anybody or are repeats."""
        return tied(self._session, claims)

    def around(self, claim_id: int, most: int = MOST_CLAIMS) -> Neighbourhood:
        """All that hangs together with a claim; not whole where that is more than ``most``."""
        return neighbourhood(self._session, claim_id, most)

    def settle(self, home: Home, at: datetime) -> int | None:
        """Let a conflict stand as it has to; answers its id if there is something to tell of it.

        New evidence brings back what was dismissed or snoozed; the same words once more, and
        claims that only change places, do not.

        Raises:
            NotFound: no such conflict.
        """
        if home.split_from is not None:
            return self._split_off(home, home.split_from, at)
        if home.conflict_id is None:
            return self._open(home, at)
        return self._change(home.conflict_id, home, at)

    # --- conflicts that were not there ------------------------------------------------------

    def _open(self, home: Home, at: datetime) -> int:
        row = self._begin(home, at)
        id = self._fill(row, home)
        self._remember(id, at, Event.OPENED, sum(home.sides, ()), home.because)
        return id

    def _split_off(self, home: Home, old_id: int, at: datetime) -> int | None:
        """A conflict that stands in review where the one stands that held its claims so far."""
        row, old = self._begin(home, at), find(self._session, ConflictRow, old_id, lock=True)
        stand(row, standing(old), at)
        row.assignee, row.second_opinion = old.assignee, old.second_opinion
        row.looked_at, row.occurrence = old.looked_at, old.occurrence
        row.evidence_at, row.alerted_at = old.evidence_at, old.alerted_at
        id = self._fill(row, home)
        for one, other in ((old_id, id), (id, old_id)):
            claims = sum(home.sides, ())
            remember(self._session, one, at, Event.SPLIT, TRACKER, str(other), claims)
        return id if row.alerted_at is None else None

    def _begin(self, home: Home, at: datetime) -> ConflictRow:
        leading = home.leading
        assert leading is not None, "a conflict begins with a disagreement"
        return ConflictRow(
            state=ConflictState.NEW,
            label=leading.label,
            kind=leading.kind,
            severity=home.severity,
            reason=self._reason(leading),
            occurrence=1,
            opened_at=at,
            updated_at=at,
            evidence_at=at,
        )

    def _fill(self, row: ConflictRow, home: Home) -> int:
        self._session.add(row)
        self._session.flush()
        id = stored_id(row.id)
        put(self._session, id, _placed(home))
        return id

    # --- conflicts that are there -----------------------------------------------------------

    def _change(self, id: int, home: Home, at: datetime) -> int | None:
        row = find(self._session, ConflictRow, id, lock=True)
        before = self._held(id)
        is_other = self._arrange(id, before, _placed(home))
        is_stronger = self._strengthen(row, home)
        for other in home.absorbed:
            self._absorb(row, other, before, at)
        if home.rearranged:
            self._remember(id, at, Event.REGROUPED, home.rearranged)
        if home.evidence:
            event = _bring_back(row, at)
            self._remember(id, at, event, home.evidence, home.because)
        elif home.reprinted:
            self._remember(id, at, Event.REPRINTED, home.reprinted, home.because)
        is_news = bool(home.evidence) or is_stronger
        if is_news:
            row.evidence_at, row.alerted_at = at, None
        if is_news or is_other or home.absorbed:
            row.updated_at = at
        self._session.flush()
        return id if is_news else None

    def _held(self, id: int) -> Placed:
        query = select(ConflictClaimRow).where(ConflictClaimRow.conflict_id == id)
        return {each.claim_id: each.side for each in self._session.exec(query)}

    def _arrange(self, id: int, before: Placed, after: Placed) -> bool:
        """Put the claims where they have to stand; answers whether that changes anything."""
        turned = {claim: 1 - side for claim, side in after.items()}
        after = max(after, turned, key=lambda placed: len(placed.items() & before.items()))
        gone, new = before.items() - after.items(), after.items() - before.items()
        if gone:
            take(self._session, id, [claim for claim, _ in gone])
        if new:
            put(self._session, id, dict(new))
        return bool(gone or new)

    def _strengthen(self, row: ConflictRow, home: Home) -> bool:
        """Say what the conflict turns on now; answers whether it has become stronger."""
        leading = home.leading
        if leading is None:
            return False
        before = (strength_of(row.label), row.severity)
        row.label, row.kind, row.severity = leading.label, leading.kind, home.severity
        row.reason = self._reason(leading)
        return (strength_of(row.label), row.severity) > before

    def _absorb(self, row: ConflictRow, other_id: int, before: Placed, at: datetime) -> None:
        """Let a conflict stand for another one too; what is decided or asked of it goes on."""
        id, other = stored_id(row.id), find(self._session, ConflictRow, other_id, lock=True)
        new = tuple(sorted(self._held(other_id).keys() - before.keys()))
        other.merged_into, other.updated_at = id, at
        row.assignee = row.assignee or other.assignee
        row.second_opinion = row.second_opinion or other.second_opinion
        row.evidence_at = max(row.evidence_at, other.evidence_at)
        remember(self._session, id, at, Event.MERGED, TRACKER, str(other_id), new)
        remember(self._session, other_id, at, Event.MERGED, TRACKER, str(id))

    def _reason(self, tie: Tie) -> Reason:
        query = select(MatchRow).where(
            MatchRow.premise_id == tie.premise_id, MatchRow.hypothesis_id == tie.hypothesis_id
        )
        reason = self._session.exec(query).one().reason
        assert reason is not None, "what was compared has a reason"
        return reason

    def _remember(
        self, id: int, at: datetime, event: Event, claims: tuple[int, ...], tie: Tie | None = None
    ) -> None:
        reason = self._reason(tie) if tie else None
        remember(self._session, id, at, event, TRACKER, claims=claims, reason=reason)


def _placed(home: Home) -> Placed:
    return {claim: side for side, claims in enumerate(home.sides) for claim in claims}


def _bring_back(row: ConflictRow, at: datetime) -> Event:
    """Let new evidence change where a conflict stands; answers what the history calls it."""
    before = row.state
    stand(row, after_evidence(before, looked_at=row.looked_at is not None), at)
    if before in (ConflictState.DISMISSED, ConflictState.SNOOZED):
        row.occurrence += 1
        return Event.REOPENED
    return Event.JOINED
