"""How much a disagreement matters to whoever has to look at it first."""

from collections.abc import Mapping
from typing import Protocol

from tracker.types import Kind, RelationLabel

_BY_LABEL: Mapping[RelationLabel, float] = {
    RelationLabel.CONTRADICTION: 1.0,
    RelationLabel.REVERSAL: 0.9,
    RelationLabel.TENSION: 0.5,
}
_BY_KIND: Mapping[Kind, float] = {Kind.EVALUATION: 0.8, Kind.MODALITY: 0.85, Kind.DATE: 0.9}
"""Matters of judgement and of planning weigh less than matters of fact, which weigh 1."""


class Related(Protocol):
    """Anything that says how two claims stand to each other, and how sure that is."""

    @property
    def label(self) -> RelationLabel: ...  # noqa: D102
    @property
    def kind(self) -> Kind | None: ...  # noqa: D102
    @property
    def probability(self) -> float: ...  # noqa: D102


def severity_of(relation: Related) -> float:
    """From 0 to 1: what the relation is, what it turns on, and how sure it is."""
    weight = _BY_LABEL.get(relation.label, 0.0)
    if relation.kind is not None:
        weight *= _BY_KIND.get(relation.kind, 1.0)
    return round(weight * relation.probability, 3)


def strength_of(label: RelationLabel) -> float:
    """How firmly a relation says that two claims cannot both stand; 0 where it says no such."""
    return _BY_LABEL.get(label, 0.0)
