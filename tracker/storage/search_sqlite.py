"""Full text by FTS5."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Integer, column, false, text
from sqlmodel import Session, col

from tracker.storage.tables import ClaimRow

_HAVING = text("SELECT rowid FROM claim_search WHERE claim_search MATCH :having")


class SqliteSearch:
    """Reads the virtual table that the migration keeps beside ``claim``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def having(self, words: Sequence[str]) -> ColumnElement[bool]:
        """Whether a claim has all of these folded words, or longer ones that begin so."""
        if not words:
            return false()
        query = " ".join(f'"{word}"*' for word in words)
        found = _HAVING.bindparams(having=query).columns(column("rowid", Integer))
        return col(ClaimRow.id).in_(found)
