"""What the community channel keeps: events and replies, threads, authors."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables of `bot.channels.many.outbox` that aren't there."""
    there = set(sa.inspect(op.get_bind()).get_table_names())

    def make(name: str, *columns: Any) -> None:
        if name not in there:
            op.create_table(name, *columns)

    make(
        "koers_many_event",
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("event", sa.String(128), nullable=False, unique=True),
        sa.Column("type", sa.String(20), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("thread", sa.String(64), nullable=False),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("space", sa.String(80), nullable=False),
        sa.Column("happened", sa.Float, nullable=False),
        sa.Column("received", sa.Float, nullable=False),
        sa.Column("due", sa.Float, nullable=False),
        sa.Column("leased", sa.Float, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("content", sa.Text),
        sa.Column("reply", sa.Text),
        sa.Index("koers_many_event_due", "state", "due"),
        sa.Index("koers_many_event_thread", "thread", "state"),
    )
    make(
        "koers_many_thread",
        sa.Column("thread", sa.String(64), primary_key=True),
        sa.Column("space", sa.String(80), nullable=False),
        sa.Column("posted", sa.Boolean, nullable=False),
        sa.Column("deleted", sa.Boolean, nullable=False),
        sa.Column("introduced", sa.Boolean, nullable=False),
        sa.Column("reminded", sa.Boolean, nullable=False),
        sa.Column("warned", sa.Boolean, nullable=False),
        sa.Column("last_comment", sa.String(128)),
        sa.Column("choices", sa.Text),
        sa.Column("touched", sa.Float, nullable=False),
    )
    make(
        "koers_many_author",
        sa.Column("author", sa.String(64), primary_key=True),
        sa.Column("thread", sa.String(64), primary_key=True),
        sa.Column("first", sa.Float, nullable=False),
        sa.Column("touched", sa.Float, nullable=False),
    )
    make(
        "koers_many_departure",
        sa.Column("author", sa.String(64), primary_key=True),
        sa.Column("space", sa.String(80), primary_key=True),
        sa.Column("happened", sa.Float, nullable=False),
        sa.Column("touched", sa.Float, nullable=False),
    )
    make("koers_many_key", sa.Column("id", sa.Integer, primary_key=True), sa.Column("key", sa.String(64)))
