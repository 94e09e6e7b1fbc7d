"""What becomes of stored conflicts, and of what people arranged, when more comes in."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conflicts.shelf import Shelf, place, repeat, sides, tie
from tests.conflicts.test_grouping import stories
from tracker.conflicts import Tie, homes
from tracker.conflicts.neighbourhood import Sides
from tracker.types import ConflictState, Kind, RelationLabel


def shelf(*ties: Tie, **of_first: object) -> Shelf:
    """What there is after ties came one after the other; the first conflict stands otherwise."""
    found = Shelf()
    for each in ties:
        found.arrive(each)
    found.conflicts[1] = replace(found.conflicts[1], **of_first)  # type: ignore[arg-type]
    return found


def standing(found: Shelf) -> dict[int, set[frozenset[int]]]:
    return {id: set(kept.sides) for id, kept in found.conflicts.items()}


def between(first: set[int], second: set[int]) -> set[frozenset[int]]:
    return set(sides(first, second))


def test_a_claim_that_says_more_is_evidence_and_a_repeat_is_a_reprint() -> None:
    found = shelf(tie(1, 2))
    found.arrive(tie(1, 3))
    [home] = found.homes
    assert (home.conflict_id, home.evidence, home.reprinted) == (1, (3,), ())
    found.arrive(repeat(2, 4), tie(1, 4))
    assert (found.homes[0].evidence, found.homes[0].reprinted) == ((), (4,))


def test_what_is_there_already_is_no_news() -> None:
    found = shelf(tie(1, 2), tie(1, 3))
    found.arrive(tie(2, 3, RelationLabel.UPDATE))
    [home] = found.homes
    assert (home.evidence, home.reprinted, home.rearranged, home.absorbed) == ((), (), (), ())


def test_conflicts_that_turn_out_to_be_one_are_merged_and_nobody_is_told_again() -> None:
    found = shelf(tie(11, 12), tie(13, 14))
    found.arrive(tie(12, 15), tie(14, 15))
    [home] = found.homes
    assert (home.conflict_id, home.absorbed) == (1, (2,))
    assert home.evidence == (15,)
    assert standing(found) == {1: between({11, 13, 15}, {12, 14})}


def test_what_nobody_was_told_of_the_other_is_told_of_the_one_that_stays() -> None:
    found = shelf(tie(11, 12), tie(13, 14))
    found.conflicts[2] = replace(found.conflicts[2], is_told=False)
    found.arrive(tie(12, 15), tie(14, 15))
    assert found.homes[0].evidence == (13, 14, 15)


def test_the_conflict_that_holds_most_stays_and_of_two_alike_the_older() -> None:
    found = shelf(tie(11, 12), tie(13, 14), tie(14, 16))
    found.arrive(tie(12, 17), tie(14, 17))
    assert (found.homes[0].conflict_id, found.homes[0].absorbed) == (2, (1,))


@pytest.mark.parametrize("state", [ConflictState.CONFIRMED, ConflictState.DISMISSED])
def test_what_was_decided_stays_before_what_was_not(state: ConflictState) -> None:
    found = shelf(tie(11, 12), tie(13, 14), tie(14, 16), state=state)
    found.arrive(repeat(11, 13), repeat(12, 14))
    [home] = found.homes
    assert (home.conflict_id, home.absorbed) == (1, (2,))
    # What stood undecided elsewhere is news to what was dismissed only if it says more.
    assert home.evidence == ((16,) if state is ConflictState.DISMISSED else ())


def test_a_dismissed_conflict_is_not_brought_back_by_its_own_words_elsewhere() -> None:
    found = shelf(tie(11, 12), tie(13, 14), state=ConflictState.DISMISSED)
    found.arrive(repeat(11, 13), repeat(12, 14))
    assert (found.homes[0].absorbed, found.homes[0].evidence) == ((2,), ())


def test_an_early_article_that_comes_late_rearranges_what_it_has_to() -> None:
    early, late = tie(10, 11), tie(12, 13)
    found = shelf(tie(11, 14), tie(14, 13), late, tie(11, 13, RelationLabel.UPDATE))
    assert standing(found) == {1: between({11, 13}, {12, 14})}
    found.arrive(early, tie(10, 13, RelationLabel.UPDATE), tie(10, 14, kind=Kind.NUMERIC))
    fresh = Shelf()
    fresh.arrive(*found.ties)
    assert found.content() == fresh.content()


def test_a_part_that_stands_alone_now_stands_in_review_where_the_whole_stood() -> None:
    found = shelf(tie(11, 13), tie(12, 13), state=ConflictState.DISMISSED)
    assert standing(found) == {1: between({11, 12}, {13})}
    found.arrive(tie(11, 12))
    split = [home for home in found.homes if home.split_from]
    assert all(home.split_from == 1 for home in split)
    assert not any(home.evidence for home in found.homes)


# --- what people arranged -----------------------------------------------------------------------


def halves(found: Shelf) -> None:
    """Somebody puts 13 and 14 of an over-eager conflict apart from 11 and 12."""
    found.arrive(tie(11, 12), tie(11, 14), tie(13, 14))
    assert standing(found) == {1: between({11, 13}, {12, 14})}
    found.split(found.conflicts[1], {13, 14})


def test_a_split_stays_whatever_comes() -> None:
    found = Shelf()
    halves(found)
    found.arrive(tie(11, 15))
    assert standing(found) == {1: between({11}, {12, 15}), 2: between({13}, {14})}
    found.arrive(repeat(11, 16), tie(14, 16), tie(12, 16))
    found.arrive(repeat(14, 17), tie(11, 17), tie(13, 17))
    assert standing(found) == {1: between({11, 16}, {12, 15}), 2: between({13}, {14, 17})}


def test_who_turns_out_to_repeat_one_part_leaves_the_other() -> None:
    found = Shelf()
    halves(found)
    found.arrive(tie(11, 15))
    found.arrive(repeat(14, 15))
    assert standing(found) == {1: between({11}, {12}), 2: between({13}, {14})}
    assert found.homes[0].rearranged == (15,)


def test_a_conflict_between_repeats_of_two_parts_is_merged_into_one_of_them() -> None:
    found = Shelf()
    halves(found)
    found.arrive(tie(15, 16, kind=Kind.NUMERIC))
    assert set(found.conflicts) == {1, 2, 3}
    found.arrive(repeat(11, 15), repeat(14, 16))
    assert standing(found) == {1: between({11}, {12}), 2: between({13}, {14})}
    assert found.homes[0].absorbed == (3,)


def test_a_merge_stays_and_takes_in_what_repeats_either_part() -> None:
    found = shelf(tie(11, 12), tie(13, 14, kind=Kind.NUMERIC))
    found.merge(found.conflicts[1], found.conflicts[2])
    found.arrive(repeat(14, 15), tie(13, 15, kind=Kind.NUMERIC), tie(12, 15))
    assert standing(found) == {1: between({11, 13}, {12, 14, 15})}


def test_a_claim_that_somebody_moved_stays_there() -> None:
    found = shelf(tie(11, 12), tie(11, 13))
    found.arrange(found.conflicts[1], sides({11, 13}, {12}))
    found.arrive(repeat(13, 14), tie(11, 14), tie(12, 15))
    assert standing(found) == {1: between({11, 13, 15}, {12})}


def test_too_many_to_gather_anew_are_joined_as_they_come() -> None:
    found = shelf(tie(11, 12), tie(13, 14), tie(12, 15))
    found.ties.append(tie(14, 15))
    near = replace(found.around(15), is_whole=False)
    after = {home.conflict_id: set(map(frozenset, home.sides)) for home in homes(near)}
    assert after == {1: between({11, 15}, {12, 14}), 2: between({13}, {14})}


@given(stories(), st.randoms(use_true_random=False))
@settings(max_examples=300)
def test_what_comes_after_people_arranged_makes_the_same_in_any_order(
    ties: list[Tie], chance: Random
) -> None:
    then = chance.randint(1, 6)
    before = [each for each in ties if max(map(place, each.ends)) < then]
    later = [each for each in ties if each not in before]
    contents = []
    seed = chance.random()
    for _ in range(2):
        found = Shelf()
        found.arrive(*before)
        arrange(found, Random(seed))
        by_hand = [kept for kept in found.conflicts.values() if kept.family]
        chance.shuffle(later)
        for each in later:
            found.arrive(each)
        contents.append(found.content())
        for kept in by_hand:
            assert is_within(kept.sides, found.conflicts[kept.id].sides)
    assert contents[0] == contents[1]


def arrange(found: Shelf, chance: Random) -> None:
    """Somebody splits, merges or moves, if there is anything to."""
    conflicts = sorted(found.conflicts.values(), key=lambda kept: sorted(kept.claims))
    for kept in conflicts:
        one, other = map(sorted, kept.sides)
        if len(one) > 1 and len(other) > 1:
            found.split(kept, {one[0], other[chance.randrange(len(other))]})
        elif len(one) > 1 and chance.random() < 0.3:
            found.arrange(kept, sides(one[1:], [*other, one[0]]))
    if len(conflicts) > 1 and chance.random() < 0.5:
        first, second, *_ = (found.conflicts[kept.id] for kept in conflicts)
        if not first.claims & second.claims:
            found.merge(first, second)


def is_within(before: Sides, now: Sides) -> bool:
    """Whether everybody stands where they stood."""
    return any(before[0] <= one and before[1] <= other for one, other in (now, now[::-1]))
