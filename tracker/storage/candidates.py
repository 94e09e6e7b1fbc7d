"""Which stored claims are worth a closer look: those that share keys, the rarest first, or meaning.

Keys are names, figures, concepts and the base forms of words, so they are the search by words, too:
full text beside them found nothing more and took longer with every claim stored
(docs/performance.md). Keys that very many claims have are left out, and not even counted to the
end.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, case, func, literal, union_all
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from tracker.storage.near import near
from tracker.storage.tables import ClaimKeyRow, ClaimRow
from tracker.types import Claim

SAME_SOURCE = 3
"""How many times longer the window is for the source's own claims: a reversal takes its time."""
COMMON = 500
"""A key that so many claims in the window have tells nothing apart and would cost the most."""
MEANING = 2
"""How many times what claims mean counts, beside each other way of finding them."""
SCALE = 1_000_000
"""Weights are whole numbers, because sums of fractions depend on the order of adding."""
RANK_OFFSET = 60
"""The constant k of reciprocal rank fusion, as Cormack et al. set it."""


def candidate_ids(session: Session, claim: Claim, window: timedelta, limit: int) -> list[int]:
    """Claims that may speak of the same thing as ``claim``, best first."""
    first, last = _around(claim, window)
    weights = _weights(session, claim.statement.details.keys, first, last)
    meaning = (
        near(session).claims(claim.embedding, first, last, limit + 1) if claim.embedding else []
    )
    rankings = (
        _sharing(session, claim, weights, window, limit),
        _sharing(session, claim, weights, SAME_SOURCE * window, limit, own=True),
        *[meaning] * MEANING,
    )
    return [id for id in fuse(rankings) if id != claim.id][:limit]


def fuse(rankings: Iterable[Sequence[int]]) -> list[int]:
    """One ranking from several, by reciprocal rank (Cormack, Clarke & Büttcher, SIGIR 2009)."""
    scores: dict[int, float] = defaultdict(float)
    for ranking in rankings:
        for rank, id in enumerate(ranking, start=1):
            scores[id] += 1 / (RANK_OFFSET + rank)
    return sorted(scores, key=lambda id: (-scores[id], id))


def _around(claim: Claim, window: timedelta) -> tuple[date, date]:
    """The days within ``window`` of the claim, as far as the calendar goes."""
    day = claim.statement.said_on
    return (
        day - min(window, day - date.min),
        day + min(window, date.max - day),
    )


def _weights(session: Session, keys: Iterable[str], first: date, last: date) -> dict[str, int]:
    """What sharing each key is worth: one over the number of claims in the window that have it."""
    counts = [_count(key, first, last) for key in sorted(keys)]
    if not counts:
        return {}
    found = session.execute(union_all(*counts)).all()
    return {key: SCALE // claims for key, claims in found if 0 < claims < COMMON}


def _count(key: str, first: date, last: date) -> Select[*tuple[Any, ...]]:
    """A key with the number of claims in the window that have it, counted as far as it matters."""
    here = (
        select(ClaimKeyRow.claim_id)
        .where(col(ClaimKeyRow.key) == key, col(ClaimKeyRow.said_on).between(first, last))
        .limit(COMMON)
        .subquery()
    )
    return sa_select(literal(key), func.count()).select_from(here)


def _sharing(
    session: Session,
    claim: Claim,
    weights: dict[str, int],
    window: timedelta,
    limit: int,
    own: bool = False,
) -> list[int]:
    """Claims that share keys, the greatest sum of weights first; ``own`` keeps to the source's."""
    if not weights:
        return []
    worth = func.sum(case(weights, value=col(ClaimKeyRow.key)))
    query = (
        select(ClaimKeyRow.claim_id)
        .where(
            col(ClaimKeyRow.key).in_(weights),
            col(ClaimKeyRow.said_on).between(*_around(claim, window)),
            ClaimKeyRow.claim_id != claim.id,
        )
        .group_by(col(ClaimKeyRow.claim_id))
        .order_by(worth.desc(), col(ClaimKeyRow.claim_id))
        .limit(limit)
    )
    if own:
        query = query.join(ClaimRow, col(ClaimRow.id) == col(ClaimKeyRow.claim_id)).where(
            ClaimRow.source_id == claim.source.id
        )
    return list(session.exec(query))
