"""Stories: which articles hang together, asked for one article or for the latest weeks."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from pydantic import AwareDatetime, TypeAdapter
from sqlalchemy import ColumnElement, Select, and_, func, or_
from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.conflicts.stories import WINDOW, Link, Told, are_near, stories
from tracker.storage.claims import load_claims
from tracker.storage.saying import ROOT
from tracker.storage.statements import find, stored_id
from tracker.storage.stretches import Number, Stretch, cursor_of, place_of
from tracker.storage.tables import ArticleRow, ClaimRow, ConflictClaimRow, ConflictRow, MatchRow
from tracker.types import Claim, Dismissal, RelationLabel

MOST_ARTICLES = 200
"""Articles at which a story is cut, so that its page stays readable."""
_NEWEST = TypeAdapter(tuple[AwareDatetime, Number])
"""The place of a story in their list: that of its last article."""
_SAME_THING = (RelationLabel.REPEAT, RelationLabel.UPDATE)
_ONE, _OTHER = aliased(ClaimRow), aliased(ClaimRow)
_ARTICLE, _OTHER_ARTICLE = aliased(ArticleRow), aliased(ArticleRow)
_TELLING = and_(
    col(ConflictRow.merged_into).is_(None),
    or_(
        col(ConflictRow.dismissal).is_(None),
        col(ConflictRow.dismissal) != Dismissal.OTHER_EVENT,
    ),
)
"""Of conflicts that show what articles have in common."""


class Stories:
    """Everything asked of stories."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_article(self, article_id: int) -> tuple[Told, ...]:
        """The story that an article belongs to, in order; the article alone where nothing links it.

        Followed link by link until nothing is new, or there are ``MOST_ARTICLES``.

        Raises:
            NotFound: no such article.
        """
        row = find(self._session, ArticleRow, article_id)
        story = {Told(row.published_at, article_id)}
        edge = set(story)
        while edge and len(story) < MOST_ARTICLES:
            near = self._links(col(ArticleRow.id).in_({told.article_id for told in edge}), few=True)
            edge = {told for link in near for told in link} - story
            story |= edge
        return tuple(sorted(story))[:MOST_ARTICLES]

    def since(self, moment: datetime) -> list[tuple[Told, ...]]:
        """The stories with an article published since then, the newest first."""
        links = self._links(col(ArticleRow.published_at) >= moment - WINDOW, few=False)
        return [story for story in stories(links) if story[-1].published_at >= moment]

    def stretch(
        self, moment: datetime, limit: int, cursor: str | None = None
    ) -> Stretch[tuple[Told, ...]]:
        """The stories with an article published since then, the newest first.

        Raises:
            InvalidInput: the list never gave that cursor.
        """
        found = self.since(moment)
        if cursor is not None:
            last = Told(*place_of(_NEWEST, cursor))
            found = [story for story in found if story[-1] < last]
        shown = found[:limit]
        return Stretch(shown, _cursor(shown[-1]) if len(found) > limit else None)

    def claims(self, article_ids: Collection[int]) -> list[Claim]:
        """The claims of these articles in the order of saying."""
        query = select(ClaimRow.id).where(col(ClaimRow.article_id).in_(article_ids))
        found = load_claims(self._session, [stored_id(id) for id in self._session.exec(query)])
        return sorted(found.values(), key=lambda c: (c.statement.said_on, c.published_at, c.id))

    def conflict_ids(self, article_ids: Collection[int]) -> dict[int, set[int]]:
        """The conflicts that hold a claim of each of these articles."""
        query = (
            select(ClaimRow.article_id, ConflictClaimRow.conflict_id)
            .join(ConflictClaimRow, col(ConflictClaimRow.claim_id) == ROOT)
            .join(ConflictRow, col(ConflictRow.id) == col(ConflictClaimRow.conflict_id))
            .where(col(ClaimRow.article_id).in_(article_ids), _TELLING)
        )
        found: dict[int, set[int]] = {id: set() for id in article_ids}
        for article_id, conflict_id in self._session.exec(query):
            found[article_id].add(conflict_id)
        return found

    def _links(self, articles: ColumnElement[bool], *, few: bool) -> set[Link]:
        """The links between the articles of which ``articles`` is true and any other.

        ``few`` says that they are few among all that are stored.
        """
        own = select(ArticleRow.id).where(articles)
        claims = select(ClaimRow.id).where(col(ClaimRow.article_id).in_(own))
        queries = (
            _matched(col(MatchRow.premise_id).in_(claims), few=few),
            _matched(col(MatchRow.hypothesis_id).in_(claims), few=few),
            _in_one_conflict(claims),
            _printed_again(col(_ONE.id).in_(claims)),
            _printed_again(col(_OTHER.id).in_(claims)),
        )
        found = {
            (Told(at, id), Told(other_at, other))
            for query in queries
            for at, id, other_at, other in self._session.execute(query)
            if id != other
        }
        return {(a, b) for a, b in found if are_near(a, b)}


def _cursor(story: tuple[Told, ...]) -> str:
    return cursor_of(_NEWEST, (story[-1].published_at, story[-1].article_id))


def _matched(wanted: ColumnElement[bool], *, few: bool) -> Select[*tuple[Any, ...]]:
    """The articles of claims that repeat or update one another."""
    label: Any = col(MatchRow.label)
    if few:  # the index of the label would go through every match, not only those of the claims
        label = func.coalesce(label, RelationLabel.NONE)
    return (
        _articles()
        .join(MatchRow, col(_ONE.id) == col(MatchRow.premise_id))
        .join(_OTHER, col(_OTHER.id) == col(MatchRow.hypothesis_id))
        .join(_OTHER_ARTICLE, col(_OTHER_ARTICLE.id) == col(_OTHER.article_id))
        .where(wanted, label.in_(_SAME_THING))
    )


def _in_one_conflict(claims: Any) -> Select[*tuple[Any, ...]]:
    """The articles of claims that stand in one conflict."""
    one, other = aliased(ConflictClaimRow), aliased(ConflictClaimRow)
    return (
        _articles()
        .join(one, col(one.claim_id) == col(_ONE.id))
        .join(ConflictRow, col(ConflictRow.id) == col(one.conflict_id))
        .join(other, col(other.conflict_id) == col(one.conflict_id))
        .join(_OTHER, col(_OTHER.id) == col(other.claim_id))
        .join(_OTHER_ARTICLE, col(_OTHER_ARTICLE.id) == col(_OTHER.article_id))
        .where(col(one.claim_id).in_(claims), _TELLING)
    )


def _printed_again(wanted: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """The articles of claims and of their sightings."""
    return (
        _articles()
        .join(_OTHER, col(_OTHER.sighting_of) == col(_ONE.id))
        .join(_OTHER_ARTICLE, col(_OTHER_ARTICLE.id) == col(_OTHER.article_id))
        .where(wanted)
    )


def _articles() -> Select[*tuple[Any, ...]]:
    """The moments and ids of two articles; what joins them is to be added."""
    columns = [(col(each.published_at), col(each.id)) for each in (_ARTICLE, _OTHER_ARTICLE)]
    return (
        sa_select(*columns[0], *columns[1])
        .select_from(_ONE)
        .join(_ARTICLE, col(_ARTICLE.id) == col(_ONE.article_id))
        .distinct()
    )
