"""What becomes of the stored conflicts when all around a claim is gathered anew.

A group keeps the conflict that holds most of it: one that was decided before one that was not, and
of two alike the older. A conflict that no group keeps is merged into the group with most of its
claims; a group without a conflict opens one, or is split from the one that held it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.conflicts.group import Group
from tracker.conflicts.grouping import Grouping
from tracker.conflicts.neighbourhood import Kept, Neighbourhood, Sides, Tie
from tracker.types import CONFLICTING, UNDECIDED, ConflictState

_PUT_AWAY = frozenset({ConflictState.DISMISSED, ConflictState.SNOOZED})


@dataclass(frozen=True, kw_only=True)
class Home:
    """A conflict as it is to stand, and what its history has to tell of that."""

    conflict_id: int | None
    """None for a conflict that is not there yet."""
    sides: tuple[tuple[int, ...], tuple[int, ...]]
    leading: Tie | None
    """The tie that says what it turns on; None where it has none."""
    severity: float
    because: Tie | None = None
    """The tie by which the evidence came."""
    evidence: tuple[int, ...] = ()
    """The claims that nobody was told of and that say more than their side said before."""
    reprinted: tuple[int, ...] = ()
    """The claims that say again what their side said before."""
    rearranged: tuple[int, ...] = ()
    """The claims that changed sides, left, or came from a conflict that goes on without them."""
    absorbed: tuple[int, ...] = ()
    """The conflicts that this one stands for from now on."""
    split_from: int | None = None
    """The conflict that held all this before; where it stands in review, this one stands too."""


def homes(near: Neighbourhood) -> list[Home]:
    """Every conflict that there has to be around a claim."""
    return _Homes(near).found


class _Homes:
    def __init__(self, near: Neighbourhood) -> None:
        self._near = near
        self._grouping = Grouping(near)
        self._groups = self._grouping.groups
        self._keepers = _keepers(self._groups, near.conflicts)
        self._differing = frozenset(
            end for tie in near.ties if tie.label in CONFLICTING for end in tie.ends
        )
        self._leave_in_place()
        self._absorbed = self._absorb()
        self._after: Mapping[int, set[int]] = {
            kept.id: self._groups[index].claims for index, kept in self._keepers.items()
        }
        self.found = [self._home(index) for index in range(len(self._groups))]

    def _leave_in_place(self) -> None:
        """Leave claims that disagree with nobody, or are still being compared, where they stand."""
        for index, kept in self._keepers.items():
            group = self._groups[index]
            for side, before in zip(group.both, _turned(kept.sides, group), strict=True):
                side |= before - self._differing

    def _absorb(self) -> dict[int, list[Kept]]:
        """The conflicts that no group goes on with, by the place of the group they are merged into.

        One with a claim that disagrees with nobody any more stays as somebody left it.
        """
        absorbed: dict[int, list[Kept]] = defaultdict(list)
        going_on = {kept.id for kept in self._keepers.values()}
        for kept in self._near.conflicts:
            if kept.id not in going_on and kept.claims <= self._differing:
                absorbed[self._closest(kept)].append(kept)
        return absorbed

    def _closest(self, kept: Kept) -> int:
        """The place of the group that holds most claims of a conflict, or else most repeats."""
        held = [
            (len(group.claims & kept.claims), len(group.meant & kept.claims))
            for group in self._groups
        ]
        return held.index(max(held))

    def _home(self, index: int) -> Home:
        group, keeper = self._groups[index], self._keepers.get(index)
        past = keeper or _nearest(group, self._near.conflicts)
        if past is None:
            return self._new(group)
        told = self._told_elsewhere(past)
        evidence = self._evidence(group, past) - told
        if keeper is None:
            return replace(self._new(group), split_from=None if evidence else past.id)
        came = group.claims - past.claims
        absorbed = self._absorbed.get(index, [])
        merged = frozenset[int]().union(*(each.claims for each in absorbed))
        rearranged = _swapped(group, past) | (past.claims - group.claims) | (came & told - merged)
        return replace(
            self._new(group),
            conflict_id=keeper.id,
            because=self._strongest(group, evidence),
            evidence=self._grouping.in_order(evidence),
            reprinted=self._grouping.in_order(came - told - evidence - merged),
            rearranged=self._grouping.in_order(rearranged),
            absorbed=tuple(each.id for each in absorbed),
        )

    def _new(self, group: Group) -> Home:
        first, second = map(self._grouping.in_order, group.both)
        return Home(
            conflict_id=None,
            sides=(first, second),
            leading=group.leading,
            severity=group.severity,
            because=group.leading,
        )

    def _evidence(self, group: Group, past: Kept) -> set[int]:
        """The claims that were not in a conflict and say more than their side there says."""
        return {
            claim
            for side, before in zip(group.both, _turned(past.sides, group), strict=True)
            for claim in side - past.claims
            if not self._grouping.stands(claim, before)
        }

    def _told_elsewhere(self, past: Kept) -> frozenset[int]:
        """The claims that other conflicts lose and that are no news to this one.

        To one that was put away it is news what stood undecided elsewhere.
        """
        return frozenset(
            claim
            for kept in self._near.conflicts
            if kept is not past
            and kept.is_told
            and not (past.state in _PUT_AWAY and kept.state in UNDECIDED)
            for claim in kept.claims - self._after.get(kept.id, set())
        )

    def _strongest(self, group: Group, claims: Iterable[int]) -> Tie | None:
        """The strongest tie across a group that one of these claims has."""
        wanted = set(claims)
        across = (
            tie
            for tie in self._near.ties
            if tie.label in CONFLICTING
            and not wanted.isdisjoint(tie.ends)
            and all(not tie.ends.isdisjoint(side) for side in group.both)
        )
        return min(across, key=self._grouping.rank, default=group.leading)


def _keepers(groups: Sequence[Group], conflicts: Iterable[Kept]) -> dict[int, Kept]:
    """The stored conflict that each group goes on with, by the group's place in the list."""
    keepers = {index: group.kept for index, group in enumerate(groups) if group.kept}
    taken = {kept.id for kept in keepers.values()}
    choices = (
        ((kept.state in UNDECIDED, -held, kept.opened_at, kept.id, index), kept)
        for kept in conflicts
        for index, group in enumerate(groups)
        if (held := _held(group, kept))
    )
    for (*_, index), kept in sorted(choices, key=lambda choice: choice[0]):
        if index not in keepers and kept.id not in taken:
            keepers[index] = kept
            taken.add(kept.id)
    return keepers


def _nearest(group: Group, conflicts: Iterable[Kept]) -> Kept | None:
    """The conflict that held most of a group, if one held any of both sides."""
    holding = [kept for kept in conflicts if _held(group, kept)]
    return max(holding, key=lambda kept: _held(group, kept), default=None)


def _held(group: Group, kept: Kept) -> int:
    """How many claims of a group a conflict has on two sides alike; 0 if it has none of one."""
    shared = [
        [len(side & other) for side, other in zip(group.both, sides, strict=True)]
        for sides in (kept.sides, kept.sides[::-1])
    ]
    return max(sum(each) if all(each) else 0 for each in shared)


def _turned(sides: Sides, group: Group) -> Sides:
    """The sides of a conflict in the order of those of a group."""
    first, second = group.both
    straight = len(first & sides[0]) + len(second & sides[1])
    crossed = len(first & sides[1]) + len(second & sides[0])
    return sides if straight >= crossed else sides[::-1]


def _swapped(group: Group, past: Kept) -> set[int]:
    """The claims that stand on the other side now."""
    before = _turned(past.sides, group)
    return (group.both[0] & before[1]) | (group.both[1] & before[0])
