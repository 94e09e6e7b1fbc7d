"""What the program says, in either language."""

from datetime import date

import pytest

from tracker.errors import InvalidDecision, InvalidSubscription
from tracker.phrasing import Phrasing, phrasing
from tracker.types import (
    ConflictState,
    Dismissal,
    Reason,
    RelationLabel,
    Sentence,
    Stored,
    Tongue,
)

AS_STORED = Sentence.IN_OTHER_WORDS
"""The sentence of old reasons, which says nothing of its own."""


@pytest.fixture
def romanian() -> Phrasing:
    return phrasing(Tongue.ROMANIAN)


@pytest.fixture
def english() -> Phrasing:
    return phrasing(Tongue.ENGLISH)


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (0, "desk: 0 conflicte"),
        (1, "desk: 1 conflict"),
        (2, "desk: 2 conflicte"),
        (19, "desk: 19 conflicte"),
        (20, "desk: 20 de conflicte"),
        (101, "desk: 101 conflicte"),
        (120, "desk: 120 de conflicte"),
    ],
)
def test_numbers_are_told_with_the_plural_they_take(
    romanian: Phrasing, number: int, told: str
) -> None:
    sentences = ("{name}: {number} conflict", "{name}: {number} conflicts")
    assert romanian.count(*sentences, number, name="desk") == told


def test_a_reason_keeps_the_words_as_printed_and_nothing_else_english(
    romanian: Phrasing, english: Phrasing
) -> None:
    for sentence in set(Sentence) - {AS_STORED}:
        reason = Reason(sentence, ("{este} închis", "nu e închis"))
        told = romanian.because(reason)
        assert told != english.because(reason) == str(reason)
        assert ("{este} închis" in told) == ("{este} închis" in str(reason))
    assert romanian.because(Reason(AS_STORED, ("Kept as it came.",))) == "Kept as it came."


def test_a_thing_that_reasons_name_is_told_too(romanian: Phrasing, english: Phrasing) -> None:
    reason = Reason(Sentence.OTHER_THINGS, ("prime_minister",))
    assert romanian.because(reason).endswith("de același fel (prim-ministru).")
    assert english.because(reason).endswith("of one kind (prime minister).")


def test_a_refusal_is_told_with_its_values_and_words(romanian: Phrasing) -> None:
    state = {"state": ConflictState.CONFIRMED, "wanted": ConflictState.SNOOZED}
    error = InvalidDecision(
        "the conflict is {state} and cannot become {wanted}; reload the page to see what was "
        "decided meanwhile",
        "state",
        **state,
    )
    assert str(error).startswith("the conflict is confirmed and cannot become snoozed;")
    assert romanian.refusal(error).startswith(
        "Starea conflictului este „confirmat” și nu poate deveni „amânat”"
    )
    known = sorted([RelationLabel.TENSION, RelationLabel.REVERSAL])
    chosen = InvalidSubscription("relations: choose at least one of {known}", known=known)
    assert str(chosen) == "relations: choose at least one of reversal, tension"
    assert romanian.refusal(chosen) == "Alegeți cel puțin o relație: răzgândire, tensiune."


def test_a_refusal_without_a_translation_stays_as_it_is(romanian: Phrasing) -> None:
    assert romanian.refusal(InvalidDecision("{nobody} wrote this")) == "{nobody} wrote this"


def test_words_of_two_kinds_that_are_spelled_alike_are_told_apart(english: Phrasing) -> None:
    assert english.word(Dismissal.UPDATE) == "an update"
    assert english.word(RelationLabel.UPDATE) == "update"
    assert english.word(Stored.SOURCE_EDIT) == "change of a speaker"


def test_days_shares_and_languages_are_told_as_the_language_has_them(
    romanian: Phrasing, english: Phrasing
) -> None:
    day = date(2026, 3, 1)
    assert (romanian.day(day), english.day(day)) == ("1 mar. 2026", "1 Mar 2026")
    assert (romanian.share(0.8), english.share(0.8)) == ("0,80", "0.80")
    told = [
        [each.language(code) for code in ("ro", "fr", "ka", "xx")] for each in (romanian, english)
    ]
    assert told == [
        ["română", "franceză", "georgiană", "xx"],
        ["Romanian", "French", "Georgian", "xx"],
    ]
