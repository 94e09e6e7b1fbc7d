"""What is found of a claim is found of its sightings, which are compared with nobody themselves."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from tracker.types import Claim, RelatedPair


@dataclass(frozen=True)
class Prints:
    """The claims of a store, by the claim that stands for each."""

    _of: Mapping[int, list[Claim]]

    @classmethod
    def among(cls, claims: Iterable[Claim]) -> "Prints":
        """Those of these claims."""
        found: dict[int, list[Claim]] = defaultdict(list)
        for claim in claims:
            found[claim.standing_id].append(claim)
        return cls(found)

    def related(self, pairs: Sequence[RelatedPair]) -> list[RelatedPair]:
        """Every pair as each print of its claims has it."""
        return [
            replace(pair, premise=premise, hypothesis=hypothesis)
            for pair in pairs
            for premise, hypothesis in product(
                self._of[pair.premise.id], self._of[pair.hypothesis.id]
            )
        ]

    def scores(self, scores: Mapping[frozenset[int], float]) -> dict[frozenset[int], float]:
        """The score of every match as each print has it; what prints the same matches entirely."""
        same = {
            frozenset({one.id, other.id}): 1.0
            for prints in self._of.values()
            for one, other in combinations(prints, 2)
        }
        return same | {
            frozenset({one.id, other.id}): score
            for pair, score in scores.items()
            for one, other in product(*(self._of[id] for id in pair))
        }
