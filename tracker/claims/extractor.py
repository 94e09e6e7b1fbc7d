"""From an article to its claims: attributions with their speakers, by rules over tables."""

from collections.abc import Mapping
from typing import Protocol

from tracker.articles import ReadArticle, Sentence, read_text
from tracker.claims.content import Said, statements
from tracker.claims.context import context_line, matter
from tracker.claims.dating import day_of_saying
from tracker.claims.details import describe
from tracker.languages import LanguagePack
from tracker.sources import Resolver, read_cast
from tracker.types import Article, Attribution, ClaimDraft, SourceDraft, Span, Statement


class Extractor(Protocol):
    """Finds the claims of an article."""

    def extract(self, article: Article) -> list[ClaimDraft]:
        """The claims in the order of their attributions.

        Raises:
            UnsupportedLanguage: no table serves the article's language.
        """


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
        found = list(statements(text, cast, pack.attribution))
        letters = matter(text, (stretch for said in found for stretch in _saying(said)))
        drafts = []
        for said in found:
            source = resolver.resolve(said.sentence, said.found.mention)
            if source is not None:
                about = context_line(article, text, said.sentence, letters)
                drafts.append(_draft(article, text, said, source, about, pack))
        return drafts


def _draft(
    article: Article,
    text: ReadArticle,
    said: Said,
    source: SourceDraft,
    about: str,
    pack: LanguagePack,
) -> ClaimDraft:
    attribution = _attribution(text, said)
    said_on = day_of_saying(text, said, pack, article.published_at.date())
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


def _attribution(text: ReadArticle, said: Said) -> Attribution:
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
    stretch = _stretch(sentence, tokens)
    return text.reading.span(*stretch) if stretch else None


def _saying(said: Said) -> list[tuple[int, int]]:
    """Where the readable text says who speaks and that it is said."""
    mention = said.found.mention
    named = (mention.first, mention.last) if mention else None
    stretches = (_stretch(said.sentence, tokens) for tokens in (said.found.cue, named))
    return [stretch for stretch in stretches if stretch]


def _stretch(sentence: Sentence, tokens: tuple[int, int] | None) -> tuple[int, int] | None:
    if tokens is None or tokens[0] >= tokens[1]:
        return None
    return sentence.tokens[tokens[0]].start, sentence.tokens[tokens[1] - 1].end
