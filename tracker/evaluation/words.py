"""The words of a text, by position: what two spans are compared by."""

import re
from collections.abc import Iterable

from tracker.types import Span

WORD = re.compile(r"\w+(?:['’]\w+)*")


def word_spans(text: str) -> tuple[Span, ...]:
    """Where the words of a text are; quotation marks, punctuation and white space are no words."""
    return tuple(Span(*match.span()) for match in WORD.finditer(text))


def touching(words: Iterable[Span], spans: Iterable[Span]) -> frozenset[int]:
    """The numbers of the words that share at least one character with one of the spans."""
    wanted = tuple(spans)
    return frozenset(
        number
        for number, word in enumerate(words)
        if any(span.start < word.end and word.start < span.end for span in wanted)
    )


def jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    """Shared words as a fraction of all words of the two; 0 where either has none."""
    return len(a & b) / len(a | b) if a and b else 0.0
