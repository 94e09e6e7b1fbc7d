"""Events are told in several ways, and no way tells whether two claims are about one."""

import random

from training.claim_sets import read_sets
from training.headlines import headed, headlines

PAIRS = list(read_sets())[::40]


def test_every_set_has_two_headlines_that_differ_from_its_own_line() -> None:
    own = {pair.set_id: pair.premise.about for pair in read_sets()}
    ways = headlines()
    assert ways.keys() >= own.keys()
    for set_id, line in own.items():
        assert len({line, *ways[set_id].values()}) == 3


def test_claims_of_one_event_mostly_have_different_lines() -> None:
    chance = random.Random(1)
    told = [headed(p, chance) for p in PAIRS if p.premise.about == p.hypothesis.about]
    different = sum(pair.premise.about != pair.hypothesis.about for pair in told)
    assert 0.3 < different / len(told) < 0.7


def test_another_event_stays_another_one() -> None:
    chance = random.Random(1)
    for pair in PAIRS:
        if pair.premise.about != pair.hypothesis.about:
            assert headed(pair, chance).hypothesis.about == pair.hypothesis.about


def test_nothing_else_changes() -> None:
    chance = random.Random(1)
    for pair in PAIRS[:50]:
        told = headed(pair, chance)
        assert (told.relation, told.kind) == (pair.relation, pair.kind)
        assert told.premise.text == pair.premise.text
        assert told.hypothesis.text == pair.hypothesis.text
