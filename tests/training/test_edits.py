"""Edited claims say what they are meant to say, and their twins keep the surface."""

import random
from collections.abc import Sequence
from datetime import date

from tracker.types import Kind, RelationLabel
from training.claim_sets import ClaimPair, Told
from training.edits import edited

MONDAY = date(2026, 3, 2)


def told(text: str, language: str = "en", about: str = "The bridge") -> Told:
    return Told(f"Speaker of {about}", language, MONDAY, about, text)


def pairs(text: str, language: str = "en") -> list[ClaimPair]:
    """The edits of one claim; another set lends speaker and event."""
    own, other = told(text, language), told("Nothing here.", language, "The harvest")
    found = [
        ClaimPair("one", own, own, RelationLabel.REPEAT, Kind.ACTOR),
        ClaimPair("two", other, other, RelationLabel.REPEAT, Kind.ACTOR),
    ]
    chance = random.Random(1)
    edits = [pair for _ in range(20) for pair in edited(found, chance)]
    return [pair for pair in edits if pair.set_id == "one"]


def of(found: Sequence[ClaimPair], relation: RelationLabel) -> list[ClaimPair]:
    return [pair for pair in found if pair.relation is relation]


def test_a_figure_is_changed_and_only_by_another_speaker_on_the_same_thing() -> None:
    found = pairs("The bridge cost 12.450 euros in the end.")
    assert found
    for pair in of(found, RelationLabel.CONTRADICTION):
        assert pair.kind is Kind.NUMERIC
        assert pair.premise.text != pair.hypothesis.text
        assert pair.premise.speaker != pair.hypothesis.speaker
        assert pair.premise.about == pair.hypothesis.about
    assert any("about 12.000" in pair.hypothesis.text for pair in of(found, RelationLabel.NONE))
    assert any(p.premise.about != p.hypothesis.about for p in of(found, RelationLabel.NONE))


def test_a_sentence_is_negated_in_either_language() -> None:
    for text, language, denied in (
        ("The bridge is safe for lorries.", "en", "The bridge is not safe for lorries."),
        ("Podul este sigur pentru camioane.", "ro", "Podul nu este sigur pentru camioane."),
    ):
        found = pairs(text, language)
        reversals = of(found, RelationLabel.REVERSAL)
        assert {pair.hypothesis.text for pair in reversals} == {denied}
        assert all(pair.hypothesis.said_on > pair.premise.said_on for pair in reversals)
        assert all(pair.premise.speaker == pair.hypothesis.speaker for pair in reversals)


def test_what_cannot_be_edited_safely_is_left_alone() -> None:
    for text in (
        "About 40 people crossed it.",
        "It opened in 2019.",
        "Between 3 and 5 lorries wait.",
        "Nobody is there.",
        "He is here and she was there.",
    ):
        assert not pairs(text)
