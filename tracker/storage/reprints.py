"""Articles that are nearly the same text, in the days around."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlmodel import Session, col, select

from tracker.articles.likeness import SAME, likeness, words_of
from tracker.storage.articles import Articles
from tracker.storage.statements import insert_all
from tracker.storage.tables import ArticleBandRow, ClaimRow
from tracker.types import Article

WINDOW = timedelta(days=10)
"""Copy is reprinted within days; what is alike after that is a form that comes back."""


class Reprints:
    """Everything asked of articles that print the same."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, article: Article, bands: Sequence[int]) -> None:
        """Let an article be found by what it shares with others."""
        day = article.published_at.date()
        rows = [{"band": band, "day": day, "article_id": article.id} for band in bands]
        insert_all(self._session, ArticleBandRow, rows)

    def of(self, article: Article, sources: Iterable[int] | None = None) -> list[Article]:
        """The articles of nearly the same text, the one printed first at the beginning.

        With ``sources`` only those that quote one of them.
        """
        own = select(ArticleBandRow.band).where(ArticleBandRow.article_id == article.id)
        day = article.published_at.date()
        sharing = select(ArticleBandRow.article_id).where(
            col(ArticleBandRow.band).in_(own),
            col(ArticleBandRow.day).between(day - WINDOW, day + WINDOW),
            ArticleBandRow.article_id != article.id,
        )
        if sources is not None:
            quoting = select(ClaimRow.article_id).where(col(ClaimRow.source_id).in_(set(sources)))
            sharing = sharing.where(col(ArticleBandRow.article_id).in_(quoting))
        found = Articles(self._session).get_many(self._session.exec(sharing.distinct()))
        words = words_of(article.text)
        alike = [e for e in found.values() if likeness(words, words_of(e.text)) >= SAME]
        return sorted(alike, key=lambda each: (each.published_at, each.outlet, each.id))
