"""Thumbs and words about an answer; databases from before the migrations have the table already."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make `koers_feedback`."""
    if sa.inspect(op.get_bind()).has_table("koers_feedback"):
        return
    op.create_table(
        "koers_feedback",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("answer", sa.String(160)),
        sa.Column("rating", sa.String(10), nullable=False),
        sa.Column("comment", sa.Text),
    )
