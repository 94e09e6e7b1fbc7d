"""The same document as another newsroom would have typed it: other quotation marks, no diacritics.

Offsets move with the text. Nothing that is said changes, so that the marks of the attributions stay
true.
"""

import random
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace

from tracker.types import Span
from training.attribution_data import Document, Gold

Edit = tuple[int, int, str]
"""Start, end and what stands there instead."""

STYLES = (
    ("“", "”"),
    ("„", "”"),
    ("„", "“"),
    ("«", "»"),
    ("« ", " »"),
    ('"', '"'),
    ("''", "''"),
    ("‘", "’"),
)
"""Opening and closing marks."""

_PAIR = re.compile(r"''(.+?)''|\"(.+?)\"|“(.+?)”|„(.+?)[”“]|«\s?(.+?)\s?»", re.DOTALL)
_MARK = re.compile(r"''|[\"“”„«»]")
CEDILLAS = str.maketrans("șțȘȚ", "şţŞŢ")


def augmented(document: Document, chance: random.Random) -> Document:
    """The document as it is, or in one or two of the other ways of typing."""
    document = requoted(document, chance.choice(STYLES)) if chance.random() < 0.6 else document
    if document.language == "ro":
        change = chance.random()
        if change < 0.12:
            return _translated(document, without_diacritics)
        if change < 0.24:
            return _translated(document, lambda text: text.translate(CEDILLAS))
    if chance.random() < 0.04:
        return shouted(document)
    return document


def requoted(document: Document, style: tuple[str, str]) -> Document:
    """All pairs of quotation marks in another style; marks without a partner stay."""
    edits: list[Edit] = []
    for pair in _PAIR.finditer(document.text):
        if "\n\n" in pair[0]:
            continue
        inner = next(n for n, group in enumerate(pair.groups(), 1) if group is not None)
        edits.append((pair.start(), pair.start(inner), style[0]))
        edits.append((pair.end(inner), pair.end(), style[1]))
    return edited(document, edits)


def without_diacritics(text: str) -> str:
    """The text as typed on a foreign keyboard; it keeps its length."""
    return "".join(_bare(char) for char in text)


def shouted(document: Document) -> Document:
    """All in capitals, as in a ticker."""
    return _translated(document, lambda text: "".join(_upper(char) for char in text))


def edited(document: Document, edits: Sequence[Edit]) -> Document:
    """The document with stretches replaced; edits are in order and do not overlap."""
    pieces, place, starts, shifts = [], 0, [0], [0]
    for start, end, new in edits:
        pieces += [document.text[place:start], new]
        place = end
        starts.append(end)
        shifts.append(shifts[-1] + len(new) - (end - start))
    pieces.append(document.text[place:])

    def moved(offset: int) -> int:
        return offset + shifts[bisect_right(starts, offset) - 1]

    def span(old: Span) -> Span:
        # a span that starts with a mark keeps the new mark
        opening = next((e for e in edits if e[0] == old.start), None)
        start = moved(old.start) if opening is None else moved(opening[1]) - len(opening[2])
        return Span(start, moved(old.end))

    golds = tuple(_each_span(gold, span) for gold in document.attributions)
    return replace(document, text="".join(pieces), attributions=golds)


def _each_span(gold: Gold, change: Callable[[Span], Span]) -> Gold:
    return Gold(
        content=tuple(change(piece) for piece in gold.content),
        source=change(gold.source) if gold.source else None,
        cue=change(gold.cue) if gold.cue else None,
    )


def _translated(document: Document, change: Callable[[str], str]) -> Document:
    text = change(document.text)
    assert len(text) == len(document.text)
    return replace(document, text=text)


def _bare(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0]
    return base if base.isascii() and base.isalpha() else char


def _upper(char: str) -> str:
    upper = char.upper()
    return upper if len(upper) == 1 else char
