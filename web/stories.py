"""Stories: articles that tell of one thing, and who says what in them on which question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.conflicts.stories import WINDOW, Told
from tracker.storage import Transaction
from tracker.storage.stories import MOST_ARTICLES
from tracker.types import Article, Claim, Conflict, Dismissal
from web.current import tracker
from web.listing import LAST_PAGE, page_of, read_number
from web.matrix import matrix

blueprint = Blueprint("stories", __name__, url_prefix="/stories")

RECENT = timedelta(days=30)
"""How far back the list goes."""
PAGE_SIZE = 25


@dataclass(frozen=True)
class Line:
    """A story in the list."""

    first: Article
    last: Article
    articles: int
    outlets: int
    conflicts: int


@dataclass(frozen=True)
class Story:
    """Articles that tell of one thing."""

    articles: list[Article]
    """In the order of publication."""
    claims: list[Claim]
    """In the order of saying."""
    conflicts: list[Conflict]
    is_cut: bool
    """Whether the story goes on."""


@blueprint.get("")
def index() -> str:
    """The stories of the last weeks, the newest first."""
    number = read_number(request.args, "page", default=1, highest=LAST_PAGE)
    start = (number - 1) * PAGE_SIZE
    with tracker().storage.snapshot() as tx:
        found = tx.stories.since(tracker().clock() - RECENT)[start : start + PAGE_SIZE + 1]
        return render_template(
            "stories/list.html",
            page=page_of(lines(tx, found), number, PAGE_SIZE),
            days=RECENT.days,
            window=WINDOW.days,
        )


@blueprint.get("/<id:story_id>")
def detail(story_id: int) -> ResponseReturnValue:
    """One story, known by its first article; any other article of it leads there."""
    with tracker().storage.snapshot() as tx:
        story = story_of(tx, story_id)
        first = story.articles[0].id
        if first != story_id and not story.is_cut:
            return redirect(url_for(".detail", story_id=first))
        return render_template(
            "stories/detail.html",
            articles=story.articles,
            conflicts=story.conflicts,
            drawn=matrix(story.claims, story.conflicts),
            is_cut=story.is_cut,
            window=WINDOW.days,
        )


def story_of(tx: Transaction, article_id: int) -> Story:
    """The story that an article belongs to.

    Raises:
        NotFound: no such article.
    """
    ids = [told.article_id for told in tx.stories.of_article(article_id)]
    articles, claims = tx.articles.get_many(ids), tx.stories.claims(ids)
    holding = tx.conflicts.holding([claim.id for claim in claims])
    return Story(
        articles=[articles[id] for id in ids],
        claims=claims,
        conflicts=[each for each in holding if each.dismissal is not Dismissal.OTHER_EVENT],
        is_cut=len(ids) == MOST_ARTICLES,
    )


def lines(tx: Transaction, stories: Sequence[tuple[Told, ...]]) -> list[Line]:
    """What the list tells of these stories."""
    ids = [told.article_id for story in stories for told in story]
    articles, conflicts = tx.articles.get_many(ids), tx.stories.conflict_ids(ids)
    return [line([articles[told.article_id] for told in story], conflicts) for story in stories]


def line(articles: Sequence[Article], conflicts: Mapping[int, set[int]]) -> Line:
    """What the list tells of a story, by the conflicts of each article."""
    return Line(
        first=articles[0],
        last=articles[-1],
        articles=len(articles),
        outlets=len({each.outlet for each in articles}),
        conflicts=len(set().union(*(conflicts[each.id] for each in articles))),
    )
