"""What a model's scores become, and that any claim can be read."""

import pytest

from tests.comparison.readers import WordReader
from tests.comparison.statements import statement
from tracker.comparison import ModelComparer, explain
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
    assert (verdict.comparer, verdict.version) == ("model", "words/1")


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


def test_the_words_are_found_that_carry_a_conflict() -> None:
    found = explain(comparer(), (OPEN, CLOSED))
    assert found.premise_words == ("open",)
    assert found.hypothesis_words == ("closed",)


def test_words_of_a_long_claim_are_found_as_printed() -> None:
    long = statement("the mayor spoke of other things, " * 40 + "and the pass is “open” now")
    reader = WordReader("“open”", "closed")
    found = explain(ModelComparer(reader), (long, CLOSED))
    assert any("open" in stretch for stretch in found.premise_words)
    assert all(stretch in long.text for stretch in found.premise_words)


def test_where_nothing_conflicts_no_words_carry_it() -> None:
    found = explain(comparer(), (OPEN, RAIN))
    assert (found.premise_words, found.hypothesis_words) == ((), ())
