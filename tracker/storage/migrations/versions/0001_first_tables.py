"""The first tables, and what serves the full-text search beside them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(20)

SQLITE_SEARCH = (
    """
    CREATE VIRTUAL TABLE claim_search USING fts5(
        text, about, content='claim', content_rowid='id',
        tokenize='unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE VIRTUAL TABLE source_word_search USING fts5(
        word, content='source_word', content_rowid='id', tokenize='trigram'
    )
    """,
    """
    CREATE TRIGGER claim_search_added AFTER INSERT ON claim BEGIN
        INSERT INTO claim_search (rowid, text, about) VALUES (new.id, new.text, new.about);
    END
    """,
    """
    CREATE TRIGGER claim_search_removed AFTER DELETE ON claim BEGIN
        INSERT INTO claim_search (claim_search, rowid, text, about)
        VALUES ('delete', old.id, old.text, old.about);
    END
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
)
POSTGRES_SEARCH = (
    "CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public",
    "CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public",
    # unaccent itself depends on a dictionary that may change, so no index may call it; this may.
    """
    CREATE FUNCTION tracker_fold(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN lower(public.unaccent('public.unaccent', $1))
    """,
    """
    CREATE INDEX ix_claim_search ON claim
    USING gin (to_tsvector('simple', tracker_fold(text || ' ' || about)))
    """,
    "CREATE INDEX ix_source_word_search ON source_word USING gin (word public.gin_trgm_ops)",
)


def upgrade() -> None:
    op.create_table(
        "article",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content_key", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("extracted_at", MOMENT, nullable=True),
        sa.Column("state", WORD, nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("content_key", name=op.f("uq_article_content_key")),
        sa.UniqueConstraint(
            "outlet", "external_id", "revision", name=op.f("uq_article_outlet_external_id_revision")
        ),
    )
    op.create_index(
        "ix_article_state_received_at", "article", ["state", "received_at"], unique=False
    )
    op.create_table(
        "conflict",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("label", WORD, nullable=False),
        sa.Column("kind", WORD, nullable=True),
        sa.Column("severity", sa.Float(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("evidence_at", MOMENT, nullable=False),
        sa.Column("alerted_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict")),
    )
    op.create_index(op.f("ix_conflict_alerted_at"), "conflict", ["alerted_at"], unique=False)
    op.create_index(op.f("ix_conflict_evidence_at"), "conflict", ["evidence_at"], unique=False)
    op.create_index(op.f("ix_conflict_state"), "conflict", ["state"], unique=False)
    op.create_table(
        "source",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("speaks_for", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
    )
    op.create_table(
        "subscription",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("relations", sa.JSON(), nullable=False),
        sa.Column("speakers", sa.JSON(), nullable=False),
        sa.Column("minimum_severity", sa.Float(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
    )
    op.create_table(
        "alert",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("subscription_id", IDENTIFIER, nullable=False),
        sa.Column("conflict_id", IDENTIFIER, nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("stored_at", MOMENT, nullable=False),
        sa.Column("next_attempt_at", MOMENT, nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conflict_id"], ["conflict.id"], name=op.f("fk_alert_conflict_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscription.id"],
            name=op.f("fk_alert_subscription_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint(
            "subscription_id",
            "conflict_id",
            "occurrence",
            name=op.f("uq_alert_subscription_id_conflict_id_occurrence"),
        ),
    )
    op.create_index(op.f("ix_alert_conflict_id"), "alert", ["conflict_id"], unique=False)
    op.create_index(
        "ix_alert_state_next_attempt_at", "alert", ["state", "next_attempt_at"], unique=False
    )
    op.create_table(
        "claim",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("article_id", IDENTIFIER, nullable=False),
        sa.Column("content_key", sa.Text(), nullable=False),
        sa.Column("source_id", IDENTIFIER, nullable=False),
        sa.Column("attribution", sa.JSON(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("embedding", sa.LargeBinary(), nullable=True),
        sa.Column("stored_at", MOMENT, nullable=False),
        sa.Column("matched_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_claim_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_claim_source_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint(
            "article_id", "content_key", name=op.f("uq_claim_article_id_content_key")
        ),
    )
    op.create_index(op.f("ix_claim_matched_at"), "claim", ["matched_at"], unique=False)
    op.create_index(op.f("ix_claim_source_id"), "claim", ["source_id"], unique=False)
    op.create_table(
        "conflict_history",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("conflict_id", IDENTIFIER, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conflict_id"],
            ["conflict.id"],
            name=op.f("fk_conflict_history_conflict_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_history")),
    )
    op.create_index(
        op.f("ix_conflict_history_conflict_id"), "conflict_history", ["conflict_id"], unique=False
    )
    op.create_table(
        "request",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("article_id", IDENTIFIER, nullable=False),
        sa.Column("created", sa.Boolean(), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_request_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_request")),
    )
    op.create_table(
        "source_word",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("source_id", IDENTIFIER, nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_source_word_source_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_word")),
        sa.UniqueConstraint("word", "source_id", name=op.f("uq_source_word_word_source_id")),
    )
    op.create_index(op.f("ix_source_word_source_id"), "source_word", ["source_id"], unique=False)
    op.create_table(
        "claim_key",
        sa.Column("claim_id", IDENTIFIER, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_claim_key_claim_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("claim_id", "key", name=op.f("pk_claim_key")),
    )
    op.create_index(
        "ix_claim_key_key_said_on_claim_id",
        "claim_key",
        ["key", "said_on", "claim_id"],
        unique=False,
    )
    op.create_table(
        "conflict_claim",
        sa.Column("conflict_id", IDENTIFIER, nullable=False),
        sa.Column("claim_id", IDENTIFIER, nullable=False),
        sa.Column("side", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_conflict_claim_claim_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["conflict_id"],
            ["conflict.id"],
            name=op.f("fk_conflict_claim_conflict_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conflict_id", "claim_id", name=op.f("pk_conflict_claim")),
    )
    op.create_index(
        op.f("ix_conflict_claim_claim_id"), "conflict_claim", ["claim_id"], unique=False
    )
    op.create_table(
        "match",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("premise_id", IDENTIFIER, nullable=False),
        sa.Column("hypothesis_id", IDENTIFIER, nullable=False),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.Column("compared_at", MOMENT, nullable=True),
        sa.Column("label", WORD, nullable=True),
        sa.Column("probability", sa.Float(), nullable=True),
        sa.Column("kind", WORD, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("premise_words", sa.JSON(), nullable=True),
        sa.Column("hypothesis_words", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["hypothesis_id"], ["claim.id"], name=op.f("fk_match_hypothesis_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["premise_id"], ["claim.id"], name=op.f("fk_match_premise_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match")),
        sa.UniqueConstraint(
            "premise_id", "hypothesis_id", name=op.f("uq_match_premise_id_hypothesis_id")
        ),
    )
    op.create_index(op.f("ix_match_compared_at"), "match", ["compared_at"], unique=False)
    op.create_index(op.f("ix_match_hypothesis_id"), "match", ["hypothesis_id"], unique=False)
    op.create_index(op.f("ix_match_label"), "match", ["label"], unique=False)
    op.create_table(
        "verdict",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("match_id", IDENTIFIER, nullable=False),
        sa.Column("comparer", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("label", WORD, nullable=False),
        sa.Column("entailment", sa.Float(), nullable=False),
        sa.Column("neutral", sa.Float(), nullable=False),
        sa.Column("contradiction", sa.Float(), nullable=False),
        sa.Column("kind", WORD, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("premise_words", sa.JSON(), nullable=False),
        sa.Column("hypothesis_words", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["match_id"], ["match.id"], name=op.f("fk_verdict_match_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict")),
        sa.UniqueConstraint(
            "match_id", "comparer", "version", name=op.f("uq_verdict_match_id_comparer_version")
        ),
    )
    postgres = op.get_bind().dialect.name == "postgresql"
    for statement in POSTGRES_SEARCH if postgres else SQLITE_SEARCH:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.drop_table("source_word_search")
        op.drop_table("claim_search")
    for table in (
        "request",
        "conflict_history",
        "conflict_claim",
        "verdict",
        "match",
        "claim_key",
        "claim",
        "source_word",
        "alert",
        "subscription",
        "source",
        "conflict",
        "article",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION tracker_fold")
