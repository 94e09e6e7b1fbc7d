"""The same content again, in other words."""

from rapidfuzz import fuzz

from tracker.comparison.finding import Finding, Side
from tracker.comparison.matter import overlap
from tracker.languages import fold
from tracker.types import VerdictLabel

_ALIKE = 0.5
"""From here on two statements count as the same content."""


def same_content(premise: Side, hypothesis: Side) -> Finding | None:
    """An entailment where words and terms of the two are mostly the same."""
    alike = likeness(premise, hypothesis)
    if alike < _ALIKE:
        return None
    return Finding(
        label=VerdictLabel.ENTAILMENT,
        probability=alike,
        kind=None,
        reason="Both say the same in nearly the same words.",
    )


def likeness(premise: Side, hypothesis: Side) -> float:
    """From 0 to 1: shared terms and similar wording."""
    wording = fuzz.token_sort_ratio(fold(premise.reading.text), fold(hypothesis.reading.text)) / 100
    return 0.5 * overlap(premise.terms, hypothesis.terms) + 0.5 * wording
