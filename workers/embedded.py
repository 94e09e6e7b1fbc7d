"""Everything on one machine: queue, workers, schedule, inbox and pages, started and stopped as one.

``tracker up`` runs this module. The processes are the same as in production; only the queue server
comes along, and each writes to a file of its own in ``data_dir/logs``.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path

import httpx
import redis

from tracker.accounts import check_hosts, check_start
from tracker.articles.demo import demo_articles
from tracker.config import Settings
from tracker.errors import TrackerError
from tracker.storage import open_storage
from workers.preflight import HOST, address, check_port, lock, settings_for
from workers.stopping import StopRequests
from workers.stream import connect, push
from workers.supervisor import Child, Supervisor

START_SECONDS = 60.0
"""How long the queue server and the pages may take to answer."""


def say(line: str) -> None:
    """Tell the person at the terminal, if there still is one."""
    with suppress(OSError):
        print(line, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until told to stop; answers the exit status, 2 if it cannot start as asked."""
    options = parse(arguments)
    try:
        settings = settings_for(options.data_dir, options.port, options.host)
        with lock(settings.data_dir), tempfile.TemporaryDirectory(prefix="tracker-") as run_dir:
            if not settings.accounts:
                check_hosts([options.host])
            check_port(options.port, options.host)
            return run(settings, options, Path(run_dir))
    except TrackerError as error:
        print(f"claim-tracker cannot start: {error}", file=sys.stderr)
        return 2


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The flags, as ``tracker up`` passes them on."""
    parser = argparse.ArgumentParser(prog="tracker up", description=__doc__)
    parser.add_argument("--demo", action="store_true", help="sample articles in an empty database")
    parser.add_argument("--host", default=HOST, help="address of the pages; see TRACKER_ACCOUNTS")
    parser.add_argument("--port", type=int, default=8000, help="of the pages")
    parser.add_argument("--data-dir", type=Path, help="folder of everything that is kept")
    parser.add_argument("--workers", type=positive, default=2, help="processes that run the steps")
    return parser.parse_args(arguments)


def positive(text: str) -> int:
    """A whole number from 1 on."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def run(settings: Settings, options: argparse.Namespace, run_dir: Path) -> int:
    """Start the processes, say where the pages are, look after them, stop them."""
    stop = StopRequests()
    stop.listen()
    empty = prepare_database(settings, options.host)
    supervisor = Supervisor(stop, say)
    try:
        settings = start_queue(supervisor, settings, run_dir)
        start_others(supervisor, settings, options)
        if options.demo and empty and not stop:
            offer_demo(settings)
        supervisor.run()
    finally:
        say("Stopping …")
        supervisor.stop_all()
    say("Everything is stopped; the data is kept.")
    return 1 if supervisor.failed else 0


def prepare_database(settings: Settings, host: str) -> bool:
    """Bring the database up to date; answers whether it holds no article yet.

    Raises:
        StorageError: it cannot be reached.
        ConfigurationError: people sign in, and nobody has an account.
    """
    say("Preparing the database …")
    with closing(open_storage(settings.sqlalchemy_url)) as storage:
        storage.migrate()
        check_start(settings, storage, [host])
        with storage.snapshot() as tx:
            return not any(tx.articles.counts().values())


def start_queue(supervisor: Supervisor, settings: Settings, run_dir: Path) -> Settings:
    """Start the embedded queue server unless another is configured; settings that lead to it."""
    if not settings.broker_url:
        say("Starting the queue …")
        # A socket's path may be about 100 bytes long, so it cannot lie in just any data folder;
        # a link there leads other programs to it.
        path = run_dir / "queue.sock"
        link = settings.data_dir / "queue.sock"
        link.unlink(missing_ok=True)
        link.symlink_to(path)
        settings = settings.model_copy(update={"broker_url": f"redis+socket://{path}"})
        command = module("workers.valkey", str(settings.data_dir / "queue"), str(path))
        supervisor.start(child("queue", command, settings))
    if not supervisor.wait_until(lambda: queue_answers(settings), START_SECONDS):
        supervisor.fail(f"the queue does not answer; see {settings.data_dir / 'logs'}")
    return settings


def start_others(supervisor: Supervisor, settings: Settings, options: argparse.Namespace) -> None:
    """Start what needs the queue; the pages first, for somebody waits for them."""
    if supervisor.stop:
        return
    say(f"Starting the pages, {options.workers} worker processes, the inbox and the schedule …")
    celery = module("celery", "-A", "workers.main", "--quiet")
    supervisor.start(child("web", web_command(options.port, options.host), settings))
    supervisor.start(child("worker", [*celery, "worker", *worker_flags(options)], settings))
    if supervisor.wait_until(lambda: answers(address(options.port, options.host)), START_SECONDS):
        supervisor.start(child("inbox", module("workers.inbox"), settings))
        beat = [*celery, "beat", "--loglevel=WARNING", "--pidfile="]
        supervisor.start(child("beat", beat, settings))
        say(f"claim-tracker is running: {address(options.port, options.host)}")
        say(f"Data and logs are in {settings.data_dir}; Ctrl-C stops everything.")
    elif not supervisor.stop:
        supervisor.fail(f"the pages do not answer; see {settings.data_dir / 'logs'}")


def worker_flags(options: argparse.Namespace) -> list[str]:
    """How the worker runs; one machine needs none of the talk between several."""
    quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel=INFO")
    return [f"--concurrency={options.workers}", *quiet]


def web_command(port: int, host: str) -> list[str]:
    """The command line of the web server."""
    bound = f"[{host}]" if ":" in host else host
    return module("gunicorn", "--config=python:web.serving", f"--bind={bound}:{port}")


def module(name: str, *arguments: str) -> list[str]:
    """The command line that runs a module, found where it is installed and nowhere else."""
    return [sys.executable, "-P", "-m", name, *arguments]


def child(name: str, command: Sequence[str], settings: Settings) -> Child:
    """A process to supervise; the log of the run before is kept beside the new one."""
    log = settings.data_dir / "logs" / f"{name}.log"
    if log.exists():
        log.replace(log.with_suffix(".log.1"))
    return Child(name=name, command=command, log=log, environment=environment(settings))


def environment(settings: Settings) -> Mapping[str, str]:
    """This process's environment, with the settings that were decided here."""
    return os.environ | {
        "TRACKER_DATA_DIR": str(settings.data_dir),
        "TRACKER_BROKER_URL": settings.broker_url,
        "TRACKER_PUBLIC_URL": settings.public_url,
    }


def offer_demo(settings: Settings) -> None:
    """Put the sample articles on the stream from which the inbox takes them."""
    articles = demo_articles()
    with connect(settings.broker_url) as client:
        for article in articles:
            push(client, article)
    say(f"The database was empty: {len(articles)} sample articles are on the queue.")


def queue_answers(settings: Settings) -> bool:
    """Whether the queue server is there."""
    try:
        with connect(settings.broker_url) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def answers(url: str) -> bool:
    """Whether a page is there."""
    try:
        return httpx.get(url, follow_redirects=True, trust_env=False).is_success
    except httpx.TransportError:
        return False


if __name__ == "__main__":
    sys.exit(main())
