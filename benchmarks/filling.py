"""A store as full as asked for, the same at every run: articles, speakers, claims, conflicts."""

import random
from datetime import UTC, datetime, timedelta

from tracker.comparison import Judgement
from tracker.conflicts import Home, Tie
from tracker.storage import Storage, Transaction
from tracker.types import (
    ArticleDraft,
    Attribution,
    AttributionType,
    Claim,
    ClaimDetails,
    ClaimDraft,
    Kind,
    MatchDraft,
    Modality,
    Polarity,
    Reason,
    Relation,
    RelationLabel,
    Sentence,
    Source,
    SourceDraft,
    SourceKind,
    Span,
    Statement,
    Verdict,
    VerdictLabel,
)

BEGAN = datetime(2026, 1, 1, 6, tzinfo=UTC)
PER_ARTICLE = 10
SPEAKERS = 800
SHARES = [1 / n for n in range(1, SPEAKERS + 1)]
"""How often each is quoted, beside the others: a few are in every paper, most hardly ever."""
OUTLETS = 60
LARGE = 40
"""Claims on one side of every hundredth conflict."""
LANGUAGES = ("ro", "en")
NOUNS = (
    *(
        "budget",
        "bridge",
        "hospital",
        "harvest",
        "school",
        "tariff",
        "railway",
        "forest",
        "harbour",
    ),
    *("pension", "factory", "election", "museum", "reservoir", "airport", "market", "vaccine"),
)
VERBS = (
    *("opens", "closes", "grows", "shrinks", "moves", "waits", "pays", "fails", "works", "returns"),
    *("begins", "ends", "changes", "stands", "falls", "rises"),
)


def fill(storage: Storage, claims: int, conflicts: int) -> None:
    """Store so many claims and conflicts, the same at every run."""
    chance = random.Random(7)
    with storage.transaction() as tx:
        speakers = [tx.sources.save(_speaker(n), None) for n in range(SPEAKERS)]
    stored: list[Claim] = []
    numbers = range(claims // PER_ARTICLE)
    for start in range(0, len(numbers), 100):
        with storage.transaction() as tx:
            for n in numbers[start : start + 100]:
                stored += _article(tx, n, speakers, chance)
    for start in range(0, conflicts, 100):
        with storage.transaction() as tx:
            for n in range(start, min(start + 100, conflicts)):
                _conflict(tx, n, stored, chance)


def _speaker(n: int) -> SourceDraft:
    return SourceDraft(name=f"Speaker {n} of Somewhere", kind=SourceKind.PERSON, role="minister")


def _article(tx: Transaction, n: int, speakers: list[Source], chance: random.Random) -> list[Claim]:
    said = [_words(chance) for _ in range(PER_ARTICLE)]
    moment = BEGAN + timedelta(minutes=25 * n)
    draft = ArticleDraft(
        outlet=f"Outlet {n % OUTLETS}",
        external_id=str(n),
        text="\n\n".join(f"“{words}”, somebody said on that day." for words in said),
        title=_words(chance),
        language=LANGUAGES[n % 2],
        published_at=moment,
    )
    article, _ = tx.articles.add(draft, received_at=moment)
    quoted = chance.choices(speakers, SHARES, k=PER_ARTICLE)
    return [
        tx.claims.add(article, _claim(draft, words, chance), source, at=moment)
        for words, source in zip(said, quoted, strict=True)
    ]


def _words(chance: random.Random) -> str:
    return " ".join(
        f"the {chance.choice(NOUNS)} {chance.choice(VERBS)} {chance.randrange(10_000)}"
        for _ in range(4)
    )


def _claim(article: ArticleDraft, words: str, chance: random.Random) -> ClaimDraft:
    start = article.text.index(words)
    source = _speaker(0)
    return ClaimDraft(
        attribution=Attribution(
            content=(Span(start, start + len(words)),), type=AttributionType.DIRECT
        ),
        source=source,
        statement=Statement(
            speaker=source.name,
            text=words,
            language=article.language,
            said_on=article.published_at.date(),
            about=article.title or "",
            details=ClaimDetails(
                polarity=Polarity.POSITIVE,
                modality=Modality.ASSERTED,
                keys=frozenset({f"lemma:{chance.choice(NOUNS)}"}),
            ),
        ),
        extractor="benchmark/1",
    )


def _conflict(tx: Transaction, n: int, claims: list[Claim], chance: random.Random) -> None:
    """Two claims against each other, or one against very many."""
    first = chance.randrange(len(claims) - LARGE - 1)
    many = LARGE if n % 100 == 0 else 1
    a, others = claims[first], claims[first + 1 : first + 1 + many]
    severity, second = round(chance.random(), 3), tuple[int, ...]()
    id, leading = None, None
    for b in others:
        tie = _tie(tx, a, b)
        leading = leading or tie
        second += (b.id,)
        home = Home(
            conflict_id=id,
            sides=((a.id,), second),
            leading=leading,
            severity=severity,
            because=tie,
            evidence=(b.id,),
        )
        id = tx.groups.settle(home, at=b.published_at)


def _tie(tx: Transaction, a: Claim, b: Claim) -> Tie:
    reason = Reason(Sentence.CANNOT_BOTH, (a.statement.text[:20], b.statement.text[:20]))
    verdict = Verdict(
        comparer="benchmark",
        version="1",
        label=VerdictLabel.CONTRADICTION,
        entailment=0.0,
        neutral=0.1,
        contradiction=0.9,
        kind=Kind.NUMERIC,
        reason=reason,
    )
    relation = Relation(
        label=RelationLabel.CONTRADICTION, probability=0.9, kind=Kind.NUMERIC, reason=reason
    )
    match = tx.matches.add(MatchDraft(premise_id=a.id, hypothesis_id=b.id, scores={"total": 0.5}))
    found = {match.id: (Judgement((verdict,), relation), f"{a.id}-{b.id}")}
    tx.matches.record(found, b.published_at)
    return Tie(
        premise_id=a.id,
        hypothesis_id=b.id,
        label=relation.label,
        kind=relation.kind,
        probability=relation.probability,
    )
