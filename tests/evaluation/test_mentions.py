"""When two mentions name the same speaker."""

import pytest

from tracker.evaluation.mentions import Mention, heads, names_the_same, read_mention


@pytest.mark.parametrize(
    ("mention", "expected"),
    [
        ("Ilinca Dobre", ("dobre",)),
        ("ministrul de Externe, Ana Șerban", ("ministrul", "serban")),
        ("the spokeswoman for the harbour", ("spokeswoman",)),
        ("Petra von der Aue", ("aue", "petra")),
        ("the council's chair, who resigned, Tom Hale", ("chair",)),
        ("„Vocea Dunării”", ("dunarii",)),
        ("the", ("the",)),
        ("…", ()),
    ],
)
def test_the_head_is_the_surname_or_the_noun(mention, expected):
    assert heads(mention) == expected


def mention(text: str, *positions: int) -> Mention:
    return read_mention(text, frozenset(positions))


def test_a_surname_names_the_same_as_the_full_name_elsewhere():
    assert names_the_same(mention("Ilinca Dobre", 1, 2), mention("Dobre", 40))


def test_different_people_are_not_the_same():
    assert not names_the_same(mention("Ilinca Dobre", 1, 2), mention("Radu Mocanu", 8, 9))


def test_a_longer_mention_of_the_same_place_counts_when_each_holds_the_others_head():
    gold, found = mention("primarul Radu", 5, 6), mention("Radu primarul", 5, 6)
    assert names_the_same(gold, found)
    assert not names_the_same(gold, mention("Radu primarul", 15, 16))


def test_a_dropped_subject_is_right_only_if_nothing_is_named():
    assert names_the_same(None, None)
    assert not names_the_same(None, mention("Dobre", 1))
    assert not names_the_same(mention("Dobre", 1), None)
