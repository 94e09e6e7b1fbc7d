"""One side denies what the other affirms: the same clause, negated once."""

from collections.abc import Iterator

from tracker.comparison.finding import Finding, Side
from tracker.languages.reading import Clause, ClauseKind
from tracker.types import Kind, VerdictLabel

_SHARED = 2
"""Terms that two clauses must have in common at least."""
_ALIGNED = 0.6
"""Share of the shorter clause that must come back in the other."""


def denied_clause(premise: Side, hypothesis: Side) -> Finding | None:
    """The best pair of clauses that say the same with opposite polarity."""
    found = list(_denials(premise, hypothesis))
    return max(found, key=lambda finding: finding.probability, default=None)


def _denials(premise: Side, hypothesis: Side) -> Iterator[Finding]:
    for a in _main(premise):
        for b in _main(hypothesis):
            if _negated(a) != _negated(b) and (aligned := _aligned(premise, a, hypothesis, b)):
                yield _finding(premise, a, hypothesis, b, aligned)


def _main(side: Side) -> Iterator[Clause]:
    return (clause for clause in side.reading.clauses if clause.kind is ClauseKind.MAIN)


def _negated(clause: Clause) -> bool:
    return (len(clause.denials) + (clause.negator is not None)) % 2 == 1


def _aligned(premise: Side, a: Clause, hypothesis: Side, b: Clause) -> float:
    """How much of the shorter clause comes back in the other; 0 where it is too little."""
    first = premise.reading.terms[a.first : a.last]
    second = hypothesis.reading.terms[b.first : b.last]
    in_first = sum(not terms.isdisjoint(frozenset().union(*second)) for terms in first)
    in_second = sum(not terms.isdisjoint(frozenset().union(*first)) for terms in second)
    shared = min(in_first, in_second)
    shorter = min(sum(map(bool, first)), sum(map(bool, second)))
    share = shared / shorter if shorter else 0.0
    return share if shared >= _SHARED and share >= _ALIGNED else 0.0


def _finding(premise: Side, a: Clause, hypothesis: Side, b: Clause, aligned: float) -> Finding:
    said = premise.reading.words_between(a.first, a.last)
    other = hypothesis.reading.words_between(b.first, b.last)
    affirmed, denied = (said, other) if _negated(b) else (other, said)
    return Finding(
        label=VerdictLabel.CONTRADICTION,
        probability=0.4 + 0.5 * aligned,
        kind=Kind.NEGATION,
        reason=f"One side says “{affirmed}”, the other denies it: “{denied}”.",
        premise_words=(said,),
        hypothesis_words=(other,),
    )
