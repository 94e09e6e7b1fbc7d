"""The conflict score: what counts as found, and what as a false alarm."""

import pytest

from tests.evaluation.samples import found_claim, gold_article, gold_claim
from tracker.evaluation.conflicts import (
    Candidate,
    CandidateScore,
    ConflictScore,
    added_up,
    candidates,
    count_candidates,
    report_conflicts,
    stands_for,
)
from tracker.evaluation.gold import GoldArticle, GoldRelation
from tracker.types import (
    Claim,
    Match,
    Reason,
    RelatedPair,
    Relation,
    RelationLabel,
    Sentence,
    Span,
)

TEXT = "Quill said the ferry sails at nine every morning. Hale said no ferry sails before noon."
MORNING, NOON = "the ferry sails at nine every morning", "no ferry sails before noon"
ARTICLE = GoldArticle.model_validate(
    gold_article(
        "q-a1",
        TEXT,
        [
            gold_claim("morning", TEXT, "Quill", "Quill", [MORNING]),
            gold_claim("noon", TEXT, "Hale", "Hale", [NOON]),
        ],
    )
)
CONTRADICTION, TENSION = RelationLabel.CONTRADICTION, RelationLabel.TENSION


def relation(label: RelationLabel, a: str = "morning", b: str = "noon") -> GoldRelation:
    return GoldRelation(scenario="q", a=a, b=b, label=label)


def claim(number: int, words: str) -> Claim:
    start = TEXT.index(words)
    return found_claim(number, ARTICLE, [Span(start, start + len(words))])


def stored(a: Claim, b: Claim, label: RelationLabel) -> RelatedPair:
    return RelatedPair(
        match=Match(id=1, premise_id=a.id, hypothesis_id=b.id, scores={}),
        premise=a,
        hypothesis=b,
        verdicts=(),
        relation=Relation(
            label=label, probability=1, kind=None, reason=Reason(Sentence.NOT_COMPARED)
        ),
    )


@pytest.mark.parametrize(
    ("words", "gold_ids"),
    [
        (MORNING, {"morning"}),
        ("the ferry", {"morning"}),
        ("Quill said the ferry", {"morning"}),
        ("Quill said the", set()),
        ("every morning. Hale said", {"morning"}),
        (TEXT, {"morning", "noon"}),
    ],
)
def test_a_claim_stands_for_gold_with_half_of_the_shorter_ones_words(words, gold_ids):
    assert stands_for(ARTICLE, claim(1, words)) == gold_ids


def test_a_stored_pair_can_stand_for_gold_relations_between_its_claims_in_either_order():
    a, b = claim(1, MORNING), claim(2, NOON)
    stood_for = {1: frozenset({"morning"}), 2: frozenset({"noon"})}
    relations = [relation(TENSION), relation(CONTRADICTION, "noon", "noon")]
    found = candidates([stored(b, a, CONTRADICTION)], stood_for, relations)
    assert found == [Candidate(CONTRADICTION, frozenset({0}))]


NOT_COUNTED = CandidateScore(recall=0.0, compared=0, found=0, gold=0)


def scores(*found: Candidate, gold: list[RelationLabel]) -> tuple[ConflictScore, ConflictScore]:
    report = report_conflicts(found, [relation(label) for label in gold], NOT_COUNTED)
    return report.hard, report.with_tension


def candidate(label: RelationLabel, *relations: int) -> Candidate:
    return Candidate(label, frozenset(relations))


def test_everything_found_scores_one():
    hard, all_ = scores(
        candidate(CONTRADICTION, 0), candidate(TENSION, 1), gold=[CONTRADICTION, TENSION]
    )
    assert (hard.precision, hard.recall, hard.f1, hard.found, hard.gold) == (1, 1, 1, 1, 1)
    assert (all_.precision, all_.recall, all_.f1, all_.found, all_.gold) == (1, 1, 1, 2, 2)


def test_nothing_found_scores_nothing():
    hard, _ = scores(gold=[CONTRADICTION])
    assert (hard.precision, hard.recall, hard.f1, hard.found, hard.gold) == (0, 0, 0, 0, 1)


def test_a_second_pair_for_the_same_relation_is_a_false_alarm():
    hard, _ = scores(candidate(CONTRADICTION, 0), candidate(CONTRADICTION, 0), gold=[CONTRADICTION])
    assert (hard.precision, hard.recall) == (1 / 2, 1)


@pytest.mark.parametrize("label", [RelationLabel.UPDATE, RelationLabel.REPEAT, RelationLabel.NONE])
def test_a_pair_that_gold_calls_no_conflict_is_a_false_alarm(label):
    hard, all_ = scores(candidate(CONTRADICTION, 0), gold=[label, CONTRADICTION])
    assert hard.precision == all_.precision == hard.recall == 0


def test_a_tension_called_a_contradiction_is_hard_wrong_but_a_conflict_found():
    hard, all_ = scores(candidate(CONTRADICTION, 0), gold=[TENSION])
    assert (hard.precision, hard.found, hard.gold) == (0, 0, 0)
    assert (all_.precision, all_.found) == (1, 1)


def test_a_reversal_called_a_contradiction_is_found():
    hard, _ = scores(candidate(CONTRADICTION, 0), gold=[RelationLabel.REVERSAL])
    assert hard.f1 == 1


def test_updates_and_repeats_of_the_program_are_no_alarms():
    hard, all_ = scores(candidate(RelationLabel.UPDATE, 0), gold=[CONTRADICTION])
    assert (hard.precision, all_.precision, all_.recall) == (0, 0, 0)


def test_pairs_are_assigned_so_that_most_relations_are_found():
    gold = [CONTRADICTION, CONTRADICTION]
    either, first = candidate(CONTRADICTION, 0, 1), candidate(CONTRADICTION, 0)
    assert scores(either, first, gold=gold)[0].found == 2
    assert scores(first, either, gold=gold)[0].found == 2


def test_a_relation_counts_as_compared_when_any_of_its_claims_met():
    stood_for = {1: frozenset({"a"}), 2: frozenset({"b"}), 3: frozenset({"b", "c"})}
    relations = [
        relation(TENSION, "a", "b"),
        relation(TENSION, "b", "c"),
        relation(TENSION, "a", "d"),
    ]
    score = count_candidates([frozenset({1, 3})], stood_for, relations)
    assert (score.compared, score.found, score.gold, score.recall) == (1, 2, 3, 0.5)
    assert added_up([score, NOT_COUNTED]) == score
