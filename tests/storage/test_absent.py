"""What is asked for by a number and is not there is named in the reader's language."""

import re
from pathlib import Path

import pytest

import tracker.storage
from tests.storage.samples import NOON
from tracker.errors import NotFound
from tracker.phrasing import phrasing
from tracker.storage import Storage, account_tables, tables
from tracker.types import Stored, Tongue

FOLDER = Path(tracker.storage.__file__).parent
LOOKED_UP = re.compile(r"\bfind\([\w.]+, (\w+Row)\b")


def test_every_table_that_is_looked_into_by_a_number_has_a_word() -> None:
    rows = {row for path in FOLDER.glob("*.py") for row in LOOKED_UP.findall(path.read_text())}
    kinds = [getattr(tables, row, None) or getattr(account_tables, row) for row in rows]
    assert {kind.__tablename__ for kind in kinds} == set(Stored)


def test_what_is_not_there_is_named(storage: Storage) -> None:
    with storage.snapshot() as tx:
        for get, thing, told in (
            (tx.conflicts.get, Stored.CONFLICT, "conflict"),
            (tx.claims.get, Stored.CLAIM, "afirmație"),
            (tx.deliveries.get, Stored.DELIVERY, "trimitere"),
            (tx.saved_filters.get, Stored.SAVED_FILTER, "listă salvată"),
            (tx.tokens.get, Stored.TOKEN, "token"),
        ):
            with pytest.raises(NotFound) as missing:
                get(4711)
            assert str(missing.value) == f"no {thing} 4711"
            said = phrasing(Tongue.ROMANIAN).refusal(missing.value)
            assert said == f"Nu există {told} cu numărul 4711."
    with storage.transaction() as tx, pytest.raises(NotFound, match="no source_edit 7"):
        tx.speakers.undo(7, "Ana", NOON)
