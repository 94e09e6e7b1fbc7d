"""Text as words with offsets."""

import re
from dataclasses import dataclass

from tracker.languages.fold import fold

_WORD = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)"  # digits grouped by spaces
    r"|\d+(?:[.,]\d+)*"
    r"|[^\W\d_]+(?:'[^\W\d_]+)*\*?"
    r"|[%€$£]"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number or unit sign; ``start`` and ``end`` count code points of the text."""

    text: str
    folded: str
    start: int
    end: int


def split_words(text: str) -> list[Word]:
    """The words of a text in order; parts joined by a hyphen are words of their own."""
    folded = fold(text)
    return [
        Word(text[m.start() : m.end()], m.group(), m.start(), m.end())
        for m in _WORD.finditer(folded)
    ]
