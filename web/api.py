"""The JSON API: hand in articles, read articles and conflicts. Described in docs/api.md."""

import hashlib
from http import HTTPStatus

from flask import Blueprint, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from tracker.articles.incoming import parse_article
from web import representation
from web.current import settings, tracker
from web.evidence import claims_of
from web.listing import LAST_PAGE, canonical, page_of, read_filter, read_number
from web.problems import RefusedError, refused

blueprint = Blueprint("api", __name__)

PAGE_SIZE = 50
MOST_CONFLICTS = 200
LONGEST_KEY = 200


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Whether the pages and the database answer."""
    with tracker().storage.snapshot() as tx:
        counts = tx.articles.counts()
    return jsonify(status="ok", articles={state.value: count for state, count in counts.items()})


@blueprint.post("/api/articles")
def add_article() -> ResponseReturnValue:
    """Take in one article; it is read and compared afterwards."""
    body = read_body()
    key = read_key()
    known = answered_before(key, body) if key else None
    article_id, created = known or take_in(body, key)
    with tracker().storage.snapshot() as tx:
        state = tx.articles.get(article_id).state
    where = url_for("api.article", article_id=article_id)
    answer = jsonify(id=article_id, created=created, state=state)
    return answer, HTTPStatus.ACCEPTED, {"Location": where}


@blueprint.get("/api/articles/<id:article_id>")
def article(article_id: int) -> ResponseReturnValue:
    """One article: where it stands and the claims found in it."""
    with tracker().storage.snapshot() as tx:
        found = tx.articles.get(article_id)
        return jsonify(representation.article(found, tx.claims.of_article(article_id)))


@blueprint.get("/api/conflicts")
def conflicts() -> ResponseReturnValue:
    """The conflicts that the filter asks for, newest and most severe first."""
    wanted = read_filter(request.args)
    number = read_number(request.args, "page", default=1, highest=LAST_PAGE)
    size = read_number(request.args, "per_page", default=PAGE_SIZE, highest=MOST_CONFLICTS)
    with tracker().storage.snapshot() as tx:
        page = page_of(tx.conflicts.page(wanted, size + 1, (number - 1) * size), number, size)
        claims = claims_of(tx, page.items)
    onward = {**canonical(request.args), "page": str(number + 1)}
    return jsonify(
        conflicts=[representation.conflict(each, claims) for each in page.items],
        next=url_for("api.conflicts", _external=True, **onward) if page.more else None,
    )


@blueprint.get("/api/conflicts/<id:conflict_id>")
def conflict(conflict_id: int) -> ResponseReturnValue:
    """One conflict with both sides and its history."""
    with tracker().storage.snapshot() as tx:
        found = tx.conflicts.get(conflict_id)
        return jsonify(representation.conflict(found, claims_of(tx, [found])))


def read_body() -> bytes:
    """The request's body.

    Raises:
        RefusedError: it is not said to be JSON.
        RequestEntityTooLarge: it is longer than an article may be.
    """
    if request.mimetype != "application/json":
        raise RefusedError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            "Content-Type: application/json was expected",
            "Content-Type",
        )
    body = request.get_data(cache=False)
    # Werkzeug cuts a body of unannounced length at the limit without a word.
    if request.content_length is None and len(body) >= settings().max_article_bytes:
        raise RequestEntityTooLarge
    return body


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
