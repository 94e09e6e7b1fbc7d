"""What an alert says: as JSON for a webhook, as a few lines of text for a person."""

import json
from collections.abc import Mapping, Sequence

from tracker.types import Alert, Claim, Conflict


def message_id(alert: Alert) -> str:
    """The same for every attempt to send one alert, so that a receiver can tell a repeat."""
    return f"alert-{alert.id}"


def conflict_url(public_url: str, conflict: Conflict) -> str:
    """Where the conflict is shown."""
    return f"{public_url.rstrip('/')}/conflicts/{conflict.id}"


def body(alert: Alert, conflict: Conflict, claims: Sequence[Claim], public_url: str) -> str:
    """The JSON of a webhook, in the ``type``/``timestamp``/``data`` form of Standard Webhooks."""
    return json.dumps(
        {
            "type": "conflict.opened" if alert.occurrence == 1 else "conflict.reopened",
            "timestamp": conflict.updated_at.isoformat(),
            "data": {
                "conflict_id": conflict.id,
                "occurrence": alert.occurrence,
                "relation": conflict.label,
                "kind": conflict.kind,
                "severity": conflict.severity,
                "reason": str(conflict.reason),
                "url": conflict_url(public_url, conflict),
                "sides": [[_claim(claim) for claim in side] for side in sides(conflict, claims)],
            },
        },
        ensure_ascii=False,
    )


def sides(conflict: Conflict, claims: Sequence[Claim]) -> list[list[Claim]]:
    """The claims of either side, in the conflict's order."""
    by_id = {claim.id: claim for claim in claims}
    return [[by_id[id] for id in side if id in by_id] for side in conflict.sides]


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


def title(conflict: Conflict, claims: Sequence[Claim]) -> str:
    """One line: the relation and who stands against whom."""
    first, second = (_speakers(side) for side in sides(conflict, claims))
    return f"{conflict.label.capitalize()}: {first} / {second}"


def _speakers(side: Sequence[Claim]) -> str:
    return ", ".join(dict.fromkeys(claim.source.name for claim in side))


def text(conflict: Conflict, claims: Sequence[Claim], public_url: str) -> str:
    """The quotations with speaker, outlet and date, then the reason, the severity and the link."""
    quotations = "\n\n".join(
        "\n".join(_quotation(claim) for claim in side) for side in sides(conflict, claims)
    )
    return (
        f"{quotations}\n\n{conflict.reason} (severity {conflict.severity:.2f})\n"
        f"{conflict_url(public_url, conflict)}"
    )


def _quotation(claim: Claim) -> str:
    return (
        f"{claim.source.name} ({claim.outlet}, {claim.statement.said_on:%Y-%m-%d}): "
        f"“{claim.statement.text}”"
    )
