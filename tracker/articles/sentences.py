"""Sentences with offsets; a quotation of several sentences stays in one piece."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from tracker.articles.quotes import Quote, find_quotes
from tracker.articles.text import paragraphs, readable, trim
from tracker.languages import AttributionTable, LanguagePack, fold
from tracker.types import Span

_END = re.compile(r"[.!?…]+[)\]]*(?=\s)|\n")
_LAST_WORD = re.compile(r"[^\s(\[„“”«\"]+\Z")
_LONGEST_WORD = 40
_SENTENCE_FINAL = frozenset(".!?…")


def sentences(text: str, pack: LanguagePack) -> list[Span]:
    """The sentences of a text in order, as spans without white space at their ends.

    A quotation is never cut: „One. Two”, he said. is one sentence.
    """
    reading = readable(text)
    blocks = paragraphs(reading.text)
    quotes = find_quotes(reading.text, blocks, pack.attribution.quotes)
    return [
        reading.span(sentence.start, sentence.end)
        for block in blocks
        for sentence in split_paragraph(reading.text, block, quotes, pack.attribution)
    ]


def split_paragraph(
    text: str, paragraph: Span, quotes: Sequence[Quote], table: AttributionTable
) -> Iterator[Span]:
    """The sentences of one paragraph of a readable text; ``quotes`` may lie outside it, too."""
    start = paragraph.start
    for end in _ends(text, paragraph, quotes, table):
        sentence = trim(text, start, end)
        if sentence is not None:
            yield sentence
        start = end


def quotes_between(quotes: Sequence[Quote], stretch: Span) -> Sequence[Quote]:
    """Those of the ordered quotations that start in a stretch of text."""
    first = bisect_left(quotes, stretch.start, key=_start)
    return quotes[first : bisect_left(quotes, stretch.end, key=_start)]


def _start(quote: Quote) -> int:
    return quote.outer.start


def _ends(
    text: str, paragraph: Span, quotes: Sequence[Quote], table: AttributionTable
) -> Iterator[int]:
    inside = quotes_between(quotes, paragraph)
    position = paragraph.start
    for quote in inside:
        yield from _plain_ends(text, position, quote.outer.start, table)
        position = quote.outer.end
        if _is_sentence_end(text, quote):
            yield position
    yield from _plain_ends(text, position, paragraph.end, table)
    yield paragraph.end


def _plain_ends(text: str, start: int, end: int, table: AttributionTable) -> Iterator[int]:
    for match in _END.finditer(text, start, end):
        if _ends_sentence(text, match, end, table):
            yield match.end()


def _ends_sentence(text: str, match: re.Match[str], end: int, table: AttributionTable) -> bool:
    after = text[match.end() : end].lstrip()[:1] or text[end : end + 1]
    if after.islower():
        return False
    if match.group() != ".":
        return True
    word = _LAST_WORD.search(text, max(match.start() - _LONGEST_WORD, 0), match.start())
    return word is None or not _is_abbreviation(word.group(), table)


def _is_abbreviation(word: str, table: AttributionTable) -> bool:
    last = word.rpartition(".")[2]
    return fold(word) in table.abbreviations or (len(last) == 1 and last.isupper())


def _is_sentence_end(text: str, quote: Quote) -> bool:
    """Whether a quotation ends its sentence: a full stop inside, and a new start after it."""
    if text[quote.inner.end - 1 : quote.inner.end] not in _SENTENCE_FINAL:
        return False
    after = text[quote.outer.end : quote.outer.end + 3].lstrip()
    return not after or not (after[0].islower() or after[0] in ",;:–—-.)")
