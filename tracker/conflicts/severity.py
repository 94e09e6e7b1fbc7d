"""How much a disagreement matters to whoever has to look at it first."""

from collections.abc import Mapping

from tracker.types import Kind, RelatedPair, RelationLabel

_BY_LABEL: Mapping[RelationLabel, float] = {
    RelationLabel.CONTRADICTION: 1.0,
    RelationLabel.REVERSAL: 0.9,
    RelationLabel.TENSION: 0.5,
}
_BY_KIND: Mapping[Kind, float] = {Kind.EVALUATION: 0.8, Kind.MODALITY: 0.85, Kind.DATE: 0.9}
"""Matters of judgement and of planning weigh less than matters of fact, which weigh 1."""


def severity_of(pair: RelatedPair) -> float:
    """From 0 to 1: what the relation is, what it turns on, and how sure it is."""
    relation = pair.relation
    weight = _BY_LABEL.get(relation.label, 0.0)
    if relation.kind is not None:
        weight *= _BY_KIND.get(relation.kind, 1.0)
    return round(weight * relation.probability, 3)
