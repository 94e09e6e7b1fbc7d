"""A disagreement while it is gathered: two sides, and what their claims are to others."""

from dataclasses import dataclass, field

from tracker.conflicts.neighbourhood import NOBODY, Kept, Sides, Tie
from tracker.types import Kind

_STANCE = frozenset({Kind.NEGATION, Kind.ANTONYM, Kind.EVALUATION})
"""Denial, opposite words and opposite assessments are three ways to differ over one question."""


@dataclass
class Side:
    """The claims on one side, and what they are to others."""

    claims: set[int] = field(default_factory=set)
    meant: set[int] = field(default_factory=set)
    """They and their repeats."""
    against: set[int] = field(default_factory=set)
    """Who disagrees with any of them."""
    related: set[int] = field(default_factory=set)
    """They, and whom any relation ties to them."""


@dataclass(eq=False)
class Group:
    """A disagreement in the making."""

    sides: tuple[Side, Side] = field(default_factory=lambda: (Side(), Side()))
    leading: Tie | None = None
    """The strongest of its ties, which says what it turns on."""
    severity: float = 0.0
    kept: Kept | None = None
    """The stored conflict whose sides were given beforehand."""

    @property
    def both(self) -> tuple[set[int], set[int]]:
        """The claims of each side."""
        return self.sides[0].claims, self.sides[1].claims

    @property
    def claims(self) -> set[int]:
        """The claims of both sides together."""
        return set().union(*self.both)

    @property
    def meant(self) -> set[int]:
        """The claims of both sides and their repeats."""
        return self.sides[0].meant | self.sides[1].meant

    @property
    def topic(self) -> Kind | None:
        """What it turns on."""
        return topic_of(self.leading) if self.leading else None

    @property
    def arranged(self) -> Sides:
        """The claims that somebody put where they stand."""
        return self.kept.arranged if self.kept else NOBODY

    @property
    def family(self) -> int | None:
        """The family of conflicts that somebody arranged, if it is of one."""
        return self.kept.family if self.kept else None


def topic_of(tie: Tie) -> Kind | None:
    """What a tie turns on, as far as questions are told apart by it."""
    return Kind.NEGATION if tie.kind in _STANCE else tie.kind
