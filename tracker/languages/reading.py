"""A text read with its language table: clauses, what they negate, and what they mention."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise, zip_longest

from tracker.languages.comparison import ComparisonTable, Sense
from tracker.languages.terms import terms_of
from tracker.languages.words import Word, split_words
from tracker.types import Modality

_BREAKS = frozenset(",;:.!?—–()\n")
_SENTENCE_ENDS = frozenset('.!?:\n„“”«»"')


class ClauseKind(StrEnum):
    """What a clause is to the sentence."""

    MAIN = "main"
    ASIDE = "aside"
    CONDITION = "condition"


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of words, ``last`` exclusive."""

    first: int
    last: int
    kind: ClauseKind
    negator: str | None
    """The word that negates the clause as a whole, as printed."""
    denials: tuple[tuple[int, str], ...]
    """Words that turn over what stands to their right, with their position."""

    @property
    def is_negated(self) -> bool:
        """Whether the clause says that something is not so; two negations cancel."""
        return (len(self.denials) + (self.negator is not None)) % 2 == 1


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept of the tables, as it stands in the text."""

    sense: Sense
    first: int
    last: int
    clause: int
    negation: str | None
    """The word that turns the concept over, as printed; None where it is affirmed."""
    text: str
    """The words as printed."""

    @property
    def pole(self) -> int:
        """The pole of the concept that the text asserts."""
        return -self.sense.pole if self.negation else self.sense.pole


@dataclass(frozen=True)
class Reading:
    """What the tables make of a text."""

    text: str
    words: tuple[Word, ...]
    terms: tuple[frozenset[str], ...]
    """For each word the terms it stands for; empty for words that say too little."""
    clauses: tuple[Clause, ...]
    mentions: tuple[Mention, ...]

    @property
    def all_terms(self) -> frozenset[str]:
        """The terms of the whole text."""
        return frozenset().union(*self.terms)

    def terms_between(self, first: int, last: int) -> frozenset[str]:
        """The terms of the words ``first`` to ``last`` (exclusive)."""
        return frozenset().union(*self.terms[max(first, 0) : last])

    def words_between(self, first: int, last: int) -> str:
        """The words ``first`` to ``last`` (exclusive) as printed."""
        if first >= last:
            return ""
        return self.text[self.words[first].start : self.words[last - 1].end]

    def clause_at(self, position: int) -> int:
        """The number of the clause that holds a character of the text."""
        for number, clause in enumerate(self.clauses):
            if position < self.words[clause.last - 1].end:
                return number
        return max(len(self.clauses) - 1, 0)


def read(text: str, code: str, table: ComparisonTable) -> Reading:
    """Read a text; ``code`` is the language that the lemmatiser is asked for."""
    words = split_words(text)
    folded = [word.folded for word in words]
    clauses = _clauses(text, words, folded, table)
    terms = terms_of(text, words, code, table)
    mentions = _mentions(text, words, folded, clauses, table)
    return Reading(text, tuple(words), tuple(terms), tuple(clauses), tuple(mentions))


# --- clauses and negation ----------------------------------------------------------------------


def _clauses(
    text: str, words: Sequence[Word], folded: Sequence[str], table: ComparisonTable
) -> list[Clause]:
    starts = [n for n in range(len(words)) if n == 0 or _opens(text, words, folded, n, table)]
    clauses: list[Clause] = []
    for first, last in pairwise([*starts, len(words)]):
        clauses.append(_clause(words, folded, first, last, clauses, table))
    return [
        replace(clause, denials=())
        if _takes_for_granted(clause, following, folded, table)
        else clause
        for clause, following in zip_longest(clauses, clauses[1:])
    ]


def _takes_for_granted(
    clause: Clause, following: Clause | None, folded: Sequence[str], table: ComparisonTable
) -> bool:
    """ "Without the treaty, trade would not have grown" says that there was a treaty."""
    if following is None or not table.lacks.at(folded, clause.first):
        return False
    marks = table.modality.find(folded[following.first : following.last])
    return any(hit.value is Modality.CONDITIONAL for hit in marks)


def _opens(
    text: str, words: Sequence[Word], folded: Sequence[str], n: int, table: ComparisonTable
) -> bool:
    gap = text[words[n - 1].end : words[n].start]
    return not _BREAKS.isdisjoint(gap) or any(
        openers.at(folded, n) for openers in (table.openers, table.asides, table.conditions)
    )


def _clause(
    words: Sequence[Word],
    folded: Sequence[str],
    first: int,
    last: int,
    before: Sequence[Clause],
    table: ComparisonTable,
) -> Clause:
    own = folded[first:last]
    spared = {n for hit in table.exceptions.find(own) for n in range(hit.first, hit.last)}
    negators = [hit for hit in table.negators.find(own) if hit.first not in spared]
    denials = [hit for hit in table.denials.find(own) if hit.first not in spared]
    negator = words[first + negators[0].first].text if negators else None
    if negator and denials and negators[0].first > denials[0].first:
        negator = None  # "without any": the negative word only agrees with the one before it
    found = [(first + hit.first, words[first + hit.first].text) for hit in denials]
    if before and table.complements.at(folded, first):
        found = [*_reaching(before[-1], first), *found]
    return Clause(first, last, _kind(folded, first, table), negator, tuple(found))


def _reaching(clause: Clause, position: int) -> Iterator[tuple[int, str]]:
    """The negations of a clause, as they bear on the complement that starts at ``position``."""
    if clause.negator:
        yield position, clause.negator
    for _, word in clause.denials:
        yield position, word


def _kind(folded: Sequence[str], first: int, table: ComparisonTable) -> ClauseKind:
    if table.conditions.at(folded, first):
        return ClauseKind.CONDITION
    return ClauseKind.ASIDE if table.asides.at(folded, first) else ClauseKind.MAIN


def _negation(clause: Clause, position: int) -> str | None:
    """What turns over the word at ``position``: an odd number of negations does."""
    turning = [word for at, word in clause.denials if at < position]
    if clause.negator:
        turning.append(clause.negator)
    return turning[-1] if len(turning) % 2 else None


def _mentions(
    text: str,
    words: Sequence[Word],
    folded: Sequence[str],
    clauses: Sequence[Clause],
    table: ComparisonTable,
) -> Iterator[Mention]:
    for number, clause in enumerate(clauses):
        for hit in table.senses.find(folded[clause.first : clause.last]):
            first, last = clause.first + hit.first, clause.first + hit.last
            printed = text[words[first].start : words[last - 1].end]
            for sense in hit.value:
                if sense.pole:
                    yield Mention(sense, first, last, number, _negation(clause, first), printed)
