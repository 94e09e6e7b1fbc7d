"""Articles written around the claims of stories hold every claim, and a wrong one is refused."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tracker.evaluation import read_gold
from tracker.types import RelationLabel
from training.claim_sets import is_for_measuring
from training.coverage import main, read_coverage
from training.lines import read_lines
from training.stories import FOLDER

STORIES = list(read_lines(sorted(FOLDER.glob("*.jsonl")), lambda record: [record]))
STORY = next(story for story in STORIES if is_for_measuring(story["id"]))


def write(path: Path, *texts: str) -> Path:
    articles = [{"title": "A headline", "text": text} for text in texts]
    record = {"id": STORY["id"], "articles": articles}
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    return path


def told(article: int) -> str:
    """An article that holds its claims in the middle of sentences."""
    claims = STORY["articles"][article]["claims"]
    return " ".join(f"She said: {claim['text'].rstrip('.')}, in June." for claim in claims)


def all_told() -> list[str]:
    return [told(n) for n in range(len(STORY["articles"]))]


def test_all_articles_of_the_folder_are_well(tmp_path: Path) -> None:
    answer = CliRunner().invoke(main, ["--gold", str(tmp_path)])
    assert answer.exit_code == 0, answer.output
    gold = read_gold(tmp_path)
    assert len({article.scenario for article in gold.articles or ()}) > 50


def test_what_is_written_is_gold_data_with_the_relations_of_the_story(tmp_path: Path) -> None:
    path = write(tmp_path / "c.jsonl", *all_told())
    answer = CliRunner().invoke(main, [str(path), "--gold", str(tmp_path / "gold")])
    assert answer.exit_code == 0, answer.output
    gold = read_gold(tmp_path / "gold")
    assert gold.articles
    assert gold.relations
    claims = {claim.id: claim for article in gold.articles for claim in article.claims}
    assert len(claims) == sum(len(article["claims"]) for article in STORY["articles"])
    first = STORY["relations"][0]
    assert gold.relations[0].label is RelationLabel(first["label"])
    assert gold.relations[0].a in claims
    assert gold.relations[0].b in claims


def test_a_claim_may_begin_a_sentence_or_stand_within_one(tmp_path: Path) -> None:
    texts = all_told()
    first = STORY["articles"][0]["claims"][0]["text"]
    texts[0] = texts[0].replace(first[:20], first[0].lower() + first[1:20])
    (story,) = read_coverage([write(tmp_path / "c.jsonl", *texts)])
    assert story.articles[0]["claims"][0]["content"][0]["text"].startswith(first[0].lower())


@pytest.mark.parametrize("times", [0, 2])
def test_a_claim_that_does_not_stand_there_once_is_named(tmp_path: Path, times: int) -> None:
    texts = all_told()
    texts[1] = " ".join([texts[1]] * times) or "Nothing was said."
    path = write(tmp_path / "c.jsonl", *texts)
    answer = CliRunner().invoke(main, [str(path)])
    assert answer.exit_code == 1
    assert f"c.jsonl, line 1: claim 2.1 stands {times} times" in answer.output


def test_a_story_that_teaches_is_refused(tmp_path: Path) -> None:
    taught = next(story["id"] for story in STORIES if not is_for_measuring(story["id"]))
    path = tmp_path / "c.jsonl"
    path.write_text(json.dumps({"id": taught, "articles": []}) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=f"story {taught} is not held out"):
        list(read_coverage([path]))
