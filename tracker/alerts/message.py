"""What a message says: as JSON for a webhook, as a few lines of text for a person."""

import json
from collections.abc import Mapping, Sequence

from tracker.types import AlertedConflict, Change, Claim, Conflict, Delivery, MessageKind, Parcel

QUOTED = 3
"""How many claims of a side the text of an alert quotes; a digest quotes the first."""
_TYPES: Mapping[Change, str] = {
    Change.OPENED: "conflict.opened",
    Change.NEW_EVIDENCE: "conflict.new_evidence",
    Change.CAME_BACK: "conflict.reopened",
    Change.CONFIRMED: "conflict.confirmed",
    Change.DISMISSED: "conflict.dismissed",
}
_PREFIXES: Mapping[Change, str] = {
    Change.OPENED: "",
    Change.NEW_EVIDENCE: "New evidence: ",
    Change.CAME_BACK: "Back again: ",
    Change.CONFIRMED: "Confirmed: ",
    Change.DISMISSED: "Dismissed: ",
}
_TRIAL = "This is a test. Alerts of “{}” arrive here."


def message_id(delivery: Delivery) -> str:
    """The same for every attempt to send one message, so that a receiver can tell a repeat."""
    return f"message-{delivery.message_id}"


def conflict_url(public_url: str, conflict: Conflict) -> str:
    """Where the conflict is shown."""
    return f"{public_url.rstrip('/')}/conflicts/{conflict.id}"


# --- for programs -----------------------------------------------------------------------------


def body(parcel: Parcel, public_url: str) -> str:
    """The JSON of a webhook, in the ``type``/``timestamp``/``data`` form of Standard Webhooks."""
    type, data = _content(parcel, public_url)
    return json.dumps(
        {"type": type, "timestamp": parcel.made_at.isoformat(), "data": data}, ensure_ascii=False
    )


def _content(parcel: Parcel, public_url: str) -> tuple[str, Mapping[str, object]]:
    whose = {"subscription": parcel.subscription.name}
    match parcel.delivery.kind:
        case MessageKind.TEST:
            return "test", whose
        case MessageKind.DIGEST:
            listed = [_conflict(each, public_url) for each in parcel.alerted]
            return "conflicts.digest", {**whose, "conflicts": listed}
        case MessageKind.ALERT:
            [only] = parcel.alerted
            return _TYPES[only.alert.change], {**whose, **_conflict(only, public_url)}


def _conflict(alerted: AlertedConflict, public_url: str) -> Mapping[str, object]:
    conflict = alerted.conflict
    return {
        "conflict_id": conflict.id,
        "change": alerted.alert.change,
        "occurrence": alerted.alert.occurrence,
        "state": conflict.state,
        "relation": conflict.label,
        "kind": conflict.kind,
        "severity": conflict.severity,
        "reason": str(conflict.reason),
        "url": conflict_url(public_url, conflict),
        "outlets": sorted({claim.outlet for claim in alerted.claims}),
        "sides": [[_claim(claim) for claim in side] for side in _sides(alerted)],
    }


def _claim(claim: Claim) -> Mapping[str, object]:
    return {
        "claim_id": claim.id,
        "quotation": claim.statement.text,
        "speaker": claim.source.name,
        "role": claim.source.role,
        "speaks_for": claim.source.speaks_for,
        "language": claim.statement.language,
        "said_on": claim.statement.said_on.isoformat(),
        "outlet": claim.outlet,
        "published_at": claim.published_at.isoformat(),
        "article_id": claim.article_id,
    }


def _sides(alerted: AlertedConflict) -> list[list[Claim]]:
    """The claims of either side, in the conflict's order."""
    by_id = {claim.id: claim for claim in alerted.claims}
    return [[by_id[id] for id in side] for side in alerted.conflict.sides]


# --- for people -------------------------------------------------------------------------------


def title(parcel: Parcel) -> str:
    """One line: what happened, and who stands against whom or how many conflicts there are."""
    match parcel.delivery.kind:
        case MessageKind.TEST:
            return f"Test: {parcel.subscription.name}"
        case MessageKind.DIGEST:
            count = len(parcel.alerted)
            return (
                f"{parcel.subscription.name}: {count} {'conflict' if count == 1 else 'conflicts'}"
            )
        case MessageKind.ALERT:
            return _headline(parcel.alerted[0])


def text(parcel: Parcel, public_url: str) -> str:
    """The quotations with speaker, outlet and date, then the reason, the severity and the link."""
    match parcel.delivery.kind:
        case MessageKind.TEST:
            return _TRIAL.format(parcel.subscription.name)
        case MessageKind.DIGEST:
            return "\n\n\n".join(
                f"{number}. {_headline(each)}\n\n{_told(each, public_url, quoted=1)}"
                for number, each in enumerate(parcel.alerted, start=1)
            )
        case MessageKind.ALERT:
            return _told(parcel.alerted[0], public_url, quoted=QUOTED)


def _headline(alerted: AlertedConflict) -> str:
    first, second = (_speakers(side) for side in _sides(alerted))
    label = alerted.conflict.label.capitalize()
    return f"{_PREFIXES[alerted.alert.change]}{label}: {first} / {second}"


def _speakers(side: Sequence[Claim]) -> str:
    return ", ".join(dict.fromkeys(claim.source.name for claim in side))


def _told(alerted: AlertedConflict, public_url: str, *, quoted: int) -> str:
    quotations = "\n\n".join(_side(side, quoted) for side in _sides(alerted))
    conflict = alerted.conflict
    return (
        f"{quotations}\n\n{conflict.reason} (severity {conflict.severity:.2f})\n"
        f"{conflict_url(public_url, conflict)}"
    )


def _side(claims: Sequence[Claim], quoted: int) -> str:
    more = len(claims) - quoted
    lines = [_quotation(claim) for claim in claims[:quoted]]
    return "\n".join([*lines, f"… and {more} more"] if more > 0 else lines)


def _quotation(claim: Claim) -> str:
    return (
        f"{_speaker(claim)} ({claim.outlet}, {claim.statement.said_on:%Y-%m-%d}): "
        f"“{claim.statement.text}”"
    )


def _speaker(claim: Claim) -> str:
    source = claim.source
    said_for = source.speaks_for if source.speaks_for != source.role else None
    with_role = ", ".join(filter(None, (source.name, source.role)))
    return f"{with_role}, for {said_for}" if said_for else with_role
