"""Stored claims by the keys that they share with one.

A key is worth one over the number of claims in the window that have it. One that very many have is
left out, and not even counted to the end: it tells nothing apart and would cost the most.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Date, TextClause, bindparam, text
from sqlmodel import Session

from tracker.storage.statements import is_postgres
from tracker.types import Claim

COMMON = 100
"""Claims in the window from which a key is left out."""
SCALE = 1_000_000
"""Worths are whole numbers, because sums of fractions depend on the order of adding."""
Days = tuple[date, date]
"""The first and the last."""

_SHARING = """
    WITH asked AS (
        SELECT listed.value AS key, (
            SELECT count(*) FROM (
                SELECT 1 FROM claim_key WHERE key = listed.value
                AND said_on BETWEEN :first AND :last LIMIT :common
            ) AS here
        ) AS claims
        FROM {listed}
    )
    SELECT shared.claim_id FROM asked JOIN claim_key AS shared ON shared.key = asked.key {of}
    WHERE asked.claims < :common AND asked.claims > 0 AND shared.claim_id <> :claim
    AND shared.said_on BETWEEN :earliest AND :latest
    GROUP BY shared.claim_id
    ORDER BY sum(:scale / asked.claims) DESC, {apart}, shared.claim_id
    LIMIT :limit
"""
_ANYBODY = ""
_OWN = "JOIN claim ON claim.id = shared.claim_id AND claim.source_id = :source"
_SQLITE = {
    "listed": "json_each(:keys) AS listed",
    "apart": "abs(julianday(min(shared.said_on)) - julianday(:day))",
}
_POSTGRES = {
    "listed": "jsonb_array_elements_text(CAST(:keys AS jsonb)) AS listed (value)",
    "apart": "abs(min(shared.said_on) - :day)",
}


def _spelled(words: Mapping[str, str], of: str) -> TextClause:
    days = (bindparam(name, type_=Date) for name in ("first", "last", "earliest", "latest", "day"))
    return text(_SHARING.format(of=of, **words)).bindparams(*days)


_STATEMENTS = {
    (is_postgres, own): _spelled(_POSTGRES if is_postgres else _SQLITE, _OWN if own else _ANYBODY)
    for is_postgres in (False, True)
    for own in (False, True)
}


def sharing(
    session: Session, claim: Claim, counted: Days, window: Days, limit: int, *, own: bool = False
) -> list[int]:
    """Claims that share keys with one, those first whose keys are worth the most together.

    ``counted``: the days in which claims with a key are counted; ``window``: those of the claims
    that are found; ``own``: only what the claim's source said.
    """
    asked: dict[str, Any] = {
        "keys": json.dumps(sorted(claim.statement.details.keys), ensure_ascii=False),
        "first": counted[0],
        "last": counted[1],
        "earliest": window[0],
        "latest": window[1],
        "day": claim.statement.said_on,
        "claim": claim.id,
        "common": COMMON,
        "scale": SCALE,
        "limit": limit,
    }
    if own:
        asked["source"] = claim.source.id
    return list(session.execute(_STATEMENTS[is_postgres(session), own], asked).scalars())
