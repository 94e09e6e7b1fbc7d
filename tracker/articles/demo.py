"""The sample articles that ship with the program, shown on an empty database."""

from datetime import UTC, datetime
from importlib import resources

from tracker.articles.incoming import parse_article
from tracker.types import ArticleDraft


def demo_articles() -> list[ArticleDraft]:
    """The sample articles, in order of publication; people, places and outlets are invented."""
    text = (resources.files("tracker") / "demo" / "articles.jsonl").read_bytes()
    now = datetime.now(UTC)
    return [parse_article(line, received_at=now) for line in text.splitlines()]
