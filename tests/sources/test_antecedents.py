"""Who is meant, weighed: probabilities, and what they decide in an article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.samples import extract
from tracker.sources import Ranking
from tracker.types import SourceKind

_FEATURES = ("known", "spoke last", "named 1 back")
_WEIGHTS = {"pronoun": {"known": -1.0, "spoke last": 2.0, "named 1 back": 0.5}}


@given(st.lists(st.lists(st.sampled_from(_FEATURES), unique=True), min_size=1, max_size=9))
def test_the_chances_of_all_who_can_be_meant_sum_to_one(candidates: list[list[str]]) -> None:
    chances = Ranking(_WEIGHTS).chances("pronoun", candidates)
    assert sum(chances) == pytest.approx(1)
    assert all(0 < chance <= 1 for chance in chances)


def test_more_that_speaks_for_somebody_makes_them_likelier() -> None:
    chances = Ranking(_WEIGHTS).chances("pronoun", [["known"], ["known", "spoke last"]])
    assert chances[1] > chances[0]


def test_nothing_is_told_from_features_that_were_not_learnt() -> None:
    assert Ranking({}).chances("pronoun", [["known"], []]) == [0.5, 0.5]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "Judge Ruth Hale closed the hearing. The defendant, Carl Voss, wept. “I am sorry,” he "
            "said. She said that the sentence would follow on Friday.",
            ["Carl Voss", "Ruth Hale"],
        ),
        (
            "Anna Bell said the plan was dead. Her rival, Tom Price, was at the meeting too. "
            "She said that nobody had asked her.",
            ["Anna Bell", "Anna Bell"],
        ),
    ],
)
def test_a_pronoun_takes_up_who_fits_it(text: str, speakers: list[str]) -> None:
    assert [draft.source.name for draft in extract(text, "en")] == speakers


def test_a_dropped_subject_goes_on_with_the_speaker() -> None:
    text = (
        "Ministra Alina Rusu a declarat că școlile rămân deschise. A adăugat că vor veni "
        "mai mulți profesori. Crede că părinții vor fi mulțumiți."
    )
    assert {draft.source.name for draft in extract(text)} == {"Alina Rusu"}


def test_of_two_with_one_surname_the_title_tells_which() -> None:
    text = (
        "Mary Walsh chairs the club. Tom Walsh trains the team. Tom Walsh left early. "
        "Mary Walsh stayed. Ms Walsh said that the game was lost."
    )
    [draft] = extract(text, "en")
    assert draft.source.name == "Mary Walsh"


def test_one_of_a_pair_cannot_be_told_from_the_other() -> None:
    text = "Mary Hart and Anna Walsh left the room. She said that the talks had failed."
    [draft] = extract(text, "en")
    assert draft.source.kind is SourceKind.UNRESOLVED


def test_states_written_with_full_stops_are_no_people() -> None:
    text = "U.S. Circuit Judge Eleanor Batts said that the U.N. had no say in the matter."
    [draft] = extract(text, "en")
    assert draft.source.name == "Eleanor Batts"
