"""Drafts to store."""

from datetime import UTC, date, datetime, timedelta

from tracker.comparison import Judgement
from tracker.conflicts import Home, Tie
from tracker.storage import Storage, Transaction
from tracker.types import (
    Article,
    ArticleDraft,
    Attribution,
    AttributionType,
    Bound,
    Claim,
    ClaimDetails,
    ClaimDraft,
    Kind,
    MatchDraft,
    Modality,
    Polarity,
    Quantity,
    Reason,
    RelatedPair,
    Relation,
    RelationLabel,
    Sentence,
    SourceDraft,
    SourceKind,
    Span,
    Statement,
    TimeMention,
    Verdict,
    VerdictLabel,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MAYOR = SourceDraft(name="Ana Rusu", kind=SourceKind.PERSON, aliases=("Rusu",), role="primar")


def article(
    external_id: str | None = "a1", text: str = "Podul e închis.", **other: object
) -> ArticleDraft:
    fields = {"outlet": "Gazeta", "language": "ro", "published_at": NOON} | other
    return ArticleDraft(external_id=external_id, text=text, **fields)  # type: ignore[arg-type]


def claim(
    start: int = 0, text: str = "podul e închis", *, day: int = 2, **other: object
) -> ClaimDraft:
    fields = {
        "about": "podul de peste Olt",
        "keys": frozenset({"entity:olt", "lemma:pod"}),
        "source": MAYOR,
    } | other
    details = ClaimDetails(
        polarity=Polarity.NEGATIVE,
        modality=Modality.ASSERTED,
        quantities=(Quantity(value=2.5, unit="EUR", bound=Bound.ABOUT, text="circa 2,5 euro"),),
        times=(TimeMention(first=date(2026, 3, 1), last=date(2026, 3, 31), text="în martie"),),
        keys=fields["keys"],  # type: ignore[arg-type]
    )
    source = fields["source"]
    assert isinstance(source, SourceDraft)
    return ClaimDraft(
        attribution=Attribution(
            content=(Span(start, start + 5), Span(start + 6, start + 9)),
            type=AttributionType.MIXED,
            cue=Span(start + 10, start + 12),
            relayed_by="Agenția",
        ),
        source=source,
        statement=Statement(
            speaker=source.name,
            text=text,
            language="ro",
            said_on=date(2026, 3, day),
            about=str(fields["about"]),
            details=details,
        ),
        extractor="rules/1",
        embedding=b"\x00\x3c",
    )


def store(storage: Storage, *drafts: ClaimDraft, external_id: str = "a1") -> list[Claim]:
    """Store an article with these claims."""
    with storage.transaction() as tx:
        stored, _ = tx.articles.add(article(external_id), received_at=NOON)
        return [add(tx, stored, draft) for draft in drafts]


def add(tx: object, stored: Article, draft: ClaimDraft) -> Claim:
    known = next(iter(tx.sources.similar(draft.source)), None)  # type: ignore[attr-defined]
    source = tx.sources.save(draft.source, known)  # type: ignore[attr-defined]
    return tx.claims.add(stored, draft, source, at=NOON)  # type: ignore[attr-defined, no-any-return]


def verdict(label: VerdictLabel = VerdictLabel.CONTRADICTION) -> Verdict:
    return Verdict(
        comparer="rules",
        version="1",
        label=label,
        entailment=0.1,
        neutral=0.2,
        contradiction=0.7,
        kind=Kind.NEGATION,
        reason=Reason(Sentence.DENIED, ("deschis", "închis")),
        premise_words=("închis",),
        hypothesis_words=("deschis",),
    )


def relation(label: RelationLabel = RelationLabel.CONTRADICTION) -> Relation:
    return Relation(
        label=label,
        probability=0.7,
        kind=Kind.NEGATION,
        reason=Reason(Sentence.DENIED, ("deschis", "închis")),
        premise_words=("închis",),
        hypothesis_words=("deschis",),
    )


JUDGED = Judgement((verdict(),), relation())


def pair(
    storage: Storage, a: Claim, b: Claim, label: RelationLabel = RelationLabel.CONTRADICTION
) -> RelatedPair:
    """Store a match of two claims and its relation."""
    found = relation(label)
    with storage.transaction() as tx:
        match = tx.matches.add(
            MatchDraft(premise_id=a.id, hypothesis_id=b.id, scores={"total": 0.5, "keys": 1.0})
        )
        judged = Judgement((verdict(),), found)
        tx.matches.record({match.id: (judged, f"{a.id}-{b.id}")}, NOON)
    return RelatedPair(match=match, premise=a, hypothesis=b, verdicts=(verdict(),), relation=found)


def opened(storage: Storage) -> tuple[int, RelatedPair]:
    """A new conflict, and the pair that opened it."""
    a, b = store(storage, claim(0), claim(20))
    found = pair(storage, a, b)
    with storage.transaction() as tx:
        tx.conflicts.lock()
        return begin(tx, found), found


def begin(tx: Transaction, found: RelatedPair, severity: float = 0.6, at: datetime = NOON) -> int:
    """A new conflict with a pair on its two sides."""
    id = tx.groups.settle(home(found, severity), at)
    assert id is not None
    return id


def home(
    found: RelatedPair,
    severity: float = 0.6,
    sides: tuple[tuple[int, ...], tuple[int, ...]] | None = None,
    **other: object,
) -> Home:
    """A conflict that turns on a pair; of its two claims only, or with these sides."""
    tie = Tie(
        premise_id=found.premise.id,
        hypothesis_id=found.hypothesis.id,
        label=found.relation.label,
        kind=found.relation.kind,
        probability=found.relation.probability,
    )
    fields = {"conflict_id": None, "because": tie} | other
    return Home(
        sides=sides or ((found.premise.id,), (found.hypothesis.id,)),
        leading=tie,
        severity=severity,
        **fields,  # type: ignore[arg-type]
    )


def later(minutes: int = 1) -> datetime:
    return NOON + timedelta(minutes=minutes)
