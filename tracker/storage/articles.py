"""Articles: stored once, verbatim."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, func, update
from sqlmodel import Session, col, select

from tracker.errors import ArticleChanged
from tracker.storage.statements import changed, find, free, insert_missing, stored_id, take
from tracker.storage.stretches import Number, Order, Stretch, ids_of_stretch
from tracker.storage.tables import ArticleRow
from tracker.types import Article, ArticleDraft, ArticleState

_RECEIVED = Order((col(ArticleRow.id),), TypeAdapter(tuple[Number]))
TOGETHER = 4
"""How many articles are taken at once; more would help little and keep others from them."""
LETTERS = 40_000
"""In the texts that are taken at once; one alone may be longer."""
RETRYABLE = (ArticleState.QUARANTINED, ArticleState.UNSUPPORTED)


class Articles:
    """Everything asked of articles."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, draft: ArticleDraft, received_at: datetime) -> tuple[Article, bool]:
        """Store an article unless it is known; answers it and whether it was new.

        Known means: the same outlet, identifier and revision or, without an identifier, the
        same outlet, title and text.

        Raises:
            ArticleChanged: the same outlet, identifier and revision are stored with other words.
        """
        values = asdict(draft) | {
            "content_key": _content_key(draft),
            "received_at": received_at,
            "state": ArticleState.PENDING,
        }
        created = insert_missing(self._session, ArticleRow, values)
        row = self._same(draft)
        if (row.title, row.text) != (draft.title, draft.text):
            raise ArticleChanged(
                f"{draft.outlet} {draft.external_id} revision {draft.revision} is stored with "
                "another title or text; send the changed article with a higher revision",
                field="revision",
            )
        return _article(row), created

    def get(self, article_id: int) -> Article:
        """One article.

        Raises:
            NotFound: no such article.
        """
        return _article(find(self._session, ArticleRow, article_id))

    def revisions(self, article: Article) -> list[Article]:
        """An article with its other revisions, in their order; alone where it has no identifier."""
        if article.external_id is None:
            return [article]
        query = (
            select(ArticleRow)
            .where(
                ArticleRow.outlet == article.outlet, ArticleRow.external_id == article.external_id
            )
            .order_by(col(ArticleRow.revision))
        )
        return [_article(row) for row in self._session.exec(query)]

    def get_many(self, ids: Iterable[int]) -> dict[int, Article]:
        """The articles with these ids, by id."""
        query = select(ArticleRow).where(col(ArticleRow.id).in_(set(ids)))
        return {stored_id(row.id): _article(row) for row in self._session.exec(query)}

    def take(self, article_id: int, holder: str, at: datetime, expired: datetime) -> list[Article]:
        """Take an article to find its claims, with others that wait, the oldest first.

        Nothing, if its claims are found or somebody else has taken it after ``expired``. Whoever
        took something under the same name before may take it again.
        """
        asked = self._free(1, holder, expired, col(ArticleRow.id) == article_id)
        if not asked:
            return []
        others = self._free(TOGETHER - 1, holder, expired, col(ArticleRow.id) != article_id)
        fitting = [each for each, letters in _running(asked + others) if letters <= LETTERS]
        taken = [_article(row) for row in fitting or asked]
        take(self._session, ArticleRow, [each.id for each in taken], holder, at)
        return taken

    def _free(
        self, limit: int, holder: str, expired: datetime, condition: ColumnElement[bool]
    ) -> list[ArticleRow]:
        is_free = free(ArticleRow, holder, expired)
        query = (
            select(ArticleRow)
            .where(ArticleRow.state == ArticleState.PENDING, is_free, condition)
            .order_by(col(ArticleRow.received_at), col(ArticleRow.id))
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return list(self._session.exec(query))

    def settle(
        self, article_id: int, state: ArticleState, at: datetime, error: str | None = None
    ) -> bool:
        """Say how the extraction of a pending article ended; False if somebody did before."""
        statement = (
            update(ArticleRow)
            .where(col(ArticleRow.id) == article_id, col(ArticleRow.state) == ArticleState.PENDING)
            .values(state=state, extracted_at=at, error=error, taken_at=None, taken_by=None)
        )
        return changed(self._session, statement) == 1

    def retry(self, article_id: int) -> None:
        """Make a quarantined or unsupported article pending again; others stay as they are.

        Raises:
            NotFound: no such article.
        """
        row = find(self._session, ArticleRow, article_id, lock=True)
        if row.state in RETRYABLE:
            row.state, row.error, row.extracted_at = ArticleState.PENDING, None, None
            self._session.add(row)

    def unextracted(self, before: datetime) -> list[int]:
        """Articles received until ``before`` whose claims are still to be found, oldest first."""
        query = (
            select(ArticleRow.id)
            .where(ArticleRow.state == ArticleState.PENDING, ArticleRow.received_at <= before)
            .order_by(col(ArticleRow.id))
        )
        return [stored_id(id) for id in self._session.exec(query)]

    def recent(
        self, limit: int, state: ArticleState | None = None, offset: int = 0
    ) -> list[Article]:
        """The articles received last, newest first."""
        query = select(ArticleRow).order_by(col(ArticleRow.id).desc()).limit(limit).offset(offset)
        if state is not None:
            query = query.where(ArticleRow.state == state)
        return [_article(row) for row in self._session.exec(query)]

    def stretch(
        self, limit: int, cursor: str | None = None, state: ArticleState | None = None
    ) -> Stretch[Article]:
        """The articles received before those of ``cursor``, newest first.

        Raises:
            InvalidInput: the list never gave that cursor.
        """
        query = select(ArticleRow.id)
        if state is not None:
            query = query.where(ArticleRow.state == state)
        ids = ids_of_stretch(self._session, query, _RECEIVED, limit, cursor)
        rows = self._session.exec(select(ArticleRow).where(col(ArticleRow.id).in_(ids.items)))
        found = {row.id: _article(row) for row in rows}
        return Stretch([found[id] for id in ids.items], ids.cursor)

    def counts(self) -> dict[ArticleState, int]:
        """How many articles stand in each state."""
        query = select(ArticleRow.state, func.count()).group_by(col(ArticleRow.state))
        found = dict(self._session.exec(query).all())
        return {state: found.get(state, 0) for state in ArticleState}

    def counts_by_language(self) -> dict[str, int]:
        """How many articles came in each language that no table serves, most first."""
        query = (
            select(ArticleRow.language, func.count())
            .where(ArticleRow.state == ArticleState.UNSUPPORTED)
            .group_by(col(ArticleRow.language))
            .order_by(func.count().desc(), col(ArticleRow.language))
        )
        return dict(self._session.exec(query).all())

    def _same(self, draft: ArticleDraft) -> ArticleRow:
        query = select(ArticleRow).where(ArticleRow.outlet == draft.outlet)
        if draft.external_id is None:
            query = query.where(ArticleRow.content_key == _content_key(draft))
        else:
            query = query.where(
                ArticleRow.external_id == draft.external_id, ArticleRow.revision == draft.revision
            )
        return self._session.exec(query).one()


def _running(rows: Iterable[ArticleRow]) -> Iterator[tuple[ArticleRow, int]]:
    """Each article with the letters of all up to it."""
    letters = 0
    for row in rows:
        letters += len(row.text)
        yield row, letters


def _content_key(draft: ArticleDraft) -> str | None:
    """A hash of outlet, title and text for articles that carry no identifier."""
    if draft.external_id is not None:
        return None
    words = "\0".join((draft.outlet, draft.title or "", draft.text))
    return sha256(words.encode()).hexdigest()


def _article(row: ArticleRow) -> Article:
    return Article(
        id=stored_id(row.id),
        outlet=row.outlet,
        text=row.text,
        language=row.language,
        published_at=row.published_at,
        external_id=row.external_id,
        revision=row.revision,
        url=row.url,
        title=row.title,
        author=row.author,
        state=row.state,
        received_at=row.received_at,
        error=row.error,
    )
