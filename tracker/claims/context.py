"""The line of context of a claim: what it is about."""

from tracker.articles import ReadArticle, Sentence
from tracker.types import Article

_LONGEST = 200
_ELLIPSIS = "…"


def context_line(article: Article, text: ReadArticle, sentence: Sentence) -> str:
    """The title, or the article's first sentence where it has none, and the claim's sentence.

    At most 200 characters; cut at a word.
    """
    lead = article.title or _printed(text, text.sentences[0])
    own = "" if sentence.number == 0 and not article.title else _printed(text, sentence)
    half = _LONGEST // 2 if own else _LONGEST
    opening = shorten(lead, half)
    return f"{opening} {shorten(own, _LONGEST - len(opening) - 1)}".strip()


def shorten(text: str, limit: int) -> str:
    """A text cut at a word so that it has at most ``limit`` characters."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    return (head.rpartition(" ")[0] or head) + _ELLIPSIS


def _printed(text: ReadArticle, sentence: Sentence) -> str:
    return text.reading.text[sentence.span.start : sentence.span.end]
