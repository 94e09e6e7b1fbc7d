"""What a message says: as JSON for a webhook, as a few lines of text for a person.

The text is written in the language of the subscription; in the JSON only the reason is.
"""

import json
from collections.abc import Mapping, Sequence

from tracker.phrasing import Phrasing, phrasing
from tracker.types import (
    AlertedConflict,
    Change,
    Claim,
    Conflict,
    Delivery,
    MessageKind,
    Parcel,
    Source,
)

QUOTED = 3
"""How many claims of a side the text of an alert quotes; a digest quotes the first."""
_TYPES: Mapping[Change, str] = {
    Change.OPENED: "conflict.opened",
    Change.NEW_EVIDENCE: "conflict.new_evidence",
    Change.CAME_BACK: "conflict.reopened",
    Change.CONFIRMED: "conflict.confirmed",
    Change.DISMISSED: "conflict.dismissed",
}


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
            listed = [_conflict(parcel, each, public_url) for each in parcel.alerted]
            return "conflicts.digest", {**whose, "conflicts": listed}
        case MessageKind.ALERT:
            [only] = parcel.alerted
            return _TYPES[only.alert.change], {**whose, **_conflict(parcel, only, public_url)}


def _conflict(parcel: Parcel, alerted: AlertedConflict, public_url: str) -> Mapping[str, object]:
    conflict = alerted.conflict
    return {
        "conflict_id": conflict.id,
        "change": alerted.alert.change,
        "occurrence": alerted.alert.occurrence,
        "state": conflict.state,
        "relation": conflict.label,
        "kind": conflict.kind,
        "severity": conflict.severity,
        "reason": _phrasing(parcel).because(conflict.reason),
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
    speech, name = _phrasing(parcel), parcel.subscription.name
    match parcel.delivery.kind:
        case MessageKind.TEST:
            return speech.say("Test: {name}", name=name)
        case MessageKind.DIGEST:
            count = len(parcel.alerted)
            return speech.count(
                "{name}: {number} conflict", "{name}: {number} conflicts", count, name=name
            )
        case MessageKind.ALERT:
            return _headline(speech, parcel.alerted[0])


def text(parcel: Parcel, public_url: str) -> str:
    """The quotations with speaker, outlet and date, then the reason, the severity and the link."""
    speech = _phrasing(parcel)
    match parcel.delivery.kind:
        case MessageKind.TEST:
            name = parcel.subscription.name
            return speech.say("This is a test. Alerts of “{name}” arrive here.", name=name)
        case MessageKind.DIGEST:
            return "\n\n\n".join(
                f"{number}. {_headline(speech, each)}\n\n"
                f"{_told(speech, each, public_url, quoted=1)}"
                for number, each in enumerate(parcel.alerted, start=1)
            )
        case MessageKind.ALERT:
            return _told(speech, parcel.alerted[0], public_url, quoted=QUOTED)


def _phrasing(parcel: Parcel) -> Phrasing:
    return phrasing(parcel.subscription.language)


def _headline(speech: Phrasing, alerted: AlertedConflict) -> str:
    first, second = (_speakers(side) for side in _sides(alerted))
    relation = speech.word(alerted.conflict.label).capitalize()
    said = {"relation": relation, "first": first, "second": second}
    match alerted.alert.change:
        case Change.OPENED:
            return speech.say("{relation}: {first} / {second}", **said)
        case Change.NEW_EVIDENCE:
            return speech.say("New evidence: {relation}: {first} / {second}", **said)
        case Change.CAME_BACK:
            return speech.say("Back again: {relation}: {first} / {second}", **said)
        case Change.CONFIRMED:
            return speech.say("Confirmed: {relation}: {first} / {second}", **said)
        case Change.DISMISSED:
            return speech.say("Dismissed: {relation}: {first} / {second}", **said)


def _speakers(side: Sequence[Claim]) -> str:
    return ", ".join(dict.fromkeys(claim.source.name for claim in side))


def _told(speech: Phrasing, alerted: AlertedConflict, public_url: str, *, quoted: int) -> str:
    quotations = "\n\n".join(_side(speech, side, quoted) for side in _sides(alerted))
    conflict = alerted.conflict
    why = speech.say(
        "{reason} (severity {severity})",
        reason=speech.because(conflict.reason),
        severity=speech.share(conflict.severity),
    )
    return f"{quotations}\n\n{why}\n{conflict_url(public_url, conflict)}"


def _side(speech: Phrasing, claims: Sequence[Claim], quoted: int) -> str:
    more = len(claims) - quoted
    lines = [_quotation(speech, claim) for claim in claims[:quoted]]
    return "\n".join([*lines, speech.say("… and {more} more", more=more)] if more > 0 else lines)


def _quotation(speech: Phrasing, claim: Claim) -> str:
    return speech.say(
        "{speaker} ({outlet}, {day}): “{quotation}”",
        speaker=_speaker(speech, claim.source),
        outlet=claim.outlet,
        day=speech.day(claim.statement.said_on),
        quotation=claim.statement.text,
    )


def _speaker(speech: Phrasing, source: Source) -> str:
    said_for = source.speaks_for if source.speaks_for != source.role else None
    with_role = ", ".join(filter(None, (source.name, source.role)))
    return (
        speech.say("{speaker}, for {body}", speaker=with_role, body=said_for)
        if said_for
        else with_role
    )
