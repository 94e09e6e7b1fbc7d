"""From verdicts, voices and dates to the relation that the product names.

A multinomial logistic regression over few named numbers (``evidence.py``), one weight a relation
and number, to be read in ``relation.toml``. What cannot both be true is one outcome here: whether
that is a contradiction or a reversal is not learnt but told by who speaks, by the names or as a
comparer reads them (a ministry and its minister, a name in two languages).
"""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from tracker.comparison.evidence import (
    Features,
    Pairing,
    exact_finding,
    features_of,
    is_verbatim,
    same_words,
)
from tracker.types import CONFLICTING, Reason, Relation, RelationLabel, Verdict

OUTCOMES = (
    RelationLabel.CONTRADICTION,
    RelationLabel.TENSION,
    RelationLabel.UPDATE,
    RelationLabel.REPEAT,
    RelationLabel.NONE,
)
"""What is told apart; a reversal is a contradiction of one voice."""


Chances = Mapping[RelationLabel, float]
"""A probability for each of ``OUTCOMES``."""


_AFTER_A_FINDING = (RelationLabel.CONTRADICTION, RelationLabel.TENSION, RelationLabel.UPDATE)
_LEAST = 1e-6


@dataclass(frozen=True)
class RelationLayer:
    """Weighs the evidence; ``weights`` by outcome and feature."""

    weights: Mapping[RelationLabel, Features]
    threshold: float
    """The chance of a conflict from which it is flagged; below it nothing is said."""

    def chances_of(self, pairing: Pairing, verdicts: Sequence[Verdict]) -> Chances:
        """How likely each outcome is for a pair.

        What an exact comparer found stands, as sure as that one is: only what it is, a conflict or
        an update, is weighed. The same words of the same voice are a repeat, whatever is read.
        """
        if is_verbatim(pairing):
            return dict.fromkeys(OUTCOMES, 0.0) | {RelationLabel.REPEAT: 1.0}
        chances = self.chances(features_of(pairing, verdicts))
        exact = exact_finding(verdicts)
        return chances if exact is None else with_finding(chances, exact.contradiction)

    def name(self, pairing: Pairing, chances: Chances, verdicts: Sequence[Verdict]) -> Relation:
        """The relation of a pair: its likeliest outcome, unless that is a conflict too unsure."""
        likeliest = max(chances, key=lambda outcome: chances[outcome])
        label = _told_by_voice(likeliest, pairing.same_voice or _reads_one_voice(verdicts))
        chance = chances[likeliest]
        if label in CONFLICTING and chance < self.threshold:
            return _nothing(1 - chance, verdicts[-1].reason)
        if label is RelationLabel.NONE:
            return _nothing(chance, verdicts[-1].reason)
        return _relation(label, chance, verdicts)

    def chances(self, features: Features) -> Chances:
        """How likely each outcome is."""
        scores = {
            outcome: sum(weights.get(name, 0.0) * value for name, value in features.items())
            for outcome, weights in self.weights.items()
        }
        highest = max(scores.values())
        powers = {outcome: math.exp(score - highest) for outcome, score in scores.items()}
        total = sum(powers.values())
        return {outcome: power / total for outcome, power in powers.items()}


@lru_cache(maxsize=1)
def load_relation_layer() -> RelationLayer:
    """The relation layer that comes with the program."""
    text = resources.files(__package__).joinpath("relation.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return RelationLayer(
        weights={outcome: table[outcome] for outcome in OUTCOMES}, threshold=table["threshold"]
    )


def with_finding(chances: Chances, sure: float) -> Chances:
    """The chances of a pair in which an exact comparer found a contradiction, ``sure`` of it."""
    likeliest = max(_AFTER_A_FINDING, key=lambda outcome: chances[outcome])
    surest = max(sure, chances[likeliest])
    return dict.fromkeys(chances, 0.0) | {likeliest: surest, RelationLabel.NONE: 1 - surest}


def conflict_in(chances: Chances) -> float:
    """The chance of the conflict that a pair looks like; 0 where something else is likelier."""
    likeliest = max(chances, key=lambda outcome: chances[outcome])
    return chances[likeliest] if likeliest in CONFLICTING else 0.0


def tempered(chances: Chances, verdict: Verdict) -> Chances:
    """The mean of the chances and of what a judge says."""
    said = _said_by(verdict, chances)
    return {label: (chance + said[label]) / 2 for label, chance in chances.items()}


def _said_by(verdict: Verdict, chances: Chances) -> Chances:
    """A judge's chances; one who knows only inference leaves the other outcomes as they were."""
    if verdict.leanings:
        hard = verdict.leanings[RelationLabel.CONTRADICTION]
        hard += verdict.leanings[RelationLabel.REVERSAL]
        return {label: verdict.leanings[label] for label in OUTCOMES} | {OUTCOMES[0]: hard}
    rest = max(1 - chances[OUTCOMES[0]], _LEAST)
    left = (1 - verdict.contradiction) / rest
    return {label: left * chance for label, chance in chances.items()} | {
        OUTCOMES[0]: verdict.contradiction
    }


def _told_by_voice(outcome: RelationLabel, one_voice: bool) -> RelationLabel:
    if outcome is RelationLabel.CONTRADICTION and one_voice:
        return RelationLabel.REVERSAL
    return outcome


def _reads_one_voice(verdicts: Sequence[Verdict]) -> bool:
    return any(
        verdict.leanings[RelationLabel.REVERSAL] > verdict.leanings[RelationLabel.CONTRADICTION]
        for verdict in verdicts
        if verdict.leanings
    )


def _relation(label: RelationLabel, chance: float, verdicts: Sequence[Verdict]) -> Relation:
    """With the reason of the exact comparer, where one found what the relation is."""
    exact = same_words(verdicts) if label is RelationLabel.REPEAT else exact_finding(verdicts)
    telling = exact or verdicts[-1]
    return Relation(
        label=label,
        probability=chance,
        kind=telling.kind,
        reason=telling.reason,
        premise_words=telling.premise_words,
        hypothesis_words=telling.hypothesis_words,
    )


def _nothing(chance: float, reason: Reason) -> Relation:
    return Relation(label=RelationLabel.NONE, probability=chance, kind=None, reason=reason)
