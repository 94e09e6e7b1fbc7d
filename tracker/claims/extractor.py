"""From an article to its claims: attributions with their speakers and all that the words tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tracker.articles import ReadArticle, Sentence, read_text
from tracker.claims.content import Said, statements
from tracker.claims.context import around, context_line, with_matters, without
from tracker.claims.dating import day_of_saying
from tracker.claims.details import describe
from tracker.claims.hearers import hearer_of
from tracker.claims.marking import said_by_marks
from tracker.claims.matters import Matter, Matters
from tracker.claims.merging import merged
from tracker.claims.tagged import Marked, read_tags
from tracker.encoder import Tagger
from tracker.errors import UnsupportedLanguage
from tracker.languages import LanguagePack, Languages
from tracker.sources import Cast, Resolver, no_cast, read_cast
from tracker.types import (
    Article,
    Attribution,
    AttributionType,
    ClaimDraft,
    SourceDraft,
    SourceKind,
    Span,
    Statement,
)

_MOST_UNREADABLE = 0.5
"""Share of unknown pieces from which a text is in a script that the model does not know."""


class Extractor(Protocol):
    """Finds the claims of an article."""

    def extract(self, article: Article) -> list[ClaimDraft]:
        """The claims in the order of their attributions.

        Raises:
            UnsupportedLanguage: no table serves the article's language.
        """


class RuleExtractor:
    """Rules over the language tables."""

    name = "rules/1"

    def __init__(self, languages: Mapping[str, LanguagePack]) -> None:
        self._languages = languages

    def extract(self, article: Article) -> list[ClaimDraft]:
        """The claims in the order of their attributions.

        Raises:
            UnsupportedLanguage: no table serves the article's language.
        """
        reading = _read(article, self._languages[article.language])
        return reading.drafts([(self.name, said) for said in reading.by_rules()])


class ModelExtractor:
    """The attribution model says what is reported by whom; rules say the rest.

    Rules find where a quotation ends, who a pronoun is, and what can be read off the words. What
    only they find is added, what only the model finds has to be sure, and each claim names who
    found it.
    """

    name = "model/1"

    def __init__(self, languages: Languages, tagger: Tagger) -> None:
        self._languages = languages
        self._tagger = tagger

    def extract(self, article: Article) -> list[ClaimDraft]:
        """The claims in the order of their attributions.

        In a language without a table the model works alone.

        Raises:
            UnsupportedLanguage: the text is in a script that the model does not know.
            ModelError: a model file is damaged.
        """
        pack = self._languages.nearest(article.language)
        reading = _read(article, pack, named=article.language in self._languages)
        tags = self._tagger.tag(article.text)
        if tags.unreadable > _MOST_UNREADABLE:
            raise UnsupportedLanguage(f"the script of this {article.language!r} text is not read")
        marked = reading.by_marks(read_tags(article.text, tags))
        kept, ruled = merged(marked, reading.by_rules())
        found = [(self.name, said) for said in kept] + [
            (RuleExtractor.name, said) for said in ruled
        ]
        return reading.drafts(sorted(found, key=lambda pair: pair[1].pieces))


def read_marked(article: Article, pack: LanguagePack, marks: Sequence[Marked]) -> list[ClaimDraft]:
    """The claims of an article whose attributions are known already."""
    reading = _read(article, pack)
    return reading.drafts([("marks", said) for said in reading.by_marks(marks)])


@dataclass(frozen=True)
class _Reading:
    """An article, read as far as its language's table goes."""

    article: Article
    pack: LanguagePack
    text: ReadArticle
    cast: Cast

    def by_rules(self) -> list[Said]:
        """What the rules find."""
        return statements(self.text, self.cast, self.pack.attribution)

    def by_marks(self, marks: Sequence[Marked]) -> list[Said]:
        """What is said where the attributions are known."""
        return said_by_marks(self.text, self.cast, self.pack.attribution, marks)

    def drafts(self, found: Sequence[tuple[str, Said]]) -> list[ClaimDraft]:
        """The claims for what was found, by whichever extractor."""
        contents = [piece for _, said in found for piece in said.pieces]
        resolver = Resolver(self.text, self.cast, self.pack.attribution, contents)
        letters = without(self.text, (part for _, said in found for part in _saying(said)))
        matters = Matters(self.pack)
        drafts = []
        for extractor, said in found:
            source = self._source(said, resolver)
            if source is not None:
                about = context_line(self.article, self.text, said.sentence, letters)
                meant = matters.of(
                    self._content(said), around(self.article, self.text, said.sentence, letters)
                )
                drafts.append(self._draft(extractor, said, source, about, meant))
        return drafts

    def _source(self, said: Said, resolver: Resolver) -> SourceDraft | None:
        """Who says it; None where words go on and nobody has spoken before."""
        if self._is_impersonal(said):
            return self._nobody(said)
        source = resolver.resolve(said.source_sentence, said.found.mention, said.pieces)
        return self._nobody(said) if source is None and said.found.cue else source

    def _is_impersonal(self, said: Said) -> bool:
        """Whether reporting words name nobody, and mean nobody known: "it was claimed that"."""
        found, table = said.found, self.pack.attribution
        if found.mention is not None or found.cue is None or said.type is AttributionType.DIRECT:
            return False
        words = said.sentence.folded[slice(*found.cue)]
        return not table.drops_subjects or not table.reflexives.isdisjoint(words)

    def _nobody(self, said: Said) -> SourceDraft:
        """A source that is not known, by the words that report."""
        name = self._words(said.sentence, said.found.cue)
        return SourceDraft(name=name, kind=SourceKind.UNRESOLVED)

    def _content(self, said: Said) -> str:
        return " ".join(self.text.reading.text[start:end] for start, end in said.pieces)

    def _draft(
        self, extractor: str, said: Said, source: SourceDraft, about: str, meant: Sequence[Matter]
    ) -> ClaimDraft:
        attribution = self._attribution(said)
        printed = self.article.text
        said_on = day_of_saying(self.text, said, self.pack, self.article.published_at.date())
        words = " ".join(printed[span.start : span.end] for span in attribution.content)
        cue = self._words(said.sentence, said.found.cue)
        statement = Statement(
            speaker=source.name,
            text=words,
            language=self.article.language,
            said_on=said_on,
            about=with_matters(about, meant),
            details=describe(words, self.pack, said_on, about=about, cue=cue, matters=meant),
        )
        return ClaimDraft(
            attribution=attribution, source=source, statement=statement, extractor=extractor
        )

    def _words(self, sentence: Sentence, tokens: tuple[int, int] | None) -> str:
        stretch = _stretch(sentence, tokens)
        return self.text.reading.text[slice(*stretch)] if stretch else ""

    def _attribution(self, said: Said) -> Attribution:
        found, sentence = said.found, said.sentence
        mention = found.mention
        hearer = self._span(sentence, hearer_of(sentence, found, self.pack.attribution))
        return Attribution(
            content=tuple(self.text.reading.span(start, end) for start, end in said.pieces),
            type=said.type,
            cue=self._span(sentence, found.cue),
            source=self._span(
                said.source_sentence, (mention.first, mention.last) if mention else None
            ),
            relayed_by=found.relay,
            addressee=self.article.text[hearer.start : hearer.end] if hearer else None,
        )

    def _span(self, sentence: Sentence, tokens: tuple[int, int] | None) -> Span | None:
        stretch = _stretch(sentence, tokens)
        return self.text.reading.span(*stretch) if stretch else None


def _read(article: Article, pack: LanguagePack, *, named: bool = True) -> _Reading:
    """``named`` says whether the table can tell names from other words."""
    text = read_text(article.text, pack.attribution)
    cast = read_cast(text, pack.attribution) if named else no_cast(text, pack.attribution)
    return _Reading(article, pack, text, cast)


def _saying(said: Said) -> list[tuple[int, int]]:
    """Where the readable text says who speaks and that it is said."""
    mention = said.found.mention
    named = (mention.first, mention.last) if mention else None
    stretches = (_stretch(said.sentence, said.found.cue), _stretch(said.source_sentence, named))
    return [stretch for stretch in stretches if stretch]


def _stretch(sentence: Sentence, tokens: tuple[int, int] | None) -> tuple[int, int] | None:
    if tokens is None or tokens[0] >= tokens[1]:
        return None
    return sentence.tokens[tokens[0]].start, sentence.tokens[tokens[1] - 1].end
