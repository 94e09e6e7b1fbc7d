"""From verdicts, voices and dates to the relation."""

from dataclasses import replace
from datetime import date

import pytest

from tests.comparison.statements import MONDAY, statement
from tests.fakes import certain
from tracker.comparison import Pairing, load_relation_layer
from tracker.comparison.relation import RelationLayer, tempered
from tracker.types import (
    CONFLICTING,
    Kind,
    Reason,
    Relation,
    RelationLabel,
    Sentence,
    Verdict,
    VerdictLabel,
)

LATER = date(2026, 3, 20)
LAYER = load_relation_layer()
LIKELY = 0.98


def read(label: RelationLabel, chance: float = LIKELY) -> Verdict:
    """What a model says that leans to one relation."""
    opposed = label in (RelationLabel.CONTRADICTION, RelationLabel.REVERSAL)
    same = label is RelationLabel.REPEAT
    return Verdict(
        comparer="model",
        version="1",
        label=VerdictLabel.CONTRADICTION if opposed else VerdictLabel.NEUTRAL,
        entailment=chance if same else (1 - chance) / 2,
        contradiction=chance if opposed else (1 - chance) / 2,
        neutral=(1 - chance) / 2 if opposed or same else chance,
        kind=Kind.WORLDKNOWLEDGE,
        reason=Reason(Sentence.READ_CONTRADICTION),
        leanings=certain(label, chance),
    )


def found(kind: Kind) -> Verdict:
    """A contradiction that an exact comparer found."""
    return Verdict(
        comparer="rules",
        version="1",
        label=VerdictLabel.CONTRADICTION,
        entailment=0.0,
        neutral=0.2,
        contradiction=0.8,
        kind=kind,
        reason=Reason(Sentence.OTHER_FIGURES, ("9", "12")),
        premise_words=("9",),
        hypothesis_words=("12",),
    )


NOTHING_FOUND = Verdict(
    comparer="rules",
    version="1",
    label=VerdictLabel.NEUTRAL,
    entailment=0.0,
    neutral=1.0,
    contradiction=0.0,
    kind=None,
    reason=Reason(Sentence.NOTHING_FOUND),
)


SAME_WORDS = replace(
    NOTHING_FOUND,
    label=VerdictLabel.ENTAILMENT,
    entailment=0.9,
    neutral=0.1,
    reason=Reason(Sentence.SAME_WORDS),
)


def related(
    *verdicts: Verdict,
    same_voice: bool = False,
    said_on: date = MONDAY,
    layer: RelationLayer = LAYER,
) -> Relation:
    later = statement("The dam holds, and nine people work there.", said_on=said_on)
    pairing = Pairing(statement("It leaks, and twelve people are there."), later, same_voice)
    return layer.name(pairing, layer.chances_of(pairing, verdicts), verdicts)


def test_what_two_voices_cannot_both_mean_is_a_contradiction() -> None:
    relation = related(NOTHING_FOUND, read(RelationLabel.CONTRADICTION))
    assert relation.label is RelationLabel.CONTRADICTION
    assert relation.kind is Kind.WORLDKNOWLEDGE


def test_what_one_voice_cannot_both_mean_is_a_reversal() -> None:
    relation = related(NOTHING_FOUND, read(RelationLabel.REVERSAL), same_voice=True, said_on=LATER)
    assert relation.label is RelationLabel.REVERSAL


@pytest.mark.parametrize("label", [RelationLabel.TENSION, RelationLabel.UPDATE, RelationLabel.NONE])
def test_a_model_that_is_sure_is_believed(label: RelationLabel) -> None:
    assert related(NOTHING_FOUND, read(label, 0.97), said_on=LATER).label is label


def test_one_voice_under_two_names_reverses_itself_where_the_model_reads_it_so() -> None:
    relation = related(NOTHING_FOUND, read(RelationLabel.REVERSAL), same_voice=False)
    assert relation.label is RelationLabel.REVERSAL


def test_a_model_that_reads_two_voices_does_not_outweigh_the_names() -> None:
    relation = related(NOTHING_FOUND, read(RelationLabel.CONTRADICTION), same_voice=True)
    assert relation.label is RelationLabel.REVERSAL


@pytest.mark.parametrize("same_voice", [True, False])
def test_the_same_again_is_a_repeat(same_voice: bool) -> None:
    again = read(RelationLabel.REPEAT, 0.97)
    assert related(NOTHING_FOUND, again, same_voice=same_voice).label is RelationLabel.REPEAT


def again(first: str, second: str, *, same_voice: bool) -> Relation:
    """What a model that sees nothing in common is told of two statements."""
    pairing = Pairing(statement(first), statement(second, said_on=LATER), same_voice)
    verdicts = (SAME_WORDS, read(RelationLabel.NONE, 0.99))
    return LAYER.name(pairing, LAYER.chances_of(pairing, verdicts), verdicts)


def test_a_voice_that_says_its_words_again_repeats_itself_whatever_is_read() -> None:
    relation = again("The bridge is closed.", "the Bridge is closed", same_voice=True)
    assert relation.label is RelationLabel.REPEAT
    assert relation.reason.sentence is Sentence.SAME_WORDS
    others = again("The bridge is closed.", "The bridge was closed.", same_voice=True)
    assert others.label is RelationLabel.NONE


def test_agreement_never_hides_what_an_exact_comparer_found() -> None:
    agreed = read(RelationLabel.REPEAT, 0.99)
    silent = replace(agreed, leanings=certain(RelationLabel.NONE, 0.99), entailment=0.0)
    with_agreement = related(found(Kind.NUMERIC), agreed)
    assert with_agreement.label is not RelationLabel.REPEAT
    without = related(found(Kind.NUMERIC), silent)
    assert with_agreement.label is without.label
    assert with_agreement.probability == pytest.approx(without.probability, abs=0.01)


def test_the_exact_comparer_gives_the_reason() -> None:
    relation = related(found(Kind.NUMERIC), read(RelationLabel.CONTRADICTION))
    assert relation.label in CONFLICTING
    assert str(relation.reason) == "They give different figures for the same thing: “9” and “12”."
    assert (relation.premise_words, relation.hypothesis_words) == (("9",), ("12",))


def test_an_unsure_conflict_is_not_flagged() -> None:
    strict = replace(LAYER, threshold=1.0)
    assert related(read(RelationLabel.CONTRADICTION), layer=strict).label is RelationLabel.NONE
    lenient = replace(LAYER, threshold=0.0)
    assert related(read(RelationLabel.CONTRADICTION), layer=lenient).label in CONFLICTING


def test_a_judge_is_heard_for_one_half() -> None:
    chances = dict.fromkeys(LAYER.weights, 0.0) | {
        RelationLabel.CONTRADICTION: 0.8,
        RelationLabel.NONE: 0.2,
    }
    denies = read(RelationLabel.NONE, 1.0)
    assert tempered(chances, denies)[RelationLabel.CONTRADICTION] == pytest.approx(0.4)
    only_infers = replace(denies, leanings={}, contradiction=0.6)
    after = tempered(chances, only_infers)
    assert after[RelationLabel.CONTRADICTION] == pytest.approx(0.7)
    assert sum(after.values()) == pytest.approx(1)
