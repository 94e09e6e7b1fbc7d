"""Events are told in several ways, and no way tells whether two claims are about one."""

import random

from training.claim_sets import ClaimPair, read_sets
from training.headlines import (
    headed,
    headed_by_claims,
    headlines,
    said_in_articles,
    with_own_words,
)
from training.stories import read_stories

PAIRS = list(read_sets())[::40]
STORIES = list(read_stories())[:3000]
ARTICLES = said_in_articles(STORIES)


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


def in_one_article(pair: ClaimPair) -> bool:
    first, second = pair.premise, pair.hypothesis
    return (first.said_on, first.about) == (second.said_on, second.about)


def test_an_article_of_a_story_often_has_one_of_its_claims_for_a_title() -> None:
    chance = random.Random(1)
    own = 0
    for pair in STORIES:
        premise = headed_by_claims(pair, ARTICLES, chance).premise
        if premise.about != pair.premise.about:
            said = ARTICLES[pair.set_id, premise.said_on.isoformat(), pair.premise.about]
            assert premise.about in said
            own += premise.text in premise.about
    assert 0 < own < len(STORIES) / 5


def test_claims_of_one_article_stay_under_one_title() -> None:
    chance = random.Random(1)
    for pair in filter(in_one_article, STORIES):
        assert in_one_article(headed_by_claims(pair, ARTICLES, chance))


def test_a_claim_may_stand_behind_its_line_of_context() -> None:
    pair = with_own_words(STORIES[0])
    assert pair.premise.about == f"{STORIES[0].premise.about} {STORIES[0].premise.text}"
