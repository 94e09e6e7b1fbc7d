"""Conflicts that remember what people arranged of their sides.

What stands in a conflict that somebody split, merged or whose claims somebody moved counts as
arranged.
"""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ARRANGED = """
    SELECT conflict_id, note FROM conflict_history
    WHERE event IN ('split', 'merged', 'moved') ORDER BY id
"""


def upgrade() -> None:
    op.add_column("conflict", sa.Column("family", IDENTIFIER, nullable=True))
    op.create_index(op.f("ix_conflict_family"), "conflict", ["family"])
    op.add_column(
        "conflict_claim",
        sa.Column("arranged", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    connection = op.get_bind()
    arranged = connection.execute(sa.text(ARRANGED)).all()
    for conflict, family in families((id, note) for id, note in arranged).items():
        values = {"conflict": conflict, "family": family, "arranged": True}
        for statement in (
            "UPDATE conflict SET family = :family WHERE id = :conflict",
            "UPDATE conflict_claim SET arranged = :arranged WHERE conflict_id = :conflict",
        ):
            connection.execute(sa.text(statement), values)


def families(arranged: Iterable[tuple[int, str]]) -> dict[int, int]:
    """The family of each conflict that was arranged, from what the histories tell.

    The note of a split and of a merge is the number of the other conflict.
    """
    found: dict[int, int] = {}
    for conflict, note in arranged:
        other = int(note) if note.isdigit() else conflict
        one, joined = found.setdefault(conflict, conflict), found.setdefault(other, other)
        found = {id: one if family == joined else family for id, family in found.items()}
    return found


def downgrade() -> None:
    op.drop_column("conflict_claim", "arranged")
    op.drop_index(op.f("ix_conflict_family"), "conflict")
    op.drop_column("conflict", "family")
