"""The same concept affirmed and denied, named by opposite words, or judged in opposite ways."""

from collections.abc import Iterator

from tracker.comparison.finding import Finding, Side
from tracker.languages.reading import ClauseKind, Mention
from tracker.types import Kind, VerdictLabel

_NEAR = 4
"""Words on either side of a concept in which its subject or object is looked for."""


def opposed_concepts(premise: Side, hypothesis: Side) -> Finding | None:
    """The best pair of mentions that pull in opposite directions about the same thing."""
    found = list(_oppositions(premise, hypothesis))
    return max(found, key=lambda finding: finding.probability, default=None)


def _oppositions(premise: Side, hypothesis: Side) -> Iterator[Finding]:
    for a in _asserted(premise):
        for b in _asserted(hypothesis):
            if a.pole == -b.pole and not _different_objects(premise, a, hypothesis, b):
                finding = _opposition(premise, a, hypothesis, b)
                if finding:
                    yield finding


def _asserted(side: Side) -> Iterator[Mention]:
    clauses = side.reading.clauses
    return (
        mention
        for mention in side.reading.mentions
        if clauses[mention.clause].kind is not ClauseKind.CONDITION
    )


def _opposition(premise: Side, a: Mention, hypothesis: Side, b: Mention) -> Finding | None:
    if a.sense.concept == b.sense.concept:
        if a.sense.judges and bool(a.negation) != bool(b.negation):
            return _finding(premise, a, hypothesis, b, Kind.NEGATION, 0.75)
        if a.sense.judges:
            return _finding(premise, a, hypothesis, b, Kind.EVALUATION, 0.6)
        if _share_object(premise, a, hypothesis, b):
            return _finding(premise, a, hypothesis, b, Kind.ANTONYM, 0.7)
        return None
    if a.sense.judges and b.sense.judges:
        return _finding(premise, a, hypothesis, b, Kind.EVALUATION, 0.5)
    return None


def _different_objects(premise: Side, a: Mention, hypothesis: Side, b: Mention) -> bool:
    """Whether both concepts are said of something, and of nothing that the sides share."""
    first, second = _object(premise, a), _object(hypothesis, b)
    return (
        bool(first and second)
        and first.isdisjoint(hypothesis.terms)
        and second.isdisjoint(premise.terms)
    )


def _object(side: Side, mention: Mention) -> frozenset[str]:
    """What follows the concept in its clause."""
    clause = side.reading.clauses[mention.clause]
    return side.reading.terms_between(mention.last, min(mention.last + _NEAR, clause.last))


def _share_object(premise: Side, a: Mention, hypothesis: Side, b: Mention) -> bool:
    return not _around(premise, a).isdisjoint(_around(hypothesis, b))


def _around(side: Side, mention: Mention) -> frozenset[str]:
    clause = side.reading.clauses[mention.clause]
    before = side.reading.terms_between(max(mention.first - _NEAR, clause.first), mention.first)
    after = side.reading.terms_between(mention.last, min(mention.last + _NEAR, clause.last))
    return (before | after) - {f"concept:{mention.sense.concept}"}


def _finding(
    premise: Side, a: Mention, hypothesis: Side, b: Mention, kind: Kind, probability: float
) -> Finding:
    return Finding(
        label=VerdictLabel.CONTRADICTION,
        probability=probability,
        kind=kind,
        reason=_reason(a, b, kind),
        premise_words=_words(a),
        hypothesis_words=_words(b),
    )


def _words(mention: Mention) -> tuple[str, ...]:
    return (mention.negation, mention.text) if mention.negation else (mention.text,)


def _reason(a: Mention, b: Mention, kind: Kind) -> str:
    first, second = " … ".join(_words(a)), " … ".join(_words(b))
    if kind is Kind.NEGATION:
        denied, affirmed = (first, b.text) if a.negation else (second, a.text)
        return f"One side speaks of “{affirmed}”, the other denies it: “{denied}”."
    if kind is Kind.ANTONYM:
        return f"“{first}” and “{second}” say opposite things of the same matter."
    return f"The two assess the same matter in opposite ways: “{first}” against “{second}”."
