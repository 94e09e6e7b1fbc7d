"""Gold data is checked when it is read, and faults are said with their place."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.evaluation.samples import gold_article, gold_claim, write_lines
from tracker.errors import EvaluationError
from tracker.evaluation import read_gold

TEXT = "Quill said the ferry sails at nine."


def article(**changes: Any) -> dict[str, Any]:
    claim = gold_claim("q-a1-c1", TEXT, "Quill", "Quill", ["the ferry sails at nine"])
    return {**gold_article("q-a1", TEXT, [claim]), **changes}


def pair(**changes: Any) -> dict[str, Any]:
    side = {
        "speaker": "Quill",
        "text": "The ferry sails.",
        "lang": "en",
        "date": "2026-03-02",
        "about": "the ferry",
    }
    return {
        "id": "p1",
        "a": side,
        "b": side,
        "label": "repeat",
        "kind": "negation",
        "trap": False,
        **changes,
    }


def test_what_is_missing_is_none(tmp_path):
    write_lines(tmp_path / "articles.jsonl", [article()])
    gold = read_gold(tmp_path)
    assert gold.articles is not None
    assert [a.id for a in gold.articles] == ["q-a1"]
    assert gold.relations is None
    assert gold.pairs is None


def test_pairs_alone_are_enough(tmp_path):
    write_lines(tmp_path / "pairs.jsonl", [pair()])
    gold = read_gold(tmp_path)
    assert gold.articles is None
    assert gold.pairs is not None
    assert gold.pairs[0].a.speaker == "Quill"


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(EvaluationError, match=r"articles\.jsonl or pairs\.jsonl"):
        read_gold(tmp_path)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": TEXT.upper()}, "q-a1-c1: 'the ferry sails at nine' is not at 11"),
        ({"published_at": "2026-03-02T10:00:00"}, "published_at"),
        ({"claims": None}, "claims"),
    ],
)
def test_a_wrong_article_is_named_by_file_and_line(tmp_path, changes, words):
    write_lines(tmp_path / "articles.jsonl", [article(id="q-a0", claims=[]), article(**changes)])
    with pytest.raises(EvaluationError) as caught:
        read_gold(tmp_path)
    assert "articles.jsonl:2" in str(caught.value)
    assert words in str(caught.value)


def test_what_is_no_json_is_named_by_file_and_line(tmp_path):
    (tmp_path / "articles.jsonl").write_text("\n{oops\n")
    with pytest.raises(EvaluationError, match=r"articles\.jsonl:2: Invalid JSON"):
        read_gold(tmp_path)


def test_a_relation_to_an_unknown_claim_is_refused(tmp_path):
    write_lines(tmp_path / "articles.jsonl", [article()])
    relation = {"scenario": "q", "a": "q-a1-c1", "b": "q-a9-c1", "label": "update"}
    write_lines(tmp_path / "conflicts.jsonl", [relation])
    with pytest.raises(EvaluationError, match="q-a9-c1 is not a claim"):
        read_gold(tmp_path)


def test_an_id_used_twice_is_refused(tmp_path):
    write_lines(tmp_path / "articles.jsonl", [article(), article(claims=[])])
    with pytest.raises(EvaluationError, match="q-a1 is used twice"):
        read_gold(tmp_path)


def test_a_day_becomes_its_noon_and_keeps_the_order_of_the_file(tmp_path):
    write_lines(tmp_path / "articles.jsonl", [article(outlet=None)])
    (read,) = read_gold(tmp_path).articles or ()
    assert read.draft(0).published_at == datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    assert read.draft(3).published_at == datetime(2026, 3, 2, 12, 3, tzinfo=UTC)
    assert (read.draft(0).outlet, read.draft(0).external_id) == ("unknown", "q-a1")


def test_a_moment_stays_as_it_is(tmp_path):
    write_lines(tmp_path / "articles.jsonl", [article(published_at="2026-03-02T18:00:00+02:00")])
    (read,) = read_gold(tmp_path).articles or ()
    assert read.draft(3).published_at == datetime(2026, 3, 2, 16, 0, tzinfo=UTC)


def test_the_development_gold_is_read():
    folder = Path(__file__).parents[3] / "shared" / "gold" / "dev"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not here")
    gold = read_gold(folder)
    assert gold.articles
    assert gold.relations
    assert gold.pairs
