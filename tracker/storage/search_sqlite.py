"""Full text by FTS5."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Integer, column, false, text
from sqlmodel import Session, col

from tracker.storage.tables import ClaimRow

_CLAIMS = text("""
    SELECT claim.id FROM claim_search JOIN claim ON claim.id = claim_search.rowid
    WHERE claim_search MATCH :query AND claim.said_on BETWEEN :first AND :last
      AND claim.sighting_of IS NULL
    ORDER BY bm25(claim_search), claim.id LIMIT :limit
""")
_HAVING = text("SELECT rowid FROM claim_search WHERE claim_search MATCH :having")


class SqliteSearch:
    """Reads the virtual table that the migration keeps beside ``claim``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def claims(self, stems: Sequence[str], first: date, last: date, limit: int) -> list[int]:
        """Claims said from ``first`` to ``last`` with words that begin so, best first."""
        if not stems:
            return []
        query = " OR ".join(f'"{stem}"*' for stem in stems)
        window = {"first": first.isoformat(), "last": last.isoformat(), "limit": limit}
        return list(self._session.execute(_CLAIMS, {"query": query, **window}).scalars())

    def having(self, words: Sequence[str]) -> ColumnElement[bool]:
        """Whether a claim has all of these folded words, or longer ones that begin so."""
        if not words:
            return false()
        query = " ".join(f'"{word}"*' for word in words)
        found = _HAVING.bindparams(having=query).columns(column("rowid", Integer))
        return col(ClaimRow.id).in_(found)
