"""How articles read as JSON."""

from collections.abc import Sequence
from typing import Self

from flask import url_for

from tracker import types
from web.api.answers import Answer, Claim, Moment


class ArticleHead(Answer):
    """An article without its text and its claims."""

    id: int
    state: types.ArticleState
    error: str | None
    """Why it could not be read."""
    outlet: str
    external_id: str | None
    """The outlet's own identifier."""
    revision: int
    url: str | None
    title: str | None
    author: str | None
    language: str
    published_at: Moment
    received_at: Moment
    page: str
    """Where a person reads it."""

    @classmethod
    def of(cls, value: types.Article) -> Self:
        """An article, as a list shows it."""
        return cls(
            id=value.id,
            state=value.state,
            error=value.error,
            outlet=value.outlet,
            external_id=value.external_id,
            revision=value.revision,
            url=value.url,
            title=value.title,
            author=value.author,
            language=value.language,
            published_at=value.published_at,
            received_at=value.received_at,
            page=url_for("articles.detail", article_id=value.id, _external=True),
        )


class Article(ArticleHead):
    """An article with its claims, without its text."""

    claims: list[Claim]
    """In the order of the text."""

    @classmethod
    def read(cls, value: types.Article, claims: Sequence[types.Claim]) -> Self:
        """An article and what was found in it."""
        head = ArticleHead.of(value).model_dump()
        return cls(**head, claims=[Claim.of(each) for each in claims])
