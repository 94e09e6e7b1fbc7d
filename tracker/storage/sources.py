"""Sources: every speaker once, found again by any of the names."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from pydantic import TypeAdapter
from sqlalchemy import func
from sqlmodel import Session, col, select

from tracker.sources import asked_for, taught, with_names
from tracker.storage.source_index import kept_near, named, words_of_names, write_index
from tracker.storage.statements import Lock, find, hold, share, stored_id
from tracker.storage.stretches import Number, Order, Stretch, ids_of_stretch
from tracker.storage.tables import ClaimRow, SourceRow
from tracker.types import Source, SourceDraft

_MET = Order((col(SourceRow.id),), TypeAdapter(tuple[Number]))


class Sources:
    """Everything asked of sources."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def similar(self, draft: SourceDraft) -> list[Source]:
        """Those whose names can be the draft's, its very name first; a few dozen at most.

        Until the transaction ends nobody merges or splits sources, so that what is stored for
        one of them stays with the right one.
        """
        keys = asked_for(draft)
        if not keys:
            return []
        share(self._session, Lock.SPEAKERS)
        return [
            replace(source_of(row), merged_into=row.merged_into and bearer(self._session, row).id)
            for row in kept_near(self._session, keys)
        ]

    def lock(self) -> None:
        """Until the transaction ends nobody else adds or teaches a source.

        Two workers who meet the same new name do not both store it if they look again after this.
        """
        hold(self._session, Lock.SOURCES)

    def knows(self, draft: SourceDraft, known: Source) -> Source | None:
        """The source that stands for a known one, if a draft tells neither anything new."""
        if taught(known, draft) != known:
            return None
        if known.merged_into is None:
            return known
        stands = self.get(known.merged_into)
        return stands if with_names(stands, _names(draft)) == stands else None

    def save(self, draft: SourceDraft, known: Source | None) -> Source:
        """Store a new source, or let a known one learn the draft's names and roles.

        Answers the one that stands for it where they were merged, which learns the names too.
        """
        if known is None:
            row = SourceRow(
                name=draft.name,
                kind=draft.kind,
                aliases=(),
                role=draft.role,
                speaks_for=draft.speaks_for,
                apart=draft.apart,
            )
            self._session.add(row)
            self._session.flush()
        else:
            row = find(self._session, SourceRow, known.id, lock=True)
        _change(self._session, row, taught(source_of(row), draft))
        while row.merged_into is not None:
            row = find(self._session, SourceRow, row.merged_into, lock=True)
            add_names(self._session, row, _names(draft))
        return source_of(row)

    def get(self, source_id: int) -> Source:
        """One source.

        Raises:
            NotFound: no such source.
        """
        return source_of(find(self._session, SourceRow, source_id))

    def lately(self, claims: int) -> list[tuple[Source, int]]:
        """Who said the last so many claims, with how many of them, most first."""
        last = select(ClaimRow.source_id).order_by(col(ClaimRow.id).desc()).limit(claims).subquery()
        count = func.count()
        query = (
            select(SourceRow, count)
            .join(last, last.c.source_id == col(SourceRow.id))
            .group_by(col(SourceRow.id))
            .order_by(count.desc(), col(SourceRow.name), col(SourceRow.id))
        )
        return [(source_of(row), number) for row, number in self._session.exec(query)]

    def called(self, words: str, limit: int) -> list[Source]:
        """The sources with names that have words which begin so, by name; merged ones do not."""
        query = (
            select(SourceRow)
            .where(
                col(SourceRow.id).in_(named(words_of_names([words]))),
                col(SourceRow.merged_into).is_(None),
            )
            .order_by(col(SourceRow.name), col(SourceRow.id))
            .limit(limit)
        )
        return [source_of(row) for row in self._session.exec(query)]

    def stretch(
        self, limit: int, cursor: str | None = None, words: str = ""
    ) -> Stretch[tuple[Source, int]]:
        """The sources that have claims, with their number; the last that was met comes first.

        ``words`` are the beginnings of words of a name, where some is sought.

        Raises:
            InvalidInput: the list never gave that cursor.
        """
        query = select(SourceRow.id).where(col(SourceRow.id).in_(select(ClaimRow.source_id)))
        if words:
            query = query.where(col(SourceRow.id).in_(named(words_of_names([words]))))
        ids = ids_of_stretch(self._session, query, _MET, limit, cursor)
        found, counts = load_sources(self._session, ids.items), self.counts(ids.items)
        return Stretch([(found[id], counts[id]) for id in ids.items], ids.cursor)

    def counts(self, ids: Collection[int]) -> dict[int, int]:
        """How many claims each of these sources has."""
        query = (
            select(ClaimRow.source_id, func.count())
            .where(col(ClaimRow.source_id).in_(ids))
            .group_by(col(ClaimRow.source_id))
        )
        found = dict(self._session.exec(query).all())
        return {id: found.get(id, 0) for id in ids}


def load_sources(session: Session, ids: Iterable[int]) -> dict[int, Source]:
    """Sources by id."""
    query = select(SourceRow).where(col(SourceRow.id).in_(set(ids)))
    return {source.id: source for source in map(source_of, session.exec(query))}


def bearer(session: Session, row: SourceRow) -> SourceRow:
    """The source that stands for one since they were merged; itself where they were not."""
    while row.merged_into is not None:
        row = find(session, SourceRow, row.merged_into)
    return row


def add_names(session: Session, row: SourceRow, names: Iterable[str]) -> None:
    """Let a source have these names too, except those that are known to be another's."""
    _change(session, row, with_names(source_of(row), names))


def _change(session: Session, row: SourceRow, source: Source) -> None:
    """Let a row hold what a source has become, and be found by it."""
    row.name, row.aliases = source.name, source.aliases
    row.role, row.speaks_for = source.role, source.speaks_for
    session.flush()
    write_index(session, source)


def _names(draft: SourceDraft) -> tuple[str, ...]:
    return (draft.name, *draft.aliases)


def source_of(row: SourceRow) -> Source:
    """The source that a row holds."""
    return Source(
        id=stored_id(row.id),
        name=row.name,
        kind=row.kind,
        aliases=row.aliases,
        role=row.role,
        speaks_for=row.speaks_for,
        apart=row.apart,
        merged_into=row.merged_into,
    )
