"""The engine, and the two kinds of session: a transaction that writes, a snapshot that reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

from tracker.errors import ConfigurationError, StorageError
from tracker.storage.accounts import Accounts
from tracker.storage.alerts import Alerts
from tracker.storage.articles import Articles
from tracker.storage.audit import Audit
from tracker.storage.claims import Claims
from tracker.storage.conflicts import Conflicts
from tracker.storage.corrections import Corrections
from tracker.storage.deliveries import Deliveries
from tracker.storage.failures import refuse_unstorable_text, translated
from tracker.storage.groups import Groups
from tracker.storage.logs import Logs
from tracker.storage.matches import Matches
from tracker.storage.messages import Messages
from tracker.storage.migrating import upgrade
from tracker.storage.near_sqlite import Bits
from tracker.storage.overview import Overview
from tracker.storage.reindexing import Reindexing
from tracker.storage.reprints import Reprints
from tracker.storage.requests import Requests
from tracker.storage.retention import Retention
from tracker.storage.reviews import Reviews
from tracker.storage.saved_filters import SavedFilters
from tracker.storage.sides import Sides
from tracker.storage.sightings import Sightings
from tracker.storage.sign_ins import SignIns
from tracker.storage.sources import Sources
from tracker.storage.space import BY_STEPS, Turn, give_back
from tracker.storage.speakers import Speakers
from tracker.storage.speaking import Speaking
from tracker.storage.stories import Stories
from tracker.storage.subscriptions import Subscriptions
from tracker.storage.tokens import Tokens

BUSY_SECONDS = 30
"""How long a SQLite writer waits for the one before it."""
CONNECT_SECONDS = 10
"""How long a PostgreSQL server may take to answer."""
PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA foreign_keys = ON",
)


class Transaction:
    """One session with the nouns of the store; everything done in it is kept, or none of it."""

    def __init__(self, session: Session) -> None:
        self.articles = Articles(session)
        self.sources = Sources(session)
        self.speakers = Speakers(session)
        self.speaking = Speaking(session)
        self.claims = Claims(session)
        self.sightings = Sightings(session)
        self.reprints = Reprints(session)
        self.corrections = Corrections(session)
        self.matches = Matches(session)
        self.conflicts = Conflicts(session)
        self.groups = Groups(session)
        self.reviews = Reviews(session)
        self.sides = Sides(session)
        self.saved_filters = SavedFilters(session)
        self.subscriptions = Subscriptions(session)
        self.alerts = Alerts(session)
        self.messages = Messages(session)
        self.deliveries = Deliveries(session)
        self.requests = Requests(session)
        self.stories = Stories(session)
        self.overview = Overview(session)
        self.accounts = Accounts(session)
        self.sign_ins = SignIns(session)
        self.tokens = Tokens(session)
        self.audit = Audit(session)
        self.reindexing = Reindexing(session)
        self.retention = Retention(session)
        self.logs = Logs(session)


class Storage:
    """The database. Opening it touches nothing; the first transaction connects."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._bits = Bits()
        self._reading = engine.execution_options(
            **(
                {"reads": True}
                if _is_sqlite(engine.url)
                else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
            )
        )

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Read and write; committed at the end, rolled back when an error leaves the block.

        Raises:
            StorageError: the database is unreachable, busy for too long, or not migrated.
            InvalidInput: text that no database holds, such as a NUL character.
        """
        with (
            translated(self._engine.url),
            Session(self._engine, info={"writes": True, "bits": self._bits}) as session,
            session.begin(),
        ):
            yield Transaction(session)

    @contextmanager
    def snapshot(self) -> Iterator[Transaction]:
        """Read only, all from one moment, without waiting for writers.

        Raises:
            StorageError: the database is unreachable or not migrated, or the block writes.
        """
        with (
            translated(self._engine.url),
            Session(self._reading, info={"writes": False, "bits": self._bits}) as session,
        ):
            yield Transaction(session)

    def migrate(self) -> None:
        """Bring the tables to the newest form; what has it already stays as it is.

        Raises:
            StorageError: the database cannot be reached or made, or a newer program made it.
        """
        _make_folder(self._engine.url)
        with translated(self._engine.url), self._engine.begin() as connection:
            upgrade(connection)

    def give_back(self, turn: Turn) -> int:
        """Free the space of what was removed; answers how many bytes stay free within the file.

        Each step is done within a ``turn``, after which others may have theirs.

        Raises:
            StorageError: the database is unreachable, or too busy.
        """
        with translated(self._engine.url):
            return give_back(self._engine, turn)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def open_storage(url: str) -> Storage:
    """The store at a SQLAlchemy URL: ``sqlite:///FILE`` or ``postgresql://USER@HOST/NAME``.

    Raises:
        ConfigurationError: the URL is not one, or its driver is not installed.
    """
    try:
        return Storage(_engine(_with_driver(make_url(url))))
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise ConfigurationError(
            f"the database URL cannot be used: {error}; set TRACKER_DATABASE_URL to "
            "sqlite:///FILE or to postgresql://USER@HOST/NAME (the extra claim-tracker[postgres])"
        ) from error


def _with_driver(url: URL) -> URL:
    match url.get_backend_name():
        case "sqlite":
            return url
        case "postgresql" | "postgres":
            return url.set(drivername="postgresql+psycopg")
        case other:
            raise ArgumentError(f"{other} is neither SQLite nor PostgreSQL")


def _engine(url: URL) -> Engine:
    if _is_sqlite(url):
        engine = create_engine(url)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        session = {"connect_timeout": CONNECT_SECONDS, "options": "-c timezone=UTC"}
        engine = create_engine(url, pool_pre_ping=True, connect_args=session)
    event.listen(engine, "before_cursor_execute", refuse_unstorable_text)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    # The driver's own BEGIN comes too late and is always DEFERRED; _begin_sqlite says it instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    if not cursor.execute("PRAGMA page_count").fetchone()[0]:
        cursor.execute(BY_STEPS)  # as long as the file is empty
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    reads = connection.get_execution_options().get("reads", False)
    connection.exec_driver_sql(f"PRAGMA query_only = {int(reads)}")
    # A writer that began DEFERRED would fail, not wait, where another has written meanwhile.
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _make_folder(url: URL) -> None:
    if not _is_sqlite(url) or not url.database:
        return
    folder = Path(url.database).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            "the folder {folder} of the database cannot be made: {fault}; set TRACKER_DATA_DIR to "
            "a folder that may be written",
            folder=folder,
            fault=error.strerror,
        ) from error
