"""`tracker up` as a person uses it: one command, and Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest

from tests.waiting import wait_for
from tests.workers.conftest import kill
from tracker.storage import Transaction, open_storage

COMMAND = [Path(sys.executable).parent / "tracker", "up"]
ADDRESSES = {"TRACKER_DATABASE_URL", "TRACKER_BROKER_URL", "TRACKER_PUBLIC_URL"}


@dataclass(frozen=True)
class Instance:
    """A running `tracker up`."""

    process: "subprocess.Popen[bytes]"
    url: str
    output: Path

    def says(self, words: str) -> bool:
        return words in self.output.read_text()

    def wait_until_ready(self) -> None:
        wait_for(lambda: self.says("is running") or self.process.poll() is not None, 120)
        assert self.process.poll() is None, self.output.read_text()

    def descendants(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def running(self, module: str) -> list[psutil.Process]:
        """The processes that run a module; one that ends meanwhile is none."""
        found = []
        for process in self.descendants():
            with suppress(psutil.NoSuchProcess):
                if module in process.cmdline():
                    found.append(process)
        return found

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=60)


Up = Callable[..., Instance]


@pytest.fixture
def up(tmp_path: Path, free_port: Callable[[], int]) -> Iterator[Up]:
    """Starts `tracker up` on a folder, on a free port."""
    started: list[Instance] = []

    def start(folder: Path, *flags: str, port: int | None = None) -> Instance:
        port = port or free_port()
        output = tmp_path / f"output-{len(started)}"
        with output.open("wb") as out:
            process = subprocess.Popen(
                [*COMMAND, f"--data-dir={folder}", f"--port={port}", *flags],
                env={name: os.environ[name] for name in os.environ.keys() - ADDRESSES},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        started.append(Instance(process, f"http://127.0.0.1:{port}", output))
        return started[-1]

    yield start
    for instance in started:
        kill(instance.process)


@contextmanager
def reading(folder: Path) -> Iterator[Transaction]:
    """What the database of a folder holds."""
    url = f"sqlite:///{folder / 'tracker.db'}"
    with closing(open_storage(url)) as storage, storage.snapshot() as tx:
        yield tx


def conflicts(folder: Path) -> int:
    with reading(folder) as tx:
        return sum(tx.conflicts.counts().values())


def articles(folder: Path) -> int:
    with reading(folder) as tx:
        return sum(tx.articles.counts().values())


def test_the_first_run_shows_a_conflict_and_the_second_keeps_it(up: Up, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    first = up(folder, "--demo", "--workers=1")
    first.wait_until_ready()
    assert httpx.get(first.url, follow_redirects=True).is_success
    assert wait_for(lambda: conflicts(folder)) >= 1
    started = first.descendants()
    assert started
    assert first.interrupt() == 0
    assert not [process for process in started if process.is_running()]
    known = articles(folder)

    second = up(folder, "--demo", "--workers=1")
    second.wait_until_ready()
    assert not second.says("sample articles")
    article = {"outlet": "Gazeta de Prut", "text": "Podul a fost închis, a spus primarul Ion Pop."}
    answer = httpx.post(f"{second.url}/api/articles", json=article)
    assert answer.status_code == 202
    assert articles(folder) == known + 1
    assert second.interrupt() == 0


def test_what_ends_by_itself_is_started_again(up: Up, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    instance = up(folder, "--workers=1")
    instance.wait_until_ready()
    [inbox] = instance.running("workers.inbox")
    inbox.kill()
    wait_for(lambda: instance.says("inbox ended (signal SIGKILL) and is started again"))
    [again] = wait_for(lambda: instance.running("workers.inbox"))
    assert again != inbox
    assert instance.interrupt() == 0


def test_when_it_is_killed_itself_its_processes_stop(up: Up, tmp_path: Path) -> None:
    instance = up(tmp_path / "data", "--workers=1")
    instance.wait_until_ready()
    started = instance.descendants()
    instance.process.kill()
    instance.process.wait()
    wait_for(lambda: not [process for process in started if process.is_running()])


def refusal(instance: Instance) -> str:
    """The one line with which a start was refused."""
    assert instance.process.wait(timeout=60) == 2
    [line] = instance.output.read_text().splitlines()
    return line


def test_a_taken_port_is_said_in_one_line(up: Up, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        line = refusal(up(tmp_path / "data", port=port))
    assert f"port {port} cannot be used" in line
    assert "--port" in line


def test_a_folder_that_cannot_be_written_is_said_in_one_line(up: Up, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "data"
    line = refusal(up(folder))
    assert f"the data folder {folder} cannot be written" in line
    assert "--data-dir" in line


def test_a_second_instance_on_the_same_folder_is_refused_in_one_line(
    up: Up, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    first = up(folder, "--workers=1")
    wait_for(lambda: first.says("Preparing"))
    line = refusal(up(folder))
    assert f"it is already running on {folder} (process {first.process.pid})" in line
    assert first.interrupt() == 0


def test_pages_for_others_without_accounts_are_refused_in_one_line(up: Up, tmp_path: Path) -> None:
    line = refusal(up(tmp_path / "data", "--host=0.0.0.0"))
    assert "TRACKER_ACCOUNTS=on" in line
    assert "tracker account add NAME --role admin" in line


def test_accounts_without_anybody_are_refused(
    up: Up, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_ACCOUNTS", "on")
    instance = up(tmp_path / "data", "--host=0.0.0.0")
    assert instance.process.wait(timeout=60) == 2
    assert instance.says("tracker account add NAME --role admin")


def test_a_setting_that_cannot_be_used_is_said_in_one_line(
    up: Up, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_WINDOW_DAYS", "soon")
    line = refusal(up(tmp_path / "data"))
    assert "TRACKER_WINDOW_DAYS" in line
