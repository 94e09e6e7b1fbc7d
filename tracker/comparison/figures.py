"""Numbers and dates that cannot both be right."""

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal

from tracker.comparison.alignment import align, meet
from tracker.comparison.finding import Finding, Side
from tracker.languages.reading import Clause
from tracker.types import Bound, Kind, Quantity, Reason, Sentence, VerdictLabel

_LOOSE = 0.12
"""How far from the stated value "about" may reach, as a share of it."""
_ROUND = 100
"""From here on a figure that ends in noughts may have been rounded."""
_SHARED = 2
"""Content words that the clauses of two figures must have in common."""
_PROBABILITY = 0.6
"""Of 45 pairs that the two rules flag on the claim sets 36 are contradictions or updates, but of 18
in held-out articles two: figures of other things in like clauses. So they need the model's word."""


def agree(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities of one unit may describe the same thing.

    Exact figures are compared at the precision of the rounder one: 8 and 7.9 agree, and so do
    3 million and 3.1 million; counts below a hundred are never taken for round.
    """
    step_a, step_b = _step(a.value), _step(b.value)
    low_a, high_a = _range(a, step_a if step_a > step_b else 0.0)
    low_b, high_b = _range(b, step_b if step_b > step_a else 0.0)
    return low_a <= high_b and low_b <= high_a


def _step(value: float) -> float:
    """The place of the last digit that was stated: 0.1 for 7.9, 10 for 140, 1 for 40."""
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    step = 10.0**exponent if isinstance(exponent, int) else 1.0
    return step if value >= _ROUND or step < 1 else 1.0


def _range(quantity: Quantity, step: float) -> tuple[float, float]:
    """The values that a quantity allows, ``step`` being the precision it was rounded to."""
    value = quantity.value
    match quantity.bound:
        case Bound.EXACT:
            return value - step / 2, value + step / 2
        case Bound.ABOUT:
            margin = max(value * _LOOSE, step / 2)
            return value - margin, value + margin
        case Bound.AT_LEAST:
            return value, math.inf
        case Bound.AT_MOST:
            return -math.inf, value


def conflicting_numbers(premise: Side, hypothesis: Side) -> Finding | None:
    """The best pair of quantities of one unit and one measure that disagree."""
    found = list(_number_conflicts(premise, hypothesis))
    return max(found, key=lambda finding: finding.probability, default=None)


def _number_conflicts(premise: Side, hypothesis: Side) -> Iterator[Finding]:
    for a in premise.statement.details.quantities:
        for b in disagreeing(a, hypothesis.statement.details.quantities):
            if _same_measure(premise, a.text, hypothesis, b.text):
                yield _finding(a.text, b.text, Kind.NUMERIC)


def disagreeing(a: Quantity, others: Sequence[Quantity]) -> list[Quantity]:
    """The quantities of the same unit, unless one of them agrees with ``a``."""
    rivals = [b for b in others if b.unit == a.unit and b.unit]
    return [] if any(agree(a, b) for b in rivals) else rivals


def conflicting_times(premise: Side, hypothesis: Side) -> Finding | None:
    """The best pair of times that the same happening cannot both have."""
    found = list(_time_conflicts(premise, hypothesis))
    return max(found, key=lambda finding: finding.probability, default=None)


def _time_conflicts(premise: Side, hypothesis: Side) -> Iterator[Finding]:
    for a in premise.statement.details.times:
        rivals = hypothesis.statement.details.times
        if any(meet(a, b) for b in rivals):
            continue
        for b in rivals:
            if _same_measure(premise, a.text, hypothesis, b.text):
                yield _finding(a.text, b.text, Kind.DATE)


def _same_measure(premise: Side, a: str, hypothesis: Side, b: str) -> bool:
    """Whether the clauses of two figures speak of the same thing."""
    first, second = _clause(premise, a), _clause(hypothesis, b)
    alignment = align(premise, first, hypothesis, second, but=(a, b))
    same_sign = first.is_negated == second.is_negated
    return alignment.shared >= _SHARED and same_sign and not alignment.foreign


def _clause(side: Side, text: str) -> Clause:
    reading = side.reading
    return reading.clauses[reading.clause_at(max(reading.text.find(text), 0))]


def _finding(a: str, b: str, kind: Kind) -> Finding:
    sentence = Sentence.OTHER_FIGURES if kind is Kind.NUMERIC else Sentence.OTHER_TIMES
    return Finding(
        label=VerdictLabel.CONTRADICTION,
        probability=_PROBABILITY,
        kind=kind,
        reason=Reason(sentence, (a, b)),
        premise_words=(a,),
        hypothesis_words=(b,),
    )
