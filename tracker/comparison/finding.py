"""What a rule found in a pair, before it becomes a verdict."""

from dataclasses import dataclass
from functools import cached_property

from tracker.languages.comparison import ComparisonTable
from tracker.languages.reading import Reading
from tracker.types import Kind, Statement, VerdictLabel


@dataclass(frozen=True)
class Side:
    """A statement with its text and its line of context read."""

    statement: Statement
    table: ComparisonTable
    reading: Reading
    about: Reading

    @cached_property
    def terms(self) -> frozenset[str]:
        """Everything the statement itself speaks of."""
        return self.reading.all_terms

    @cached_property
    def context(self) -> frozenset[str]:
        """Everything the statement and its line of context speak of."""
        return self.terms | self.about.all_terms


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Why a pair is a contradiction, or an entailment, and how sure the rule is."""

    label: VerdictLabel
    probability: float
    kind: Kind | None
    reason: str
    premise_words: tuple[str, ...] = ()
    hypothesis_words: tuple[str, ...] = ()
