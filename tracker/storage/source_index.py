"""How sources are found: by keys that spellings of one name share, and by beginnings of words."""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Select
from sqlmodel import Session, col

from tracker.languages import in_latin
from tracker.sources import kept_under
from tracker.storage.search import folded_words
from tracker.storage.statements import insert_all
from tracker.storage.tables import SourceKeyRow, SourceRow, SourceWordRow, Table
from tracker.types import Source

EACH = 20
"""Sources that are taken of one key; two are enough to see that a name can be several people's."""
MOST = 60
"""Sources that are taken of all keys together."""
_LAST = "\U0010ffff"
"""No letter comes after it."""


def kept_near(session: Session, keys: Sequence[str]) -> list[SourceRow]:
    """The sources that are kept under some of these keys, read anew; never more than ``MOST``.

    Those of the first key come first, and within a key the oldest.
    """
    if not keys:
        return []
    asked = {f"key_{n}": key for n, key in enumerate(keys)}
    return list(session.scalars(_under(len(keys)), asked))


@cache
def _under(keys: int) -> sa.Executable:
    """The query for so many keys; to put it together takes longer than to run it."""
    found = sa.union_all(*(sa.select(_of_key(n)) for n in range(keys))).subquery()
    rank = sa.func.min(found.c.rank).label("rank")
    first = sa.select(found.c.source_id, rank).group_by(found.c.source_id)
    ids = first.order_by(rank, found.c.source_id).limit(MOST).subquery()
    query = sa.select(SourceRow).join(ids, ids.c.source_id == col(SourceRow.id))
    # Another worker may have changed a row since this transaction has last read it.
    anew = query.execution_options(populate_existing=True)
    return anew.order_by(ids.c.rank, ids.c.source_id)


def _of_key(n: int) -> sa.Subquery:
    id, key = col(SourceKeyRow.source_id), sa.bindparam(f"key_{n}", type_=sa.Text)
    query = sa.select(id, sa.literal(n).label("rank")).where(col(SourceKeyRow.key) == key)
    return query.order_by(id).limit(EACH).subquery()


def named(words: Sequence[str]) -> Select[Any]:
    """The ids of the sources whose names have words that begin with each of these folded ones."""
    query = sa.select(col(SourceRow.id))
    for word in words:
        first, last = (sa.literal(each, sa.Text) for each in (word, word + _LAST))
        begins = col(SourceWordRow.word).between(first, last)
        query = query.where(
            col(SourceRow.id).in_(sa.select(col(SourceWordRow.source_id)).where(begins))
        )
    return query.where(sa.literal(bool(words)))


def words_of_names(names: Iterable[str]) -> list[str]:
    """The words by which names are found, whatever script they are in."""
    return folded_words(map(in_latin, names))


def write_index(session: Session, source: Source) -> None:
    """Keep what a source is found by, and nothing of what it was found by before."""
    _write(session, SourceKeyRow, "key", source.id, kept_under(source))
    words = words_of_names((source.name, *source.aliases))
    _write(session, SourceWordRow, "word", source.id, words)


def _write(
    session: Session, table: type[Table], column: str, id: int, entries: Collection[str]
) -> None:
    here = table.__table__.c  # type: ignore[attr-defined]
    gone = (here.source_id == id, here[column].not_in(entries))
    session.execute(sa.delete(table).where(*gone))
    insert_all(session, table, [{"source_id": id, column: entry} for entry in sorted(entries)])
