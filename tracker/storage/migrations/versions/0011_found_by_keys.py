"""Sources are found by keys that the spellings of a name share, and by words in Latin letters.

The keys are those that the program has today, which is why they are made by its own functions.
"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from tracker.languages import in_latin
from tracker.sources import kept_under
from tracker.storage.search import folded_words
from tracker.types import SourceDraft, SourceKind

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT_ONCE = 1000
SOURCE = sa.table(
    "source",
    sa.column("id", sa.Integer),
    sa.column("name", sa.Text),
    sa.column("kind", sa.Text),
    sa.column("aliases", sa.JSON),
)
KEY = sa.table("source_key", sa.column("source_id"), sa.column("key"))
WORD = sa.table("source_word", sa.column("source_id"), sa.column("word"))
POSTGRES_WORDS = "CREATE INDEX ix_source_word_search ON source_word USING gin (word gin_trgm_ops)"
SQLITE_WORDS = (
    """
    CREATE VIRTUAL TABLE source_word_search USING fts5(
        word, content='source_word', content_rowid='id', tokenize='trigram'
    )
    """,
    """
    CREATE TRIGGER source_word_search_added AFTER INSERT ON source_word BEGIN
        INSERT INTO source_word_search (rowid, word) VALUES (new.id, new.word);
    END
    """,
    """
    CREATE TRIGGER source_word_search_removed AFTER DELETE ON source_word BEGIN
        INSERT INTO source_word_search (source_word_search, rowid, word)
        VALUES ('delete', old.id, old.word);
    END
    """,
    "INSERT INTO source_word_search (source_word_search) VALUES ('rebuild')",
)


def upgrade() -> None:
    key = sa.Text(collation="C") if _is_postgres() else sa.Text()
    op.create_table(
        "source_key",
        sa.Column("key", key, nullable=False),
        sa.Column("source_id", IDENTIFIER, nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_source_key_source_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", "source_id", name=op.f("pk_source_key")),
    )
    op.create_index(op.f("ix_source_key_source_id"), "source_key", ["source_id"])
    if _is_postgres():
        op.execute("DROP INDEX ix_source_word_search")
        op.execute('ALTER TABLE source_word ALTER COLUMN word TYPE text COLLATE "C"')
    else:
        op.execute("DROP TRIGGER source_word_search_added")
        op.execute("DROP TRIGGER source_word_search_removed")
        op.execute("DROP TABLE source_word_search")
    op.execute("DELETE FROM source_word")
    for sources in _batches():
        _write(KEY, [(s.id, key) for s in sources for key in sorted(kept_under(_draft(s)))])
        _write(WORD, [(s.id, word) for s in sources for word in _words(s)])


def _batches() -> Iterator[list[sa.Row[Any]]]:
    last = 0
    query = sa.select(SOURCE).order_by(SOURCE.c.id).limit(AT_ONCE)
    while sources := list(op.get_bind().execute(query.where(SOURCE.c.id > last))):
        yield sources
        last = sources[-1].id


def _draft(source: sa.Row[Any]) -> SourceDraft:
    return SourceDraft(
        name=source.name, kind=SourceKind(source.kind), aliases=tuple(source.aliases)
    )


def _words(source: sa.Row[Any]) -> list[str]:
    return folded_words(map(in_latin, (source.name, *source.aliases)))


def _write(table: sa.TableClause, rows: list[tuple[int, str]]) -> None:
    _, column = table.c.keys()
    if rows:
        op.bulk_insert(table, [{"source_id": id, column: entry} for id, entry in rows])


def downgrade() -> None:
    op.drop_table("source_key")
    if _is_postgres():
        op.execute('ALTER TABLE source_word ALTER COLUMN word TYPE text COLLATE "default"')
        op.execute(POSTGRES_WORDS)
    else:
        for statement in SQLITE_WORDS:
            op.execute(statement)


def _is_postgres() -> bool:
    return bool(op.get_bind().dialect.name == "postgresql")
