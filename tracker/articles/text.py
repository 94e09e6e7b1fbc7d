"""Text for reading, with the way back to the text as printed, and its paragraphs."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.languages import fold
from tracker.types import Span

_EMPTY_LINES = re.compile(r"\n(?:[^\S\n]*\n)+|\u2029")
_INVISIBLE = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
)


@dataclass(frozen=True)
class ReadableText:
    """A text with letters in one piece and without invisible characters.

    ``ş``, ``ș`` and ``s`` with a combining mark are one letter in ``folded``; ``text`` keeps case
    and is as long. Positions in both are turned into spans of the printed text by ``span``.
    """

    text: str
    folded: str
    positions: Sequence[int]
    """For each character, and for the end, where it stands in the printed text."""

    def span(self, start: int, end: int) -> Span:
        """The stretch of the printed text that reads ``text[start:end]``."""
        return Span(self.positions[start], self.positions[end])

    def stretch(self, printed: Span) -> tuple[int, int]:
        """Where ``text`` has what is printed there; ``span`` the other way round."""
        if isinstance(self.positions, range):
            return printed.start, printed.end
        start, end = (bisect_left(self.positions, at) for at in (printed.start, printed.end))
        return start, end


def readable(printed: str) -> ReadableText:
    """Make a text readable, character by character."""
    dropped = {c for c in set(printed) if c in _INVISIBLE or unicodedata.combining(c)}
    if not dropped:
        return ReadableText(printed, fold(printed), range(len(printed) + 1))
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(printed):
        if character not in dropped:
            letters.append(character)
            places.append(place)
        elif letters:
            letters[-1] = _with_mark(letters[-1], character)
    text = "".join(letters)
    return ReadableText(text, fold(text), (*places, len(printed)))


def _with_mark(letter: str, mark: str) -> str:
    """A letter and its combining mark as one character, where there is such a one."""
    composed = unicodedata.normalize("NFC", letter + mark)
    return composed if len(composed) == 1 else letter


def paragraphs(text: str) -> list[Span]:
    """The stretches of text between empty lines, without white space at their ends."""
    edges = [0, *(match.end() for match in _EMPTY_LINES.finditer(text)), len(text)]
    stretches = (trim(text, start, end) for start, end in pairwise(edges))
    return [stretch for stretch in stretches if stretch is not None]


def trim(text: str, start: int, end: int) -> Span | None:
    """The span without white space at its ends; None where nothing else is in it."""
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    end -= len(inner) - len(inner.rstrip())
    return Span(start, end) if start < end else None
