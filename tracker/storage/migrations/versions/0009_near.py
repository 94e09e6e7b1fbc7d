"""What claims of nearly the same meaning are found by, in each database's own way."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

WIDTH = 384
SQLITE = (
    """
    CREATE TABLE claim_near (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        claim_id INTEGER NOT NULL UNIQUE REFERENCES claim (id) ON DELETE CASCADE,
        day INTEGER NOT NULL,
        bits BLOB NOT NULL
    )
    """,
)
POSTGRES = (
    "CREATE EXTENSION IF NOT EXISTS vector WITH SCHEMA public",
    f"""
    CREATE TABLE claim_near (
        claim_id BIGINT PRIMARY KEY REFERENCES claim (id) ON DELETE CASCADE,
        said_on DATE NOT NULL,
        vector halfvec({WIDTH}) NOT NULL
    )
    """,
    "CREATE INDEX ix_claim_near ON claim_near USING hnsw (vector halfvec_ip_ops)",
)


def upgrade() -> None:
    is_postgres = op.get_bind().dialect.name == "postgresql"
    for statement in POSTGRES if is_postgres else SQLITE:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE claim_near")
