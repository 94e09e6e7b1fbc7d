"""How sources are found: by keys that spellings of one name share, and by beginnings of words."""

from collections.abc import Collection, Iterable, Sequence
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


def near(keys: Sequence[str]) -> Select[Any]:
    """The ids of sources that are kept under some of these keys, with the first of them.

    Those of the first key come first, and within a key the oldest; never more than ``MOST``.
    """
    each = [_of_key(key).add_columns(sa.literal(n).label("rank")) for n, key in enumerate(keys)]
    found = sa.union_all(*(sa.select(query.subquery()) for query in each)).subquery()
    rank = sa.func.min(found.c.rank).label("rank")
    query = sa.select(found.c.source_id, rank).group_by(found.c.source_id)
    return query.order_by(rank, found.c.source_id).limit(MOST)


def _of_key(key: str) -> Select[Any]:
    id = col(SourceKeyRow.source_id)
    return sa.select(id).where(col(SourceKeyRow.key) == key).order_by(id).limit(EACH)


def named(words: Sequence[str]) -> Select[Any]:
    """The ids of the sources whose names have words that begin with each of these folded ones."""
    query = sa.select(col(SourceRow.id))
    for word in words:
        begins = col(SourceWordRow.word).between(word, word + _LAST)
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
