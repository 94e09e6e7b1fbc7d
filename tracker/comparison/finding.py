"""What a rule found in a pair, before it becomes a verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tracker.languages.comparison import ComparisonTable
from tracker.languages.reading import ClauseKind, Reading
from tracker.types import Kind, Reason, Statement, VerdictLabel

_REACH = 3
"""Words after "another" among which the noun is looked for."""


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
    def names(self) -> frozenset[str]:
        """The names among them."""
        return names(self.terms)

    @cached_property
    def matters(self) -> Mapping[str, frozenset[str]]:
        """The names of the matters it speaks of, by their concept."""
        found: dict[str, frozenset[str]] = {}
        for key in self.statement.details.keys:
            kind, _, rest = key.partition(":")
            if kind == "matter":
                concept, _, name = rest.partition(":")
                found[concept] = found.get(concept, frozenset()) | {name}
        return found

    @cached_property
    def others(self) -> frozenset[str]:
        """What the statement calls another one: "a new round of talks", "o altă vizită"."""
        hits = self.table.others.find([word.folded for word in self.reading.words])
        found = (self.reading.terms_between(hit.last, hit.last + _REACH) for hit in hits)
        return frozenset().union(*found)

    @cached_property
    def is_hypothetical(self) -> bool:
        """Whether the statement hangs on a condition."""
        return any(clause.kind is ClauseKind.CONDITION for clause in self.reading.clauses)

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
    reason: Reason
    premise_words: tuple[str, ...] = ()
    hypothesis_words: tuple[str, ...] = ()


def names(terms: frozenset[str]) -> frozenset[str]:
    """The terms that are names of people, places or bodies."""
    return frozenset(term for term in terms if term.startswith("entity:"))
