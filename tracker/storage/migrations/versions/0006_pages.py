"""Speakers that people merge and split, claims that they correct, and what the pages list by."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(length=20)
MOMENTS = (("article", "published_at"), ("article", "received_at"), ("claim", "stored_at"))
SQLITE_CHANGED = """
    CREATE TRIGGER claim_search_changed AFTER UPDATE OF text, about ON claim BEGIN
        INSERT INTO claim_search (claim_search, rowid, text, about)
        VALUES ('delete', old.id, old.text, old.about);
        INSERT INTO claim_search (rowid, text, about) VALUES (new.id, new.text, new.about);
    END
"""


def upgrade() -> None:
    op.add_column("source", sa.Column("apart", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("source", sa.Column("merged_into", IDENTIFIER, nullable=True))
    op.create_index(op.f("ix_source_merged_into"), "source", ["merged_into"])
    for name in ("role", "speaks_for"):
        op.add_column("claim", sa.Column(name, sa.Text(), nullable=True))
    for table, moment in MOMENTS:
        op.create_index(op.f(f"ix_{table}_{moment}"), table, [moment])
    _create_source_edit()
    _create_claim_edit()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(SQLITE_CHANGED)


def _create_source_edit() -> None:
    op.create_table(
        "source_edit",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("source_id", IDENTIFIER, nullable=False),
        sa.Column("other_id", IDENTIFIER, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("event", WORD, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("claims", sa.JSON(), nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_edit")),
        _reference("source_edit", "source_id", "source"),
        _reference("source_edit", "other_id", "source"),
    )
    op.create_index(op.f("ix_source_edit_source_id"), "source_edit", ["source_id"])
    op.create_index(op.f("ix_source_edit_other_id"), "source_edit", ["other_id"])


def _create_claim_edit() -> None:
    op.create_table(
        "claim_edit",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("claim_id", IDENTIFIER, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_edit")),
        _reference("claim_edit", "claim_id", "claim"),
    )
    op.create_index(op.f("ix_claim_edit_claim_id"), "claim_edit", ["claim_id"])


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="CASCADE")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER claim_search_changed")
    op.drop_table("claim_edit")
    op.drop_table("source_edit")
    for table, moment in MOMENTS:
        op.drop_index(op.f(f"ix_{table}_{moment}"), table)
    for name in ("role", "speaks_for"):
        op.drop_column("claim", name)
    op.drop_index(op.f("ix_source_merged_into"), "source")
    for name in ("apart", "merged_into"):
        op.drop_column("source", name)
