"""What has had its time: old articles with all that was found in them, and sources without claims.

Nothing goes that people worked on or that is still to be worked on: an article with a claim in a
conflict or a sighting of one, with a claim that somebody corrected, or with a step to come; a
source that somebody merged or split.
"""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists, or_
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from tracker.storage.saying import ROOT
from tracker.storage.sightings import Sightings
from tracker.storage.statements import Lock, changed, count, hold
from tracker.storage.tables import (
    ArticleRow,
    ClaimEditRow,
    ClaimRow,
    ConflictClaimRow,
    ConflictRow,
    MatchRow,
    SourceEditRow,
    SourceRow,
)
from tracker.types import ArticleState, Dropped, Expiry


class Retention:
    """Everything asked of what has had its time."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def expired(self, expiry: Expiry, after: int, limit: int) -> list[int]:
        """The next articles after an id that may go, the smallest id first."""
        query = _expired(expiry).where(col(ArticleRow.id) > after)
        return list(
            self._session.execute(query.order_by(col(ArticleRow.id)).limit(limit)).scalars()
        )

    def forecast(self, expiry: Expiry) -> Dropped:
        """What would go, and how many old articles would be kept."""
        going = _expired(expiry)
        articles = count(self._session, going)
        claims = _claims_of(going)
        old = sa_select(col(ArticleRow.id)).where(*_is_old(expiry))
        return Dropped(
            articles=articles,
            claims=count(self._session, claims),
            sources=count(self._session, _without_claims(leaving_out=claims)),
            kept=count(self._session, old) - articles,
        )

    def drop(self, article_ids: Collection[int], expiry: Expiry) -> Dropped:
        """Remove those of these articles that may still go, with all that was found in them."""
        self._hold(article_ids)
        query = _expired(expiry).where(col(ArticleRow.id).in_(article_ids))
        going = list(self._session.execute(query).scalars())
        claims = sa_select(col(ClaimRow.id)).where(col(ClaimRow.article_id).in_(going))
        dropped = Dropped(articles=len(going), claims=count(self._session, claims))
        holding = sa_select(col(ConflictClaimRow.conflict_id)).where(
            col(ConflictClaimRow.claim_id).in_(claims)
        )
        # Only those that were merged into others hold any, and they are nothing without a side.
        changed(self._session, delete(ConflictRow).where(col(ConflictRow.id).in_(holding)))
        Sightings(self._session).hand_on(list(self._session.execute(claims).scalars()))
        changed(self._session, delete(ArticleRow).where(col(ArticleRow.id).in_(going)))
        return dropped

    def drop_sources(self, limit: int) -> int:
        """Remove some of the sources that have no claims; answers how many."""
        hold(self._session, Lock.SOURCES)  # nobody is about to give one a claim
        ids = list(self._session.execute(_without_claims().limit(limit)).scalars())
        return changed(self._session, delete(SourceRow).where(col(SourceRow.id).in_(ids)))

    def _hold(self, article_ids: Collection[int]) -> None:
        """Keep others from working on articles; each waits for all that it may have to wait for."""
        for lock in (Lock.SOURCES, Lock.SIGHTINGS, Lock.MATCHES, Lock.CONFLICTS):
            hold(self._session, lock)
        articles = select(ArticleRow.id).where(col(ArticleRow.id).in_(article_ids))
        claims = select(ClaimRow.id).where(col(ClaimRow.article_id).in_(article_ids))
        self._session.exec(articles.order_by(col(ArticleRow.id)).with_for_update())
        self._session.exec(claims.order_by(col(ClaimRow.id)).with_for_update())


def _expired(expiry: Expiry) -> Select[Any]:
    """The articles that may go."""
    needed = (
        sa_select(col(ClaimRow.id))
        .where(col(ClaimRow.article_id) == col(ArticleRow.id), or_(*_is_needed()))
        .correlate(ArticleRow)
    )
    return sa_select(col(ArticleRow.id)).where(
        *_is_old(expiry), col(ArticleRow.state) != ArticleState.PENDING, ~needed.exists()
    )


def _is_old(expiry: Expiry) -> Iterator[ColumnElement[bool]]:
    yield col(ArticleRow.published_at) < expiry.before
    if expiry.outlets:
        yield col(ArticleRow.outlet).in_(expiry.outlets)


def _is_needed() -> Iterator[ColumnElement[bool]]:
    """Why a claim has to stay."""
    yield col(ClaimRow.matched_at).is_(None)
    uncompared = col(MatchRow.compared_at).is_(None)
    yield col(ClaimRow.id).in_(sa_select(col(MatchRow.premise_id)).where(uncompared))
    yield col(ClaimRow.id).in_(sa_select(col(MatchRow.hypothesis_id)).where(uncompared))
    corrected = exists().where(col(ClaimEditRow.claim_id) == col(ClaimRow.id))
    yield corrected.correlate(ClaimRow)
    disputed = exists().where(
        col(ConflictClaimRow.claim_id) == ROOT,
        col(ConflictRow.id) == col(ConflictClaimRow.conflict_id),
        col(ConflictRow.merged_into).is_(None),
    )
    yield disputed.correlate(ClaimRow)


def _claims_of(articles: Select[Any]) -> Select[Any]:
    return sa_select(col(ClaimRow.id)).where(col(ClaimRow.article_id).in_(articles))


def _without_claims(leaving_out: Select[Any] | None = None) -> Select[Any]:
    """The sources without claims, of which nobody decided anything."""
    id = col(SourceRow.id)
    said = exists().where(col(ClaimRow.source_id) == id).correlate(SourceRow)
    if leaving_out is not None:
        said = said.where(col(ClaimRow.id).not_in(leaving_out))
    edited = exists().where(
        or_(col(SourceEditRow.source_id) == id, col(SourceEditRow.other_id) == id)
    )
    return sa_select(id).where(~said, ~edited.correlate(SourceRow))
