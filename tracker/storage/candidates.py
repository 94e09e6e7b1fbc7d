"""Which stored claims are worth a closer look: those that share keys, the rarest first, or meaning.

Keys are names, figures, concepts and the base forms of words, so they are the search by words, too:
full text beside them found nothing more and took longer with every claim stored
(docs/performance.md).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlmodel import Session

from tracker.storage.near import near
from tracker.storage.shared_keys import Days, sharing
from tracker.types import Claim

SAME_SOURCE = 3
"""How many times longer the window is for the source's own claims: a reversal takes its time."""
RANK_OFFSET = 60
"""The constant k of reciprocal rank fusion, as Cormack et al. set it."""


def candidate_ids(session: Session, claim: Claim, window: timedelta, limit: int) -> list[int]:
    """Claims that may speak of the same thing as ``claim``, best first."""
    days, longer = _around(claim, window), _around(claim, SAME_SOURCE * window)
    meaning = near(session).claims(claim.embedding, *days, limit + 1) if claim.embedding else []
    rankings = (
        sharing(session, claim, days, days, limit),
        sharing(session, claim, days, longer, limit, own=True),
        meaning,
    )
    return [id for id in fuse(rankings) if id != claim.id][:limit]


def fuse(rankings: Iterable[Sequence[int]]) -> list[int]:
    """One ranking from several, by reciprocal rank (Cormack, Clarke & Büttcher, SIGIR 2009)."""
    scores: dict[int, float] = defaultdict(float)
    for ranking in rankings:
        for rank, id in enumerate(ranking, start=1):
            scores[id] += 1 / (RANK_OFFSET + rank)
    return sorted(scores, key=lambda id: (-scores[id], id))


def _around(claim: Claim, window: timedelta) -> Days:
    """The days within ``window`` of the claim, as far as the calendar goes."""
    day = claim.statement.said_on
    return (
        day - min(window, day - date.min),
        day + min(window, date.max - day),
    )
