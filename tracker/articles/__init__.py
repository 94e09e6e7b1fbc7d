"""Articles: what comes in, checked, and its text as paragraphs, sentences and tokens."""

from tracker.articles.demo import demo_articles
from tracker.articles.detection import detect_language
from tracker.articles.incoming import MAX_ARTICLE_BYTES, parse_article, read_article
from tracker.articles.jsonl import Line, jsonl_files, read_lines
from tracker.articles.quotes import Quote, find_quotes
from tracker.articles.sentences import sentences
from tracker.articles.text import ReadableText, paragraphs, readable
from tracker.articles.tokens import ReadArticle, Sentence, Token, TokenKind, is_any, read_text

__all__ = [
    "MAX_ARTICLE_BYTES",
    "Line",
    "Quote",
    "ReadArticle",
    "ReadableText",
    "Sentence",
    "Token",
    "TokenKind",
    "demo_articles",
    "detect_language",
    "find_quotes",
    "is_any",
    "jsonl_files",
    "paragraphs",
    "parse_article",
    "read_article",
    "read_lines",
    "read_text",
    "readable",
    "sentences",
]
