"""What can be read off stored claims, read anew: as the extractor would, but without the models.

Who said what where stays as it is stored; only what the language's table tells of the words is new.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from tracker.articles import ReadArticle, Sentence, read_text
from tracker.claims.context import around, context_line, without
from tracker.claims.details import describe
from tracker.claims.matters import Matters
from tracker.languages import LanguagePack
from tracker.types import Article, Claim, ClaimDetails, Span


def read_anew(article: Article, claims: Sequence[Claim], pack: LanguagePack) -> list[ClaimDetails]:
    """The details of all claims of an article, in their order."""
    text = read_text(article.text, pack.attribution)
    letters = without(text, (text.reading.stretch(span) for span in _saying(claims)))
    matters = Matters(pack)
    return [_details(article, text, letters, matters, claim, pack) for claim in claims]


def _details(
    article: Article,
    text: ReadArticle,
    letters: Sequence[str],
    matters: Matters,
    claim: Claim,
    pack: LanguagePack,
) -> ClaimDetails:
    said, cue = claim.statement, claim.attribution.cue
    sentence = _sentence(text, claim)
    return describe(
        said.text,
        pack,
        said.said_on,
        about=context_line(article, text, sentence, letters),
        cue=article.text[cue.start : cue.end] if cue else "",
        matters=matters.of(_content(text, claim), around(article, text, sentence, letters)),
    )


def _saying(claims: Sequence[Claim]) -> Iterator[Span]:
    """Where the article says who speaks and that it is said."""
    for claim in claims:
        parts = (claim.attribution.cue, claim.attribution.source)
        yield from (part for part in parts if part is not None)


def _content(text: ReadArticle, claim: Claim) -> str:
    stretches = map(text.reading.stretch, claim.attribution.content)
    return " ".join(text.reading.text[start:end] for start, end in stretches)


def _sentence(text: ReadArticle, claim: Claim) -> Sentence:
    """The sentence that reports: that of the reporting words, where there are some."""
    attribution = claim.attribution
    anchor = attribution.cue or attribution.source or attribution.content[0]
    start, _ = text.reading.stretch(anchor)
    place = bisect_right(text.sentences, start, key=lambda sentence: sentence.span.start)
    return text.sentences[max(place - 1, 0)]
