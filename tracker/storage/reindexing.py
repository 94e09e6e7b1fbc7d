"""What claims are found by, computed anew: what is still to be done, and how far it has come."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, delete, update
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from tracker.storage.source_index import write_index
from tracker.storage.sources import source_of
from tracker.storage.statements import Lock, changed, count, hold
from tracker.storage.tables import ArticleRow, ClaimRow, ReindexedRow, SourceRow
from tracker.types import ArticleState, Stored


@dataclass(frozen=True)
class Shelf:
    """What is gone through from the smallest id to the largest: sources, claims, or read articles.

    Of articles those in one language.
    """

    noun: Stored
    language: str = ""


class Reindexing:
    """Everything asked of it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def reached(self, part: str, version: str) -> int:
        """The last id for which a part was done with this version; 0 where none was."""
        row = self._session.get(ReindexedRow, part)
        return row.upto if row is not None and row.version == version else 0

    def note(self, part: str, version: str, upto: int) -> None:
        """Keep that a part is done with this version, up to an id."""
        self._session.merge(ReindexedRow(part=part, version=version, upto=upto))

    def forget(self) -> None:
        """Let everything be done once more."""
        changed(self._session, delete(ReindexedRow))

    def languages(self) -> list[str]:
        """The languages of the articles that were read."""
        read = ArticleRow.state == ArticleState.EXTRACTED
        return sorted(self._session.exec(select(ArticleRow.language).where(read).distinct()))

    def following(self, shelf: Shelf, after: int, limit: int) -> list[int]:
        """The next ids of a shelf, the smallest first."""
        query = _following(shelf, after)
        [column] = query.selected_columns
        return list(self._session.execute(query.order_by(column).limit(limit)).scalars())

    def count(self, shelf: Shelf, after: int) -> int:
        """How many ids of a shelf follow one."""
        return count(self._session, _following(shelf, after))

    def write_names(self, source_ids: Collection[int]) -> None:
        """Write anew the words by which sources are found."""
        hold(self._session, Lock.SOURCES)
        query = select(SourceRow).where(col(SourceRow.id).in_(source_ids))
        for row in self._session.exec(query.with_for_update(key_share=True)):
            write_index(self._session, source_of(row))

    def match_anew(self, claim_ids: Collection[int]) -> None:
        """Let claims be matched once more; what was found before is kept."""
        hold(self._session, Lock.SOURCES)  # as for ``Claims.held``
        these = update(ClaimRow).where(
            col(ClaimRow.id).in_(claim_ids), col(ClaimRow.sighting_of).is_(None)
        )
        changed(self._session, these.values(matched_at=None))


def _following(shelf: Shelf, after: int) -> Select[Any]:
    match shelf.noun:
        case Stored.SOURCE:
            return sa_select(col(SourceRow.id)).where(col(SourceRow.id) > after)
        case Stored.CLAIM:
            return sa_select(col(ClaimRow.id)).where(col(ClaimRow.id) > after)
        case _:
            return sa_select(col(ArticleRow.id)).where(
                col(ArticleRow.id) > after,
                col(ArticleRow.language) == shelf.language,
                col(ArticleRow.state) == ArticleState.EXTRACTED,
            )
