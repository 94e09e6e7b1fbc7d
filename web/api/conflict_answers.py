"""How conflicts read as JSON."""

from typing import Any, Self

from flask import url_for

from tracker import types
from web.api.answers import Answer, Claim, Moment, Sighting
from web.evidence import Evidence


class HistoryEntry(Answer):
    """One thing that happened to a conflict."""

    at: Moment
    event: types.Event
    by: str
    note: str
    claims: list[int]
    """The claims that came, went or changed sides."""


class ConflictHead(Answer):
    """What is told of a conflict wherever it is told of."""

    id: int
    state: types.ConflictState
    relation: types.RelationLabel
    kind: types.Kind | None
    severity: float
    """From 0 to 1."""
    reason: str
    outlets: int
    """How many outlets carry a claim of it."""
    occurrence: int
    """Grows by one each time new evidence brings it back."""
    dismissal: types.Dismissal | None
    snoozed_until: Moment | None
    """Null in a snoozed conflict means until new evidence."""
    assignee: str
    """Who sees to it; nobody when empty."""
    second_opinion: bool
    """Whether another person is asked to look before it is decided."""
    opened_at: Moment
    updated_at: Moment
    evidence_at: Moment
    """When a claim last came that is new evidence."""

    @classmethod
    def of(cls, value: types.Conflict) -> Self:
        """A conflict without its claims."""
        return cls(**_head(value))


class Conflict(ConflictHead):
    """A disagreement under review."""

    merged_into: int | None
    """The conflict that stands for this one."""
    page: str
    """Where a person reads it."""
    sides: list[list[Claim]]
    """Two; the side that spoke first comes first."""
    sightings: list[Sighting]
    """What prints claims of the sides again, in their order, the first printed first."""
    history: list[HistoryEntry]

    @classmethod
    def read(cls, value: types.Conflict, evidence: Evidence) -> Self:
        """A conflict, with the claims of its sides among ``evidence``."""
        return cls(
            **_head(value),
            merged_into=value.merged_into,
            page=url_for("conflicts.detail", conflict_id=value.id, _external=True),
            sides=[[Claim.of(evidence.claims[id]) for id in side] for side in value.sides],
            sightings=[
                Sighting.of(each)
                for side in value.sides
                for id in side
                for each in evidence.sightings.get(id, ())
            ],
            history=[_change(entry) for entry in value.history],
        )


def _head(value: types.Conflict) -> dict[str, Any]:
    same = ConflictHead.model_fields.keys() - {"relation", "reason"}
    told = {name: getattr(value, name) for name in same}
    return told | {"relation": value.label, "reason": str(value.reason)}


def _change(entry: types.HistoryEntry) -> HistoryEntry:
    return HistoryEntry(
        at=entry.at,
        event=entry.event,
        by=entry.by,
        note=entry.note,
        claims=list(entry.claims),
    )
