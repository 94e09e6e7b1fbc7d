"""Reindexing and vacuuming from the command line."""

from contextlib import closing
from pathlib import Path

import pytest

from tests.evaluation.samples import write_lines
from tests.test_cli import SAYS_NO, SAYS_YES, Terminal, article
from tracker.storage import open_storage

ALONE = "The Lune bridge was closed on Friday, said Ina Roth, the engineer."


@pytest.fixture
def tracker(tmp_path: Path) -> Terminal:
    """Two articles in a conflict, and one that nobody disputes."""
    terminal = Terminal(tmp_path / "data")
    assert terminal("db", "upgrade").exit_code == 0
    lines = [article(2, SAYS_YES), article(3, SAYS_NO), article(4, ALONE, title="The Lune bridge")]
    old = [{**line, "published_at": line["published_at"].replace("2026", "2020")} for line in lines]
    write_lines(tmp_path / "news.jsonl", old)
    assert terminal("ingest", str(tmp_path / "news.jsonl"), "--run").exit_code == 0
    return terminal


def articles(tracker: Terminal) -> int:
    url = f"sqlite:///{tracker.data_dir / 'tracker.db'}"
    with closing(open_storage(url)) as storage, storage.snapshot() as tx:
        return sum(tx.articles.counts().values())


def test_reindexing_tells_what_was_done_and_does_it_once(tracker: Terminal) -> None:
    first = tracker("reindex")
    assert first.exit_code == 0, first.output
    lines = [
        "names of sources: 3 sources",
        "words in en: 3 articles",
        "prints in en: 3 articles",
        "meanings: 3 claims",
    ]
    assert first.stdout.splitlines() == lines
    assert first.stderr == "", "no bar where there is no terminal"
    again = tracker("reindex").stdout.splitlines()
    assert again == [line.replace(": 3", ": 0") for line in lines]
    assert tracker("reindex", "--all").stdout == first.stdout


def test_reindexed_claims_find_the_same_conflict(tracker: Terminal) -> None:
    before = tracker("export").stdout
    assert "matches: 3 claims" in tracker("reindex", "--all", "--match").stdout
    assert tracker("catch-up").exit_code == 0
    assert tracker("export").stdout == before


def test_a_dry_run_tells_what_goes_and_changes_nothing(tracker: Terminal) -> None:
    told = tracker("vacuum", "--older-than", "365d", "--dry-run")
    assert told.exit_code == 0, told.output
    assert "This would go: 1 articles, 1 claims, 1 sources" in told.stdout
    assert "2 old articles are needed and stay" in told.stdout
    assert "Nothing was changed" in told.stdout
    assert articles(tracker) == 3


def test_what_is_old_and_undisputed_goes(tracker: Terminal) -> None:
    before = tracker("export").stdout
    done = tracker("vacuum", "--older-than", "365d")
    assert done.exit_code == 0, done.output
    assert "This went: 1 articles, 1 claims, 1 sources" in done.stdout
    assert done.stderr == ""
    assert articles(tracker) == 2
    assert tracker("export").stdout == before
    assert "This went: 0 articles" in tracker("vacuum", "--older-than", "365d").stdout


def test_only_outlets_that_are_named(tracker: Terminal) -> None:
    told = tracker("vacuum", "--older-than", "365d", "--outlet", "Outlet 2", "--outlet", "Outlet 3")
    assert "This went: 0 articles" in told.stdout
    assert "2 old articles are needed" in told.stdout
    tracker("vacuum", "--older-than", "365d", "--outlet", "Outlet 4")
    assert articles(tracker) == 2


def test_without_an_age_no_article_goes(tracker: Terminal) -> None:
    told = tracker("vacuum")
    assert (told.exit_code, articles(tracker)) == (0, 3)
    assert "0 articles, 0 claims, 0 sources, 0 messages, 0 requests, 0 sign-ins" in told.stdout
    assert "audit" not in told.stdout
    assert "0 entries of the audit log" in tracker("vacuum", TRACKER_KEEP_AUDIT_DAYS="30").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--older-than", "365"), "no number of days such as 365d"),
        (("--older-than", "0d"), "no number of days such as 365d"),
        (("--outlet", "Outlet 2"), "--older-than"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    tracker: Terminal, arguments: tuple[str, ...], words: str
) -> None:
    refused = tracker("vacuum", *arguments)
    assert (refused.exit_code, words in refused.stderr) == (2, True)
    assert articles(tracker) == 3


def test_a_time_that_cannot_be_is_named(tracker: Terminal) -> None:
    refused = tracker("vacuum", TRACKER_KEEP_LOGS_DAYS="0")
    assert (refused.exit_code, "TRACKER_KEEP_LOGS_DAYS" in refused.stderr) == (2, True)
