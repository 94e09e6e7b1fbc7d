"""Articles: what comes in, checked; and their text."""

from tracker.articles.demo import demo_articles
from tracker.articles.detection import detect_language
from tracker.articles.incoming import MAX_ARTICLE_BYTES, parse_article, read_article
from tracker.articles.jsonl import Line, jsonl_files, read_lines

__all__ = [
    "MAX_ARTICLE_BYTES",
    "Line",
    "demo_articles",
    "detect_language",
    "jsonl_files",
    "parse_article",
    "read_article",
    "read_lines",
]
