"""Articles: hand in, list, read, retry."""

import hashlib
from http import HTTPStatus

from flask import Response, request, url_for

from tracker.articles.incoming import parse_article
from web.api import lists
from web.api.article_answers import Article, ArticleHead
from web.api.bodies import NewArticle, Nothing
from web.api.operations import blueprint, json_of
from web.api.queries import ArticleQuery
from web.api.reading import read_bytes
from web.current import settings, tracker
from web.problems import RefusedError, refused

LONGEST_KEY = 200


@blueprint.operation("GET", "/healthz", answer=lists.Health)
def healthz() -> lists.Health:
    """Whether the pages and the database answer."""
    with tracker().storage.snapshot() as tx:
        counts = tx.articles.counts()
    return lists.Health(status="ok", articles=dict(counts.items()))


@blueprint.operation(
    "POST",
    "/api/articles",
    sent=NewArticle,
    headers=("Idempotency-Key",),
    answer=lists.Taken,
    status=HTTPStatus.ACCEPTED,
    errors=(HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY),
)
def add_article() -> Response:
    """Take in one article; it is read and compared afterwards."""
    body = read_bytes()
    key = read_key()
    known = answered_before(key, body) if key else None
    article_id, created = known or take_in(body, key)
    with tracker().storage.snapshot() as tx:
        state = tx.articles.get(article_id).state
    taken = lists.Taken(id=article_id, created=created, state=state)
    response = Response(json_of(taken), HTTPStatus.ACCEPTED, mimetype="application/json")
    response.headers["Location"] = url_for("api.article", article_id=article_id)
    return response


@blueprint.operation("GET", "/api/articles", query=ArticleQuery, answer=lists.Articles)
def articles(query: ArticleQuery) -> lists.Articles:
    """The articles, the last that came in first."""
    with tracker().storage.snapshot() as tx:
        found = tx.articles.stretch(query.per_page, query.cursor, query.state)
    heads = [ArticleHead.of(each) for each in found.items]
    return lists.Articles(articles=heads, next=lists.onward(found.cursor))


@blueprint.operation("GET", "/api/articles/<id:article_id>", answer=Article)
def article(article_id: int) -> Article:
    """One article: where it stands and the claims found in it."""
    with tracker().storage.snapshot() as tx:
        found = tx.articles.get(article_id)
        return Article.read(found, tx.claims.of_article(article_id))


@blueprint.operation("GET", "/api/articles/<id:article_id>/text", media="text/plain")
def article_text(article_id: int) -> Response:
    """The text of an article as it was sent; offsets count its code points."""
    with tracker().storage.snapshot() as tx:
        return Response(tx.articles.get(article_id).text, mimetype="text/plain")


@blueprint.operation("POST", "/api/articles/<id:article_id>/retry", body=Nothing, answer=Article)
def retry_article(article_id: int, body: Nothing) -> Article:
    """Put a quarantined or unsupported article back in line; any other stays as it is."""
    tracker().retry(article_id)
    return article(article_id)


def read_key() -> str | None:
    """The ``Idempotency-Key`` header, if there is one.

    Raises:
        RefusedError: it is empty or too long.
    """
    key = request.headers.get("Idempotency-Key")
    if key is not None and not 0 < len(key.strip()) <= LONGEST_KEY:
        raise refused("Idempotency-Key", f"1 to {LONGEST_KEY} characters were expected")
    return key


def answered_before(key: str, body: bytes) -> tuple[int, bool] | None:
    """What the first request with this key was answered: the article, and whether it was new.

    Raises:
        RefusedError: the first request had another body.
    """
    with tracker().storage.snapshot() as tx:
        known = tx.requests.find(key)
    if known is None:
        return None
    first_body, article_id, created = known
    if first_body != fingerprint(body):
        raise RefusedError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "idempotency_key_reused",
            "Idempotency-Key: it came with another body before; a new article takes a new key",
            "Idempotency-Key",
        )
    return article_id, created


def take_in(body: bytes, key: str | None) -> tuple[int, bool]:
    """Store the article, and under ``key`` what is answered; the article, and whether it is new.

    Raises:
        InvalidArticle: a field is missing or wrong.
        ArticleChanged: the same outlet, identifier and revision are stored with another text.
    """
    now = tracker().clock()
    draft = parse_article(body, received_at=now, max_bytes=settings().max_article_bytes)
    added = tracker().add_article(draft)
    if key:
        with tracker().storage.transaction() as tx:
            tx.requests.save(key, fingerprint(body), added.article_id, now, created=added.created)
    return added.article_id, added.created


def fingerprint(body: bytes) -> str:
    """Equal for equal bodies."""
    return hashlib.sha256(body).hexdigest()
