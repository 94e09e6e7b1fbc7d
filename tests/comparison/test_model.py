"""What a model's scores become, and that any claim can be read."""

from dataclasses import replace

import pytest

from tests.comparison.readers import WordReader
from tests.comparison.statements import statement
from tracker.comparison import ModelComparer, explain
from tracker.comparison.explanation import clauses
from tracker.comparison.model import WINDOW
from tracker.types import Kind, RelationLabel, Sentence, VerdictLabel

OPEN = statement("The pass over the mountain is open to all cars today")
CLOSED = statement("Police say that the pass is closed because of snow")
RAIN = statement("It rained all night in the valley")


def comparer() -> ModelComparer:
    return ModelComparer(WordReader("open", "closed"))


def test_scores_become_probabilities_with_relation_and_kind() -> None:
    [verdict] = comparer().compare([(OPEN, CLOSED)])
    assert verdict.label is VerdictLabel.CONTRADICTION
    assert verdict.entailment + verdict.neutral + verdict.contradiction == pytest.approx(1)
    assert sum(verdict.leanings.values()) == pytest.approx(1)
    assert max(verdict.leanings, key=lambda k: verdict.leanings[k]) is RelationLabel.CONTRADICTION
    assert verdict.kind is Kind.ANTONYM
    assert verdict.comparer == "model"
    assert verdict.version.startswith("words/1-")


def test_what_is_unrelated_turns_on_nothing() -> None:
    [verdict] = comparer().compare([(OPEN, RAIN)])
    assert verdict.label is VerdictLabel.NEUTRAL
    assert verdict.kind is None


def test_verdicts_come_in_the_order_of_the_pairs() -> None:
    labels = [v.label for v in comparer().compare([(OPEN, RAIN), (OPEN, CLOSED), (RAIN, OPEN)])]
    assert labels == [VerdictLabel.NEUTRAL, VerdictLabel.CONTRADICTION, VerdictLabel.NEUTRAL]


def test_only_what_looks_like_a_conflict_is_read_twice() -> None:
    reader = WordReader("open", "closed")
    ModelComparer(reader).compare([(OPEN, RAIN), (OPEN, CLOSED)])
    assert len(reader.read_pairs) == 3


def test_the_second_reading_is_of_the_claims_alone_the_later_one_first() -> None:
    reader = WordReader("open", "closed")
    about = "Snow in the mountains"
    premise, hypothesis = replace(OPEN, about=about), replace(CLOSED, about=about)
    ModelComparer(reader).compare([(premise, hypothesis)])
    (first, _), (later, earlier) = reader.read_pairs
    assert about in first
    assert CLOSED.text in later
    assert OPEN.text in earlier
    assert about not in later + earlier


def test_what_looks_unrelated_after_half_of_the_layers_is_not_read_on() -> None:
    reader = WordReader("open", "closed")
    ModelComparer(reader).compare([(OPEN, RAIN), (OPEN, CLOSED)])
    assert {text for pair in reader.read_on for text in pair if RAIN.text in text} == set()
    assert len(reader.read_on) == 2


def test_a_long_claim_is_read_in_parts_and_says_so() -> None:
    padding = "and the mayor spoke of other things " * 300
    [verdict] = comparer().compare([(statement(f"{padding} {OPEN.text}"), CLOSED)])
    assert verdict.label is VerdictLabel.CONTRADICTION
    assert verdict.reason.sentence is Sentence.READ_IN_PARTS
    assert "pairs of parts" in str(verdict.reason)


def test_two_long_claims_cost_no_more_than_some_readings() -> None:
    reader = WordReader("open", "closed")
    long = statement("words without end " * 700)
    ModelComparer(reader).compare([(long, long)])
    assert len(reader.read_pairs) <= 16
    assert all(len(text.split()) < 2 * WINDOW for pair in reader.read_pairs for text in pair)


def test_no_pairs_are_no_verdicts() -> None:
    assert comparer().compare([]) == []


def test_the_clauses_are_found_that_carry_a_conflict() -> None:
    premise = statement("It snowed all night; the pass is open to all cars, the mayor said.")
    hypothesis = statement("After the snow, the pass is closed now: nobody gets through.")
    [found] = explain(comparer(), [(premise, hypothesis)])
    assert found.premise_words == "the pass is open to all cars"
    assert found.hypothesis_words == "the pass is closed now"


def test_each_pair_has_its_own_words() -> None:
    first, second = explain(comparer(), [(OPEN, CLOSED), (CLOSED, OPEN)])
    assert (first.premise_words, first.hypothesis_words) == (OPEN.text, CLOSED.text)
    assert (second.premise_words, second.hypothesis_words) == (CLOSED.text, OPEN.text)


def test_the_words_that_carry_a_conflict_of_two_long_claims_cost_some_readings() -> None:
    reader = WordReader("open", "closed")
    long = statement("the mayor spoke of other things, " * 40 + "and the pass is open now")
    also_long = statement("nobody spoke of that at all, " * 40 + "but the pass is closed now")
    [found] = explain(ModelComparer(reader), [(long, also_long)])
    assert found.premise_words == "and the pass is open now"
    assert found.hypothesis_words == "but the pass is closed now"
    assert len(reader.read_pairs) <= 2 * 24


@pytest.mark.parametrize(
    "text", ["", " ", "da", "—", "...", "Nu. Nu! Nu?", "a, b, c, d", "不是，是的。"]
)
def test_any_text_is_cut_into_clauses_that_stand_in_it(text: str) -> None:
    found = clauses(text)
    assert found
    assert all(clause in text for clause in found)


def test_figures_and_hyphens_do_not_end_a_clause() -> None:
    text = "au murit 1.234,5 tone de pești – într-o singură noapte"
    assert clauses(text) == ["au murit 1.234,5 tone de pești", "într-o singură noapte"]
