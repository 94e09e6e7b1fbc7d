"""The claims of a gold folder, read as the program would read them if it found just these."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tracker.claims.extractor import read_marked
from tracker.claims.tagged import Marked
from tracker.languages import languages
from tracker.types import Article, ArticleState, ClaimDraft, Span


@dataclass(frozen=True)
class GoldClaim:
    """A gold claim as a draft."""

    id: str
    article: str
    draft: ClaimDraft


def read_gold_claims(folder: Path) -> Iterator[GoldClaim]:
    """The claims of ``articles.jsonl`` whose words can be read."""
    for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        pack = languages().nearest(record["lang"])
        for claim in record["claims"]:
            for draft in read_marked(_article(record), pack, [_marked(claim)]):
                yield GoldClaim(claim["id"], record["id"], draft)


def _article(record: dict[str, Any]) -> Article:
    published = datetime.fromisoformat(record["published_at"])
    if published.tzinfo is None:
        published = published.replace(tzinfo=UTC)
    return Article(
        id=1,
        outlet=record["outlet"] or "",
        text=record["text"],
        language=record["lang"],
        title=record["title"],
        published_at=published,
        received_at=published,
        state=ArticleState.PENDING,
    )


def _marked(claim: dict[str, Any]) -> Marked:
    source = claim["source"]
    return Marked(
        content=tuple(_span(piece) for piece in claim["content"]),
        source=_span({"text": source["mention"], **source}) if source["mention"] else None,
        cue=_span(claim["cue"]) if claim["cue"] and claim["cue"].get("start") is not None else None,
        confidence=1.0,
    )


def _span(piece: dict[str, Any]) -> Span:
    return Span(piece["start"], piece["start"] + len(piece["text"]))
