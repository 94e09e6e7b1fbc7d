"""What the database's errors mean to a reader, in the terms of ``tracker.errors``."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic.util import CommandError
from sqlalchemy import URL, Connection
from sqlalchemy.exc import DBAPIError, StatementError

from tracker.errors import InvalidInput, StorageError, TrackerError

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_NOT_MIGRATED = re.compile(
    r"no such (table|column|function)|(relation|column|function) .* does not exist"
)


@contextmanager
def translated(url: URL) -> Iterator[None]:
    """Turn what the driver raises into ``StorageError``, and say what to do about it."""
    try:
        yield
    except CommandError as error:
        raise StorageError(
            f"the database {_name(url)} cannot be migrated: {error}; "
            "it may have been made by a newer version of the program"
        ) from error
    except StatementError as error:
        if isinstance(error.orig, TrackerError):  # from a column type
            raise error.orig from None
        if isinstance(error, DBAPIError):
            raise StorageError(_explain(url, error)) from error
        raise


def refuse_unstorable_text(
    connection: Connection,
    cursor: Any,
    statement: str,
    parameters: Any,
    context: Any,
    executemany: bool,
) -> None:
    """Refuse NUL and lone surrogates, of which each driver makes something else.

    Raises:
        InvalidInput: a parameter has one.
    """
    for row in parameters if executemany else [parameters]:
        for value in row.values() if isinstance(row, dict) else row:
            if isinstance(value, str) and (found := _UNSTORABLE.search(value)):
                raise InvalidInput(
                    f"text with U+{ord(found.group()):04X} at position {found.start()} cannot be "
                    "stored; take NUL characters and lone surrogates out of it"
                )


def _explain(url: URL, error: DBAPIError) -> str:
    said = str(error.orig).strip().partition("\n")[0]
    if _NOT_MIGRATED.search(said):
        return f"the database {_name(url)} is not migrated ({said}); run `tracker db upgrade`"
    return f"the database {_name(url)} cannot do this: {said}; check that it is there and in order"


def _name(url: URL) -> str:
    return url.render_as_string(hide_password=True)
