"""How far claims have been indexed anew; what goes with an article is found by it."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "reindexed",
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("upto", IDENTIFIER, nullable=False),
        sa.PrimaryKeyConstraint("part", name=op.f("pk_reindexed")),
    )
    op.create_index(op.f("ix_request_article_id"), "request", ["article_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_request_article_id"), "request")
    op.drop_table("reindexed")
