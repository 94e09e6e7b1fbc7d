"""The same content again, in other words."""

from rapidfuzz import fuzz

from tracker.comparison.figures import disagreeing
from tracker.comparison.finding import Finding, Side
from tracker.languages import fold
from tracker.types import ClaimDetails, Reason, Sentence, VerdictLabel

_ALIKE = 0.5
"""From here on two statements count as the same content; half of those found on the claim sets are
repeats, and most of the others agree without being one (two sources, or a later figure)."""


def same_content(premise: Side, hypothesis: Side) -> Finding | None:
    """An entailment where words and terms of the two are mostly the same."""
    alike = likeness(premise, hypothesis)
    if alike < _ALIKE or _differ(premise.statement.details, hypothesis.statement.details):
        return None
    return Finding(
        label=VerdictLabel.ENTAILMENT,
        probability=alike,
        kind=None,
        reason=Reason(Sentence.SAME_WORDS),
    )


def _differ(a: ClaimDetails, b: ClaimDetails) -> bool:
    """Whether the sign differs, or a figure."""
    if a.polarity is not b.polarity:
        return True
    return any(disagreeing(first, b.quantities) for first in a.quantities)


def likeness(premise: Side, hypothesis: Side) -> float:
    """From 0 to 1: shared terms and similar wording."""
    wording = fuzz.token_sort_ratio(fold(premise.reading.text), fold(hypothesis.reading.text)) / 100
    return 0.5 * overlap(premise.terms, hypothesis.terms) + 0.5 * wording


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the smaller set that is in the other (overlap coefficient)."""
    smaller = min(len(a), len(b))
    return len(a & b) / smaller if smaller else 0.0
