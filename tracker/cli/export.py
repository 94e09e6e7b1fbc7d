"""Conflicts as lines of JSON, for other programs and for archives."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from tracker.storage import Storage, Transaction
from tracker.types import Claim, Conflict, ConflictFilter

PAGE = 200
"""Conflicts read at once."""


def export_conflicts(storage: Storage, wanted: ConflictFilter) -> Iterator[str]:
    """One JSON object a conflict, newest and most severe first, all of one state of the store."""
    with storage.snapshot() as tx:
        for conflict in every_conflict(tx, wanted):
            yield json.dumps(_conflict(tx, conflict), ensure_ascii=False)


def every_conflict(tx: Transaction, wanted: ConflictFilter) -> Iterator[Conflict]:
    """The wanted conflicts, newest and most severe first, read page by page."""
    offset = 0
    while page := tx.conflicts.page(wanted, PAGE, offset):
        yield from page
        offset += len(page)


def _conflict(tx: Transaction, conflict: Conflict) -> dict[str, Any]:
    return {
        "id": conflict.id,
        "state": conflict.state,
        "relation": conflict.label,
        "kind": conflict.kind,
        "severity": conflict.severity,
        "reason": str(conflict.reason),
        "sides": [_side(tx, side) for side in conflict.sides],
        "opened_at": conflict.opened_at.isoformat(),
        "updated_at": conflict.updated_at.isoformat(),
        "occurrence": conflict.occurrence,
        "history": [
            {"at": entry.at.isoformat(), "event": entry.event, "by": entry.by, "note": entry.note}
            for entry in conflict.history
        ],
    }


def _side(tx: Transaction, side: Sequence[int]) -> list[dict[str, Any]]:
    sightings = tx.sightings.of(side)
    return [
        {
            **_claim(tx, claim),
            "sightings": [_sighting(each) for each in sightings.get(claim.id, ())],
        }
        for claim in tx.claims.get_many(side)
    ]


def _sighting(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "outlet": claim.outlet,
        "published_at": claim.published_at.isoformat(),
        "article_id": claim.article_id,
    }


def _claim(tx: Transaction, claim: Claim) -> dict[str, Any]:
    article = tx.articles.get(claim.article_id)
    return {
        "id": claim.id,
        "quotation": [article.text[span.start : span.end] for span in claim.attribution.content],
        "speaker": claim.source.name,
        "role": claim.source.role,
        "outlet": claim.outlet,
        "published_at": claim.published_at.isoformat(),
        "language": claim.statement.language,
        "article_id": claim.article_id,
        "url": article.url,
    }
