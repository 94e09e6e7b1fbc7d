"""What a person corrects of a claim: the exact words, or who said them.

The article's text stays as it was printed; the words are found in it again, character by character.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from tracker.claims.details import describe
from tracker.claims.matters import Matters
from tracker.errors import InvalidCorrection
from tracker.languages import LanguagePack
from tracker.types import Article, Attribution, Claim, Source, SourceDraft, Span, Statement


@dataclass(frozen=True, kw_only=True)
class Correction:
    """What somebody says a claim should be; None leaves a part as it is."""

    by: str
    quotation: str | None = None
    """The exact words; a quotation in pieces has a line for each."""
    speaker: SourceDraft | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Wording:
    """Who says what where, before or after a correction."""

    source_id: int
    speaker: str
    text: str
    content: tuple[Span, ...]


@dataclass(frozen=True, kw_only=True)
class ClaimEdit:
    """One correction in the history of a claim."""

    at: datetime
    by: str
    note: str
    before: Wording
    after: Wording


def wording_of(claim: Claim) -> Wording:
    """What a correction may change of a claim."""
    return Wording(
        source_id=claim.source.id,
        speaker=claim.source.name,
        text=claim.statement.text,
        content=claim.attribution.content,
    )


def quotation_of(claim: Claim, article: Article) -> str:
    """The words of a claim as printed, a line for each piece; what a correction begins with."""
    return "\n".join(article.text[span.start : span.end] for span in claim.attribution.content)


def what_differs(correction: Correction, claim: Claim, article: Article) -> Correction:
    """The correction without the parts that the claim has already.

    Words that stand in the article several times thus stay where they were found.
    """
    words, speaker = correction.quotation, correction.speaker
    has_words = words is not None and _lines(words) == _lines(quotation_of(claim, article))
    has_speaker = speaker is not None and speaker.name == claim.source.name
    return replace(
        correction,
        quotation=None if has_words else words,
        speaker=None if has_speaker else speaker,
    )


def with_words(claim: Claim, article: Article, quotation: str, pack: LanguagePack) -> Claim:
    """The claim with other words of its article, and what can be read off them.

    Raises:
        InvalidCorrection: the words do not stand in the article like that.
    """
    content = find_words(article.text, quotation, near=claim.attribution.content[0].start)
    text = " ".join(article.text[span.start : span.end] for span in content)
    attribution = replace(claim.attribution, content=content)
    return replace(
        claim,
        attribution=attribution,
        statement=_statement(claim, article, attribution, text, pack),
    )


def with_speaker(claim: Claim, source: Source) -> Claim:
    """The claim as said by another."""
    statement = replace(claim.statement, speaker=source.name)
    attribution = replace(claim.attribution, source=None)  # the words there name somebody else
    return replace(claim, source=source, statement=statement, attribution=attribution)


def find_words(text: str, words: str, *, near: int) -> tuple[Span, ...]:
    """Where words stand in a text, exactly; the place next to ``near`` where there are several.

    Words that do not stand there as a whole are taken for pieces, one a line, in their order.

    Raises:
        InvalidCorrection: they do not stand there, or are none.
    """
    wanted = _lines(words)
    whole = _places(text, wanted)
    if whole:
        return (min(whole, key=lambda span: (abs(span.start - near), span.start)),)
    return _pieces(text, [line.strip() for line in wanted.split("\n") if line.strip()], near)


def _lines(words: str) -> str:
    # A browser sends every line break as two characters.
    return words.replace("\r\n", "\n").strip()


def _pieces(text: str, pieces: list[str], near: int) -> tuple[Span, ...]:
    first = _places(text, pieces[0]) if len(pieces) > 1 else []
    runs = filter(None, (_run(text, span, pieces[1:]) for span in first))
    found = min(runs, key=lambda run: abs(run[0].start - near), default=None)
    if found is None:
        raise InvalidCorrection(
            "these words do not stand in the article; copy them from its text, each piece of a "
            "quotation on a line of its own",
            "quotation",
        )
    return found


def _run(text: str, first: Span, pieces: list[str]) -> tuple[Span, ...] | None:
    """The pieces one after another from the first on, each at its next place."""
    spans = [first]
    for piece in pieces:
        start = text.find(piece, spans[-1].end)
        if start < 0:
            return None
        spans.append(Span(start, start + len(piece)))
    return tuple(spans)


def _places(text: str, words: str) -> list[Span]:
    places, start = [], text.find(words) if words else -1
    while start >= 0:
        places.append(Span(start, start + len(words)))
        start = text.find(words, start + 1)
    return places


def _statement(
    claim: Claim, article: Article, attribution: Attribution, text: str, pack: LanguagePack
) -> Statement:
    said, cue = claim.statement, attribution.cue
    details = describe(
        text,
        pack,
        said.said_on,
        about=said.about,
        cue=article.text[cue.start : cue.end] if cue else "",
        matters=Matters(pack).of(text, [said.about, article.title or ""]),
    )
    return replace(said, text=text, details=details)
