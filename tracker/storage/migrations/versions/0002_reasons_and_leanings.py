"""Reasons as a sentence and words, and what comparers say of relations."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WITH_REASONS = {
    "conflict": "NOT NULL DEFAULT '{}'",
    "match": "",
    "verdict": "NOT NULL DEFAULT '{}'",
}
"""The tables that keep a reason, and what holds for it.

Written as plain statements that both databases know, since Alembic's way of altering a table of
SQLite makes another and drops the old one, which would take along whatever refers to it.
"""


def upgrade() -> None:
    make = "json_build_" if _is_postgres() else "json_"
    told = f"{make}object('sentence', '{{}}', 'words', {make}array(reason))"
    for table, rule in WITH_REASONS.items():
        _change(table, f"JSON {rule}", told)
    op.execute("ALTER TABLE verdict ADD COLUMN leanings JSON NOT NULL DEFAULT '{}'")
    op.execute("ALTER TABLE verdict ADD COLUMN fingerprint TEXT")
    op.create_index(op.f("ix_verdict_fingerprint"), "verdict", ["fingerprint"])


def downgrade() -> None:
    op.drop_index(op.f("ix_verdict_fingerprint"), "verdict")
    op.execute("ALTER TABLE verdict DROP COLUMN fingerprint")
    op.execute("ALTER TABLE verdict DROP COLUMN leanings")
    told = "reason ->> 'sentence'" if _is_postgres() else "json_extract(reason, '$.sentence')"
    for table, rule in WITH_REASONS.items():
        _change(table, f"TEXT {rule}", told)


def _change(table: str, kind: str, value: str) -> None:
    """Give the column ``reason`` another kind and value."""
    op.execute(f'ALTER TABLE "{table}" ADD COLUMN reason_anew {kind}')
    op.execute(f'UPDATE "{table}" SET reason_anew = {value} WHERE reason IS NOT NULL')
    op.execute(f'ALTER TABLE "{table}" DROP COLUMN reason')
    op.execute(f'ALTER TABLE "{table}" RENAME COLUMN reason_anew TO reason')


def _is_postgres() -> bool:
    return bool(op.get_bind().dialect.name == "postgresql")
