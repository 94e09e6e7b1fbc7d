"""Why a conflict is one: the claims that are set against each other, and what was said of them."""

from typing import Self

from tracker import types
from web.api.answers import Answer
from web.api.operations import blueprint
from web.current import tracker
from web.evidence import across, claims_of


class Verdict(Answer):
    """What a comparer says of two claims."""

    comparer: str
    version: str
    label: types.VerdictLabel
    entailment: float
    """The probabilities of the three, from 0 to 1."""
    neutral: float
    contradiction: float
    leanings: dict[types.RelationLabel, float]
    """How likely each relation is, from a comparer that judges that too."""
    kind: types.Kind | None
    reason: str

    @classmethod
    def of(cls, value: types.Verdict) -> Self:
        """A verdict."""
        return cls(
            comparer=value.comparer,
            version=value.version,
            label=value.label,
            entailment=value.entailment,
            neutral=value.neutral,
            contradiction=value.contradiction,
            leanings=dict(value.leanings),
            kind=value.kind,
            reason=str(value.reason),
        )


class Pair(Answer):
    """Two claims on opposite sides."""

    premise: int
    """The claim that came first."""
    hypothesis: int
    relation: types.RelationLabel
    probability: float
    kind: types.Kind | None
    reason: str
    premise_words: list[str]
    """The words of the claim that the relation rests on, as printed."""
    hypothesis_words: list[str]
    scores: dict[str, float]
    """How far the two speak of the same thing, by name, each from 0 to 1."""
    verdicts: list[Verdict]

    @classmethod
    def of(cls, value: types.RelatedPair) -> Self:
        """A pair with its relation, its scores and its verdicts."""
        relation = value.relation
        return cls(
            premise=value.premise.id,
            hypothesis=value.hypothesis.id,
            relation=relation.label,
            probability=relation.probability,
            kind=relation.kind,
            reason=str(relation.reason),
            premise_words=list(relation.premise_words),
            hypothesis_words=list(relation.hypothesis_words),
            scores=dict(value.match.scores),
            verdicts=[Verdict.of(each) for each in value.verdicts],
        )


class Pairs(Answer):
    """Every pair that sets one side of a conflict against the other."""

    pairs: list[Pair]


@blueprint.operation("GET", "/api/conflicts/<id:conflict_id>/pairs", answer=Pairs)
def pairs(conflict_id: int) -> Pairs:
    """The pairs that set one side against the other, the surest first, with every verdict."""
    with tracker().storage.snapshot() as tx:
        conflict = tx.conflicts.get(conflict_id)
        found = across(conflict, tx.matches.of_claims(list(claims_of(tx, [conflict]))))
    return Pairs(pairs=[Pair.of(each) for each in found])
