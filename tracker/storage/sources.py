"""Sources: every speaker once, found again by any of the names."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy import Select, delete, func
from sqlmodel import Session, col, select

from tracker.languages import fold
from tracker.storage.search import folded_words, search
from tracker.storage.statements import Lock, find, hold, insert_all, stored_id
from tracker.storage.stretches import Number, Order, Stretch, ids_of_stretch
from tracker.storage.tables import ClaimRow, SourceRow, SourceWordRow
from tracker.types import Source, SourceDraft

_MET = Order((col(SourceRow.id),), TypeAdapter(tuple[Number]))


class Sources:
    """Everything asked of sources."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def similar(self, draft: SourceDraft) -> list[Source]:
        """The sources that share a word of a name with the draft, oldest first.

        Until the transaction ends nobody else adds a source, so that two workers who meet the
        same new name do not both store it.
        """
        hold(self._session, Lock.SOURCES)
        alike = search(self._session).words
        words = {
            each
            for word in folded_words((draft.name, *draft.aliases))
            for each in (word, *alike(word))
        }
        query = (
            select(SourceRow)
            .where(
                col(SourceRow.id).in_(
                    select(SourceWordRow.source_id).where(col(SourceWordRow.word).in_(words))
                )
            )
            .order_by(col(SourceRow.id))
        )
        return [
            replace(source_of(row), merged_into=row.merged_into and bearer(self._session, row).id)
            for row in self._session.exec(query)
        ]

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
            row.aliases = _distinct(draft.aliases, row)
        else:
            row = find(self._session, SourceRow, known.id, lock=True)
            _learn(row, draft)
        self._session.add(row)
        self._session.flush()
        write_words(self._session, row)
        while row.merged_into is not None:
            row = find(self._session, SourceRow, row.merged_into, lock=True)
            add_names(self._session, row, (draft.name, *draft.aliases))
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
                col(SourceRow.id).in_(named(folded_words([words]))),
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
            query = query.where(col(SourceRow.id).in_(named(folded_words([words]))))
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


def named(words: Sequence[str]) -> Select[Any]:
    """The ids of the sources whose names have words that begin with each of these folded ones."""
    query = sa.select(col(SourceRow.id))
    for word in words:
        begins = col(SourceWordRow.word).startswith(word, autoescape=True)
        query = query.where(
            col(SourceRow.id).in_(sa.select(col(SourceWordRow.source_id)).where(begins))
        )
    return query.where(sa.literal(bool(words)))


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
    row.aliases = _distinct((*row.aliases, *names), row)
    session.flush()
    write_words(session, row)


def write_words(session: Session, row: SourceRow) -> None:
    """Keep the words by which a source is found."""
    id = stored_id(row.id)
    words = folded_words((row.name, *row.aliases))
    gone = (col(SourceWordRow.source_id) == id, col(SourceWordRow.word).not_in(words))
    session.execute(delete(SourceWordRow).where(*gone))
    insert_all(session, SourceWordRow, [{"source_id": id, "word": word} for word in words])


def _learn(row: SourceRow, draft: SourceDraft) -> None:
    names = (*row.aliases, row.name, draft.name, *draft.aliases)
    if " " not in row.name and " " in draft.name and row.kind is draft.kind:
        row.name = draft.name  # a bare surname has met its full name
    row.aliases = _distinct(names, row)
    row.role = row.role or draft.role
    row.speaks_for = row.speaks_for or draft.speaks_for


def _distinct(names: Iterable[str], row: SourceRow) -> tuple[str, ...]:
    apart = {fold(name) for name in row.apart}
    return tuple(
        name for name in dict.fromkeys(names) if name != row.name and fold(name) not in apart
    )


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
