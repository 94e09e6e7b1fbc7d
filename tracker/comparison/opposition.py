"""The same clause on both sides, turned over once: by a negation or by an opposite word."""

from collections.abc import Iterator, Mapping
from itertools import product

from tracker.comparison.alignment import Alignment, align, main_clauses
from tracker.comparison.finding import Finding, Side
from tracker.languages.reading import Clause, Mention
from tracker.types import Kind, Reason, Sentence, VerdictLabel

_SHARED = 2
"""Content words that two clauses must have in common at least, one of them not a name."""
_BY_LEFT_OVER: Mapping[int, float] = {0: 0.8, 1: 0.75, 2: 0.65}
"""How sure the rule is by the number of words without a partner; with more it keeps silent.

Of what it flags on the claim sets, whose unlike pairs are made to mislead, 7 of 10, 19 of 24 and 20
of 33 are contradictions or reversals; with a third word fewer than half were.
"""


def opposed_clauses(premise: Side, hypothesis: Side) -> Finding | None:
    """The best pair of clauses that say the same with opposite sign."""
    found = list(_oppositions(premise, hypothesis))
    return max(found, key=lambda finding: finding.probability, default=None)


def _oppositions(premise: Side, hypothesis: Side) -> Iterator[Finding]:
    for a, b in product(main_clauses(premise), main_clauses(hypothesis)):
        negated = _is_denied(premise, a) != _is_denied(hypothesis, b)
        opposite = _opposite_words(premise, a, hypothesis, b)
        if negated == bool(opposite):  # nothing is turned over, or it is turned over twice
            continue
        alignment = align(premise, a, hypothesis, b)
        if _speak_of_the_same(alignment):
            yield (
                _antonymy(alignment, *opposite)
                if opposite
                else _denial(premise, hypothesis, alignment)
            )


def _is_denied(side: Side, clause: Clause) -> bool:
    """Whether the source says that the clause is not so, in it or by how it is reported."""
    return clause.is_negated != side.statement.details.is_denied


def _speak_of_the_same(alignment: Alignment) -> bool:
    return (
        alignment.shared >= _SHARED
        and alignment.shared_words > 0
        and alignment.left_over in _BY_LEFT_OVER
        and alignment.same_stance
        and not alignment.other_times
        and not alignment.foreign
    )


def _opposite_words(
    premise: Side, a: Clause, hypothesis: Side, b: Clause
) -> tuple[Mention, Mention] | None:
    for first in _mentions(premise, a):
        for second in _mentions(hypothesis, b):
            same = first.sense.concept == second.sense.concept
            if same and first.sense.pole == -second.sense.pole:
                return first, second
    return None


def _mentions(side: Side, clause: Clause) -> Iterator[Mention]:
    """What the clause says of concepts that are no judgements; those have a rule of their own."""
    return (
        mention
        for mention in side.reading.mentions
        if clause.first <= mention.first < clause.last and not mention.sense.judges
    )


def _denial(premise: Side, hypothesis: Side, alignment: Alignment) -> Finding:
    a, b = alignment.a, alignment.b
    said = premise.reading.words_between(a.first, a.last)
    other = hypothesis.reading.words_between(b.first, b.last)
    affirmed, denied = (said, other) if _is_denied(hypothesis, b) else (other, said)
    return Finding(
        label=VerdictLabel.CONTRADICTION,
        probability=_BY_LEFT_OVER[alignment.left_over],
        kind=Kind.NEGATION,
        reason=Reason(Sentence.DENIED, (affirmed, denied)),
        premise_words=(said,),
        hypothesis_words=(other,),
    )


def _antonymy(alignment: Alignment, first: Mention, second: Mention) -> Finding:
    return Finding(
        label=VerdictLabel.CONTRADICTION,
        probability=_BY_LEFT_OVER[alignment.left_over],
        kind=Kind.ANTONYM,
        reason=Reason(Sentence.OPPOSITE_WORDS, (first.text, second.text)),
        premise_words=(first.text,),
        hypothesis_words=(second.text,),
    )
