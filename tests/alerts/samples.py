"""A conflict with a claim on either side, a subscription to it and the alert in between."""

from datetime import UTC, date, datetime

from tracker.types import (
    Alert,
    AlertedConflict,
    AlertState,
    Attribution,
    AttributionType,
    Change,
    Claim,
    ClaimDetails,
    Conflict,
    ConflictState,
    Delivery,
    Kind,
    MessageKind,
    Modality,
    Parcel,
    Polarity,
    Reason,
    RelationLabel,
    Sentence,
    Source,
    SourceKind,
    Span,
    Statement,
    Subscription,
)

MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="


def claim(
    id: int,
    speaker: str,
    text: str,
    outlet: str,
    aliases: tuple[str, ...] = (),
    role: str | None = None,
) -> Claim:
    return Claim(
        id=id,
        article_id=10 + id,
        outlet=outlet,
        published_at=MORNING,
        attribution=Attribution(content=(Span(0, len(text)),), type=AttributionType.DIRECT),
        source=Source(id=id, name=speaker, kind=SourceKind.PERSON, aliases=aliases, role=role),
        statement=Statement(
            speaker=speaker,
            text=text,
            language="ro",
            said_on=date(2026, 3, 1),
            about="podul de la Brateș",
            details=ClaimDetails(polarity=Polarity.POSITIVE, modality=Modality.ASSERTED),
        ),
        extractor="rules/1",
    )


CLAIMS = (
    claim(1, "Șerban Drăgan", "Podul este închis", "Monitorul Câmpiei", aliases=("Drăgan",)),
    claim(2, "Ilinca Moraru", "Podul nu este închis", "Gazeta de Prut", role="primarul"),
)
CONFLICT = Conflict(
    id=7,
    state=ConflictState.NEW,
    label=RelationLabel.CONTRADICTION,
    kind=Kind.NEGATION,
    severity=0.8,
    reason=Reason(Sentence.DENIED, ("este închis", "nu este închis")),
    sides=((1,), (2,)),
    opened_at=MORNING,
    updated_at=MORNING,
    evidence_at=MORNING,
)
ALERT = Alert(
    id=31,
    subscription_id=3,
    conflict_id=7,
    occurrence=1,
    change=Change.OPENED,
    stored_at=MORNING,
    message_id=17,
)
ALERTED = AlertedConflict(alert=ALERT, conflict=CONFLICT, claims=CLAIMS)


def subscription(channel: str = "https://example.org/hook", **changes: object) -> Subscription:
    secret = SECRET if channel.startswith("http") else None
    fields: dict[str, object] = {"id": 3, "name": "desk", "channels": (channel,), "secret": secret}
    return Subscription(**(fields | changes))  # type: ignore[arg-type]


def parcel(
    to: Subscription,
    *alerted: AlertedConflict,
    kind: MessageKind = MessageKind.ALERT,
) -> Parcel:
    """A message to the first channel of a subscription."""
    delivery = Delivery(
        id=44,
        message_id=17,
        subscription_id=to.id,
        kind=kind,
        channel=to.channels[0],
        state=AlertState.PENDING,
        attempts=1,
        next_attempt_at=None,
        sent_at=None,
        error=None,
    )
    return Parcel(delivery=delivery, subscription=to, made_at=MORNING, alerted=alerted)
