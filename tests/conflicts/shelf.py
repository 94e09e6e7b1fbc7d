"""Ties and conflicts in memory: what the store does with them, by hand."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from tracker.conflicts import Home, Kept, Neighbourhood, Tie, homes
from tracker.conflicts.neighbourhood import NOBODY, Sides
from tracker.types import CONFLICTING, ConflictState, Kind, RelationLabel

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
TYING = CONFLICTING | {RelationLabel.REPEAT}

TurnsOn = tuple[RelationLabel, Kind | None]
Content = frozenset[tuple[frozenset[frozenset[int]], TurnsOn | None, float]]
"""What conflicts are apart from their ids: sides by the places of claims, label, kind, severity."""


def tie(
    a: int,
    b: int,
    label: RelationLabel = RelationLabel.CONTRADICTION,
    kind: Kind | None = Kind.NEGATION,
    probability: float = 0.8,
) -> Tie:
    return Tie(premise_id=a, hypothesis_id=b, label=label, kind=kind, probability=probability)


def repeat(a: int, b: int) -> Tie:
    return tie(a, b, RelationLabel.REPEAT, kind=None)


def sides(first: Iterable[int], second: Iterable[int]) -> Sides:
    return frozenset(first), frozenset(second)


def place(claim: int) -> int:
    """A claim's place in the order of saying: the last two digits of its id."""
    return claim % 100


@dataclass
class Shelf:
    """What has come so far."""

    ties: list[Tie] = field(default_factory=list)
    conflicts: dict[int, Kept] = field(default_factory=dict)
    homes: list[Home] = field(default_factory=list)
    """What the last arrival made of the conflicts around it."""
    strongest: dict[int, Home] = field(default_factory=dict)

    def arrive(self, *ties: Tie) -> None:
        """Ties are found, all in one go."""
        self.ties += ties
        self.homes = []
        gathered: set[int] = set()
        for each in ties:
            for claim in sorted(each.ends):
                if claim not in gathered:
                    gathered.update(self._gather(claim))

    def _gather(self, claim: int) -> Iterable[int]:
        near = self.around(claim)
        found = homes(near)
        for home in found:
            self._settle(home)
        self.homes += found
        return near.order

    def around(self, claim: int) -> Neighbourhood:
        claims = {claim}
        while more := self._next_to(claims) - claims:
            claims |= more
        return Neighbourhood(
            claim=claim,
            ties=tuple(each for each in self.ties if each.ends <= claims),
            order={claim: place(claim) for claim in claims},
            conflicts=tuple(kept for kept in self.conflicts.values() if kept.claims & claims),
        )

    def content(self) -> Content:
        """What there is, whatever it is called."""
        found = set()
        for id, kept in self.conflicts.items():
            home = self.strongest[id]
            placed = frozenset(frozenset(map(place, side)) for side in kept.sides)
            turns_on = (home.leading.label, home.leading.kind) if home.leading else None
            found.add((placed, turns_on, home.severity))
        return frozenset(found)

    def arrange(self, kept: Kept, sides: Sides, family: int | None = None) -> int:
        """Somebody leaves a conflict with these sides."""
        family = kept.family or family or kept.id
        self.conflicts[kept.id] = replace(kept, sides=sides, arranged=sides, family=family)
        return family

    def split(self, kept: Kept, taken: Collection[int]) -> None:
        """Somebody takes claims out into a conflict of their own."""
        one, other = kept.sides
        family = self.arrange(kept, sides(one - set(taken), other - set(taken)))
        id = max(self.conflicts) + 1
        new = replace(kept, id=id, family=None)
        self.arrange(new, sides(one & set(taken), other & set(taken)), family)
        self.strongest[id] = self.strongest[kept.id]

    def merge(self, kept: Kept, other: Kept) -> None:
        """Somebody puts the claims of another conflict on the sides of this one."""
        del self.conflicts[other.id]
        both = sides(kept.sides[0] | other.sides[0], kept.sides[1] | other.sides[1])
        family = self.arrange(kept, both, other.family)
        for each in self.conflicts.values():
            if each.family is not None and each.family == other.family:
                self.conflicts[each.id] = replace(each, family=family)

    def _next_to(self, claims: set[int]) -> set[int]:
        tied = (each.ends for each in self.ties if each.label in TYING)
        held = (kept.claims for kept in self.conflicts.values())
        return {claim for each in (*tied, *held) if each & claims for claim in each}

    def _settle(self, home: Home) -> None:
        id = home.conflict_id or max(self.conflicts, default=0) + 1
        old = self.conflicts.get(id) or Kept(
            id=id,
            opened_at=NOON + timedelta(minutes=id),
            state=ConflictState.NEW,
            sides=NOBODY,
        )
        self.conflicts[id] = replace(old, sides=sides(*home.sides))
        for other in home.absorbed:
            del self.conflicts[other]
        self.strongest[id] = home
