"""From verdict, voices and dates to the relation."""

from datetime import date

import pytest

from tests.comparison.statements import MONDAY, statement
from tracker.comparison import relate
from tracker.types import Kind, Reason, Relation, RelationLabel, Sentence, Verdict, VerdictLabel

LATER = date(2026, 3, 20)
NEXT_DAY = date(2026, 3, 3)


def verdict(
    label: VerdictLabel, probability: float, kind: Kind | None = None, comparer: str = "rules"
) -> Verdict:
    chances = dict.fromkeys(VerdictLabel, 0.0) | {VerdictLabel.NEUTRAL: 1 - probability}
    chances[label] = probability
    return Verdict(
        comparer=comparer,
        version="1",
        label=label,
        entailment=chances[VerdictLabel.ENTAILMENT],
        neutral=chances[VerdictLabel.NEUTRAL],
        contradiction=chances[VerdictLabel.CONTRADICTION],
        kind=kind,
        reason=Reason(Sentence.IN_OTHER_WORDS, (f"Because of {comparer}.",)),
    )


def related(
    kind: Kind,
    *,
    same_voice: bool,
    said_on: date = MONDAY,
    text: str = "The dam holds.",
    language: str = "en",
) -> RelationLabel:
    contradiction = verdict(VerdictLabel.CONTRADICTION, 0.8, kind)
    later = statement(text, language, said_on=said_on)
    return relate(statement("It leaks."), later, [contradiction], same_voice=same_voice).label


def test_two_voices_contradict() -> None:
    assert related(Kind.NEGATION, same_voice=False) is RelationLabel.CONTRADICTION


def test_one_voice_reverses() -> None:
    assert related(Kind.NEGATION, same_voice=True, said_on=LATER) is RelationLabel.REVERSAL


def test_assessments_of_two_voices_are_in_tension() -> None:
    assert related(Kind.EVALUATION, same_voice=False) is RelationLabel.TENSION


@pytest.mark.parametrize("same_voice", [True, False])
@pytest.mark.parametrize("kind", [Kind.NUMERIC, Kind.DATE])
def test_a_figure_given_much_later_is_an_update(kind: Kind, same_voice: bool) -> None:
    assert related(kind, same_voice=same_voice, said_on=LATER) is RelationLabel.UPDATE


def test_a_figure_given_at_once_is_none() -> None:
    assert related(Kind.NUMERIC, same_voice=False) is RelationLabel.CONTRADICTION
    assert related(Kind.NUMERIC, same_voice=False, said_on=NEXT_DAY) is RelationLabel.CONTRADICTION


@pytest.mark.parametrize(
    ("text", "language"),
    [("The toll has risen to nine.", "en"), ("Bilanțul a ajuns la nouă.", "ro")],
)
def test_words_of_change_make_an_update(text: str, language: str) -> None:
    label = related(Kind.NUMERIC, same_voice=False, said_on=NEXT_DAY, text=text, language=language)
    assert label is RelationLabel.UPDATE


def test_a_correction_is_no_update() -> None:
    label = related(
        Kind.NUMERIC, same_voice=True, said_on=LATER, text="In fact it was nine; we were wrong."
    )
    assert label is RelationLabel.REVERSAL


def test_the_same_again_is_a_repeat_only_from_one_voice() -> None:
    said, again = statement("It leaks."), statement("It leaks.")
    entailment = [verdict(VerdictLabel.ENTAILMENT, 0.9)]
    assert relate(said, again, entailment, same_voice=True).label is RelationLabel.REPEAT
    assert relate(said, again, entailment, same_voice=False).label is RelationLabel.NONE


def test_the_verdict_furthest_from_neutral_decides() -> None:
    relation = relate(
        statement("It leaks."),
        statement("It holds."),
        [
            verdict(VerdictLabel.NEUTRAL, 0.9, comparer="one"),
            verdict(VerdictLabel.CONTRADICTION, 0.7, Kind.ANTONYM, comparer="two"),
            verdict(VerdictLabel.ENTAILMENT, 0.6, comparer="three"),
        ],
        same_voice=False,
    )
    assert relation.label is RelationLabel.CONTRADICTION
    assert (relation.probability, relation.kind) == (0.7, Kind.ANTONYM)
    assert str(relation.reason) == "Because of two."


def test_without_verdicts_there_is_no_relation() -> None:
    found: Relation = relate(statement("It leaks."), statement("It holds."), [], same_voice=True)
    assert found.label is RelationLabel.NONE
    assert found.reason
