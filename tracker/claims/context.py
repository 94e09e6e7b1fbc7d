"""The line of context of a claim: what it is about."""

import re
from collections.abc import Sequence

from tracker.articles import ReadArticle, Sentence
from tracker.types import Article

_LONGEST = 200
_ELLIPSIS = "…"
_LEFT_OVER = re.compile(r"\s*,(?=\s*[,.;])|\s+(?=[,.;])")


def context_line(
    article: Article, text: ReadArticle, sentence: Sentence, saying: Sequence[tuple[int, int]]
) -> str:
    """The title, or the article's first sentence where it has none, and the claim's sentence.

    At most 200 characters; cut at a word. ``saying`` are the stretches of the readable text that
    name a speaker or say that something is said; they are left out, because whoever speaks is
    not what the claim is about.
    """
    lead = article.title or _printed(text, text.sentences[0], saying)
    own = "" if sentence.number == 0 and not article.title else _printed(text, sentence, saying)
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


def _printed(text: ReadArticle, sentence: Sentence, saying: Sequence[tuple[int, int]]) -> str:
    start, end = sentence.span.start, sentence.span.end
    letters = list(text.reading.text[start:end])
    for first, last in saying:
        for place in range(max(first, start), min(last, end)):
            letters[place - start] = ""
    return _LEFT_OVER.sub("", "".join(letters))
