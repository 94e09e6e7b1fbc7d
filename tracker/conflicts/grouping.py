"""Which disagreements are about one question: pairs of claims gathered into groups of two sides.

The pairs are taken in the order in which their claims were said and printed, and each joins the
first group that it fits. So the groups depend on the claims alone and not on who came in first, and
what is said later adds to the groups there are and never takes them apart.

A pair fits a group when one of its claims, or a repeat of it, stands on a side already and the
other fits the opposite side: nobody there disagrees with it, and it speaks of the same, because it
is related to somebody there or because the pair turns on the same kind of thing as the group. A
group that has grown takes in the groups that fit it then.

What somebody arranged is given beforehand and stays: others join it, but claims that somebody put
apart, or on one side, do not meet again, nor do their repeats.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache

from tracker.conflicts.group import Group, topic_of
from tracker.conflicts.neighbourhood import Neighbourhood, Tie
from tracker.conflicts.severity import severity_of, strength_of
from tracker.types import CONFLICTING, RelationLabel

Place = tuple[Group, int]
"""A side of a group."""


class Grouping:
    """The groups that a neighbourhood falls into, in ``groups``."""

    def __init__(self, near: Neighbourhood) -> None:
        """Gather what is in ``near``."""
        self._order = near.order
        self._repeats = _partners(near.ties, {RelationLabel.REPEAT})
        self._against = _partners(near.ties, CONFLICTING)
        self._related = _partners(near.ties, frozenset(RelationLabel) - {RelationLabel.NONE})
        self._put = cache(self._places_by_hand)
        self.rank = cache(self._rank)
        differing = sorted((t for t in near.ties if t.label in CONFLICTING), key=self._when)
        self.groups = self._given(near, differing)
        self._arranged = [group for group in self.groups if group.family is not None]
        for tie in differing:
            if near.is_whole or (near.claim in tie.ends and not self._lies_in_a_group(tie)):
                self._place(tie)

    def stands(self, claim: int, side: Collection[int]) -> bool:
        """Whether a claim is on a side, or repeats one that is."""
        return claim in side or not self._repeats[claim].isdisjoint(side)

    def in_order(self, claims: Iterable[int]) -> tuple[int, ...]:
        """Claims in the order of saying."""
        return tuple(sorted(claims, key=self._order.__getitem__))

    def _rank(self, tie: Tie) -> tuple[object, ...]:
        """Orders ties, the strongest first."""
        return (-strength_of(tie.label), -severity_of(tie), self._when(tie))

    # --- what is given beforehand -----------------------------------------------------------

    def _given(self, near: Neighbourhood, differing: Iterable[Tie]) -> list[Group]:
        """What somebody arranged; where not all can be gathered anew, everything that is there."""
        given = []
        for kept in near.conflicts:
            sides = kept.arranged if near.is_whole else kept.sides
            if any(sides):
                given.append(Group(kept=kept))
                self._add(given[-1], sides)
        for tie in differing:
            for group in given:
                if _lies_across(tie, group.both):
                    self._strengthen(group, tie)
        return sorted(given, key=lambda group: sorted(map(self._order.__getitem__, group.claims)))

    def _places_by_hand(self, claim: int) -> tuple[Place, ...]:
        """Where somebody put a claim or, where nobody did, a claim that it repeats."""
        for meant in ({claim}, self._repeats[claim]):
            found = [
                (group, side)
                for group in self._arranged
                for side in (0, 1)
                if not meant.isdisjoint(group.arranged[side])
            ]
            if found:
                return tuple(found)
        return ()

    def _was_settled(self, a: int, b: int) -> bool:
        """Whether somebody put two claims apart or on one side, so that they do not differ."""
        places = [(one, other) for one in self._put(a) for other in self._put(b)]
        if any(g is h and side != opposite for (g, side), (h, opposite) in places):
            return False
        return any(g.family == h.family for (g, _), (h, _) in places)

    # --- one pair after the other -----------------------------------------------------------

    def _place(self, tie: Tie) -> None:
        a, b = self.in_order(tie.ends)
        if self._was_settled(a, b):
            return
        for belongs in (self._stand_across, self._join):
            for group in self.groups:
                for side in (0, 1):
                    if belongs(group, side, a, b, tie):
                        self._take(group, side, a, b, tie)
                        return
        group = Group()
        self._add(group, ((a,), (b,)))
        self._strengthen(group, tie)
        self.groups.append(group)

    def _stand_across(self, group: Group, side: int, a: int, b: int, tie: Tie) -> bool:
        return (
            a in group.sides[side].meant
            and b in group.sides[1 - side].meant
            and self._fits(a, group, side)
            and self._fits(b, group, 1 - side)
        )

    def _join(self, group: Group, side: int, a: int, b: int, tie: Tie) -> bool:
        one, other = group.sides[side], group.sides[1 - side]
        return (
            (a in one.meant or b in other.meant)
            and self._fits(a, group, side)
            and self._fits(b, group, 1 - side)
            and (topic_of(tie) == group.topic or (a in one.related and b in other.related))
        )

    def _lies_in_a_group(self, tie: Tie) -> bool:
        return any(_lies_across(tie, group.both) for group in self.groups)

    def _fits(self, claim: int, group: Group, side: int) -> bool:
        """Whether a claim may be on a side: nobody put it elsewhere, nobody there disagrees."""
        own, opposite = group.sides[side], group.sides[1 - side]
        if claim in own.claims or claim in opposite.claims:
            return claim in own.claims
        put = [place for place in self._put(claim) if place[0].family == group.family]
        if put:
            return (group, side) in put
        return claim not in opposite.meant and claim not in own.against

    def _take(self, group: Group, side: int, a: int, b: int, tie: Tie) -> None:
        new = {a, b} - group.claims
        self._add(group, ((a,), (b,)), side)
        self._strengthen(group, tie)
        if new:
            self._gather(group)

    def _add(self, group: Group, both: Sequence[Iterable[int]], turned: int = 0) -> None:
        for number, claims in enumerate(both):
            side = group.sides[number ^ turned]
            for claim in set(claims) - side.claims:
                side.claims.add(claim)
                side.meant |= {claim, *self._repeats[claim]}
                side.against |= self._against[claim]
                side.related |= {claim, *self._related[claim]}

    def _strengthen(self, group: Group, tie: Tie) -> None:
        group.leading = min((group.leading or tie, tie), key=self.rank)
        group.severity = max(group.severity, severity_of(tie))

    # --- groups that turn out to be one -----------------------------------------------------

    def _gather(self, grown: Group) -> None:
        """Make one of a group that has grown and those that fit it now; the first one stays."""
        place = self.groups.index(grown)
        for index, other in enumerate(self.groups):
            first, second = (grown, other) if place < index else (other, grown)
            for turned in (0, 1):
                if index != place and self._go_together(first, second, turned):
                    self._unite(first, second, turned)
                    self._gather(first)
                    return

    def _go_together(self, first: Group, second: Group, turned: int) -> bool:
        if second.kept is not None:
            return False
        one, other = first.sides[turned], first.sides[1 - turned]
        mine, theirs = second.both
        return (
            not (mine.isdisjoint(one.meant) and theirs.isdisjoint(other.meant))
            and (
                first.topic == second.topic
                or not (mine.isdisjoint(one.related) or theirs.isdisjoint(other.related))
            )
            and all(self._fits(claim, first, turned) for claim in mine)
            and all(self._fits(claim, first, 1 - turned) for claim in theirs)
        )

    def _unite(self, first: Group, second: Group, turned: int) -> None:
        self._add(first, second.both, turned)
        if second.leading is not None:
            self._strengthen(first, second.leading)
        first.severity = max(first.severity, second.severity)
        self.groups.remove(second)

    def _when(self, tie: Tie) -> tuple[int, int]:
        """When both claims of a tie were there."""
        earlier, later = sorted(self._order[claim] for claim in tie.ends)
        return later, earlier


def _partners(ties: Iterable[Tie], labels: Collection[RelationLabel]) -> Mapping[int, set[int]]:
    """The claims that each claim has a tie of these labels with."""
    partners: dict[int, set[int]] = defaultdict(set)
    for tie in ties:
        if tie.label in labels:
            partners[tie.premise_id].add(tie.hypothesis_id)
            partners[tie.hypothesis_id].add(tie.premise_id)
    return partners


def _lies_across(tie: Tie, sides: tuple[Collection[int], Collection[int]]) -> bool:
    one, other = tie.premise_id, tie.hypothesis_id
    first, second = sides
    return (one in first and other in second) or (one in second and other in first)
