"""Contrast sets keep their form, and a wrong one is refused by name."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.training.sets import later
from tracker.types import RelationLabel
from training.contrasts import read_contrasts

LABELS = ["contradiction", "none", "contradiction", "repeat", "update", "none", "none", "tension"]


def write(path: Path, claims: list[dict[str, Any]]) -> Path:
    said = {"speaker": "Ion Albu", "lang": "en", "date": "2026-02-01", "text": "It is still open."}
    record = {"id": "t-1", "about": "The bridge", "domain": "negation", "a": said, "b": claims}
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    return path


def test_all_sets_of_the_folder_are_well() -> None:
    pairs = list(read_contrasts())
    assert len(pairs) % 8 == 0
    assert {pair.relation for pair in pairs} == set(RelationLabel)


def test_a_set_may_have_any_number_of_each_relation(tmp_path: Path) -> None:
    pairs = list(read_contrasts([write(tmp_path / "t.jsonl", [later(each) for each in LABELS])]))
    assert [pair.relation for pair in pairs] == LABELS
    assert {pair.hypothesis.about for pair in pairs} == {"The bridge"}


@pytest.mark.parametrize(
    ("claims", "fault"),
    [
        ([later("none")] * 8, "of which some conflict"),
        ([later("reversal", speaker="Ion Albu")] * 8, "of which some conflict"),
        ([later(each) for each in LABELS[:7]], "not 8 claims"),
        ([later(each, speaker="Ion Albu") for each in LABELS], "is a reversal"),
    ],
)
def test_a_wrong_set_is_refused_by_name(
    tmp_path: Path, claims: list[dict[str, Any]], fault: str
) -> None:
    with pytest.raises(ValueError, match=rf"t\.jsonl, line 1: t-1: .*{fault}"):
        list(read_contrasts([write(tmp_path / "t.jsonl", claims)]))


def test_an_id_that_is_used_twice_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "t.jsonl", [later(each) for each in LABELS])
    path.write_text(path.read_text("utf-8") * 2, encoding="utf-8")
    with pytest.raises(ValueError, match=r"t\.jsonl, line 2: id t-1 is used twice"):
        list(read_contrasts([path]))
