"""Conflicts as they are read: their sides in order, their history, the pair that leads."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Text, and_, cast, func
from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.storage.saying import WHEN_SAID
from tracker.storage.statements import stored_id
from tracker.storage.tables import (
    ArticleRow,
    ClaimRow,
    ConflictClaimRow,
    ConflictHistoryRow,
    ConflictRow,
    MatchRow,
)
from tracker.types import CONFLICTING, Conflict, Event, HistoryEntry, RelationLabel

Sides = tuple[tuple[int, ...], tuple[int, ...]]


def load_conflicts(session: Session, ids: Iterable[int]) -> dict[int, Conflict]:
    """The conflicts with these ids, by id."""
    wanted = set(ids)
    sides, histories = _sides(session, wanted), _histories(session, wanted)
    query = select(ConflictRow).where(col(ConflictRow.id).in_(wanted))
    return {
        (id := stored_id(row.id)): _conflict(row, sides[id], histories[id])
        for row in session.exec(query)
    }


def leading_pairs(session: Session, ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """The surest pair across each conflict that has the conflict's own reason, by conflict."""
    premise, hypothesis = aliased(ConflictClaimRow), aliased(ConflictClaimRow)
    query = (
        select(ConflictRow.id, MatchRow.premise_id, MatchRow.hypothesis_id)
        .join(premise, col(premise.conflict_id) == col(ConflictRow.id))
        .join(hypothesis, col(hypothesis.conflict_id) == col(ConflictRow.id))
        .join(
            MatchRow,
            and_(
                col(MatchRow.premise_id) == col(premise.claim_id),
                col(MatchRow.hypothesis_id) == col(hypothesis.claim_id),
            ),
        )
        .where(
            col(ConflictRow.id).in_(ids),
            premise.side != hypothesis.side,
            # Through the claims; the index of the label leads through every match there is.
            func.coalesce(MatchRow.label, RelationLabel.NONE).in_(CONFLICTING),
            # Neither database compares JSON, but both keep it as it was written.
            cast(MatchRow.reason, Text) == cast(ConflictRow.reason, Text),
        )
        .order_by(col(MatchRow.probability), col(MatchRow.id).desc())
    )
    return {stored_id(id): (one, other) for id, one, other in session.exec(query)}


def _sides(session: Session, ids: Collection[int]) -> dict[int, Sides]:
    """Both sides of each conflict in the order of saying, the one that began first."""
    query = (
        sa_select(ConflictClaimRow, *WHEN_SAID)
        .join(ClaimRow, col(ClaimRow.id) == col(ConflictClaimRow.claim_id))
        .join(ArticleRow, col(ArticleRow.id) == col(ClaimRow.article_id))
        .where(col(ConflictClaimRow.conflict_id).in_(ids))
    )
    by_side: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row, *_ in sorted(session.execute(query), key=lambda found: found[1:]):
        by_side[row.conflict_id][row.side].append(row.claim_id)
    return {id: _two(sides) for id, sides in by_side.items()}


def _two(sides: Mapping[int, list[int]]) -> Sides:
    first, second = sides.values()  # in the order in which each side began
    return tuple(first), tuple(second)


def _histories(session: Session, ids: Collection[int]) -> dict[int, list[HistoryEntry]]:
    query = (
        select(ConflictHistoryRow)
        .where(col(ConflictHistoryRow.conflict_id).in_(ids))
        .order_by(col(ConflictHistoryRow.id))
    )
    histories: dict[int, list[HistoryEntry]] = defaultdict(list)
    for row in session.exec(query):
        histories[row.conflict_id].append(_entry(row))
    return histories


def _entry(row: ConflictHistoryRow) -> HistoryEntry:
    return HistoryEntry(
        id=stored_id(row.id),
        at=row.at,
        event=Event(row.event),
        by=row.by,
        note=row.note or str(row.reason or ""),
        reason=row.reason,
        claims=row.claims,
    )


def _conflict(row: ConflictRow, sides: Sides, history: list[HistoryEntry]) -> Conflict:
    return Conflict(
        id=stored_id(row.id),
        state=row.state,
        label=row.label,
        kind=row.kind,
        severity=row.severity,
        reason=row.reason,
        sides=sides,
        opened_at=row.opened_at,
        updated_at=row.updated_at,
        evidence_at=row.evidence_at,
        outlets=row.outlets,
        occurrence=row.occurrence,
        dismissal=row.dismissal,
        snoozed_until=row.snoozed_until,
        assignee=row.assignee,
        second_opinion=row.second_opinion,
        merged_into=row.merged_into,
        looked_at=row.looked_at,
        history=tuple(history),
    )
