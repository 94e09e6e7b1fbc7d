"""Nearest claims in PostgreSQL, by pgvector's HNSW index over half precision vectors."""

from datetime import date

from sqlalchemy import text
from sqlmodel import Session

from tracker.encoder.bits import WIDTH
from tracker.encoder.vectors import values_of

LOOKED_AT = 100
"""Claims that the index keeps in view on its way; for more than that it goes on from there."""
_FORGET = text("DELETE FROM claim_near WHERE claim_id = :claim_id")
_PUT = text("""
    INSERT INTO claim_near (claim_id, said_on, vector)
    VALUES (:claim_id, :said_on, CAST(:vector AS halfvec))
    ON CONFLICT (claim_id) DO UPDATE SET said_on = excluded.said_on, vector = excluded.vector
""")
_LOOK = text(
    f"SET LOCAL hnsw.ef_search = {LOOKED_AT}; SET LOCAL hnsw.iterative_scan = relaxed_order"
)
_NEAREST = text("""
    SELECT claim_id FROM claim_near WHERE said_on BETWEEN :first AND :last
    ORDER BY vector <#> CAST(:vector AS halfvec) LIMIT :limit
""")


class PostgresNear:
    """Reads and writes ``claim_near``, which has a vector and a day for each claim."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, claim_id: int, said_on: date, embedding: bytes | None) -> None:
        """Let a claim be found by this embedding, and by none that it had before."""
        vector, claim = spelled(embedding), {"claim_id": claim_id}
        if vector is None:
            self._session.execute(_FORGET, claim)
        else:
            self._session.execute(_PUT, claim | {"said_on": said_on, "vector": vector})

    def claims(self, embedding: bytes, first: date, last: date, limit: int) -> list[int]:
        """Claims said from ``first`` to ``last``, the nearest first."""
        vector = spelled(embedding)
        if vector is None:
            return []
        self._session.execute(_LOOK)
        asked = {"vector": vector, "first": first, "last": last, "limit": limit}
        return list(self._session.execute(_NEAREST, asked).scalars())


def spelled(embedding: bytes | None) -> str | None:
    """An embedding as pgvector writes it; None where another encoder made it."""
    values = () if embedding is None else values_of(embedding)
    return f"[{','.join(f'{each:.5g}' for each in values)}]" if len(values) == WIDTH else None
