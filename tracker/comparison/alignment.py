"""Clauses of two statements laid beside each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.comparison.finding import Side
from tracker.languages.reading import Clause, ClauseKind
from tracker.types import Modality

Terms = frozenset[str]


@dataclass(frozen=True)
class Alignment:
    """Two clauses and what they have in common."""

    a: Clause
    b: Clause
    shared: int
    """Content words of one clause that come back in the other; the lower count of the two."""
    shared_words: int
    """Those among them that are not names."""
    left_over: int
    """Content words of the longer clause without a partner."""
    foreign: bool
    """Whether each clause names something that the other statement knows nothing of."""
    same_stance: bool
    """Whether both are said as facts, as plans, as possibilities, …"""


def aligned_clauses(premise: Side, hypothesis: Side) -> Iterator[Alignment]:
    """All pairs of main clauses; conditions and asides are nobody's point."""
    for a in main_clauses(premise):
        for b in main_clauses(hypothesis):
            yield align(premise, a, hypothesis, b)


def main_clauses(side: Side) -> Iterator[Clause]:
    """The clauses that make up the point of a statement."""
    return (clause for clause in side.reading.clauses if clause.kind is ClauseKind.MAIN)


def align(premise: Side, a: Clause, hypothesis: Side, b: Clause) -> Alignment:
    """Lay two clauses beside each other, word for word by their terms."""
    first, second = _content(premise, a), _content(hypothesis, b)
    in_first, in_second = _returning(first, second), _returning(second, first)
    shared = min(len(in_first), len(in_second))
    return Alignment(
        a=a,
        b=b,
        shared=shared,
        shared_words=min(
            sum(not _is_name(terms) for terms in part) for part in (in_first, in_second)
        ),
        left_over=max(len(first), len(second)) - shared,
        same_stance=stance(premise, a) == stance(hypothesis, b),
        foreign=_names_alone(first, hypothesis) and _names_alone(second, premise),
    )


def _content(side: Side, clause: Clause) -> list[Terms]:
    return [terms for terms in side.reading.terms[clause.first : clause.last] if terms]


def _returning(words: Sequence[Terms], others: Sequence[Terms]) -> list[Terms]:
    pool = frozenset().union(*others)
    return [terms for terms in words if not terms.isdisjoint(pool)]


def _common_words(words: Sequence[Terms]) -> int:
    return sum(not _is_name(terms) for terms in words)


def stance(side: Side, clause: Clause) -> frozenset[Modality]:
    """The marks of modality in a clause."""
    words = [word.folded for word in side.reading.words[clause.first : clause.last]]
    return frozenset(hit.value for hit in side.table.modality.find(words))


def _names_alone(words: Sequence[Terms], other: Side) -> bool:
    return any(_is_name(terms) and terms.isdisjoint(other.context) for terms in words)


def is_negated(clause: Clause) -> bool:
    """Whether a clause says that something is not so; two negations cancel."""
    return (len(clause.denials) + (clause.negator is not None)) % 2 == 1


def _is_name(terms: Terms) -> bool:
    return any(term.startswith("entity:") for term in terms)
