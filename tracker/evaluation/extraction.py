"""How well the stored claims of articles agree with the gold ones.

Every content is split into its contiguous pieces, and pieces are compared as sets of words. They
are matched one to one, best Jaccard index first, at 0.7 or more. Of the matched pieces

- *relaxed* counts all,
- *strict* those with exactly the same words,
- *joint* those whose speaker is named by the same head word,
- *identity* those whose resolved speaker is the gold one, whatever the words that name it here.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from rapidfuzz import fuzz

from tracker.evaluation.gold import GoldArticle
from tracker.evaluation.mentions import Mention, names_the_same, read_mention
from tracker.evaluation.scores import Score, score
from tracker.evaluation.words import jaccard, touching, word_spans
from tracker.languages import fold
from tracker.types import AttributionType, Claim, Source, SourceKind, Span

SAME_CONTENT = 0.7
"""Jaccard index from which two pieces count as the same."""
SAME_NAME = 90
"""Similarity of two folded names, of 100, from which they count as one."""


@dataclass(frozen=True, kw_only=True)
class ExtractionScores:
    """The four readings of one set of articles."""

    relaxed: Score
    strict: Score
    joint: Score
    identity: Score


@dataclass(frozen=True, kw_only=True)
class ExtractionReport:
    """The readings over all articles, and over those of a language or claims of a type.

    For a type, precision is over the found pieces of that type and recall over the gold ones.
    """

    overall: ExtractionScores
    by_language: dict[str, ExtractionScores]
    by_type: dict[str, ExtractionScores]


@dataclass(frozen=True)
class Piece:
    """A contiguous piece of a claim's content."""

    words: frozenset[int]
    type: AttributionType
    mention: Mention | None


@dataclass(frozen=True)
class GoldPart(Piece):
    """A piece of a gold claim."""

    canonical: str


@dataclass(frozen=True)
class FoundPart(Piece):
    """A piece of a stored claim."""

    source: Source


@dataclass(frozen=True)
class Hit:
    """A gold piece and the found piece matched with it."""

    gold: Piece
    found: Piece
    exact: bool
    same_mention: bool
    same_speaker: bool


@dataclass(frozen=True)
class Alignment:
    """One article's gold pieces, found pieces and hits."""

    language: str
    gold: tuple[Piece, ...]
    found: tuple[Piece, ...]
    hits: tuple[Hit, ...]


def align(article: GoldArticle, claims: Sequence[Claim]) -> Alignment:
    """Match the pieces of an article's gold claims with those of its stored claims."""
    gold, found = _gold_pieces(article), _found_pieces(article, claims)
    hits = tuple(_hit(gold[i], found[j]) for i, j in _matched(gold, found))
    return Alignment(article.lang, tuple(gold), tuple(found), hits)


def report_extraction(alignments: Sequence[Alignment]) -> ExtractionReport:
    """Add up the alignments of articles."""
    return ExtractionReport(
        overall=_scores(alignments),
        by_language={
            language: _scores([a for a in alignments if a.language == language])
            for language in sorted({a.language for a in alignments})
        },
        by_type={str(type): _scores(alignments, partial(_is_of, type)) for type in AttributionType},
    )


def is_same_speaker(canonical: str, source: Source) -> bool:
    """Whether the resolved source is the gold one: equal, nearly equal, or a person's surname."""
    return likeness(canonical, source.name, source.kind) >= SAME_NAME


def likeness(canonical: str, name: str, kind: SourceKind) -> float:
    """How alike a name is to a canonical one, of 100; a person's surname is enough for the same."""
    gold, found = fold(canonical).strip(), fold(name).strip()
    ratio = fuzz.ratio(gold, found)
    is_surname = kind is SourceKind.PERSON and gold.split()[-1:] == found.split()[-1:]
    return max(ratio, SAME_NAME) if is_surname else ratio


def _gold_pieces(article: GoldArticle) -> list[GoldPart]:
    words = word_spans(article.text)
    return [
        GoldPart(touched, claim.type, mention, claim.source.canonical)
        for claim in article.claims
        for mention in [_mention(article.text, words, claim.source.span)]
        for piece in claim.content
        if (touched := touching(words, [piece.span]))
    ]


def _found_pieces(article: GoldArticle, claims: Sequence[Claim]) -> list[FoundPart]:
    words = word_spans(article.text)
    return [
        FoundPart(touched, claim.attribution.type, mention, claim.source)
        for claim in claims
        for mention in [_mention(article.text, words, claim.attribution.source)]
        for span in claim.attribution.content
        if (touched := touching(words, [span]))
    ]


def _mention(text: str, words: Sequence[Span], span: Span | None) -> Mention | None:
    if span is None:
        return None
    return read_mention(text[span.start : span.end], touching(words, [span]))


def _matched(gold: Sequence[Piece], found: Sequence[Piece]) -> list[tuple[int, int]]:
    """The numbers of the gold and found pieces that belong together, best match first."""
    candidates = sorted(
        (-similarity, i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if (similarity := jaccard(g.words, f.words)) >= SAME_CONTENT
    )
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    matched = []
    for _, i, j in candidates:
        if i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
            matched.append((i, j))
    return matched


def _hit(gold: GoldPart, found: FoundPart) -> Hit:
    return Hit(
        gold=gold,
        found=found,
        exact=gold.words == found.words,
        same_mention=names_the_same(gold.mention, found.mention),
        same_speaker=is_same_speaker(gold.canonical, found.source),
    )


def _is_of(type: AttributionType, piece: Piece) -> bool:
    return piece.type is type


def _scores(
    alignments: Iterable[Alignment], counts: Callable[[Piece], bool] = lambda piece: True
) -> ExtractionScores:
    alignments = tuple(alignments)
    gold = sum(counts(piece) for a in alignments for piece in a.gold)
    found = sum(counts(piece) for a in alignments for piece in a.found)
    hits = [hit for a in alignments for hit in a.hits]

    def scored(right: Callable[[Hit], bool]) -> Score:
        chosen = [hit for hit in hits if right(hit)]
        found_right = sum(counts(hit.found) for hit in chosen)
        gold_found = sum(counts(hit.gold) for hit in chosen)
        return score(found_right, found, gold_found, gold)

    return ExtractionScores(
        relaxed=scored(lambda hit: True),
        strict=scored(lambda hit: hit.exact),
        joint=scored(lambda hit: hit.same_mention),
        identity=scored(lambda hit: hit.same_speaker),
    )
