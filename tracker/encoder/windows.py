"""A text to stretches that a model reads at once: paragraphs, and a little of what went before.

A model that marks words needs every word once, with enough around it to be understood. So a text is
cut between paragraphs, a long paragraph between sentences, and each window opens with the last
pieces before it, which are read and not marked.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tracker.encoder.table import Ids
from tracker.encoder.tokens import END, START, Tokens

ROOM = 192
"""Pieces of a window that are marked; longer windows are slower and understand hardly more."""
CONTEXT = 32
"""Pieces before them that are read only."""

_BREAK = re.compile(r"\n|\Z")
_SENTENCE_END = re.compile(r"[.!?…][\"”“’'»)\]]*\Z")


@dataclass(frozen=True)
class Window:
    """Pieces to be read at once."""

    ids: Ids
    """With ``START`` before the first, ``END`` after the last and between paragraphs."""
    pieces: Sequence[int]
    """For each id the number of the piece in its text; -1 for ``START`` and ``END``."""
    first: int
    """The first place in ``ids`` that is marked; those before are context."""


def windows(text: str, tokens: Tokens, room: int = ROOM, context: int = CONTEXT) -> list[Window]:
    """Every piece of the text is marked in exactly one window, in the order of the text."""
    return [
        _window(tokens, parts, context) for parts in _packed(list(_parts(text, tokens, room)), room)
    ]


def _parts(text: str, tokens: Tokens, room: int) -> Iterator[range]:
    """The pieces of each paragraph, one that is too long in several parts."""
    place = 0
    for found in _BREAK.finditer(text):
        start = place
        end = found.end() if found[0] else len(text) + 1
        while place < len(tokens.spans) and tokens.spans[place].start < end:
            place += 1
        while place - start > room:
            cut = _cut(text, tokens, range(start, start + room))
            yield range(start, cut)
            start = cut
        if place > start:
            yield range(start, place)


def _cut(text: str, tokens: Tokens, pieces: range) -> int:
    """Where to end a part: after the last sentence of its second half, else where room ends."""
    opens = tokens.spans[pieces.start].start
    for piece in reversed(pieces[len(pieces) // 2 :]):
        if _SENTENCE_END.search(text, opens, tokens.spans[piece].end):
            return piece + 1
    return pieces.stop


def _packed(parts: Sequence[range], room: int) -> Iterator[list[range]]:
    """Neighbouring parts together as long as there is room."""
    packed: list[range] = []
    for part in parts:
        if packed and part.stop - packed[0].start > room:
            yield packed
            packed = []
        packed.append(part)
    if packed:
        yield packed


def _window(tokens: Tokens, parts: Sequence[range], context: int) -> Window:
    before = range(max(parts[0].start - context, 0), parts[0].start)
    pieces = [-1, *before, -1] if before else [-1]
    first = len(pieces)
    for part in parts:
        pieces += [*part, -1]
    numbers = np.array(pieces)
    ids = np.where(numbers < 0, END, tokens.ids[np.maximum(numbers, 0)])
    ids[0] = START
    return Window(ids, pieces, first)
