"""The values that travel between the steps, named as the field names them.

Read this file first. Everything here is frozen and carries no behaviour beyond reading itself.
A ``...Draft`` has not been stored yet; its plain namesake has, and carries its ``id``.

Offsets (``Span``) count Unicode code points in ``Article.text``, which is kept verbatim, so that
``article.text[span.start:span.end]`` is the quotation as it was printed.
Moments are timezone-aware datetimes in UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum


class AttributionType(StrEnum):
    """How the words are reported: quoted, paraphrased, or paraphrased with quoted words inside."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Polarity(StrEnum):
    """Whether the point of a claim is an affirmation or a denial."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Modality(StrEnum):
    """How firmly the speaker stands behind the content."""

    ASSERTED = "asserted"
    POSSIBLE = "possible"
    PLANNED = "planned"
    OBLIGATORY = "obligatory"
    CONDITIONAL = "conditional"
    UNKNOWING = "unknowing"
    """The speaker professes not to know."""


class SourceKind(StrEnum):
    """What a source is; ``unresolved`` is a pronoun or role noun whose bearer is not known."""

    PERSON = "person"
    ORGANISATION = "organisation"
    ANONYMOUS = "anonymous"
    UNRESOLVED = "unresolved"


class Bound(StrEnum):
    """How a stated quantity limits the true one."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class VerdictLabel(StrEnum):
    """The three answers of natural language inference."""

    ENTAILMENT = "entailment"
    NEUTRAL = "neutral"
    CONTRADICTION = "contradiction"


class RelationLabel(StrEnum):
    """What the product says of a premise and a hypothesis."""

    CONTRADICTION = "contradiction"
    REVERSAL = "reversal"
    TENSION = "tension"
    UPDATE = "update"
    REPEAT = "repeat"
    NONE = "none"


CONFLICTING = frozenset(
    {RelationLabel.CONTRADICTION, RelationLabel.REVERSAL, RelationLabel.TENSION}
)
"""The relations that open or join a conflict."""


class Kind(StrEnum):
    """What a disagreement turns on (de Marneffe, Rafferty & Manning 2008, extended)."""

    NEGATION = "negation"
    ANTONYM = "antonym"
    NUMERIC = "numeric"
    DATE = "date"
    PLACE = "place"
    ACTOR = "actor"
    MODALITY = "modality"
    FACTIVE = "factive"
    WORLDKNOWLEDGE = "worldknowledge"
    EVALUATION = "evaluation"


class Sentence(StrEnum):
    """All that the program ever gives as a reason; translations go by the English sentence.

    ``{}`` are words of the two statements as printed, the earlier one's first.
    """

    # what exact comparers find
    DENIED = "One side says “{}”, the other denies it: “{}”."
    OPPOSITE_WORDS = "“{}” and “{}” say opposite things of the same matter."
    OPPOSITE_VIEWS = "The two assess the same matter in opposite ways: “{}” against “{}”."
    OTHER_FIGURES = "They give different figures for the same thing: “{}” and “{}”."
    OTHER_TIMES = "They give different times for the same thing: “{}” and “{}”."
    TAKEN_BACK = "The later statement takes something back: “{}”."
    SAME_WORDS = "Both say the same in nearly the same words."
    OTHER_PEOPLE = "They speak of different people, places or bodies."
    OTHER_YEARS = "They speak of different years."
    OTHER_THINGS = "They speak of different things of one kind ({})."
    NOTHING_FOUND = "No rule finds that they bear on each other."
    NO_TABLE = "No language table serves “{}”."
    # what a model reads
    CANNOT_BOTH = "Read together, “{}” and “{}” cannot both be true."
    REVERSES = "Read together, the later “{1}” reverses the earlier “{0}”."
    PULLS_APART = "Read together, “{}” and “{}” pull apart."
    READ_CONTRADICTION = "Read together, they look like statements that cannot both be true."
    READ_REVERSAL = "Read together, they look like a statement and its reversal."
    READ_TENSION = "Read together, they look like assessments that pull apart."
    READ_UPDATE = "Read together, they look like a statement and its update."
    READ_REPEAT = "Read together, they look like the same statement twice."
    READ_NONE = "Read together, they look like statements on different points."
    READ_IN_PARTS = "They are long: {} pairs of parts were read, and the most telling one counts."
    # what a bigger judge says
    JUDGED_CONFLICT = "A further judge, too, finds that the two do not go together."
    JUDGED_COMPATIBLE = "A further judge finds that both can stand."
    JUDGED_SAME = "A further judge finds that both say the same."
    NOT_COMPARED = "Nothing was compared."
    IN_OTHER_WORDS = "{}"
    """Of reasons that were stored before they were kept as a sentence and words."""


@dataclass(frozen=True)
class Reason:
    """Why a comparer or the program says what it says."""

    sentence: Sentence
    words: tuple[str, ...] = ()
    """What stands for the ``{}`` of the sentence."""

    def __str__(self) -> str:
        """The English sentence."""
        return self.sentence.format(*self.words)


class Stored(StrEnum):
    """What is kept under a number, by the name of its table."""

    ACCOUNT = "account"
    ARTICLE = "article"
    CLAIM = "claim"
    CONFLICT = "conflict"
    DELIVERY = "delivery"
    MESSAGE = "message"
    SAVED_FILTER = "saved_filter"
    SOURCE = "source"
    SOURCE_EDIT = "source_edit"
    SUBSCRIPTION = "subscription"
    TOKEN = "token"


class Tongue(StrEnum):
    """A language in which the program speaks to people, by its ISO 639-1 code."""

    ENGLISH = "en"
    ROMANIAN = "ro"


class ArticleState(StrEnum):
    """Where an article stands; ``quarantined`` means that its extraction raised an error."""

    PENDING = "pending"
    EXTRACTED = "extracted"
    UNSUPPORTED = "unsupported"
    QUARANTINED = "quarantined"


class ConflictState(StrEnum):
    """Where a conflict stands in review."""

    NEW = "new"
    ONGOING = "ongoing"
    """Undecided, with evidence that came after somebody looked."""
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    SNOOZED = "snoozed"
    """Put off until a day, or until new evidence comes."""
    REOPENED = "reopened"


UNDECIDED = frozenset({ConflictState.NEW, ConflictState.ONGOING, ConflictState.REOPENED})
"""The states that ask for a decision."""


class Dismissal(StrEnum):
    """Why a conflict was dismissed."""

    BOTH_TRUE = "both_true"
    OTHER_EVENT = "other_event"
    UPDATE = "update"
    WRONG_SPEAKER = "wrong_speaker"
    WRONG_TEXT = "wrong_text"


class Event(StrEnum):
    """What can happen to a conflict; its history is made of these."""

    OPENED = "opened"
    JOINED = "joined"
    REPRINTED = "reprinted"
    """A claim came that says again, in nearly the same words, what a side says already."""
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    SNOOZED = "snoozed"
    REOPENED = "reopened"
    WOKEN = "woken"
    UNDONE = "undone"
    NOTED = "noted"
    ASSIGNED = "assigned"
    SECOND_ASKED = "second_asked"
    """Somebody asked for a second opinion."""
    SPLIT = "split"
    MERGED = "merged"
    MOVED = "moved"
    CORRECTED = "corrected"
    REGROUPED = "regrouped"
    """Claims changed places when the program gathered anew what belongs together."""


class AlertState(StrEnum):
    """Where a message stands on its way to a channel."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    """Every attempt was used up, or the receiver wants no more."""
    WITHDRAWN = "withdrawn"
    """Not sent, because there was nothing left to tell, or nowhere to tell it."""


class Change(StrEnum):
    """What happened to a conflict that somebody can ask to hear of; the later ones say more."""

    NEW_EVIDENCE = "new_evidence"
    OPENED = "opened"
    CAME_BACK = "came_back"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class Log(StrEnum):
    """What is kept only for a while."""

    MESSAGES = "messages"
    """With their deliveries and every attempt, unless one is still on its way."""
    REQUESTS = "requests"
    """Answered under an Idempotency-Key."""
    SIGN_INS = "sign-ins"
    AUDIT = "entries of the audit log"


class Rhythm(StrEnum):
    """How often messages go out: one for each alert, or one for all that came meanwhile."""

    LIVE = "live"
    HOURLY = "hourly"
    DAILY = "daily"


class MessageKind(StrEnum):
    """What a message holds: one alert, several, or only words to try a channel out."""

    ALERT = "alert"
    DIGEST = "digest"
    TEST = "test"


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of an article's text, in code points, ``end`` exclusive."""

    start: int
    end: int


# --- articles ---------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ArticleDraft:
    """One publication as it came in, checked and with its language known."""

    outlet: str
    text: str
    language: str
    """ISO 639-1 code; it may be one that no language table serves."""
    published_at: datetime
    external_id: str | None = None
    """The outlet's own identifier."""
    revision: int = 1
    url: str | None = None
    title: str | None = None
    author: str | None = None


@dataclass(frozen=True, kw_only=True)
class Article(ArticleDraft):
    """A stored publication."""

    id: int
    state: ArticleState
    received_at: datetime
    error: str | None = None
    """Why the article is quarantined."""


# --- sources ----------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class SourceDraft:
    """Who speaks, as one article tells it."""

    name: str
    """Canonical name within the article; for an unresolved source its mention."""
    kind: SourceKind
    aliases: tuple[str, ...] = ()
    """Other ways in which the article names the same source."""
    role: str | None = None
    speaks_for: str | None = None
    """The body on whose behalf the source speaks, if the article says so."""
    apart: tuple[str, ...] = ()
    """Names that somebody said are another's; no article tells them."""


@dataclass(frozen=True, kw_only=True)
class Source(SourceDraft):
    """A stored speaker: a person or an organisation."""

    id: int
    merged_into: int | None = None
    """The source that stands for this one since somebody merged them."""


# --- claims -----------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Attribution:
    """One reported statement in a text: source, cue and content (the terms of PARC and PolNeAR)."""

    content: tuple[Span, ...]
    """Several spans where the attribution stands in the middle; never empty."""
    type: AttributionType
    cue: Span | None = None
    source: Span | None = None
    """The words that name the source; none where the subject is dropped."""
    relayed_by: str | None = None
    """The other outlet through which the statement came."""
    addressee: str | None = None
    """To whom it was said, if the sentence tells."""


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """A number with what it measures, as in "at least 12 people" or "7,9% din PIB"."""

    value: float
    unit: str
    """Normalised unit or counted noun ("percent", "EUR", "people"); empty when none was read."""
    bound: Bound
    text: str
    """The words as printed."""


@dataclass(frozen=True, kw_only=True)
class TimeMention:
    """A date or deadline named in a claim, resolved against the claim's own date."""

    first: date
    last: date
    """The same day as ``first`` unless a period is meant."""
    text: str


@dataclass(frozen=True, kw_only=True)
class ClaimDetails:
    """What can be read off the words of a claim without comparing it to others."""

    polarity: Polarity
    """With the reporting words: what somebody denies is negative."""
    modality: Modality
    quantities: tuple[Quantity, ...] = ()
    times: tuple[TimeMention, ...] = ()
    is_denied: bool = False
    """Whether the reporting words deny the content ("a negat că", "denied")."""
    keys: frozenset[str] = frozenset()
    """Blocking keys such as ``entity:miami`` or ``lemma:progres``; equal keys make candidates."""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """The part of a claim that a comparer needs: who said what, when, about what."""

    speaker: str
    text: str
    """The reported words; the pieces of a split quotation joined by a space."""
    language: str
    said_on: date
    about: str
    """A line of context: the event or matter spoken of."""
    details: ClaimDetails


@dataclass(frozen=True, kw_only=True)
class ClaimDraft:
    """An attribution with its speaker and details resolved, before it is stored."""

    attribution: Attribution
    source: SourceDraft
    statement: Statement
    extractor: str
    """Which extractor found it, with its version: ``rules/1``."""
    embedding: bytes | None = None
    """Sentence embedding: little-endian float16, unit length, one value a dimension."""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A stored claim."""

    id: int
    article_id: int
    outlet: str
    published_at: datetime
    attribution: Attribution
    source: Source
    statement: Statement
    extractor: str
    embedding: bytes | None = None
    sighting_of: int | None = None
    """The claim that stands for this one, which only prints it again; None where it stands for
    itself."""

    @property
    def standing_id(self) -> int:
        """Of the claim that is matched, compared and in conflicts for it."""
        return self.sighting_of or self.id


# --- pairs ------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class MatchDraft:
    """Two claims found to speak of the same thing; the earlier is the premise."""

    premise_id: int
    hypothesis_id: int
    scores: Mapping[str, float]
    """Every partial score by name, each from 0 to 1, ``total`` among them."""


@dataclass(frozen=True, kw_only=True)
class Match(MatchDraft):
    """A stored match."""

    id: int


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a named, versioned comparer says of a premise and a hypothesis."""

    comparer: str
    version: str
    label: VerdictLabel
    entailment: float
    neutral: float
    contradiction: float
    kind: Kind | None
    reason: Reason
    premise_words: tuple[str, ...] = ()
    """The words of the premise that carry the verdict, as printed."""
    hypothesis_words: tuple[str, ...] = ()
    leanings: Mapping[RelationLabel, float] = field(default_factory=dict)
    """How likely each relation is, from a comparer that judges that too."""


@dataclass(frozen=True, kw_only=True)
class Relation:
    """What the product says of a pair, from verdicts, speakers and dates."""

    label: RelationLabel
    probability: float
    kind: Kind | None
    reason: Reason
    premise_words: tuple[str, ...] = ()
    hypothesis_words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RelatedPair:
    """A stored match with the claims themselves, their verdicts and their relation."""

    match: Match
    premise: Claim
    hypothesis: Claim
    verdicts: tuple[Verdict, ...]
    relation: Relation


# --- conflicts --------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class HistoryEntry:
    """One thing that happened to a conflict."""

    id: int
    at: datetime
    event: Event
    by: str
    note: str = ""
    """What somebody said of it, or in English what the program did."""
    claims: tuple[int, ...] = ()
    """The claims that came, went or changed sides."""
    reason: Reason | None = None
    """Why the program did it."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a conflict stands in review; what a decision changes and an undo gives back."""

    state: ConflictState
    dismissal: Dismissal | None = None
    snoozed_until: datetime | None = None
    """None in a snoozed conflict means until new evidence."""


@dataclass(frozen=True, kw_only=True)
class Decision(Standing):
    """What somebody decides of one conflict or of many at once."""

    by: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """A disagreement under review.

    The sides are tuples of claim ids; the first holds the earliest claim.
    """

    id: int
    state: ConflictState
    label: RelationLabel
    kind: Kind | None
    severity: float
    """From 0 to 1; orders the list."""
    reason: Reason
    sides: tuple[tuple[int, ...], tuple[int, ...]]
    opened_at: datetime
    updated_at: datetime
    evidence_at: datetime
    """When a claim last came that is new evidence."""
    outlets: int = 0
    """How many outlets carry a claim of it."""
    occurrence: int = 1
    """Grows by one each time the conflict is reopened by new evidence."""
    dismissal: Dismissal | None = None
    snoozed_until: datetime | None = None
    assignee: str = ""
    """Who sees to it; nobody when empty."""
    second_opinion: bool = False
    """Whether somebody asked another person to look before it is decided."""
    merged_into: int | None = None
    """The conflict that stands for this one since they were merged."""
    looked_at: datetime | None = None
    """When somebody last looked at it."""
    history: tuple[HistoryEntry, ...] = ()


class ConflictOrder(StrEnum):
    """What a list of conflicts begins with; the newest evidence decides among equals."""

    LATEST = "latest"
    """The latest day of evidence, and in it the most severe."""
    SEVERITY = "severity"
    OUTLETS = "outlets"
    """The most outlets that carry a claim of it."""


@dataclass(frozen=True, kw_only=True)
class ConflictFilter:
    """Which conflicts a list shows; None and empty mean all."""

    states: frozenset[ConflictState] = frozenset()
    label: RelationLabel | None = None
    source_id: int | None = None
    language: str | None = None
    words: str = ""
    """Words of a claim on either side, or of its speaker's name; case, diacritics and endings do
    not matter."""
    assignee: str | None = None
    second_opinion: bool = False
    """Only those for which a second opinion is wanted."""
    order: ConflictOrder = ConflictOrder.LATEST


@dataclass(frozen=True, kw_only=True)
class ClaimFilter:
    """Which claims a list shows; None and empty mean all."""

    words: str = ""
    """Words that a claim has, without regard to case, diacritics and endings."""
    source_id: int | None = None
    outlet: str | None = None
    first: date | None = None
    """The first day on which it may have been said."""
    last: date | None = None


@dataclass(frozen=True, kw_only=True)
class SavedFilter:
    """A list of conflicts that people come back to, by name."""

    id: int
    name: str
    query: str
    """The query string of its address."""
    owner: str = ""
    """The name of the account that keeps it; empty where there are no accounts."""


# --- accounts ---------------------------------------------------------------------------------


class Role(StrEnum):
    """What somebody may do; each may do what the one before may."""

    READER = "reader"
    """Looks at everything."""
    REVIEWER = "reviewer"
    """Decides on conflicts."""
    ADMIN = "admin"
    """Manages accounts, subscriptions, and the tokens and kept lists of others."""


class Scope(StrEnum):
    """What a token of the API is good for."""

    READ = "read"
    INGEST = "ingest"
    """To hand in articles."""
    REVIEW = "review"


class Deed(StrEnum):
    """What the audit log tells of."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    ACCOUNT_ADDED = "account_added"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_ENABLED = "account_enabled"
    ROLE_CHANGED = "role_changed"
    PASSWORD_CHANGED = "password_changed"
    TOKEN_MADE = "token_made"
    TOKEN_REVOKED = "token_revoked"
    SUBSCRIBED = "subscribed"
    SUBSCRIPTION_CHANGED = "subscription_changed"
    SUBSCRIPTION_MUTED = "subscription_muted"
    SUBSCRIPTION_UNMUTED = "subscription_unmuted"
    SECRET_CHANGED = "secret_changed"
    CHANNELS_OPENED = "channels_opened"
    UNSUBSCRIBED = "unsubscribed"


@dataclass(frozen=True, kw_only=True)
class Account:
    """Somebody who may sign in."""

    id: int
    name: str
    """As histories show it."""
    role: Role
    made_at: datetime
    is_disabled: bool = False
    is_foreign: bool = False
    """Whether an identity provider vouches for it and says its role; it has no password here."""


@dataclass(frozen=True, kw_only=True)
class TokenDraft:
    """A token of the API, before it is stored."""

    account_id: int
    name: str
    """What it is for."""
    scopes: frozenset[Scope]
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class Token(TokenDraft):
    """A stored token; the token itself is known to whoever was shown it."""

    id: int
    made_at: datetime
    used_at: datetime | None = None
    """About when it was last used, to the hour."""
    revoked_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class AuditDraft:
    """Something done that an administrator may have to account for."""

    deed: Deed
    by: str
    """The name of an account; of a failed sign-in the name that was tried."""
    about: str = ""
    """What it was done to."""
    address: str = ""
    """The network address it came from; none from the command line."""


@dataclass(frozen=True, kw_only=True)
class AuditEntry(AuditDraft):
    """A stored entry of the audit log."""

    id: int
    at: datetime


# --- alerts -----------------------------------------------------------------------------------


NEWS = frozenset({Change.OPENED, Change.NEW_EVIDENCE, Change.CAME_BACK})
"""The changes that come from articles, not from a reviewer's decision."""


@dataclass(frozen=True, kw_only=True)
class SubscriptionDraft:
    """Who wants to hear of which conflicts, where and when; empty sets mean all."""

    name: str
    channels: tuple[str, ...]
    """Webhooks (``https://``, ``http://``) or URLs that apprise knows; each gets everything."""
    relations: frozenset[RelationLabel] = CONFLICTING
    changes: frozenset[Change] = NEWS
    speakers: frozenset[str] = frozenset()
    outlets: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    """Beginnings of words of a claim or of what it is about; of one topic, all of them."""
    languages: frozenset[str] = frozenset()
    """Of the claims, by their ISO 639-1 codes."""
    minimum_severity: float = 0.0
    secret: str | None = field(default=None, repr=False)
    """Signing secret of the webhooks (``whsec_…``)."""
    language: Tongue = Tongue.ENGLISH
    """In which the messages are written."""
    rhythm: Rhythm = Rhythm.LIVE
    digest_at: time = time(8)
    """When a daily digest goes out, by the clock of ``zone``."""
    zone: str = "UTC"
    """IANA name of a time zone."""
    quiet_from: time | None = None
    """Quiet hours, by the clock of ``zone``, from here to ``quiet_to``; both or neither."""
    quiet_to: time | None = None


@dataclass(frozen=True, kw_only=True)
class Subscription(SubscriptionDraft):
    """A stored subscription."""

    id: int
    muted_until: datetime | None = None
    old_secret: str | None = field(default=None, repr=False)
    """The secret before the present one, which signs too until ``old_secret_until``."""
    old_secret_until: datetime | None = None
    closed: frozenset[str] = frozenset()
    """The channels whose receivers answered that they want no more."""

    @property
    def open_channels(self) -> tuple[str, ...]:
        """The channels that messages go to."""
        return tuple(each for each in self.channels if each not in self.closed)


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One try to send a message to a channel; without an end, the sender was cut off."""

    id: int
    at: datetime
    ended_at: datetime | None
    status: int | None
    """The HTTP status of the answer, where there was one."""
    error: str | None

    @property
    def seconds(self) -> float | None:
        """How long it took."""
        return None if self.ended_at is None else (self.ended_at - self.at).total_seconds()


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A message on its way to one channel."""

    id: int
    message_id: int
    subscription_id: int
    kind: MessageKind
    channel: str
    state: AlertState
    attempts: int
    """How many were made since it was asked for, or asked for again."""
    next_attempt_at: datetime | None
    sent_at: datetime | None
    error: str | None
    conflict_ids: tuple[int, ...] = ()
    log: tuple[Attempt, ...] = ()
    """Every attempt there ever was, oldest first."""


@dataclass(frozen=True, kw_only=True)
class Alert:
    """A change of a conflict that a subscription is to hear of, alone or in a digest."""

    id: int
    subscription_id: int
    conflict_id: int
    occurrence: int
    change: Change
    stored_at: datetime
    message_id: int | None = None
    """None while it waits for a message."""
    deliveries: tuple[Delivery, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AlertedConflict:
    """An alert with what is to be told."""

    alert: Alert
    conflict: Conflict
    claims: tuple[Claim, ...]
    """Those of both sides, and their sightings."""


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """All that a sender needs: what goes to which channel, on whose behalf."""

    delivery: Delivery
    subscription: Subscription
    made_at: datetime
    alerted: tuple[AlertedConflict, ...]


# --- upkeep -----------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Expiry:
    """Which articles have had their time."""

    before: datetime
    """Published before this moment."""
    outlets: frozenset[str] = frozenset()
    """By these; none means by any."""


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """What went, or would go."""

    articles: int = 0
    claims: int = 0
    sources: int = 0
    kept: int = 0
    """Old articles that are needed."""
