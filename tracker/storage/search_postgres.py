"""Full text by tsvector."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Integer, column, false, text
from sqlmodel import Session, col

from tracker.storage.tables import ClaimRow

# The expressions are those of the indexes in the first migration, or no index would serve.
_CLAIMS = text("""
    SELECT id FROM claim, to_tsquery('simple', :query) AS query
    WHERE to_tsvector('simple', tracker_fold(text || ' ' || about)) @@ query
      AND said_on BETWEEN :first AND :last AND sighting_of IS NULL
    ORDER BY ts_rank(to_tsvector('simple', tracker_fold(text || ' ' || about)), query) DESC, id
    LIMIT :limit
""")
_HAVING = text("""
    SELECT id FROM claim
    WHERE to_tsvector('simple', tracker_fold(text || ' ' || about)) @@ to_tsquery('simple', :having)
""")


class PostgresSearch:
    """Reads the expression index on ``claim``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def claims(self, stems: Sequence[str], first: date, last: date, limit: int) -> list[int]:
        """Claims said from ``first`` to ``last`` with words that begin so, best first."""
        if not stems:
            return []
        query = " | ".join(f"{stem}:*" for stem in stems)
        window = {"first": first, "last": last, "limit": limit}
        return list(self._session.execute(_CLAIMS, {"query": query, **window}).scalars())

    def having(self, words: Sequence[str]) -> ColumnElement[bool]:
        """Whether a claim has all of these folded words, or longer ones that begin so."""
        if not words:
            return false()
        query = " & ".join(f"{word}:*" for word in words)
        found = _HAVING.bindparams(having=query).columns(column("id", Integer))
        return col(ClaimRow.id).in_(found)
