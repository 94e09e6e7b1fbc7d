"""However much is stored, a page asks the database as many questions, and shows no more at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask.testing import FlaskClient

from benchmarks.desk import FIRST_PAGE, asked
from benchmarks.filling import fill
from tests.fakes import RecordingNotifier
from tests.web.conftest import assemble
from tracker.config import Settings
from tracker.storage import open_storage
from web import create_app

SMALL_CONFLICT, LARGE_CONFLICT = "/conflicts/2", "/conflicts/1"
PAGES = (
    "/",
    "/?q=bridge",
    "/?speaker=1",
    "/?sort=outlets",
    SMALL_CONFLICT,
    "/articles",
    "/articles/9",
    "/claims/9",
    "/sources",
    "/sources?q=speaker",
    "/sources/9",
    "/stories",
    "/stories/9",
    "/subscriptions",
    "/overview",
    "/api/articles",
    "/api/claims",
    "/api/conflicts",
    "/api/sources",
    "/feed.atom",
)


@contextmanager
def desk(folder: Path, claims: int, conflicts: int) -> Iterator[FlaskClient]:
    """A desk over a store with so many claims and conflicts."""
    storage = open_storage(f"sqlite:///{folder / f'{claims}.db'}")
    storage.migrate()
    fill(storage, claims, conflicts)
    settings = Settings(data_dir=folder)
    yield create_app(settings, assemble(storage, RecordingNotifier())).test_client()
    storage.close()


def questions(client: FlaskClient, path: str) -> int:
    """How often the database is asked for a page."""
    return asked(client, lambda _: path, times=1)[1]


def test_pages_do_not_ask_more_of_a_larger_store(tmp_path: Path) -> None:
    with desk(tmp_path, 300, 10) as small, desk(tmp_path, 2000, 90) as large:
        few = {path: questions(small, path) for path in PAGES}
        many = {path: questions(large, path) for path in PAGES}
        assert many == few
        assert questions(large, LARGE_CONFLICT) == questions(large, SMALL_CONFLICT)


def test_the_first_page_weighs_less_than_100_kb(tmp_path: Path) -> None:
    with desk(tmp_path, 1000, 60) as client:
        weight = sum(asked(client, lambda _, path=path: path, times=1)[2] for path in FIRST_PAGE)
    assert 20_000 < weight < 100_000
