"""Conflicts: opened, joined, listed; every change under one lock and kept as history."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, update
from sqlmodel import Session, col, select

from tracker.conflicts import after_evidence
from tracker.storage.conflict_order import order_of
from tracker.storage.conflict_reading import (
    conflict_ids_around,
    leading_pairs,
    load_conflicts,
    relations_among,
)
from tracker.storage.conflict_writing import TRACKER, put, remember, stand, take
from tracker.storage.search import folded_words, search
from tracker.storage.source_index import named, words_of_names
from tracker.storage.statements import Lock, changed, find, hold, stored_id
from tracker.storage.stretches import Stretch, ids_of_stretch
from tracker.storage.tables import (
    ClaimRow,
    ConflictClaimRow,
    ConflictRow,
)
from tracker.types import (
    Conflict,
    ConflictFilter,
    ConflictState,
    Event,
    Home,
    Neighbourhood,
    RelatedPair,
    RelationLabel,
)

STRENGTH = {
    RelationLabel.TENSION: 1,
    RelationLabel.REVERSAL: 2,
    RelationLabel.CONTRADICTION: 3,
}
_UNMERGED = col(ConflictRow.merged_into).is_(None)
Sides = tuple[tuple[int, ...], tuple[int, ...]]


class Conflicts:
    """Everything asked of conflicts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def lock(self) -> None:
        """Wait until nobody else places pairs; held to the end of the transaction."""
        hold(self._session, Lock.CONFLICTS)

    def around(self, premise_id: int, hypothesis_id: int) -> Neighbourhood:
        """What is stored around a pair of claims."""
        pair = {premise_id, hypothesis_id}
        found = load_conflicts(self._session, conflict_ids_around(self._session, pair))
        conflicts = sorted(found.values(), key=lambda each: (each.opened_at, each.id))
        members = pair.union(*(side for each in conflicts for side in each.sides))
        return Neighbourhood(
            conflicts=tuple(conflicts), relations=relations_among(self._session, members)
        )

    def open(self, pair: RelatedPair, severity: float, at: datetime) -> int:
        """Store a new conflict with the pair on its two sides; answers its id."""
        row = ConflictRow(
            state=ConflictState.NEW,
            label=pair.relation.label,
            kind=pair.relation.kind,
            severity=severity,
            reason=pair.relation.reason,
            occurrence=1,
            opened_at=at,
            updated_at=at,
            evidence_at=at,
        )
        self._session.add(row)
        self._session.flush()
        id = stored_id(row.id)
        self._place(id, ((pair.premise.id,), (pair.hypothesis.id,)))
        self._remember(id, at, Event.OPENED, pair, (pair.premise.id, pair.hypothesis.id))
        return id

    def join(self, home: Home, pair: RelatedPair, severity: float, at: datetime) -> bool:
        """Add the pair to a conflict; False when that changes nothing.

        The highest severity and the strongest relation are kept. New evidence brings back what
        was dismissed or snoozed; the same words once more do not.

        Raises:
            NotFound: no such conflict.
        """
        row = find(self._session, ConflictRow, home.conflict_id, lock=True)
        grown = self._grow(home)
        stronger = _strengthen(row, pair, severity)
        if not (grown or stronger):
            return False
        row.updated_at = at
        if grown and not home.evidence:
            self._remember(home.conflict_id, at, Event.REPRINTED, pair, grown)
            self._session.flush()
            return False
        if grown:
            self._remember(home.conflict_id, at, _bring_back(row, at), pair, home.evidence)
        row.evidence_at = at
        row.alerted_at = None
        self._session.flush()
        return True

    def get(self, id: int) -> Conflict:
        """One conflict; in a writing transaction it stays as it is until that ends.

        Raises:
            NotFound: no such conflict.
        """
        find(self._session, ConflictRow, id, lock=self._session.info["writes"])
        return load_conflicts(self._session, [id])[id]

    def page(self, wanted: ConflictFilter, limit: int, offset: int) -> list[Conflict]:
        """The conflicts of a list, in the order that is asked for."""
        ids = self.ids(wanted, limit, offset)
        found = load_conflicts(self._session, ids)
        return [found[id] for id in ids]

    def ids(self, wanted: ConflictFilter, limit: int, offset: int = 0) -> list[int]:
        """The ids of the conflicts of a list, in the order that is asked for."""
        order = order_of(wanted.order)
        query = select(ConflictRow.id).where(*self._fitting(wanted)).order_by(*order.falling)
        return [stored_id(id) for id in self._session.exec(query.limit(limit).offset(offset))]

    def stretch(
        self, wanted: ConflictFilter, limit: int, cursor: str | None = None, *, skip: int = 0
    ) -> Stretch[Conflict]:
        """The conflicts of a list after ``cursor``; ``skip`` leaves out as many at the beginning.

        Raises:
            InvalidInput: the list never gave that cursor.
        """
        query = select(ConflictRow.id).where(*self._fitting(wanted)).offset(skip)
        order = order_of(wanted.order)
        ids = ids_of_stretch(self._session, query, order, limit, cursor)
        found = load_conflicts(self._session, ids.items)
        return Stretch([found[id] for id in ids.items], ids.cursor)

    def leading(self, conflicts: Sequence[Conflict]) -> dict[int, tuple[int, int]]:
        """The claim of either side that a conflict's reason speaks of, or else the earliest."""
        crossing = leading_pairs(self._session, [each.id for each in conflicts])
        return {each.id: _in_order(each, crossing.get(each.id)) for each in conflicts}

    def holding(self, claim_ids: Collection[int]) -> list[Conflict]:
        """The conflicts with any of these claims on a side, the last opened first."""
        query = select(ConflictRow.id).where(_UNMERGED, _holds(col(ClaimRow.id).in_(claim_ids)))
        found = load_conflicts(self._session, [stored_id(id) for id in self._session.exec(query)])
        return sorted(found.values(), key=lambda each: (each.opened_at, each.id), reverse=True)

    def beside(self, conflict: Conflict, limit: int) -> list[Conflict]:
        """Other conflicts with a claim of the same articles, the last opened first."""
        own = select(ClaimRow.article_id).where(
            col(ClaimRow.id).in_([claim for side in conflict.sides for claim in side])
        )
        query = (
            select(ConflictRow.id)
            .where(
                _UNMERGED,
                ConflictRow.id != conflict.id,
                _holds(col(ClaimRow.article_id).in_(own)),
            )
            .order_by(col(ConflictRow.opened_at).desc(), col(ConflictRow.id).desc())
            .limit(limit)
        )
        ids = [stored_id(id) for id in self._session.exec(query)]
        found = load_conflicts(self._session, ids)
        return [found[id] for id in ids]

    def counts(self) -> dict[ConflictState, int]:
        """How many conflicts stand in each state."""
        query = (
            select(ConflictRow.state, func.count())
            .where(_UNMERGED)
            .group_by(col(ConflictRow.state))
        )
        found = dict(self._session.exec(query).all())
        return {state: found.get(state, 0) for state in ConflictState}

    def assignees(self) -> list[str]:
        """Everybody who sees to a conflict, by name."""
        query = select(ConflictRow.assignee).where(ConflictRow.assignee != "").distinct()
        return sorted(self._session.exec(query), key=str.casefold)

    def changes(self) -> tuple[int, datetime | None]:
        """Differs whenever a conflict was opened or changed: how many there are, and the last."""
        count, last = self._session.exec(
            select(func.count(), func.max(ConflictRow.updated_at))
        ).one()
        return count, last

    def mark_alerted(self, conflict: Conflict, at: datetime) -> None:
        """Stamp that the alerts of all that its history tells are stored."""
        only = update(ConflictRow).where(col(ConflictRow.id) == conflict.id)
        last = conflict.history[-1].id
        changed(self._session, only.values(alerted_at=at, alerted_entry=last))

    def unalerted(self, before: datetime) -> list[int]:
        """Conflicts with evidence that came until ``before`` and was not alerted, oldest first."""
        query = (
            select(ConflictRow.id)
            .where(
                _UNMERGED,
                col(ConflictRow.alerted_at).is_(None),
                col(ConflictRow.evidence_at) <= before,
            )
            .order_by(col(ConflictRow.evidence_at), col(ConflictRow.id))
        )
        return [stored_id(id) for id in self._session.exec(query)]

    def _fitting(self, wanted: ConflictFilter) -> Iterator[ColumnElement[bool]]:
        """What is true of the conflicts that a filter lets through."""
        yield _UNMERGED
        if wanted.states:
            yield col(ConflictRow.state).in_(wanted.states)
        if wanted.label is not None:
            yield col(ConflictRow.label) == wanted.label
        if wanted.source_id is not None:
            yield _holds(col(ClaimRow.source_id) == wanted.source_id)
        if wanted.language is not None:
            yield _holds(col(ClaimRow.language) == wanted.language)
        if wanted.words:
            words = folded_words([wanted.words])
            found = search(self._session).having(words)
            yield _holds(
                or_(found, col(ClaimRow.source_id).in_(named(words_of_names([wanted.words]))))
            )
        if wanted.assignee is not None:
            yield col(ConflictRow.assignee) == wanted.assignee
        if wanted.second_opinion:
            yield col(ConflictRow.second_opinion).is_(True)

    def _grow(self, home: Home) -> tuple[int, ...]:
        """Give a conflict the sides of its home; answers the claims that are new."""
        stored = load_conflicts(self._session, [home.conflict_id])[home.conflict_id].sides
        if {frozenset(side) for side in stored} == {frozenset(side) for side in home.sides}:
            return ()
        take(self._session, home.conflict_id, [*stored[0], *stored[1]])
        self._place(home.conflict_id, home.sides)
        before = {*stored[0], *stored[1]}
        return tuple(claim for side in home.sides for claim in side if claim not in before)

    def _place(self, id: int, sides: Sides) -> None:
        put(self._session, id, {claim: n for n, side in enumerate(sides) for claim in side})

    def _remember(
        self, id: int, at: datetime, event: Event, pair: RelatedPair, claims: tuple[int, ...]
    ) -> None:
        reason = pair.relation.reason
        remember(self._session, id, at, event, TRACKER, claims=claims, reason=reason)


def _in_order(conflict: Conflict, pair: tuple[int, int] | None) -> tuple[int, int]:
    """A claim of either side, the first side's first."""
    first, second = conflict.sides
    if pair is None:
        return first[0], second[0]
    one, other = pair
    return (one, other) if one in first else (other, one)


def _strengthen(row: ConflictRow, pair: RelatedPair, severity: float) -> bool:
    """Keep the stronger relation and the higher severity; answers whether either is the pair's."""
    relation = pair.relation
    before = (STRENGTH[row.label], row.severity)
    if (STRENGTH[relation.label], severity) > before:
        row.label, row.kind, row.reason = relation.label, relation.kind, relation.reason
    row.severity = max(row.severity, severity)
    return (STRENGTH[row.label], row.severity) != before


def _bring_back(row: ConflictRow, at: datetime) -> Event:
    """Let new evidence change where a conflict stands; answers what the history calls it."""
    before = row.state
    stand(row, after_evidence(before, looked_at=row.looked_at is not None), at)
    if before in (ConflictState.DISMISSED, ConflictState.SNOOZED):
        row.occurrence += 1
        return Event.REOPENED
    return Event.JOINED


def _holds(condition: ColumnElement[bool] | bool) -> ColumnElement[bool]:
    """Whether a conflict holds a claim of which ``condition`` is true."""
    holding = (
        select(ConflictClaimRow.conflict_id)
        .join(ClaimRow, col(ClaimRow.id) == col(ConflictClaimRow.claim_id))
        .where(condition)
    )
    return col(ConflictRow.id).in_(holding.scalar_subquery())
