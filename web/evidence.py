"""What is set against what in a conflict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.storage import Transaction
from tracker.types import CONFLICTING, Claim, Conflict, RelatedPair


@dataclass(frozen=True)
class Evidence:
    """The claims on either side of conflicts, by id, and who prints them again."""

    claims: Mapping[int, Claim]
    sightings: Mapping[int, Sequence[Claim]]
    """By the claim that they print again, the first printed first."""

    def other_outlets(self, claim: Claim) -> int:
        """How many other outlets printed a claim again."""
        return len({each.outlet for each in self.sightings.get(claim.id, ())} - {claim.outlet})


def evidence_of(tx: Transaction, conflicts: Sequence[Conflict]) -> Evidence:
    """What ``conflicts`` hold."""
    claims = claims_of(tx, conflicts)
    return Evidence(claims, tx.sightings.of(list(claims)))


def claims_of(tx: Transaction, conflicts: Sequence[Conflict]) -> dict[int, Claim]:
    """The claims on either side of ``conflicts``, by id."""
    ids = dict.fromkeys(id for each in conflicts for side in each.sides for id in side)
    return {claim.id: claim for claim in tx.claims.get_many(list(ids))}


def across(conflict: Conflict, pairs: Sequence[RelatedPair]) -> list[RelatedPair]:
    """The pairs that set one side against the other, surest first."""
    first, second = map(frozenset, conflict.sides)
    crossing = [
        pair
        for pair in pairs
        if pair.relation.label in CONFLICTING
        and len({pair.premise.id, pair.hypothesis.id} & first) == 1
        and len({pair.premise.id, pair.hypothesis.id} & second) == 1
    ]
    return sorted(crossing, key=lambda pair: -pair.relation.probability)
