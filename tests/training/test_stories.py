"""The stories that teach the comparison keep their form, and a wrong one is refused by name."""

import json
from pathlib import Path
from typing import Any

import pytest

from tracker.types import Kind, RelationLabel
from training.stories import read_stories


def article(number: int, date: str, *texts: str) -> dict[str, Any]:
    return {
        "outlet": "The Runcu Post",
        "date": date,
        "lang": "en",
        "title": f"The bridge, part {number}",
        "claims": [
            {"id": f"{number}.{n}", "speaker": f"Speaker {n}", "text": text}
            for n, text in enumerate(texts, 1)
        ],
    }


def related(a: str, b: str, label: str = "contradiction") -> dict[str, str]:
    return {"a": a, "b": b, "label": label, "kind": "negation", "why": "yes and no"}


def write(path: Path, **changes: Any) -> Path:
    record = {
        "id": "t-1",
        "domain": "transport",
        "articles": [
            article(1, "2026-02-01", "The bridge is open.", "The bridge is closed."),
            article(2, "2026-02-03", "The bridge opens again."),
        ],
        "relations": [related("1.1", "1.2"), related("1.2", "2.1", "update")],
    }
    path.write_text(json.dumps(record | changes) + "\n", encoding="utf-8")
    return path


def test_all_stories_of_the_folder_are_well() -> None:
    pairs = list(read_stories())
    assert {pair.relation for pair in pairs} == set(RelationLabel)
    assert len({pair.set_id for pair in pairs}) > 100
    unrelated = sum(pair.relation is RelationLabel.NONE for pair in pairs)
    assert unrelated > 0.9 * len(pairs)


def test_every_pair_that_is_not_listed_has_no_relation(tmp_path: Path) -> None:
    pairs = list(read_stories([write(tmp_path / "t.jsonl")]))
    assert [pair.relation for pair in pairs] == [
        RelationLabel.CONTRADICTION,
        RelationLabel.NONE,
        RelationLabel.UPDATE,
    ]
    assert pairs[0].kind is Kind.NEGATION
    assert pairs[2].hypothesis.about == "The bridge, part 2"
    assert (pairs[2].hypothesis.said_on - pairs[2].premise.said_on).days == 2


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"relations": [related("1.2", "1.1")]}, "1.2 does not stand before 1.1"),
        ({"relations": [related("1.1", "1.2")] * 2}, "related twice"),
        ({"relations": [related("1.1", "1.2", "none")]}, "none is not listed"),
        ({"relations": [related("1.1", "2.1")]}, "one speaker"),
        ({"relations": [related("1.1", "9.9")]}, "9.9"),
        ({"articles": [article(1, "2026-02-01", "No.")]}, "claim 1.1 has 1 words"),
        (
            {"articles": [article(1, "2026-02-03", "It is."), article(2, "2026-02-01", "Is it?")]},
            "not in order of date",
        ),
    ],
)
def test_a_story_without_the_form_is_refused_by_name(
    tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    path = write(tmp_path / "bad.jsonl", **changes)
    with pytest.raises(ValueError, match=rf"bad.jsonl, line 1: .*{message}"):
        list(read_stories([path]))
