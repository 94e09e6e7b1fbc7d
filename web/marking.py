"""Cutting a verbatim text into pieces, so that a template can mark stretches of it.

Nothing is added or lost: the texts of the pieces, joined, are the window they were cut from.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.types import Claim, RelatedPair, Span


@dataclass(frozen=True)
class Mark:
    """A stretch of text to be marked as (part of) a claim; strong for the words that carry it."""

    span: Span
    claim_id: int
    strong: bool = False


@dataclass(frozen=True)
class Piece:
    """A stretch of text under the same marks throughout."""

    text: str
    claim_ids: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    """The claims whose first marked character is the first of this piece."""
    strong: bool = False


@dataclass(frozen=True)
class Passage:
    """A quotation in its surroundings; ``cut_…`` say that the paragraph goes on."""

    pieces: tuple[Piece, ...]
    cut_before: bool
    cut_after: bool


def content_marks(claim: Claim) -> list[Mark]:
    """The marks of a claim's content, one for each of its stretches."""
    return [Mark(span, claim.id) for span in claim.attribution.content]


def word_marks(claim: Claim, text: str, words: Iterable[str]) -> list[Mark]:
    """Strong marks where the carrying ``words`` stand inside the claim's content."""
    return [
        Mark(Span(span.start + found.start(), span.start + found.end()), claim.id, strong=True)
        for word in dict.fromkeys(words)
        if word.strip()
        for span in claim.attribution.content
        for found in re.finditer(
            rf"(?<!\w){re.escape(word)}(?!\w)", text[span.start : span.end], re.IGNORECASE
        )
    ]


def cut(text: str, window: Span, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """The pieces of ``text`` inside ``window``, cut wherever a mark begins or ends."""
    inside = [mark for mark in marks if mark.span.start < window.end > window.start < mark.span.end]
    edges = {window.start, window.end}
    for mark in inside:
        edges |= {max(mark.span.start, window.start), min(mark.span.end, window.end)}
    first: dict[int, int] = {}
    for mark in marks:
        first[mark.claim_id] = min(mark.span.start, first.get(mark.claim_id, mark.span.start))
    order = sorted(edges)
    return tuple(_piece(text, Span(start, end), inside, first) for start, end in pairwise(order))


def _piece(text: str, span: Span, marks: Sequence[Mark], first: dict[int, int]) -> Piece:
    covering = [m for m in marks if m.span.start <= span.start and span.end <= m.span.end]
    claim_ids = tuple(dict.fromkeys(mark.claim_id for mark in covering))
    return Piece(
        text=text[span.start : span.end],
        claim_ids=claim_ids,
        begins=tuple(id for id in claim_ids if first[id] == span.start),
        strong=any(mark.strong for mark in covering),
    )


def passage(
    text: str, paragraphs: Sequence[Span], claim: Claim, words: Iterable[str], *, room: int = 400
) -> Passage:
    """A claim in the paragraphs it stands in, at most ``room`` characters on either side."""
    content = claim.attribution.content
    core = Span(min(span.start for span in content), max(span.end for span in content))
    around = _paragraphs_of(core, paragraphs)
    start = _at_word(text, around.start, core.start, core.start - room)
    end = _at_word_end(text, core.end, around.end, core.end + room)
    marks = [*content_marks(claim), *word_marks(claim, text, words)]
    return Passage(cut(text, Span(start, end), marks), start > around.start, end < around.end)


def _paragraphs_of(core: Span, paragraphs: Sequence[Span]) -> Span:
    touched = [p for p in paragraphs if p.start < core.end and core.start < p.end] or [core]
    return Span(min(core.start, touched[0].start), max(core.end, touched[-1].end))


def _at_word(text: str, low: int, high: int, wanted: int) -> int:
    """The first beginning of a word at or after ``wanted``; ``low`` if that is not before it."""
    if wanted <= low:
        return low
    space = re.compile(r"\s+").search(text, wanted, high)
    return space.end() if space else high


def _at_word_end(text: str, low: int, high: int, wanted: int) -> int:
    if wanted >= high:
        return high
    space = max(text.rfind(blank, low, wanted) for blank in " \n\t")
    return space if space > low else low


def carrying_words(claim: Claim, pairs: Iterable[RelatedPair]) -> list[str]:
    """The words of ``claim`` that the relations of ``pairs`` rest on, as printed."""
    words: list[str] = []
    for pair in pairs:
        if pair.premise.id == claim.id:
            words += pair.relation.premise_words
        if pair.hypothesis.id == claim.id:
            words += pair.relation.hypothesis_words
    return words
