"""Speakers described in a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.sources import describe_speaker
from tracker.types import SourceKind


def test_name_and_role_are_told_apart() -> None:
    speaker = describe_speaker("Sorin Mateescu, director regional de drumuri")
    assert speaker.name == "Sorin Mateescu"
    assert speaker.kind is SourceKind.PERSON
    assert speaker.role == "director regional de drumuri"


@pytest.mark.parametrize("name", ["Kremlin", "Ministerul Sănătății", "White House", "Norley Rail"])
def test_bodies_are_bodies(name: str) -> None:
    assert describe_speaker(name).kind is SourceKind.ORGANISATION


@given(st.text(max_size=80))
def test_any_text_is_somebody(text: str) -> None:
    describe_speaker(text)
