"""Full text by tsvector."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Integer, column, false, text
from sqlmodel import Session, col

from tracker.storage.tables import ClaimRow

# The expressions are those of the indexes in the first migration, or no index would serve.
_HAVING = text("""
    SELECT id FROM claim
    WHERE to_tsvector('simple', tracker_fold(text || ' ' || about)) @@ to_tsquery('simple', :having)
""")


class PostgresSearch:
    """Reads the expression index on ``claim``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def having(self, words: Sequence[str]) -> ColumnElement[bool]:
        """Whether a claim has all of these folded words, or longer ones that begin so."""
        if not words:
            return false()
        query = " & ".join(f"{word}:*" for word in words)
        found = _HAVING.bindparams(having=query).columns(column("id", Integer))
        return col(ClaimRow.id).in_(found)
