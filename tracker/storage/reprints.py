"""Articles that are nearly the same text, in the days around."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import exists, func
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from tracker.articles.likeness import SAME, likeness, words_of
from tracker.storage.articles import Articles
from tracker.storage.statements import insert_all
from tracker.storage.tables import ArticleBandRow, ClaimRow
from tracker.types import Article

WINDOW = timedelta(days=10)
"""Copy is reprinted within days; what is alike after that is a form that comes back."""

MOST = 30
"""Copies that are looked at: whatever more there are prints the same as some of these."""


class Reprints:
    """Everything asked of articles that print the same."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, article: Article, bands: Sequence[int]) -> None:
        """Let an article be found by what it shares with others."""
        day = article.published_at.date()
        rows = [{"band": band, "day": day, "article_id": article.id} for band in bands]
        insert_all(self._session, ArticleBandRow, rows)

    def of(self, article: Article, sources: Collection[int] | None = None) -> list[Article]:
        """The articles of nearly the same text, the one printed first at the beginning.

        With ``sources`` only those that quote one of them. Of very many the likest are told.
        """
        found = Articles(self._session).get_many(self._sharing(article, sources))
        words = words_of(article.text)
        alike = [e for e in found.values() if likeness(words, words_of(e.text)) >= SAME]
        return sorted(alike, key=lambda each: (each.published_at, each.outlet, each.id))

    def _sharing(self, article: Article, sources: Collection[int] | None) -> list[int]:
        """The articles that share most bands with one, in the days around."""
        own = select(ArticleBandRow.band).where(ArticleBandRow.article_id == article.id)
        day = article.published_at.date()
        id = col(ArticleBandRow.article_id)
        query = sa_select(id).where(
            col(ArticleBandRow.band).in_(own),
            col(ArticleBandRow.day).between(day - WINDOW, day + WINDOW),
            id != article.id,
        )
        if sources is not None:
            quoting = exists().where(
                col(ClaimRow.article_id) == id, col(ClaimRow.source_id).in_(sources)
            )
            query = query.where(quoting)
        likest = query.group_by(id).order_by(func.count().desc(), id).limit(MOST)
        return list(self._session.execute(likest).scalars())
