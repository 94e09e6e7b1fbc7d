"""Articles made of a line or two, and what an extractor says of them."""

from datetime import UTC, datetime

from tracker.claims import RuleExtractor
from tracker.languages import languages
from tracker.types import Article, ArticleState, ClaimDraft

PUBLISHED = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
Row = tuple[str, str | None, tuple[str, ...], str]


def article(text: str, language: str = "ro", title: str | None = None) -> Article:
    return Article(
        id=1,
        outlet="Gazeta",
        text=text,
        language=language,
        title=title,
        published_at=PUBLISHED,
        received_at=PUBLISHED,
        state=ArticleState.PENDING,
    )


def extract(text: str, language: str = "ro", title: str | None = None) -> list[ClaimDraft]:
    return RuleExtractor(languages()).extract(article(text, language, title))


def rows(text: str, language: str = "ro") -> list[Row]:
    """Of every claim: speaker, cue, content, type."""
    return [_row(text, draft) for draft in extract(text, language)]


def _row(text: str, draft: ClaimDraft) -> Row:
    attribution = draft.attribution
    cue = attribution.cue
    return (
        draft.statement.speaker,
        text[cue.start : cue.end] if cue else None,
        tuple(text[span.start : span.end] for span in attribution.content),
        str(attribution.type),
    )
