"""How much a disagreement matters to whoever has to look at it first."""

from collections.abc import Mapping

from tracker.conflicts.neighbourhood import Tie
from tracker.types import Kind, RelationLabel

_BY_LABEL: Mapping[RelationLabel, float] = {
    RelationLabel.CONTRADICTION: 1.0,
    RelationLabel.REVERSAL: 0.9,
    RelationLabel.TENSION: 0.5,
}
_BY_KIND: Mapping[Kind, float] = {Kind.EVALUATION: 0.8, Kind.MODALITY: 0.85, Kind.DATE: 0.9}
"""Matters of judgement and of planning weigh less than matters of fact, which weigh 1."""


def severity_of(tie: Tie) -> float:
    """From 0 to 1: what the relation is, what it turns on, and how sure it is."""
    weight = _BY_LABEL.get(tie.label, 0.0)
    if tie.kind is not None:
        weight *= _BY_KIND.get(tie.kind, 1.0)
    return round(weight * tie.probability, 3)


def strength_of(label: RelationLabel) -> float:
    """How firmly a relation says that two claims cannot both stand; 0 where it says no such."""
    return _BY_LABEL.get(label, 0.0)
