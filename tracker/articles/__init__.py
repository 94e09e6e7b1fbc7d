"""Articles: what comes in, and its text as paragraphs, sentences and tokens with offsets."""

from tracker.articles.quotes import Quote, find_quotes
from tracker.articles.sentences import sentences
from tracker.articles.text import ReadableText, paragraphs, readable
from tracker.articles.tokens import ReadArticle, Sentence, Token, TokenKind, read_text

__all__ = [
    "Quote",
    "ReadArticle",
    "ReadableText",
    "Sentence",
    "Token",
    "TokenKind",
    "find_quotes",
    "paragraphs",
    "read_text",
    "readable",
    "sentences",
]
