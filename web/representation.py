"""How stored values read as JSON; the fields are described in docs/api.md."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for

from tracker.types import Article, Claim, Conflict, Source
from web.display import is_measured

Json = dict[str, Any]


def article(value: Article, claims: Sequence[Claim]) -> Json:
    """An article with its claims, without its text."""
    return {
        "id": value.id,
        "state": value.state,
        "error": value.error,
        "outlet": value.outlet,
        "external_id": value.external_id,
        "revision": value.revision,
        "url": value.url,
        "title": value.title,
        "author": value.author,
        "language": value.language,
        "published_at": value.published_at.isoformat(),
        "received_at": value.received_at.isoformat(),
        "page": url_for("articles.detail", article_id=value.id, _external=True),
        "claims": [claim(each) for each in claims],
    }


def claim(value: Claim) -> Json:
    """A claim; ``spans`` count code points in the article's text."""
    statement = value.statement
    return {
        "id": value.id,
        "article_id": value.article_id,
        "quotation": statement.text,
        "spans": [[span.start, span.end] for span in value.attribution.content],
        "type": value.attribution.type,
        "relayed_by": value.attribution.relayed_by,
        "addressee": value.attribution.addressee,
        "found_by": value.extractor,
        "speaker": source(value.source),
        "said_on": statement.said_on.isoformat(),
        "language": statement.language,
        "language_measured": is_measured(statement.language),
        "polarity": statement.details.polarity,
        "modality": statement.details.modality,
        "outlet": value.outlet,
        "published_at": value.published_at.isoformat(),
    }


def source(value: Source) -> Json:
    """A speaker."""
    return {
        "id": value.id,
        "name": value.name,
        "kind": value.kind,
        "role": value.role,
        "speaks_for": value.speaks_for,
    }


def conflict(value: Conflict, claims: Mapping[int, Claim]) -> Json:
    """A conflict with the claims on either side and what has happened to it."""
    return {
        "id": value.id,
        "state": value.state,
        "relation": value.label,
        "kind": value.kind,
        "severity": value.severity,
        "reason": str(value.reason),
        "occurrence": value.occurrence,
        "opened_at": value.opened_at.isoformat(),
        "updated_at": value.updated_at.isoformat(),
        "page": url_for("conflicts.detail", conflict_id=value.id, _external=True),
        "sides": [[claim(claims[id]) for id in side] for side in value.sides],
        "history": [
            {"at": entry.at.isoformat(), "event": entry.event, "by": entry.by, "note": entry.note}
            for entry in value.history
        ],
    }
