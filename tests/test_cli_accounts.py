"""Accounts and tokens from the command line."""

import re
from contextlib import closing
from pathlib import Path

import pytest

from tests.accounts.samples import PASSWORD
from tests.test_cli import Terminal
from tracker.accounts import Passwords
from tracker.storage import open_storage
from tracker.types import Deed


@pytest.fixture
def tracker(tmp_path: Path) -> Terminal:
    terminal = Terminal(tmp_path / "data")
    assert terminal("db", "upgrade").exit_code == 0
    return terminal


def add(tracker: Terminal, name: str, role: str) -> str:
    typed = f"{PASSWORD}\n{PASSWORD}\n".encode()
    result = tracker("account", "add", name, "--role", role, stdin=typed)
    assert result.exit_code == 0, result.output
    return result.stdout


def deeds(tracker: Terminal) -> list[Deed]:
    url = f"sqlite:///{tracker.data_dir / 'tracker.db'}"
    with closing(open_storage(url)) as storage, storage.snapshot() as tx:
        entries = tx.audit.recent(20)
    assert all(entry.by.endswith("(command line)") for entry in entries)
    return [entry.deed for entry in entries]


def test_an_account_is_made_and_listed(tracker: Terminal) -> None:
    told = add(tracker, "Ana", "admin")
    assert "Ana: admin" in told
    assert PASSWORD not in told
    assert tracker("account", "list").stdout == "Ana: admin\n"
    assert deeds(tracker) == [Deed.ACCOUNT_ADDED]


def test_what_cannot_be_is_one_line(tracker: Terminal) -> None:
    short = tracker("account", "add", "Ana", stdin=b"short\nshort\n")
    assert short.exit_code == 2
    assert "12 to 200 characters" in short.stderr.splitlines()[-1]
    unknown = tracker("account", "role", "Nobody", "admin")
    assert (unknown.exit_code, "tracker account list" in unknown.stderr) == (2, True)


def test_role_password_and_disabling(tracker: Terminal) -> None:
    add(tracker, "Ana", "admin")
    add(tracker, "Bo", "reader")
    assert "Bo: reviewer" in tracker("account", "role", "bo", "reviewer").stdout
    assert "Bo: reviewer, disabled" in tracker("account", "disable", "Bo").stdout
    assert tracker("account", "disable", "Bo", "--undo").stdout == "Bo: reviewer\n"
    new = PASSWORD[::-1]
    changed = tracker("account", "password", "Bo", stdin=f"{new}\n{new}\n".encode())
    assert changed.exit_code == 0
    url = f"sqlite:///{tracker.data_dir / 'tracker.db'}"
    with closing(open_storage(url)) as storage, storage.snapshot() as tx:
        _, kept = tx.accounts.credentials("bo") or (None, None)
    assert Passwords().fits(kept, new)
    assert deeds(tracker)[:4] == [
        Deed.PASSWORD_CHANGED,
        Deed.ACCOUNT_ENABLED,
        Deed.ACCOUNT_DISABLED,
        Deed.ROLE_CHANGED,
    ]


def test_the_last_administrator_stays(tracker: Terminal) -> None:
    add(tracker, "Ana", "admin")
    for command in (("role", "Ana", "reader"), ("disable", "Ana")):
        result = tracker("account", *command)
        assert result.exit_code == 2
        assert "nobody would be administrator" in result.stderr


def test_a_token_is_made_listed_and_revoked(tracker: Terminal) -> None:
    add(tracker, "Ana", "admin")
    made = tracker("token", "make", "ana", "wire", "--scope", "ingest", "--scope", "read")
    secret = re.search(r"^(claimtracker_\S+) ", made.stdout, re.MULTILINE)
    assert secret
    listed = tracker("token", "list").stdout
    assert "1: wire of Ana; ingest, read; good until" in listed
    assert secret[1] not in listed
    assert tracker("token", "revoke", "1").exit_code == 0
    assert "revoked on" in tracker("token", "list").stdout
    assert tracker("token", "revoke", "7").exit_code == 2
    assert deeds(tracker)[:2] == [Deed.TOKEN_REVOKED, Deed.TOKEN_MADE]


def test_a_token_beyond_the_role_is_refused(tracker: Terminal) -> None:
    add(tracker, "Rea", "reader")
    refused = tracker("token", "make", "Rea", "wire", "--scope", "review")
    assert (refused.exit_code, "can have: read" in refused.stderr) == (2, True)


def test_subscriptions_are_in_the_audit_log(tracker: Terminal) -> None:
    tracker("subscribe", "desk", "json://localhost")
    tracker("unsubscribe", "1")
    assert deeds(tracker) == [Deed.UNSUBSCRIBED, Deed.SUBSCRIBED]
