"""Which pairs are about one question. Claims are numbered in the order of saying."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conflicts.shelf import Content, Shelf, place, repeat, tie
from tracker.conflicts import Tie
from tracker.types import CONFLICTING, Kind, RelationLabel


def gathered(*ties: Tie) -> set[frozenset[frozenset[int]]]:
    """The sides of the conflicts that ties make."""
    shelf = Shelf()
    shelf.arrive(*ties)
    return {frozenset(kept.sides) for kept in shelf.conflicts.values()}


def between(*groups: tuple[set[int], set[int]]) -> set[frozenset[frozenset[int]]]:
    return {frozenset({frozenset(one), frozenset(other)}) for one, other in groups}


def test_a_pair_without_neighbours_is_a_conflict() -> None:
    assert gathered(tie(1, 2)) == between(({1}, {2}))


def test_a_second_denial_joins_the_side_of_the_first() -> None:
    assert gathered(tie(1, 2), tie(1, 3)) == between(({1}, {2, 3}))


def test_whichever_side_it_is_on() -> None:
    assert gathered(tie(1, 2), tie(2, 3)) == between(({1, 3}, {2}))


def test_ten_outlets_that_repeat_a_claim_make_one_conflict() -> None:
    prints = range(2, 12)
    denials = [tie(1, each) for each in prints]
    again = [repeat(a, b) for a in prints for b in prints if a < b]
    assert gathered(*denials, *again) == between(({1}, set(prints)))


def test_the_repeat_of_a_claim_stands_where_the_claim_stands() -> None:
    ties = (tie(1, 2), repeat(1, 4), repeat(2, 5), tie(4, 5, kind=Kind.NUMERIC))
    assert gathered(*ties) == between(({1, 4}, {2, 5}))


def test_a_claim_does_not_join_those_it_disagrees_with() -> None:
    found = gathered(tie(1, 2), tie(1, 3), tie(2, 3))
    assert found == between(({1}, {2}), ({1}, {3}), ({2}, {3}))


def test_another_question_is_another_conflict() -> None:
    found = gathered(tie(1, 2), tie(1, 3, kind=Kind.NUMERIC))
    assert found == between(({1}, {2}), ({1}, {3}))


def test_unless_the_claim_is_related_to_the_side_it_would_join() -> None:
    update = tie(2, 3, RelationLabel.UPDATE)
    assert gathered(tie(1, 2), update, tie(1, 3, kind=Kind.NUMERIC)) == between(({1}, {2, 3}))


def test_denial_and_assessment_are_one_question() -> None:
    found = gathered(tie(1, 2), tie(1, 3, RelationLabel.TENSION, Kind.EVALUATION))
    assert found == between(({1}, {2, 3}))


def test_a_claim_that_links_two_conflicts_makes_one_of_them() -> None:
    assert gathered(tie(1, 2), tie(3, 4)) == between(({1}, {2}), ({3}, {4}))
    assert gathered(tie(1, 2), tie(3, 4), tie(2, 5), tie(4, 5)) == between(({1, 5, 3}, {2, 4}))


def test_what_the_conflict_turns_on_is_its_strongest_pair() -> None:
    shelf = Shelf()
    mild, strong = tie(1, 3, RelationLabel.TENSION, Kind.EVALUATION), tie(1, 2, probability=0.5)
    shelf.arrive(mild, strong, tie(1, 4, probability=0.4))
    [home] = shelf.strongest.values()
    assert (home.leading, home.severity) == (strong, 0.5)


# --- whatever the order -------------------------------------------------------------------------

LABELS = [
    *2 * [RelationLabel.CONTRADICTION],
    RelationLabel.TENSION,
    RelationLabel.REVERSAL,
    *2 * [RelationLabel.REPEAT],
    RelationLabel.UPDATE,
    *2 * [None],
]


@st.composite
def stories(draw: st.DrawFn, most: int = 7) -> list[Tie]:
    """Some claims, and what is said of each two of them."""
    claims = draw(st.integers(2, most))
    ties = []
    for b in range(claims):
        for a in range(b):
            label = draw(st.sampled_from(LABELS))
            if label is None:
                continue
            kind = draw(st.sampled_from([Kind.NEGATION, Kind.EVALUATION, Kind.NUMERIC]))
            ties.append(tie(a, b, label, kind, draw(st.sampled_from([0.5, 0.7]))))
    return ties


def renamed(ties: Sequence[Tie], names: Sequence[int]) -> list[Tie]:
    """The same with other ids, and premise and hypothesis either way round."""
    found = []
    for each in ties:
        a, b = (100 * names[end] + end for end in (each.premise_id, each.hypothesis_id))
        a, b = sorted((a, b))
        found.append(tie(a, b, each.label, each.kind, each.probability))
    return found


def after(ties: Sequence[Tie]) -> Content:
    """The conflicts when ties have come one after the other."""
    shelf = Shelf()
    for each in ties:
        shelf.arrive(each)
    return shelf.content()


@given(stories(), st.randoms(use_true_random=False))
@settings(max_examples=300)
def test_the_same_ties_in_any_order_and_under_any_ids_make_the_same_conflicts(
    ties: list[Tie], chance: object
) -> None:
    whole = Shelf()
    whole.arrive(*ties)
    names = list(range(1, 9))
    chance.shuffle(names)  # type: ignore[attr-defined]
    shuffled = renamed(ties, names)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert after(shuffled) == whole.content()


@given(stories(8))
def test_every_pair_is_in_a_conflict_and_nobody_disagrees_with_their_own_side(
    ties: list[Tie],
) -> None:
    shelf = Shelf()
    shelf.arrive(*ties)
    conflicts = shelf.conflicts.values()
    for each in ties:
        if each.label in CONFLICTING:
            assert any(all(each.ends & side for side in kept.sides) for kept in conflicts)
            assert not any(each.ends <= side for kept in conflicts for side in kept.sides)
    assert not any(kept.sides[0] & kept.sides[1] for kept in conflicts)


@given(stories(), st.data())
def test_what_is_said_later_takes_no_conflict_apart(ties: list[Tie], data: st.DataObject) -> None:
    last = data.draw(st.integers(0, 6))
    shelf = Shelf()
    shelf.arrive(*(each for each in ties if max(map(place, each.ends)) < last))
    before = [kept.sides for kept in shelf.conflicts.values()]
    shelf.arrive(*(each for each in ties if max(map(place, each.ends)) >= last))
    now = [kept.sides for kept in shelf.conflicts.values()]
    for one, other in before:
        assert any((one <= a and other <= b) or (one <= b and other <= a) for a, b in now)
