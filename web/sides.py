"""A side of a conflict as it is shown: each point once, with whoever printed it again under it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from tracker.articles import paragraphs
from tracker.storage import Transaction
from tracker.types import Article, Claim, RelatedPair, RelationLabel
from web.evidence import Evidence
from web.marking import Passage, carrying_words, passage

MOST_SHOWN = 4
"""How many claims of a side are shown at once."""


@dataclass(frozen=True)
class Quotation:
    """A claim of a conflict with the article it stands in and its place there."""

    claim: Claim
    article: Article
    passage: Passage
    again: Sequence[Claim]
    """Its sightings, the first printed first."""
    outlets: int
    """How many other outlets those are of."""
    translated: "Sequence[Quotation]" = ()
    """The same in other languages, printed later."""


@dataclass(frozen=True)
class Side:
    """The claims of one side, the earliest first."""

    shown: Sequence[Quotation]
    folded: Sequence[Quotation]
    """What is shown only when it is asked for."""


def quotations(
    tx: Transaction, ids: Sequence[int], evidence: Evidence, pairs: Sequence[RelatedPair]
) -> list[Quotation]:
    """Claims in their contexts, with the words marked that ``pairs`` rest on."""
    claims = [evidence.claims[id] for id in ids]
    articles = tx.articles.get_many(claim.article_id for claim in claims)
    return [_quotation(claim, articles[claim.article_id], evidence, pairs) for claim in claims]


def _quotation(
    claim: Claim, article: Article, evidence: Evidence, pairs: Sequence[RelatedPair]
) -> Quotation:
    words = carrying_words(claim, pairs)
    return Quotation(
        claim,
        article,
        passage(article.text, paragraphs(article.text), claim, words),
        evidence.sightings.get(claim.id, ()),
        evidence.other_outlets(claim),
    )


def gathered(
    side: Sequence[Quotation], pairs: Iterable[RelatedPair], told: Collection[int]
) -> list[Quotation]:
    """Each point once; what only says it in another language stands under what was printed first.

    Claims that have to be ``told`` stand alone.
    """
    same = _translations(pairs)
    points: dict[int, list[Quotation]] = {}
    for each in side:
        id = each.claim.id
        first = (known for known in points if (known, id) in same and id not in told)
        points.setdefault(next(first, id), []).append(each)
    return [replace(first, translated=rest) for first, *rest in points.values()]


def _translations(pairs: Iterable[RelatedPair]) -> frozenset[tuple[int, int]]:
    """Claims of one source that repeat each other in two languages, either way round."""
    repeats = [
        (pair.premise, pair.hypothesis)
        for pair in pairs
        if pair.relation.label is RelationLabel.REPEAT
    ]
    return frozenset(
        (one.id, other.id)
        for a, b in repeats
        if a.source.id == b.source.id and a.statement.language != b.statement.language
        for one, other in ((a, b), (b, a))
    )


def folded(side: Sequence[Quotation], told: Collection[int]) -> Side:
    """A side whose first points are shown, and those that have to be ``told`` in any case."""
    early = {quotation.claim.id for quotation in side[:MOST_SHOWN]}
    shown = [each for each in side if each.claim.id in early or each.claim.id in told]
    return Side(shown, [each for each in side if each not in shown])
