"""Which statements are one, printed twice."""

from dataclasses import replace
from datetime import date

import pytest

from tracker.claims.sameness import same_but_for_slips, words_key
from tracker.types import ClaimDetails, Modality, Polarity, Statement

DETAILS = ClaimDetails(polarity=Polarity.POSITIVE, modality=Modality.ASSERTED)


def said(text: str, about: str = "the bridge", *, denied: bool = False) -> Statement:
    return Statement(
        speaker="Ana Rusu",
        text=text,
        language="en",
        said_on=date(2026, 3, 2),
        about=about,
        details=replace(DETAILS, is_denied=denied),
    )


def same_key(one: str, other: str) -> bool:
    return words_key(said(one)) == words_key(said(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Podul este închis de ieri", "podul este inchis, de ieri!"),
        ("Podul este închis de ieri", "„Podul  este închis” … de ieri"),
        ("It’s the mayor's bridge now", "It's the mayor’s bridge now"),
        ("It fell by −5 degrees overnight", "it fell by -5 degrees overnight"),
    ],
)
def test_case_diacritics_spaces_and_punctuation_make_no_difference(one: str, other: str) -> None:
    assert same_key(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a rise of 1,5 percent this year", "a rise of 15 percent this year"),
        ("it will cost 5% more than that", "it will cost 5 more than that"),
        ("it costs $5 million to build", "it costs €5 million to build"),
        ("it was -5 degrees last night", "it was 5 degrees last night"),
        ("the bridge is closed until May", "the bridge is closed until May?"),
        ("the bridge is not closed today", "the bridge is closed today"),
    ],
)
def test_what_changes_the_meaning_makes_a_difference(one: str, other: str) -> None:
    assert not same_key(one, other)
    assert not same_but_for_slips(said(one), said(other))


def test_few_words_are_the_same_only_of_the_same_matter() -> None:
    talks, works = said("constructive", "the talks"), said("constructive", "the works")
    assert words_key(talks) == words_key(said("Constructive.", "The talks"))
    assert words_key(talks) != words_key(works)
    assert not same_but_for_slips(talks, works)
    long = "they were constructive and open"
    assert words_key(said(long, "the talks")) == words_key(said(long, "the works"))


def test_words_that_are_denied_are_not_those_that_are_said() -> None:
    words = "the bridge is closed today"
    assert words_key(said(words)) != words_key(said(words, denied=True))
    assert not same_but_for_slips(said(words), said(words, denied=True))


@pytest.mark.parametrize(
    "misprint",
    [
        "the minister rejected the proposal of the comission",
        "the minister rejected the propsoal of the commission",
        "the minister rejcted the proposal of the comission",
    ],
)
def test_misprints_are_forgiven_in_copies_but_are_other_words(misprint: str) -> None:
    right = "the minister rejected the proposal of the commission"
    assert same_but_for_slips(said(right), said(misprint))
    assert not same_key(right, misprint)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("at least 12 people were hurt", "at least 13 people were hurt"),
        ("it will cost nine million euros", "it will cost nine billion euros"),
        ("the decision was a moral one", "the decision was an amoral one"),
        ("the vote was perfectly legal there", "the vote was perfectly illegal there"),
        ("the gates are now open again", "the gates are not open again"),
        ("the works go well for us", "the works go on well for us"),
        ("the plan was accepted on Monday", "the plan was rejected on Monday"),
    ],
)
def test_words_that_only_look_alike_are_no_misprints(one: str, other: str) -> None:
    assert not same_but_for_slips(said(one), said(other))
