"""The line of context of a claim: what it is about."""

import re
from collections.abc import Iterable, Sequence

from tracker.articles import ReadArticle, Sentence
from tracker.claims.matters import Matter
from tracker.types import Article

_LONGEST = 200
_ELLIPSIS = "…"
_LEFT_OVER = re.compile(r"\s*,(?=\s*[,.;])|\s+(?=[,.;])")


def without(text: ReadArticle, saying: Iterable[tuple[int, int]]) -> list[str]:
    """The readable text, letter by letter, without its stretches ``saying`` who speaks.

    Whoever speaks is not what a claim is about. Offsets hold: a letter left out is empty.
    """
    letters = list(text.reading.text)
    for start, end in saying:
        letters[start:end] = [""] * (end - start)
    return letters


def context_line(
    article: Article, text: ReadArticle, sentence: Sentence, letters: Sequence[str]
) -> str:
    """The title, or the article's first sentence where it has none, and the claim's sentence.

    At most 200 characters; cut at a word. ``letters`` are those of ``without``.
    """
    lead = article.title or _printed(text.sentences[0], letters)
    own = "" if sentence.number == 0 and not article.title else _printed(sentence, letters)
    half = _LONGEST // 2 if own else _LONGEST
    opening = shorten(lead, half)
    return f"{opening} {shorten(own, _LONGEST - len(opening) - 1)}".strip()


def around(
    article: Article, text: ReadArticle, sentence: Sentence, letters: Sequence[str]
) -> list[str]:
    """Where a reader looks for what a claim is about: close by, in the lead, in the title."""
    numbers = dict.fromkeys((sentence.number, max(sentence.number - 1, 0), 0))
    spans = (text.sentences[number].span for number in numbers)
    return [*("".join(letters[span.start : span.end]) for span in spans), article.title or ""]


def with_matters(about: str, matters: Sequence[Matter]) -> str:
    """A line of context with what the claim's nouns stand for in front, unless it says so."""
    new = [matter.text for matter in matters if matter.text not in about]
    return shorten("; ".join([*new, about]), _LONGEST)


def shorten(text: str, limit: int) -> str:
    """A text cut at a word so that it has at most ``limit`` characters."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    return (head.rpartition(" ")[0] or head) + _ELLIPSIS


def _printed(sentence: Sentence, letters: Sequence[str]) -> str:
    return _LEFT_OVER.sub("", "".join(letters[sentence.span.start : sentence.span.end]))
