"""Where a pair belongs: a conflict that is open already, or one of its own."""

from tracker.types import (
    CONFLICTING,
    Conflict,
    Home,
    Kind,
    Neighbourhood,
    RelatedPair,
    RelationLabel,
)

_STANCE = frozenset({Kind.NEGATION, Kind.ANTONYM, Kind.EVALUATION})
"""Denial, opposite words and opposite assessments are three ways to differ over one question."""

Sides = tuple[tuple[int, ...], tuple[int, ...]]


def place(pair: RelatedPair, around: Neighbourhood) -> Home | None:
    """The conflict that a pair belongs to with the sides it then has, or None for a new one.

    A pair belongs to a conflict when one of its claims, or a repeat of it, stands on a side
    already, and the other claim fits the opposite side: it stands there too, or disagrees with
    nobody there and speaks of the same, either because it is related to somebody there or because
    the pair turns on the same kind of thing as the conflict. The oldest such conflict wins.
    """
    a, b = pair.premise.id, pair.hypothesis.id
    for conflict in around.conflicts:
        for claim, other in ((a, b), (b, a)):
            sides = _joined(conflict, claim, other, around, pair.relation.kind)
            if sides is not None:
                evidence = _evidence(sides, conflict, around)
                return Home(conflict_id=conflict.id, sides=sides, evidence=evidence)
    return None


def _evidence(sides: Sides, conflict: Conflict, around: Neighbourhood) -> tuple[int, ...]:
    """The claims that are new and do not merely repeat one on their side."""
    return tuple(
        claim
        for side, before in zip(sides, conflict.sides, strict=True)
        for claim in side
        if not _stands(claim, before, around)
    )


def _joined(
    conflict: Conflict, claim: int, other: int, around: Neighbourhood, kind: Kind | None
) -> Sides | None:
    """The sides with ``claim`` where it stands and ``other`` opposite, if both may be there."""
    for index, side in enumerate(conflict.sides):
        opposite = conflict.sides[1 - index]
        if not _stands(claim, side, around) or _stands(other, side, around):
            continue
        if _stands(claim, opposite, around) or _disagrees(other, opposite, around):
            continue
        if not _is_related(other, opposite, around) and _topic(kind) != _topic(conflict.kind):
            continue
        return _sides(index, _with(side, claim), _with(opposite, other))
    return None


def _stands(claim: int, side: tuple[int, ...], around: Neighbourhood) -> bool:
    """Whether a claim is on a side, or repeats one that is."""
    return claim in side or any(
        around.relations.get(frozenset({claim, member})) is RelationLabel.REPEAT for member in side
    )


def _disagrees(claim: int, side: tuple[int, ...], around: Neighbourhood) -> bool:
    return not _labels(claim, side, around).isdisjoint(CONFLICTING)


def _is_related(claim: int, side: tuple[int, ...], around: Neighbourhood) -> bool:
    return claim in side or bool(_labels(claim, side, around) - {RelationLabel.NONE})


def _labels(claim: int, side: tuple[int, ...], around: Neighbourhood) -> frozenset[RelationLabel]:
    pairs = (frozenset({claim, member}) for member in side)
    return frozenset(around.relations[pair] for pair in pairs if pair in around.relations)


def _topic(kind: Kind | None) -> Kind | None:
    return Kind.NEGATION if kind in _STANCE else kind


def _with(side: tuple[int, ...], claim: int) -> tuple[int, ...]:
    return side if claim in side else (*side, claim)


def _sides(index: int, side: tuple[int, ...], opposite: tuple[int, ...]) -> Sides:
    return (side, opposite) if index == 0 else (opposite, side)
