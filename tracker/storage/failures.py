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
            "the database {name} cannot be migrated: {fault}; it may have been made by a newer "
            "version of the program",
            name=_name(url),
            fault=error,
        ) from error
    except StatementError as error:
        if isinstance(error.orig, TrackerError):  # from a column type
            raise error.orig from None
        if isinstance(error, DBAPIError):
            raise _explained(url, error) from error
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
                code = f"{ord(found.group()):04X}"
                raise InvalidInput(
                    "text with U+{code} at position {position} cannot be stored; take NUL "
                    "characters and lone surrogates out of it",
                    code=code,
                    position=found.start(),
                )


def _explained(url: URL, error: DBAPIError) -> StorageError:
    said = str(error.orig).strip().partition("\n")[0]
    if _NOT_MIGRATED.search(said):
        return StorageError(
            "the database {name} is not migrated ({fault}); run `tracker db upgrade`",
            name=_name(url),
            fault=said,
        )
    return StorageError(
        "the database {name} cannot do this: {fault}; check that it is there and in order",
        name=_name(url),
        fault=said,
    )


def _name(url: URL) -> str:
    return url.render_as_string(hide_password=True)
