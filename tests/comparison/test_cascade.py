"""From pairs to relations, with nothing judged twice."""

from dataclasses import replace
from functools import partial

import pytest

from tests.comparison.readers import WordReader
from tests.comparison.statements import statement
from tests.fakes import ScriptedComparer, believing
from tracker.comparison import (
    Cascade,
    Known,
    ModelComparer,
    Pairing,
    RelationLayer,
    RuleComparer,
    explain,
    fingerprint,
    load_relation_layer,
)
from tracker.comparison.relation import OUTCOMES
from tracker.languages import languages
from tracker.types import RelationLabel, Statement

OPEN = statement("The pass over the mountain is open to all cars today", speaker="Ana Pop")
CLOSED = statement("Police say that the pass is closed because of snow", speaker="Ion Dan")
SNOW = statement("Police report that snow stands up to the windows", speaker="Ion Dan")
RAIN = statement("It rained all night in the valley", speaker="Ion Dan")


def pairing(a: Statement, b: Statement) -> Pairing:
    return Pairing(a, b, same_voice=False)


def test_a_conflict_shows_the_words_it_rests_on() -> None:
    model = ModelComparer(WordReader("mountain", "Police"))
    weights = {outcome: {f"read: {outcome}": 1.0} for outcome in OUTCOMES}
    cascade = Cascade(
        (RuleComparer(languages()), model),
        RelationLayer(weights, 0.5),
        explain=partial(explain, model),
    )
    [judgement, other] = cascade.judge([pairing(OPEN, SNOW), pairing(OPEN, RAIN)])
    relation = judgement.relation
    assert relation.label is RelationLabel.CONTRADICTION
    assert str(relation.reason) == (
        f"Read together, “{OPEN.text}” and “{SNOW.text}” cannot both be true."
    )
    assert (relation.premise_words, relation.hypothesis_words) == ((OPEN.text,), (SNOW.text,))
    assert [verdict.comparer for verdict in judgement.verdicts] == ["rules", "model"]
    assert other.relation.label is RelationLabel.NONE
    assert other.chance == 0


def test_what_was_said_before_of_the_same_words_is_taken_from_there() -> None:
    comparer = ScriptedComparer([])
    pair = pairing(OPEN, CLOSED)
    [before] = ScriptedComparer([(OPEN.text, CLOSED.text)]).compare([(OPEN, CLOSED)])
    known = {Known("scripted", "1", fingerprint(pair)): before}
    [judgement] = believing(comparer).judge([pair], known)
    assert judgement.verdicts == (before,)
    assert judgement.relation.label is RelationLabel.CONTRADICTION


def test_another_version_is_asked_anew() -> None:
    pair = pairing(OPEN, CLOSED)
    [before] = ScriptedComparer([(OPEN.text, CLOSED.text)]).compare([(OPEN, CLOSED)])
    known = {Known("scripted", "0", fingerprint(pair)): before}
    [judgement] = believing(ScriptedComparer([])).judge([pair], known)
    assert judgement.relation.label is RelationLabel.NONE


@pytest.mark.parametrize(
    "change",
    [
        {"text": "The pass is closed"},
        {"speaker": "Somebody"},
        {"about": "Snow"},
        {"language": "ro"},
    ],
)
def test_a_fingerprint_is_of_all_that_comparers_are_shown(change: dict[str, str]) -> None:
    pair = pairing(OPEN, CLOSED)
    assert fingerprint(pair) == fingerprint(pairing(OPEN, CLOSED))
    assert fingerprint(pair) != fingerprint(pairing(OPEN, replace(CLOSED, **change)))
    assert fingerprint(pair) != fingerprint(pairing(CLOSED, OPEN))


def test_the_threshold_decides_what_is_flagged() -> None:
    cascade = believing(ScriptedComparer([(OPEN.text, CLOSED.text)]))
    assert cascade.threshold == 0.5
    [flagged] = cascade.judge([pairing(OPEN, CLOSED)])
    [silent] = cascade.with_threshold(1.0).judge([pairing(OPEN, CLOSED)])
    assert flagged.relation.label is RelationLabel.CONTRADICTION
    assert silent.relation.label is RelationLabel.NONE
    assert flagged.chance == silent.chance > 0.5


ODD = [
    "da",
    "—",
    "word " * 2000,
    "Премьер заявил, що міст is închis",
    "1.234,5 and 1,234.5 in MMXXV",
    "\u0000\ud800 broken",
    "الجسر مغلق",
]


@pytest.mark.parametrize("text", ODD)
def test_any_claim_can_be_compared_with_any_other(text: str) -> None:
    model = ModelComparer(WordReader("open", "closed"))
    cascade = Cascade((RuleComparer(languages()), model), load_relation_layer())
    odd = replace(OPEN, text=text)
    pairs = [pairing(odd, CLOSED), pairing(CLOSED, odd), pairing(odd, odd)]
    for judgement in cascade.judge(pairs):
        assert judgement.relation.label in RelationLabel
        assert 0 <= judgement.relation.probability <= 1
