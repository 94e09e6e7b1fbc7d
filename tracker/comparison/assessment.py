"""Assessments that pull apart: progress reported and denied, praise against blame."""

from collections.abc import Iterator

from tracker.comparison.alignment import stance
from tracker.comparison.finding import Finding, Side
from tracker.languages.reading import ClauseKind, Mention
from tracker.types import Kind, Modality, Reason, Sentence, VerdictLabel

_OBJECT_WORDS = 4
"""How many words after a concept are taken for what it is said of."""
_DENIED, _OPPOSITE, _APART = 0.75, 0.6, 0.5
"""How sure the rule is: one concept denied, opposite words for one concept, praise against blame.

Of 13 pairs that it flags on the claim sets 11 are contradictions or reversals.
"""


def opposed_assessments(premise: Side, hypothesis: Side) -> Finding | None:
    """The best pair of judgements that pull in opposite directions about the same thing."""
    if premise.names - hypothesis.context and hypothesis.names - premise.context:
        return None
    found = list(_oppositions(premise, hypothesis))
    return max(found, key=lambda finding: finding.probability, default=None)


def _share_words(premise: Side, hypothesis: Side) -> bool:
    """Whether both speak of something; what one of them calls another one does not count."""
    shared = premise.terms & hypothesis.terms - (premise.others | hypothesis.others)
    return any(not _is_judgement(term, premise, hypothesis) for term in shared)


def _share_names(premise: Side, hypothesis: Side) -> bool:
    """Whether one names what the other, or its line of context, names too."""
    shared = premise.names & hypothesis.context | hypothesis.names & premise.context
    return bool(shared)


def _is_judgement(term: str, *sides: Side) -> bool:
    return any(
        term in side.reading.terms_between(mention.first, mention.last)
        for side in sides
        for mention in side.reading.mentions
        if mention.sense.judges
    )


def _oppositions(premise: Side, hypothesis: Side) -> Iterator[Finding]:
    words, names = _share_words(premise, hypothesis), _share_names(premise, hypothesis)
    for a in _judgements(premise):
        for b in _judgements(hypothesis):
            linked = words or (names and a.sense.concept == b.sense.concept)
            opposed = a.pole == -b.pole and not _different_objects(premise, a, hypothesis, b)
            if linked and opposed:
                yield _finding(a, b)


def _judgements(side: Side) -> Iterator[Mention]:
    clauses = side.reading.clauses
    return (
        mention
        for mention in side.reading.mentions
        if mention.sense.judges
        and clauses[mention.clause].kind is not ClauseKind.CONDITION
        and not _is_unasserted(side, mention)
    )


def _is_unasserted(side: Side, mention: Mention) -> bool:
    """ "Any progress" and "could be a success" report none, unless it is denied."""
    if Modality.POSSIBLE in stance(side, side.reading.clauses[mention.clause]):
        return True
    before = side.reading.words[max(mention.first - 2, 0) : mention.first]
    return mention.negation is None and any(word.folded in side.table.unasserted for word in before)


def _different_objects(premise: Side, a: Mention, hypothesis: Side, b: Mention) -> bool:
    """Whether both judgements are said of something, and of nothing that the sides share."""
    first, second = _object(premise, a), _object(hypothesis, b)
    return (
        bool(first and second)
        and first.isdisjoint(hypothesis.terms)
        and second.isdisjoint(premise.terms)
    )


def _object(side: Side, mention: Mention) -> frozenset[str]:
    """What follows a preposition after the judgement: "progress on the hardest questions"."""
    clause = side.reading.clauses[mention.clause]
    words = side.reading.words[mention.last : min(mention.last + _OBJECT_WORDS, clause.last)]
    for n, word in enumerate(words, start=mention.last):
        if word.folded in side.table.prepositions:
            return side.reading.terms_between(n, min(n + _OBJECT_WORDS, clause.last))
    return frozenset()


def _finding(a: Mention, b: Mention) -> Finding:
    same = a.sense.concept == b.sense.concept
    denial = same and a.sense.pole == b.sense.pole
    return Finding(
        label=VerdictLabel.CONTRADICTION,
        probability=_DENIED if denial else _OPPOSITE if same else _APART,
        kind=Kind.NEGATION if denial else Kind.EVALUATION,
        reason=_denial(a, b) if denial else _contrast(a, b),
        premise_words=_words(a),
        hypothesis_words=_words(b),
    )


def _words(mention: Mention) -> tuple[str, ...]:
    return (mention.negation, mention.text) if mention.negation else (mention.text,)


def _denial(a: Mention, b: Mention) -> Reason:
    denied, affirmed = (a, b) if a.negation else (b, a)
    return Reason(Sentence.DENIED, (affirmed.text, " … ".join(_words(denied))))


def _contrast(a: Mention, b: Mention) -> Reason:
    return Reason(Sentence.OPPOSITE_VIEWS, (" … ".join(_words(a)), " … ".join(_words(b))))
