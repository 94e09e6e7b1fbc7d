"""Conflicts as they are asked for: one, a list, what stands beside; and their alerts."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, update
from sqlmodel import Session, col, select

from tracker.storage.conflict_order import order_of
from tracker.storage.conflict_reading import leading_pairs, load_conflicts
from tracker.storage.saying import ROOT
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
)

_UNMERGED = col(ConflictRow.merged_into).is_(None)


class Conflicts:
    """Everything asked of conflicts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def lock(self) -> None:
        """Wait until nobody else changes what conflicts hold or where they stand."""
        hold(self._session, Lock.CONFLICTS)

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
        """The conflicts with any of these claims, or of what they print again, on a side.

        The last opened comes first.
        """
        standing = select(ROOT).where(col(ClaimRow.id).in_(claim_ids))
        query = select(ConflictRow.id).where(_UNMERGED, _holds(col(ClaimRow.id).in_(standing)))
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


def _in_order(conflict: Conflict, pair: tuple[int, int] | None) -> tuple[int, int]:
    """A claim of either side, the first side's first."""
    first, second = conflict.sides
    if pair is None:
        return first[0], second[0]
    one, other = pair
    return (one, other) if one in first else (other, one)


def _holds(condition: ColumnElement[bool] | bool) -> ColumnElement[bool]:
    """Whether a conflict holds a claim of which ``condition`` is true."""
    holding = (
        select(ConflictClaimRow.conflict_id)
        .join(ClaimRow, col(ClaimRow.id) == col(ConflictClaimRow.claim_id))
        .where(condition)
    )
    return col(ConflictRow.id).in_(holding.scalar_subquery())
