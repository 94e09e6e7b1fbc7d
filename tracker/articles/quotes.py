"""Quotations: which marks belong together, also across paragraphs, and which are left open."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from tracker.types import Span

_LONGEST_RUN = 12
"""Paragraphs over which a quotation may run; after that its mark counts as left open."""
_DEEPEST = 4
"""Quotations within quotations; deeper marks are read as letters."""

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation inside one paragraph; its marks stand outside ``inner``."""

    outer: Span
    inner: Span
    continues: bool = False
    """Whether it goes on from the quotation at the end of the paragraph before."""


@dataclass(slots=True)
class _Open:
    """A mark that waits for its other half."""

    mark: str
    start: int
    inner: int
    continues: bool = False
    within: list[Quote] = field(default_factory=list)
    """What was closed after it, in case that it is never closed itself."""

    def closed(self, inner_end: int, end: int) -> Quote:
        return Quote(Span(self.start, end), Span(self.inner, inner_end), self.continues)


def find_quotes(text: str, paragraphs: Sequence[Span], pairs: Pairs) -> list[Quote]:
    """The outermost quotations in order; one over several paragraphs is cut at each of them.

    A mark that is never closed opens nothing, so that it cannot swallow what follows it.
    """
    quotes: list[Quote] = []
    carried = ""
    for number, paragraph in enumerate(paragraphs):
        top, stack = _scan(text, paragraph, pairs, carried)
        carried = ""
        if stack and _runs_on(text, paragraphs, number, stack[0].mark, pairs):
            carried = stack[0].mark
            top.append(stack[0].closed(paragraph.end, paragraph.end))
        else:
            top += [quote for frame in stack for quote in frame.within]
        quotes += top
    return quotes


def _scan(
    text: str, paragraph: Span, pairs: Pairs, carried: str
) -> tuple[list[Quote], list[_Open]]:
    """The closed quotations of a paragraph and the marks left open, outermost first."""
    top: list[Quote] = []
    stack: list[_Open] = []
    start = paragraph.start
    if carried:
        inner = start + text.startswith(carried, start)
        stack.append(_Open(carried, start, inner, continues=True))
        start = inner
    for match in _marks(pairs).finditer(text, start, paragraph.end):
        mark, at = match.group(), match.start()
        depth = _closes(text, at, mark, stack, pairs)
        if depth is not None:
            quote = stack[depth].closed(at, at + 1)
            del stack[depth:]
            (stack[-1].within if stack else top).append(quote)
        elif len(stack) < _DEEPEST and _may_open(text, at, mark, pairs):
            stack.append(_Open(mark, at, at + 1))
    return top, stack


def _closes(text: str, at: int, mark: str, stack: Sequence[_Open], pairs: Pairs) -> int | None:
    """The depth of the open mark that this one closes."""
    if _is_inside_word(text, at) or (mark in _openers(pairs) and _looks_opening(text, at)):
        return None
    for depth in range(len(stack) - 1, -1, -1):
        if (stack[depth].mark, mark) in pairs:
            return depth
    return None


def _may_open(text: str, at: int, mark: str, pairs: Pairs) -> bool:
    if mark not in _openers(pairs) or _is_inside_word(text, at):
        return False
    only_opens = all(mark != closing for _, closing in pairs)
    return only_opens or _looks_opening(text, at)


def _looks_opening(text: str, at: int) -> bool:
    """Whether white space or an opening stands before the mark and something after it."""
    before = text[at - 1] if at else " "
    after = text[at + 1 : at + 2]
    return bool(after.strip()) and not before.isalnum() and before not in ".,!?…;%)]"


def _is_inside_word(text: str, at: int) -> bool:
    return at > 0 and text[at - 1].isalnum() and text[at + 1 : at + 2].isalnum()


def _runs_on(text: str, paragraphs: Sequence[Span], number: int, mark: str, pairs: Pairs) -> bool:
    """Whether a quotation left open in a paragraph is closed in one of the next.

    By convention each paragraph of it opens with the mark again; where none does, the closing
    mark must come before any other opening one.
    """
    closing = {close for opening, close in pairs if opening == mark}
    for paragraph in paragraphs[number + 1 : number + 1 + _LONGEST_RUN]:
        repeated = text.startswith(mark, paragraph.start)
        if mark in closing and not repeated:
            return False  # a straight mark would as likely open another quotation
        marks = _marks(pairs).finditer(text, paragraph.start + repeated, paragraph.end)
        found = [match.group() for match in marks]
        if closing & set(found if repeated else found[:1]):
            return True
        if found and not repeated:
            return False
    return False


@cache
def _marks(pairs: Pairs) -> re.Pattern[str]:
    return re.compile("[" + re.escape("".join({mark for pair in pairs for mark in pair})) + "]")


@cache
def _openers(pairs: Pairs) -> frozenset[str]:
    return frozenset(opening for opening, _ in pairs)
