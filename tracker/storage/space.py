"""What was removed is given back to the disk, and the database learns anew what it holds.

Other processes go on meanwhile. PostgreSQL's VACUUM locks nobody out. SQLite gives pages back in
small steps, each a short transaction. A file that was made without the room for that, by an older
version of the program, has to be rewritten as a whole: writers wait all that time, so only a small
one is, once.
"""

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from typing import Any

from sqlalchemy import Engine, text

from tracker.errors import StorageError
from tracker.storage.tables import Table

Turn = Callable[[], AbstractContextManager[None]]

STEP = 1000
"""Pages of 4 KiB that are given back in one step."""
SMALL = 50_000
"""Pages up to which a file is rewritten as a whole: 200 MB, which takes seconds."""
SAMPLE = 400
"""Rows of each index that are looked at; SQLite advises 100 to 1000."""
BY_STEPS = "PRAGMA auto_vacuum = INCREMENTAL"
"""Makes the room in an empty file, or in one that is rewritten next."""
_INCREMENTAL = 2


def give_back(engine: Engine, turn: Turn) -> int:
    """Free the space of what was removed; answers how many bytes stay free within the file.

    Each step is done within a ``turn``.

    Raises:
        StorageError: SQLite cannot, for example because somebody writes all the time.
    """
    if engine.dialect.name == "postgresql":
        return _vacuum(engine)
    try:
        with closing(engine.raw_connection()) as connection:
            return _shrink(connection.cursor(), turn)
    except sqlite3.Error as error:
        raise StorageError(
            "SQLite cannot give space back: {fault}; nothing is lost, run `tracker vacuum` again",
            fault=error,
        ) from error


def _vacuum(engine: Engine) -> int:
    """Free what PostgreSQL can use again; it keeps the files itself."""
    tables = ", ".join(map(engine.dialect.identifier_preparer.quote, Table.metadata.tables))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"VACUUM (ANALYZE) {tables}"))
    return 0


def _shrink(cursor: Any, turn: Turn) -> int:
    def ask(pragma: str) -> int:
        return int(cursor.execute(f"PRAGMA {pragma}").fetchone()[0])

    cursor.execute("PRAGMA query_only = 0")  # a snapshot may have used the connection before
    if ask("auto_vacuum") != _INCREMENTAL and ask("page_count") <= SMALL:
        cursor.execute(BY_STEPS)
        cursor.execute("VACUUM")
    while ask("auto_vacuum") == _INCREMENTAL and ask("freelist_count"):
        with turn():
            cursor.executescript(f"PRAGMA incremental_vacuum({STEP})")  # execute() stops at one
    cursor.execute(f"PRAGMA analysis_limit = {SAMPLE}")
    cursor.execute("PRAGMA optimize = 0x10002")
    cursor.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    return ask("freelist_count") * ask("page_size")
