"""From an article to its claims: attributions with their speakers, by rules over tables."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from tracker.articles import ReadArticle, Sentence, TokenKind, read_text
from tracker.claims.attributions import find_attributions
from tracker.claims.context import context_line
from tracker.claims.details import describe
from tracker.claims.progress import Found
from tracker.languages import AttributionTable, LanguagePack
from tracker.sources import Cast, Resolver, read_cast
from tracker.types import (
    Article,
    Attribution,
    AttributionType,
    ClaimDraft,
    SourceDraft,
    Span,
    Statement,
)

_FEWEST_WORDS_ALONE = 4
"""A quotation without a cue of its own that has fewer words is not taken for a statement."""


class Extractor(Protocol):
    """Finds the claims of an article."""

    def extract(self, article: Article) -> list[ClaimDraft]:
        """The claims in the order of their attributions.

        Raises:
            UnsupportedLanguage: no table serves the article's language.
        """


@dataclass(frozen=True, slots=True)
class _Said:
    """An attribution on its way: where its content lies in the readable text."""

    sentence: Sentence
    found: Found
    pieces: tuple[tuple[int, int], ...]
    """Character positions in the readable text."""
    type: AttributionType


class RuleExtractor:
    """The base extractor: rules over the language tables."""

    name = "rules/1"

    def __init__(self, languages: Mapping[str, LanguagePack]) -> None:
        self._languages = languages

    def extract(self, article: Article) -> list[ClaimDraft]:
        """The claims in the order of their attributions.

        Raises:
            UnsupportedLanguage: no table serves the article's language.
        """
        pack = self._languages[article.language]
        text = read_text(article.text, pack.attribution)
        cast = read_cast(text, pack.attribution)
        resolver = Resolver(text, cast, pack.attribution)
        drafts = []
        for said in _statements(text, cast, pack.attribution):
            source = resolver.resolve(said.sentence, said.found.mention)
            if source is not None:
                drafts.append(_draft(article, text, said, source, pack))
        return drafts


def _statements(text: ReadArticle, cast: Cast, table: AttributionTable) -> list[_Said]:
    said: list[_Said] = []
    for sentence, mentions in zip(text.sentences, cast.mentions, strict=True):
        if _is_quote_alone(sentence):
            _continue(said, sentence, text)
            continue
        for found in find_attributions(sentence, list(mentions), table):
            said.append(_placed(sentence, found, table))
    return [one for one in said if one.pieces]


def _placed(sentence: Sentence, found: Found, table: AttributionTable) -> _Said:
    stretches = [s for a, b in found.content if (s := _trimmed(sentence, a, b)) is not None]
    type = _type(sentence, stretches, table)
    if type is AttributionType.DIRECT and found.is_introduced:
        type = AttributionType.MIXED
    bare = type is AttributionType.DIRECT
    pieces = tuple(_characters(sentence, a, b, without_marks=bare) for a, b in stretches)
    return _Said(sentence, found, pieces, type)


def _trimmed(sentence: Sentence, first: int, last: int) -> tuple[int, int] | None:
    """Tokens without punctuation at their ends."""
    while (
        first < last
        and sentence.tokens[first].kind is TokenKind.MARK
        and (sentence.tokens[first].text not in "([$€£#")
    ):
        first += 1
    while (
        first < last
        and sentence.tokens[last - 1].kind is TokenKind.MARK
        and (sentence.tokens[last - 1].text not in ")]%$€£")
    ):
        last -= 1
    return (first, last) if first < last else None


def _characters(
    sentence: Sentence, first: int, last: int, *, without_marks: bool
) -> tuple[int, int]:
    """Where some tokens stand; of a quotation only what is inside its marks, if so wished."""
    if without_marks:
        return _inside(sentence, first)
    return sentence.tokens[first].start, sentence.tokens[last - 1].end


def _inside(sentence: Sentence, n: int) -> tuple[int, int]:
    inner = sentence.quote_at(n).inner
    text = sentence.tokens[n].text[inner.start - sentence.tokens[n].start :]
    text = text[: inner.end - inner.start]
    stripped = text.rstrip().rstrip(",;.…") if not text.rstrip().endswith("...") else text.rstrip()
    return inner.start + len(text) - len(text.lstrip()), inner.start + len(stripped)


def _type(
    sentence: Sentence, stretches: list[tuple[int, int]], table: AttributionTable
) -> AttributionType:
    """Direct if all content is quoted, mixed if some of it is."""
    quotes = [
        n
        for first, last in stretches
        for n in range(first, last)
        if sentence.tokens[n].kind is TokenKind.QUOTE
    ]
    if quotes and len(quotes) == sum(b - a for a, b in stretches):
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


def _continue(said: list[_Said], sentence: Sentence, text: ReadArticle) -> None:
    """Give a quotation without a cue to whoever was quoted right before it."""
    n = next(k for k, token in enumerate(sentence.tokens) if token.kind is TokenKind.QUOTE)
    piece = _inside(sentence, n)
    last = said[-1] if said else None
    if last is None or not _was_quoted_before(last, sentence):
        return
    if sentence.quote_at(n).continues or last.sentence.paragraph == sentence.paragraph:
        said[-1] = replace(last, pieces=(*last.pieces, piece), sentence=last.sentence)
    elif len(text.reading.text[piece[0] : piece[1]].split()) >= _FEWEST_WORDS_ALONE:
        alone = Found(None, ((n, n + 1),), None, (n, n + 1))
        said.append(_Said(sentence, alone, (piece,), AttributionType.DIRECT))


def _was_quoted_before(last: _Said, sentence: Sentence) -> bool:
    """Whether the last attribution ends in a quotation, right before a sentence."""
    gap = sentence.number - last.sentence.number - (len(last.pieces) - len(last.found.content))
    return gap <= 1 and last.type is not AttributionType.INDIRECT


# --- drafts -------------------------------------------------------------------------------------


def _draft(
    article: Article, text: ReadArticle, said: _Said, source: SourceDraft, pack: LanguagePack
) -> ClaimDraft:
    attribution = _attribution(text, said)
    about = context_line(article, text, said.sentence)
    said_on = article.published_at.date()
    words = " ".join(article.text[span.start : span.end] for span in attribution.content)
    statement = Statement(
        speaker=source.name,
        text=words,
        language=article.language,
        said_on=said_on,
        about=about,
        details=describe(words, pack, said_on, about),
    )
    return ClaimDraft(
        attribution=attribution, source=source, statement=statement, extractor=RuleExtractor.name
    )


def _attribution(text: ReadArticle, said: _Said) -> Attribution:
    found, sentence = said.found, said.sentence
    mention = found.mention
    return Attribution(
        content=tuple(text.reading.span(start, end) for start, end in said.pieces),
        type=said.type,
        cue=_span(text, sentence, found.cue),
        source=_span(text, sentence, (mention.first, mention.last) if mention else None),
        relayed_by=found.relay,
    )


def _span(text: ReadArticle, sentence: Sentence, tokens: tuple[int, int] | None) -> Span | None:
    if tokens is None or tokens[0] >= tokens[1]:
        return None
    first, last = sentence.tokens[tokens[0]], sentence.tokens[tokens[1] - 1]
    return text.reading.span(first.start, last.end)
