"""The command line, on a real database in a folder of its own."""

import json
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.evaluation.samples import gold_article, gold_claim, write_lines
from tracker.cli import main
from tracker.storage import open_storage
from tracker.types import ArticleState, ConflictFilter, ConflictState, Decision, Dismissal

NOW = datetime(2026, 3, 1, tzinfo=UTC)
TITLE = "Passengers of the Arva ferry want to know what went on at the harbour this week"
SAYS_YES = "The Arva ferry was late on Monday, said Mara Quill, the harbour master."
SAYS_NO = "The Arva ferry was not late on Monday, said Tom Hale, the captain."


class Terminal:
    """Runs commands with one data folder."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir

    def __call__(self, *arguments: str, stdin: bytes | None = None, **more: str) -> Result:
        env = {"TRACKER_DATA_DIR": str(self.data_dir), "TRACKER_DATABASE_URL": "", **more}
        return CliRunner().invoke(main, arguments, input=stdin, env=env)


@pytest.fixture
def bare(tmp_path) -> Terminal:
    return Terminal(tmp_path / "data")


@pytest.fixture
def tracker(bare) -> Terminal:
    assert bare("db", "upgrade").exit_code == 0
    return bare


def article(number: int, text: str, **more: Any) -> dict[str, Any]:
    return {
        "outlet": f"Outlet {number}",
        "external_id": str(number),
        "language": "en",
        "title": TITLE,
        "published_at": f"2026-03-0{number}T08:00:00Z",
        "text": text,
        **more,
    }


@pytest.fixture
def news(tmp_path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    write_lines(folder / "a.jsonl", [article(2, SAYS_YES)])
    write_lines(folder / "b.jsonl", [article(3, SAYS_NO)])
    return folder


# --- ingest ---------------------------------------------------------------------------------------


def test_a_folder_is_stored_once(tracker, news):
    first = tracker("ingest", str(news))
    assert (first.exit_code, "2 new, 0 known, 0 refused" in first.stdout) == (0, True)
    assert "tracker catch-up" in first.stdout
    second = tracker("ingest", str(news))
    assert (second.exit_code, "0 new, 2 known, 0 refused" in second.stdout) == (0, True)


def test_refused_lines_are_named_with_their_reason_and_the_others_stored(tracker, tmp_path):
    file = tmp_path / "mixed.jsonl"
    undated = article(4, SAYS_YES, published_at="2026-03-04")
    write_lines(file, [article(2, SAYS_YES), undated, {"outlet": "O"}])
    result = tracker("ingest", str(file))
    assert result.exit_code == 1
    assert "1 new, 0 known, 2 refused" in result.stdout
    assert f"{file}:2: published_at: expected a time with its zone" in result.stderr
    assert f"{file}:3: text: required" in result.stderr


def test_a_changed_text_under_the_same_revision_is_refused(tracker, news, tmp_path):
    tracker("ingest", str(news))
    file = tmp_path / "changed.jsonl"
    write_lines(file, [article(2, SAYS_NO)])
    result = tracker("ingest", str(file))
    assert result.exit_code == 1
    assert "revision" in result.stderr


def test_standard_input_is_read(tracker):
    lines = (json.dumps(article(2, SAYS_YES)) + "\n").encode()
    result = tracker("ingest", "-", stdin=lines)
    assert (result.exit_code, "1 new" in result.stdout) == (0, True)
    assert "stdin:1: " in tracker("ingest", "-", stdin=b"oops").stderr


def test_the_size_limit_is_that_of_the_settings(tracker, news):
    result = tracker("ingest", str(news), TRACKER_MAX_ARTICLE_BYTES="20")
    assert (result.exit_code, "2 refused" in result.stdout) == (1, True)
    assert "at most 20 bytes" in result.stderr


# --- from articles to conflicts -------------------------------------------------------------------


def test_a_contradiction_is_exported_with_both_quotations(tracker, news):
    assert tracker("ingest", str(news), "--run").exit_code == 0
    (line,) = tracker("export").stdout.splitlines()
    conflict = json.loads(line)
    assert (conflict["state"], conflict["relation"]) == ("new", "contradiction")
    assert conflict["reason"]
    (first,), (second,) = conflict["sides"]
    assert first["quotation"] == ["The Arva ferry was late on Monday"]
    assert second["quotation"] == ["The Arva ferry was not late on Monday"]
    assert (first["speaker"], second["speaker"]) == ("Mara Quill", "Tom Hale")
    assert (first["outlet"], second["outlet"]) == ("Outlet 2", "Outlet 3")


def test_an_export_can_be_narrowed(tracker, news):
    tracker("ingest", str(news), "--run")
    assert tracker("export", "--state", "dismissed").stdout == ""
    assert tracker("export", "--relation", "reversal").stdout == ""
    assert len(tracker("export", "--state", "new", "--state", "confirmed").stdout.splitlines()) == 1


def test_catching_up_does_what_was_left_and_then_nothing(tracker, news):
    tracker("ingest", str(news))
    assert tracker("export").stdout == ""
    assert tracker("catch-up").exit_code == 0
    assert tracker("export").stdout
    assert tracker("catch-up").stdout == "0 steps were run.\n"


def test_quarantined_articles_are_put_back_in_line(tracker, news):
    tracker("ingest", str(news))
    url = f"sqlite:///{tracker.data_dir / 'tracker.db'}"
    storage = open_storage(url)
    with storage.transaction() as tx:
        broken, fine = tx.articles.unextracted(datetime.now(UTC))
        tx.articles.settle(broken, ArticleState.QUARANTINED, NOW, error="ValueError: oops")
        tx.articles.settle(fine, ArticleState.EXTRACTED, NOW)
    assert "Quarantined articles: 1;" in tracker("catch-up").stdout
    assert "1 articles are back" in tracker("retry", "--all").stdout
    with storage.snapshot() as tx:
        assert tx.articles.get(broken).state is ArticleState.PENDING
        assert tx.articles.get(fine).state is ArticleState.EXTRACTED
    storage.close()
    assert "0 articles are back" in tracker("retry", "--all").stdout


def test_retry_needs_to_know_what(tracker):
    assert tracker("retry").exit_code == 2
    assert tracker("retry", "1", "--all").exit_code == 2
    result = tracker("retry", "999")
    assert (result.exit_code, "999" in result.stderr) == (2, True)


# --- evaluation -----------------------------------------------------------------------------------


def write_gold(folder: Path) -> None:
    folder.mkdir()
    yes = [
        gold_claim(
            "f-a1-c1", SAYS_YES, "Mara Quill", "Mara Quill", [SAYS_YES[: SAYS_YES.index(",")]]
        )
    ]
    no = [gold_claim("f-a2-c1", SAYS_NO, "Tom Hale", "Tom Hale", [SAYS_NO[: SAYS_NO.index(",")]])]
    articles = [gold_article("f-a1", SAYS_YES, yes), gold_article("f-a2", SAYS_NO, no)]
    write_lines(folder / "articles.jsonl", [{**article, "title": TITLE} for article in articles])
    relation = {"scenario": "f", "a": "f-a1-c1", "b": "f-a2-c1", "label": "contradiction"}
    write_lines(folder / "conflicts.jsonl", [relation])


def test_the_real_line_is_evaluated_and_the_database_left_alone(bare, tmp_path):
    write_gold(tmp_path / "gold")
    result = bare("evaluate", str(tmp_path / "gold"), "--json")
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert report["extraction"]["overall"]["strict"]["f1"] == 1
    assert report["conflicts"]["hard"]["found"] == 1
    assert report["pairs"] is None
    assert not bare.data_dir.exists()


def test_an_evaluation_is_a_table_by_default(bare, tmp_path):
    write_gold(tmp_path / "gold")
    result = bare("evaluate", str(tmp_path / "gold"))
    assert result.exit_code == 0
    assert "Conflicts" in result.stdout


def test_a_folder_without_gold_is_refused(bare, tmp_path):
    result = bare("evaluate", str(tmp_path))
    assert (result.exit_code, "articles.jsonl" in result.stderr) == (2, True)


def test_models_can_be_checked(bare, tmp_path):
    assert bare("check").stdout == "All models work.\n"
    result = bare("check", TRACKER_JUDGE_FOLDER=str(tmp_path))
    assert (result.exit_code, "config.json" in result.stderr) == (2, True)


# --- learning from review -------------------------------------------------------------------------


def decide(tracker: Terminal, state: ConflictState) -> None:
    """What a reviewer makes of the only conflict."""
    with (
        closing(open_storage(f"sqlite:///{tracker.data_dir / 'tracker.db'}")) as storage,
        storage.transaction() as tx,
    ):
        (conflict,) = tx.conflicts.page(ConflictFilter(), 10, 0)
        reason = Dismissal.BOTH_TRUE if state is ConflictState.DISMISSED else None
        tx.reviews.decide([conflict.id], Decision(state=state, by="Ana", dismissal=reason), NOW)


def test_decisions_come_out_as_labelled_pairs(tracker, news):
    tracker("ingest", str(news), "--run")
    assert tracker("export", "--feedback").stdout == ""
    decide(tracker, ConflictState.CONFIRMED)
    confirmed = json.loads(tracker("export", "--feedback").stdout)
    assert (confirmed["label"], confirmed["trap"]) == ("contradiction", False)
    assert confirmed["a"]["text"] == "The Arva ferry was late on Monday"
    assert (confirmed["b"]["speaker"], confirmed["b"]["date"]) == ("Tom Hale", "2026-03-03")
    decide(tracker, ConflictState.REOPENED)
    assert tracker("export", "--feedback").stdout == ""
    decide(tracker, ConflictState.DISMISSED)
    dismissed = json.loads(tracker("export", "--feedback").stdout)
    assert (dismissed["label"], dismissed["trap"]) == ("none", True)
    assert tracker("export", "--feedback", "--state", "new").exit_code == 2


def test_decisions_can_be_evaluated_as_they_come_out(tracker, news, tmp_path):
    tracker("ingest", str(news), "--run")
    decide(tracker, ConflictState.CONFIRMED)
    (tmp_path / "review").mkdir()
    (tmp_path / "review" / "pairs.jsonl").write_text(tracker("export", "--feedback").stdout)
    report = json.loads(tracker("evaluate", str(tmp_path / "review"), "--json").stdout)
    assert report["pairs"]["hard"]["f1"] == 1


def write_feedback(file: Path, wrong: int) -> None:
    """Twenty-five pairs that look like contradictions, so many of which a reviewer dismissed."""
    side = {"lang": "en", "date": "2026-03-03"}
    lines = [
        {
            "id": f"p{n}",
            "a": side | {"speaker": "Mara Quill", "text": yes, "about": about},
            "b": side | {"speaker": "Tom Hale", "text": no, "about": about},
            "label": "none" if n < wrong else "contradiction",
            "kind": "negation",
            "trap": n < wrong,
        }
        for n in range(25)
        for about in [f"Ferry {n} on Monday"]
        for yes, no in [(f"The ferry {n} was late", f"The ferry {n} was not late")]
    ]
    write_lines(file, lines)


def test_calibrating_shows_and_changes_nothing_unless_told(tracker, tmp_path):
    write_gold(tmp_path / "gold")
    write_feedback(tmp_path / "feedback.jsonl", wrong=3)
    told = ("calibrate", str(tmp_path / "feedback.jsonl"), "--gold", str(tmp_path / "gold"))
    shown = tracker(*told)
    assert shown.exit_code == 0, shown.stderr
    assert "before: threshold" in shown.stdout
    assert "after: threshold" in shown.stdout
    assert "22 of them rightly" in shown.stdout
    assert "gold articles: precision 1.00, recall 1.00" in shown.stdout
    assert not (tracker.data_dir / "calibration.json").exists()
    assert tracker(*told, "--apply").exit_code == 0
    kept = json.loads((tracker.data_dir / "calibration.json").read_text())
    assert f"after: threshold {kept['threshold']:.2f}" in shown.stdout
    assert f"before: threshold {kept['threshold']:.2f}" in tracker(*told).stdout


def test_too_little_review_and_a_damaged_calibration_are_refused(tracker, tmp_path):
    write_gold(tmp_path / "gold")
    write_feedback(tmp_path / "feedback.jsonl", wrong=0)
    told = ("calibrate", str(tmp_path / "feedback.jsonl"), "--gold", str(tmp_path / "gold"))
    result = tracker(*told)
    assert (result.exit_code, "review more conflicts" in result.stderr) == (2, True)
    (tracker.data_dir / "calibration.json").write_text('{"threshold": 7}')
    result = tracker(*told)
    assert (result.exit_code, "calibration.json" in result.stderr) == (2, True)


# --- subscriptions --------------------------------------------------------------------------------


def test_a_subscription_is_made_listed_and_ended(tracker):
    made = tracker(
        *("subscribe", "desk", "https://user:pw@hooks.example.org/secret-path"),
        *("--relation", "reversal", "--speaker", "Mara Quill", "--minimum-severity", "0.4"),
    )
    assert made.exit_code == 0
    assert "whsec_" in made.stdout
    listed = tracker("subscriptions").stdout
    assert "desk -> https://hooks.example.org; reversal; Mara Quill; severity from 0.4" in listed
    assert "whsec_" not in listed
    assert "secret-path" not in listed
    choosy = ("--outlet", "Gazeta", "--topic", "pod", "--language", "ro", "--rhythm", "daily")
    choosy = (*choosy, "--messages-in", "ro")
    made = tracker("subscribe", "two", "json://a.example", "json://b.example", *choosy)
    assert "two -> json://…, json://…; " in made.stdout
    assert "; Gazeta; pod; ro; severity from 0; daily; in ro" in made.stdout
    assert "whsec_" not in made.stdout
    assert tracker("unsubscribe", made.stdout.partition(":")[0]).exit_code == 0
    number = listed.partition(":")[0]
    assert tracker("unsubscribe", number).exit_code == 0
    assert tracker("subscriptions").stdout == ""
    assert tracker("unsubscribe", number).exit_code == 2


def test_a_channel_that_cannot_work_is_refused(tracker):
    result = tracker("subscribe", "desk", "nothing://at all")
    assert result.exit_code == 2
    assert "channel" in result.stderr
    assert tracker("subscriptions").stdout == ""


# --- faults ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ingest", "/nowhere/at/all.jsonl"), "no such file or folder"),
        (("export",), "tracker db upgrade"),
        (("subscriptions",), "tracker db upgrade"),
    ],
)
def test_a_fault_is_one_line_and_no_traceback(bare, arguments, words):
    result = bare(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: ")
    assert words in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_setting_that_cannot_be_read_is_named(bare):
    result = bare("export", TRACKER_WINDOW_DAYS="soon")
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: TRACKER_WINDOW_DAYS: ")


def test_a_data_folder_that_cannot_be_made_is_one_line(tmp_path):
    (tmp_path / "file").touch()
    result = Terminal(tmp_path / "file" / "data")("db", "upgrade")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


def test_up_hands_its_flags_to_the_embedded_mode():
    command = [sys.executable, "-c", "from tracker.cli import main; main()", "up", "--help"]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 0
    assert {"--demo", "--port", "--data-dir", "--workers"} <= set(result.stdout.split())
