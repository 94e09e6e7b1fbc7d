"""Subscriptions with more conditions, channels and a rhythm; messages, deliveries and their log."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(length=20)
FIRST_CHANGES = '["came_back", "opened"]'
"""What subscriptions from before are told of, as they were: once an occurrence."""
IN_SUBSCRIPTIONS: tuple[sa.Column[Any], ...] = (
    sa.Column("channels", sa.JSON(), nullable=False, server_default="[]"),
    sa.Column("closed", sa.JSON(), nullable=False, server_default="[]"),
    sa.Column("changes", sa.JSON(), nullable=False, server_default=FIRST_CHANGES),
    sa.Column("outlets", sa.JSON(), nullable=False, server_default="[]"),
    sa.Column("topics", sa.JSON(), nullable=False, server_default="[]"),
    sa.Column("languages", sa.JSON(), nullable=False, server_default="[]"),
    sa.Column("rhythm", WORD, nullable=False, server_default="live"),
    sa.Column("digest_at", sa.Time(), nullable=False, server_default="08:00:00.000000"),
    sa.Column("zone", sa.Text(), nullable=False, server_default="UTC"),
    sa.Column("quiet_from", sa.Time(), nullable=True),
    sa.Column("quiet_to", sa.Time(), nullable=True),
    sa.Column("muted_until", MOMENT, nullable=True),
    sa.Column("old_secret", sa.Text(), nullable=True),
    sa.Column("old_secret_until", MOMENT, nullable=True),
)
ONCE_IN_ALERTS: tuple[sa.Column[Any], ...] = (
    sa.Column("state", WORD, nullable=False, server_default="sent"),
    sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"),
    sa.Column("next_attempt_at", MOMENT, nullable=True),
    sa.Column("sent_at", MOMENT, nullable=True),
    sa.Column("error", sa.Text(), nullable=True),
)
LAST_ENTRIES = """
    UPDATE conflict SET alerted_entry = (
        SELECT max(id) FROM conflict_history WHERE conflict_history.conflict_id = conflict.id
    )
    WHERE alerted_at IS NOT NULL OR id IN (SELECT conflict_id FROM alert)
"""


def upgrade() -> None:
    for column in IN_SUBSCRIPTIONS:
        op.add_column("subscription", column._copy())
    op.add_column(
        "conflict", sa.Column("alerted_entry", IDENTIFIER, nullable=False, server_default="0")
    )
    op.execute(LAST_ENTRIES)
    _keep_channels()
    op.drop_column("subscription", "channel")
    _create_tables()
    _add_to_alerts()
    _move_deliveries()
    _take_from_alerts()


def _keep_channels() -> None:
    table = sa.table(
        "subscription", sa.column("id"), sa.column("channel"), sa.column("channels", sa.JSON())
    )
    for id, channel in op.get_bind().execute(sa.select(table.c.id, table.c.channel)).all():
        op.execute(table.update().where(table.c.id == id).values(channels=[channel]))


def _create_tables() -> None:
    op.create_table(
        "message",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("subscription_id", IDENTIFIER, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscription.id"],
            name=op.f("fk_message_subscription_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    op.create_index(op.f("ix_message_subscription_id"), "message", ["subscription_id"])
    op.create_table(
        "delivery",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("message_id", IDENTIFIER, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", MOMENT, nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_delivery_message_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("message_id", "channel", name=op.f("uq_delivery_message_id_channel")),
    )
    op.create_index("ix_delivery_state_next_attempt_at", "delivery", ["state", "next_attempt_at"])
    op.create_table(
        "attempt",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("delivery_id", IDENTIFIER, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["delivery.id"],
            name=op.f("fk_attempt_delivery_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index(op.f("ix_attempt_delivery_id"), "attempt", ["delivery_id"])


def _add_to_alerts() -> None:
    with op.batch_alter_table("alert") as alert:
        alert.drop_constraint(
            op.f("uq_alert_subscription_id_conflict_id_occurrence"), type_="unique"
        )
        alert.drop_index("ix_alert_state_next_attempt_at")
        alert.add_column(sa.Column("entry", IDENTIFIER, nullable=False, server_default="0"))
        alert.add_column(sa.Column("change", WORD, nullable=False, server_default="opened"))
        alert.add_column(sa.Column("message_id", IDENTIFIER, nullable=True))
        alert.create_foreign_key(
            op.f("fk_alert_message_id"), "message", ["message_id"], ["id"], ondelete="CASCADE"
        )
    # Numbers that no entry of a history has, a different one for each occurrence.
    op.execute("UPDATE alert SET entry = -occurrence")
    op.execute("UPDATE alert SET change = 'came_back' WHERE occurrence > 1")


def _move_deliveries() -> None:
    """Every alert was a message of its own, to the one channel of its subscription."""
    bind = op.get_bind()
    tables = sa.MetaData()
    alert, message, delivery, subscription = (
        sa.Table(name, tables, autoload_with=bind)
        for name in ("alert", "message", "delivery", "subscription")
    )
    channels = dict(bind.execute(sa.select(subscription.c.id, subscription.c.channels)).all())
    kept = ("state", "attempts", "next_attempt_at", "sent_at", "error")
    for row in bind.execute(sa.select(alert).order_by(alert.c.id)).mappings().all():
        made = message.insert().values(
            subscription_id=row["subscription_id"], kind="alert", made_at=row["stored_at"]
        )
        id = bind.execute(made.returning(message.c.id)).scalar_one()
        bind.execute(alert.update().where(alert.c.id == row["id"]).values(message_id=id))
        moved = {name: row[name] for name in kept}
        [channel] = channels[row["subscription_id"]]
        bind.execute(delivery.insert().values(message_id=id, channel=channel, **moved))


def _take_from_alerts() -> None:
    with op.batch_alter_table("alert") as alert:
        for column in ONCE_IN_ALERTS:
            alert.drop_column(column.name)
        alert.create_unique_constraint(
            op.f("uq_alert_subscription_id_conflict_id_entry"),
            ["subscription_id", "conflict_id", "entry"],
        )
        alert.create_index(op.f("ix_alert_message_id"), ["message_id"])


def downgrade() -> None:
    # Of what was told of one occurrence more than once the old form knows nothing.
    op.execute("DELETE FROM alert")
    with op.batch_alter_table("alert") as alert:
        alert.drop_index(op.f("ix_alert_message_id"))
        alert.drop_constraint(op.f("uq_alert_subscription_id_conflict_id_entry"), type_="unique")
        alert.drop_constraint(op.f("fk_alert_message_id"), type_="foreignkey")
        for name in ("entry", "change", "message_id"):
            alert.drop_column(name)
        for column in ONCE_IN_ALERTS:
            alert.add_column(column._copy())
        alert.create_unique_constraint(
            op.f("uq_alert_subscription_id_conflict_id_occurrence"),
            ["subscription_id", "conflict_id", "occurrence"],
        )
        alert.create_index("ix_alert_state_next_attempt_at", ["state", "next_attempt_at"])
    for table in ("attempt", "delivery", "message"):
        op.drop_table(table)
    op.drop_column("conflict", "alerted_entry")
    op.add_column(
        "subscription", sa.Column("channel", sa.Text(), nullable=False, server_default="")
    )
    _keep_first_channels()
    for column in IN_SUBSCRIPTIONS:
        op.drop_column("subscription", column.name)


def _keep_first_channels() -> None:
    table = sa.table(
        "subscription", sa.column("id"), sa.column("channel"), sa.column("channels", sa.JSON())
    )
    for id, channels in op.get_bind().execute(sa.select(table.c.id, table.c.channels)).all():
        op.execute(table.update().where(table.c.id == id).values(channel=channels[0]))
