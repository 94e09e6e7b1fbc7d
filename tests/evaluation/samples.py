"""Small gold data of our own, and claims made from it, for the tests of the evaluation."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tracker.evaluation.gold import GoldArticle
from tracker.types import (
    Attribution,
    AttributionType,
    Claim,
    ClaimDetails,
    Modality,
    Polarity,
    Source,
    SourceKind,
    Span,
    Statement,
)

NO_DETAILS = ClaimDetails(polarity=Polarity.POSITIVE, modality=Modality.ASSERTED)


def gold_claim(
    id: str,
    text: str,
    canonical: str,
    mention: str | None,
    content: Sequence[str],
    type: str = "indirect",
) -> dict[str, Any]:
    """A gold claim whose words stand in the text once, as a line of articles.jsonl has it."""
    return {
        "id": id,
        "source": {
            "mention": mention,
            "start": None if mention is None else text.index(mention),
            "canonical": canonical,
            "role": None,
        },
        "cue": None,
        "content": [{"text": piece, "start": text.index(piece)} for piece in content],
        "type": type,
        "negated": False,
        "relayed_by": None,
    }


def gold_article(id: str, text: str, claims: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """An article as a line of articles.jsonl has it."""
    return {
        "id": id,
        "scenario": id.partition("-")[0],
        "lang": "en",
        "outlet": "The Ferry Times",
        "url": None,
        "title": None,
        "published_at": "2026-03-02",
        "text": text,
        "claims": list(claims),
    }


def write_lines(file: Path, records: Sequence[Mapping[str, Any]]) -> None:
    """Write one record a line."""
    file.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")


def found_claim(
    number: int,
    article: GoldArticle,
    content: Sequence[Span],
    *,
    speaker: str = "Mara Quill",
    source: Span | None = None,
    type: AttributionType = AttributionType.INDIRECT,
    kind: SourceKind = SourceKind.PERSON,
) -> Claim:
    """A stored claim with these spans."""
    return Claim(
        id=number,
        article_id=1,
        outlet="The Ferry Times",
        published_at=datetime(2026, 3, 2, tzinfo=UTC),
        attribution=Attribution(content=tuple(content), type=type, source=source),
        source=Source(id=1, name=speaker, kind=kind),
        statement=Statement(
            speaker=speaker,
            text=" ".join(article.text[span.start : span.end] for span in content),
            language=article.lang,
            said_on=date(2026, 3, 2),
            about="",
            details=NO_DETAILS,
        ),
        extractor="test/1",
    )
