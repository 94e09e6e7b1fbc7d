"""Full text by FTS5, names by its trigram index."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Integer, column, false, text
from sqlmodel import Session, col

from tracker.storage.tables import ClaimRow

LEAST_ALIKE = 0.4
"""Of the trigrams in two words, the share that both must have; as in ``search_postgres``."""
NEARBY = 100

_CLAIMS = text("""
    SELECT claim.id FROM claim_search JOIN claim ON claim.id = claim_search.rowid
    WHERE claim_search MATCH :query AND claim.said_on BETWEEN :first AND :last
    ORDER BY bm25(claim_search), claim.id LIMIT :limit
""")
_HAVING = text("SELECT rowid FROM claim_search WHERE claim_search MATCH :having")
_WORDS = text("""
    SELECT DISTINCT word FROM (
        SELECT source_word.word FROM source_word_search
        JOIN source_word ON source_word.id = source_word_search.rowid
        WHERE source_word_search MATCH :query
        ORDER BY bm25(source_word_search), source_word.id LIMIT :limit
    ) ORDER BY word
""")


class SqliteSearch:
    """Reads the virtual tables that the migration keeps beside ``claim`` and ``source_word``."""

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

    def words(self, word: str) -> list[str]:
        """Words of source names that are spelled like ``word``."""
        pieces = sorted({word[at : at + 3] for at in range(len(word) - 2)})
        if not pieces:
            return []
        query = " OR ".join(f'"{piece}"' for piece in pieces)
        found = self._session.execute(_WORDS, {"query": query, "limit": NEARBY}).scalars()
        return [each for each in found if similarity(word, each) >= LEAST_ALIKE]


def similarity(a: str, b: str) -> float:
    """The share of trigrams that two words have in common, as pg_trgm counts them."""
    first, second = _trigrams(a), _trigrams(b)
    return len(first & second) / len(first | second)


def _trigrams(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
