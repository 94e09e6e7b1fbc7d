"""The tables. A row never leaves this package; the values of ``tracker.types`` do.

Every step stamps a ``*_at`` column when it has done its work, so that what is pending is a query.
"""

from collections.abc import Mapping
from datetime import date, datetime, time

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, MetaData, Time, UniqueConstraint
from sqlalchemy.types import Text
from sqlmodel import Column, Field, SQLModel

from tracker.claims.correction import Wording
from tracker.sources.edits import SourceEvent
from tracker.storage.columns import BYTE_ORDERED, IDENTIFIER, Moment, Value, own_id, refers, word
from tracker.types import (
    AlertState,
    ArticleState,
    Attribution,
    Change,
    ClaimDetails,
    ConflictState,
    Dismissal,
    Kind,
    MessageKind,
    Reason,
    RelationLabel,
    Rhythm,
    SourceKind,
    Standing,
    Tongue,
    VerdictLabel,
)

Words = tuple[str, ...]
Numbers = tuple[int, ...]


class Table(SQLModel):
    """What all tables share: constraint names that a migration can refer to."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        }
    )


class ArticleRow(Table, table=True):
    """One publication, its text verbatim."""

    __tablename__ = "article"
    __table_args__ = (
        UniqueConstraint("outlet", "external_id", "revision"),
        Index("ix_article_state_received_at", "state", "received_at"),
    )

    id: int | None = Field(default=None, sa_column=own_id())
    outlet: str = Field(sa_type=Text)
    external_id: str | None = Field(default=None, sa_type=Text)
    revision: int
    content_key: str | None = Field(default=None, sa_type=Text, unique=True)
    """Tells articles without ``external_id`` apart; none where there is one."""
    url: str | None = Field(default=None, sa_type=Text)
    title: str | None = Field(default=None, sa_type=Text)
    author: str | None = Field(default=None, sa_type=Text)
    text: str = Field(sa_type=Text)
    language: str = Field(sa_type=Text)
    published_at: datetime = Field(sa_type=Moment, index=True)
    received_at: datetime = Field(sa_type=Moment, index=True)
    extracted_at: datetime | None = Field(default=None, sa_type=Moment)
    """When extraction ended, whichever way."""
    taken_at: datetime | None = Field(default=None, sa_type=Moment)
    """When somebody took it to find its claims; until that ends, or has taken too long."""
    taken_by: str | None = Field(default=None, sa_type=Text)
    state: ArticleState = Field(sa_type=word(ArticleState))
    error: str | None = Field(default=None, sa_type=Text)


class ArticleBandRow(Table, table=True):
    """A number that an article shares with those of nearly the same text; see ``likeness``."""

    __tablename__ = "article_band"

    band: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    day: date = Field(primary_key=True)
    """Of publication, beside the band so that a window is one index range."""
    article_id: int = Field(sa_column=refers("article", key=True, index=True))


class SourceRow(Table, table=True):
    """A speaker."""

    __tablename__ = "source"

    id: int | None = Field(default=None, sa_column=own_id())
    name: str = Field(sa_type=Text)
    kind: SourceKind = Field(sa_type=word(SourceKind))
    aliases: Words = Field(sa_type=Value(Words))
    role: str | None = Field(default=None, sa_type=Text)
    speaks_for: str | None = Field(default=None, sa_type=Text)
    apart: Words = Field(default=(), sa_type=Value(Words))
    """Names that were split off and are another's."""
    merged_into: int | None = Field(default=None, sa_column=Column(IDENTIFIER, index=True))
    """The source that stands for this one since somebody merged them."""


class SourceWordRow(Table, table=True):
    """A folded word, in Latin letters, of a source's name or of one of its aliases."""

    __tablename__ = "source_word"
    __table_args__ = (UniqueConstraint("word", "source_id"),)

    id: int | None = Field(default=None, sa_column=own_id())
    source_id: int = Field(sa_column=refers("source", index=True))
    word: str = Field(sa_column=Column(BYTE_ORDERED, nullable=False))


class SourceKeyRow(Table, table=True):
    """A key under which a source is looked for when a claim comes in; see ``tracker.sources``."""

    __tablename__ = "source_key"

    key: str = Field(sa_column=Column(BYTE_ORDERED, primary_key=True))
    source_id: int = Field(sa_column=refers("source", key=True, index=True))


class ClaimRow(Table, table=True):
    """An attribution with speaker and details resolved."""

    __tablename__ = "claim"
    __table_args__ = (
        UniqueConstraint("article_id", "content_key"),
        Index("ix_claim_source_id_said_on_id", "source_id", "said_on", "id"),
        Index("ix_claim_source_id_words_key_said_on", "source_id", "words_key", "said_on"),
    )

    id: int | None = Field(default=None, sa_column=own_id())
    article_id: int = Field(sa_column=refers("article"))
    content_key: str = Field(sa_type=Text)
    """The content spans as text, because a unique constraint cannot look into JSON."""
    source_id: int = Field(sa_column=refers("source"))
    attribution: Attribution = Field(sa_type=Value(Attribution))
    speaker: str = Field(sa_type=Text)
    text: str = Field(sa_type=Text)
    language: str = Field(sa_type=Text)
    said_on: date
    about: str = Field(sa_type=Text)
    details: ClaimDetails = Field(sa_type=Value(ClaimDetails))
    extractor: str = Field(sa_type=Text)
    embedding: bytes | None = Field(default=None, sa_type=LargeBinary)
    role: str | None = Field(default=None, sa_type=Text)
    """What the article calls the speaker; kept here because it changes over time."""
    speaks_for: str | None = Field(default=None, sa_type=Text, index=True)
    words_key: str | None = Field(default=None, sa_type=Text)
    """Equal for the same words; none in claims from before there were sightings."""
    sighting_of: int | None = Field(default=None, sa_column=Column(IDENTIFIER, index=True))
    """The claim that stands for this one because it was printed first; that is no sighting."""
    stored_at: datetime = Field(sa_type=Moment, index=True)
    matched_at: datetime | None = Field(default=None, sa_type=Moment, index=True)


class ClaimKeyRow(Table, table=True):
    """A blocking key of a claim; the day stands beside it so that a window is one index range."""

    __tablename__ = "claim_key"
    __table_args__ = (Index("ix_claim_key_key_said_on_claim_id", "key", "said_on", "claim_id"),)

    claim_id: int = Field(sa_column=refers("claim", key=True))
    key: str = Field(sa_type=Text, primary_key=True)
    said_on: date


class MatchRow(Table, table=True):
    """Two claims that speak of the same thing and, once compared, their relation."""

    __tablename__ = "match"
    __table_args__ = (UniqueConstraint("premise_id", "hypothesis_id"),)

    id: int | None = Field(default=None, sa_column=own_id())
    premise_id: int = Field(sa_column=refers("claim"))
    hypothesis_id: int = Field(sa_column=refers("claim", index=True))
    scores: Mapping[str, float] = Field(sa_type=Value(dict[str, float]))
    compared_at: datetime | None = Field(default=None, sa_type=Moment, index=True)
    taken_at: datetime | None = Field(default=None, sa_type=Moment)
    """When somebody took it to compare it; until that is done, or has taken too long."""
    taken_by: str | None = Field(default=None, sa_type=Text)
    label: RelationLabel | None = Field(default=None, sa_type=word(RelationLabel), index=True)
    probability: float | None = None
    kind: Kind | None = Field(default=None, sa_type=word(Kind))
    reason: Reason | None = Field(default=None, sa_type=Value(Reason))
    premise_words: Words | None = Field(default=None, sa_type=Value(Words))
    hypothesis_words: Words | None = Field(default=None, sa_type=Value(Words))


class VerdictRow(Table, table=True):
    """What one version of one comparer said of a match."""

    __tablename__ = "verdict"
    __table_args__ = (UniqueConstraint("match_id", "comparer", "version"),)

    id: int | None = Field(default=None, sa_column=own_id())
    match_id: int = Field(sa_column=refers("match"))
    comparer: str = Field(sa_type=Text)
    version: str = Field(sa_type=Text)
    label: VerdictLabel = Field(sa_type=word(VerdictLabel))
    entailment: float
    neutral: float
    contradiction: float
    kind: Kind | None = Field(default=None, sa_type=word(Kind))
    reason: Reason = Field(sa_type=Value(Reason))
    premise_words: Words = Field(sa_type=Value(Words))
    hypothesis_words: Words = Field(sa_type=Value(Words))
    leanings: Mapping[RelationLabel, float] = Field(sa_type=Value(dict[RelationLabel, float]))
    fingerprint: str | None = Field(default=None, sa_type=Text, index=True)
    """Of what was compared, so that the same words again need not be; none for older verdicts."""


class ConflictRow(Table, table=True):
    """A disagreement under review."""

    __tablename__ = "conflict"

    id: int | None = Field(default=None, sa_column=own_id())
    state: ConflictState = Field(sa_type=word(ConflictState), index=True)
    label: RelationLabel = Field(sa_type=word(RelationLabel))
    kind: Kind | None = Field(default=None, sa_type=word(Kind))
    severity: float
    reason: Reason = Field(sa_type=Value(Reason))
    outlets: int = 0
    """How many outlets carry a claim of it; counted whenever its sides change."""
    occurrence: int
    dismissal: Dismissal | None = Field(default=None, sa_type=word(Dismissal))
    snoozed_until: datetime | None = Field(default=None, sa_type=Moment, index=True)
    assignee: str = Field(default="", sa_type=Text, index=True)
    second_opinion: bool = False
    merged_into: int | None = Field(default=None, sa_column=Column(IDENTIFIER, index=True))
    """The conflict that stands for this one since they were merged."""
    family: int | None = Field(default=None, sa_column=Column(IDENTIFIER, index=True))
    """The same in conflicts that somebody split from one another or merged; None where nobody
    arranged anything."""
    opened_at: datetime = Field(sa_type=Moment, index=True)
    updated_at: datetime = Field(sa_type=Moment, index=True)
    looked_at: datetime | None = Field(default=None, sa_type=Moment)
    evidence_at: datetime = Field(sa_type=Moment, index=True)
    """When a pair last opened, joined or strengthened it."""
    alerted_at: datetime | None = Field(default=None, sa_type=Moment, index=True)
    """None again whenever evidence comes in or it stands differently, so that nothing that happens
    can go without its alerts."""
    alerted_entry: int = Field(default=0, sa_column=Column(IDENTIFIER, nullable=False))
    """The last entry of its history of which alerts are stored."""


class ConflictClaimRow(Table, table=True):
    """A claim on one side of a conflict."""

    __tablename__ = "conflict_claim"

    conflict_id: int = Field(sa_column=refers("conflict", key=True))
    claim_id: int = Field(sa_column=refers("claim", key=True, index=True))
    side: int
    """0 or 1."""
    arranged: bool = False
    """Whether it stands here since somebody moved, split or merged; the program leaves it there."""


class ConflictHistoryRow(Table, table=True):
    """One thing that happened to a conflict."""

    __tablename__ = "conflict_history"

    id: int | None = Field(default=None, sa_column=own_id())
    conflict_id: int = Field(sa_column=refers("conflict", index=True))
    at: datetime = Field(sa_type=Moment, index=True)
    event: str = Field(sa_type=Text)
    by: str = Field(sa_type=Text)
    note: str = Field(sa_type=Text)
    reason: Reason | None = Field(default=None, sa_type=Value(Reason))
    claims: Numbers = Field(default=(), sa_type=Value(Numbers))
    batch: str | None = Field(default=None, sa_type=Text, index=True)
    """What was decided in one go, on one conflict or many, and can be undone in one."""
    before: Standing | None = Field(default=None, sa_type=Value(Standing))
    """Where the conflict stood before a decision."""


class SourceEditRow(Table, table=True):
    """Two sources made one, or one made two, by somebody."""

    __tablename__ = "source_edit"

    id: int | None = Field(default=None, sa_column=own_id())
    source_id: int = Field(sa_column=refers("source", index=True))
    other_id: int = Field(sa_column=refers("source", index=True))
    at: datetime = Field(sa_type=Moment)
    event: SourceEvent = Field(sa_type=word(SourceEvent))
    by: str = Field(sa_type=Text)
    names: Words = Field(sa_type=Value(Words))
    """The names that the source had before."""
    claims: Numbers = Field(sa_type=Value(Numbers))
    undone_at: datetime | None = Field(default=None, sa_type=Moment)
    undone_by: str | None = Field(default=None, sa_type=Text)


class ClaimEditRow(Table, table=True):
    """What somebody corrected of a claim."""

    __tablename__ = "claim_edit"

    id: int | None = Field(default=None, sa_column=own_id())
    claim_id: int = Field(sa_column=refers("claim", index=True))
    at: datetime = Field(sa_type=Moment)
    by: str = Field(sa_type=Text)
    note: str = Field(sa_type=Text)
    before: Wording = Field(sa_type=Value(Wording))
    after: Wording = Field(sa_type=Value(Wording))


class SavedFilterRow(Table, table=True):
    """A list of conflicts that people come back to."""

    __tablename__ = "saved_filter"

    id: int | None = Field(default=None, sa_column=own_id())
    name: str = Field(sa_type=Text, unique=True)
    query: str = Field(sa_type=Text)
    owner: str = Field(default="", sa_type=Text)


class SubscriptionRow(Table, table=True):
    """Who wants to hear of which conflicts, where and when."""

    __tablename__ = "subscription"

    id: int | None = Field(default=None, sa_column=own_id())
    name: str = Field(sa_type=Text)
    channels: Words = Field(sa_type=Value(Words))
    closed: frozenset[str] = Field(default=frozenset(), sa_type=Value(frozenset[str]))
    """The channels whose receivers want no more."""
    relations: frozenset[RelationLabel] = Field(sa_type=Value(frozenset[RelationLabel]))
    changes: frozenset[Change] = Field(sa_type=Value(frozenset[Change]))
    speakers: frozenset[str] = Field(sa_type=Value(frozenset[str]))
    outlets: frozenset[str] = Field(sa_type=Value(frozenset[str]))
    topics: frozenset[str] = Field(sa_type=Value(frozenset[str]))
    languages: frozenset[str] = Field(sa_type=Value(frozenset[str]))
    minimum_severity: float
    secret: str | None = Field(default=None, sa_type=Text)
    old_secret: str | None = Field(default=None, sa_type=Text)
    old_secret_until: datetime | None = Field(default=None, sa_type=Moment)
    language: Tongue = Field(sa_type=word(Tongue))
    rhythm: Rhythm = Field(sa_type=word(Rhythm))
    digest_at: time = Field(sa_type=Time)
    zone: str = Field(sa_type=Text)
    quiet_from: time | None = Field(default=None, sa_type=Time)
    quiet_to: time | None = Field(default=None, sa_type=Time)
    muted_until: datetime | None = Field(default=None, sa_type=Moment)


class AlertRow(Table, table=True):
    """What happened to a conflict, to be told to one subscription."""

    __tablename__ = "alert"
    __table_args__ = (UniqueConstraint("subscription_id", "conflict_id", "entry"),)

    id: int | None = Field(default=None, sa_column=own_id())
    subscription_id: int = Field(sa_column=refers("subscription"))
    conflict_id: int = Field(sa_column=refers("conflict", index=True))
    entry: int = Field(sa_column=Column(IDENTIFIER, nullable=False))
    """The last entry of the conflict's history when it was stored."""
    occurrence: int
    change: Change = Field(sa_type=word(Change))
    stored_at: datetime = Field(sa_type=Moment)
    message_id: int | None = Field(
        default=None,
        sa_column=Column(IDENTIFIER, ForeignKey("message.id", ondelete="CASCADE"), index=True),
    )
    """None while it waits for a message."""


class MessageRow(Table, table=True):
    """What one subscription is told at one time; its alerts refer to it."""

    __tablename__ = "message"

    id: int | None = Field(default=None, sa_column=own_id())
    subscription_id: int = Field(sa_column=refers("subscription", index=True))
    kind: MessageKind = Field(sa_type=word(MessageKind))
    made_at: datetime = Field(sa_type=Moment)


class DeliveryRow(Table, table=True):
    """A message on its way to one channel."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("message_id", "channel"),
        Index("ix_delivery_state_next_attempt_at", "state", "next_attempt_at"),
    )

    id: int | None = Field(default=None, sa_column=own_id())
    message_id: int = Field(sa_column=refers("message"))
    channel: str = Field(sa_type=Text)
    state: AlertState = Field(sa_type=word(AlertState))
    attempts: int = 0
    next_attempt_at: datetime | None = Field(default=None, sa_type=Moment)
    sent_at: datetime | None = Field(default=None, sa_type=Moment)
    error: str | None = Field(default=None, sa_type=Text)


class AttemptRow(Table, table=True):
    """One try to send a delivery; it stands here before anything is sent."""

    __tablename__ = "attempt"

    id: int | None = Field(default=None, sa_column=own_id())
    delivery_id: int = Field(sa_column=refers("delivery", index=True))
    at: datetime = Field(sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    status: int | None = None
    error: str | None = Field(default=None, sa_type=Text)


class RequestRow(Table, table=True):
    """A request that was answered under an Idempotency-Key."""

    __tablename__ = "request"

    key: str = Field(sa_type=Text, primary_key=True)
    fingerprint: str = Field(sa_type=Text)
    """Tells another request under the same key apart."""
    article_id: int = Field(sa_column=refers("article", index=True))
    created: bool
    """Whether the article was new then."""
    answered_at: datetime = Field(sa_type=Moment)


class ReindexedRow(Table, table=True):
    """How far a part of what claims are found by has been computed anew."""

    __tablename__ = "reindexed"

    part: str = Field(sa_type=Text, primary_key=True)
    version: str = Field(sa_type=Text)
    """Of what it was computed with."""
    upto: int = Field(sa_column=Column(IDENTIFIER, nullable=False))
    """The id of the last that was done."""
