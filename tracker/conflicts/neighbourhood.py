"""What lies around a claim: who disagrees with whom, and which conflicts that made so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tracker.types import ConflictState, Kind, RelationLabel

Sides = tuple[frozenset[int], frozenset[int]]
NOBODY: Sides = (frozenset(), frozenset())


@dataclass(frozen=True, kw_only=True)
class Tie:
    """What the program says of two stored claims, without the reason."""

    premise_id: int
    hypothesis_id: int
    label: RelationLabel
    kind: Kind | None
    probability: float

    @property
    def ends(self) -> frozenset[int]:
        """The two claims."""
        return frozenset({self.premise_id, self.hypothesis_id})


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A stored conflict, as far as grouping has to know it."""

    id: int
    opened_at: datetime
    state: ConflictState
    sides: Sides
    arranged: Sides = NOBODY
    """The claims that stand where they do since somebody moved, split or merged."""
    family: int | None = None
    """The same in conflicts that somebody split from one another or merged; None where nobody
    arranged anything."""
    is_told: bool = True
    """Whether nothing of it waits to be told to anybody."""

    @property
    def claims(self) -> frozenset[int]:
        """The claims of both sides."""
        return self.sides[0] | self.sides[1]


@dataclass(frozen=True, kw_only=True)
class Neighbourhood:
    """All that hangs together with a claim by disagreements, repeats and conflicts."""

    claim: int
    ties: tuple[Tie, ...]
    """Every relation but ``none`` among the claims that are compared with all before them."""
    order: Mapping[int, int]
    """The place of each claim in an order that goes by what was said when and printed where, and
    not by who came in first."""
    conflicts: tuple[Kept, ...] = ()
    is_whole: bool = True
    """False where too much hangs together: then only what is next to the claim is here."""
