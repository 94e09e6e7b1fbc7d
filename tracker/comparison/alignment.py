"""Clauses of two statements laid beside each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.comparison.finding import Side
from tracker.languages.reading import Clause, ClauseKind
from tracker.types import Modality, TimeMention

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
    other_times: bool
    """Whether both name times, and none in common."""


def main_clauses(side: Side) -> Iterator[Clause]:
    """The clauses that make up the point of a statement."""
    return (clause for clause in side.reading.clauses if clause.kind is ClauseKind.MAIN)


def align(
    premise: Side,
    a: Clause,
    hypothesis: Side,
    b: Clause,
    *,
    but: tuple[str, str] = ("", ""),
) -> Alignment:
    """Lay two clauses beside each other, word for word by their terms.

    ``but`` names words of either side that are to be left out, such as the figures compared.
    """
    first, second = _content(premise, a, but[0]), _content(hypothesis, b, but[1])
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
        other_times=_times_apart(_times(premise, a), _times(hypothesis, b)),
        foreign=_names_alone(first, hypothesis) and _names_alone(second, premise),
    )


def _content(side: Side, clause: Clause, but: str) -> list[Terms]:
    reading = side.reading
    start = reading.text.find(but) if but else -1
    left_out = range(start, start + len(but))
    return [
        reading.terms[n]
        for n in range(clause.first, clause.last)
        if reading.terms[n] and reading.words[n].start not in left_out
    ]


def _returning(words: Sequence[Terms], others: Sequence[Terms]) -> list[Terms]:
    pool = frozenset().union(*others)
    return [terms for terms in words if not terms.isdisjoint(pool)]


def _common_words(words: Sequence[Terms]) -> int:
    return sum(not _is_name(terms) for terms in words)


def stance(side: Side, clause: Clause) -> frozenset[Modality]:
    """The marks of modality in a clause."""
    words = [word.folded for word in side.reading.words[clause.first : clause.last]]
    return frozenset(hit.value for hit in side.table.modality.find(words))


def _times(side: Side, clause: Clause) -> list[TimeMention]:
    printed = side.reading.words_between(clause.first, clause.last)
    return [time for time in side.statement.details.times if time.text in printed]


def _times_apart(first: Sequence[TimeMention], second: Sequence[TimeMention]) -> bool:
    return bool(first and second) and not any(meet(x, y) for x in first for y in second)


def meet(a: TimeMention, b: TimeMention) -> bool:
    """Whether two times have a day in common."""
    return a.first <= b.last and b.first <= a.last


def _names_alone(words: Sequence[Terms], other: Side) -> bool:
    return any(_is_name(terms) and terms.isdisjoint(other.context) for terms in words)


def _is_name(terms: Terms) -> bool:
    return any(term.startswith("entity:") for term in terms)
