"""Answers that are lists, or say what was done."""

from typing import Annotated, Any

from flask import request, url_for
from pydantic import Field

from web.api.answers import Answer, Claim
from web.api.article_answers import ArticleHead
from web.api.conflict_answers import Conflict
from web.listing import canonical

Next = Annotated[str | None, Field(description="Where the list goes on; null at its end.")]


class Conflicts(Answer):
    """A stretch of the conflicts."""

    conflicts: list[Conflict]
    next: Next


class Claims(Answer):
    """A stretch of the claims."""

    claims: list[Claim]
    next: Next


class Articles(Answer):
    """A stretch of the articles."""

    articles: list[ArticleHead]
    next: Next


class Taken(Answer):
    """An article that was taken in."""

    id: int
    created: bool
    """Whether it was new."""
    state: str


class Decided(Answer):
    """A decision on one conflict."""

    decision: str
    """What the decision is undone by."""
    conflict: Conflict


class DecidedMany(Answer):
    """A decision on many conflicts."""

    decision: str
    """What the decision is undone by."""
    conflicts: list[int]


class Undone(Answer):
    """A decision that was undone."""

    conflicts: list[int]
    """Those that stand where they stood; the others of the decision were decided anew since."""


class Health(Answer):
    """Pages and database answer."""

    status: str = Field(examples=["ok"])
    articles: dict[str, int]
    """How many stand in each state."""


def onward(cursor: str | None) -> str | None:
    """The address at which the list of this request goes on."""
    if cursor is None:
        return None
    query: dict[str, Any] = {**canonical(request.args), "cursor": cursor}
    query.pop("page", None)
    where = request.view_args or {}
    return url_for(str(request.endpoint), _external=True, **where, **query)
