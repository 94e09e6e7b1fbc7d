"""The whole evaluation, through a real store, with parts that know everything or nothing."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.evaluation.samples import NO_DETAILS, gold_article, gold_claim, write_lines
from tests.fakes import (
    EveryPairMatcher,
    SameVectorEncoder,
    ScriptedComparer,
    ScriptedExtractor,
    believing,
)
from tracker.alerts import ChannelNotifier
from tracker.evaluation import Gold, Report, as_json, as_text, evaluate, read_gold
from tracker.evaluation.gold import GoldArticle, GoldClaim
from tracker.evaluation.run import scenarios
from tracker.languages import languages
from tracker.pipeline import Tracker
from tracker.storage import open_storage
from tracker.types import Attribution, ClaimDraft, SourceDraft, SourceKind, Statement

SAILS, STAYS = "the ferry sails at nine", "the ferry stays in port"
EARLY = f"Mara Quill said {SAILS}."
LATE = f"Tom Hale said {STAYS}. Mara Quill said the bar was open."


def side(text: str, speaker: str, lang: str = "en") -> dict[str, Any]:
    return {"speaker": speaker, "text": text, "lang": lang, "date": "2026-03-02", "about": "ferry"}


@pytest.fixture
def gold(tmp_path) -> Gold:
    early = [gold_claim("old-a1-c1", EARLY, "Mara Quill", "Mara Quill", [SAILS])]
    late = [
        gold_claim("new-a1-c1", LATE, "Tom Hale", "Tom Hale", [STAYS]),
        gold_claim("new-a1-c2", LATE, "Mara Quill", "Mara Quill", ["the bar was open"]),
    ]
    articles = [gold_article("new-a1", LATE, late), gold_article("old-a1", EARLY, early)]
    write_lines(tmp_path / "articles.jsonl", articles)
    relation = {"scenario": "new", "a": "old-a1-c1", "b": "new-a1-c1", "label": "contradiction"}
    write_lines(tmp_path / "conflicts.jsonl", [relation])
    quill, hale = side(SAILS, "Mara Quill"), side(STAYS, "Tom Hale")
    bar = side("the bar was open", "Tom Hale")
    foreign = side("ferja ostaje u luci", "Tom Hale", "hr")
    pairs = [
        {"id": "p1", "a": quill, "b": hale, "label": "contradiction", "trap": False},
        {"id": "p2", "a": quill, "b": bar, "label": "none", "trap": True},
        {"id": "p3", "a": quill, "b": foreign, "label": "none", "trap": False},
    ]
    write_lines(tmp_path / "pairs.jsonl", pairs)
    return read_gold(tmp_path)


def draft(article: GoldArticle, claim: GoldClaim) -> ClaimDraft:
    return ClaimDraft(
        attribution=Attribution(
            content=tuple(piece.span for piece in claim.content),
            type=claim.type,
            source=claim.source.span,
        ),
        source=SourceDraft(name=claim.source.canonical, kind=SourceKind.PERSON),
        statement=Statement(
            speaker=claim.source.canonical,
            text=" ".join(piece.text for piece in claim.content),
            language=article.lang,
            said_on=article.draft(0).published_at.date(),
            about="",
            details=replace(NO_DETAILS, keys=frozenset({"lemma:ferry"})),
        ),
        extractor="test/1",
    )


def run(
    gold: Gold, found: Sequence[GoldArticle], contradictions: Sequence[tuple[str, str]]
) -> Report:
    drafts = {article.id: [draft(article, claim) for claim in article.claims] for article in found}
    tracker = Tracker(
        storage=open_storage("sqlite:///never-opened/evaluation.db"),
        extractor=ScriptedExtractor(drafts),
        matcher=EveryPairMatcher(),
        encoder=SameVectorEncoder(),
        cascade=believing(ScriptedComparer(contradictions)),
        notifier=ChannelNotifier("http://127.0.0.1:8000"),
    )
    return evaluate(gold, tracker, languages())


def test_who_knows_everything_scores_one_everywhere(gold):
    report = run(gold, gold.articles, [(SAILS, STAYS)])
    for score in vars(report.extraction.overall).values():
        assert score.f1 == 1
    for score in (report.conflicts.hard, report.conflicts.with_tension):
        assert (score.f1, score.found, score.gold) == (1, 1, 1)
    assert (report.pairs.macro_f1, report.pairs.hard.f1, report.pairs.traps_flagged) == (1, 1, 0)
    assert report.speed.articles_per_second > 0
    assert report.speed.pairs_per_second > 0


def test_who_finds_nothing_scores_nothing(gold):
    report = run(gold, [], [])
    for score in vars(report.extraction.overall).values():
        assert score.f1 == 0
    assert (report.conflicts.hard.f1, report.conflicts.hard.gold) == (0, 1)
    assert report.pairs.hard.f1 == 0


def test_who_sees_contradictions_everywhere_pays_in_precision(gold):
    bar = "the bar was open"
    report = run(gold, gold.articles, [(SAILS, STAYS), (STAYS, bar), (SAILS, bar)])
    assert report.conflicts.hard.recall == 1
    assert report.conflicts.hard.precision < 1
    assert report.pairs.traps_flagged == 1
    assert report.pairs.confusion["none"] == {
        **dict.fromkeys(report.pairs.confusion, 0),
        "contradiction": 1,
        "none": 1,
    }


def test_a_pair_in_a_language_without_a_table_is_counted(gold):
    assert run(gold, [], []).pairs.unsupported == 1


def test_a_scenario_comes_after_those_it_refers_to(gold):
    order = {s.name: [article.id for article in s.articles] for s in scenarios(gold)}
    assert order == {"new": ["old-a1", "new-a1"], "old": ["old-a1"]}


def test_without_relations_every_scenario_stands_alone_and_conflicts_are_null(gold):
    report = run(replace_gold(gold, relations=None, pairs=None), gold.articles, [])
    assert report.conflicts is None
    assert report.pairs is None
    assert report.speed.pairs_per_second is None
    assert report.extraction.overall.strict.f1 == 1


def test_pairs_alone_are_judged(gold):
    report = run(replace_gold(gold, articles=None, relations=None), [], [(SAILS, STAYS)])
    assert report.extraction is None
    assert report.pairs.hard.f1 == 1


def test_the_json_is_one_object_with_the_documented_names(gold):
    report = json.loads(as_json(run(gold, gold.articles, [(SAILS, STAYS)])))
    assert list(report) == ["extraction", "conflicts", "pairs", "speed"]
    assert list(report["extraction"]) == ["overall", "by_language", "by_type"]
    overall = report["extraction"]["overall"]
    assert list(overall) == ["relaxed", "strict", "joint", "identity"]
    assert overall["joint"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert list(report["extraction"]["by_language"]) == ["en"]
    assert list(report["extraction"]["by_type"]) == ["direct", "indirect", "mixed"]
    assert list(report["conflicts"]) == ["candidates", "hard", "with_tension"]
    assert report["conflicts"]["candidates"] == {
        "recall": 1.0,
        "compared": 1,
        "found": 1,
        "gold": 1,
    }
    assert list(report["pairs"]["by_language"]) == ["across", "en"]
    assert list(report["conflicts"]["hard"]) == ["precision", "recall", "f1", "found", "gold"]
    assert set(report["pairs"]) >= {"macro_f1", "hard", "traps_flagged", "confusion"}
    assert list(report["pairs"]["confusion"]) == list(report["pairs"]["confusion"]["none"])
    assert list(report["speed"]) == ["articles_per_second", "pairs_per_second"]


def test_the_table_shows_the_same_figures(gold):
    table = as_text(run(gold, gold.articles, [(SAILS, STAYS)]))
    assert [line.split() for line in table.splitlines() if line.startswith("  hard")] == [
        ["hard", "100.0", "100.0", "100.0", "1", "1"],
        ["hard", "100.0", "100.0", "100.0"],
    ]
    assert "relaxed" in table
    nothing = as_text(run(replace_gold(gold, relations=None, pairs=None), [], []))
    assert "No conflicts.jsonl." in nothing
    assert "No pairs.jsonl." in nothing


def replace_gold(gold: Gold, **changes: None) -> Gold:
    return gold.model_copy(update=changes)
