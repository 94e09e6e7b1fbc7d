"""What reviewers decided beside what the program thought: where to set the bar for conflicts."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from tracker.comparison import Cascade
from tracker.errors import EvaluationError
from tracker.evaluation.gold import GoldPair
from tracker.evaluation.pairs import pairing_of
from tracker.languages import Languages
from tracker.types import CONFLICTING

FEWEST = 20
"""Reviewed pairs that the program takes for a conflict, below which nothing is fitted."""


@dataclass(frozen=True)
class Reviewed:
    """How likely the program finds a conflict, and whether a person found one."""

    chance: float
    is_conflict: bool


def reviewed(pairs: Sequence[GoldPair], cascade: Cascade, packs: Languages) -> list[Reviewed]:
    """Judge pairs that a person has labelled; those that look like no conflict are left out."""
    judgements = cascade.judge([pairing_of(pair, packs) for pair in pairs])
    return [
        Reviewed(judgement.chance, pair.label in CONFLICTING)
        for pair, judgement in zip(pairs, judgements, strict=True)
        if judgement.chance
    ]


def lowest_threshold(found: Sequence[Reviewed], precision: float) -> float:
    """The lowest chance from which so many of the flagged are conflicts.

    Raises:
        EvaluationError: there is too little to go by, or no threshold does it.
    """
    right = sum(each.is_conflict for each in found)
    if len(found) < FEWEST or right in (0, len(found)):
        raise EvaluationError(
            f"{len(found)} reviewed pairs look like conflicts to the program, {right} of them are: "
            f"at least {FEWEST} with some of either sort are needed; review more conflicts first"
        )
    for threshold in sorted({floor(100 * each.chance) / 100 for each in found}):
        flagged = [each for each in found if each.chance >= threshold]
        if flagged and sum(each.is_conflict for each in flagged) >= precision * len(flagged):
            return threshold
    raise EvaluationError(f"no threshold makes {precision:.0%} of the flagged pairs conflicts")
