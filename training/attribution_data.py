"""Annotated documents for the attribution model, from the public sets and from our own articles."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.types import Span
from training.marked import MarkedArticle, read_all

_OPENING = re.compile(r"[^\w$€(]*(?:(?:that|dass)\s)?[^\w$€(]*", re.IGNORECASE)

HELD_OUT = 16
"""Our articles with this number or a higher one are for measuring."""


@dataclass(frozen=True)
class Gold:
    """One annotated attribution."""

    content: tuple[Span, ...]
    source: Span | None
    cue: Span | None


@dataclass(frozen=True)
class Document:
    """A text with its attributions, outermost ones only."""

    name: str
    language: str
    text: str
    attributions: tuple[Gold, ...]


def research_set(path: Path) -> Iterator[Document]:
    """PolNeAR or SpkAtt in the form of one JSON object a line."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            found = {g for a in record["attributions"] if (g := _gold(a, record["text"])).content}
            yield Document(
                record["doc_id"], record["lang"], record["text"], tuple(outermost(found))
            )


def own_articles(*, held_out: bool) -> Iterator[Document]:
    """Our own articles: those for measuring, or the others."""
    for article in read_all():
        if is_held_out(article) is held_out:
            yield document_of(article)


def is_held_out(article: MarkedArticle) -> bool:
    """Whether an article of ours is for measuring."""
    return int(article.name.rpartition("-")[2]) >= HELD_OUT


def document_of(article: MarkedArticle) -> Document:
    """An article of ours in the common form."""
    golds = {
        Gold(
            content=tuple(Span(*piece) for piece in a.content),
            source=Span(*a.source[0]) if a.source else None,
            cue=Span(a.cue[0][0], a.cue[0][1]) if a.cue else None,
        )
        for a in article.attributions
    }
    return Document(article.name, article.language, article.text, tuple(outermost(golds)))


def outermost(golds: set[Gold]) -> Iterator[Gold]:
    """Those whose content lies in no longer content, in the order of the text."""
    for gold in sorted(golds, key=lambda g: g.content):
        inside = any(
            other is not gold and _covers(other, gold) and not _covers(gold, other)
            for other in golds
        )
        if not inside:
            yield gold


def _covers(outer: Gold, inner: Gold) -> bool:
    return any(
        span.start <= inner.content[0].start and inner.content[-1].end <= span.end
        for span in outer.content
    )


def _gold(record: dict[str, Any], text: str) -> Gold:
    pieces = [_bare(text, Span(s["start"], s["end"])) for s in record["content"]["spans"]]
    content = tuple(piece for piece in pieces if piece.start < piece.end)
    return Gold(content, _envelope(record["source"]), _envelope(record["cue"]))


def _bare(text: str, span: Span) -> Span:
    """A content as we mark it: without its conjunction, and without marks at its ends."""
    start, end = span.start, span.end
    start = _OPENING.match(text, start, end).end()
    while end > start and not text[end - 1].isalnum() and text[end - 1] not in "%)€$":
        end -= 1
    return Span(start, end)


def _envelope(part: dict[str, Any] | None) -> Span | None:
    return Span(part["start"], part["end"]) if part else None
