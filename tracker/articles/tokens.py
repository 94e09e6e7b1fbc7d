"""Sentences as tokens: words, punctuation, and each quotation as one token."""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from tracker.articles.quotes import Quote, find_quotes
from tracker.articles.sentences import quotes_between, split_paragraph
from tracker.articles.text import ReadableText, paragraphs, readable
from tracker.languages import AttributionTable
from tracker.types import Span

# A hyphen inside a word is no token, so that "l-a" reads "l a"; an apostrophe belongs to its word.
_TOKEN = re.compile(
    r"\b(?:U\.(?:S\.A|A\.E|S|N|K)|E\.U|D\.C)\b\.?"  # unlike the initials of a name
    r"|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,:]\d+)*"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"
    r"|(?<!\w)-|-(?!\w)|[^\w\s-]"
)


_LONGEST_DATELINE = 12
_MOST_TOKENS = 400
"""Where a sentence is cut that does not end; the work on one grows with its square."""


class TokenKind(Enum):
    """What a token is."""

    WORD = "word"
    MARK = "mark"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a punctuation mark or a whole quotation, at its place in the readable text."""

    text: str
    folded: str
    """Empty for a quotation, whose words are nobody's but the speaker's."""
    start: int
    end: int
    kind: TokenKind = TokenKind.WORD

    @property
    def is_capitalised(self) -> bool:
        """Whether it is a word that starts with a capital."""
        return self.kind is TokenKind.WORD and self.text[0].isupper()


@dataclass(frozen=True)
class Sentence:
    """One sentence of a readable text."""

    number: int
    paragraph: int
    span: Span
    tokens: tuple[Token, ...]
    quotes: tuple[Quote, ...]
    folded: tuple[str, ...]
    """What the tokens are compared by."""

    @property
    def dateline_end(self) -> int:
        """The token after a dateline such as "KYIV, May 4 (Reuters) —"; 0 where there is none."""
        if not self.tokens or not self.tokens[0].text.isupper():
            return 0
        dashes = (
            n + 1 for n, token in enumerate(self.tokens[:_LONGEST_DATELINE]) if token.text in "—–-"
        )
        return next(dashes, 0)

    def quote_at(self, index: int) -> Quote:
        """The quotation that a token stands for."""
        start = self.tokens[index].start
        return next(quote for quote in self.quotes if quote.outer.start == start)


@dataclass(frozen=True)
class ReadArticle:
    """The text of an article, split up."""

    reading: ReadableText
    sentences: tuple[Sentence, ...]


def is_any(sentence: Sentence, n: int, words: Container[str]) -> bool:
    """Whether a token exists and is one of some folded words or marks."""
    return 0 <= n < len(sentence.tokens) and sentence.folded[n] in words


def read_text(text: str, table: AttributionTable) -> ReadArticle:
    """Split a text into sentences of tokens."""
    reading = readable(text)
    blocks = paragraphs(reading.text)
    quotes = find_quotes(reading.text, blocks, table.quotes)
    sentences: list[Sentence] = []
    for paragraph, block in enumerate(blocks):
        for span in split_paragraph(reading.text, block, quotes, table):
            inside = quotes_between(quotes, span)
            for tokens in _chunks(tuple(_tokens(reading, span, inside))):
                sentences.append(_sentence(len(sentences), paragraph, tokens, inside))
    return ReadArticle(reading, tuple(sentences))


def _chunks(tokens: tuple[Token, ...]) -> Iterator[tuple[Token, ...]]:
    for start in range(0, len(tokens), _MOST_TOKENS):
        yield tokens[start : start + _MOST_TOKENS]


def _sentence(
    number: int, paragraph: int, tokens: tuple[Token, ...], quotes: Sequence[Quote]
) -> Sentence:
    span = Span(tokens[0].start, tokens[-1].end)
    folded = tuple(token.folded for token in tokens)
    return Sentence(number, paragraph, span, tokens, tuple(quotes_between(quotes, span)), folded)


def _tokens(reading: ReadableText, span: Span, quotes: Sequence[Quote]) -> Iterator[Token]:
    position = span.start
    for quote in quotes:
        yield from _plain_tokens(reading, position, quote.outer.start)
        position = quote.outer.end
        text = reading.text[quote.outer.start : position]
        yield Token(text, "", quote.outer.start, position, TokenKind.QUOTE)
    yield from _plain_tokens(reading, position, span.end)


def _plain_tokens(reading: ReadableText, start: int, end: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(reading.text, start, end):
        first, last = match.span()
        text = match.group()
        kind = TokenKind.WORD if text[0].isalnum() else TokenKind.MARK
        yield Token(text, reading.folded[first:last], first, last, kind)
