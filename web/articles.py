"""The articles: what has come in and where it stands, and one article with its claims marked."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from tracker.articles import paragraphs
from tracker.articles.revisions import Change, compare_texts
from tracker.errors import NotFound
from tracker.languages import fold
from tracker.storage import Transaction
from tracker.types import Article, Claim, Conflict, Stored
from web.current import tracker
from web.listing import LAST_PAGE, page_of, read_number, read_state
from web.marking import Piece, content_marks, cut

blueprint = Blueprint("articles", __name__, url_prefix="/articles")

PAGE_SIZE = 50


@dataclass(frozen=True)
class Revised:
    """Two revisions of an article side by side."""

    old: Article
    new: Article
    changes: list[Change]
    gone: list[Claim]
    """The claims that only the old one has."""
    came: list[Claim]


@blueprint.get("")
def index() -> str:
    """The articles that came in, newest first, with counts by state."""
    state = read_state(request.args)
    number = read_number(request.args, "page", default=1, highest=LAST_PAGE)
    with tracker().storage.snapshot() as tx:
        found = tx.articles.recent(PAGE_SIZE + 1, state, (number - 1) * PAGE_SIZE)
        return render_template(
            "articles/list.html",
            page=page_of(found, number, PAGE_SIZE),
            state=state,
            counts=tx.articles.counts(),
            unserved=tx.articles.counts_by_language(),
        )


@blueprint.get("/<id:article_id>")
def detail(article_id: int) -> str:
    """One article, verbatim, with its claims marked and listed."""
    with tracker().storage.snapshot() as tx:
        article = tx.articles.get(article_id)
        claims = tx.claims.of_article(article_id)
        revisions = tx.articles.revisions(article)
        copies = [each for each in tx.reprints.of(article) if each not in revisions]
        return render_template(
            "articles/detail.html",
            article=article,
            copies=copies,
            original=min([article, *copies], key=lambda each: (each.published_at, each.outlet)),
            claims=claims,
            standing=tx.claims.by_id(claim.standing_id for claim in claims),
            text=marked(article, claims),
            conflicts=conflicts_by_claim(tx, claims),
            revisions=revisions,
            told=len(tx.stories.of_article(article_id)),
        )


@blueprint.get("/<id:article_id>/since/<id:other_id>")
def changes(article_id: int, other_id: int) -> str:
    """What changed in an article since another of its revisions, and which claims came or went."""
    with tracker().storage.snapshot() as tx:
        return render_template("articles/changes.html", **vars(revised(tx, article_id, other_id)))


@blueprint.post("/<id:article_id>/retry")
def retry(article_id: int) -> ResponseReturnValue:
    """Put a quarantined or unsupported article back in line."""
    tracker().retry(article_id)
    flash(gettext("The article is back in line; this page shows its claims when it has been read."))
    return redirect(url_for("articles.detail", article_id=article_id), HTTPStatus.SEE_OTHER)


def revised(tx: Transaction, article_id: int, other_id: int) -> Revised:
    """What changed in an article since another of its revisions.

    Raises:
        NotFound: there is no such article, or the other is no revision of it.
    """
    revisions = {each.id: each for each in tx.articles.revisions(tx.articles.get(article_id))}
    if other_id not in revisions:
        raise NotFound("no {thing} {id}", thing=Stored.ARTICLE, id=other_id)
    old, new = revisions[other_id], revisions[article_id]
    before, after = tx.claims.of_article(other_id), tx.claims.of_article(article_id)
    return Revised(
        old=old,
        new=new,
        changes=compare_texts(old.text, new.text),
        gone=not_in(before, after),
        came=not_in(after, before),
    )


def not_in(claims: list[Claim], others: list[Claim]) -> list[Claim]:
    """The claims whose speaker and words are among no others."""
    known = {(fold(other.source.name), fold(other.statement.text)) for other in others}
    return [
        claim
        for claim in claims
        if (fold(claim.source.name), fold(claim.statement.text)) not in known
    ]


def marked(article: Article, claims: list[Claim]) -> list[tuple[Piece, ...]]:
    """The paragraphs of an article, cut where claims begin and end."""
    marks = [mark for claim in claims for mark in content_marks(claim)]
    return [cut(article.text, paragraph, marks) for paragraph in paragraphs(article.text)]


def conflicts_by_claim(tx: Transaction, claims: list[Claim]) -> dict[int, list[Conflict]]:
    """The conflicts each claim stands in."""
    found = tx.conflicts.holding([claim.id for claim in claims])
    return {
        claim.id: [each for each in found if any(claim.standing_id in side for side in each.sides)]
        for claim in claims
    }
