"""gunicorn, as the Compose file starts it."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.accounts.samples import made
from tracker.storage import open_storage
from web.serving import host_of

COMMAND = [sys.executable, "-m", "gunicorn", "--config=python:web.serving"]


@pytest.fixture
def folder(tmp_path: Path, database_url: str) -> Path:
    """A data folder with a database that holds nobody."""
    return tmp_path


def refusal(folder: Path, bind: str, **more: str) -> str:
    """Why gunicorn does not start; nothing is bound before it is known."""
    env = os.environ | {"TRACKER_DATA_DIR": str(folder), "TRACKER_DATABASE_URL": ""} | more
    done = subprocess.run(
        [*COMMAND, f"--bind={bind}"], env=env, capture_output=True, text=True, timeout=120
    )
    assert done.returncode != 0
    return done.stderr.splitlines()[-1]


def test_pages_for_everybody_without_accounts_do_not_start(folder: Path) -> None:
    line = refusal(folder, "0.0.0.0:0")
    assert "TRACKER_ACCOUNTS=on" in line
    assert "tracker account add NAME --role admin" in line


def test_pages_that_nobody_could_sign_in_to_do_not_start(folder: Path) -> None:
    line = refusal(folder, "127.0.0.1:0", TRACKER_ACCOUNTS="on")
    assert "tracker account add NAME --role admin" in line


def test_a_provider_named_by_halves_is_said_at_the_start(folder: Path) -> None:
    with closing(open_storage(f"sqlite:///{folder / 'tracker.db'}")) as storage:
        made(storage)
    provider = {"TRACKER_ACCOUNTS": "on", "TRACKER_OIDC_ISSUER": "https://id.example"}
    assert "TRACKER_OIDC_CLIENT_ID" in refusal(folder, "127.0.0.1:0", **provider)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        (("0.0.0.0", 8000), "0.0.0.0"),
        (("::1", 8000, 0, 0), "::1"),
        ("/run/desk.sock", ""),
        (3, "3"),
    ],
)
def test_the_host_of_an_address(address: object, host: str) -> None:
    assert host_of(address) == host
