"""Claims that only print others again, and articles found by nearly the same text.

The columns stay empty for what is stored already, until ``tracker reindex`` is run.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SAME_WORDS = "ix_claim_source_id_words_key_said_on"


def upgrade() -> None:
    op.add_column("claim", sa.Column("words_key", sa.Text(), nullable=True))
    op.add_column("claim", sa.Column("sighting_of", IDENTIFIER, nullable=True))
    op.create_index(op.f("ix_claim_sighting_of"), "claim", ["sighting_of"])
    op.create_index(SAME_WORDS, "claim", ["source_id", "words_key", "said_on"])
    op.create_table(
        "article_band",
        sa.Column("band", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("article_id", IDENTIFIER, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk_article_band_article_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("band", "day", "article_id", name=op.f("pk_article_band")),
    )
    op.create_index(op.f("ix_article_band_article_id"), "article_band", ["article_id"])


def downgrade() -> None:
    op.drop_table("article_band")
    op.drop_index(SAME_WORDS, "claim")
    op.drop_index(op.f("ix_claim_sighting_of"), "claim")
    op.drop_column("claim", "sighting_of")
    op.drop_column("claim", "words_key")
