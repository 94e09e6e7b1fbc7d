"""From marked words to what is said: whole quotations, bare pieces, type, sentence, mention."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from tracker.articles import Quote, ReadArticle, Sentence, TokenKind
from tracker.claims.content import Said, Stretch
from tracker.claims.progress import Found
from tracker.claims.relays import relay_of
from tracker.claims.tagged import Marked
from tracker.languages import AttributionTable
from tracker.sources import Cast, Mention, mention_of
from tracker.types import AttributionType, Span

_OPENING = frozenset("([$€£#@+-−")
_CLOSING = frozenset(")]%$€£!?")
_MOSTLY = 0.5
"""Share of a quotation that has to be marked for the whole of it to be content."""


def said_by_marks(
    text: ReadArticle, cast: Cast, table: AttributionTable, marks: Sequence[Marked]
) -> list[Said]:
    """What is said by attributions that are given as spans of the text."""
    reader = _Reader(text, cast, table)
    said = (reader.said(mark) for mark in marks)
    return [one for one in said if one is not None]


class _Reader:
    """Reads marks in one article."""

    def __init__(self, text: ReadArticle, cast: Cast, table: AttributionTable) -> None:
        self.text, self.cast, self.table = text, cast, table
        self.starts = [sentence.span.start for sentence in text.sentences]
        self.quotes = [quote for sentence in text.sentences for quote in sentence.quotes]
        self.quote_starts = [quote.outer.start for quote in self.quotes]

    def said(self, mark: Marked) -> Said | None:
        """The attribution in the terms of its sentence; None if nothing is left of its content."""
        pieces = self._pieces(mark)
        if not pieces:
            return None
        sentence = self._sentence(mark, pieces)
        cue = self._tokens(sentence, mark.cue)
        named_in = self._sentence_at(mark.source) if mark.source else sentence
        mention = self._mention(named_in, mark.source)
        quoted = [self._quotes_in(piece) for piece in pieces]
        type = self._type(sentence, pieces, quoted)
        if type is not AttributionType.DIRECT:
            pieces = tuple(map(self._with_marks, pieces))
        clause = _clause(cue, mention if named_in is sentence else None)
        content = tuple(
            tokens for piece in pieces if (tokens := _tokens_of(sentence, *piece)) is not None
        )
        found = Found(cue, content or ((0, 0),), mention, clause)
        relay = relay_of(sentence, found, self.table)
        found = replace(found, relay=relay)
        return Said(sentence, found, pieces, type, mark.confidence, named_in)

    # --- content ------------------------------------------------------------------------------

    def _pieces(self, mark: Marked) -> tuple[Stretch, ...]:
        """The pieces of a content in the readable text: whole quotations, no marks at the ends."""
        pieces: list[Stretch] = []
        for span in mark.content:
            start, end = self._trimmed(*self._whole_quotes(*self.text.reading.stretch(span)))
            if start < end and not (pieces and start < pieces[-1][1]):
                pieces.append((start, end))
        return tuple(pieces)

    def _whole_quotes(self, start: int, end: int) -> Stretch:
        """A quotation that is half marked is content as a whole; of another one nothing is."""
        for quote in self._quotes_between(start, end):
            inner = quote.inner
            overlap = min(end, inner.end) - max(start, inner.start)
            if overlap <= 0:
                continue
            is_most = overlap >= _MOSTLY * (inner.end - inner.start)
            if start > inner.start and end <= quote.outer.end and is_most:
                start = inner.start
            elif quote.inner.start < start < inner.end < end:
                start = inner.start if is_most else quote.outer.end
            if quote.outer.start <= end < inner.end:
                end = inner.end if is_most else end if start >= inner.start else quote.outer.start
        return start, end

    def _quotes_between(self, start: int, end: int) -> Sequence[Quote]:
        first = max(bisect_right(self.quote_starts, start) - 1, 0)
        last = bisect_left(self.quote_starts, end)
        return [q for q in self.quotes[first:last] if q.outer.end > start]

    def _trimmed(self, start: int, end: int) -> Stretch:
        text = self.text.reading.text
        while start < end and not (text[start].isalnum() or text[start] in _OPENING):
            start += 1
        while start < end and not (text[end - 1].isalnum() or text[end - 1] in _CLOSING):
            end -= 1
        if start < end and text[end - 1] == ")" and "(" not in text[start:end]:
            end -= 1
        return start, end

    def _quotes_in(self, piece: Stretch) -> list[Quote]:
        return list(self._quotes_between(*piece))

    def _type(
        self, sentence: Sentence, pieces: Sequence[Stretch], quoted: Sequence[list[Quote]]
    ) -> AttributionType:
        """Direct if every piece lies in a quotation, mixed if one holds a quotation."""
        inside = [
            any(q.inner.start <= start and end <= q.inner.end for q in quotes)
            for (start, end), quotes in zip(pieces, quoted, strict=True)
        ]
        if all(inside) and not self._is_introduced(sentence, pieces[0]):
            return AttributionType.DIRECT
        if any(quoted):
            return AttributionType.MIXED
        return AttributionType.INDIRECT

    def _is_introduced(self, sentence: Sentence, piece: Stretch) -> bool:
        """Whether a conjunction stands before the content."""
        tokens = _tokens_of(sentence, *piece)
        if tokens is None or tokens[0] == 0:
            return False
        before = range(max(tokens[0] - 3, 0), tokens[0])
        hits = (self.table.complementisers.at(sentence.folded, n) for n in before)
        return any(hit is not None and hit.last == tokens[0] for hit in hits)

    def _with_marks(self, piece: Stretch) -> Stretch:
        """A piece with the marks of the quotations at its ends."""
        start, end = piece
        for quote in self._quotes_between(start - 2, end + 2):
            if quote.inner.start == start:
                start = quote.outer.start
            if quote.outer.start >= start and 0 <= quote.inner.end - end <= 1 and end > start:
                end = quote.outer.end
        return start, end

    # --- who and where ------------------------------------------------------------------------

    def _sentence(self, mark: Marked, pieces: Sequence[Stretch]) -> Sentence:
        anchor = mark.cue or mark.source
        return self._sentence_at(anchor) if anchor else self._at(pieces[0][0])

    def _sentence_at(self, span: Span) -> Sentence:
        return self._at(self.text.reading.stretch(span)[0])

    def _at(self, place: int) -> Sentence:
        return self.text.sentences[max(bisect_right(self.starts, place) - 1, 0)]

    def _tokens(self, sentence: Sentence, span: Span | None) -> tuple[int, int] | None:
        return _tokens_of(sentence, *self.text.reading.stretch(span)) if span else None

    def _mention(self, sentence: Sentence, span: Span | None) -> Mention | None:
        """The mention that the words of a source are, or one made of these words."""
        tokens = self._tokens(sentence, span)
        if tokens is None:
            return None
        if self.table.time_words.issuperset(sentence.folded[slice(*tokens)]):
            return None  # a slip may take "said Tuesday" for who said it
        spotted = self.cast.mentions[sentence.number]
        return mention_of(sentence, tokens, spotted, self.cast.proper, self.table)


def _tokens_of(sentence: Sentence, start: int, end: int) -> tuple[int, int] | None:
    """The tokens of a sentence that a stretch touches."""
    inside = [
        n for n, token in enumerate(sentence.tokens) if token.start < end and token.end > start
    ]
    while inside and sentence.tokens[inside[-1]].kind is TokenKind.MARK:
        inside.pop()
    return (inside[0], inside[-1] + 1) if inside else None


def _clause(cue: tuple[int, int] | None, mention: Mention | None) -> tuple[int, int]:
    """From the subject to the reporting words."""
    edges = [*(cue or ()), *((mention.start, mention.end) if mention else ())]
    return (min(edges), max(edges)) if edges else (0, 0)
