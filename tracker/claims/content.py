"""From token numbers to the words that were said: pieces, quotation marks, type."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tracker.articles import ReadArticle, Sentence, TokenKind
from tracker.claims.attributions import find_attributions
from tracker.claims.progress import Found
from tracker.languages import AttributionTable
from tracker.sources import Cast
from tracker.types import AttributionType

_FEWEST_WORDS_ALONE = 4
"""A quotation without a cue of its own that has fewer words is not taken for a statement."""
_OPENING = frozenset("([$€£#")
_CLOSING = frozenset(")]%$€£")
_END_MARKS = " ,;.…"

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Said:
    """An attribution and where its content lies in the readable text."""

    sentence: Sentence
    found: Found
    pieces: tuple[Stretch, ...]
    """Character positions in the readable text; never empty."""
    type: AttributionType
    confidence: float = 1.0
    """From 0 to 1, where a model has found it."""
    named_in: Sentence | None = None
    """The sentence that names the source, where it is another one."""

    @property
    def source_sentence(self) -> Sentence:
        """The sentence in which the mention stands."""
        return self.named_in or self.sentence


def statements(text: ReadArticle, cast: Cast, table: AttributionTable) -> list[Said]:
    """All that is said in an article, in the order of the attributions."""
    said: list[Said] = []
    for sentence, mentions in zip(text.sentences, cast.mentions, strict=True):
        if _is_quote_alone(sentence):
            _continue(said, sentence)
            continue
        for found in find_attributions(sentence, mentions, table):
            one = _said(sentence, found, table)
            if one.pieces:
                said.append(one)
    return said


def _said(sentence: Sentence, found: Found, table: AttributionTable) -> Said:
    stretches = [_trimmed(sentence, first, last) for first, last in found.content]
    type = _type(sentence, stretches, found, table)
    if type is AttributionType.DIRECT:
        tokens = (n for first, last in stretches for n in range(first, last))
        pieces = tuple(piece for n in tokens for piece in _inside(sentence, n))
    else:
        pieces = tuple(_characters(sentence, *stretch) for stretch in stretches if _any(stretch))
    return Said(sentence, found, pieces, type)


def _any(stretch: Stretch) -> bool:
    return stretch[0] < stretch[1]


def _trimmed(sentence: Sentence, first: int, last: int) -> Stretch:
    """Tokens without punctuation at their ends."""
    tokens = sentence.tokens
    while first < last and tokens[first].kind is TokenKind.MARK:
        if tokens[first].text in _OPENING:
            break
        first += 1
    while first < last and tokens[last - 1].kind is TokenKind.MARK:
        if tokens[last - 1].text in _CLOSING:
            break
        last -= 1
    return first, last


def _characters(sentence: Sentence, first: int, last: int) -> Stretch:
    return sentence.tokens[first].start, sentence.tokens[last - 1].end


def _inside(sentence: Sentence, n: int) -> Iterator[Stretch]:
    """What stands inside the marks of a quotation, but for a full stop or comma at its end."""
    token, inner = sentence.tokens[n], sentence.quote_at(n).inner
    text = token.text[inner.start - token.start : inner.end - token.start]
    end = inner.start + len(text.rstrip(_END_MARKS).rstrip())
    start = inner.start + len(text) - len(text.lstrip())
    if start < end:
        yield start, end


def _type(
    sentence: Sentence, stretches: list[Stretch], found: Found, table: AttributionTable
) -> AttributionType:
    """Direct if all content is quoted, mixed if some of it is."""
    tokens = [n for first, last in stretches for n in range(first, last)]
    quotes = [n for n in tokens if sentence.tokens[n].kind is TokenKind.QUOTE]
    if quotes == tokens and not found.is_introduced:
        return AttributionType.DIRECT
    if any(not _is_scare_quote(sentence, n, table) for n in quotes):
        return AttributionType.MIXED
    return AttributionType.INDIRECT


def _is_scare_quote(sentence: Sentence, n: int, table: AttributionTable) -> bool:
    words = (table.scare_words.at(sentence.folded, start) for start in range(max(n - 2, 0), n))
    return any(hit is not None and hit.last == n for hit in words)


# --- quotations that stand alone ----------------------------------------------------------------


def _is_quote_alone(sentence: Sentence) -> bool:
    kinds = [token.kind for token in sentence.tokens]
    return TokenKind.QUOTE in kinds and TokenKind.WORD not in kinds


def _continue(said: list[Said], sentence: Sentence) -> None:
    """Give a quotation without a cue to whoever was quoted right before it."""
    last = said[-1] if said else None
    n = next(k for k, token in enumerate(sentence.tokens) if token.kind is TokenKind.QUOTE)
    pieces = tuple(_inside(sentence, n))
    if last is None or not pieces or not _was_quoted_before(last, sentence):
        return
    if sentence.quote_at(n).continues or last.sentence.paragraph == sentence.paragraph:
        said[-1] = replace(last, pieces=last.pieces + pieces)
    elif len(sentence.tokens[n].text.split()) >= _FEWEST_WORDS_ALONE:
        alone = Found(None, ((n, n + 1),), None, (n, n + 1))
        said.append(Said(sentence, alone, pieces, AttributionType.DIRECT))


def _was_quoted_before(last: Said, sentence: Sentence) -> bool:
    """Whether the last attribution ends in a quotation, right before a sentence."""
    added = len(last.pieces) - len(last.found.content)
    gap = sentence.number - last.sentence.number - max(added, 0)
    return gap <= 1 and last.type is not AttributionType.INDIRECT
