"""The claim sets that teach the comparison keep their form, and a wrong one is refused by name."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.training.sets import later
from tracker.types import Kind, RelationLabel
from training.claim_sets import read_sets


def write(path: Path, **changes: Any) -> Path:
    labels = [label.value for label in RelationLabel] + ["contradiction", "none"]
    record = {
        "id": "t-1",
        "about": "The bridge at Runcu",
        "domain": "transport",
        "a": {
            "speaker": "Ion Albu",
            "lang": "ro",
            "date": "2026-02-01",
            "text": "Podul de la Runcu e închis.",
        },
        "b": [later(label) for label in labels],
    }
    path.write_text(json.dumps(record | changes) + "\n", encoding="utf-8")
    return path


def test_all_sets_of_the_folder_are_well() -> None:
    pairs = list(read_sets())
    assert len(pairs) % 8 == 0
    assert {pair.relation for pair in pairs} == set(RelationLabel)
    assert {pair.kind for pair in pairs} == set(Kind)


def test_a_later_claim_speaks_of_the_same_event_unless_it_says_otherwise(tmp_path: Path) -> None:
    labels = [label.value for label in RelationLabel] + ["contradiction"]
    others = [later(label) for label in labels] + [later("none", about="The road to Runcu")]
    pairs = list(read_sets([write(tmp_path / "t.jsonl", b=others)]))
    assert {pair.hypothesis.about for pair in pairs[:-1]} == {"The bridge at Runcu"}
    assert pairs[-1].hypothesis.about == "The road to Runcu"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"b": [later("none")] * 8}, "not the relations"),
        ({"b": [later("none", date="2026-01-01")] * 8}, "dated before"),
        ({"b": [later("none", text="No.")] * 8}, "a text of 1 words"),
        ({"b": [later("perhaps")] * 8}, "perhaps"),
        ({"about": ""}, "no speaker or event"),
    ],
)
def test_a_set_without_the_form_is_refused_by_name(
    tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    path = write(tmp_path / "bad.jsonl", **changes)
    with pytest.raises(ValueError, match=rf"bad.jsonl, line 1: .*{message}"):
        list(read_sets([path]))
